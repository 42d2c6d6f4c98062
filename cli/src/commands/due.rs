//! `klokuur due`: when an answer is due, and why then.

use std::io::Write;

use klokuur::BusinessDuration;
use klokuur::rulebook::Basis;
use klokuur::sla::Amount;
use klokuur::timeline::Language;

use crate::arguments::Due;
use crate::failure::{Failure, Result};
use crate::say;
use crate::sheet::{Format, Sheet, Value};

pub(super) fn run(given: &Due, language: Language, out: &mut dyn Write) -> Result<()> {
    let mut sheet = Sheet::new("due", &["asked", "within", "due", "explanation"]);
    for text in &given.asked {
        let (asked, rules) = given.clock.at(text)?;
        let mut schedule = rules.schedule()?;
        let zone = schedule.zone();
        let within: BusinessDuration = match &given.within {
            Some(text) => text
                .parse()
                .map_err(|problem: klokuur::KlokuurError| Failure::Argument(problem.to_string()))?,
            None => BusinessDuration::hours(rules.case.first_response_hours),
        };
        // Rules that count every hour do so here too (RULES G3).
        if given.clock.hours.is_none() && given.within.is_none() && rules.case.basis == Basis::Elapsed {
            schedule = klokuur::Schedule::parse("24/7", zone)?;
        }
        let asked = asked.with_timezone(&zone);
        let due = schedule.add(asked, within)?;
        let why = schedule.explain(asked, due)?.to_sentence(language);
        sheet.rows.push(vec![
            Value::Instant(asked),
            Value::Amount(Amount::Business(within)),
            Value::Instant(due),
            Value::Text(why),
        ]);
    }
    if given.output.form()? == Format::Text && given.output.file().is_none() {
        for row in &sheet.rows {
            if let Some(Value::Text(why)) = row.last() {
                say::line(out, why)?;
            }
        }
        return Ok(());
    }
    given.output.write(&sheet, None, out)
}
