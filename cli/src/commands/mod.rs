//! What each command does: arguments in, one answer out.

mod between;
mod check;
mod due;
mod evaluate;
mod guess;
mod holidays;
mod man;
mod mappings;
mod nps;
mod report;
mod section;
mod strikes;
mod weeks;

use std::io::Write;

use clap_complete::generate;
use klokuur::log::Table;
use klokuur::report::SkippedRow;
use klokuur::timeline::Language;

use crate::arguments::{Cli, Command};
use crate::case_log::CaseFile;
use crate::command;
use crate::failure::Result;
use crate::say;

/// How many rows are told of on the standard error.
const SHOWN: usize = 5;

/// Runs a command; the exit code.
pub(crate) fn run(cli: &Cli, out: &mut dyn Write, errors: &mut dyn Write) -> Result<u8> {
    let asked = cli.global.lang.map(Language::from);
    let language = asked.unwrap_or_default();
    match &cli.command {
        Command::Report(given) => report::run(given, asked, out, errors)?,
        Command::Strikes(given) => strikes::run(given, language, out)?,
        Command::Nps(given) => nps::run(given, language, out)?,
        Command::Due(given) => due::run(given, language, out)?,
        Command::Between(given) => between::run(given, language, out)?,
        Command::Holidays(given) => holidays::run(given, language, out)?,
        Command::Evaluate(given) => evaluate::run(given, out, errors)?,
        Command::Weeks(given) => weeks::run(given, out, errors)?,
        Command::Check(given) => return check::run(given, out),
        Command::Mappings(given) => mappings::run(given, out)?,
        Command::Guess(given) => guess::run(given, out)?,
        Command::Completions(given) => {
            let mut text = Vec::new();
            generate(given.shell, &mut command(), "klokuur", &mut text);
            out.write_all(&text)?;
        }
        Command::Man(given) => man::run(given, out)?,
    }
    Ok(0)
}

/// Tells what was noticed while a log was read, and of the first rows that could not be used.
fn tell(file: &CaseFile, skipped: &[SkippedRow], later: usize, errors: &mut dyn Write) -> Result<()> {
    for told in &file.found.told {
        say::line(errors, format!("{}: {told}", file.name))?;
    }
    for row in skipped.iter().take(SHOWN) {
        say::line(errors, format!("skipped: {}", sentence(row, file.found.cells.unit())))?;
    }
    if skipped.len() > SHOWN {
        let more = skipped.len() - SHOWN;
        say::line(errors, format!("skipped: … and {more} more, which `klokuur check --all` lists"))?;
    }
    if later > 0 {
        let events = if later == 1 { "event is" } else { "events are" };
        say::line(errors, format!("{later} {events} of later, and not looked at"))?;
    }
    Ok(())
}

/// `unit` is what the numbers of rows count.
fn sentence(skipped: &SkippedRow, unit: &str) -> String {
    let SkippedRow { file, line, why } = skipped;
    format!("{file} {unit} {line}: {why}")
}

/// Tells of the first rows that are not in a picture.
fn tell_skipped(skipped: &[SkippedRow], errors: &mut dyn Write) -> Result<()> {
    for row in skipped.iter().take(SHOWN) {
        say::line(errors, format!("skipped: {} line {}: {}", row.file, row.line, row.why))?;
    }
    match skipped.len().saturating_sub(SHOWN) {
        0 => Ok(()),
        more => say::line(errors, format!("skipped: … and {more} more, which `klokuur report --all` lists")),
    }
}
