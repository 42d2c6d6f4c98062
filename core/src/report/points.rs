//! Policy points (RULES S7).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::input::SellerData;
use crate::error::Result;
use crate::rulebook::Rulebook;
use crate::standing::{PolicyPoints, PolicyPointsReport};

/// The policy points of a picture: computed from their events, as reported, or both.
///
/// Shown at [`ScorePicture`](super::ScorePicture).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PointsPicture {
    /// From the events; none where those were not given.
    pub computed: Option<PolicyPointsReport>,
    /// As the marketplace reports them; none where it does not.
    pub reported: Option<f64>,
}

impl PointsPicture {
    pub(super) fn of(data: &SellerData, rules: &Rulebook, today: NaiveDate) -> Result<Option<Self>> {
        let reported = data.standing.as_ref().and_then(|standing| standing.policy_points);
        let computed = match (&data.points, &rules.policy_points) {
            (Some(events), Some(_)) => Some(PolicyPoints::new(rules, events.clone())?.on(today)),
            _ => None,
        };
        let is_there = computed.is_some() || reported.is_some();
        Ok(is_there.then_some(Self { computed, reported }))
    }
}
