//! `klokuur strikes`: the strikes, what they come from and when they expire.

use std::io::Write;

use klokuur::report::SectionName;
use klokuur::timeline::Language;

use crate::arguments::Strikes;
use crate::commands::section;
use crate::failure::{Failure, Result};
use crate::progress::Progress;
use crate::sheet::{Format, Sheet, Value};

pub(super) fn run(given: &Strikes, language: Language, out: &mut dyn Write) -> Result<()> {
    let format = given.output.form()?;
    let (picture, _) = given.seller.picture(&mut Progress::new())?;
    let Some(strikes) = &picture.strikes else {
        let rules = &picture.judged_by.rulebook;
        return Err(Failure::Argument(format!(
            "the rules {rules} have no strikes: accepted is a rulebook that has"
        )));
    };
    if format == Format::Text && given.output.file().is_none() {
        return section::print(&picture, language, SectionName::Strikes, out);
    }
    let words = picture.words(language);
    let mut sheet =
        Sheet::new("strikes", &["week", "given_on", "expires_on", "expiry_week", "appeal_until", "causes"]);
    for strike in &strikes.report.strikes {
        let causes: Vec<String> =
            strike.causes.iter().map(|cause| format!("{} {}", words.norm(&cause.norm), cause.week)).collect();
        sheet.rows.push(vec![
            Value::Text(strike.week.to_string()),
            Value::Date(strike.given_on),
            Value::Date(strike.expires_on),
            Value::Text(strike.expiry_week.to_string()),
            Value::Date(strike.appeal_until),
            Value::Text(causes.join("; ")),
        ]);
    }
    given.output.write(&sheet, Some(&given.seller.log.source), out)
}
