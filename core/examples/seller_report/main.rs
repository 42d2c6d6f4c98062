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

mod log;

use std::error::Error;
use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};
use klokuur::Language;
use klokuur::log::Mapping;
use klokuur::report::Picture;
use klokuur::rulebook::RulebookHistory;
use lexopt::prelude::{Long, ValueExt};

use crate::log::SellerLog;

type Problem = Box<dyn Error>;

const HELP: &str = "\
seller_report [--log FOLDER|FILE] [--mapping FILE] [--now INSTANT] [--all]

  --log FOLDER   a folder with cases.csv, and surveys.csv, calls.csv, orders.csv, performance-status.json where they
                 are (default: the sample seller); or one case log, .csv or .csv.gz
  --mapping FILE how another system's columns and states are read (examples/mappings)
  --now INSTANT  as of when, such as 2026-11-09T08:00:00+01:00 (default: just after the last row)
  --all          list every case and every skipped row, not only the first ones
  --lang nl|en   the language (default: en)
  --json         the picture as data instead of words";

struct Arguments {
    log: PathBuf,
    mapping: Option<PathBuf>,
    now: Option<DateTime<Utc>>,
    all: bool,
    language: Language,
    json: bool,
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
    let log = SellerLog::read(&arguments.log, &mapping)?;
    let latest = log.events.iter().map(|(_, event)| event.at).max();
    let just_after = latest.map(|at| at + TimeDelta::seconds(1));
    let now = arguments.now.or(just_after).ok_or("the case log has no rows")?;
    let rules = RulebookHistory::bol()?.with_each(|rules| mapping.rules(rules))?;
    let name = arguments.log.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let picture = Picture::of(&log.into_data().with_name(&name), &rules, now)?;
    if arguments.json {
        say!("{}", serde_json::to_string_pretty(&picture)?);
        return Ok(());
    }
    say!("{}", picture.page(arguments.language).to_text((!arguments.all).then_some(8)));
    Ok(())
}

fn arguments() -> Result<Option<Arguments>, Problem> {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data");
    let mut read = Arguments {
        log: sample,
        mapping: None,
        now: None,
        all: false,
        language: Language::English,
        json: false,
    };
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
            Long("json") => read.json = true,
            Long("lang") => {
                read.language = match parser.value()?.string()?.as_str() {
                    "en" => Language::English,
                    "nl" => Language::Dutch,
                    other => return Err(format!("--lang {other}: accepted is nl or en").into()),
                }
            }
            Long("help") => return Ok(None),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Some(read))
}
