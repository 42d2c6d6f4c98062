//! What a seller has: cases, surveys, calls, orders and what the marketplace reports, from a folder or from files.

mod rows;

use std::path::{Path, PathBuf};

use klokuur::exchange::PerformanceStatus;
use klokuur::log::OrderMapping;
use klokuur::report::SellerData;

use crate::case_log::{CaseFile, name_of};
use crate::failure::{Failure, Result};
use crate::mapping::{ExportMapping, Reads};
use crate::orders::check_columns;
use crate::progress::Progress;
use crate::read::{self, Bound, Found, Wanted};

pub use rows::{BESIDE, SellerRows};

/// The endings under which a file of a folder is looked for.
const ENDINGS: [&str; 10] =
    ["csv", "csv.gz", "tsv", "tsv.gz", "xlsx", "json", "json.gz", "jsonl", "jsonl.gz", "ndjson"];

/// Where a seller's data are, and how they are read.
#[derive(Debug, Clone)]
pub struct Sources<'a> {
    /// A folder with `cases.csv` and, where they are, `surveys.csv`, `calls.csv`, `orders.csv` and
    /// `performance-status.json`; or one case log. Any format that can be read does, as `cases.xlsx`.
    pub source: &'a Path,
    /// How the case log is read.
    pub mapping: &'a ExportMapping,
    /// Whether that mapping was asked for.
    pub is_stated: bool,
    /// An export of orders beside it, and how it is read.
    pub orders: Option<(&'a Path, &'a ExportMapping)>,
    /// How much is read of a file.
    pub bound: Bound,
}

impl Sources<'_> {
    /// Reads everything. A row that cannot be read is told by its line, never left out in silence.
    ///
    /// # Errors
    /// - no case log, or one of which nothing can be read
    /// - a file that is there and cannot be read, or lacks a needed column
    pub fn read(&self, progress: &mut Progress) -> Result<SellerData> {
        let is_folder = self.source.is_dir();
        let path = match is_folder {
            true => file_named(self.source, "cases").ok_or_else(|| {
                Failure::of_file(&self.source.join("cases.csv"), "it is not there: a case log is needed")
            })?,
            false => self.source.to_owned(),
        };
        let name = name_of(&path);
        progress.step(&format!("reading {name}"));
        let file = CaseFile::read(&path, self.mapping, self.is_stated, self.bound)?;
        let mut rows = SellerRows::of_cases(&name, &file.found.cells, &file.mapping)
            .map_err(|problem| Failure::refused(&path, problem))?;
        rows.notice(&name, &file.found.told, &file.found.broken);
        drop(file);
        if is_folder {
            self.beside(&mut rows, progress)?;
        }
        if let Some((path, mapping)) = self.orders {
            let Reads::Orders(reads) = &mapping.reads else {
                let problem =
                    "the mapping of its orders reads cases: accepted is one with reads = \"orders\"";
                return Err(Failure::Argument(problem.to_owned()));
            };
            self.table(path, "orders", mapping, &mut rows, |rows, name, found| {
                rows.orders(name, &found.cells, reads)
            })?;
        }
        let whole = self.source.canonicalize().unwrap_or_else(|_| self.source.to_owned());
        Ok(rows.done().with_name(&name_of(&whole)))
    }

    /// The files beside the case log, where they are.
    fn beside(&self, rows: &mut SellerRows, progress: &mut Progress) -> Result<()> {
        for table in BESIDE {
            let Some(path) = file_named(self.source, table) else { continue };
            progress.step(&format!("reading the {table}"));
            // Of one system, and so of one zone and one encoding.
            let (zone, encoding) = match &self.mapping.reads {
                Reads::Cases(cases) => (cases.zone.clone(), cases.encoding),
                Reads::Orders(_) => (None, None),
            };
            let orders = OrderMapping { zone, encoding, ..OrderMapping::default() };
            let own = ExportMapping { reads: Reads::Orders(orders.clone()), ..ExportMapping::default() };
            self.table(&path, table, &own, rows, |rows, name, found| match table {
                "surveys" => rows.surveys(name, &found.cells),
                "calls" => rows.calls(name, &found.cells),
                _ => rows.orders(name, &found.cells, &orders),
            })?;
        }
        let status = self.source.join("performance-status.json");
        if status.exists() {
            let text = read::text(&status, self.bound)?;
            let status =
                PerformanceStatus::from_json(&text).map_err(|problem| Failure::refused(&status, problem))?;
            rows.set(|data| data.with_standing(status.standing()));
        }
        Ok(())
    }

    /// A table from a file; one without a byte is there and empty.
    fn table(
        &self,
        path: &Path,
        table: &str,
        mapping: &ExportMapping,
        rows: &mut SellerRows,
        take: impl FnOnce(&mut SellerRows, &str, &Found) -> klokuur::Result<()>,
    ) -> Result<()> {
        if std::fs::metadata(path).is_ok_and(|there| there.len() == 0) {
            rows.nothing_in(table);
            return Ok(());
        }
        let needed = match table {
            "surveys" => rows::SURVEYS.to_vec(),
            "calls" => rows::CALLS.to_vec(),
            _ => mapping.needed(),
        };
        let wanted = match table {
            "orders" => mapping.wanted(&needed, self.bound),
            // Written as the case log is: in its zone and its encoding.
            _ => Wanted {
                needed: &needed,
                zone: self.mapping.zone(),
                encoding: self.mapping.encoding(),
                bound: self.bound,
                ..Wanted::default()
            },
        };
        let found = read::read(path, &wanted)?;
        if table == "orders" {
            check_columns(&found, &needed).map_err(|problem| Failure::refused(path, problem))?;
        }
        let name = name_of(path);
        rows.notice(&name, &found.told, &found.broken);
        take(rows, &name, &found).map_err(|problem| Failure::refused(path, problem))
    }
}

/// A file of a folder by its name, whatever its format.
fn file_named(folder: &Path, name: &str) -> Option<PathBuf> {
    ENDINGS.iter().map(|ending| folder.join(format!("{name}.{ending}"))).find(|path| path.exists())
}
