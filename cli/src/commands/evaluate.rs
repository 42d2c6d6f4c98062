//! `klokuur evaluate`: how every case of a log came out.

use std::io::Write;

use klokuur::Zone;
use klokuur::case::{CaseOutcome, Cell};

use crate::arguments::Evaluate;
use crate::commands::tell;
use crate::failure::Result;
use crate::progress::Progress;
use crate::sheet::{Sheet, Value};

pub(super) fn run(given: &Evaluate, out: &mut dyn Write, errors: &mut dyn Write) -> Result<()> {
    given.output.form()?;
    let mut progress = Progress::new();
    let (file, loaded, now) = given.log.cases(&mut progress)?;
    let zone = loaded.book.schedule().zone();
    let columns: Vec<&'static str> = CaseOutcome::COLUMNS.iter().map(|column| column.name).collect();
    let mut sheet = Sheet::new("cases", &columns);
    for outcome in loaded.book.outcomes(now)? {
        sheet.rows.push((0..columns.len()).map(|column| value(outcome.cell(column), zone)).collect());
    }
    progress.step("writing");
    given.output.write(&sheet, Some(&given.log.source), out)?;
    tell(&file, &loaded, errors)
}

/// A cell of an outcome, its times in the zone of the clock.
pub(super) fn value(cell: Cell<'_>, zone: Zone) -> Value {
    match cell {
        Cell::Missing => Value::Nothing,
        Cell::Text(text) => Value::Text(text.into_owned()),
        Cell::Instant(at) => Value::Instant(at.with_timezone(&zone)),
        Cell::Amount(amount) => Value::Amount(amount),
        Cell::Truth(truth) => Value::Truth(truth),
        Cell::Count(count) => Value::Whole(count.into()),
    }
}
