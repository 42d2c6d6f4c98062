//! The service norms of this week and the last.

use klokuur::norm::{Finality, RESPONSE_TIME, Verdict, WeekResult};
use klokuur::rulebook::NormUnit;

use crate::picture::Picture;
use crate::{Problem, title};

pub(crate) fn print(picture: &Picture) -> Result<(), Problem> {
    for (name, week) in [("Last week", picture.this_week().pred()), ("This week", picture.this_week())] {
        title(&format!("{name}, {week}: service norms"));
        let mut without = Vec::new();
        for norm in &picture.rules.norms {
            match picture.weeks.iter().find(|w| w.week == week && w.norm == norm.name) {
                Some(result) => line(result),
                None => without.push(norm.name.as_str()),
            }
        }
        if !without.is_empty() {
            say!("  no data, no verdict: {}", without.join(", "));
        }
        if let Some(result) = picture.weeks.iter().find(|w| w.week == week && w.norm == RESPONSE_TIME)
            && result.finality == Finality::Provisional
        {
            say!("  Response time: {}.", result.forecast());
        }
    }
    Ok(())
}

fn line(week: &WeekResult) {
    let verdict = match week.verdict {
        Verdict::Conforms => "conforms",
        Verdict::Missed => "MISSED",
        Verdict::NoData => "no data",
    };
    let both = match (week.threshold_met, week.count_limit_reached) {
        (Some(false), Some(false)) => " (below the norm, under the count limit)",
        (Some(false), Some(true)) => " (below the norm, count limit reached)",
        _ => "",
    };
    let finality = if week.finality == Finality::Final { "final" } else { "provisional" };
    let value = week.value().map_or_else(String::new, |v| match week.unit {
        NormUnit::Share => format!("{:.1} %", 100.0 * v),
        NormUnit::Average | NormUnit::Points => format!("{v:.1}"),
    });
    say!(
        "  {:<18} {:>8}  {:>5} of {:<5} {verdict}{both}, {finality}",
        week.norm,
        value,
        week.numerator,
        week.denominator
    );
}
