//! Where the answer goes, and in which form.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::failure::{Failure, Result};
use crate::sheet::{Format, Sheet, Value};

/// Where a table goes.
#[derive(Debug, Args, Default)]
pub(crate) struct OutputArguments {
    /// The form [default: as the file's ending says, else text]
    #[arg(long, value_enum, value_name = "FORM")]
    pub(crate) format: Option<Format>,
    /// Write to this file: .csv, .json, .xlsx, .txt; - is the standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

impl OutputArguments {
    /// The file, where it is not the standard output.
    pub(crate) fn file(&self) -> Option<&Path> {
        self.output.as_deref().filter(|path| *path != Path::new("-"))
    }

    /// The form that is stated, or that the file's ending says.
    pub(crate) fn form(&self) -> Result<Format> {
        let Some(path) = self.file() else { return Ok(self.format.unwrap_or(Format::Text)) };
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_lowercase();
        match (self.format, ending.as_str()) {
            (Some(format), _) => Ok(format),
            (None, "csv") => Ok(Format::Csv),
            (None, "json") => Ok(Format::Json),
            (None, "xlsx") => Ok(Format::Xlsx),
            (None, "txt") => Ok(Format::Text),
            (None, other) => Err(Failure::Argument(format!(
                "--output with the ending `{other}`: accepted is .csv, .json, .xlsx, .txt, or a --format beside it"
            ))),
        }
    }

    /// Writes a table to its file, or to the standard output. `source` is what it was made of.
    pub(crate) fn write(&self, sheet: &Sheet, source: Option<&Path>, out: &mut dyn Write) -> Result<()> {
        self.write_rows(sheet, &mut std::iter::empty(), source, out)
    }

    /// The same with more rows, one by one.
    pub(crate) fn write_rows(
        &self,
        sheet: &Sheet,
        rows: &mut dyn Iterator<Item = Vec<Value>>,
        source: Option<&Path>,
        out: &mut dyn Write,
    ) -> Result<()> {
        let format = self.form()?;
        match self.file() {
            None => sheet.write_with(rows, format, out),
            Some(path) => {
                let mut bytes = Vec::new();
                sheet.write_with(rows, format, &mut bytes)?;
                save(path, source, &bytes)
            }
        }
    }
}

/// Writes a file as a whole: beside its place first, then renamed, so that nobody sees half of it. Never over what
/// was read.
pub(crate) fn save(path: &Path, source: Option<&Path>, bytes: &[u8]) -> Result<()> {
    let is_same = |source: &Path| match (source.canonicalize(), path.canonicalize()) {
        (Ok(source), Ok(path)) => source == path,
        _ => false,
    };
    let is_inside = |source: &Path| match (source.canonicalize(), path.canonicalize()) {
        (Ok(source), Ok(path)) => {
            source.is_dir() && path.parent() == Some(source.as_path()) && is_input(&path)
        }
        _ => false,
    };
    if source.is_some_and(|source| is_same(source) || is_inside(source)) {
        let shown = path.display();
        return Err(Failure::Argument(format!(
            "--output {shown} is what was read: accepted is another file"
        )));
    }
    let fault = |problem: std::io::Error| Failure::of_file(path, format!("it cannot be written: {problem}"));
    let name = path.file_name().ok_or_else(|| Failure::of_file(path, "it is no name of a file"))?;
    // What is no plain file, as /dev/null, is written to as it is.
    if path.metadata().is_ok_and(|there| !there.is_file()) {
        return std::fs::write(path, bytes).map_err(fault);
    }
    let mut beside = name.to_owned();
    beside.push(format!(".{}.part", std::process::id()));
    let beside = path.with_file_name(beside);
    let written = std::fs::write(&beside, bytes).and_then(|()| std::fs::rename(&beside, path));
    written.map_err(|problem| {
        let _ = std::fs::remove_file(&beside);
        fault(problem)
    })
}

/// Whether a file of a seller's folder is one that is read.
fn is_input(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default();
    ["cases", "surveys", "calls", "orders", "performance-status"].contains(&stem)
}
