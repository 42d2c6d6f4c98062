//! `klokuur evaluate`: how every case of a log came out.

use std::io::Write;

use klokuur::Zone;
use klokuur::case::{CaseOutcome, Cell};
use klokuur::rulebook::RulesByWeek;

use crate::arguments::Evaluate;
use crate::case_log::Evaluated;
use crate::commands::tell;
use crate::failure::Result;
use crate::progress::Progress;
use crate::sheet::{Sheet, Value};

pub(super) fn run(given: &Evaluate, out: &mut dyn Write, errors: &mut dyn Write) -> Result<()> {
    given.output.form()?;
    let mut progress = Progress::new();
    let (mut file, rules, now) = given.log.file(&mut progress)?;
    progress.step("evaluating the cases");
    let Evaluated { outcomes, skipped, later } = file.evaluate(&rules, now)?;
    file.found.cells.clear();
    let zone = rules.newest_rules()?.clock.zone;
    let columns: Vec<&'static str> = CaseOutcome::COLUMNS.iter().map(|column| column.name).collect();
    let cells = |outcome: CaseOutcome| {
        (0..columns.len()).map(|column| value(outcome.cell(column), zone)).collect::<Vec<Value>>()
    };
    progress.step("writing");
    let sheet = Sheet::new("cases", &columns);
    let source = Some(given.log.source.as_path());
    given.output.write_rows(&sheet, &mut outcomes.into_iter().map(cells), source, out)?;
    drop(progress);
    tell(&file, &skipped, later, errors)
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
