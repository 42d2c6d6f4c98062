//! The NPS of windows of time (RULES Q3).

use crate::time::Zone;
use chrono::{DateTime, Datelike, NaiveDate};

use super::column::{NO_ANSWER, first_bad, same_length};
use super::tally::Nps;
use super::trend::NpsPeriod;
use crate::error::Result;
use crate::period::Period;
use crate::week::IsoWeek;

/// No time in a column of microseconds.
const NO_TIME: i64 = i64::MIN;

/// The NPS of a period: of the answers whose date in `zone` belongs to it.
///
/// `at` holds microseconds since the Unix epoch; `i64::MIN` and [`NO_ANSWER`](super::NO_ANSWER) rows are left out.
///
/// # Errors
/// - the columns have different lengths
/// - a score from 11 to 254: the error names the row
pub fn nps_in(period: Period, zone: impl Into<Zone>, at: &[i64], scores: &[u8]) -> Result<Nps> {
    let zone = zone.into();
    same_length(scores.len(), at.len())?;
    let (start, end) = (period.start(zone).timestamp_micros(), period.end(zone).timestamp_micros());
    let mut nps = Nps::default();
    for (&at, &score) in at.iter().zip(scores) {
        match Nps::from_score(score) {
            Some(one) if (start..end).contains(&at) => nps += one,
            None if score != NO_ANSWER => return Err(first_bad(scores)),
            _ => {}
        }
    }
    Ok(nps)
}

/// The NPS of every ISO week of a column, from the first with an answer to the last, the empty ones included.
///
/// # Errors
/// - the columns have different lengths
/// - a score from 11 to 254: the error names the row
/// - an answer outside the years 1900 to 2100
pub fn nps_by_week(zone: impl Into<Zone>, at: &[i64], scores: &[u8]) -> Result<Vec<NpsPeriod>> {
    let zone = zone.into();
    let Some((first, last)) = dates(zone, at, scores)? else { return Ok(Vec::new()) };
    let span = Period::between(first, last)?;
    count(zone, at, scores, span.weeks().into_iter().map(Period::week).collect())
}

/// The NPS of every calendar month of a column, from the first with an answer to the last, the empty ones included.
///
/// # Errors
/// - the columns have different lengths
/// - a score from 11 to 254: the error names the row
/// - an answer outside the years 1900 to 2100
pub fn nps_by_month(zone: impl Into<Zone>, at: &[i64], scores: &[u8]) -> Result<Vec<NpsPeriod>> {
    let zone = zone.into();
    let Some((first, last)) = dates(zone, at, scores)? else { return Ok(Vec::new()) };
    Period::between(first, last)?;
    let mut months = Vec::new();
    let (mut year, mut month) = (first.year(), first.month());
    while (year, month) <= (last.year(), last.month()) {
        months.push(Period::month(year, month)?);
        (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    }
    count(zone, at, scores, months)
}

/// The first and last date with an answer.
fn dates(zone: Zone, at: &[i64], scores: &[u8]) -> Result<Option<(NaiveDate, NaiveDate)>> {
    same_length(scores.len(), at.len())?;
    let answered =
        || at.iter().zip(scores).filter(|&(&at, &s)| at != NO_TIME && s != NO_ANSWER).map(|(at, _)| *at);
    let date = |micros: i64| {
        // Beyond chrono's years means beyond ours, which the period then says.
        DateTime::from_timestamp_micros(micros).map_or(NaiveDate::MAX, |at| zone.date_of(at))
    };
    Ok(answered().min().zip(answered().max()).map(|(first, last)| (date(first), date(last))))
}

/// Counts consecutive periods in one pass.
fn count(zone: Zone, at: &[i64], scores: &[u8], periods: Vec<Period>) -> Result<Vec<NpsPeriod>> {
    let starts: Vec<i64> = periods.iter().map(|p| p.start(zone).timestamp_micros()).collect();
    let mut result: Vec<NpsPeriod> =
        periods.into_iter().map(|period| NpsPeriod { period, nps: Nps::default() }).collect();
    for (&at, &score) in at.iter().zip(scores) {
        match Nps::from_score(score) {
            Some(one) if at != NO_TIME => {
                let after = starts.partition_point(|&start| start <= at);
                if let Some(period) = after.checked_sub(1).and_then(|i| result.get_mut(i)) {
                    period.nps += one;
                }
            }
            None if score != NO_ANSWER => return Err(first_bad(scores)),
            _ => {}
        }
    }
    Ok(result)
}

impl NpsPeriod {
    /// The ISO week, when the period is exactly one.
    pub fn week(&self) -> Option<IsoWeek> {
        let week = IsoWeek::of(self.period.first());
        (Period::week(week) == self.period).then_some(week)
    }
}
