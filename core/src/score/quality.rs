//! The quality score of a week (RULES P4): reported and kept, never estimated.

use serde::{Deserialize, Serialize};

use crate::error::{KlokuurError, Result};
use crate::rulebook::Ratio;
use crate::week::IsoWeek;

/// A quality score as the marketplace reports it: 0 to 100 for a week, over all shipping methods (RULES P4).
///
/// ```
/// # use klokuur::{IsoWeek, score::QualityScore};
/// let score = QualityScore::reported("87.5".parse()?, IsoWeek::new(2026, 40)?)?;
/// assert_eq!(score.value(), 87.5);
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Reported")]
pub struct QualityScore {
    /// The score, exactly as reported.
    score: Ratio,
    /// The week that it is of.
    week: IsoWeek,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reported {
    score: Ratio,
    week: IsoWeek,
}

impl TryFrom<Reported> for QualityScore {
    type Error = KlokuurError;
    fn try_from(reported: Reported) -> Result<Self> {
        Self::reported(reported.score, reported.week)
    }
}

impl QualityScore {
    /// A score as the marketplace reports it.
    ///
    /// # Errors
    /// - a score below 0 or above 100
    pub fn reported(score: Ratio, week: IsoWeek) -> Result<Self> {
        if !(Ratio::whole(0)..=Ratio::whole(100)).contains(&score) {
            return Err(KlokuurError::OutOfRange {
                what: "quality score",
                given: score.to_string(),
                accepted: "0 to 100".into(),
            });
        }
        Ok(Self { score, week })
    }

    /// The score, exactly as reported.
    pub fn score(&self) -> Ratio {
        self.score
    }

    /// The week that it is of.
    pub fn week(&self) -> IsoWeek {
        self.week
    }

    /// The score, for display.
    pub fn value(&self) -> f64 {
        self.score.to_f64()
    }
}
