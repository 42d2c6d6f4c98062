//! What a number of strikes makes of an account, one date after another (RULES S3).

use chrono::{Months, NaiveDate};

use super::answer::Standing;
use crate::rulebook::StrikeRules;

/// The standing and what it remembers.
#[derive(Debug, Clone, Copy)]
pub(super) struct State {
    pub(super) standing: Standing,
    /// Strikes with a lower number were dealt with by an accepted plan or a reopening.
    settled: usize,
    settled_on: NaiveDate,
}

/// The strikes that count on a date.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counting {
    pub(super) count: usize,
    /// The number of the newest of them, and one.
    pub(super) newest: usize,
}

impl State {
    pub(super) const fn new() -> Self {
        Self { standing: Standing::Active, settled: 0, settled_on: NaiveDate::MIN }
    }

    /// Brings the state to a date, before plans and reopenings of that date.
    pub(super) fn advance(&mut self, rules: &StrikeRules, on: NaiveDate, strikes: Counting) {
        let reaches = |limit: u32| usize::try_from(limit).is_ok_and(|limit| strikes.count >= limit);
        let closed = || {
            let months = Months::new(rules.reapply_after_years.saturating_mul(12));
            // chrono clamps 29 February to the 28th (RULES K7).
            let may_apply_from = on.checked_add_months(months).unwrap_or(NaiveDate::MAX);
            Standing::Closed { since: on, may_apply_from }
        };
        self.standing = match self.standing {
            closed @ Standing::Closed { .. } => closed,
            Standing::Offline { .. } if reaches(rules.closed_at) => closed(),
            offline @ Standing::Offline { .. } => offline,
            Standing::Active | Standing::OnlineWithPlan { .. } => {
                if !reaches(rules.offline_at) {
                    Standing::Active
                } else if strikes.newest <= self.settled {
                    Standing::OnlineWithPlan { since: self.settled_on }
                } else if reaches(rules.closed_at) {
                    closed()
                } else {
                    Standing::Offline { since: on }
                }
            }
        };
    }

    /// The shop comes back online: what counts now is dealt with.
    pub(super) fn settle(&mut self, rules: &StrikeRules, on: NaiveDate, strikes: Counting, given: usize) {
        self.settled = given;
        self.settled_on = on;
        self.standing = Standing::Active;
        self.advance(rules, on, strikes);
    }

    /// The state that an appeal leaves: what would be without the strike, but where that is the same, since when it was
    /// so.
    ///
    /// So winning an appeal makes nothing later (RULES S4).
    pub(super) fn after_appeal(known: Self, without: Self) -> Self {
        let same = std::mem::discriminant(&known.standing) == std::mem::discriminant(&without.standing);
        Self { standing: if same { known.standing } else { without.standing }, ..without }
    }
}
