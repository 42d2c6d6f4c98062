//! The weeks of the window in which strikes count.

use klokuur::report::{StrikePicture, WindowState, Words};

use super::say;
use crate::page::svg::{Anchor, Drawing};

/// Under each week: its number and, of a strike, the day on which it expires.
const ROOM: f64 = 30.0;

pub(super) fn draw(strikes: &StrikePicture, words: &Words, width: f64) -> Option<String> {
    let weeks = &strikes.window;
    if weeks.is_empty() {
        return None;
    }
    let columns = if width > 600.0 { weeks.len().min(26) } else { weeks.len().min(9) };
    let rows = weeks.len().div_ceil(columns);
    let side = (width / columns as f64).min(42.0);
    let mut drawing = Drawing::new(width, rows as f64 * (side + ROOM) + 2.0);
    for (place, week) in weeks.iter().enumerate() {
        let (x, y) = ((place % columns) as f64 * side, (place / columns) as f64 * (side + ROOM));
        let (class, sign, what) = match week.state {
            WindowState::Good => ("fill-good", "✓", say(words, "no strike", "geen strike")),
            WindowState::NoData => ("fill-none", "", say(words, "no data", "geen gegevens")),
            WindowState::Strike => ("fill-bad", "✕", say(words, "a strike", "een strike")),
            WindowState::Provisional => {
                ("ring-good dashed", "", say(words, "provisional, good so far", "voorlopig, goed tot nu toe"))
            }
            WindowState::Threatened => (
                "ring-bad dashed",
                "!",
                say(words, "provisional, a strike as it stands", "voorlopig, zo een strike"),
            ),
        };
        let until = week.expires_on.map(|on| format!(", {} {}", say(words, "until", "tot"), words.date(on)));
        let tip = format!("{}: {what}{}", week.week, until.unwrap_or_default());
        drawing.bar(class, x + 2.0, y + 2.0, side - 4.0, side - 4.0, &tip);
        let sign_class = if class.starts_with("fill") { "on-fill" } else { "figure" };
        drawing.text(sign_class, (x + side / 2.0, y + side / 2.0 + 4.0), Anchor::Middle, sign);
        let number = week.week.week();
        drawing.text("", (x + side / 2.0, y + side + 11.0), Anchor::Middle, &number.to_string());
        if let Some(on) = week.expires_on {
            let day = on.format("%-d-%-m").to_string();
            drawing.text("expires", (x + side / 2.0, y + side + 23.0), Anchor::Middle, &day);
        }
    }
    let count = strikes.report.strikes.len();
    let says =
        say(words, "The weeks in which strikes count; strikes", "De weken waarin strikes tellen; strikes");
    Some(drawing.end(&format!("{says}: {count}")))
}
