//! Which final weeks give a strike (RULES S1).

use std::collections::{BTreeSet, VecDeque};

use chrono::NaiveDate;

use super::week::{JudgedWeek, StrikeCause};
use crate::rulebook::{StrikeRules, StrikeTrigger};
use crate::week::IsoWeek;

/// A strike as given, whether or not it still counts.
#[derive(Debug, Clone)]
pub(super) struct Given {
    pub(super) week: IsoWeek,
    pub(super) given_on: NaiveDate,
    pub(super) causes: Vec<StrikeCause>,
}

/// The strikes of these weeks (oldest first, each final from the date with it), excused weeks left out.
pub(super) fn strikes<'a>(
    rules: &StrikeRules,
    weeks: impl Iterator<Item = (&'a JudgedWeek, NaiveDate)>,
    excused: &BTreeSet<IsoWeek>,
) -> Vec<Given> {
    let bearing = weeks.filter(|(judged, _)| {
        let starts = judged.orders_to_date.is_some_and(|orders| orders <= u64::from(rules.starter_orders));
        !judged.missed.is_empty() && !starts && !excused.contains(&judged.week)
    });
    match rules.trigger {
        StrikeTrigger::AnyNorm => bearing
            .map(|(judged, given_on)| Given { week: judged.week, given_on, causes: judged.missed.clone() })
            .collect(),
        StrikeTrigger::SeveralNorms { norms } => {
            let mut open: VecDeque<&StrikeCause> = VecDeque::new();
            let mut given = Vec::new();
            for (judged, given_on) in bearing {
                while open.front().is_some_and(|old| !in_window(rules, old.week, judged.week)) {
                    open.pop_front();
                }
                open.extend(&judged.missed);
                let different: BTreeSet<&str> = open.iter().map(|miss| miss.norm.as_str()).collect();
                if u32::try_from(different.len()).is_ok_and(|n| n >= norms) {
                    given.push(Given {
                        week: judged.week,
                        given_on,
                        causes: open.drain(..).cloned().collect(),
                    });
                }
            }
            given
        }
    }
}

/// Whether a week lies in the window that ends with `newest` (RULES S2).
pub(super) fn in_window(rules: &StrikeRules, week: IsoWeek, newest: IsoWeek) -> bool {
    week <= newest && i64::from(newest.since(week)) < i64::from(rules.window_weeks)
}
