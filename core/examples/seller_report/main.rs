//! What a seller wants on a Monday morning, from CSV files.
//!
//! ```text
//! cargo run --release --example seller_report
//! cargo run --release --example seller_report -- --log ../other.csv.gz --mapping core/examples/mappings/italian_helpdesk.toml
//! ```
//!
//! The files and their columns are described in `examples/data/README.md`.

/// `println!`, but a reader that has seen enough (`| head`) ends the program quietly.
macro_rules! say {
    ($($text:tt)*) => {
        if std::io::Write::write_fmt(&mut std::io::stdout(), format_args!("{}\n", format_args!($($text)*))).is_err() {
            std::process::exit(0)
        }
    };
}

mod backtest;
mod cases;
mod insights;
mod log;
mod norms;
mod nps;
mod picture;
mod replay;
mod strikes;

use std::error::Error;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use klokuur::log::Mapping;
use lexopt::prelude::{Long, ValueExt};

use crate::log::{SellerLog, Skipped};
use crate::picture::Picture;

type Problem = Box<dyn Error>;

const HELP: &str = "\
seller_report [--log FOLDER|FILE] [--mapping FILE] [--now INSTANT] [--all]

  --log FOLDER   a folder with cases.csv, and surveys.csv, calls.csv, orders.csv, performance-status.json where they
                 are (default: the sample seller); or one case log, .csv or .csv.gz
  --mapping FILE how another system's columns and states are read (examples/mappings)
  --now INSTANT  as of when, such as 2026-11-09T08:00:00+01:00 (default: just after the last row)
  --all          list every case and every skipped row, not only the first ones
  --replay       only replay the log: how many events, how fast, and what was refused and why";

struct Arguments {
    log: PathBuf,
    mapping: Option<PathBuf>,
    now: Option<DateTime<Utc>>,
    all: bool,
    replay: bool,
}

fn main() -> Result<(), Problem> {
    let Some(arguments) = arguments()? else {
        say!("{HELP}");
        return Ok(());
    };
    let mapping = match &arguments.mapping {
        Some(path) => {
            let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
            Mapping::from_toml(&text).map_err(|e| format!("{}: {e}", path.display()))?
        }
        None => Mapping::default(),
    };
    let mut log = SellerLog::read(&arguments.log, &mapping)?;
    if arguments.replay {
        return replay::print(&mut log, &mapping);
    }
    let picture = Picture::of(&mut log, &mapping, arguments.now)?;
    let most = if arguments.all { usize::MAX } else { 8 };

    say!("{}", picture.heading(&arguments.log));
    skipped(&log.skipped, log.rows, most);
    cases::print(&picture, most)?;
    norms::print(&picture)?;
    strikes::print(&picture, &log)?;
    nps::print(&picture, &log)?;
    insights::print(&picture, &log, most)?;
    backtest::print(&picture, &log, most)?;
    Ok(())
}

fn arguments() -> Result<Option<Arguments>, Problem> {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data");
    let mut read = Arguments { log: sample, mapping: None, now: None, all: false, replay: false };
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("log") => read.log = parser.value()?.into(),
            Long("mapping") => read.mapping = Some(parser.value()?.into()),
            Long("now") => {
                let text = parser.value()?.string()?;
                let now = DateTime::parse_from_rfc3339(&text);
                let now =
                    now.map_err(|e| format!("--now {text}: {e}: accepted is 2026-11-09T08:00:00+01:00"))?;
                read.now = Some(now.to_utc());
            }
            Long("all") => read.all = true,
            Long("replay") => read.replay = true,
            Long("help") => return Ok(None),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Some(read))
}

fn title(text: &str) {
    say!("\n{text}\n{}", "─".repeat(text.chars().count()));
}

/// The rows that could not be read or that their case refused: told by line, never dropped in silence.
fn skipped(skipped: &[Skipped], rows: usize, most: usize) {
    if skipped.is_empty() {
        say!("{rows} rows read, none skipped.");
        return;
    }
    say!("{rows} rows read, {} skipped:", skipped.len());
    for row in skipped.iter().take(most) {
        say!("  {} line {}: {}", row.file, row.line, row.why);
    }
    if skipped.len() > most {
        say!("  … and {} more (--all lists them)", skipped.len() - most);
    }
}
