//! `klokuur check`: what is in a log, and which of its rows cannot be used.

use std::collections::BTreeMap;
use std::io::Write;

use klokuur::log::Table;
use klokuur::report::SkippedRow;

use crate::arguments::Check;
use crate::case_log::Loaded;
use crate::commands::sentence;
use crate::failure::Result;
use crate::progress::Progress;
use crate::say;

/// How many lines of one reason are named.
const LINES: usize = 5;

pub(super) fn run(given: &Check, out: &mut dyn Write) -> Result<u8> {
    let mut progress = Progress::new();
    let (file, loaded, now) = given.log.cases(&mut progress)?;
    drop(progress);
    let Loaded { book, summary, skipped, later, newest } = &loaded;
    let zone = book.schedule().zone();
    say::line(
        out,
        format!(
            "{}: {}, {} rows, {} columns",
            file.name,
            file.found.format,
            file.rows(),
            file.found.columns.len()
        ),
    )?;
    say::line(
        out,
        format!(
            "{} events of {} cases; {} rows are updates without an event; {} are left out",
            summary.events,
            book.len(),
            summary.updates,
            skipped.len()
        ),
    )?;
    if let Some(newest) = newest {
        let days = now.signed_duration_since(newest).num_days();
        let ago = if days > 0 { format!(", {days} days ago") } else { String::new() };
        say::line(
            out,
            format!("the last event is of {}{ago}", newest.with_timezone(&zone).format("%Y-%m-%d %H:%M %Z")),
        )?;
    }
    if *later > 0 {
        say::line(
            out,
            format!(
                "{later} events are of later than {}, and not looked at",
                now.with_timezone(&zone).to_rfc3339()
            ),
        )?;
    }
    for told in file.found.told.iter().cloned().chain(summary.told.iter().map(ToString::to_string)) {
        say::line(out, told)?;
    }
    if skipped.is_empty() {
        say::line(out, "every row can be used")?;
        return Ok(0);
    }
    let unit = file.found.cells.unit();
    match given.all {
        true => skipped.iter().try_for_each(|skipped| say::line(out, sentence(skipped, unit)))?,
        false => reasons(skipped, unit, out)?,
    }
    Ok(1)
}

/// The reasons, the most frequent first, each with its first lines.
fn reasons(skipped: &[SkippedRow], unit: &str, out: &mut dyn Write) -> Result<()> {
    let mut by_reason: BTreeMap<String, Vec<&SkippedRow>> = BTreeMap::new();
    for row in skipped {
        by_reason.entry(reason(&row.why)).or_default().push(row);
    }
    let mut reasons: Vec<(String, Vec<&SkippedRow>)> = by_reason.into_iter().collect();
    reasons.sort_by_key(|(_, rows)| std::cmp::Reverse(rows.len()));
    for (reason, rows) in reasons {
        let lines: Vec<String> = rows.iter().take(LINES).map(|row| row.line.to_string()).collect();
        let more = if rows.len() > LINES { ", …" } else { "" };
        say::line(out, format!("{:>6}  {reason} ({unit} {}{more})", rows.len(), lines.join(", ")))?;
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
