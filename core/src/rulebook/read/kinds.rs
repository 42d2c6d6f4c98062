//! The kinds of values that more than one section has.

use chrono::Weekday;

use super::table::Table;
use crate::rulebook::norm_rules::weekday_text;
use crate::rulebook::{Basis, Confidence, Direction};
use crate::schedule::Schedule;
use crate::time::Zone;

pub(super) const HOURS: std::ops::RangeInclusive<u32> = 1..=8784;
pub(super) const COUNT: std::ops::RangeInclusive<u32> = 1..=1_000_000;
pub(super) const YEARS: std::ops::RangeInclusive<u32> = 1..=100;
pub(super) const DAYS: std::ops::RangeInclusive<u32> = 1..=3660;

pub(super) const BASIS: [(&str, Basis); 2] = [("business", Basis::Business), ("elapsed", Basis::Elapsed)];
pub(super) const CONFIDENCE: [(&str, Confidence); 3] =
    [("high", Confidence::High), ("medium", Confidence::Medium), ("low", Confidence::Low)];

pub(super) const DIRECTIONS: [(&str, Direction); 2] =
    [("at_least", Direction::AtLeast), ("at_most", Direction::AtMost)];

/// The name of something, in snake_case.
pub(super) fn snake_case(t: &mut Table<'_>, field: &'static str, about: &str, example: &str) -> String {
    t.checked_text(field, about, |text| {
        let snake = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        (!snake).then(|| format!("`{text}` is not valid: accepted is snake_case, such as {example}"))
    })
}

pub(super) fn weekday(t: &mut Table<'_>, name: &'static str, about: &str) -> Weekday {
    let all =
        [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
    t.choice(name, about, Weekday::Wed, &all.map(|day| (weekday_text(day), day)))
}

pub(super) fn schedule_text(t: &mut Table<'_>, name: &'static str, about: &str) -> String {
    t.checked_text(name, about, |text| Schedule::parse(text, Zone::UTC).err().map(|e| e.to_string()))
}
