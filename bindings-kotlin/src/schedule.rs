//! Schedules: open hours, and business time by them.

use std::sync::Arc;

use klokuur::schedule::{Conventions, DayReason, Hours};
use klokuur::{BusinessDuration, Holiday, Schedule as Core};

use crate::calendar::HolidayCalendar;
use crate::error::Result;
use crate::explanation::{Explanation, explanation};
use crate::time::{Instant, LocalDate};

/// Why a day has the hours that it has.
#[uniffi::remote(Enum)]
pub enum DayReason {
    /// The weekly hours.
    WeeklyHours,
    /// A rule that names the date.
    NamedDate,
    /// A day that was added with its own hours.
    ExtraDay,
    /// The hours for holidays.
    HolidayHours,
    /// Closed by a holiday.
    Holiday,
    /// Closed on this date.
    ClosedDate,
    /// A Saturday or Sunday without hours.
    Weekend,
    /// Another day without hours.
    NoHours,
}

/// One open stretch of a day, by the clock on the wall.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Stretch {
    /// Opening, in seconds since 00:00 of the date.
    pub from_second: i32,
    /// Closing, in seconds since 00:00 of the date; over 86,400 on the next date.
    pub to_second: i32,
    /// Both as text, as `09:00-17:00`.
    pub text: String,
}

/// A date of a schedule: its hours, and why.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ScheduleDay {
    /// The date.
    pub date: LocalDate,
    /// The stretches that start on it, in order.
    pub open: Vec<Stretch>,
    /// Why these.
    pub reason: DayReason,
    /// The holiday on it, also when it does not close the day.
    pub holiday: Option<Holiday>,
}

/// Open time from `start` up to, not including, `end`.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct OpenInterval {
    /// The first open instant.
    pub start: Instant,
    /// The closing instant.
    pub end: Instant,
}

/// Open hours in one zone with holidays, and business time by them. Immutable; use one from any number of threads.
///
/// A call costs what a call across the boundary costs, in Kotlin more than the work behind it: for lists use the
/// methods that end in `many`.
#[derive(Debug, PartialEq, Eq, uniffi::Object)]
#[uniffi::export(Debug, Display, Eq)]
pub struct Schedule(pub(crate) Core);

pub(crate) fn made(schedule: Core) -> Arc<Schedule> {
    Arc::new(Schedule(schedule))
}

impl std::fmt::Display for Schedule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

#[uniffi::export]
impl Schedule {
    /// A schedule from text, as `Mo-Fr 09:00-17:00; Sa 10:00-14:00; Dec 24 off`, in a zone as `Europe/Amsterdam`.
    ///
    /// # Errors
    /// - text that cannot be read: the message tells where, and what is accepted
    /// - a zone that is not in the time zone database
    /// - hours that never open
    #[uniffi::constructor(default(holidays = None, conventions = None))]
    pub fn new(
        text: &str,
        zone: &str,
        holidays: Option<Arc<HolidayCalendar>>,
        conventions: Option<Conventions>,
    ) -> Result<Arc<Self>> {
        let mut schedule = Core::parse_in(text, zone)?;
        if let Some(holidays) = holidays {
            schedule = schedule.with_holidays(holidays.0.clone())?;
        }
        if let Some(conventions) = conventions {
            schedule = schedule.with_conventions(conventions);
        }
        Ok(made(schedule))
    }

    /// A schedule from its JSON document, with the calendars that it refers to; built-in ones need not be given.
    ///
    /// # Errors
    /// - text that is not JSON, an unknown key, or a value that is not accepted
    /// - a calendar that is neither given nor built in, or whose fingerprint is another
    /// - hours or a zone that cannot be read
    #[uniffi::constructor(default(calendars = []))]
    pub fn from_json(text: &str, calendars: Vec<Arc<HolidayCalendar>>) -> Result<Arc<Self>> {
        let calendars: Vec<_> = calendars.iter().map(|calendar| calendar.0.clone()).collect();
        Ok(made(Core::from_json(text, &calendars)?))
    }

    /// The schedule as a JSON document, the same in every language: hours, zone, conventions, history, and its holidays
    /// by name and fingerprint; `fromJson` reads it back.
    pub fn to_json(&self) -> String {
        self.0.to_json()
    }

    /// With the holidays of a calendar.
    ///
    /// # Errors
    /// - holidays that leave no open time
    pub fn with_holidays(&self, calendar: &HolidayCalendar) -> Result<Arc<Self>> {
        Ok(made(self.0.with_holidays(calendar.0.clone())?))
    }

    /// With other conventions.
    pub fn with_conventions(&self, conventions: Conventions) -> Arc<Self> {
        made(self.0.with_conventions(conventions))
    }

    /// With one day of its own, which wins over everything: `hours` as `10:00-14:00` or `off`.
    ///
    /// # Errors
    /// - hours that cannot be read
    /// - a date outside the supported years
    pub fn with_day(&self, date: LocalDate, hours: &str) -> Result<Arc<Self>> {
        Ok(made(self.0.with_day(date, hours.parse::<Hours>()?)?))
    }

    /// With one closed day.
    ///
    /// # Errors
    /// - a date outside the supported years, or no open time left
    pub fn with_closed(&self, date: LocalDate) -> Result<Arc<Self>> {
        Ok(made(self.0.with_closed(date)?))
    }

    /// This schedule until a date, and another from that date on.
    ///
    /// # Errors
    /// - schedules of different zones
    /// - a date that is not after that of the part before
    pub fn from(&self, date: LocalDate, other: &Schedule) -> Result<Arc<Self>> {
        Ok(made(self.0.from(date, other.0.clone())?))
    }

    /// The zone's name.
    pub fn zone(&self) -> String {
        self.0.zone().name().to_owned()
    }

    /// The conventions.
    pub fn conventions(&self) -> Conventions {
        self.0.conventions()
    }

    /// The same for schedules that give the same answers.
    pub fn fingerprint(&self) -> String {
        self.0.fingerprint().to_string()
    }

    /// The hours of one date, and why.
    ///
    /// # Errors
    /// - a date outside the years 1900 to 2100
    /// - a date that the zone's clocks skipped
    pub fn day(&self, date: LocalDate) -> Result<ScheduleDay> {
        Ok(day(self.0.day(date)?))
    }

    /// The hours of many dates.
    ///
    /// # Errors
    /// - a date outside the years 1900 to 2100
    /// - a date that the zone's clocks skipped
    pub fn day_many(&self, dates: &[LocalDate]) -> Result<Vec<ScheduleDay>> {
        dates.iter().map(|date| Ok(day(self.0.day(*date)?))).collect()
    }

    /// The business time from one instant to another; negative when `to` lies before `from`.
    ///
    /// # Errors
    /// - an instant outside the years 1900 to 2100
    pub fn between(&self, from: Instant, to: Instant) -> Result<BusinessDuration> {
        Ok(self.0.between(from, to)?)
    }

    /// When a budget of business time that starts at `start` is used up.
    ///
    /// # Errors
    /// - an instant outside the years 1900 to 2100
    /// - not that much open time left
    pub fn add(&self, start: Instant, budget: BusinessDuration) -> Result<Instant> {
        Ok(self.0.add(start, budget)?)
    }

    /// The instant from which this much business time leads up to `end`.
    ///
    /// # Errors
    /// - an instant outside the years 1900 to 2100
    /// - not that much open time left
    pub fn sub(&self, end: Instant, budget: BusinessDuration) -> Result<Instant> {
        Ok(self.0.sub(end, budget)?)
    }

    /// Whether `to` is not after the instant at which a budget that starts at `from` is used up: answered within the
    /// norm or not. It compares instants: after a deadline at closing an answer is late, though no business time has
    /// passed since.
    ///
    /// # Errors
    /// - an instant outside the years 1900 to 2100
    pub fn within(&self, from: Instant, to: Instant, budget: BusinessDuration) -> Result<bool> {
        Ok(self.0.within(from, to, budget)?)
    }

    /// Whether it is open: at the opening instant yes, at the closing instant no.
    ///
    /// # Errors
    /// - an instant outside the years 1900 to 2100
    pub fn is_open(&self, at: Instant) -> Result<bool> {
        Ok(self.0.is_open(at)?)
    }

    /// The first open instant from `at` on: `at` itself when open.
    ///
    /// # Errors
    /// - an instant outside the years 1900 to 2100
    /// - it never opens again within them
    pub fn next_open(&self, at: Instant) -> Result<Instant> {
        Ok(self.0.next_open(at)?)
    }

    /// The first closing after `at`; none when it never closes again.
    ///
    /// # Errors
    /// - an instant outside the years 1900 to 2100
    pub fn next_close(&self, at: Instant) -> Result<Option<Instant>> {
        Ok(self.0.next_close(at)?)
    }

    /// The open stretches between two instants, in order, clipped to them.
    ///
    /// # Errors
    /// - an instant outside the years 1900 to 2100
    pub fn intervals(&self, from: Instant, to: Instant) -> Result<Vec<OpenInterval>> {
        let open = self.0.intervals(from, to)?;
        Ok(open.into_iter().map(|i| OpenInterval { start: i.start.to_utc(), end: i.end.to_utc() }).collect())
    }

    /// Why a span holds the business time that it holds, as data and as sentences.
    ///
    /// # Errors
    /// - a span that ends before it starts
    /// - an instant outside the years 1900 to 2100
    pub fn explain(&self, from: Instant, to: Instant) -> Result<Explanation> {
        Ok(explanation(&self.0.explain(from, to)?))
    }
}

fn day(day: klokuur::schedule::ScheduleDay) -> ScheduleDay {
    let second = |time: klokuur::schedule::DayTime| i32::try_from(time.seconds()).unwrap_or(i32::MAX);
    let stretch = |s: &klokuur::schedule::Stretch| Stretch {
        from_second: second(s.from),
        to_second: second(s.to),
        text: s.to_string(),
    };
    ScheduleDay {
        date: day.date,
        open: day.open.iter().map(stretch).collect(),
        reason: day.reason,
        holiday: day.holiday,
    }
}
