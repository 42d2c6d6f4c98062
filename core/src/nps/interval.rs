//! Confidence intervals.

use crate::names::names;
use serde::{Deserialize, Serialize};

use super::trinomial::{Trinomial, boundary};

names! {
    /// How a confidence interval of an NPS is made.
    ///
    /// Shown at [`NpsInterval`].
    #[derive(Default)]
    pub enum NpsIntervalMethod: "NPS interval method" {
        /// Three pseudo-answers are added (¾ promoter, 1½ passive, ¾ detractor), then the Wald formula is used
        /// (B. Rocks 2016, "Interval Estimation for the Net Promoter Score", *The American Statistician* 70(4)).
        ///
        /// The default: it keeps its confidence on few answers and never shrinks to nothing. Where the formula would
        /// leave out the score itself (one answer, or a low confidence) the interval is stretched to it (ours).
        #[default]
        AdjustedWald = "adjusted_wald",
        /// Score plus or minus `z` standard errors. Known everywhere, too narrow on few answers, and of width 0
        /// when all answers fall in one group.
        Wald = "wald",
        /// All true values that a score test does not reject: the statistic uses the shares that are most likely
        /// under the tested value (T. Tango 1998, *Statistics in Medicine* 17, 891–908). The three-group
        /// counterpart of Wilson's interval; it holds for a single answer and for all in one group.
        Score = "score",
    }
}

/// A confidence interval of an NPS, in points, within −100 to 100.
///
/// ```
/// # use klokuur::nps::{Nps, NpsIntervalMethod};
/// let one_answer = Nps::from_scores([10])?;
/// let interval = one_answer.interval_with(0.95, NpsIntervalMethod::Score)?.ok_or("no answers")?;
/// assert_eq!((interval.high, interval.method), (100.0, NpsIntervalMethod::Score));
/// assert!(interval.low < 0.0); // one answer says very little
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NpsInterval {
    /// Lower end, in points.
    pub low: f64,
    /// Upper end, in points.
    pub high: f64,
    /// The confidence level, as 0.95.
    pub confidence: f64,
    /// How it was made.
    pub method: NpsIntervalMethod,
}

pub(super) fn interval(t: &Trinomial, z: f64, confidence: f64, method: NpsIntervalMethod) -> NpsInterval {
    let mean = t.mean();
    let (low, high) = match method {
        NpsIntervalMethod::Wald => wald(t, z),
        // Q4: three pseudo-answers, so that ten answers that are all alike do not claim a margin of nothing.
        NpsIntervalMethod::AdjustedWald => wald(&t.adjusted(0.75, 1.5), z),
        NpsIntervalMethod::Score => score(t, z),
    };
    NpsInterval {
        // Pseudo-answers pull the middle towards 0: the interval is stretched to hold the score that is shown (Q4).
        low: 100.0 * low.min(mean).max(-1.0),
        high: 100.0 * high.max(mean).min(1.0),
        confidence,
        method,
    }
}

fn wald(t: &Trinomial, z: f64) -> (f64, f64) {
    let margin = z * (t.variance() / t.n).sqrt();
    (t.mean() - margin, t.mean() + margin)
}

fn score(t: &Trinomial, z: f64) -> (f64, f64) {
    let mean = t.mean();
    // Not rejected: (mean − d)² n ≤ z² variance(d). True at the mean itself, and on one stretch around it.
    let accepted = |d: f64| (mean - d) * (mean - d) * t.n <= z * z * t.variance_given_mean(d);
    (boundary(mean, -1.0, accepted), boundary(mean, 1.0, accepted))
}
