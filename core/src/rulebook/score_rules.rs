//! The performance score and its estimate (RULES P).

use chrono::Weekday;
use serde::Serialize;

use super::norm_rules::weekday_name;
use super::{Ratio, Sources};

/// One point of a piecewise linear map from a norm's value to a score.
///
/// Shown at [`ScoreRules`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct ScorePoint {
    /// The value of the norm: 0.93 is 93 %.
    pub value: Ratio,
    /// The score there, 0 to 10.
    pub score: Ratio,
}

/// One part of the estimated score (RULES P2).
///
/// Shown at [`ScoreRules`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScoreComponent {
    /// The name of the norm that it is built from.
    pub norm: String,
    /// Its weight in the mean; 1 or more.
    pub weight: u32,
    /// The map from value to score: linear between points whose values do not fall.
    ///
    /// Two points at one value are a jump; at that value itself the better score counts. Beyond the first and the
    /// last point the score stays as it is there.
    pub points: Vec<ScorePoint>,
}

/// The performance score and its estimate (RULES P1, P2).
///
/// ```
/// # use klokuur::{Rulebook, rulebook::Ratio};
/// let rules = Rulebook::bol();
/// let score = rules.score_rules()?;
/// assert_eq!((score.minimum, score.weeks), (Ratio::whole(8), 6));
/// let best = score.components[0].points.iter().map(|point| point.score).max();
/// assert_eq!(best, Some(Ratio::whole(10))); // perfection is a 10
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScoreRules {
    /// What the score must at least be.
    pub minimum: Ratio,
    /// Over how many final weeks it is built.
    pub weeks: u32,
    /// The weekday on which it is calculated again.
    #[serde(serialize_with = "weekday_name")]
    pub recalculated_on: Weekday,
    /// The parts of the estimate; the marketplace's formula is not public.
    pub components: Vec<ScoreComponent>,
    /// The source of every value.
    pub sources: Sources,
}
