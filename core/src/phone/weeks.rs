//! Call attempts counted by ISO week.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::hours::PhoneHours;
use crate::error::{KlokuurError, Result};
use crate::fingerprints::Fingerprints;
use crate::norm::{PHONE_AVAILABILITY, WeekNumbers};
use crate::week::IsoWeek;

/// One call attempt of a customer.
///
/// Shown at [`PhoneWeek`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallAttempt {
    /// When the call came in.
    pub at: DateTime<Utc>,
    /// Whether it was answered.
    pub answered: bool,
}

/// The call attempts of one ISO week.
///
/// ```
/// # use klokuur::{Rulebook, norm::PHONE_AVAILABILITY};
/// # use klokuur::phone::{CallAttempt, PhoneHours, phone_weeks};
/// let call = |at: &str, answered| CallAttempt { at: at.parse().unwrap(), answered };
/// let calls = [call("2026-03-09T09:30:00Z", true), call("2026-03-09T10:30:00Z", false)];
/// let week = &phone_weeks(&calls, &PhoneHours::of(&Rulebook::bol())?)?[0];
/// assert_eq!((week.answered, week.attempts), (1, 2));
/// assert_eq!(week.numbers().norm, PHONE_AVAILABILITY);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhoneWeek {
    /// The week, by the local date of the calls.
    pub week: IsoWeek,
    /// Answered attempts that count: the numerator.
    pub answered: u64,
    /// Attempts that count: the denominator. 0 is no data, so no verdict (RULES N2).
    pub attempts: u64,
    /// Attempts outside the hours that count.
    pub not_counted: u64,
    /// What they were counted by (RULES I5).
    pub fingerprints: Fingerprints,
}

impl PhoneWeek {
    /// The numbers for the norm, which [`judge`](crate::norm::judge) gives a verdict on.
    pub fn numbers(&self) -> WeekNumbers {
        let answered = i64::try_from(self.answered).unwrap_or(i64::MAX);
        WeekNumbers::new(PHONE_AVAILABILITY, self.week, answered, self.attempts)
            .with_fingerprints(self.fingerprints.clone())
    }
}

/// Counts call attempts, in any order, by ISO week: from the first week with an attempt to the last, in order, the
/// empty ones included (RULES T1).
///
/// # Errors
/// - an attempt outside the supported instants: the error names its row
pub fn phone_weeks(attempts: &[CallAttempt], hours: &PhoneHours) -> Result<Vec<PhoneWeek>> {
    count(attempts.iter().enumerate().map(|(row, call)| (row, call.at, call.answered)), hours)
}

/// The same from columns: microseconds since the Unix epoch, where `i64::MIN` rows are left out, and answered or not.
///
/// # Errors
/// - the columns have different lengths
/// - an attempt outside the supported instants: the error names its row
pub fn phone_weeks_of_columns(at: &[i64], answered: &[bool], hours: &PhoneHours) -> Result<Vec<PhoneWeek>> {
    if at.len() != answered.len() {
        return Err(KlokuurError::LengthMismatch {
            what: "columns of call attempts",
            left: at.len(),
            right: answered.len(),
        });
    }
    let rows = at.iter().zip(answered).enumerate().filter(|(_, (at, _))| **at != i64::MIN);
    // Beyond chrono's years: an instant that is refused with its row below.
    let instant = |micros| DateTime::from_timestamp_micros(micros).unwrap_or(DateTime::<Utc>::MAX_UTC);
    count(rows.map(|(row, (&at, &answered))| (row, instant(at), answered)), hours)
}

fn count(
    attempts: impl Iterator<Item = (usize, DateTime<Utc>, bool)>,
    hours: &PhoneHours,
) -> Result<Vec<PhoneWeek>> {
    let mut weeks: BTreeMap<IsoWeek, PhoneWeek> = BTreeMap::new();
    let zone = hours.zone();
    let fingerprints = hours.fingerprints();
    let empty = |week: IsoWeek| PhoneWeek {
        week,
        answered: 0,
        attempts: 0,
        not_counted: 0,
        fingerprints: fingerprints.clone(),
    };
    for (row, at, answered) in attempts {
        let counts =
            hours.counts(at).map_err(|problem| KlokuurError::Row { row, problem: Box::new(problem) })?;
        let week = IsoWeek::of(at.with_timezone(&zone).date_naive());
        let sum = weeks.entry(week).or_insert_with(|| empty(week));
        sum.attempts += u64::from(counts);
        sum.answered += u64::from(counts && answered);
        sum.not_counted += u64::from(!counts);
    }
    let (Some(first), Some(last)) = (weeks.keys().next(), weeks.keys().next_back()) else {
        return Ok(Vec::new());
    };
    let all = (0..=last.since(*first)).map(|i| first.plus(i));
    Ok(all.map(|week| weeks.get(&week).cloned().unwrap_or_else(|| empty(week))).collect())
}
