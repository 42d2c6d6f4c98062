//! What one cell says: yes or no, a whole number, a date.

use chrono::{Datelike, NaiveDate};

use crate::time::YEARS;

/// What [`read_yes_no`] takes, for messages.
pub const YES_OR_NO: &str = "yes or no, true or false, ja or nee, 1 or 0";

/// Reads yes or no, in upper or lower case; none for what is neither.
///
/// ```
/// # use klokuur::log::read_yes_no;
/// assert_eq!(["Ja", " TRUE ", "1.0", "nee", "maybe"].map(read_yes_no), [Some(true), Some(true), Some(true), Some(false), None]);
/// ```
pub fn read_yes_no(text: &str) -> Option<bool> {
    let text = text.trim();
    let is = |names: [&str; 3]| names.iter().any(|name| name.eq_ignore_ascii_case(text));
    if is(["yes", "true", "ja"]) {
        return Some(true);
    }
    if is(["no", "false", "nee"]) {
        return Some(false);
    }
    match read_whole(text) {
        Some(1) => Some(true),
        Some(0) => Some(false),
        _ => None,
    }
}

/// Reads a whole number as people and spreadsheets write it: `9`, `9.0` and `9,0` are nine; none for what is no whole
/// number.
///
/// ```
/// # use klokuur::log::read_whole;
/// assert_eq!(["9", "9.0", " 9,00 ", "9.5", "-1", ""].map(read_whole), [Some(9), Some(9), Some(9), None, None, None]);
/// ```
pub fn read_whole(text: &str) -> Option<u64> {
    let text = text.trim();
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    let is_whole = !fraction.is_empty() && fraction.bytes().all(|digit| digit == b'0');
    if !is_whole || whole.is_empty() || !whole.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    whole.parse().ok()
}

/// Reads a date, `2026-03-13`, perhaps with the midnight that a frame adds to it; none for another text, or outside of
/// 1900 to 2100.
pub fn read_date(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let date = match text.split_at_checked(10) {
        Some((date, rest)) if rest.starts_with("T00:00:00") || rest.starts_with(" 00:00:00") => date,
        _ => text,
    };
    let date: NaiveDate = date.parse().ok()?;
    YEARS.contains(&date.year()).then_some(date)
}
