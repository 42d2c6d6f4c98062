//! The three counts and what follows from them.

use std::fmt::Display;
use std::iter::Sum;
use std::ops::{Add, AddAssign};

use serde::{Deserialize, Serialize};

use super::interval::{NpsInterval, NpsIntervalMethod, interval};
use super::score::NpsScore;
use super::trinomial::Trinomial;
use crate::error::{KlokuurError, Result};
use crate::normal::quantile;

/// The largest count of one group: so that every sum stays exact, in integers and in floats.
const MOST: u64 = 1_000_000_000_000_000;

/// Counted NPS answers: promoters, passives, detractors (RULES Q1).
///
/// Add tallies with `+` or [`merge`](Self::merge): by week, item, agent, area. See the [module](crate::nps) for an
/// example.
///
/// ```
/// # use klokuur::Nps;
/// let both = Nps::from_scores([10, 9, 3])? + Nps::from_scores([8])?;
/// assert_eq!((both.promoters(), both.passives(), both.detractors()), (2, 1, 1));
/// assert_eq!(both.score().map(|score| score.to_string()).as_deref(), Some("25.0"));
/// assert_eq!(Nps::default().score(), None); // undefined, not 0
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(try_from = "Counts", into = "Counts")]
pub struct Nps {
    promoters: u64,
    passives: u64,
    detractors: u64,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Counts {
    promoters: u64,
    passives: u64,
    detractors: u64,
}

/// The three shares of an NPS, each 0 to 1; together 1.
///
/// Shown at [`NpsSummary`].
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NpsShares {
    /// Share of 9 and 10.
    pub promoters: f64,
    /// Share of 7 and 8.
    pub passives: f64,
    /// Share of 0 to 6.
    pub detractors: f64,
}

/// Everything that belongs beside an NPS (RULES Q4), in one record.
///
/// ```
/// # use klokuur::Nps;
/// let summary = Nps::from_scores([10, 9, 8, 3])?.summary(0.95, 25)?;
/// assert_eq!(summary.shares.map(|shares| (shares.promoters, shares.detractors)), Some((0.5, 0.25)));
/// assert!(summary.below_guideline); // fewer than 25 answers
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NpsSummary {
    /// Answers of 9 and 10.
    pub promoters: u64,
    /// Answers of 7 and 8.
    pub passives: u64,
    /// Answers of 0 to 6.
    pub detractors: u64,
    /// All answers.
    pub answers: u64,
    /// The exact score; none without answers.
    pub score: Option<NpsScore>,
    /// The three shares; none without answers.
    pub shares: Option<NpsShares>,
    /// Standard error in points; none without answers.
    pub standard_error: Option<f64>,
    /// The adjusted Wald interval; none without answers.
    pub interval: Option<NpsInterval>,
    /// Whether there are fewer answers than the guideline asks for.
    pub below_guideline: bool,
}

impl Nps {
    /// Counts whole scores from 0 to 10, of any integer type.
    ///
    /// # Errors
    /// - a score below 0 or above 10: the error names its row (from 0) and its value
    pub fn from_scores<T>(scores: impl IntoIterator<Item = T>) -> Result<Self>
    where
        T: Copy + Display + TryInto<u8>,
    {
        let mut nps = Self::default();
        for (row, score) in scores.into_iter().enumerate() {
            match score.try_into().ok().and_then(Self::from_score) {
                Some(one) => nps += one,
                None => return Err(bad_score(row, score)),
            }
        }
        Ok(nps)
    }

    /// From counts that were made elsewhere.
    ///
    /// # Errors
    /// - a count above 10^15
    pub fn from_counts(promoters: u64, passives: u64, detractors: u64) -> Result<Self> {
        for count in [promoters, passives, detractors] {
            if count > MOST {
                return Err(KlokuurError::OutOfRange {
                    what: "count of NPS answers",
                    given: count.to_string(),
                    accepted: format!("0 to {MOST}"),
                });
            }
        }
        Ok(Self { promoters, passives, detractors })
    }

    /// The sum of two tallies, unless a group grows beyond what stays exact. `+` stops there instead.
    ///
    /// # Errors
    /// - a count above 10^15
    pub fn checked_add(self, other: Self) -> Result<Self> {
        // Two counts of at most 10^15 never overflow.
        Self::from_counts(
            self.promoters + other.promoters,
            self.passives + other.passives,
            self.detractors + other.detractors,
        )
    }

    /// Counts that are known to be small enough.
    pub(super) fn from_small_counts(promoters: u64, passives: u64, detractors: u64) -> Self {
        Self {
            promoters: promoters.min(MOST),
            passives: passives.min(MOST),
            detractors: detractors.min(MOST),
        }
    }

    /// One answer; none when it is above 10.
    pub(super) fn from_score(score: u8) -> Option<Self> {
        match score {
            9 | 10 => Some(Self { promoters: 1, ..Self::default() }),
            7 | 8 => Some(Self { passives: 1, ..Self::default() }),
            0..=6 => Some(Self { detractors: 1, ..Self::default() }),
            _ => None,
        }
    }

    /// Answers of 9 and 10.
    pub fn promoters(&self) -> u64 {
        self.promoters
    }

    /// Answers of 7 and 8.
    pub fn passives(&self) -> u64 {
        self.passives
    }

    /// Answers of 0 to 6.
    pub fn detractors(&self) -> u64 {
        self.detractors
    }

    /// All answers.
    pub fn answers(&self) -> u64 {
        self.promoters + self.passives + self.detractors
    }

    /// Whether there is no answer at all.
    pub fn is_empty(&self) -> bool {
        self.answers() == 0
    }

    /// Both tallies together; the same as `+`.
    #[must_use]
    pub fn merge(self, other: Self) -> Self {
        self + other
    }

    /// The exact score; none without answers.
    pub fn score(&self) -> Option<NpsScore> {
        // Both counts are at most 10^15, so the difference fits.
        let net = self.promoters as i64 - self.detractors as i64;
        (!self.is_empty()).then(|| NpsScore::new(net, self.answers()))
    }

    /// The shares of the three groups; none without answers.
    pub fn shares(&self) -> Option<NpsShares> {
        let n = self.answers() as f64;
        (!self.is_empty()).then(|| NpsShares {
            promoters: self.promoters as f64 / n,
            passives: self.passives as f64 / n,
            detractors: self.detractors as f64 / n,
        })
    }

    /// The standard error of the score in points, `100 √((p₊ + p₋ − (p₊ − p₋)²) / n)`; none without answers.
    ///
    /// It is 0 when all answers fall in one group, which says how weak it is on few answers: prefer
    /// [`interval`](Self::interval).
    pub fn standard_error(&self) -> Option<f64> {
        self.trinomial().map(|t| 100.0 * (t.variance() / t.n).sqrt())
    }

    /// Whether there are fewer answers than `guideline`, which is 25 for the marketplace's norm (RULES Q4).
    pub fn below_guideline(&self, guideline: u64) -> bool {
        self.answers() < guideline
    }

    /// The adjusted Wald interval at a confidence level such as 0.95; none without answers (RULES Q4).
    ///
    /// # Errors
    /// - `confidence` is not between 0 and 1
    pub fn interval(&self, confidence: f64) -> Result<Option<NpsInterval>> {
        self.interval_with(confidence, NpsIntervalMethod::default())
    }

    /// The interval by a named method; none without answers.
    ///
    /// # Errors
    /// - `confidence` is not between 0 and 1
    pub fn interval_with(&self, confidence: f64, method: NpsIntervalMethod) -> Result<Option<NpsInterval>> {
        let z = quantile(confidence)?;
        Ok(self.trinomial().map(|t| interval(&t, z, confidence, method)))
    }

    /// Score, shares, standard error, adjusted Wald interval and guideline flag at once.
    ///
    /// # Errors
    /// - `confidence` is not between 0 and 1
    pub fn summary(&self, confidence: f64, guideline: u64) -> Result<NpsSummary> {
        Ok(NpsSummary {
            promoters: self.promoters,
            passives: self.passives,
            detractors: self.detractors,
            answers: self.answers(),
            score: self.score(),
            shares: self.shares(),
            standard_error: self.standard_error(),
            interval: self.interval(confidence)?,
            below_guideline: self.below_guideline(guideline),
        })
    }

    /// The counts for statistics; none without answers.
    pub(super) fn trinomial(&self) -> Option<Trinomial> {
        (!self.is_empty()).then(|| Trinomial {
            plus: self.promoters as f64,
            minus: self.detractors as f64,
            n: self.answers() as f64,
        })
    }
}

/// The one error for a score that is no whole number from 0 to 10.
pub(super) fn bad_score(row: usize, score: impl Display) -> KlokuurError {
    KlokuurError::Row {
        row,
        problem: Box::new(KlokuurError::OutOfRange {
            what: "NPS score",
            given: score.to_string(),
            accepted: "whole numbers from 0 to 10".into(),
        }),
    }
}

impl Add for Nps {
    type Output = Self;
    /// Counts stop at 10^15 a group, far beyond any column.
    fn add(self, other: Self) -> Self {
        Self::from_small_counts(
            self.promoters + other.promoters,
            self.passives + other.passives,
            self.detractors + other.detractors,
        )
    }
}

impl AddAssign for Nps {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sum for Nps {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        tallies.fold(Self::default(), Add::add)
    }
}

impl TryFrom<Counts> for Nps {
    type Error = KlokuurError;
    fn try_from(counts: Counts) -> Result<Self> {
        Self::from_counts(counts.promoters, counts.passives, counts.detractors)
    }
}

impl From<Nps> for Counts {
    fn from(nps: Nps) -> Self {
        Self { promoters: nps.promoters, passives: nps.passives, detractors: nps.detractors }
    }
}
