//! Replays a log and sums up what was refused and why.

use std::collections::BTreeMap;
use std::time::Instant;

use klokuur::Rulebook;
use klokuur::case::CaseBook;
use klokuur::log::Mapping;
use klokuur::report::SkippedRow;

use crate::log::SellerLog;
use crate::{Problem, title};

pub(crate) fn print(log: &mut SellerLog, mapping: &Mapping) -> Result<(), Problem> {
    let mut book = CaseBook::of(&mapping.rules(&Rulebook::bol())?)?;
    let unread = log.skipped.len();
    let started = Instant::now();
    let refused = book.load_rows(log.events.iter().map(|(line, event)| (*line, event)));
    let seconds = started.elapsed().as_secs_f64();
    log.skipped.extend(refused.into_iter().map(|(line, error)| SkippedRow {
        file: "cases".into(),
        line,
        why: error.to_string(),
    }));
    let refused = log.skipped.len() - unread;
    say!("{} rows read: {} are updates without an event, {unread} unreadable", log.rows, log.updates);
    say!("{} events replayed, {refused} refused, {} cases", log.events.len(), book.len());
    say!("{:.2} million events per second", log.events.len() as f64 / seconds / 1e6);
    for text in &log.told {
        say!("{text}");
    }
    let mut reasons: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for row in &log.skipped {
        reasons.entry(reason(&row.why)).or_default().push(row.line);
    }
    let mut reasons: Vec<_> = reasons.into_iter().collect();
    reasons.sort_by_key(|(_, lines)| std::cmp::Reverse(lines.len()));
    title("Refused, and why");
    for (reason, lines) in reasons {
        let first: Vec<_> = lines.iter().take(5).map(usize::to_string).collect();
        let more = if lines.len() > 5 { ", …" } else { "" };
        say!("  {:>5}  {reason}\n         lines {}{more}", lines.len(), first.join(", "));
    }
    Ok(())
}

/// What two rows have in common: the message without its case and time.
fn reason(why: &str) -> String {
    match (why.split_once(": event "), why.split_once(" is impossible: ")) {
        (Some((_, event)), Some((_, problem))) => {
            format!("{}: {problem}", event.split(' ').next().unwrap_or_default())
        }
        _ => why.to_owned(),
    }
}
