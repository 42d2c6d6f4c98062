//! Periods of whole dates: the windows of surveys and overviews (RULES Q3, I1, I2).

use std::fmt;

use crate::time::{CalendarDate, Moment, YEARS_IN_WORDS, Zone, supported_date};
use chrono::{DateTime, Days, Months, NaiveDate, Utc};

use crate::error::{KlokuurError, Result};
use crate::week::IsoWeek;

/// A period of whole local dates, both ends included.
///
/// ```
/// # use klokuur::Period;
/// # use chrono::NaiveDate;
/// let march = Period::month(2026, 3)?;
/// assert_eq!(march.days(), 31);
/// assert_eq!(march.to_string(), "2026-03-01/2026-03-31");
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "PeriodRecord", into = "PeriodRecord")
)]
pub struct Period {
    first: NaiveDate,
    last: NaiveDate,
}

#[cfg(feature = "serde")]
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct PeriodRecord {
    first: NaiveDate,
    last: NaiveDate,
}

impl Period {
    /// From `first` up to and including `last`.
    ///
    /// # Errors
    /// - `last` lies before `first`
    /// - a date outside 1900 to 2100
    pub fn between(first: impl CalendarDate, last: impl CalendarDate) -> Result<Self> {
        let (first, last) = (first.naive(), last.naive());
        for date in [first, last] {
            supported_date("date of a period", date)?;
        }
        if last < first {
            return Err(KlokuurError::InvalidValue {
                what: "period",
                given: format!("{first}/{last}"),
                accepted: "a last date that is not before the first".into(),
            });
        }
        Ok(Self { first, last })
    }

    /// A calendar month.
    ///
    /// # Errors
    /// - `month` is not 1 to 12
    /// - the year lies outside 1900 to 2100
    pub fn month(year: i32, month: u32) -> Result<Self> {
        let first = NaiveDate::from_ymd_opt(year, month, 1).ok_or_else(|| KlokuurError::OutOfRange {
            what: "calendar month",
            given: format!("{year}-{month:02}"),
            accepted: format!("months 1 to 12 of the years {YEARS_IN_WORDS}"),
        })?;
        let last = first.checked_add_months(Months::new(1)).and_then(|d| d.pred_opt()).unwrap_or(first);
        Self::between(first, last)
    }

    /// An ISO week, Monday to Sunday.
    pub fn week(week: IsoWeek) -> Self {
        Self { first: week.monday(), last: week.sunday() }
    }

    /// The `days` dates that end with `last`, which counts as one of them (RULES A: the past 28 days).
    ///
    /// # Errors
    /// - `days` is 0, or so large that the period starts before 1900
    pub fn trailing_days(last: impl CalendarDate, days: u32) -> Result<Self> {
        let last = last.naive();
        let before = days.checked_sub(1).and_then(|back| last.checked_sub_days(Days::new(back.into())));
        match before {
            Some(first) => Self::between(first, last),
            None => Err(KlokuurError::OutOfRange {
                what: "number of days of a period",
                given: days.to_string(),
                accepted: "1 or more, starting no earlier than 1900-01-01".into(),
            }),
        }
    }

    /// The first date.
    pub fn first(self) -> NaiveDate {
        self.first
    }

    /// The last date, which still belongs to the period.
    pub fn last(self) -> NaiveDate {
        self.last
    }

    /// The number of dates.
    pub fn days(self) -> u32 {
        // At least one, at most 201 years: always fits.
        u32::try_from((self.last - self.first).num_days().saturating_add(1)).unwrap_or(u32::MAX)
    }

    /// Whether a date belongs to the period.
    pub fn contains(self, date: impl CalendarDate) -> bool {
        let date = date.naive();
        self.first <= date && date <= self.last
    }

    /// The instant at which the period starts in `zone`: the first instant of its first date.
    pub fn start(self, zone: impl Into<Zone>) -> DateTime<Utc> {
        zone.into().start_of(self.first).to_utc()
    }

    /// The instant at which the period ends in `zone`, itself no longer part of it.
    pub fn end(self, zone: impl Into<Zone>) -> DateTime<Utc> {
        zone.into().start_of(self.last.succ_opt().unwrap_or(self.last)).to_utc()
    }

    /// Whether an instant falls in the period, by the date in `zone`.
    pub fn contains_instant<M: Moment>(self, at: M, zone: impl Into<Zone>) -> bool {
        let (at, zone) = (at.utc(), zone.into());
        self.start(zone) <= at && at < self.end(zone)
    }

    /// The ISO weeks that have a date in the period, in order.
    pub fn weeks(self) -> Vec<IsoWeek> {
        let (first, last) = (IsoWeek::of(self.first), IsoWeek::of(self.last));
        (0..=last.since(first)).map(|i| first.plus(i)).collect()
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.first, self.last)
    }
}

#[cfg(feature = "serde")]
impl TryFrom<PeriodRecord> for Period {
    type Error = KlokuurError;
    fn try_from(record: PeriodRecord) -> Result<Self> {
        Self::between(record.first, record.last)
    }
}

#[cfg(feature = "serde")]
impl From<Period> for PeriodRecord {
    fn from(period: Period) -> Self {
        Self { first: period.first, last: period.last }
    }
}
