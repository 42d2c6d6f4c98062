//! `klokuur between`: how much time counts between two instants.

use std::io::Write;

use klokuur::sla::Amount;
use klokuur::timeline::Language;

use crate::arguments::Between;
use crate::failure::Result;
use crate::say;
use crate::sheet::{Format, Sheet, Value};

pub(super) fn run(given: &Between, language: Language, out: &mut dyn Write) -> Result<()> {
    let (from, rules) = given.clock.at(&given.from)?;
    let (to, _) = given.clock.at(&given.to)?;
    let schedule = rules.schedule()?;
    let zone = schedule.zone();
    let (from, to) = (from.with_timezone(&zone), to.with_timezone(&zone));
    let counted = schedule.between(from, to)?;
    // Backwards it is the exact mirror, and its story is told forwards.
    let why = schedule.explain(from.min(to), from.max(to))?.to_span_sentence(language);
    if given.output.form()? == Format::Text && given.output.file().is_none() {
        let sign = if counted.is_negative() { "−" } else { "" };
        return say::line(out, format!("{sign}{why}"));
    }
    let mut sheet = Sheet::new("between", &["from", "to", "counted", "hours", "explanation"]);
    sheet.rows.push(vec![
        Value::Instant(from),
        Value::Instant(to),
        Value::Amount(Amount::Business(counted)),
        Value::Number(counted.as_hours_f64(), 2),
        Value::Text(why),
    ]);
    given.output.write(&sheet, None, out)
}
