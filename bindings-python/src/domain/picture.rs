//! The picture of a seller.

use klokuur::Language;
use klokuur::case::CaseEvent;
use klokuur::report::{Picture, ReadRows, SellerData, SkippedRow};
use klokuur_cli::{LinkTemplate, PageOptions};
use pyo3::prelude::*;

use super::case_book::CaseBookCore;
use super::log::LogCore;
use super::rulebook::RulebookCore;
use crate::arguments::Text;
use crate::error::OrRaise;
use crate::files::raised;
use crate::inside::detached;
use crate::plain::{json, plain, read};
use crate::time::Moment;

const DATA: &str = "data of a seller";

/// The core of a `klokuur.SellerPicture`.
#[pyclass(frozen, module = "klokuur._klokuur")]
pub(crate) struct PictureCore(Picture);

impl PictureCore {
    pub(super) fn new(picture: Picture) -> Self {
        Self(picture)
    }

    fn of(
        py: Python<'_>,
        data: SellerData,
        beside: &Bound<'_, PyAny>,
        rules: &RulebookCore,
        now: &Moment<'_>,
    ) -> PyResult<Self> {
        let (beside, rules, now) = (json(beside, DATA)?.to_string(), rules.by_week(), now.at());
        let picture = detached(py, || Picture::of(&data.with_json(&beside)?, rules, now));
        picture.map(Self).or_raise()
    }
}

#[pymethods]
impl PictureCore {
    /// Of records; beside them stands what else a seller has.
    #[staticmethod]
    fn of_events(
        py: Python<'_>,
        events: &Bound<'_, PyAny>,
        beside: &Bound<'_, PyAny>,
        rules: PyRef<'_, RulebookCore>,
        now: Moment<'_>,
    ) -> PyResult<Self> {
        let events: Vec<CaseEvent> = read(events, "case events")?;
        Self::of(py, SellerData::of_events(events), beside, &rules, &now)
    }

    /// Of a log that was read, with its refused rows.
    #[staticmethod]
    fn of_log(
        py: Python<'_>,
        log: &LogCore,
        beside: &Bound<'_, PyAny>,
        rules: PyRef<'_, RulebookCore>,
        now: Moment<'_>,
    ) -> PyResult<Self> {
        let read = ReadRows::default();
        let refused = log.refused_rows().iter().map(|(line, problem)| SkippedRow {
            file: read.cases_file.clone(),
            line: *line,
            why: problem.to_string(),
        });
        let (rows, updates, told) = log.summed_up();
        let read = ReadRows { rows: Some(rows), updates, told, skipped: refused.collect(), ..read.clone() };
        let data = SellerData::of_rows(log.events.iter().cloned()).with_read_rows(read);
        Self::of(py, data, beside, &rules, &now)
    }

    /// Of a book, by its hours.
    #[staticmethod]
    fn of_book(
        py: Python<'_>,
        book: &CaseBookCore,
        beside: &Bound<'_, PyAny>,
        rules: PyRef<'_, RulebookCore>,
        now: Moment<'_>,
    ) -> PyResult<Self> {
        Self::of(py, SellerData::of_book(book.copied()), beside, &rules, &now)
    }

    fn plain<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        plain(py, &self.0)
    }

    fn page<'py>(&self, py: Python<'py>, language: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let language: Language = read(language, "language")?;
        plain(py, &self.0.page(language))
    }

    fn text(&self, language: &Bound<'_, PyAny>, most: Option<usize>) -> PyResult<String> {
        let language: Language = read(language, "language")?;
        Ok(self.0.page(language).to_text(most))
    }

    /// The page, in the language of the rules' country where none is asked for, under another title and with links to the cases where they are given.
    fn html(
        &self,
        py: Python<'_>,
        language: Option<&Bound<'_, PyAny>>,
        title: Option<Text<'_>>,
        link: Option<Text<'_>>,
    ) -> PyResult<String> {
        let link = link.map(|link| link.0.parse::<LinkTemplate>()).transpose();
        let link = link.map_err(|failure| raised(&failure))?;
        let language = match language {
            None => self.0.language(),
            Some(language) => read(language, "language")?,
        };
        detached(py, || {
            let mut words = self.0.page(language);
            if let Some(title) = title {
                title.0.clone_into(&mut words.title);
            }
            klokuur_cli::html_with(&self.0, &words, &PageOptions { link })
        })
        .map_err(|failure| raised(&failure))
    }

    /// How many rows were read, those that were skipped (file, line and why), how many come later, and the zone of the rules.
    fn read(&self) -> (usize, Vec<(&str, usize, &str)>, usize, &'static str) {
        let ReadRows { rows, skipped, later, .. } = &self.0.read;
        let skipped = skipped.iter().map(|row| (row.file.as_str(), row.line, row.why.as_str()));
        (rows.unwrap_or_default(), skipped.collect(), *later, self.0.judged_by.zone.name())
    }
}
