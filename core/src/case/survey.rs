//! One answer to a survey.

use std::fmt;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};

use super::scores::Scores;

/// One answer of the customer to a survey, never overwritten by another (RULES K16).
///
/// ```
/// # use klokuur::case::{Scores, SurveyAnswer};
/// let answer = SurveyAnswer { at: "2026-03-13T14:00:00Z".parse()?, scores: Scores::new([("recommendation", 9)])? };
/// assert_eq!(answer.scores.get("recommendation"), Some(9));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SurveyAnswer {
    /// When it was given.
    pub at: DateTime<Utc>,
    /// The scores by area, each 0 to 10.
    pub scores: Scores,
}

impl fmt::Display for SurveyAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.at.to_rfc3339_opts(SecondsFormat::AutoSi, true), self.scores)
    }
}
