//! From several standards to one consequence (RULES S8).

use chrono::NaiveDate;

use super::period::evaluations;
use super::result::{LadderResult, LimitResult, NoVerdict, StandardResult, StandardVerdict};
use crate::error::Result;
use crate::rulebook::{
    LadderKind, LadderRule, LadderStep, Rulebook, StandardPeriod, StandardRule, StepAfter,
};

/// An escalation is looked back at for so many days, or for as many as its longest step has.
const LOOKED_BACK: u32 = 366;

/// A ladder on a date, with a way to know whether a standard was missed on an earlier day.
pub(super) fn climbed(
    rules: &Rulebook,
    ladder: &LadderRule,
    standards: &[StandardResult],
    on: NaiveDate,
    missed: impl FnMut(&StandardRule, NaiveDate) -> Result<bool>,
) -> Result<LadderResult> {
    let own: Vec<&StandardResult> =
        standards.iter().filter(|result| ladder.standards.contains(&result.standard)).collect();
    let of_rules: Vec<&StandardRule> =
        rules.standards.iter().filter(|rule| ladder.standards.contains(&rule.name)).collect();
    let mut found = LadderResult {
        ladder: ladder.name.clone(),
        kind: ladder.kind,
        step: None,
        consequence: None,
        fee: None,
        because: Vec::new(),
        without_verdict: Vec::new(),
        since: None,
        possible: Vec::new(),
        next_evaluation: of_rules.iter().filter_map(|rule| next(rule, on)).min(),
    };
    found.without_verdict = names(own.iter().filter(|it| it.verdict == StandardVerdict::NoVerdict));
    if found.without_verdict.len() == own.len() {
        return Ok(found);
    }
    match ladder.kind {
        LadderKind::Levels => level(ladder, &own, &mut found),
        LadderKind::Fees => {
            let paid = own.iter().filter(|result| result.fee.is_some());
            // S8: fees are not added up: the dearest one is paid.
            let dearest = paid.max_by_key(|result| result.fee.as_ref().map(|fee| fee.share));
            if let Some(result) = dearest {
                found.step.clone_from(&result.reached);
                found.consequence.clone_from(&result.consequence);
                found.fee.clone_from(&result.fee);
                found.because = vec![result.standard.clone()];
            }
        }
        LadderKind::Escalation => {
            found.because = names(own.iter().filter(|it| it.verdict == StandardVerdict::Missed));
            if !found.because.is_empty() {
                escalated(ladder, &of_rules, on, missed, &mut found)?;
            }
        }
    }
    Ok(found)
}

/// N2: nothing was measured, or too little: it takes no level away.
fn has_too_little(result: &StandardResult) -> bool {
    matches!(result.why, Some(NoVerdict::NoData | NoVerdict::BelowMinimumPopulation))
}

fn names<'a>(results: impl Iterator<Item = &'a &'a StandardResult>) -> Vec<String> {
    results.map(|result| result.standard.clone()).collect()
}

fn next(rule: &StandardRule, on: NaiveDate) -> Option<NaiveDate> {
    match rule.period {
        StandardPeriod::Evaluation { day_of_month, .. } => Some(evaluations(day_of_month, on).next),
        _ => None,
    }
}

/// What a standard says of a level.
fn limit_of<'a>(result: &'a StandardResult, step: &LadderStep) -> Option<&'a LimitResult> {
    result.limits.iter().find(|limit| limit.name == step.name)
}

/// The best level of which no limit is reached; the last one is what remains. Where a limit of a level could not be
/// decided, that level and the first one that is certain are possible, and none is told.
fn level(ladder: &LadderRule, own: &[&StandardResult], found: &mut LadderResult) {
    let mut possible = Vec::new();
    for step in &ladder.steps {
        let lost =
            names(own.iter().filter(|it| limit_of(it, step).is_some_and(|it| it.reached == Some(true))));
        if !lost.is_empty() {
            // What lost the level above is why it is this one.
            found.because = lost;
            continue;
        }
        possible.push(step);
        let is_open = |limit: &LimitResult| limit.threshold.is_some() && limit.reached.is_none();
        let mut judged = own.iter().filter(|it| !has_too_little(it));
        // S8: the first level, from the best, of which nothing is lost; so a better item never lowers it.
        if !judged.any(|it| limit_of(it, step).is_some_and(is_open)) {
            break;
        }
    }
    match possible.as_slice() {
        [step] => put(found, step),
        several => {
            found.because.clear();
            found.possible = several.iter().map(|step| step.name.clone()).collect();
        }
    }
}

fn put(found: &mut LadderResult, step: &LadderStep) {
    found.step = Some(step.name.clone());
    found.consequence = Some(step.consequence.clone());
}

/// The last step whose days have passed, and those of which nobody says when they come.
fn escalated(
    ladder: &LadderRule,
    rules: &[&StandardRule],
    on: NaiveDate,
    mut missed: impl FnMut(&StandardRule, NaiveDate) -> Result<bool>,
    found: &mut LadderResult,
) -> Result<()> {
    let days = ladder.steps.iter().filter_map(|step| match step.after_days {
        Some(StepAfter::Days(days)) => Some(days),
        _ => None,
    });
    let furthest = days.max().unwrap_or(0).max(LOOKED_BACK);
    let (mut since, mut passed) = (on, 0);
    while passed < furthest {
        // S8: days without a break in which any of the standards was missed; one good day begins anew.
        let Some(earlier) = since.pred_opt() else { break };
        let mut any = false;
        for rule in rules {
            any = any || missed(rule, earlier)?;
        }
        if !any {
            break;
        }
        (since, passed) = (earlier, passed + 1);
    }
    found.since = Some(since);
    for step in &ladder.steps {
        match step.after_days {
            Some(StepAfter::Days(days)) if days <= passed => put(found, step),
            Some(StepAfter::NotKnown) => found.possible.push(step.name.clone()),
            _ => {}
        }
    }
    Ok(())
}
