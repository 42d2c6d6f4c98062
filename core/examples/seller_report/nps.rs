//! NPS after customer contact, with its interval and trend.

use chrono::Datelike;
use klokuur::nps::{NpsTrend, nps_by_month, nps_in};
use klokuur::{Nps, Period};

use crate::log::SellerLog;
use crate::picture::Picture;
use crate::{Problem, title};

const CONFIDENCE: f64 = 0.95;

pub(crate) fn print(picture: &Picture, log: &SellerLog) -> Result<(), Problem> {
    let zone = picture.rules.clock.zone;
    let answers = log.surveys.iter().filter(|s| s.at <= picture.now);
    let (at, scores): (Vec<_>, Vec<_>) = answers.map(|s| (s.at.timestamp_micros(), s.recommendation)).unzip();
    if scores.is_empty() {
        return Ok(());
    }
    title("NPS after customer contact");
    let days = picture.rules.survey.trailing_days;
    let recent = nps_in(Period::trailing_days(picture.now.date_naive(), days)?, zone, &at, &scores)?;
    say!("  last {days} days: {}", words(&recent, picture)?);
    let mut months = nps_by_month(zone, &at, &scores)?;
    for month in &months {
        say!("  {}: {}", month.period.first().format("%B %Y"), words(&month.nps, picture)?);
    }
    let (today, running) = (picture.now.date_naive(), months.last().map(|m| m.period));
    if running.is_some_and(|month| today >= month.first() && today <= month.last()) {
        months.pop(); // the running month is not compared
    }
    let yesterday = Period::month(today.year(), today.month())?.first().pred_opt().unwrap_or(today);
    if let [.., before, last] = months.as_slice()
        && last.period.last() == yesterday
        && let Some(change) = last.nps.compare(&before.nps, CONFIDENCE)?
    {
        let verdict = if change.p_two_sided < 0.05 { "a real change at 5 %" } else { "no proof of a change" };
        say!(
            "  the last whole month against the one before: {:+.1} points ({:.1} to {:.1}), p = {:.3}: {verdict}",
            change.difference,
            change.low,
            change.high,
            change.p_two_sided
        );
    }
    if let Some(trend) = NpsTrend::of_periods(&months) {
        say!("  trend: {:+.2} points a month, p = {:.3}", trend.points_per_period, trend.p_two_sided);
    }
    Ok(())
}

fn words(nps: &Nps, picture: &Picture) -> Result<String, Problem> {
    let guideline = u64::from(picture.rules.survey.guideline);
    let summary = nps.summary(CONFIDENCE, guideline)?;
    let (Some(score), Some(interval)) = (summary.score, summary.interval) else {
        return Ok("no answers, no score".into());
    };
    let few = if summary.below_guideline {
        format!(", below the guideline of {guideline} answers")
    } else {
        String::new()
    };
    Ok(format!(
        "{score} ({:.0} to {:.0} at 95 %), {} answers{few}",
        interval.low, interval.high, summary.answers
    ))
}
