//! `klokuur nps`: the NPS by month, with its interval.

use std::io::Write;

use klokuur::report::{NpsWindow, SectionName};
use klokuur::timeline::Language;

use crate::arguments::Nps;
use crate::commands::section;
use crate::failure::{Failure, Result};
use crate::progress::Progress;
use crate::sheet::{Format, Sheet, Value};

pub(super) fn run(given: &Nps, language: Language, out: &mut dyn Write) -> Result<()> {
    let format = given.output.form()?;
    let (picture, _) = given.seller.picture(&mut Progress::new())?;
    let Some(nps) = &picture.nps else {
        let problem =
            "no survey was answered: accepted is a folder with surveys.csv, or a log with survey_answered";
        return Err(Failure::of_file(&given.seller.log.source, problem));
    };
    if format == Format::Text && given.output.file().is_none() {
        return section::print(&picture, language, SectionName::Nps, out);
    }
    let columns = [
        "first",
        "last",
        "answers",
        "promoters",
        "passives",
        "detractors",
        "nps",
        "low",
        "high",
        "is_indication",
        "is_running",
    ];
    let mut sheet = Sheet::new("nps", &columns);
    sheet.rows.extend(nps.months.iter().map(row));
    given.output.write(&sheet, Some(&given.seller.log.source), out)
}

fn row(month: &NpsWindow) -> Vec<Value> {
    let nps = &month.nps;
    let points = |points: Option<f64>| points.map_or(Value::Nothing, |points| Value::Number(points, 1));
    vec![
        Value::Date(month.period.first()),
        Value::Date(month.period.last()),
        Value::count(nps.answers),
        Value::count(nps.promoters),
        Value::count(nps.passives),
        Value::count(nps.detractors),
        points(nps.score.map(|score| score.points())),
        points(nps.interval.as_ref().map(|interval| interval.low)),
        points(nps.interval.as_ref().map(|interval| interval.high)),
        Value::Truth(nps.below_guideline),
        Value::Truth(month.is_running),
    ]
}
