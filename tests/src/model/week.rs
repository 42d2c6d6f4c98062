//! The weeks of a seller: how many first responses were in time, when a week is final, and what it misses (RULES N).

use std::collections::BTreeMap;

use super::case::{Case, Verdict};
use super::minutes::{Minute, local, midnight};

/// The first responses of the questions of one week, counted from the first week of the model.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Week {
    /// Answered in time.
    pub in_time: i64,
    /// Late.
    pub late: u64,
    /// The last deadline.
    pub last_due: Minute,
}

impl Week {
    /// From which minute on the week is final: the first Wednesday 00:00 that is not before its end, nor before its
    /// last deadline (RULES N1).
    pub fn final_from(&self, week: usize) -> Minute {
        let after = week * 7 + 7;
        (after..).filter(|day| day % 7 == 2).map(midnight).find(|at| *at >= self.last_due).unwrap_or_default()
    }

    /// Whether so many bad items of so many miss a norm: the share and the count limit both (RULES N). In whole
    /// numbers.
    pub fn misses(norm: &str, bad: u64, all: u64) -> bool {
        let (most_of_a_hundred, limit) = match norm {
            "on_time" => (7, 3),
            "handover" => (5, 3),
            "cancellations" => (2, 3),
            "response_time" => (10, 10),
            "phone_availability" => (10, 0),
            "track_and_trace" => (2, 0),
            "case_item_ratio" => (5, 3),
            other => panic!("the model has no norm {other}"),
        };
        bad * 100 > most_of_a_hundred * all && bad >= limit
    }
}

/// The weeks in which something was asked, by the local day of asking; what is owed still is in no number.
pub fn weeks<'a>(cases: impl Iterator<Item = &'a Case>) -> BTreeMap<usize, Week> {
    let mut weeks: BTreeMap<usize, Week> = BTreeMap::new();
    for case in cases.filter(|case| case.is_measured()) {
        let (Some(opened), Some((due, _))) = (case.opened, case.first()) else { continue };
        let week = weeks.entry(local(opened).0 / 7).or_default();
        week.last_due = week.last_due.max(due);
        match case.verdict() {
            Verdict::Met => week.in_time += 1,
            Verdict::Late => week.late += 1,
            Verdict::Owed | Verdict::Dropped | Verdict::None => {}
        }
    }
    weeks
}
