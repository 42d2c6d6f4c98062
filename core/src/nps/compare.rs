//! The test of two NPS values.

use serde::{Deserialize, Serialize};

use super::tally::Nps;
use super::trinomial::{Trinomial, boundary};
use crate::error::Result;
use crate::normal::{quantile, two_tails, upper_tail};

/// The difference of two NPS values, with its sign, a test and an interval.
///
/// ```
/// # use klokuur::Nps;
/// let (march, april) = (Nps::from_counts(60, 20, 20)?, Nps::from_counts(45, 25, 30)?);
/// let change = april.compare(&march, 0.95)?.ok_or("no answers")?;
/// assert_eq!(change.difference, -25.0);
/// assert!(change.p_two_sided < 0.05 && change.high < 0.0); // more than chance would explain
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NpsComparison {
    /// This score minus the other, in points, −200 to 200: positive when this one is higher.
    pub difference: f64,
    /// The test statistic; same sign as the difference, 0 when there is none.
    pub z: f64,
    /// Probability of a difference at least this large in either direction if both true scores are equal.
    pub p_two_sided: f64,
    /// Small when this score is higher: the one-sided test against "not higher".
    pub p_higher: f64,
    /// Small when this score is lower: the one-sided test against "not lower".
    pub p_lower: f64,
    /// Lower end of the interval of the difference, in points.
    pub low: f64,
    /// Upper end of the interval of the difference, in points.
    pub high: f64,
    /// The confidence level of the interval, as 0.95.
    pub confidence: f64,
}

impl Nps {
    /// Compares this NPS with another of *other* answers, by a score test; none when one has no answers (RULES Q4).
    ///
    /// Method: `z = (d₁ − d₂) / √(v₁/n₁ + v₂/n₂)`, with the variances at the shares that are most likely when both
    /// true scores are equal (O. Miettinen & M. Nurminen 1985, *Statistics in Medicine* 4, 213–226, with the
    /// closed form of Tango 1998 for three groups). The interval holds the differences that this test does not
    /// reject, so test and interval agree. It works for single answers and for groups that all answered alike.
    /// Like every large-sample test it is approximate below about ten answers a side.
    ///
    /// ```
    /// # use klokuur::Nps;
    /// let (april, march) = (Nps::from_counts(60, 30, 10)?, Nps::from_counts(45, 30, 25)?);
    /// let change = april.compare(&march, 0.95)?.expect("both have answers");
    /// assert_eq!(change.difference, 30.0);
    /// assert!(change.p_two_sided < 0.01 && change.low > 0.0);
    /// # Ok::<(), klokuur::KlokuurError>(())
    /// ```
    ///
    /// # Errors
    /// - `confidence` is not between 0 and 1
    pub fn compare(&self, other: &Self, confidence: f64) -> Result<Option<NpsComparison>> {
        let critical = quantile(confidence)?;
        let (Some(one), Some(two)) = (self.trinomial(), other.trinomial()) else { return Ok(None) };
        let raw = one.mean() - two.mean();
        let z = statistic(&one, &two, 0.0);
        let accepted = |shift: f64| statistic(&one, &two, shift).abs() <= critical;
        Ok(Some(NpsComparison {
            difference: 100.0 * raw,
            z,
            p_two_sided: two_tails(z),
            p_higher: upper_tail(z),
            p_lower: upper_tail(-z),
            low: 100.0 * boundary(raw, -2.0, accepted),
            high: 100.0 * boundary(raw, 2.0, accepted),
            confidence,
        }))
    }
}

/// The score statistic of "one's true mean is two's plus `shift`".
fn statistic(one: &Trinomial, two: &Trinomial, shift: f64) -> f64 {
    let excess = one.mean() - two.mean() - shift;
    if excess == 0.0 {
        return 0.0;
    }
    // The most likely mean of two under that condition. The slope of the log likelihood at a mean d is
    // n (mean − d) / v(d); both slopes are multiplied out so that no variance of 0 is divided by.
    let lowest = (-1.0_f64).max(-1.0 - shift);
    let highest = 1.0_f64.min(1.0 - shift);
    let ends = (two.mean(), one.mean() - shift);
    let (mut low, mut high) =
        (ends.0.min(ends.1).clamp(lowest, highest), ends.0.max(ends.1).clamp(lowest, highest));
    let variances =
        |d: f64| (one.variance_given_mean((d + shift).clamp(-1.0, 1.0)), two.variance_given_mean(d));
    for _ in 0..80 {
        let mid = 0.5 * (low + high);
        let (v1, v2) = variances(mid);
        let slope = one.n * (one.mean() - shift - mid) * v2 + two.n * (two.mean() - mid) * v1;
        if slope > 0.0 {
            low = mid;
        } else {
            high = mid;
        }
    }
    let (v1, v2) = variances(0.5 * (low + high));
    let variance = v1 / one.n + v2 / two.n;
    // A variance of 0 with a difference left: the tested shift is impossible. Far, but finite.
    if variance > 0.0 { (excess / variance.sqrt()).clamp(-1e9, 1e9) } else { 1e9_f64.copysign(excess) }
}
