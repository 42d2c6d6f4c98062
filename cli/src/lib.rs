//! The command `klokuur`: from any export to deadlines, norms, strikes and the Monday-morning picture.
//!
//! The library holds what the command does: [`read`](read()) for files, [`ExportMapping`] for what their columns
//! mean, [`run`] for the command itself. The core, `klokuur`, stays without files and clocks.
//!
//! ```
//! let mut out = Vec::new();
//! let due = ["klokuur", "due", "2026-04-24 17:30", "--format", "csv"];
//! assert_eq!(klokuur_cli::run(due, &mut out, &mut std::io::stderr()), 0);
//! assert!(String::from_utf8(out)?.contains("2026-04-28T17:30:00+02:00")); // over a weekend and King's Day
//! # Ok::<(), std::string::FromUtf8Error>(())
//! ```

mod arguments;
mod case_log;
mod commands;
mod failure;
mod mapping;
mod orders;
mod page;
mod progress;
mod read;
mod say;
mod seller;
mod sheet;

use std::ffi::OsString;
use std::io::Write;

use clap::{CommandFactory, Parser};

pub use arguments::Cli;
pub use case_log::{CaseFile, Evaluated, Loaded};
pub use failure::{Failure, Result};
pub use mapping::{ExportMapping, FileLayout, Guess, Reads, find, guess_file, names, shipped_toml};
pub use orders::{OrderFile, read_orders_file};
pub use page::{LinkTemplate, PageOptions, html, html_with};
pub use progress::Progress;
pub use read::{Bound, Cells, Found, Wanted, join_cells, read};
pub use seller::{BESIDE, SellerRows, Sources};
pub use sheet::{Format, Sheet, Value};

/// Runs the command with these arguments, the first of them its own name, and gives its exit code: 0 when all went
/// well, 1 when something failed, 2 for arguments that mean nothing.
pub fn run<A: Into<OsString> + Clone>(
    arguments: impl IntoIterator<Item = A>,
    out: &mut dyn Write,
    errors: &mut dyn Write,
) -> u8 {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(told) => {
            // Help and version are no errors.
            let text = told.render();
            let written = match told.exit_code() {
                0 => write!(out, "{text}"),
                _ => write!(errors, "{text}"),
            };
            return match written {
                Ok(()) => u8::try_from(told.exit_code()).unwrap_or(2),
                Err(_) => 1,
            };
        }
    };
    let done = commands::run(&cli, out, errors).and_then(|code| {
        out.flush()?;
        Ok(code)
    });
    match done {
        Ok(code) => code,
        Err(failure) if say::is_broken_pipe(&failure) => 0,
        Err(failure) => {
            let _ = say::line(errors, format!("klokuur: {failure}"));
            failure.exit_code()
        }
    }
}

/// The description of the command line, for completions and manuals.
pub fn command() -> clap::Command {
    Cli::command()
}
