//! Strikes, standing, what-if, and the performance score.

use klokuur::score;
use klokuur::standing::{Consequence, Improvement, Ledger, Standing};

use crate::picture::Picture;
use crate::{Problem, title};

pub(crate) fn print(picture: &Picture) -> Result<(), Problem> {
    if picture.rules.strikes.is_none() {
        return Ok(());
    }
    let today = picture.now.date_naive();
    let ledger = Ledger::from_weeks(&picture.rules, &picture.weeks)?;
    let report = ledger.standing(today);
    title(&format!("Strikes in the window: {}", report.strikes.len()));
    for strike in &report.strikes {
        let causes: Vec<_> = strike
            .causes
            .iter()
            .map(|c| format!("{} {} of {}", c.norm, c.numerator, c.denominator))
            .collect();
        say!(
            "  {}  {}; expires when {} is final, {}; complaints until {}",
            strike.week,
            causes.join(", "),
            strike.expiry_week,
            strike.expires_on,
            strike.appeal_until,
        );
    }
    for week in report.provisional.iter().filter(|w| !w.missed.is_empty()) {
        let norms: Vec<_> = week.missed.iter().map(|m| m.norm.as_str()).collect();
        say!("  {}  would give one as it stands ({}); provisional", week.week, norms.join(", "));
    }
    say!("Standing: {}", words(report.standing));
    for (what, consequence) in [("offline", Consequence::Offline), ("closed", Consequence::Closed)] {
        say!("  bad weeks in a row until the shop is {what}: {}", ledger.bad_weeks_until(consequence)?);
    }
    match ledger.earliest_improvement(today) {
        Some(Improvement::StrikeExpires(expiry)) => say!(
            "  earliest improvement: {} strikes on {}, when {} is final",
            expiry.strikes_after,
            expiry.on,
            expiry.week
        ),
        Some(Improvement::PlanAccepted { .. }) => {
            say!("  earliest improvement: an accepted improvement plan")
        }
        Some(Improvement::MayApply { on }) => {
            say!("  earliest improvement: the seller may apply from {on} on")
        }
        None => {}
    }
    for (name, weeks) in [("two more bad weeks", [true, true]), ("two good weeks", [false, false])] {
        if let Some(last) = ledger.what_if(&weeks)?.last() {
            say!("  what if {name}: {} strikes on {}, {}", last.strikes, last.on, words(last.standing));
        }
    }
    if picture.rules.score.is_some() {
        let estimate = score::estimate(&picture.rules, &picture.weeks, today)?;
        title("Performance score");
        match estimate.score {
            Some(score) => say!("  {score:.2}, an estimate: the marketplace's formula is not public"),
            None => say!("  no estimate: no data"),
        }
        for part in &estimate.parts {
            if let Some(score) = part.score {
                say!("  {:<18} {score:>5.2}  ({} of {})", part.norm, part.numerator, part.denominator);
            }
        }
        if !estimate.missing.is_empty() {
            say!("  without data: {}", estimate.missing.join(", "));
        }
    }
    Ok(())
}

fn words(standing: Standing) -> String {
    match standing {
        Standing::Active => "active".into(),
        Standing::OnlineWithPlan { since } => {
            format!("online since {since}, with an accepted improvement plan")
        }
        Standing::Offline { since } => format!("temporarily offline since {since}, until a plan is accepted"),
        Standing::Closed { since, may_apply_from } => {
            format!("closed since {since}; may apply from {may_apply_from} on")
        }
    }
}
