//! The page: one HTML file that needs nothing else. Its words and numbers are the core's; here they are laid out and
//! drawn.

mod figures;
mod svg;

use klokuur::report::{FigureName, Page, Picture};
use klokuur::timeline::Language;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, context};

use crate::failure::{Failure, Result};

/// How many rows of a long table the text shows.
pub(crate) const MOST_IN_TEXT: usize = 8;
/// How many rows of a long table the page shows at once, and how many it has at all.
const MOST: usize = 12;
const LIMIT: usize = 1000;
/// On wide pages, on narrow ones and in print.
const WIDTHS: [(&str, f64); 2] = [("wide", 860.0), ("narrow", 340.0)];

/// The page of a picture: `words` is the picture [in words](Picture::page), perhaps under another title.
///
/// ```
/// use klokuur::Rulebook;
/// use klokuur::case::{CaseEvent, Opening, Origin, What};
/// use klokuur::report::{Picture, SellerData};
/// use klokuur::timeline::Language;
///
/// let at = |text: &str| text.parse::<chrono::DateTime<chrono::Utc>>();
/// let asked = CaseEvent::new("K-1", at("2026-03-13T14:00:00Z")?, What::Opened(Opening::by(Origin::Customer)));
/// let picture = Picture::of(&SellerData::of_events([asked]), &Rulebook::bol(), at("2026-03-16T08:30:00Z")?)?;
/// let page = klokuur_cli::html(&picture, &picture.page(Language::Dutch))?;
/// assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"nl\">"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// - none for a picture: a template that cannot be filled in is a fault of this crate
pub fn html(picture: &Picture, words: &Page) -> Result<String> {
    fill(picture, words).map_err(|problem| Failure::Output(std::io::Error::other(problem)))
}

fn fill(picture: &Picture, words: &Page) -> std::result::Result<String, Error> {
    let language = words.language;
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    let drawn: Vec<(FigureName, [String; 2])> = FIGURES
        .iter()
        .filter_map(|name| {
            let [(_, wide), (_, narrow)] = WIDTHS;
            let draw = |width| figures::draw(*name, picture, language, width);
            Some((*name, [draw(wide)?, draw(narrow)?]))
        })
        .collect();
    environment.add_function("figure", move |name: Value, caption: String| {
        let found = drawn.iter().find(|(figure, _)| Value::from(Serde(figure)) == name);
        found.map_or_else(Value::default, |(_, drawings)| Value::from_safe_string(figure(drawings, &caption)))
    });
    environment.add_function("more", move |count: u64| match language {
        Language::English => format!("and {count} more"),
        Language::Dutch => format!("en nog {count}"),
    });
    environment.add_template("page.html", include_str!("page.html"))?;
    let filled = environment.get_template("page.html")?.render(context! {
        page => Value::from(Serde(words)),
        style => Value::from_safe_string(include_str!("page.css").to_owned()),
        lang => match language { Language::English => "en", Language::Dutch => "nl" },
        contents => match language { Language::English => "Sections", Language::Dutch => "Onderdelen" },
        most => MOST,
        limit => LIMIT,
    })?;
    // Signs that no page may hold, as a cell of a damaged file can.
    let is_legal = |sign: &char| !sign.is_control() || matches!(sign, '\n' | '\t');
    match filled.is_empty() {
        true => Err(Error::new(ErrorKind::BadSerialization, "the page is empty")),
        false => Ok(filled.chars().filter(is_legal).collect::<String>() + "\n"),
    }
}

const FIGURES: [FigureName; 6] = [
    FigureName::Due,
    FigureName::Norms,
    FigureName::Strikes,
    FigureName::Nps,
    FigureName::Subjects,
    FigureName::Signals,
];

fn figure(drawings: &[String; 2], caption: &str) -> String {
    let drawings: Vec<String> = WIDTHS
        .iter()
        .zip(drawings)
        .map(|((class, _), drawing)| drawing.replacen("<svg ", &format!("<svg class=\"{class}\" "), 1))
        .collect();
    format!("<figure>{}<figcaption>{}</figcaption></figure>", drawings.join("\n"), svg::escaped(caption))
}
