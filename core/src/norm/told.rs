//! What becomes of the norms of running weeks, told once, with a wake-up (RULES K13).

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Finality, Verdict, WeekResult};
use crate::time::Moment;
use crate::week::IsoWeek;

/// Something that became so with a norm in a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NormHappening {
    /// The week misses the norm, as its numbers stand.
    Missed,
    /// The week does not miss it any more.
    Repaired,
    /// The numbers are final.
    BecameFinal,
}

/// A norm in a week of which something became so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NormTold {
    /// The norm's name in the rulebook.
    pub norm: String,
    /// The week.
    pub week: IsoWeek,
    /// What became so.
    pub what: NormHappening,
}

/// What the results of now tell that those of before did not, by week and norm: judge again at each
/// [`next_norm_wake_up`] and whenever the numbers change.
///
/// ```
/// # use chrono::{TimeZone, Utc};
/// # use klokuur::norm::{NormHappening, WeekNumbers, judge_weeks, next_norm_wake_up, told_of_norms};
/// # use klokuur::Rulebook;
/// let now = Utc.with_ymd_and_hms(2026, 7, 9, 8, 0, 0).unwrap();
/// let numbers = [WeekNumbers::new("response_time", "2026-W28".parse()?, 80, 100)];
/// let results = judge_weeks(&Rulebook::bol(), &numbers, now)?;
/// assert_eq!(told_of_norms(&[], &results)[0].what, NormHappening::Missed);
/// let wednesday = next_norm_wake_up(&results, now).unwrap();
/// let later = judge_weeks(&Rulebook::bol(), &numbers, wednesday)?;
/// assert_eq!(told_of_norms(&results, &later)[0].what, NormHappening::BecameFinal);
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
pub fn told_of_norms(before: &[WeekResult], now: &[WeekResult]) -> Vec<NormTold> {
    let old: BTreeMap<(IsoWeek, &str), &WeekResult> =
        before.iter().map(|result| ((result.week, result.norm.as_str()), result)).collect();
    let new: BTreeMap<(IsoWeek, &str), &WeekResult> =
        now.iter().map(|result| ((result.week, result.norm.as_str()), result)).collect();
    let mut told = Vec::new();
    for ((week, norm), result) in new {
        let old = old.get(&(week, norm));
        let mut tell = |what| told.push(NormTold { norm: norm.to_owned(), week, what });
        let was_missed = old.is_some_and(|old| old.verdict == Verdict::Missed);
        match (was_missed, result.verdict == Verdict::Missed) {
            (false, true) => tell(NormHappening::Missed),
            (true, false) => tell(NormHappening::Repaired),
            _ => {}
        }
        let was_final = old.is_some_and(|old| old.finality == Finality::Final);
        if result.finality == Finality::Final && !was_final {
            tell(NormHappening::BecameFinal);
        }
    }
    told
}

/// When the next of these weeks becomes final; none when all are. Late answers have the wake-up of the case book.
pub fn next_norm_wake_up<M: Moment>(results: &[WeekResult], now: M) -> Option<M> {
    let next = results.iter().map(|result| result.final_from).filter(|from| *from > now.utc()).min();
    next.map(|at| now.like(at))
}
