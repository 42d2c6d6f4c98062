//! Handling times when some cases are still running.

use serde::{Deserialize, Serialize};

use crate::error::{KlokuurError, Result};
use crate::timeline::BusinessDuration;

/// How long the handling of a case took, in business time.
///
/// Shown at [`HandlingTimes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Handling {
    /// It is not known.
    #[default]
    Unknown,
    /// The case was handled, after this long.
    Done(BusinessDuration),
    /// The case is still running, for this long so far.
    Running(BusinessDuration),
}

/// Percentiles of handling times that respect still-running cases.
///
/// Method: Kaplan & Meier 1958, *JASA* 53, 457–481. A running case says "longer than this"; to leave it out, or to
/// take its time so far for its handling time, would make a backlog look fast. A percentile that too few cases have
/// reached is undefined, not a guess. A case that ended at the very time at which another was still running counts
/// before it.
///
/// ```
/// # use klokuur::BusinessDuration;
/// # use klokuur::insight::{Handling, HandlingTimes};
/// let hours = BusinessDuration::hours;
/// let times = HandlingTimes::of([Handling::Done(hours(2)), Handling::Done(hours(4)), Handling::Running(hours(9))]);
/// assert_eq!((times.handled, times.running), (2, 1));
/// assert_eq!(times.median, Some(hours(4)));
/// assert_eq!(times.p90, None); // too few cases have got that far
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandlingTimes {
    /// Handled cases with a known time.
    pub handled: u64,
    /// Still-running cases with a known time.
    pub running: u64,
    /// Half of the cases are handled within this time.
    pub median: Option<BusinessDuration>,
    /// Three quarters of the cases are handled within this time.
    pub p75: Option<BusinessDuration>,
    /// Nine in ten cases are handled within this time.
    pub p90: Option<BusinessDuration>,
    /// Nineteen in twenty cases are handled within this time.
    pub p95: Option<BusinessDuration>,
}

impl HandlingTimes {
    /// The usual percentiles of cases in any order; [`Handling::Unknown`] is left out.
    pub fn of(cases: impl IntoIterator<Item = Handling>) -> Self {
        let curve = Curve::of(cases);
        Self {
            handled: curve.handled,
            running: curve.running,
            median: curve.percentile(0.5),
            p75: curve.percentile(0.75),
            p90: curve.percentile(0.9),
            p95: curve.percentile(0.95),
        }
    }

    /// The time within which a share of the cases is handled; none when the data does not reach that far.
    ///
    /// ```
    /// # use klokuur::{BusinessDuration, insight::{Handling, HandlingTimes}};
    /// let hours = BusinessDuration::hours;
    /// let cases = [Handling::Done(hours(1)), Handling::Done(hours(4)), Handling::Running(hours(6))];
    /// assert_eq!(HandlingTimes::percentile(cases, 0.5)?, Some(hours(4)));
    /// assert_eq!(HandlingTimes::percentile(cases, 0.9)?, None);
    /// # Ok::<(), klokuur::KlokuurError>(())
    /// ```
    ///
    /// # Errors
    /// - `share` is not above 0 and at most 1
    pub fn percentile(
        cases: impl IntoIterator<Item = Handling>,
        share: f64,
    ) -> Result<Option<BusinessDuration>> {
        if !(share > 0.0 && share <= 1.0) {
            return Err(KlokuurError::OutOfRange {
                what: "percentile",
                given: share.to_string(),
                accepted: "above 0 and at most 1, as 0.9".into(),
            });
        }
        Ok(Curve::of(cases).percentile(share))
    }
}

/// The share still unhandled after each time at which a case was handled.
struct Curve {
    handled: u64,
    running: u64,
    steps: Vec<(BusinessDuration, f64)>,
}

impl Curve {
    fn of(cases: impl IntoIterator<Item = Handling>) -> Self {
        // At equal times the handled come first: false sorts before true.
        let mut times: Vec<(BusinessDuration, bool)> = cases
            .into_iter()
            .filter_map(|case| match case {
                Handling::Unknown => None,
                Handling::Done(time) => Some((time, false)),
                Handling::Running(time) => Some((time, true)),
            })
            .collect();
        times.sort_unstable();
        let running = times.iter().filter(|(_, running)| *running).count() as u64;
        let mut at_risk = times.len() as u64;
        let mut unhandled = 1.0;
        let mut steps = Vec::new();
        for same in times.chunk_by(|a, b| a == b) {
            let count = same.len() as u64;
            // Kaplan and Meier (I3): of those still at risk so many were handled then; a running case leaves the risk
            // without a step, so leaving it open never makes a month look faster.
            if let Some(&(time, false)) = same.first() {
                unhandled *= (at_risk - count) as f64 / at_risk as f64;
                steps.push((time, unhandled));
            }
            at_risk -= count;
        }
        Self { handled: times.len() as u64 - running, running, steps }
    }

    fn percentile(&self, share: f64) -> Option<BusinessDuration> {
        // The products are rounded; a step that lies on the asked share belongs to it.
        let limit = 1.0 - share + 1e-9;
        self.steps.iter().find(|(_, unhandled)| *unhandled <= limit).map(|(time, _)| *time)
    }
}
