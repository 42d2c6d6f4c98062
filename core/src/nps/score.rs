//! The score as an exact ratio (RULES Q1).

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::{KlokuurError, Result};

/// An exact NPS: `100 × numerator / denominator` points.
///
/// Two scores are equal when their values are, whatever the number of answers. `Display` rounds half away from
/// zero, to one decimal unless a precision is given.
///
/// ```
/// # use klokuur::Nps;
/// let score = Nps::from_counts(7, 0, 1)?.score().expect("answers");
/// assert_eq!(score.to_string(), "75.0");
/// assert_eq!(format!("{score:.0}"), "75");
/// assert!(score.at_least(25));
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(try_from = "NpsScoreFields")]
pub struct NpsScore {
    numerator: i64,
    denominator: u64,
}

/// The fields as they are written, not yet checked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NpsScoreFields {
    numerator: i64,
    denominator: u64,
}

impl TryFrom<NpsScoreFields> for NpsScore {
    type Error = KlokuurError;

    fn try_from(NpsScoreFields { numerator, denominator }: NpsScoreFields) -> Result<Self> {
        if denominator == 0 || numerator.unsigned_abs() > denominator {
            return Err(KlokuurError::InvalidValue {
                what: "NPS",
                given: format!("{numerator} of {denominator} answers"),
                accepted: "promoters minus detractors of one answer or more, and of no more than there are"
                    .into(),
            });
        }
        Ok(Self { numerator, denominator })
    }
}

impl NpsScore {
    /// `denominator` is at least 1 and at least `|numerator|`.
    pub(super) fn new(numerator: i64, denominator: u64) -> Self {
        Self { numerator, denominator: denominator.max(1) }
    }

    /// Promoters minus detractors.
    pub fn numerator(self) -> i64 {
        self.numerator
    }

    /// The number of answers, at least 1.
    pub fn denominator(self) -> u64 {
        self.denominator
    }

    /// The value in points, −100 to 100, as a float: for statistics and display.
    pub fn points(self) -> f64 {
        100.0 * self.numerator as f64 / self.denominator as f64
    }

    /// Whether the score is `points` or more, decided exactly.
    pub fn at_least(self, points: i32) -> bool {
        i128::from(self.numerator) * 100 >= i128::from(points) * i128::from(self.denominator)
    }
}

impl PartialEq for NpsScore {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for NpsScore {}

impl PartialOrd for NpsScore {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for NpsScore {
    fn cmp(&self, other: &Self) -> Ordering {
        let left = i128::from(self.numerator) * i128::from(other.denominator);
        left.cmp(&(i128::from(other.numerator) * i128::from(self.denominator)))
    }
}

impl fmt::Display for NpsScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // More than nine decimals say nothing, and nine always fit.
        let decimals = f.precision().unwrap_or(1).min(9);
        let scale = 10_u128.pow(u32::try_from(decimals).unwrap_or(9));
        let denominator = u128::from(self.denominator);
        let scaled = u128::from(self.numerator.unsigned_abs()) * 100 * scale;
        let rounded = (scaled * 2 + denominator) / (denominator * 2);
        let sign = if self.numerator < 0 && rounded > 0 { "-" } else { "" };
        if decimals == 0 {
            write!(f, "{sign}{rounded}")
        } else {
            write!(f, "{sign}{}.{:0decimals$}", rounded / scale, rounded % scale)
        }
    }
}
