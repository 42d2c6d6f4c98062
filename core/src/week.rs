//! ISO 8601 weeks: the period that service norms are measured over (RULES N, S2).

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, NaiveDate, TimeZone, Weekday};

use crate::error::{KlokuurError, Result};
use crate::time::{CalendarDate, Moment, YEARS, YEARS_IN_WORDS};

/// An ISO 8601 week: Monday to Sunday, in years of 52 or 53 weeks.
///
/// ```
/// # use klokuur::IsoWeek;
/// let last: IsoWeek = "2026-W53".parse()?;
/// assert_eq!(last.succ().to_string(), "2027-W01");
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "String", into = "String")
)]
pub struct IsoWeek {
    /// Weeks since the week of 1970-01-01 (which is week 0); order and distance come for free.
    index: i32,
}

/// The Monday of the week of 1970-01-01, in days since that date.
const FIRST_MONDAY: i32 = -3;

impl IsoWeek {
    /// The week of `year` with number `week`.
    ///
    /// # Errors
    /// - `week` is 0, or above the 52 or 53 weeks of that ISO year
    /// - the year lies outside 1900 to 2100
    pub fn new(year: i32, week: u32) -> Result<Self> {
        if !YEARS.contains(&year) {
            return Err(KlokuurError::OutOfRange {
                what: "ISO year",
                given: year.to_string(),
                accepted: YEARS_IN_WORDS.into(),
            });
        }
        NaiveDate::from_isoywd_opt(year, week, Weekday::Mon).map(Self::of).ok_or_else(|| {
            KlokuurError::OutOfRange {
                what: "ISO week",
                given: format!("{year}-W{week:02}"),
                accepted: format!("weeks 1 to {} of {year}", weeks_in(year)),
            }
        })
    }

    /// The week that a date falls in.
    pub fn of(date: impl CalendarDate) -> Self {
        let days = date.naive().to_epoch_days();
        Self { index: (days - FIRST_MONDAY).div_euclid(7) }
    }

    /// The week of an instant in a zone: the marketplace's, whatever zone the instant is in.
    ///
    /// ```
    /// # use klokuur::IsoWeek;
    /// let sunday_in_utc = "2026-03-15T23:30:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    /// assert_eq!(IsoWeek::at(&sunday_in_utc, &chrono_tz::Europe::Amsterdam).to_string(), "2026-W12");
    /// ```
    pub fn at<M: Moment, Z: TimeZone>(at: &M, zone: &Z) -> Self {
        Self::of(at.utc().with_timezone(zone).date_naive())
    }

    /// The ISO year, which differs from the calendar year around New Year.
    pub fn year(self) -> i32 {
        self.monday().iso_week().year()
    }

    /// The number within the ISO year, 1 to 52 or 53.
    pub fn week(self) -> u32 {
        self.monday().iso_week().week()
    }

    /// The Monday that the week starts on.
    pub fn monday(self) -> NaiveDate {
        NaiveDate::from_epoch_days(self.index * 7 + FIRST_MONDAY).unwrap_or(NaiveDate::MAX)
    }

    /// The Sunday that the week ends on.
    pub fn sunday(self) -> NaiveDate {
        self.monday().checked_add_days(Days::new(6)).unwrap_or(NaiveDate::MAX)
    }

    /// The next week.
    pub fn succ(self) -> Self {
        self.plus(1)
    }

    /// The previous week.
    pub fn pred(self) -> Self {
        self.plus(-1)
    }

    /// The week `weeks` later (earlier when negative), kept within chrono's years.
    pub fn plus(self, weeks: i32) -> Self {
        const LIMIT: i32 = 13_000_000;
        Self { index: self.index.saturating_add(weeks).clamp(-LIMIT, LIMIT) }
    }

    /// How many weeks `self` lies after `other`; negative when before.
    pub fn since(self, other: Self) -> i32 {
        self.index - other.index
    }
}

/// 52 or 53: 28 December always lies in the last ISO week of its year.
fn weeks_in(year: i32) -> u32 {
    NaiveDate::from_ymd_opt(year, 12, 28).map_or(52, |d| d.iso_week().week())
}

impl fmt::Display for IsoWeek {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-W{:02}", self.year(), self.week())
    }
}

impl FromStr for IsoWeek {
    type Err = KlokuurError;

    /// Reads `2026-W12`.
    ///
    /// # Errors
    /// - anything but four digits, `-W` and two digits
    /// - a week that the year does not have
    fn from_str(text: &str) -> Result<Self> {
        let malformed = || KlokuurError::InvalidValue {
            what: "ISO week",
            given: text.to_owned(),
            accepted: "a year and a week such as 2026-W12".into(),
        };
        let (year, week) = text.split_once("-W").ok_or_else(malformed)?;
        let digits = |s: &str, n: usize| s.len() == n && s.bytes().all(|b| b.is_ascii_digit());
        if !digits(year, 4) || !digits(week, 2) {
            return Err(malformed());
        }
        Self::new(year.parse().map_err(|_| malformed())?, week.parse().map_err(|_| malformed())?)
    }
}

impl TryFrom<String> for IsoWeek {
    type Error = KlokuurError;
    fn try_from(text: String) -> Result<Self> {
        text.parse()
    }
}

impl From<IsoWeek> for String {
    fn from(week: IsoWeek) -> String {
        week.to_string()
    }
}
