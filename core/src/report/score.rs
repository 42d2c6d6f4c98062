//! The performance score and the quality score (RULES P).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::input::SellerData;
use crate::error::Result;
use crate::norm::WeekResult;
use crate::rulebook::{Ratio, Rulebook, RulebookHistory};
use crate::score::{PerformanceScore, ScoreEstimate, estimate};

/// The scores of a picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScorePicture {
    /// Our estimate, which says of what it is made; none where the rules have no performance score.
    pub estimate: Option<ScoreEstimate>,
    /// What the score must at least be; none where the rules have none.
    pub minimum: Option<Ratio>,
    /// The performance scores that the marketplace reports, never altered (RULES P2).
    pub reported: Vec<PerformanceScore>,
    /// The quality score that it reports (RULES P4).
    pub quality: Option<f64>,
}

impl ScorePicture {
    pub(super) fn of(
        data: &SellerData,
        rules: &Rulebook,
        history: &RulebookHistory,
        weeks: &[WeekResult],
        today: NaiveDate,
    ) -> Result<Option<Self>> {
        let found = Self {
            estimate: rules.score.as_ref().map(|_| estimate(history, weeks, today)).transpose()?,
            minimum: rules.score.as_ref().map(|score| score.minimum),
            reported: data.scores.clone(),
            quality: data.standing.as_ref().and_then(|standing| standing.quality_score),
        };
        let is_there = found.estimate.is_some() || !found.reported.is_empty() || found.quality.is_some();
        Ok(is_there.then_some(found))
    }
}
