//! Answers with weights.

use std::fmt::Display;

use serde::{Deserialize, Serialize};

use super::interval::{NpsInterval, NpsIntervalMethod, interval};
use super::tally::{Nps, NpsShares, bad_score};
use super::trinomial::Trinomial;
use crate::error::{KlokuurError, Result};
use crate::normal::quantile;

/// An NPS of weighted answers, for example weighted back to the mix of all customers (RULES Q4).
///
/// Weights say how much an answer stands for; only their proportions matter. Unequal weights cost precision, as
/// if there were fewer answers: Kish's effective number `(Σw)² / Σw²` (L. Kish 1965, *Survey Sampling*) takes the
/// place of `n` in standard error and interval.
///
/// ```
/// # use klokuur::nps::WeightedNps;
/// let nps = WeightedNps::from_scores([(10, 2.0), (3, 1.0), (8, 1.0)])?;
/// assert_eq!(nps.points(), Some(25.0));
/// assert!((nps.effective_answers() - 16.0 / 6.0).abs() < 1e-12);
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(try_from = "WeightedFields")]
pub struct WeightedNps {
    answers: u64,
    promoters: f64,
    passives: f64,
    detractors: f64,
    squares: f64,
}

/// The sums as they are written, not yet checked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WeightedFields {
    answers: u64,
    promoters: f64,
    passives: f64,
    detractors: f64,
    squares: f64,
}

impl TryFrom<WeightedFields> for WeightedNps {
    type Error = KlokuurError;

    fn try_from(read: WeightedFields) -> Result<Self> {
        let WeightedFields { answers, promoters, passives, detractors, squares } = read;
        let sums = [promoters, passives, detractors, squares];
        let is_sum = |sum: &f64| sum.is_finite() && *sum >= 0.0;
        // Weights come with answers, and squares with weights: what is divided by is never zero then.
        let weights = promoters + passives + detractors;
        let fits = (weights > 0.0) == (squares > 0.0) && (weights == 0.0 || answers > 0);
        if !sums.iter().all(is_sum) || !fits {
            return Err(KlokuurError::InvalidValue {
                what: "weighted NPS",
                given: format!(
                    "{answers} answers, weights {promoters}, {passives}, {detractors}, squares {squares}"
                ),
                accepted: "sums of the weights of answers and of their squares, each finite and not negative"
                    .into(),
            });
        }
        Ok(Self { answers, promoters, passives, detractors, squares })
    }
}

impl WeightedNps {
    /// Counts pairs of a whole score from 0 to 10 and a weight.
    ///
    /// # Errors
    /// - a score below 0 or above 10: the error names its row
    /// - a weight that is negative, not finite, or above 10^100
    pub fn from_scores<T>(answers: impl IntoIterator<Item = (T, f64)>) -> Result<Self>
    where
        T: Copy + Display + TryInto<u8>,
    {
        let mut sum = Self::default();
        for (row, (score, weight)) in answers.into_iter().enumerate() {
            let one = score.try_into().ok().and_then(Nps::from_score).ok_or_else(|| bad_score(row, score))?;
            // The upper limit keeps the squares finite; the lower one keeps them above 0.
            if !(weight == 0.0 || (1e-100..=1e100).contains(&weight)) {
                return Err(KlokuurError::Row {
                    row,
                    problem: Box::new(KlokuurError::OutOfRange {
                        what: "weight",
                        given: weight.to_string(),
                        accepted: "0, or a number from 10^-100 to 10^100".into(),
                    }),
                });
            }
            sum.answers = sum.answers.saturating_add(1);
            sum.promoters += weight * one.promoters() as f64;
            sum.passives += weight * one.passives() as f64;
            sum.detractors += weight * one.detractors() as f64;
            sum.squares += weight * weight;
        }
        Ok(sum)
    }

    /// The number of answers, whatever their weight.
    pub fn answers(&self) -> u64 {
        self.answers
    }

    /// The sum of all weights.
    pub fn total_weight(&self) -> f64 {
        self.promoters + self.passives + self.detractors
    }

    /// Kish's effective number of answers; 0 without any weight.
    pub fn effective_answers(&self) -> f64 {
        let total = self.total_weight();
        if self.squares > 0.0 { total * (total / self.squares) } else { 0.0 }
    }

    /// The weighted score in points; none without any weight.
    pub fn points(&self) -> Option<f64> {
        self.trinomial().map(|t| 100.0 * t.mean())
    }

    /// The weighted shares; none without any weight.
    pub fn shares(&self) -> Option<NpsShares> {
        let total = self.total_weight();
        (total > 0.0).then(|| NpsShares {
            promoters: self.promoters / total,
            passives: self.passives / total,
            detractors: self.detractors / total,
        })
    }

    /// The standard error in points, with the effective number of answers; none without any weight.
    pub fn standard_error(&self) -> Option<f64> {
        self.trinomial().map(|t| 100.0 * (t.variance() / t.n).sqrt())
    }

    /// The adjusted Wald interval; none without any weight.
    ///
    /// # Errors
    /// - `confidence` is not between 0 and 1
    pub fn interval(&self, confidence: f64) -> Result<Option<NpsInterval>> {
        self.interval_with(confidence, NpsIntervalMethod::default())
    }

    /// The interval by a named method; none without any weight.
    ///
    /// # Errors
    /// - `confidence` is not between 0 and 1
    pub fn interval_with(&self, confidence: f64, method: NpsIntervalMethod) -> Result<Option<NpsInterval>> {
        let z = quantile(confidence)?;
        Ok(self.trinomial().map(|t| interval(&t, z, confidence, method)))
    }

    fn trinomial(&self) -> Option<Trinomial> {
        let n = self.effective_answers();
        self.shares().map(|s| Trinomial { plus: s.promoters * n, minus: s.detractors * n, n })
    }
}
