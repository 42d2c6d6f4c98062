//! The timeline and its single questions.

use std::ops::RangeInclusive;
use std::sync::Arc;

use crate::time::{FIRST_SECOND, LIMIT_SECOND, Moment};
use chrono::{DateTime, Datelike, Utc};

use super::build::open_pieces;
use super::duration::BusinessDuration;
use super::engine::Engine;
use super::open_interval::OpenInterval;
use super::span::{At, Compiled};
use crate::error::{KlokuurError, Result};
use crate::schedule::Schedule;

/// The first supported instant: 1900-01-01T00:00:00Z.
pub const FIRST_INSTANT: DateTime<Utc> = instant_of(FIRST_SECOND);

/// The end of the supported instants, itself not supported: 2101-01-01T00:00:00Z.
pub const LIMIT_INSTANT: DateTime<Utc> = instant_of(LIMIT_SECOND);

const fn instant_of(second: i64) -> DateTime<Utc> {
    match DateTime::from_timestamp(second, 0) {
        Some(instant) => instant,
        None => DateTime::<Utc>::UNIX_EPOCH,
    }
}

/// A schedule compiled for arithmetic: immutable, shared between threads, cheap to clone.
///
/// The [module](crate::timeline) tells what it is. [`Schedule`] has the same questions and keeps one timeline for them.
///
/// ```
/// # use chrono::{DateTime, Utc};
/// # use klokuur::{BusinessDuration, Schedule};
/// let timeline = Schedule::parse_in("Mo-Fr 09:00-17:00", "Europe/Amsterdam")?.timeline();
/// let friday: DateTime<Utc> = "2026-03-13T14:00:00Z".parse()?; // 15:00 local time
/// assert_eq!(timeline.add(friday, BusinessDuration::hours(3))?.to_string(), "2026-03-16 09:00:00 UTC");
/// assert!(timeline.is_open(friday)?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Timeline {
    schedule: Schedule,
    compiled: Arc<Compiled>,
}

impl Timeline {
    /// The timeline of a schedule. Nothing is compiled before the first question.
    ///
    /// All timelines and clones of one schedule share what is compiled.
    pub fn new(schedule: &Schedule) -> Self {
        Self { schedule: schedule.clone(), compiled: schedule.compiled().clone() }
    }

    /// A timeline with these years compiled now, so that no question about them waits.
    ///
    /// Questions outside of them are answered all the same.
    ///
    /// ```
    /// # use klokuur::{Schedule, Timeline};
    /// let office = Schedule::parse("Mo-Fr 09:00-17:00", chrono_tz::Europe::Amsterdam)?;
    /// let timeline = Timeline::compile(&office, 2020..=2030)?;
    /// # Ok::<(), klokuur::KlokuurError>(())
    /// ```
    ///
    /// # Errors
    /// - no years at all, as `2030..=2020`
    /// - a year outside 1900 to 2100
    pub fn compile(schedule: &Schedule, years: RangeInclusive<i32>) -> Result<Self> {
        let supported = FIRST_INSTANT.year()..=LIMIT_INSTANT.year() - 1;
        if years.is_empty() || !supported.contains(years.start()) || !supported.contains(years.end()) {
            return Err(KlokuurError::OutOfRange {
                what: "years",
                given: format!("{} to {}", years.start(), years.end()),
                accepted: format!("{} to {}", supported.start(), supported.end()),
            });
        }
        Ok(Self {
            schedule: schedule.clone(),
            compiled: Arc::new(Compiled::years(years, |from, until| open_pieces(schedule, from, until))),
        })
    }

    /// The schedule.
    pub fn schedule(&self) -> &Schedule {
        &self.schedule
    }

    #[inline]
    pub(crate) fn engine(&self) -> Engine<'_> {
        Engine { schedule: &self.schedule, compiled: &self.compiled }
    }

    /// The bytes that what is compiled takes now.
    pub fn memory(&self) -> usize {
        self.compiled.bytes()
    }

    /// The business time from one instant to another; negative, the exact mirror, when `to` lies before `from`.
    ///
    /// ```
    /// # use chrono::TimeZone;
    /// # use klokuur::{BusinessDuration, Schedule, Timeline};
    /// # use chrono_tz::Europe::Amsterdam;
    /// let office = Timeline::new(&Schedule::parse("Mo-Fr 09:00-17:00", Amsterdam)?);
    /// let friday = Amsterdam.with_ymd_and_hms(2026, 3, 13, 16, 0, 0).unwrap();
    /// let monday = Amsterdam.with_ymd_and_hms(2026, 3, 16, 10, 30, 0).unwrap();
    /// assert_eq!(office.between(friday, monday)?, BusinessDuration::minutes(150));
    /// assert_eq!(office.between(monday, friday)?, BusinessDuration::minutes(-150));
    /// # Ok::<(), klokuur::KlokuurError>(())
    /// ```
    ///
    /// # Errors
    /// - [`OutOfRange`](KlokuurError::OutOfRange): an instant outside the supported ones
    #[inline]
    pub fn between(&self, from: impl Moment, to: impl Moment) -> Result<BusinessDuration> {
        self.engine().between(At::of(&from), At::of(&to))
    }

    /// The instant at which a budget of business time that starts now is used up, in the zone of `start`.
    ///
    /// A budget that ends exactly at closing is due at the closing instant (or by
    /// [`AtNextOpen`](crate::schedule::BudgetEnd::AtNextOpen) at the next opening). A zero budget gives `start`
    /// unchanged, open or not. A negative budget is [`sub`](Self::sub).
    ///
    /// ```
    /// # use chrono::TimeZone;
    /// # use klokuur::{BusinessDuration, Schedule, Timeline};
    /// # use chrono_tz::Europe::Amsterdam;
    /// let office = Timeline::new(&Schedule::parse("Mo-Fr 09:00-17:00", Amsterdam)?);
    /// let friday = Amsterdam.with_ymd_and_hms(2026, 3, 13, 16, 0, 0).unwrap();
    /// assert_eq!(office.add(friday, BusinessDuration::hours(1))?.to_string(), "2026-03-13 17:00:00 CET");
    /// assert_eq!(office.add(friday, BusinessDuration::hours(2))?.to_string(), "2026-03-16 10:00:00 CET");
    /// # Ok::<(), klokuur::KlokuurError>(())
    /// ```
    ///
    /// # Errors
    /// - [`OutOfRange`](KlokuurError::OutOfRange): a start outside the supported instants
    /// - [`NoOpenTimeLeft`](KlokuurError::NoOpenTimeLeft): the supported years do not have that much open time left
    #[inline]
    pub fn add<M: Moment>(&self, start: M, budget: impl Into<BusinessDuration>) -> Result<M> {
        let from = At::of(&start);
        Ok(self.engine().moved(from, budget.into())?.in_zone_of(&start, from))
    }

    /// The mirror of [`add`](Self::add): the instant from which this much business time leads up to `end`.
    ///
    /// Where a closed stretch leaves a choice it is the instant nearest to `end`, an opening (or by
    /// [`AtNextOpen`](crate::schedule::BudgetEnd::AtNextOpen) the closing before).
    ///
    /// ```
    /// # use chrono::TimeZone;
    /// # use klokuur::{BusinessDuration, Schedule, Timeline};
    /// # use chrono_tz::Europe::Amsterdam;
    /// let office = Timeline::new(&Schedule::parse("Mo-Fr 09:00-17:00", Amsterdam)?);
    /// let monday = Amsterdam.with_ymd_and_hms(2026, 3, 16, 10, 0, 0).unwrap();
    /// assert_eq!(office.sub(monday, BusinessDuration::hours(1))?.to_string(), "2026-03-16 09:00:00 CET");
    /// assert_eq!(office.sub(monday, BusinessDuration::hours(2))?.to_string(), "2026-03-13 16:00:00 CET");
    /// # Ok::<(), klokuur::KlokuurError>(())
    /// ```
    ///
    /// # Errors
    /// As [`add`](Self::add).
    #[inline]
    pub fn sub<M: Moment>(&self, end: M, budget: impl Into<BusinessDuration>) -> Result<M> {
        let (from, budget): (At, BusinessDuration) = (At::of(&end), budget.into());
        Ok(self.engine().moved(from, -budget)?.in_zone_of(&end, from))
    }

    /// Whether `to` is not after [`add`](Self::add)`(from, budget)`: answered within the norm or not (RULES C3).
    ///
    /// It compares instants. After a deadline at closing an answer is late, though no business time has passed since. A
    /// budget that the supported years cannot hold is used up after all of them (a negative one before).
    ///
    /// ```
    /// # use chrono::TimeZone;
    /// # use klokuur::{BusinessDuration, Schedule, Timeline};
    /// # use chrono_tz::Europe::Amsterdam;
    /// let clock = Timeline::new(&Schedule::parse("Mo-Fr 00:00-24:00", Amsterdam)?);
    /// let asked = Amsterdam.with_ymd_and_hms(2026, 3, 13, 0, 0, 0).unwrap();     // a Friday
    /// let answered = Amsterdam.with_ymd_and_hms(2026, 3, 14, 10, 0, 0).unwrap();
    /// let norm = BusinessDuration::hours(24);
    /// assert_eq!(clock.between(asked, answered)?, norm);
    /// assert!(!clock.within(asked, answered, norm)?);                            // it was due on Friday at 24:00
    /// # Ok::<(), klokuur::KlokuurError>(())
    /// ```
    ///
    /// # Errors
    /// - [`OutOfRange`](KlokuurError::OutOfRange): an instant outside the supported ones
    #[inline]
    pub fn within(
        &self,
        from: impl Moment,
        to: impl Moment,
        budget: impl Into<BusinessDuration>,
    ) -> Result<bool> {
        self.engine().within(At::of(&from), At::of(&to), budget.into())
    }

    /// Whether the schedule is open: at the opening instant yes, at the closing instant no.
    ///
    /// ```
    /// # use chrono::TimeZone;
    /// # use klokuur::{Schedule, Timeline};
    /// # use chrono_tz::Europe::Amsterdam;
    /// let office = Timeline::new(&Schedule::parse("Mo-Fr 09:00-17:00", Amsterdam)?);
    /// assert!(office.is_open(Amsterdam.with_ymd_and_hms(2026, 3, 13, 9, 0, 0).unwrap())?);
    /// assert!(!office.is_open(Amsterdam.with_ymd_and_hms(2026, 3, 13, 17, 0, 0).unwrap())?);
    /// # Ok::<(), klokuur::KlokuurError>(())
    /// ```
    ///
    /// # Errors
    /// - [`OutOfRange`](KlokuurError::OutOfRange): an instant outside the supported ones
    #[inline]
    pub fn is_open<M: Moment>(&self, at: M) -> Result<bool> {
        self.engine().is_open(At::of(&at))
    }

    /// The first open instant from `at` on: `at` itself when open.
    ///
    /// ```
    /// # use chrono::TimeZone;
    /// # use klokuur::{Schedule, Timeline};
    /// # use chrono_tz::Europe::Amsterdam;
    /// let office = Timeline::new(&Schedule::parse("Mo-Fr 09:00-17:00", Amsterdam)?);
    /// let saturday = Amsterdam.with_ymd_and_hms(2026, 3, 14, 12, 0, 0).unwrap();
    /// assert_eq!(office.next_open(saturday)?.to_string(), "2026-03-16 09:00:00 CET");
    /// # Ok::<(), klokuur::KlokuurError>(())
    /// ```
    ///
    /// # Errors
    /// - [`OutOfRange`](KlokuurError::OutOfRange): an instant outside the supported ones
    /// - [`NoOpenTimeLeft`](KlokuurError::NoOpenTimeLeft): it never opens again within the supported years
    #[inline]
    pub fn next_open<M: Moment>(&self, at: M) -> Result<M> {
        let from = At::of(&at);
        Ok(self.engine().opening_from(from)?.in_zone_of(&at, from))
    }

    /// The first closing after `at`: of the stretch that is open at `at`, or else of the next one. `None` when it never
    /// closes again within the supported years, as around the clock.
    ///
    /// ```
    /// # use chrono::TimeZone;
    /// # use klokuur::{Schedule, Timeline};
    /// # use chrono_tz::Europe::Amsterdam;
    /// let office = Timeline::new(&Schedule::parse("Mo-Fr 09:00-17:00", Amsterdam)?);
    /// let saturday = Amsterdam.with_ymd_and_hms(2026, 3, 14, 12, 0, 0).unwrap();
    /// assert_eq!(office.next_close(saturday)?.unwrap().to_string(), "2026-03-16 17:00:00 CET");
    /// # Ok::<(), klokuur::KlokuurError>(())
    /// ```
    ///
    /// # Errors
    /// - [`OutOfRange`](KlokuurError::OutOfRange): an instant outside the supported ones
    pub fn next_close<M: Moment>(&self, at: M) -> Result<Option<M>> {
        let from = At::of(&at);
        Ok(self.engine().next_close(from)?.map(|close| close.in_zone_of(&at, from)))
    }

    /// The open stretches between two instants, in order, clipped to them; none when `to` is not after `from`.
    ///
    /// ```
    /// # use chrono::TimeZone;
    /// # use klokuur::{Schedule, Timeline};
    /// # use chrono_tz::Europe::Amsterdam;
    /// let office = Timeline::new(&Schedule::parse("Mo-Fr 09:00-17:00", Amsterdam)?);
    /// let friday = Amsterdam.with_ymd_and_hms(2026, 3, 13, 16, 0, 0).unwrap();
    /// let monday = Amsterdam.with_ymd_and_hms(2026, 3, 16, 10, 0, 0).unwrap();
    /// let open = office.intervals(friday, monday)?;
    /// assert_eq!(open[0].end.to_string(), "2026-03-13 17:00:00 CET");
    /// assert_eq!(open[1].start.to_string(), "2026-03-16 09:00:00 CET");
    /// # Ok::<(), klokuur::KlokuurError>(())
    /// ```
    ///
    /// # Errors
    /// - [`OutOfRange`](KlokuurError::OutOfRange): an instant outside the supported ones
    pub fn intervals(&self, from: impl Moment, to: impl Moment) -> Result<Vec<OpenInterval>> {
        self.engine().intervals(At::of(&from), At::of(&to))
    }
}

impl std::fmt::Debug for Timeline {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Timeline").field("schedule", &self.schedule).field("bytes", &self.memory()).finish()
    }
}
