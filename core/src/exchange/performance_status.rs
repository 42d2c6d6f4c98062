//! The performance status of version 11 (RULES R5): the standing as the marketplace reports it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::fields::{Fields, document, object_field, record, written_fields};
use super::kpi_scores::week_of;
use super::names::open_names;
use crate::error::Result;
use crate::week::IsoWeek;

open_names! {
    /// Why a week bears a strike (RULES R5).
    ///
    /// Shown at [`PerformanceStatus`].
    StrikeReason {
        /// Too many cancellations.
        Cancellations = "CANCELLATIONS",
        /// Too few items on time.
        Fulfilment = "FULFILMENT",
        /// Too few parcels handed over on time.
        Handover = "HANDOVER",
        /// Too few items delivered on time.
        OnTime = "ON_TIME",
        /// Too few answers on time.
        ResponseTime = "RESPONSE_TIME",
    }
}

record! {
    /// A performance status document (RULES R5).
    ///
    /// ```
    /// # use klokuur::exchange::{PerformanceStatus, StrikeReason};
    /// let text = r#"{"monitorPeriod":{"startWeek":"2026-20","endWeek":"2026-41"},"policyPoints":100,
    ///     "strike":{"count":1,"weeks":[{"week":"2026-25","reasons":["RESPONSE_TIME"]}]}}"#;
    /// let standing = PerformanceStatus::from_json(text)?.standing();
    /// assert_eq!((standing.strikes, standing.policy_points), (Some(1), Some(100.0)));
    /// assert_eq!(standing.weeks[0].1, [StrikeReason::ResponseTime]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[derive(Default)]
    PerformanceStatus {
        /// How the account is monitored: as a starter or regularly; as it came.
        monitoring_system: Option<String> = "monitoringSystem",
        /// The weeks that are looked at.
        monitor_period: Option<MonitorPeriod> = "monitorPeriod",
        /// The strikes.
        strike: Option<ReportedStrikes> = "strike",
        /// The policy points, as they came: a number, or an object that has it.
        policy_points: Option<Value> = "policyPoints",
        /// The quality score, as it came: a number, or an object that has it with its parts by shipping method.
        quality_score: Option<Value> = "qualityScore",
    }
}

/// The weeks that are looked at, both included.
///
/// Shown at [`PerformanceStatus`].
#[derive(Debug, Clone, PartialEq)]
pub struct MonitorPeriod {
    /// The first, as it came.
    pub start_week: String,
    /// The last, as it came.
    pub end_week: String,
    /// Fields that this version does not know.
    pub other: Map<String, Value>,
}

record! {
    /// The strikes as reported.
    ///
    /// Shown at [`PerformanceStatus`].
    ReportedStrikes {
        /// How many, 0 to 7.
        count: i32 = "count",
        /// The weeks that bear them.
        weeks: Vec<StrikeWeek> = "weeks"? or_none,
    }
}

/// A week that bears a strike.
///
/// Shown at [`PerformanceStatus`].
#[derive(Debug, Clone, PartialEq)]
pub struct StrikeWeek {
    /// The week, as it came.
    pub week: String,
    /// Why: every norm that was missed.
    pub reasons: Vec<StrikeReason>,
    /// Fields that this version does not know.
    pub other: Map<String, Value>,
}

/// How a starter's account is monitored.
const STARTER: &str = "GROEISTART";

/// The standing as the marketplace reports it, beside which a computed one stands (RULES S6).
///
/// ```
/// # use klokuur::exchange::RetailerDocuments;
/// assert_eq!(RetailerDocuments::new().standing(), None); // no status was added
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportedStanding {
    /// How the account is monitored, as it came.
    pub monitoring_system: Option<String>,
    /// The first week that is looked at.
    pub first_week: Option<IsoWeek>,
    /// The last one, included.
    pub last_week: Option<IsoWeek>,
    /// The strikes, 0 to 7; none when nothing is told of them.
    pub strikes: Option<i32>,
    /// The weeks that bear them, each with its reasons, oldest first.
    pub weeks: Vec<(IsoWeek, Vec<StrikeReason>)>,
    /// The policy points, 0 to 100.
    pub policy_points: Option<f64>,
    /// The quality score, 0 to 100.
    pub quality_score: Option<f64>,
}

impl ReportedStanding {
    /// Whether the account is a starter's, which bears no strikes (RULES S4).
    pub(crate) fn is_starter(&self) -> bool {
        self.monitoring_system.as_ref().is_some_and(|system| system.eq_ignore_ascii_case(STARTER))
    }
}

written_fields!(MonitorPeriod { start_week = "startWeek", end_week = "endWeek", });
object_field!(MonitorPeriod);
written_fields!(StrikeWeek { week = "week", reasons = "reasons", });
object_field!(StrikeWeek);
document!(PerformanceStatus, "performance status document");

impl PerformanceStatus {
    /// The standing that it reports.
    pub fn standing(&self) -> ReportedStanding {
        let period = self.monitor_period.as_ref();
        let strike = self.strike.as_ref();
        let mut weeks: Vec<_> = strike
            .map_or(&[][..], |strike| &strike.weeks)
            .iter()
            .filter_map(|one| Some((week_of(&one.week).ok()?, one.reasons.clone())))
            .collect();
        weeks.sort_by_key(|(week, _)| *week);
        ReportedStanding {
            monitoring_system: self.monitoring_system.clone(),
            first_week: period.and_then(|period| week_of(&period.start_week).ok()),
            last_week: period.and_then(|period| week_of(&period.end_week).ok()),
            strikes: strike.map(|strike| strike.count),
            weeks,
            policy_points: self.policy_points.as_ref().and_then(number_in),
            quality_score: self.quality_score.as_ref().and_then(number_in),
        }
    }
}

/// The number itself, or the one that an object names.
fn number_in(value: &Value) -> Option<f64> {
    let named = ["score", "value", "points", "count", "total"];
    value.as_f64().or_else(|| named.iter().find_map(|name| value.get(name)?.as_f64()))
}

impl MonitorPeriod {
    fn read_fields(mut fields: Fields<'_>) -> Result<Self> {
        let (start_week, end_week): (String, String) = (fields.get("startWeek")?, fields.get("endWeek")?);
        for (name, week) in [("startWeek", &start_week), ("endWeek", &end_week)] {
            week_of(week).map_err(|problem| fields.fault(name, &problem.to_string()))?;
        }
        Ok(Self { start_week, end_week, other: fields.rest() })
    }
}

impl StrikeWeek {
    fn read_fields(mut fields: Fields<'_>) -> Result<Self> {
        let week: String = fields.get("week")?;
        week_of(&week).map_err(|problem| fields.fault("week", &problem.to_string()))?;
        Ok(Self { week, reasons: super::fields::list_or_none(&mut fields, "reasons")?, other: fields.rest() })
    }
}
