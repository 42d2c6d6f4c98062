//! What becomes of the norms of running weeks, told once, with a timer of its own (RULES K13).

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Verdict, WeekResult};
use crate::names::names;
use crate::time::Moment;
use crate::week::IsoWeek;

names! {
    /// Something that became so with a norm in a week.
    ///
    /// Shown at [`NormWatch`].
    pub enum NormHappening: "norm happening" {
        /// The week misses the norm, as its numbers stand.
        Missed = "missed",
        /// The week does not miss it any more.
        Repaired = "repaired",
        /// The numbers are final.
        BecameFinal = "became_final",
    }
}

/// A norm in a week of which something became so.
///
/// Shown at [`NormWatch`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NormTold {
    /// The norm's name in the rulebook.
    pub norm: String,
    /// The week.
    pub week: IsoWeek,
    /// What became so.
    pub what: NormHappening,
}

/// The norms of some weeks: what was told of them, and when they should be looked at again. Late answers have the
/// wake-up of the case book.
///
/// ```
/// # use chrono::{TimeZone, Utc};
/// # use klokuur::norm::{NormHappening, NormWatch, WeekNumbers, judge_weeks};
/// # use klokuur::Rulebook;
/// let now = Utc.with_ymd_and_hms(2026, 7, 9, 8, 0, 0).unwrap();
/// let of = |late: i64| WeekNumbers::new("response_time", "2026-W28".parse().unwrap(), 100 - late, 100);
/// let mut watch = NormWatch::new(judge_weeks(&Rulebook::bol(), &[of(3)], now)?, now);
/// assert!(watch.advance(now).is_empty());
/// watch.replace(judge_weeks(&Rulebook::bol(), &[of(20)], now)?);
/// assert_eq!(watch.advance(now)[0].what, NormHappening::Missed);
/// let wednesday = watch.next_wake_up(now).unwrap();
/// assert_eq!(watch.advance(wednesday)[0].what, NormHappening::BecameFinal);
/// assert_eq!(watch.next_wake_up(wednesday), None);
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
#[derive(Debug, Clone)]
pub struct NormWatch {
    results: BTreeMap<(IsoWeek, String), WeekResult>,
    told: BTreeMap<(IsoWeek, String), Known>,
}

/// What is known of a norm in a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Known {
    is_missed: bool,
    is_final: bool,
}

impl NormWatch {
    /// Watches these weeks from now on: what is so by then is known and is not told.
    pub fn new<M: Moment>(results: Vec<WeekResult>, now: M) -> Self {
        let mut watch = Self { results: keyed(results), told: BTreeMap::new() };
        watch.advance(now);
        watch
    }

    /// Takes the place of the results: weeks with newer numbers, or further weeks. [`advance`](Self::advance) tells
    /// what is different; of a week that is not among them nothing more is told.
    pub fn replace(&mut self, results: Vec<WeekResult>) {
        self.results = keyed(results);
    }

    /// What has become so up to `now`, by week and norm.
    pub fn advance<M: Moment>(&mut self, now: M) -> Vec<NormTold> {
        let now = now.utc();
        let mut told = Vec::new();
        for (key, result) in &self.results {
            let (before, known) = (self.told(key), Known::of(result, now));
            let happenings = before.becomes(known);
            told.extend(happenings.map(|what| NormTold { norm: key.1.clone(), week: key.0, what }));
            // What was final stays told, although someone looks at an earlier time again.
            let is_final = known.is_final || before.is_final;
            self.told.insert(key.clone(), Known { is_final, ..known });
        }
        told
    }

    /// When [`advance`](Self::advance) has something to tell, if nothing is replaced before; `now` itself when
    /// something is overdue, none when nothing is to come.
    pub fn next_wake_up<M: Moment>(&self, now: M) -> Option<M> {
        let at = now.utc();
        let is_overdue = |(key, result): (&(IsoWeek, String), &WeekResult)| {
            self.told(key).becomes(Known::of(result, at)).next().is_some()
        };
        if self.results.iter().any(is_overdue) {
            return Some(now);
        }
        let later = self.results.iter().filter(|(key, _)| !self.told(key).is_final);
        later.map(|(_, result)| result.final_from).min().map(|next| now.like(next))
    }

    fn told(&self, key: &(IsoWeek, String)) -> Known {
        self.told.get(key).copied().unwrap_or_default()
    }
}

impl Known {
    fn of(result: &WeekResult, now: DateTime<Utc>) -> Self {
        Self { is_missed: result.verdict == Verdict::Missed, is_final: result.final_from <= now }
    }

    /// What became so from one look to the next.
    fn becomes(self, now: Self) -> impl Iterator<Item = NormHappening> {
        let verdict = match (self.is_missed, now.is_missed) {
            (false, true) => Some(NormHappening::Missed),
            (true, false) => Some(NormHappening::Repaired),
            _ => None,
        };
        let is_final = (now.is_final && !self.is_final).then_some(NormHappening::BecameFinal);
        verdict.into_iter().chain(is_final)
    }
}

fn keyed(results: Vec<WeekResult>) -> BTreeMap<(IsoWeek, String), WeekResult> {
    results.into_iter().map(|result| ((result.week, result.norm.clone()), result)).collect()
}
