//! Which log, and how it is read.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;
use klokuur::rulebook::{RulebookHistory, RulesByWeek};

use super::clock::{RuleArguments, instant};
use crate::case_log::{CaseFile, Loaded};
use crate::failure::Result;
use crate::mapping::{self, ExportMapping};
use crate::progress::Progress;
use crate::read::Bound;

/// How much of a file is read.
#[derive(Debug, Args, Clone, Copy)]
pub(crate) struct Reader {
    /// How many MiB a file may have, packed or not
    #[arg(long, value_name = "MIB", default_value_t = Bound::default().mib, hide_short_help = true)]
    max_mib: u64,
}

impl Reader {
    pub(crate) fn bound(self) -> Bound {
        Bound { mib: self.max_mib }
    }
}

/// A log and what it is read and judged by.
#[derive(Debug, Args)]
pub(crate) struct LogArguments {
    /// The case log: CSV, TSV, XLSX, JSON or JSON lines, packed with gzip or not; - is the standard input. `report`,
    /// `weeks`,
    /// `strikes` and `nps` take a folder with cases.csv, surveys.csv, calls.csv, orders.csv and
    /// performance-status.json too
    pub(crate) source: PathBuf,
    /// How another system's export is read: a shipped mapping (`klokuur mappings`), or a file (.toml)
    #[arg(long, value_name = "NAME|FILE")]
    pub(crate) mapping: Option<String>,
    /// As of when [default: the time on the clock]
    #[arg(long, value_name = "INSTANT")]
    now: Option<String>,
    #[command(flatten)]
    pub(crate) rules: RuleArguments,
    #[command(flatten)]
    pub(crate) reader: Reader,
}

impl LogArguments {
    /// The mapping, and whether it was stated.
    pub(crate) fn mapping(&self) -> Result<ExportMapping> {
        self.mapping.as_deref().map_or_else(|| Ok(ExportMapping::default()), mapping::find)
    }

    /// As of when: in the zone of the rules where no offset is written.
    pub(crate) fn now(&self, rules: &RulebookHistory) -> Result<DateTime<Utc>> {
        let clock = Utc::now();
        match &self.now {
            None => Ok(clock),
            Some(text) => instant(text, rules.rules_on(clock.date_naive())?.clock.zone.name()),
        }
    }

    /// The file, the rules that it is judged by, and as of when.
    pub(crate) fn file(&self, progress: &mut Progress) -> Result<(CaseFile, RulebookHistory, DateTime<Utc>)> {
        let mapping = self.mapping()?;
        let rules = self.rules.rules(Some(&mapping))?;
        let now = self.now(&rules)?;
        progress.step("reading the file");
        let file = CaseFile::read(&self.source, &mapping, self.mapping.is_some(), self.reader.bound())?;
        Ok((file, rules, now))
    }

    /// The file, its cases as of when it is asked, and that instant.
    pub(crate) fn cases(&self, progress: &mut Progress) -> Result<(CaseFile, Loaded, DateTime<Utc>)> {
        let (file, rules, now) = self.file(progress)?;
        let loaded = file.load(&rules, now, progress)?;
        Ok((file, loaded, now))
    }
}
