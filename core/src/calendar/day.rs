//! The day of the year that a rule starts from.

use chrono::{Datelike, Months, NaiveDate, TimeDelta, Weekday};

use super::easter::easter_sunday;
use crate::error::{KlokuurError, Result};

/// The day of the year that a rule starts from, before any shift.
///
/// ```
/// # use chrono::Weekday;
/// # use klokuur::calendar::{HolidayDay, HolidayRule};
/// let second_sunday = HolidayDay::NthWeekday { nth: 2, weekday: Weekday::Sun, month: 5 };
/// let rule = HolidayRule::new(second_sunday, "Mother's Day", "Moederdag")?;
/// assert_eq!(rule.date_in(2026).map(|date| date.to_string()).as_deref(), Some("2026-05-10"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case", deny_unknown_fields)
)]
pub enum HolidayDay {
    /// The same date each year. 29 February exists in leap years only.
    Fixed {
        /// 1 to 12.
        month: u32,
        /// 1 to 31.
        day: u32,
    },
    /// So many days after Easter Sunday (negative: before); Ascension is 39.
    Easter {
        /// -80 to 250, which always lies in the same year.
        offset: i32,
    },
    /// The first to fifth weekday of a month, or counted from its end: -1 is the last.
    NthWeekday {
        /// 1 to 5 or -1 to -5; a fifth that a month does not have is no holiday.
        nth: i32,
        /// The weekday.
        weekday: Weekday,
        /// 1 to 12.
        month: u32,
    },
    /// The last such weekday on or before a date.
    WeekdayOnOrBefore {
        /// The weekday.
        weekday: Weekday,
        /// 1 to 12.
        month: u32,
        /// 1 to 31.
        day: u32,
    },
    /// The first such weekday on or after a date.
    WeekdayOnOrAfter {
        /// The weekday.
        weekday: Weekday,
        /// 1 to 12.
        month: u32,
        /// 1 to 31.
        day: u32,
    },
}

impl HolidayDay {
    pub(super) fn validate(self) -> Result<()> {
        let month_ok = |month: u32| match month {
            1..=12 => Ok(()),
            _ => Err(out_of_range("month of a holiday rule", month.to_string(), "1 to 12")),
        };
        match self {
            HolidayDay::Fixed { month, day }
            | HolidayDay::WeekdayOnOrBefore { month, day, .. }
            | HolidayDay::WeekdayOnOrAfter { month, day, .. } => {
                month_ok(month)?;
                // 2000 is a leap year: 29 February is a date.
                match NaiveDate::from_ymd_opt(2000, month, day) {
                    Some(_) => Ok(()),
                    None => Err(out_of_range(
                        "day of a holiday rule",
                        format!("{month:02}-{day:02}"),
                        "a day that the month has",
                    )),
                }
            }
            HolidayDay::Easter { offset } => match offset {
                -80..=250 => Ok(()),
                _ => Err(out_of_range("days after Easter", offset.to_string(), "-80 to 250")),
            },
            HolidayDay::NthWeekday { nth, month, .. } => {
                month_ok(month)?;
                match nth {
                    -5..=-1 | 1..=5 => Ok(()),
                    _ => Err(out_of_range(
                        "count of a weekday in a month",
                        nth.to_string(),
                        "1 to 5, or -1 (the last) to -5",
                    )),
                }
            }
        }
    }

    /// The date in `year`, if it has one.
    pub(super) fn in_year(self, year: i32) -> Option<NaiveDate> {
        match self {
            HolidayDay::Fixed { month, day } => NaiveDate::from_ymd_opt(year, month, day),
            HolidayDay::Easter { offset } => {
                easter_sunday(year)?.checked_add_signed(TimeDelta::days(offset.into()))
            }
            HolidayDay::NthWeekday { nth, weekday, month } => {
                let date = if nth > 0 {
                    let first = NaiveDate::from_ymd_opt(year, month, 1)?;
                    on_or_after(first, weekday)?.checked_add_signed(TimeDelta::weeks(i64::from(nth) - 1))?
                } else {
                    let last = NaiveDate::from_ymd_opt(year, month, 1)?
                        .checked_add_months(Months::new(1))?
                        .pred_opt()?;
                    on_or_before(last, weekday)?.checked_add_signed(TimeDelta::weeks(i64::from(nth) + 1))?
                };
                (date.month() == month).then_some(date)
            }
            HolidayDay::WeekdayOnOrBefore { weekday, month, day } => {
                on_or_before(NaiveDate::from_ymd_opt(year, month, day)?, weekday)
            }
            HolidayDay::WeekdayOnOrAfter { weekday, month, day } => {
                on_or_after(NaiveDate::from_ymd_opt(year, month, day)?, weekday)
            }
        }
    }

    /// One text for each day; its form is fixed for ever (fingerprints).
    pub(super) fn canonical(self) -> String {
        match self {
            HolidayDay::Fixed { month, day } => format!("fixed {month:02}-{day:02}"),
            HolidayDay::Easter { offset } => format!("easter {offset:+}"),
            HolidayDay::NthWeekday { nth, weekday, month } => format!("nth {nth:+} {weekday} {month:02}"),
            HolidayDay::WeekdayOnOrBefore { weekday, month, day } => {
                format!("before {weekday} {month:02}-{day:02}")
            }
            HolidayDay::WeekdayOnOrAfter { weekday, month, day } => {
                format!("after {weekday} {month:02}-{day:02}")
            }
        }
    }
}

fn on_or_after(date: NaiveDate, weekday: Weekday) -> Option<NaiveDate> {
    date.checked_add_signed(TimeDelta::days(weekday.days_since(date.weekday()).into()))
}

fn on_or_before(date: NaiveDate, weekday: Weekday) -> Option<NaiveDate> {
    date.checked_sub_signed(TimeDelta::days(date.weekday().days_since(weekday).into()))
}

pub(super) fn out_of_range(what: &'static str, given: String, accepted: &str) -> KlokuurError {
    KlokuurError::OutOfRange { what, given, accepted: accepted.to_owned() }
}
