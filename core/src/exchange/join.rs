//! Reported numbers beside those measured here (RULES N4), and returns as cases (RULES K12).

use chrono::{DateTime, TimeZone};
use serde::Serialize;

use super::check::IndicatorCheck;
use super::indicator::{PerformanceIndicator, PerformanceIndicators};
use super::returns::ReturnStart;
use crate::case::{CaseEvent, CaseKind, Opening, Origin, What};
use crate::error::Result;
use crate::norm::{WeekNumbers, WeekResult, judge};
use crate::rulebook::Rulebook;

/// The numbers of a document, ready to be judged, and the names of what could not be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReportedNumbers {
    /// Measured elsewhere; join them with [`crate::norm::join`].
    pub numbers: Vec<WeekNumbers>,
    /// Indicators that the rulebook has no norm for, each once.
    pub unknown: Vec<String>,
    /// Indicators whose numbers are no fraction (a denominator of 0 or below, a negative count), with their week.
    pub unusable: Vec<String>,
}

/// An indicator's verdicts side by side (RULES R2).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IndicatorVerdicts {
    /// The reported verdict, the one recomputed against the reported norm, and what contradicts itself.
    pub check: IndicatorCheck,
    /// The verdict of the rulebook, with its count limit; none without usable numbers or without such a norm.
    pub judged: Option<WeekResult>,
}

impl PerformanceIndicator {
    /// The numbers as a norm's weekly numbers; none without a score, or when they are no fraction.
    ///
    /// No score is not zero of zero: joined to numbers measured here, it must not replace them.
    pub fn numbers(&self) -> Option<WeekNumbers> {
        let score = self.details.score.as_ref()?;
        let denominator = u64::try_from(score.denominator).ok().filter(|d| *d > 0)?;
        let week = self.details.period.iso_week().ok()?;
        let numerator = i64::from(score.numerator);
        (numerator >= 0)
            .then(|| WeekNumbers::new(self.name.as_str(), week, numerator, denominator).measured_elsewhere())
    }

    /// The reported, the recomputed and the rulebook's verdict side by side (RULES R2).
    ///
    /// # Errors
    /// - numbers that the norm refuses
    pub fn verdicts<Z: TimeZone>(&self, rules: &Rulebook, now: DateTime<Z>) -> Result<IndicatorVerdicts> {
        let numbers = self.numbers().filter(|n| rules.norm(&n.norm).is_ok());
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
    pub fn numbers(&self, rules: &Rulebook) -> ReportedNumbers {
        let mut reported = ReportedNumbers { numbers: Vec::new(), unknown: Vec::new(), unusable: Vec::new() };
        for indicator in &self.performance_indicators {
            let name = indicator.name.as_str();
            let Ok(rule) = rules.norm(name) else {
                if !reported.unknown.iter().any(|known| known == name) {
                    reported.unknown.push(name.to_owned());
                }
                continue;
            };
            match indicator.numbers() {
                Some(numbers) => reported.numbers.push(WeekNumbers { norm: rule.name.clone(), ..numbers }),
                None if indicator.details.score.is_some() => {
                    let period = &indicator.details.period;
                    reported.unusable.push(format!("{name} of week {} of {}", period.week, period.year));
                }
                None => {}
            }
        }
        reported
    }
}

impl ReturnStart {
    /// The event that opens the return's case (RULES K12): a return that the customer registered.
    pub fn event(&self) -> CaseEvent {
        let opening = Opening {
            kind: CaseKind::Return,
            order: self.order.clone(),
            subject: self.subject.clone(),
            item: self.item.clone(),
            defect: self.defect.clone(),
            text: self.text.clone(),
            ..Opening::by(Origin::Customer)
        };
        CaseEvent::new(self.number.clone(), self.at, What::Opened(opening))
    }
}
