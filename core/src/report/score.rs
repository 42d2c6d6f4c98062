//! The performance score and the quality score (RULES P).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::input::SellerData;
use crate::error::Result;
use crate::norm::WeekResult;
use crate::rulebook::{Ratio, Rulebook, RulebookHistory};
use crate::score::{PerformanceScore, ScoreEstimate, estimate};

/// The scores of a picture.
///
/// ```
/// # use chrono::{DateTime, Utc};
/// # use klokuur::Rulebook;
/// # use klokuur::norm::{ON_TIME, WeekNumbers};
/// # use klokuur::report::{Picture, SellerData};
/// # use klokuur::standing::PolicyPointsEvent;
/// let on_time = WeekNumbers::new(ON_TIME, "2026-W10".parse()?, 93, 100).measured_elsewhere();
/// let deducted = PolicyPointsEvent { on: "2026-03-02".parse()?, points: -40, reason: "counterfeit".into() };
/// let data = SellerData::of_events([]).with_reported(vec![on_time]).with_points(vec![deducted]);
/// let now: DateTime<Utc> = "2026-03-23T08:00:00Z".parse()?;
/// let picture = Picture::of(&data, &Rulebook::bol(), now)?;
/// let score = picture.score.ok_or("no score in these rules")?;
/// assert_eq!(score.estimate.and_then(|estimate| estimate.score), Some(8.0)); // at the norm: the least that is asked
/// assert!(score.reported.is_empty()); // the marketplace told none
/// assert_eq!(picture.points.and_then(|points| points.computed).map(|points| points.points), Some(60));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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
