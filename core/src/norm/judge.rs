//! From numbers to verdicts.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::result::scale;
use super::{Finality, MeasuredBy, Verdict, WeekNumbers, WeekResult, final_from};
use crate::calendar::Fingerprint;
use crate::error::{KlokuurError, Result};
use crate::fingerprints::Fingerprints;
use crate::rulebook::{Direction, NormRule, NormUnit, Ratio, Rulebook, RulesByWeek, ThresholdKind};
use crate::time::Moment;

/// Judges one norm in one week by the rules of that week, as things stand at `now`: one rulebook, or a history (RULES
/// S6).
///
/// A norm's value that came with the numbers wins over the rulebook's; where a fixed one differs, that is told (RULES
/// N5).
///
/// ```
/// # use chrono::{TimeZone, Utc};
/// # use klokuur::{Rulebook, norm::{judge, Verdict, WeekNumbers, RESPONSE_TIME}};
/// let now = Utc.with_ymd_and_hms(2026, 3, 20, 8, 0, 0).unwrap();
/// let numbers = WeekNumbers::new(RESPONSE_TIME, "2026-W11".parse()?, 12, 20);
/// let week = judge(&Rulebook::bol(), &numbers, now)?;
/// // 60 % is below 90 %, but 8 late answers stay under the count limit of 10.
/// assert_eq!(week.threshold_met, Some(false));
/// assert_eq!(week.count_limit_reached, Some(false));
/// assert_eq!(week.verdict, Verdict::Conforms);
/// assert_eq!(week.forecast().affordable, Some(1));
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
///
/// # Errors
/// - a norm that the rulebook of the week does not have; a week without a rulebook
/// - a share or a mean below zero
/// - measured here: more good items than items at all
pub fn judge<R: RulesByWeek + ?Sized, M: Moment>(
    rules: &R,
    numbers: &WeekNumbers,
    now: M,
) -> Result<WeekResult> {
    // S6: by the rules of its own week, whenever it is judged.
    let rules = rules.rules_of_week(numbers.week)?;
    judged(rules, rules.fingerprint(), numbers, now.utc())
}

fn judged(
    rules: &Rulebook,
    fingerprint: Fingerprint,
    numbers: &WeekNumbers,
    now: DateTime<Utc>,
) -> Result<WeekResult> {
    let rule = rules.norm(&numbers.norm)?;
    // Only where good items are part of all items: returns of this week can be more than its orders.
    let good_of_all = rule.unit == NormUnit::Share && rule.direction == Direction::AtLeast;
    let above_all = u64::try_from(numbers.numerator).is_ok_and(|n| n > numbers.denominator);
    if numbers.numerator < 0 && rule.unit != NormUnit::Points {
        return Err(refused(numbers, "a numerator of 0 or more"));
    }
    // What others counted is taken as it is: their rounding is not ours to correct.
    if good_of_all && above_all && numbers.measured_by == MeasuredBy::Here {
        return Err(refused(numbers, "at most as many good items as items"));
    }
    if rule.unit == NormUnit::Points && numbers.numerator.unsigned_abs() > numbers.denominator {
        return Err(refused(numbers, "promoters less detractors, at most as many as answers"));
    }
    let bad = match (rule.unit, rule.direction) {
        (NormUnit::Share, Direction::AtLeast) => {
            Some(numbers.denominator.saturating_sub(numbers.numerator.unsigned_abs()))
        }
        (NormUnit::Share, Direction::AtMost) => Some(numbers.numerator.unsigned_abs()),
        (NormUnit::Average | NormUnit::Points, _) => None,
    };
    // N2: nothing measured is no verdict, neither good nor bad.
    let measured = numbers.denominator > 0;
    let threshold = threshold(rule, numbers.norm_value);
    let meets = |bound: Ratio, equal: bool| {
        let scaled = i128::from(numbers.numerator) * i128::from(scale(rule.unit));
        // Multiplied out in whole numbers instead of divided: 93 of 100 is exactly 93 %, and a norm
        // that is not strict takes it.
        let left = scaled.saturating_mul(i128::from(bound.denominator()));
        let right = i128::from(bound.numerator()) * i128::from(numbers.denominator);
        match left.cmp(&right) {
            Ordering::Equal => equal,
            Ordering::Less => rule.direction == Direction::AtMost,
            Ordering::Greater => rule.direction == Direction::AtLeast,
        }
    };
    let threshold_met = measured.then(|| meets(threshold, !rule.strict));
    let count_limit_reached = match (measured, rule.count_limit, bad) {
        (true, Some(limit), Some(bad)) => Some(bad >= u64::from(limit)),
        _ => None,
    };
    let verdict = match (threshold_met, count_limit_reached) {
        (None, _) => Verdict::NoData,
        // N: a week is missed only by both, the threshold and the count limit; a norm without a limit by the first.
        (Some(true), _) | (_, Some(false)) => Verdict::Conforms,
        (Some(false), _) => Verdict::Missed,
    };
    let final_from = final_from(numbers.week, numbers.last_deadline, rules.clock.zone, rules.week.final_on);
    // N1: at the instant itself it is final.
    let finality = if now >= final_from { Finality::Final } else { Finality::Provisional };
    let counted_by = numbers.fingerprints.clone().unwrap_or_else(Fingerprints::of_zone_data);
    Ok(WeekResult {
        norm: rule.name.clone(),
        week: numbers.week,
        numerator: numbers.numerator,
        denominator: numbers.denominator,
        bad,
        direction: rule.direction,
        threshold,
        rulebook_threshold: Some(rule.threshold)
            .filter(|own| rule.threshold_kind == ThresholdKind::Fixed && *own != threshold),
        strict: rule.strict,
        minimum: rule.minimum,
        minimum_met: rule.minimum.filter(|_| measured).map(|minimum| meets(minimum, true)),
        unit: rule.unit,
        count_limit: rule.count_limit,
        // S4: a week that is excused for a norm bears no strike by it.
        strike: rule.strike && !numbers.excused,
        threshold_met,
        count_limit_reached,
        verdict,
        finality,
        final_from,
        measured_by: numbers.measured_by,
        fingerprints: Some(Fingerprints { rules: Some(fingerprint), ..counted_by }),
    })
}

/// The threshold of a week: the one that came with the data, up to the cap, else the rulebook's (RULES N5).
fn threshold(rule: &NormRule, from_data: Option<Ratio>) -> Ratio {
    from_data.map_or(rule.threshold, |value| rule.cap.map_or(value, |cap| value.min(cap)))
}

/// Judges many weeks and norms, each week by its own rules, in the order given.
///
/// # Errors
/// - as [`judge`], for the first that is refused
pub fn judge_weeks<R: RulesByWeek + ?Sized, M: Moment>(
    rules: &R,
    numbers: &[WeekNumbers],
    now: M,
) -> Result<Vec<WeekResult>> {
    let now = now.utc();
    // Each rulebook's fingerprint is computed once.
    let mut known: Vec<(&Rulebook, Fingerprint)> = Vec::new();
    let mut judged_week = |numbers: &WeekNumbers| {
        let rules = rules.rules_of_week(numbers.week)?;
        let found = known.iter().find(|(other, _)| std::ptr::eq(*other, rules)).map(|(_, found)| *found);
        let fingerprint = found.unwrap_or_else(|| {
            let fingerprint = rules.fingerprint();
            known.push((rules, fingerprint));
            fingerprint
        });
        judged(rules, fingerprint, numbers, now)
    };
    numbers.iter().map(&mut judged_week).collect()
}

/// Joins the numbers measured here with those measured elsewhere, by norm and week (RULES N4).
///
/// Where both have the same norm and week, the one measured elsewhere stays: it is the marketplace's own (ours). The
/// result is sorted by norm, then week.
///
/// # Errors
/// - a norm that the rulebook does not have
pub fn join<R: RulesByWeek + ?Sized>(
    rules: &R,
    here: &[WeekNumbers],
    elsewhere: &[WeekNumbers],
) -> Result<Vec<WeekNumbers>> {
    let mut joined = BTreeMap::new();
    for (numbers, measured_by) in
        here.iter().map(|n| (n, n.measured_by)).chain(elsewhere.iter().map(|n| (n, MeasuredBy::Elsewhere)))
    {
        let name = rules.rules_of_week(numbers.week)?.norm(&numbers.norm)?.name.clone();
        let numbers = WeekNumbers { norm: name.clone(), measured_by, ..numbers.clone() };
        // Of one norm and week the later stays: what was measured elsewhere is the marketplace's own number.
        joined.insert((name, numbers.week), numbers);
    }
    Ok(joined.into_values().collect())
}

fn refused(numbers: &WeekNumbers, accepted: &str) -> KlokuurError {
    KlokuurError::InvalidValue {
        what: "week's numbers",
        given: format!("{} {} {}/{}", numbers.norm, numbers.week, numbers.numerator, numbers.denominator),
        accepted: accepted.to_owned(),
    }
}
