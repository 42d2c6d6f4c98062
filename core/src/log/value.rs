//! What one cell says: yes or no, a whole number, a date.

use chrono::{Datelike, NaiveDate};

use crate::time::YEARS;

/// What [`read_yes_no`] takes, for messages.
pub const YES_OR_NO: &str = "yes or no, true or false, ja or nee, waar or onwaar, y or n, j or n, 1 or 0";

/// Reads yes or no, in upper or lower case; none for what is neither.
///
/// ```
/// # use klokuur::log::read_yes_no;
/// assert_eq!(["Ja", " TRUE ", "1.0", "nee", "maybe"].map(read_yes_no), [Some(true), Some(true), Some(true), Some(false), None]);
/// ```
pub fn read_yes_no(text: &str) -> Option<bool> {
    let text = text.trim();
    let is = |names: &[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(text));
    // `waar` and `onwaar` are what a Dutch Excel writes for its truths.
    if is(&["yes", "true", "ja", "waar", "y", "j"]) {
        return Some(true);
    }
    if is(&["no", "false", "nee", "onwaar", "n"]) {
        return Some(false);
    }
    match read_whole(text) {
        Some(1) => Some(true),
        Some(0) => Some(false),
        _ => None,
    }
}

/// Reads yes or no, or a code that says yes, such as the number of a parcel or of a rule; none for what is neither.
///
/// A code has a digit: what has none may be any word, and be meant as a no.
pub(super) fn read_yes_no_or_code(text: &str) -> Option<bool> {
    let text = text.trim();
    let is_none = ["?", "-", "–", "—", "nvt", "n.v.t.", "n/a", "none", "geen"];
    read_yes_no(text)
        .or_else(|| is_none.iter().any(|name| name.eq_ignore_ascii_case(text)).then_some(false))
        .or_else(|| text.bytes().any(|byte| byte.is_ascii_digit()).then_some(true))
}

/// Whether a number may be meant in thousands or with three decimals, as `2,880` and `2.880`: nobody can know which.
///
/// No thousands begin with a zero, and none have four digits before their first mark.
pub(super) fn may_be_thousands(text: &str) -> bool {
    let Some((whole, rest)) = text.trim().split_once(['.', ',']) else { return false };
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    (1..=3).contains(&whole.len())
        && !whole.starts_with('0')
        && is_digits(whole)
        && rest.len() == 3
        && is_digits(rest)
}

/// Reads a whole number as people and spreadsheets write it: `9`, `9.0` and `9,0` are nine; none for what is no whole
/// number, and for `9,000`, which may be nine or nine thousand.
///
/// ```
/// # use klokuur::log::read_whole;
/// assert_eq!(["9", "9.0", " 9,00 ", "9.5", "-1", ""].map(read_whole), [Some(9), Some(9), Some(9), None, None, None]);
/// assert_eq!(["9,000", "9.000"].map(read_whole), [None, None]);
/// ```
pub fn read_whole(text: &str) -> Option<u64> {
    let text = text.trim();
    if may_be_thousands(text) {
        return None;
    }
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
