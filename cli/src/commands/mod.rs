//! What each command does: arguments in, one answer out.

mod between;
mod check;
mod due;
mod evaluate;
mod guess;
mod holidays;
mod mappings;
mod nps;
mod report;
mod section;
mod strikes;
mod weeks;

use std::io::Write;

use clap_complete::generate;
use klokuur::report::SkippedRow;
use klokuur::timeline::Language;

use crate::arguments::{Cli, Command};
use crate::case_log::{CaseFile, Loaded, Skipped};
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
        Command::Man => {
            let mut text = Vec::new();
            clap_mangen::Man::new(command()).render(&mut text)?;
            out.write_all(&text)?;
        }
    }
    Ok(0)
}

/// Tells what was noticed while a log was read, and of the first rows that could not be used.
fn tell(file: &CaseFile, loaded: &Loaded, errors: &mut dyn Write) -> Result<()> {
    for told in &file.found.told {
        say::line(errors, format!("{}: {told}", file.name))?;
    }
    for skipped in loaded.skipped.iter().take(SHOWN) {
        say::line(errors, format!("skipped: {}", sentence(skipped)))?;
    }
    if loaded.skipped.len() > SHOWN {
        let more = loaded.skipped.len() - SHOWN;
        say::line(errors, format!("skipped: … and {more} more, which `klokuur check --all` lists"))?;
    }
    if loaded.later > 0 {
        let events = if loaded.later == 1 { "event is" } else { "events are" };
        say::line(errors, format!("{} {events} of later, and not looked at", loaded.later))?;
    }
    Ok(())
}

fn sentence(skipped: &Skipped) -> String {
    let Skipped { file, line, unit, why } = skipped;
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
