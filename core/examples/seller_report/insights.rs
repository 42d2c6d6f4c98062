//! Subjects, items, signals and the month.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use klokuur::Period;
use klokuur::insight::{
    CaseRecord, Dimension, ItemOrders, Overview, OverviewQuery, SignalReport, SubjectOverview,
};

use crate::log::SellerLog;
use crate::picture::Picture;
use crate::{Problem, title};

pub(crate) fn print(picture: &Picture, log: &SellerLog, most: usize) -> Result<(), Problem> {
    let zone = picture.rules.clock.zone;
    let today = picture.now.date_naive();
    let cases: Vec<_> = picture.outcomes.iter().map(|o| CaseRecord::of(o, zone)).collect();
    let mut pieces: BTreeMap<(NaiveDate, &str), u64> = BTreeMap::new();
    for order in &log.orders {
        let date = order.at.with_timezone(&zone).date_naive();
        *pieces.entry((date, order.item.as_str())).or_default() += u64::from(order.quantity);
    }
    let orders: Vec<_> = pieces
        .into_iter()
        .map(|((date, item), orders)| ItemOrders { date, item: item.to_owned(), orders })
        .collect();

    let recent = Period::trailing_days(today, picture.rules.insight.shortest_days)?;
    let overview = SubjectOverview::of(&cases, &orders, recent, &picture.rules.insight)?;
    title(&format!("What the {} cases of the last {} days are about", overview.cases, recent.days()));
    for subject in overview.subjects.iter().take(most) {
        say!(
            "  {:<24} {:>4}  {:>4.0} %",
            subject.subject.as_deref().unwrap_or("(none)"),
            subject.cases,
            100.0 * subject.share
        );
    }
    say!("Items with relatively many cases:");
    for item in overview.relatively_many.iter().take(most) {
        let rate = item.rate.map_or_else(String::new, |r| format!("{:.1} % of the ordered items", 100.0 * r));
        say!("  {:<24} {:>4}  {rate}", item.item, item.cases);
    }

    let report = SignalReport::of(&cases, &orders, today, &picture.rules.insight)?;
    title(&format!(
        "Signals: {} of {} tested (at most {:.0} % of reports have a false alarm)",
        report.signals.len(),
        report.tested,
        100.0 * report.false_alarm_rate
    ));
    for signal in &report.signals {
        say!(
            "  {}: {} — {} cases where {:.1} were to be expected, adjusted p = {:.1e}",
            signal.place(),
            signal.name.as_deref().unwrap_or("any"),
            signal.recent,
            signal.expected,
            signal.p_adjusted
        );
    }

    let last_month = Period::month(today.year(), today.month())?.first().pred_opt().unwrap_or(today);
    let query = OverviewQuery::month(last_month.year(), last_month.month())?.by([Dimension::Subject]);
    let month = Overview::of(&cases, &orders, &query)?;
    title(&format!("{}: {} cases", last_month.format("%B %Y"), month.total.cases));
    for group in month.groups.iter().take(most) {
        let on_time = group.on_time.as_ref().map_or_else(String::new, |s| {
            format!("{:.0} % on time ({:.0} to {:.0} %)", 100.0 * s.share, 100.0 * s.low, 100.0 * s.high)
        });
        let median = group.handling.median.map_or_else(|| "not reached".into(), |m| m.to_string());
        say!(
            "  {:<24} {:>4}  median handling {median}  {on_time}",
            group.subject.as_deref().unwrap_or("(none)"),
            group.cases
        );
    }
    Ok(())
}
