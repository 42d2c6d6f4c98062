//! The page: one HTML file that needs nothing else. Its words and numbers are the core's; here they are laid out and
//! drawn.

mod figures;
mod link;
mod numbers;
mod svg;
mod view;

use klokuur::report::{FigureName, Page, Picture};
use klokuur::timeline::Language;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, context};

use crate::failure::{Failure, Result};
use view::Maker;

pub use link::LinkTemplate;

/// How many rows of a long table the text shows.
pub(crate) const MOST_IN_TEXT: usize = 8;
/// How many rows of a long table the page shows at once, and how many it has at all.
const MOST: usize = 12;
const LIMIT: usize = 500;
/// On wide pages, on narrow ones and in print.
const WIDTHS: [(&str, f64); 2] = [("wide", 860.0), ("narrow", 340.0)];

const STYLE: &str = include_str!("page.css");
/// Search and order of rows; the page is complete without it.
const SCRIPT: &str = include_str!("page.js");
/// What the page's own policy allows: this style and this script, by their SHA-256, and nothing else.
const STYLE_HASH: &str = "sha256-YEke5p37xD8gASoHndcKD2FzO9RxHsRqcHn11xNVDl0=";
const SCRIPT_HASH: &str = "sha256-wQj90NMje+VYNJw7w627OUz6t7ag8wWxl4i8THRpKJU=";

/// What a page has beside the picture.
#[derive(Debug, Clone, Default)]
pub struct PageOptions {
    /// Where each case is to be seen; without, case numbers are no links.
    pub link: Option<LinkTemplate>,
}

/// The page of a picture: `words` is the picture [in words](Picture::page), perhaps under another title.
///
/// ```
/// use klokuur::Rulebook;
/// use klokuur::case::{CaseEvent, Opening, Party, What};
/// use klokuur::report::{Picture, SellerData};
/// use klokuur::timeline::Language;
///
/// let at = |text: &str| text.parse::<chrono::DateTime<chrono::Utc>>();
/// let asked = CaseEvent::new("K-1", at("2026-03-13T14:00:00Z")?, What::Opened(Opening::by(Party::Customer)));
/// let picture = Picture::of(&SellerData::of_events([asked]), &Rulebook::bol(), at("2026-03-16T08:30:00Z")?)?;
/// let page = klokuur_cli::html(&picture, &picture.page(Language::Dutch))?;
/// assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"nl\">"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// - none for a picture: a template that cannot be filled in is a fault of this crate
pub fn html(picture: &Picture, words: &Page) -> Result<String> {
    html_with(picture, words, &PageOptions::default())
}

/// The same, with links to the cases.
///
/// # Errors
/// - as [`html`]
pub fn html_with(picture: &Picture, words: &Page, options: &PageOptions) -> Result<String> {
    fill(picture, words, options).map_err(|problem| Failure::Output(std::io::Error::other(problem)))
}

fn fill(picture: &Picture, words: &Page, options: &PageOptions) -> std::result::Result<String, Error> {
    let language = words.language;
    let say = |english: &'static str, dutch: &'static str| match language {
        Language::English => english,
        Language::Dutch => dutch,
    };
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.add_function("more", move |count: u64| match language {
        Language::English => format!("and {count} more"),
        Language::Dutch => format!("en nog {count}"),
    });
    environment.add_function("all", move |count: u64| match language {
        Language::English => format!("Show all {count} rows"),
        Language::Dutch => format!("Toon alle {count} regels"),
    });
    environment.add_function("left", move |count: u64| match language {
        Language::English => format!("and {count} more, which are in the data (--format json)"),
        Language::Dutch => format!("en nog {count}, die in de gegevens staan (--format json)"),
    });
    let draw = |name: FigureName, caption: &str| {
        let [(_, wide), (_, narrow)] = WIDTHS;
        let draw = |width| figures::draw(name, picture, language, width);
        Some(figure(&[draw(wide)?, draw(narrow)?], caption))
    };
    let page = Maker::new(picture, words, options).page(picture, words, draw);
    environment.add_template("page.html", include_str!("page.html"))?;
    let filled = environment.get_template("page.html")?.render(context! {
        page => Value::from(Serde(page)),
        style => Value::from_safe_string(STYLE.to_owned()),
        script => Value::from_safe_string(SCRIPT.to_owned()),
        style_hash => STYLE_HASH,
        script_hash => SCRIPT_HASH,
        lang => say("en", "nl"),
        contents => say("Sections", "Onderdelen"),
        numbers => say("The numbers of this figure", "De cijfers van deze figuur"),
        find => say("Find a case, order, customer or item", "Zoek een klantvraag, bestelling, klant of artikel"),
        found => say("rows found", "regels gevonden"),
        sort => say("sort by", "sorteer op"),
        most => MOST,
    })?;
    // Signs that no page may hold, as a cell of a damaged file can: controls, and code points that are no characters.
    let is_legal = |sign: char| {
        let is_character = !matches!(u32::from(sign), 0xfdd0..=0xfdef) && u32::from(sign) & 0xfffe != 0xfffe;
        is_character && (!sign.is_control() || matches!(sign, '\n' | '\t'))
    };
    let legal = |sign| if is_legal(sign) { sign } else { char::REPLACEMENT_CHARACTER };
    match filled.is_empty() {
        true => Err(Error::new(ErrorKind::BadSerialization, "the page is empty")),
        false => Ok(filled.chars().map(legal).collect::<String>() + "\n"),
    }
}

fn figure(drawings: &[String; 2], caption: &str) -> String {
    let drawings: Vec<String> = WIDTHS
        .iter()
        .zip(drawings)
        .map(|((class, _), drawing)| drawing.replacen("<svg ", &format!("<svg class=\"{class}\" "), 1))
        .collect();
    format!("<figure>{}<figcaption>{}</figcaption></figure>", drawings.join("\n"), svg::escaped(caption))
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::prelude::BASE64_STANDARD;
    use sha2::{Digest, Sha256};

    use super::*;

    #[test]
    fn the_policy_allows_the_style_and_the_script_that_are_there() {
        for (text, hash) in [(STYLE, STYLE_HASH), (SCRIPT, SCRIPT_HASH)] {
            assert_eq!(hash, format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(text))));
            assert!(text.starts_with(|sign| sign != '\n') && !text.contains("</"));
        }
    }
}
