//! The picture of a seller.

use chrono::{DateTime, FixedOffset};
use klokuur::Language;
use klokuur::report::{Picture, SellerData};
use klokuur::rulebook::RulebookHistory;
use serde_json::{Value, json};

use crate::vectors::{Operations, Stop};

pub(super) fn register(operations: &mut Operations) {
    operations.add("picture", picture);
}

/// The picture as data, and in the words of both languages.
fn picture(given: &Value) -> Result<Value, Stop> {
    let now: DateTime<FixedOffset> = serde_json::from_value(given["now"].clone())?;
    let data = SellerData::from_json(&given["data"].to_string())?;
    let picture = Picture::of(&data, &RulebookHistory::bol()?, now)?;
    Ok(json!({
        "picture": picture,
        "english": words(&picture, Language::English),
        "dutch": words(&picture, Language::Dutch),
    }))
}

/// The page with its sections by their names.
fn words(picture: &Picture, language: Language) -> Value {
    let mut page = json!(picture.page(language));
    let sections = page["sections"].take();
    let named = sections
        .as_array()
        .into_iter()
        .flatten()
        .map(|section| (section["name"].as_str().unwrap_or_default().to_owned(), section.clone()));
    page["sections"] = Value::Object(named.collect());
    page
}
