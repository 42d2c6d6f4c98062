//! Explanations with their sentences.

use klokuur::timeline::Language;
use serde_json::Value;

/// An explanation with its sentences.
pub(crate) fn explained(told: &klokuur::Explanation) -> serde_json::Result<Value> {
    let mut value = serde_json::to_value(told)?;
    if let Value::Object(fields) = &mut value {
        let mut sentences = serde_json::Map::new();
        for (name, language) in [("english", Language::English), ("dutch", Language::Dutch)] {
            sentences.insert(format!("deadline_{name}"), told.to_sentence(language).into());
            sentences.insert(format!("span_{name}"), told.to_span_sentence(language).into());
            sentences.insert(format!("customer_{name}"), told.to_customer_text(language).into());
        }
        fields.insert("sentences".into(), sentences.into());
    }
    Ok(value)
}
