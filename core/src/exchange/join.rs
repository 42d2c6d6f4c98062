//! Reported numbers beside those measured here (RULES N4), and returns as cases (RULES K12).

use serde::{Deserialize, Serialize};

use super::check::{IndicatorCheck, week_numbers};
use super::indicator::{IndicatorType, PerformanceIndicator, PerformanceIndicators};
use super::kpi_scores::KpiScores;
use super::returns::{Return, ReturnStart, Returns};
use crate::case::{CaseEvent, CaseKind, Opening, Party, What};
use crate::error::Result;
use crate::norm::{WeekNumbers, WeekResult, judge};
use crate::rulebook::{NormRule, RulesByWeek};
use crate::time::Moment;
use crate::week::IsoWeek;

/// The numbers of a document, ready to be judged, and the names of what could not be used.
///
/// ```
/// # use klokuur::Rulebook;
/// # use klokuur::exchange::PerformanceIndicators;
/// let text = r#"{"performanceIndicators":[{"name":"CANCELLATIONS","type":"PERCENTAGE","details":{
///     "period":{"week":"10","year":"2026"},
///     "score":{"conforms":true,"numerator":1,"denominator":100,"value":0.01,"distanceToNorm":0.01},
///     "norm":{"condition":"<=","value":0.02}}}]}"#;
/// let reported = PerformanceIndicators::from_json(text)?.numbers(&Rulebook::bol());
/// assert_eq!((reported.numbers[0].numerator, reported.numbers[0].denominator), (1, 100));
/// assert!(reported.unknown.is_empty() && reported.unusable.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportedNumbers {
    /// Measured elsewhere; join them with [`crate::norm::join`].
    pub numbers: Vec<WeekNumbers>,
    /// Indicators that the rulebook has no norm for, each once.
    pub unknown: Vec<String>,
    /// Indicators whose numbers are no fraction (a denominator of 0 or below, a negative count), with their week.
    pub unusable: Vec<String>,
}

/// An indicator's verdicts side by side (RULES R2).
///
/// ```
/// # use chrono::{DateTime, Utc};
/// # use klokuur::Rulebook;
/// # use klokuur::exchange::PerformanceIndicators;
/// let text = r#"{"performanceIndicators":[{"name":"CANCELLATIONS","type":"PERCENTAGE","details":{
///     "period":{"week":"10","year":"2026"},
///     "score":{"conforms":true,"numerator":8,"denominator":100,"value":0.08,"distanceToNorm":0.06},
///     "norm":{"condition":"<=","value":0.02}}}]}"#;
/// let now: DateTime<Utc> = "2026-03-20T08:00:00Z".parse()?;
/// let indicator = &PerformanceIndicators::from_json(text)?.performance_indicators[0];
/// let verdicts = indicator.verdicts(&Rulebook::bol(), now)?;
/// assert_eq!((verdicts.check.reported, verdicts.check.recomputed), (Some(true), Some(false)));
/// assert_eq!(verdicts.judged.map(|week| week.numerator), Some(8)); // and the rulebook's own verdict
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndicatorVerdicts {
    /// The reported verdict, the one recomputed against the reported norm, and what contradicts itself.
    pub check: IndicatorCheck,
    /// The verdict of the rulebook, with its count limit; none without usable numbers or without such a norm.
    pub judged: Option<WeekResult>,
}

impl PerformanceIndicator {
    /// The numbers as a norm's weekly numbers, with the norm's value (RULES N5); none without a score, or when they are
    /// no fraction.
    ///
    /// No score is not zero of zero: joined to numbers measured here, it must not replace them.
    pub fn numbers(&self) -> Option<WeekNumbers> {
        let score = self.details.score.as_ref()?;
        let (fraction, is_share) =
            ((score.numerator, score.denominator), self.kind == IndicatorType::Percentage);
        let (week, norm) = (self.details.period.iso_week().ok(), Some(self.details.norm.value));
        week_numbers(&self.name, week, fraction, norm, is_share)
    }

    /// The reported, the recomputed and the rulebook's verdict side by side (RULES R2).
    ///
    /// # Errors
    /// - numbers that the norm refuses
    pub fn verdicts<R: RulesByWeek + ?Sized, M: Moment>(
        &self,
        rules: &R,
        now: M,
    ) -> Result<IndicatorVerdicts> {
        let numbers = self.numbers().filter(|n| norm_of_week(rules, Some(n.week), &n.norm).is_some());
        let judged = numbers.map(|n| judge(rules, &n, now)).transpose()?;
        Ok(IndicatorVerdicts { check: self.check(), judged })
    }
}

impl PerformanceIndicators {
    /// The numbers of all indicators with a score, by the names of the rulebook (RULES N4).
    ///
    /// ```
    /// # use klokuur::{Rulebook, exchange::PerformanceIndicators};
    /// let text = r#"{"performanceIndicators":[{"name":"RETURNS","type":"PERCENTAGE","details":{"period":{"week":"1","year":"2026"},
    ///     "score":{"conforms":true,"numerator":2,"denominator":80,"value":0.025,"distanceToNorm":0.025},
    ///     "norm":{"condition":"<=","value":0.05}}}]}"#;
    /// let reported = PerformanceIndicators::from_json(text)?.numbers(&Rulebook::bol());
    /// assert_eq!(reported.numbers[0].norm, "returns");
    /// # Ok::<(), klokuur::KlokuurError>(())
    /// ```
    pub fn numbers<R: RulesByWeek + ?Sized>(&self, rules: &R) -> ReportedNumbers {
        let mut reported = ReportedNumbers::default();
        for one in &self.performance_indicators {
            let period = &one.details.period;
            let week = || format!("week {} of {}", period.week, period.year);
            let rule = norm_of_week(rules, period.iso_week().ok(), one.name.as_str());
            reported.add(rule, one.name.as_str(), one.numbers(), one.details.score.is_some(), week);
        }
        reported
    }
}

impl KpiScores {
    /// The numbers of all scores, by the names of the rulebook (RULES N4, R5).
    pub fn numbers<R: RulesByWeek + ?Sized>(&self, rules: &R) -> ReportedNumbers {
        let mut reported = ReportedNumbers::default();
        for one in &self.kpi_scores {
            let week = || format!("week {}", one.period.id);
            let rule = norm_of_week(rules, one.period.iso_week().ok(), one.kpi.as_str());
            reported.add(rule, one.kpi.as_str(), one.numbers(), one.score.is_some(), week);
        }
        reported
    }
}

impl ReportedNumbers {
    fn add(
        &mut self,
        rule: Option<&NormRule>,
        name: &str,
        numbers: Option<WeekNumbers>,
        is_told: bool,
        week: impl Fn() -> String,
    ) {
        match (rule, numbers) {
            (None, _) => {
                if !self.unknown.iter().any(|known| known == name) {
                    self.unknown.push(name.to_owned());
                }
            }
            (Some(rule), Some(numbers)) => {
                self.numbers.push(WeekNumbers { norm: rule.name.clone(), ..numbers });
            }
            (Some(_), None) if is_told => self.unusable.push(format!("{name} of {}", week())),
            (Some(_), None) => {}
        }
    }
}

/// The norm of a name in the rules of its week (RULES S6); a week that cannot be read is looked up in the newest.
fn norm_of_week<'a, R: RulesByWeek + ?Sized>(
    rules: &'a R,
    week: Option<IsoWeek>,
    name: &str,
) -> Option<&'a NormRule> {
    let rules = week.map_or_else(|| rules.newest_rules(), |week| rules.rules_of_week(week));
    rules.and_then(|rules| rules.norm(name)).ok()
}

impl Returns {
    /// The events of all returns' cases, in the document's order: see [`Return::events`].
    pub fn events(&self) -> Vec<CaseEvent> {
        self.returns.iter().flat_map(Return::events).collect()
    }
}

impl Return {
    /// The events of the cases of all its items (RULES K12, R3): each is opened when it was registered; one that is
    /// handled is closed when it was processed, with its result. What the marketplace fulfils (FBB) opens no case of
    /// the seller (RULES K15).
    pub fn events(&self) -> Vec<CaseEvent> {
        // RULES K15
        if self.fulfilment_method.as_deref() == Some("FBB") {
            return Vec::new();
        }
        self.starts().iter().flat_map(ReturnStart::events).collect()
    }
}

impl ReturnStart {
    /// The events of the return's case: opened, and handled where it is (RULES R3).
    fn events(&self) -> Vec<CaseEvent> {
        let opening = Opening {
            kind: CaseKind::Return,
            order: self.order.clone(),
            subject: self.subject.clone(),
            item: self.item.clone(),
            defect: self.defect.clone(),
            text: self.text.clone(),
            ..Opening::by(Party::Customer)
        };
        let mut events = vec![CaseEvent::new(self.number.clone(), self.at, What::Opened(opening))];
        if self.handled {
            // Without a time of its own it was handled by the time that is known.
            let at = self.handled_at.unwrap_or(self.at).max(self.at);
            let result = self.handling_result.as_ref().map(|result| result.as_str().to_owned());
            events.push(CaseEvent::new(self.number.clone(), at, What::Handled { result }));
        }
        events
    }
}
