//! What a week's numbers mean.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Finality, MeasuredBy};
use crate::error::KlokuurError;
use crate::fingerprints::Fingerprints;
use crate::names::names;
use crate::rulebook::{Direction, NormUnit, Ratio};
use crate::week::IsoWeek;

names! {
    /// The verdict on one norm in one week.
    ///
    /// Shown at [`WeekResult`].
    pub enum Verdict: "verdict" {
        /// The norm is met, or the count limit is not reached.
        Conforms = "conforms",
        /// The threshold is missed and the count limit, where there is one, is reached.
        Missed = "missed",
        /// Nothing was measured, so there is no verdict (RULES N2).
        NoData = "no_data",
    }
}

/// One norm in one week: the numbers, both verdicts, the whole verdict, and whether it is final.
///
/// ```
/// # use chrono::{DateTime, Utc};
/// # use klokuur::norm::{Finality, RESPONSE_TIME, Verdict, WeekNumbers, judge};
/// # use klokuur::Rulebook;
/// let judged = |good, at: &str| {
///     let numbers = WeekNumbers::new(RESPONSE_TIME, "2026-W28".parse().unwrap(), good, 100);
///     judge(&Rulebook::bol(), &numbers, at.parse::<DateTime<Utc>>().unwrap())
/// };
/// let running = judged(80, "2026-07-09T08:00:00Z")?;
/// assert_eq!((running.verdict, running.bad, running.finality), (Verdict::Missed, Some(20), Finality::Provisional));
/// assert!(!running.bears_strike() && judged(80, "2026-07-20T08:00:00Z")?.bears_strike());
/// assert_eq!(judged(95, "2026-07-09T08:00:00Z")?.verdict, Verdict::Conforms);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WeekResult {
    /// The norm's name in the rulebook.
    pub norm: String,
    /// The week.
    pub week: IsoWeek,
    /// Above the line: see [`WeekNumbers`](super::WeekNumbers).
    pub numerator: i64,
    /// Under the line; 0 is no data.
    pub denominator: u64,
    /// The bad items, for a norm that is a share; a mean and points have none.
    pub bad: Option<u64>,
    /// Which side of the threshold conforms.
    pub direction: Direction,
    /// The threshold that was judged by: the one that came with the data, else the rulebook's (RULES N5).
    pub threshold: Ratio,
    /// The rulebook's threshold, where a fixed one differs from the one that came with the data; else none.
    #[serde(default)]
    pub rulebook_threshold: Option<Ratio>,
    /// Whether the threshold itself is on the wrong side.
    #[serde(default)]
    pub strict: bool,
    /// What the value must at least keep, beside the target.
    #[serde(default)]
    pub minimum: Option<Ratio>,
    /// What the value is.
    pub unit: NormUnit,
    /// How many bad items must also be reached before the week misses the norm.
    pub count_limit: Option<u32>,
    /// Whether a miss can give a strike: the norm bears strikes, and the week is not excused for it (RULES S4).
    pub strike: bool,
    /// The first verdict: the value is on the right side of the threshold; none without data.
    pub threshold_met: Option<bool>,
    /// Whether the value keeps the minimum: shown, it gives no verdict; none without data or without a minimum.
    #[serde(default)]
    pub minimum_met: Option<bool>,
    /// The second verdict: the bad items reach the count limit; none without data or without such a limit.
    pub count_limit_reached: Option<bool>,
    /// The whole verdict: missed only when both are.
    pub verdict: Verdict,
    /// Whether the numbers can still change.
    pub finality: Finality,
    /// From when on they are final.
    pub final_from: DateTime<Utc>,
    /// Who measured them.
    pub measured_by: MeasuredBy,
    /// What they were counted by, and the rules that judged the week (RULES I5); none in a result of before they were
    /// kept.
    #[serde(default)]
    pub fingerprints: Option<Fingerprints>,
}

impl WeekResult {
    /// The value, for display: a share (0.93), a mean or points; none without data (RULES N2).
    pub fn value(&self) -> Option<f64> {
        if self.denominator == 0 {
            return None;
        }
        Some(scale(self.unit) as f64 * self.numerator as f64 / self.denominator as f64)
    }

    /// Whether this is a final miss of a strike-bearing norm.
    pub fn bears_strike(&self) -> bool {
        self.strike && self.verdict == Verdict::Missed && self.finality == Finality::Final
    }
}

/// Points are per hundred answers; shares and means are plain quotients.
pub(super) fn scale(unit: NormUnit) -> i64 {
    match unit {
        NormUnit::Points => 100,
        NormUnit::Share | NormUnit::Average => 1,
    }
}

/// The error of results in which a norm stands twice for one week.
pub(crate) fn norm_twice(norm: &str, week: IsoWeek) -> KlokuurError {
    KlokuurError::InvalidValue {
        what: "week's results",
        given: format!("{norm} of {week} twice"),
        accepted: "each norm once a week".into(),
    }
}
