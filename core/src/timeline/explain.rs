//! Why a span of time holds the business time that it holds (RULES C8).

use crate::time::{DAY, Moment, Zone};
use chrono::{DateTime, NaiveDate};

use super::build::{self, date_of, midnight, reading};
use super::duration::BusinessDuration;
use super::engine::Engine;
use super::query::Timeline;
use super::span::At;
use super::zone::WallClock;
use crate::calendar::Holiday;
use crate::error::{KlokuurError, Result};
use crate::fingerprints::Fingerprints;
use crate::schedule::{DayReason, LocalDay, Schedule};

/// The stretches from one instant to another, counted and skipped, in order and without gaps between them.
///
/// As a sentence it is `to_string()` (English) or [`to_sentence`](Self::to_sentence).
///
/// ```
/// # use chrono::{DateTime, Utc};
/// # use klokuur::timeline::StretchReason;
/// # use klokuur::{BusinessDuration, Schedule};
/// let clock = Schedule::parse_in("Mo-Fr 00:00-24:00", "UTC")?;
/// let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
/// let why = clock.explain(at("2026-03-13T15:00:00Z"), at("2026-03-16T15:00:00Z"))?; // over a weekend
/// assert_eq!(why.counted, BusinessDuration::hours(24));
/// let weekend = why.stretches.iter().find(|stretch| stretch.reason == StretchReason::Weekend);
/// assert!(weekend.is_some_and(|stretch| stretch.counted.is_zero()));
/// assert!(!StretchReason::Weekend.counts());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Explanation {
    /// The first instant, in the schedule's zone.
    #[cfg_attr(feature = "serde", serde(deserialize_with = "crate::time::zoned"))]
    pub from: DateTime<Zone>,
    /// The end, for a deadline the due time, in the schedule's zone.
    #[cfg_attr(feature = "serde", serde(deserialize_with = "crate::time::zoned"))]
    pub to: DateTime<Zone>,
    /// The business time from `from` to `to`: the exact sum of the counted stretches.
    pub counted: BusinessDuration,
    /// The stretches. A counted one never goes beyond its local date; a skipped one may take several dates.
    pub stretches: Vec<ExplainedStretch>,
    /// What it was explained by (RULES I5).
    pub fingerprints: Fingerprints,
}

/// A part of an explained span, from `from` up to, not including, `to`.
///
/// Shown at [`Explanation`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct ExplainedStretch {
    /// Its first instant.
    #[cfg_attr(feature = "serde", serde(deserialize_with = "crate::time::zoned"))]
    pub from: DateTime<Zone>,
    /// The first instant after it.
    #[cfg_attr(feature = "serde", serde(deserialize_with = "crate::time::zoned"))]
    pub to: DateTime<Zone>,
    /// The business time in it: its whole real length when it counts, else nothing.
    pub counted: BusinessDuration,
    /// Why it counts or not.
    pub reason: StretchReason,
}

/// Why a stretch counts or not.
///
/// Shown at [`Explanation`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case", tag = "kind")
)]
pub enum StretchReason {
    /// Counted: open by the weekly hours.
    OpenHours,
    /// Counted: open by hours of this date's own, as on a shortened day.
    NamedDay,
    /// Counted: an extra open day.
    ExtraDay,
    /// Counted: open at the hours of holidays.
    HolidayHours,
    /// Skipped: outside the hours of an open day.
    ClosedHours,
    /// Skipped: a Saturday or Sunday without hours.
    Weekend,
    /// Skipped: a holiday.
    Holiday {
        /// Which.
        holiday: Holiday,
    },
    /// Skipped: a date that is closed by name.
    ClosedDate,
    /// Skipped: another weekday without hours.
    ClosedDay,
    /// Skipped: the clock stood still by policy (RULES C6). Only clocks with pauses have it, never a schedule.
    Paused,
}

impl StretchReason {
    /// Whether time with this reason counts.
    pub fn counts(&self) -> bool {
        matches!(self, Self::OpenHours | Self::NamedDay | Self::ExtraDay | Self::HolidayHours)
    }
}

impl Timeline {
    /// Why the time from one instant to another holds the business time that it holds, as data and as a sentence.
    ///
    /// ```
    /// # use chrono::TimeZone;
    /// # use klokuur::{BusinessDuration, HolidayCalendar, Schedule};
    /// # use chrono_tz::Europe::Amsterdam;
    /// let clock = Schedule::parse("Mo-Fr 00:00-24:00", Amsterdam)?.with_holidays(HolidayCalendar::netherlands())?;
    /// let asked = Amsterdam.with_ymd_and_hms(2026, 3, 13, 15, 0, 0).unwrap();
    /// let due = clock.add(asked, BusinessDuration::hours(24))?;
    /// assert_eq!(
    ///     clock.timeline().explain(asked, due)?.to_string(),
    ///     "due Monday 16 March 2026 15:00: 9 h on Friday 13 March, weekend skipped, 15 h on Monday 16 March"
    /// );
    /// # Ok::<(), klokuur::KlokuurError>(())
    /// ```
    ///
    /// # Errors
    /// - an instant outside the supported ones
    /// - `to` before `from`
    pub fn explain(&self, from: impl Moment, to: impl Moment) -> Result<Explanation> {
        self.engine().explain(At::of(&from), At::of(&to))
    }
}

impl Engine<'_> {
    pub(crate) fn explain(self, from: At, to: At) -> Result<Explanation> {
        let (from, to) = (from.supported()?, to.supported()?);
        if to < from {
            return Err(KlokuurError::InvalidValue {
                what: "span to explain",
                given: format!("{} to {}", from.to_text(), to.to_text()),
                accepted: "one that does not end before it starts".into(),
            });
        }
        let zone = self.schedule.zone();
        let conventions = self.schedule.conventions();
        let clock = WallClock::new(zone, from.second - 3 * DAY, to.second + 3 * DAY, reading(conventions));
        let mut told = Told { zone, stretches: Vec::new() };
        let mut pieces = self.pieces_between(from, to).iter().copied().peekable();
        let first = date_of(from.second - DAY);
        for date in first.iter_days().take_while(|date| midnight(*date) <= to.second + 2 * DAY) {
            let (start, end) = build::day(&clock, date);
            let (start, end) = (At::second(start).max(from), At::second(end).min(to));
            if start >= end {
                continue;
            }
            let day = Day::of(self.schedule, &clock, date);
            let mut at = start;
            while let Some(piece) = pieces.peek().filter(|piece| At::second(piece.start) < end) {
                let open = (At::second(piece.start).max(at), At::second(piece.end).min(end));
                day.closed(&mut told, at, open.0);
                told.add(open.0, open.1, day.open_reason());
                at = at.max(open.1);
                if At::second(piece.end) > end {
                    break;
                }
                pieces.next();
            }
            day.closed(&mut told, at, end);
        }
        let stretches = told.stretches;
        let counted = stretches.iter().map(|stretch| stretch.counted).sum();
        Ok(Explanation {
            from: from.to_utc().with_timezone(&zone),
            to: to.to_utc().with_timezone(&zone),
            counted,
            stretches,
            fingerprints: Fingerprints::of(self.schedule),
        })
    }
}

/// What the schedule says about one date.
struct Day<'a> {
    day: LocalDay<'a>,
    /// The holiday on the date, also when the schedule is open on it.
    holiday: Option<&'a Holiday>,
    /// What would be open but for holidays of another zone, and the holiday.
    foreign: Option<(Vec<(i64, i64)>, &'a Holiday)>,
}

impl<'a> Day<'a> {
    fn of(schedule: &'a Schedule, clock: &WallClock, date: NaiveDate) -> Self {
        let day = schedule.local_day(date);
        let foreign = match schedule.has_foreign_holidays() {
            true => schedule.foreign_cuts(date).find_map(|(_, holidays)| holidays.on(date)).map(|holiday| {
                let instant = |seconds: u32| clock.instant(midnight(date) + i64::from(seconds));
                let open = day.open.iter().map(|s| (instant(s.from.seconds()), instant(s.to.seconds())));
                (open.collect(), holiday)
            }),
            false => None,
        };
        Self { day, holiday: day.holiday.and_then(|holidays| holidays.on(date)), foreign }
    }

    fn open_reason(&self) -> StretchReason {
        match self.day.reason {
            DayReason::NamedDate => StretchReason::NamedDay,
            DayReason::ExtraDay => StretchReason::ExtraDay,
            DayReason::HolidayHours => StretchReason::HolidayHours,
            // A night that reaches into a closed date belongs to the date before.
            _ => StretchReason::OpenHours,
        }
    }

    fn closed_reason(&self) -> StretchReason {
        match (self.day.reason, self.holiday) {
            (DayReason::Holiday | DayReason::HolidayHours, Some(holiday)) => {
                StretchReason::Holiday { holiday: holiday.clone() }
            }
            (DayReason::Weekend, _) => StretchReason::Weekend,
            (DayReason::ClosedDate, _) => StretchReason::ClosedDate,
            (DayReason::NoHours, _) => StretchReason::ClosedDay,
            _ => StretchReason::ClosedHours,
        }
    }

    /// Tells of closed time, and of the part that only a holiday of another zone closes.
    fn closed(&self, told: &mut Told, from: At, to: At) {
        let mut at = from;
        if let Some((open, holiday)) = &self.foreign {
            for &(start, end) in open {
                let (start, end) = (At::second(start).max(at), At::second(end).min(to));
                if start < end {
                    told.add(at, start, self.closed_reason());
                    told.add(start, end, StretchReason::Holiday { holiday: (*holiday).clone() });
                    at = end;
                }
            }
        }
        told.add(at, to, self.closed_reason());
    }
}

/// What has been told so far.
struct Told {
    zone: Zone,
    stretches: Vec<ExplainedStretch>,
}

impl Told {
    fn add(&mut self, from: At, to: At, reason: StretchReason) {
        if from >= to {
            return;
        }
        let shown = |at: At| at.to_utc().with_timezone(&self.zone);
        let (from, to) = (shown(from), shown(to));
        if reason.counts() {
            let length = to - from;
            let counted = BusinessDuration::seconds(length.num_seconds())
                + BusinessDuration::from_nanoseconds(i64::from(length.subsec_nanos()));
            self.stretches.push(ExplainedStretch { from, to, counted, reason });
            return;
        }
        match self.stretches.last_mut() {
            // A skipped stretch goes on over midnight.
            Some(last) if last.reason == reason => last.to = to,
            _ => self.stretches.push(ExplainedStretch { from, to, counted: BusinessDuration::ZERO, reason }),
        }
    }
}
