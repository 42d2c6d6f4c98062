//! The years that are supported, said once (RULES C7).

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};

use crate::error::{KlokuurError, Result};

/// Seconds of a day without a change of offset.
pub(crate) const DAY: i64 = 86_400;

/// The supported years; the supported instants are those of these years in UTC.
pub(crate) const YEARS: RangeInclusive<i32> = 1900..=2100;

/// The first supported second: 1900-01-01T00:00:00Z.
pub(crate) const FIRST_SECOND: i64 = -2_208_988_800;

/// The first second after the supported ones: 2101-01-01T00:00:00Z.
pub(crate) const LIMIT_SECOND: i64 = 4_133_980_800;

/// The supported years in words.
pub(crate) const YEARS_IN_WORDS: &str = "1900 to 2100";

/// The supported dates in words.
pub(crate) const DATES_IN_WORDS: &str = "1900-01-01 to 2100-12-31";

/// The supported instants in words.
pub const INSTANTS_IN_WORDS: &str = "1900-01-01T00:00:00Z up to, not including, 2101-01-01T00:00:00Z";

/// A date of the supported years; `what` it is stands in the error.
///
/// # Errors
/// - a date outside 1900 to 2100
pub(crate) fn supported_date(what: &'static str, date: NaiveDate) -> Result<NaiveDate> {
    if YEARS.contains(&date.year()) {
        return Ok(date);
    }
    Err(KlokuurError::OutOfRange { what, given: date.to_string(), accepted: DATES_IN_WORDS.into() })
}
