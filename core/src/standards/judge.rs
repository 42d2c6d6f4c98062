//! From numbers to verdicts.

use std::cmp::Ordering;

use chrono::NaiveDate;

use super::figure::StandardFigure;
use super::item::StandardItems;
use super::ladder;
use super::measured::{Measured, Met, of_figure, of_items};
use super::period::{Dates, dates, evaluations};
use super::result::{
    LimitResult, NoVerdict, ReportedStandard, StandardResult, StandardVerdict, StandardsReport,
};
use crate::error::{KlokuurError, Result};
use crate::fingerprints::Fingerprints;
use crate::norm::MeasuredBy;
use crate::rulebook::{
    Combine, Counted, Direction, Ratio, Rulebook, RulesByWeek, StandardLimit, StandardPeriod, StandardRule,
};
use crate::time::{CalendarDate, supported_date};

/// Judges every standard of a rulebook, and its ladders, as they stand at the start of a date: by one rulebook, or by
/// the one of a history that is in force then.
///
/// A measure with items is judged by them, and a figure for the same period stands beside; without items the figure is
/// judged.
///
/// ```
/// # use klokuur::{Rulebook, standards::{StandardItem, StandardItems, StandardVerdict, judge_standards}};
/// let sent = |on: &str, units, bad| StandardItem {
///     measure: "late_shipment_rate".into(), on: on.parse().unwrap(), units, bad, buyer: None, value: None,
/// };
/// let items = StandardItems::new([sent("2026-03-02", 300, 0), sent("2026-03-25", 100, 5)])?;
/// let on: chrono::NaiveDate = "2026-03-31".parse().unwrap();
/// let report = judge_standards(&Rulebook::shipped("amazon")?, &items, &[], on)?;
/// // 5 of 100 in ten days, but 5 of 400 in thirty: less than 4 % is asked for.
/// assert_eq!(report.standard("late_shipment_rate_10_days")?.verdict, StandardVerdict::Missed);
/// assert_eq!(report.standard("late_shipment_rate_30_days")?.verdict, StandardVerdict::Conforms);
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
///
/// # Errors
/// - a rulebook with faults, or without standards
/// - a measure or a standard that the rulebook does not have
/// - an item of a mean without a value; a figure below zero, or with more good ones than there are
/// - a date outside 1900 to 2100
pub fn judge_standards<R: RulesByWeek + ?Sized>(
    rules: &R,
    items: &StandardItems,
    figures: &[StandardFigure],
    on: impl CalendarDate,
) -> Result<StandardsReport> {
    let on = on.naive();
    supported_date("date of a judgement", on)?;
    let rules = rules.rules_on(on)?.clone().validated()?;
    known(&rules, items, figures, on)?;
    let mut met = Met::of(items);
    let standards = rules
        .standards
        .iter()
        .map(|rule| standard(rule, items, figures, on, &mut met))
        .collect::<Result<Vec<_>>>()?;
    let ladders = rules
        .ladders
        .iter()
        .map(|rule| {
            ladder::climbed(&rules, rule, &standards, on, |rule, day| missed(rule, items, day, &mut met))
        })
        .collect::<Result<Vec<_>>>()?;
    let fingerprints = Fingerprints::of_zone_data().with_rules(&rules);
    Ok(StandardsReport { on, standards, ladders, fingerprints })
}

/// Whether a standard was missed by its items on an earlier day.
fn missed(rule: &StandardRule, items: &StandardItems, day: NaiveDate, met: &mut Met) -> Result<bool> {
    let Some(measured) = of_items(rule, items, dates(rule.period, day), met)? else { return Ok(false) };
    Ok(verdict(rule, &measured)?.verdict == StandardVerdict::Missed)
}

/// Refuses what the rulebook does not measure: a name mistyped would be judged as no data.
fn known(rules: &Rulebook, items: &StandardItems, figures: &[StandardFigure], on: NaiveDate) -> Result<()> {
    if rules.standards.is_empty() {
        return Err(KlokuurError::UnknownName {
            what: "rulebook section",
            given: "standards".into(),
            accepted: format!("a section that rulebook {} has", rules.name),
        });
    }
    let mut measures: Vec<&str> = items.measures().collect();
    measures.sort_unstable();
    for measure in measures {
        if !rules.standards.iter().any(|rule| rule.measure == measure) {
            let mut accepted: Vec<&str> = rules.standards.iter().map(|rule| rule.measure.as_str()).collect();
            accepted.dedup();
            return Err(KlokuurError::UnknownName {
                what: "measure",
                given: measure.to_owned(),
                accepted: accepted.join(", "),
            });
        }
    }
    // Also one of another period is checked: it is a slip, whatever it is judged with.
    figures.iter().try_for_each(|figure| {
        let rule = rules.standard(&figure.standard)?;
        of_figure(rule, figure, dates(rule.period, on)).map(drop)
    })
}

fn standard(
    rule: &StandardRule,
    items: &StandardItems,
    figures: &[StandardFigure],
    on: NaiveDate,
    met: &mut Met,
) -> Result<StandardResult> {
    let dates = dates(rule.period, on);
    let figure = figures.iter().rev().find(|it| it.standard == rule.name && it.until == dates.until);
    let figure = figure.map(|figure| of_figure(rule, figure, dates)).transpose()?;
    let computed = of_items(rule, items, dates, met)?;
    let measured_by =
        if computed.is_none() && figure.is_some() { MeasuredBy::Elsewhere } else { MeasuredBy::Here };
    let measured = computed.or(figure).unwrap_or_else(|| nothing(dates));
    let judged = verdict(rule, &measured)?;
    let reported = match figure.filter(|_| computed.is_some()) {
        None => None,
        Some(figure) => Some(ReportedStandard {
            numerator: figure.numerator,
            denominator: figure.denominator,
            verdict: verdict(rule, &figure)?.verdict,
            agrees: figure.value()? == measured.value()?,
        }),
    };
    // N7: limits stand from mild to severe, each judged by itself; the severest that is reached is told.
    let severest = rule.limits.iter().zip(&judged.limits).rev().find(|(_, it)| it.reached == Some(true));
    let severest = severest.map(|(limit, _)| limit).filter(|_| judged.verdict == StandardVerdict::Missed);
    Ok(StandardResult {
        standard: rule.name.clone(),
        measure: rule.measure.clone(),
        unit: rule.unit,
        averaged: rule.averaged.clone(),
        direction: rule.direction,
        strict: rule.strict,
        from: measured.from,
        until: measured.until,
        evaluated_on: match rule.period {
            StandardPeriod::Evaluation { day_of_month, .. } => Some(evaluations(day_of_month, on).last),
            _ => None,
        },
        numerator: measured.numerator,
        denominator: measured.denominator,
        value: measured.value()?,
        population: measured.population,
        minimum_population: rule.minimum_population,
        bad: measured.bad,
        buyers: measured.buyers,
        longest_run: measured.longest_run,
        verdict: judged.verdict,
        why: judged.why,
        limits: judged.limits,
        reached: severest.map(|limit| limit.name.clone()),
        consequence: severest.map(|limit| limit.consequence.clone()),
        fee: severest.and_then(|limit| limit.fee.clone()),
        measured_by,
        reported,
    })
}

fn nothing(dates: Dates) -> Measured {
    Measured {
        from: dates.from,
        until: dates.until,
        numerator: Ratio::whole(0),
        denominator: Ratio::whole(0),
        population: Some(0),
        bad: None,
        buyers: None,
        longest_run: None,
    }
}

struct Judged {
    verdict: StandardVerdict,
    why: Option<NoVerdict>,
    limits: Vec<LimitResult>,
}

/// RULES N7: every limit by itself; RULES N2: nothing measured, or too little, is no verdict.
fn verdict(rule: &StandardRule, measured: &Measured) -> Result<Judged> {
    let value = measured.value()?;
    // N2: below the smallest number that the marketplace judges, or where that is not known.
    let too_few = match (rule.minimum_population, measured.population) {
        (Some(least), Some(there)) => there < u64::from(least),
        (least, _) => least.is_some(),
    };
    let none = match (value, too_few) {
        (None, _) => Some(NoVerdict::NoData),
        (_, true) => Some(NoVerdict::BelowMinimumPopulation),
        _ => None,
    };
    let limits: Vec<LimitResult> = rule
        .limits
        .iter()
        .map(|limit| LimitResult {
            name: limit.name.clone(),
            threshold: limit.threshold,
            reached: value.filter(|_| none.is_none()).and_then(|value| reached(rule, limit, value, measured)),
        })
        .collect();
    let told = |answer| limits.iter().any(|limit| limit.reached == Some(answer));
    let is_open = limits.iter().any(|limit| limit.threshold.is_some() && limit.reached.is_none());
    let untold = match rule.limits.iter().any(|limit| limit.threshold.is_some()) {
        true => NoVerdict::CountNotKnown,
        false => NoVerdict::ThresholdNotKnown,
    };
    let (verdict, why) = match none {
        Some(why) => (StandardVerdict::NoVerdict, Some(why)),
        None if told(true) => (StandardVerdict::Missed, None),
        // A limit that is public and could not be decided may be the one that is reached.
        None if told(false) && !is_open => (StandardVerdict::Conforms, None),
        None if told(false) => (StandardVerdict::NoVerdict, Some(NoVerdict::CountNotKnown)),
        None => (StandardVerdict::NoVerdict, Some(untold)),
    };
    Ok(Judged { verdict, why, limits })
}

/// Whether a limit is reached; none where what decides is not known.
fn reached(rule: &StandardRule, limit: &StandardLimit, value: Ratio, measured: &Measured) -> Option<bool> {
    let by_value = limit.threshold.map(|threshold| match (value.cmp(&threshold), rule.direction) {
        // N7: at the threshold itself it depends on how the marketplace words it: `<` or `≤`.
        (Ordering::Equal, _) => rule.strict,
        (Ordering::Less, direction) => direction == Direction::AtLeast,
        (Ordering::Greater, direction) => direction == Direction::AtMost,
    });
    let Some(least) = limit.count else { return by_value };
    let counted = match limit.counted {
        Some(Counted::Buyers) => measured.buyers,
        _ => measured.bad,
    };
    let by_count = counted.map(|count| count >= u64::from(least));
    // What one of two decides needs no word of the other.
    let decided = limit.combine == Some(Combine::Or);
    match (by_value, by_count) {
        (Some(one), Some(other)) => Some(if decided { one || other } else { one && other }),
        (Some(one), None) | (None, Some(one)) if one == decided => Some(one),
        _ => None,
    }
}
