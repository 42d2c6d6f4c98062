//! Strikes, standing, what-if, and the performance score.

use chrono::NaiveDate;
use klokuur::exchange::{ReportedStanding, StrikeReason};
use klokuur::standing::{Consequence, Improvement, Ledger, Standing, StandingAsReported, StrikeAsReported};
use klokuur::{IsoWeek, score};

use crate::log::SellerLog;
use crate::picture::Picture;
use crate::{Problem, title};

pub(crate) fn print(picture: &Picture, log: &SellerLog) -> Result<(), Problem> {
    if picture.rules.strikes.is_none() {
        return Ok(());
    }
    let today = picture.now.date_naive();
    let ledger = Ledger::from_weeks(&picture.history, &picture.weeks)?;
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
    if let Some(status) = &log.status {
        beside(&status.standing(), &ledger, today)?;
    }
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
        let estimate = score::estimate(&picture.history, &picture.weeks, today)?;
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

/// What the marketplace reports beside what is computed (RULES S6).
fn beside(reported: &ReportedStanding, ledger: &Ledger, today: NaiveDate) -> Result<(), Problem> {
    let strike = |(week, reasons): &(IsoWeek, Vec<StrikeReason>)| StrikeAsReported {
        week: *week,
        reasons: reasons.iter().map(ToString::to_string).collect(),
    };
    let Some(count) = reported.strikes.and_then(|count| u32::try_from(count).ok()) else { return Ok(()) };
    let strikes: Vec<_> = reported.weeks.iter().map(strike).collect();
    for strike in &strikes {
        say!("  reported: {}  {}", strike.week, strike.reasons.join(", "));
    }
    say!("  {}", ledger.compare(&StandingAsReported { on: today, count, strikes })?);
    let number = |value: Option<f64>| value.map_or_else(|| "not told".to_owned(), |v| v.to_string());
    say!(
        "  reported: policy points {}, quality score {}",
        number(reported.policy_points),
        number(reported.quality_score)
    );
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
