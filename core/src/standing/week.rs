//! A judged week: what a ledger is built from.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::norm::{Finality, Verdict, WeekResult, norm_twice};
use crate::rulebook::RulesByWeek;
use crate::time::Moment;
use crate::week::IsoWeek;

/// A missed norm that stands behind a strike, with its numbers.
///
/// Shown at [`Strike`](super::Strike).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StrikeCause {
    /// The norm's name in the rulebook.
    pub norm: String,
    /// The week it was missed in.
    pub week: IsoWeek,
    /// Above the line, as [`WeekResult::numerator`].
    #[serde(default)]
    pub numerator: i64,
    /// Under the line; 0 when the numbers are not known.
    #[serde(default)]
    pub denominator: u64,
    /// The bad items, where the norm counts them.
    #[serde(default)]
    pub bad: Option<u64>,
}

/// One week with its missed strike-bearing norms.
///
/// ```
/// # use klokuur::standing::JudgedWeek;
/// let bad = JudgedWeek::bad("2026-W10".parse()?, &["response_time", "cancellations"]);
/// assert_eq!(bad.missed.len(), 2);
/// assert_eq!(bad.provisional().final_on, None); // counts for nothing yet
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JudgedWeek {
    /// The week.
    pub week: IsoWeek,
    /// The local date on which it became, or will become, final; none while that is not known: the week is provisional.
    #[serde(default)]
    pub final_on: Option<NaiveDate>,
    /// The strike-bearing norms that were missed; empty for a good week and for a week without data.
    #[serde(default)]
    pub missed: Vec<StrikeCause>,
    /// For a new seller: all orders up to the week's end. Up to the rulebook's first orders (100) the week bears no
    /// strike (RULES S4).
    #[serde(default)]
    pub orders_to_date: Option<u64>,
}

impl JudgedWeek {
    /// A final week without a miss.
    pub fn good(week: IsoWeek) -> Self {
        Self::bad(week, &[])
    }

    /// A final week in which these norms were missed, without numbers.
    ///
    /// It is final on the Wednesday after its end; set [`Self::final_on`] for another date.
    pub fn bad(week: IsoWeek, norms: &[&str]) -> Self {
        let missed = norms
            .iter()
            .map(|norm| StrikeCause {
                norm: (*norm).to_owned(),
                week,
                numerator: 0,
                denominator: 0,
                bad: None,
            })
            .collect();
        let wednesday = week.succ().monday().checked_add_days(chrono::Days::new(2));
        Self { week, final_on: wednesday, missed, orders_to_date: None }
    }

    /// The same week, still provisional.
    pub fn provisional(self) -> Self {
        Self { final_on: None, ..self }
    }
}

/// Gathers the results of all norms into judged weeks, oldest first.
///
/// A week is final when all its strike-bearing results are, from the latest of their dates on, in the zone of its
/// rulebook. Results of norms that bear no strike do not matter, but make their week known.
///
/// # Errors
/// - a week without a rulebook
/// - a norm twice in one week
pub fn judged_weeks<R: RulesByWeek + ?Sized>(rules: &R, results: &[WeekResult]) -> Result<Vec<JudgedWeek>> {
    let mut weeks: BTreeMap<IsoWeek, Vec<&WeekResult>> = BTreeMap::new();
    for result in results {
        weeks.entry(result.week).or_default().push(result);
    }
    let judged = |(week, results): (IsoWeek, Vec<&WeekResult>)| {
        let zone = rules.rules_of_week(week)?.clock.zone;
        let mut norms: Vec<&str> = results.iter().map(|result| result.norm.as_str()).collect();
        norms.sort_unstable();
        let twice = norms.iter().zip(norms.iter().skip(1)).find(|(one, other)| one == other);
        if let Some((twice, _)) = twice {
            return Err(norm_twice(twice, week));
        }
        let bearing = || results.iter().filter(|r| r.strike);
        let deciding = || {
            if bearing().next().is_some() { bearing().collect() } else { results.iter().collect::<Vec<_>>() }
        };
        let is_final = deciding().iter().all(|r| r.finality == Finality::Final);
        let last = deciding().iter().map(|r| r.final_from.with_timezone(&zone).date_naive()).max();
        let missed = bearing()
            .filter(|r| r.verdict == Verdict::Missed)
            .map(|r| StrikeCause {
                norm: r.norm.clone(),
                week,
                numerator: r.numerator,
                denominator: r.denominator,
                bad: r.bad,
            })
            .collect();
        Ok(JudgedWeek { week, final_on: last.filter(|_| is_final), missed, orders_to_date: None })
    };
    weeks.into_iter().map(judged).collect()
}

/// The same weeks with the orders up to their end, counted from all orders that the seller ever had (RULES S4).
///
/// Leave out the orders of a seller who started before the log: a count that begins in the middle would make a starter
/// of them.
///
/// # Errors
/// - a week without a rulebook
pub fn count_orders<R: RulesByWeek + ?Sized>(
    rules: &R,
    weeks: Vec<JudgedWeek>,
    ordered_at: &[impl Moment],
) -> Result<Vec<JudgedWeek>> {
    let mut ordered: Vec<DateTime<Utc>> = ordered_at.iter().map(Moment::utc).collect();
    ordered.sort_unstable();
    let counted = |judged: JudgedWeek| {
        let zone = rules.rules_of_week(judged.week)?.clock.zone;
        let until =
            ordered.partition_point(|at| IsoWeek::of(at.with_timezone(&zone).date_naive()) <= judged.week);
        Ok(JudgedWeek { orders_to_date: u64::try_from(until).ok(), ..judged })
    };
    weeks.into_iter().map(counted).collect()
}
