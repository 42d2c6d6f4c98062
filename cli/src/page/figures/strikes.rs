//! The weeks of the window in which strikes count.

use chrono::Datelike;
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
    let this_year = strikes.report.on.year();
    for (place, week) in weeks.iter().enumerate() {
        let (x, y) = ((place % columns) as f64 * side, (place / columns) as f64 * (side + ROOM));
        let (mark, what) = state_in_words(week.state, words);
        let class = match week.state {
            WindowState::Good => "fill-good",
            WindowState::NoData => "fill-none",
            WindowState::Strike => "fill-bad",
            WindowState::Provisional => "ring-good dashed",
            WindowState::Threatened => "ring-warn dashed",
        };
        let until = week.expires_on.map(|on| format!(", {} {}", say(words, "until", "tot"), words.date(on)));
        let tip = format!("{}: {what}{}", week.week, until.unwrap_or_default());
        drawing.bar(class, x + 2.0, y + 2.0, side - 4.0, side - 4.0, &tip);
        let sign_class = if class.starts_with("fill") { "on-fill" } else { "figure" };
        drawing.text(sign_class, (x + side / 2.0, y + side / 2.0 + 4.0), Anchor::Middle, mark);
        // The year where it begins: the window has weeks of two.
        let is_first = place == 0 || week.week.week() == 1;
        let year = if is_first { format!("’{:02} ", week.week.year() % 100) } else { String::new() };
        let number = format!("{year}{}", week.week.week());
        drawing.text("", (x + side / 2.0, y + side + 11.0), Anchor::Middle, &number);
        if let Some(on) = week.expires_on {
            let day = on.format(if on.year() == this_year { "%-d-%-m" } else { "%-d-%-m-%y" }).to_string();
            drawing.text("expires", (x + side / 2.0, y + side + 23.0), Anchor::Middle, &day);
        }
    }
    let count = strikes.report.strikes.len();
    let says =
        say(words, "The weeks in which strikes count; strikes", "De weken waarin strikes tellen; strikes");
    Some(drawing.end(&format!("{says}: {count}")))
}

/// A week's sign, and what it means.
pub(in crate::page) fn state_in_words(state: WindowState, words: &Words) -> (&'static str, &'static str) {
    let (sign, english, dutch) = match state {
        WindowState::Good => ("✓", "no strike", "geen strike"),
        WindowState::NoData => ("", "no data", "geen gegevens"),
        WindowState::Strike => ("✕", "a strike", "een strike"),
        WindowState::Provisional => ("", "provisional, good so far", "voorlopig, goed tot nu toe"),
        WindowState::Threatened => ("!", "provisional, a strike as it stands", "voorlopig, zo een strike"),
    };
    (sign, say(words, english, dutch))
}
