//! The NPS after customer contact (RULES Q).

use chrono::{DateTime, Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::numbers::Answers;
use crate::error::Result;
use crate::norm::NPS;
use crate::nps::{Nps, NpsComparison, NpsPeriod, NpsSummary, NpsTrend, nps_by_month, nps_in};
use crate::period::Period;
use crate::rulebook::{Ratio, Rulebook};
use crate::time::Zone;

/// How many months of answers are shown and followed: one answer of a wrong year makes hundreds.
const MONTHS: usize = 60;

/// The NPS of the answers up to now.
///
/// ```
/// # use chrono::{DateTime, Utc};
/// # use klokuur::Rulebook;
/// # use klokuur::case::{Scores, SurveyAnswer};
/// # use klokuur::report::{Picture, RECOMMENDATION, SellerData};
/// let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
/// let answer = |when, score| SurveyAnswer { at: at(when), scores: Scores::new([(RECOMMENDATION, score)]).unwrap() };
/// let surveys = vec![
///     answer("2026-01-14T10:00:00Z", 3),
///     answer("2026-02-10T10:00:00Z", 10),
///     answer("2026-02-11T10:00:00Z", 9),
/// ];
/// let data = SellerData::of_events([]).with_surveys(surveys);
/// let nps = Picture::of(&data, &Rulebook::bol(), at("2026-03-02T08:00:00Z"))?.nps.ok_or("no answers")?;
/// let february = nps.months.iter().find(|month| month.period.first().to_string() == "2026-02-01").ok_or("none")?;
/// assert_eq!((february.nps.promoters, february.is_running), (2, false));
/// let change = nps.change.ok_or("no two months")?;
/// assert_eq!(change.before.first().to_string(), "2026-01-01");
/// assert!(change.is_last); // January and February are the last two whole months
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NpsPicture {
    /// The trailing window (RULES Q3).
    pub recent: NpsWindow,
    /// The calendar months from the first with an answer to the last, the empty ones included; at most 60.
    pub months: Vec<NpsWindow>,
    /// Answers of before these months.
    pub earlier: u64,
    /// The last whole month with answers against the one before it with answers; none without two.
    pub change: Option<NpsChange>,
    /// The course over the whole months; none with fewer than two that have answers.
    pub trend: Option<NpsTrend>,
    /// The norm that it is held against; none where the rules have none.
    pub norm: Option<Ratio>,
    /// With fewer answers an NPS is an indication only.
    pub guideline: u32,
    /// The confidence level of the intervals.
    pub confidence: f64,
}

/// The NPS of some dates.
///
/// Shown at [`NpsPicture`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NpsWindow {
    /// The dates.
    pub period: Period,
    /// The counts, the score, its interval.
    pub nps: NpsSummary,
    /// Whether the period still runs.
    pub is_running: bool,
}

/// The test of two months.
///
/// Shown at [`NpsPicture`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NpsChange {
    /// The earlier month.
    pub before: Period,
    /// The later month.
    pub after: Period,
    /// Whether these are the last two whole months; else there are months without answers after or between them.
    pub is_last: bool,
    /// The later score minus the earlier one.
    pub comparison: NpsComparison,
}

impl NpsPicture {
    /// None without any answer.
    pub(super) fn of(answers: &Answers, rules: &Rulebook, now: DateTime<Zone>) -> Result<Option<Self>> {
        if answers.is_empty() {
            return Ok(None);
        }
        let (survey, zone, today) = (&rules.survey, now.timezone(), now.date_naive());
        let confidence = survey.confidence_level.to_f64();
        let window = |period: Period, nps: &Nps| -> Result<NpsWindow> {
            let nps = nps.summary(confidence, survey.guideline.into())?;
            Ok(NpsWindow { period, nps, is_running: period.last() >= today })
        };
        let trailing = Period::trailing_days(today, survey.trailing_days)?;
        let recent = nps_in(trailing, zone, &answers.at, &answers.scores)?;
        let mut months = nps_by_month(zone, &answers.at, &answers.scores)?;
        let old = months.drain(..months.len().saturating_sub(MONTHS));
        let earlier = old.map(|month| month.nps.answers()).sum();
        // The running month is not compared.
        let whole: Vec<NpsPeriod> =
            months.iter().filter(|month| month.period.last() < today).cloned().collect();
        Ok(Some(Self {
            recent: window(trailing, &recent)?,
            months: months.iter().map(|m| window(m.period, &m.nps)).collect::<Result<_>>()?,
            earlier,
            change: change(&whole, today, confidence)?,
            trend: NpsTrend::of_periods(&whole),
            norm: rules.norm(NPS).ok().map(|norm| norm.threshold),
            guideline: survey.guideline,
            confidence,
        }))
    }
}

fn change(whole: &[NpsPeriod], today: NaiveDate, confidence: f64) -> Result<Option<NpsChange>> {
    let mut answered = whole.iter().rev().filter(|month| !month.nps.is_empty());
    let (Some(after), Some(before)) = (answered.next(), answered.next()) else { return Ok(None) };
    let Some(comparison) = after.nps.compare(&before.nps, confidence)? else { return Ok(None) };
    let this_month = Period::month(today.year(), today.month())?;
    let is_before = |a: Period, b: Period| a.last().succ_opt() == Some(b.first());
    Ok(Some(NpsChange {
        before: before.period,
        after: after.period,
        is_last: is_before(before.period, after.period) && is_before(after.period, this_month),
        comparison,
    }))
}
