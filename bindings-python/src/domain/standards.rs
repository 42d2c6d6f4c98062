//! Performance standards and their ladders.

use klokuur::Language;
use klokuur::standards::{
    LadderResult, StandardFigure, StandardItem, StandardItems, StandardResult, judge_standards,
};
use pyo3::prelude::*;
use serde::Serialize;

use super::rulebook::RulebookCore;
use crate::error::OrRaise;
use crate::plain::{plain, read};
use crate::time::Day;

/// A result with its sentences.
#[derive(Serialize)]
struct Said<'a, T> {
    #[serde(flatten)]
    result: &'a T,
    english: String,
    dutch: String,
}

#[derive(Serialize)]
struct Report<'a> {
    on: chrono::NaiveDate,
    standards: Vec<Said<'a, StandardResult>>,
    ladders: Vec<Said<'a, LadderResult>>,
    fingerprints: &'a klokuur::Fingerprints,
}

fn said<T>(result: &T, sentence: impl Fn(&T, Language) -> String) -> Said<'_, T> {
    let (english, dutch) = (sentence(result, Language::English), sentence(result, Language::Dutch));
    Said { result, english, dutch }
}

/// Every standard of a rulebook and its ladders, as they stand at the start of a date.
#[pyfunction]
pub(crate) fn standards_judge<'py>(
    py: Python<'py>,
    rules: &RulebookCore,
    items: &Bound<'py, PyAny>,
    figures: &Bound<'py, PyAny>,
    on: Day,
) -> PyResult<Bound<'py, PyAny>> {
    let items: Vec<StandardItem> = read(items, "items of standards")?;
    let figures: Vec<StandardFigure> = read(figures, "figures of standards")?;
    let report = judge_standards(rules.by_week(), &StandardItems::new(items).or_raise()?, &figures, on.0)
        .or_raise()?;
    let report = Report {
        on: report.on,
        standards: report.standards.iter().map(|it| said(it, StandardResult::to_sentence)).collect(),
        ladders: report.ladders.iter().map(|it| said(it, LadderResult::to_sentence)).collect(),
        fingerprints: &report.fingerprints,
    };
    plain(py, &report)
}
