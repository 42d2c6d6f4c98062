//! What a schedule says about one date.

use chrono::NaiveDate;

use super::holidays::DatedHolidays;
use super::hours::Stretch;
use crate::calendar::Holiday;
use crate::names::names;

names! {
    /// Why a date has the open hours that it has.
    ///
    /// Shown at [`ScheduleDay`].
    pub enum DayReason: "day reason" {
        /// Open by the weekly hours (or by those of a season).
        WeeklyHours = "weekly_hours",
        /// Open by a rule that names the date, as on a shortened day.
        NamedDate = "named_date",
        /// Open by a rule that names the date, which would otherwise be closed.
        ExtraDay = "extra_day",
        /// Open at the hours of holidays.
        HolidayHours = "holiday_hours",
        /// Closed by a holiday.
        Holiday = "holiday",
        /// Closed by a rule that names the date.
        ClosedDate = "closed_date",
        /// Closed: a Saturday or Sunday without weekly hours.
        Weekend = "weekend",
        /// Closed: another weekday without weekly hours.
        NoHours = "no_hours",
    }
}

/// One local date of a schedule: the stretches that start on it and why.
///
/// What spills in from the evening before belongs to the date before. Holidays bound to another zone are not taken off
/// here: they are no whole days of this one.
///
/// ```
/// # use chrono::NaiveDate;
/// # use klokuur::schedule::DayReason;
/// # use klokuur::{HolidayCalendar, Schedule};
/// let shop = Schedule::parse_in("Mo-Fr 09:00-17:00", "Europe/Amsterdam")?.with_holidays(HolidayCalendar::netherlands())?;
/// let kings_day = shop.day("2026-04-27".parse::<NaiveDate>()?)?;
/// assert_eq!((kings_day.open.len(), kings_day.reason), (0, DayReason::Holiday));
/// assert_eq!(kings_day.holiday.map(|holiday| holiday.name_local).as_deref(), Some("Koningsdag"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct ScheduleDay {
    /// The date in the schedule's zone.
    pub date: NaiveDate,
    /// The open stretches that start on the date, in order.
    pub open: Vec<Stretch>,
    /// Why.
    pub reason: DayReason,
    /// The holiday on this date, also when the schedule is open on it.
    pub holiday: Option<Holiday>,
}

/// One local date for the compiler of timelines.
///
/// Over all dates, open time is: the union of all `open`, less the [foreign cuts](super::Schedule::foreign_cuts),
/// joined with all `kept`. Stretches of neighbouring dates may overlap.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LocalDay<'a> {
    /// Stretches that start on this date, with holidays of the schedule's own zone taken off already.
    pub(crate) open: &'a [Stretch],
    /// Holiday hours, which no foreign cut touches. Empty unless a calendar part is bound to another zone.
    pub(crate) kept: &'a [Stretch],
    /// Why the date has the hours it has.
    pub(crate) reason: DayReason,
    /// Among which holidays this date is (own zone first), also when the schedule is open on it.
    pub(crate) holiday: Option<&'a DatedHolidays>,
}
