//! The case book.

use std::sync::MutexGuard;

use chrono::{DateTime, Utc};
use klokuur::case::{Applied, Case, CaseBook, CaseEvent, CaseRow, DomainEvent, SavedBook};
use klokuur::rulebook::RulesByWeek;
use klokuur::{KlokuurError, Language, Schedule};
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use serde::Serialize;
use serde_json::Value;

use super::log::{LogCore, raised};
use super::rulebook::RulebookCore;
use super::shared::Shared;
use super::{RefusedRows, no_json, not_before};
use crate::arguments::{Text, Whole};
use crate::error::{OrRaise, raise};
use crate::inside::detached;
use crate::plain::{plain, read};
use crate::schedule::{PySchedule, explained};
use crate::time::{Moment, in_utc};

/// The core of a `klokuur.CaseBook`: one writer or reader at a time.
#[pyclass(frozen, module = "klokuur._klokuur")]
pub(crate) struct CaseBookCore(Shared<CaseBook>);

impl CaseBookCore {
    fn book(&self) -> MutexGuard<'_, CaseBook> {
        self.0.get()
    }

    /// The book as it is now, for work that takes long.
    pub(super) fn copied(&self) -> CaseBook {
        self.book().clone()
    }

    /// The answer of the book to a question, asked without the GIL.
    fn ask<T: Send>(
        &self,
        py: Python<'_>,
        question: impl FnOnce(&mut CaseBook) -> klokuur::Result<T> + Send,
    ) -> PyResult<T> {
        detached(py, || question(&mut self.book())).or_raise()
    }

    fn rows<'py>(
        &self,
        py: Python<'py>,
        question: impl FnOnce(&mut CaseBook) -> klokuur::Result<Vec<CaseRow>> + Send,
    ) -> PyResult<Bound<'py, PyAny>> {
        let rows = self.ask(py, question)?;
        plain(py, &rows.iter().map(shown).collect::<Result<Vec<_>, _>>().or_else(no_json)?)
    }
}

/// A row with the sentences of its explanation.
fn shown(row: &CaseRow) -> serde_json::Result<Value> {
    let mut value = serde_json::to_value(row)?;
    if let (Some(why), Value::Object(fields)) = (&row.why, &mut value) {
        fields.insert("why".into(), explained(why)?);
    }
    Ok(value)
}

#[derive(Serialize)]
struct Shown<'a> {
    #[serde(flatten)]
    case: &'a Case,
    refused: Vec<Refused>,
}

#[derive(Serialize)]
struct Refused {
    code: &'static str,
    message: String,
}

fn told(errors: &[KlokuurError]) -> Vec<Refused> {
    errors.iter().map(|error| Refused { code: error.code(), message: error.to_string() }).collect()
}

fn applied(book: &mut CaseBook, event: &CaseEvent, now: Option<DateTime<Utc>>) -> klokuur::Result<Applied> {
    match now {
        Some(now) => book.apply_at(event, now),
        None => book.apply(event),
    }
}

/// What became of an event, what was told of it, and the error for which it was kept aside.
type AppliedParts<'py> = (&'static str, Bound<'py, PyAny>, Option<Bound<'py, PyAny>>);

impl CaseBookCore {
    /// The book that `read` makes of what was kept, by the hours of the rules where no others are given.
    fn kept(
        py: Python<'_>,
        rules: &RulebookCore,
        clock: Option<&PySchedule>,
        read: impl FnOnce(&dyn RulesByWeek, Schedule) -> klokuur::Result<CaseBook> + Send,
    ) -> PyResult<Self> {
        let (rules, clock) = (rules.by_week(), clock.map(|clock| clock.0.clone()));
        let book = detached(py, || {
            let clock = clock.map_or_else(|| rules.newest_rules()?.schedule(), Ok)?;
            read(rules, clock)
        });
        Ok(Self(Shared::of(book.or_raise()?)))
    }
}

impl CaseBookCore {
    /// Takes the rows up to an instant, without telling of them.
    fn loaded<'py, 'a>(
        &self,
        py: Python<'py>,
        rows: impl Iterator<Item = (usize, &'a CaseEvent)> + Send,
        until: Option<Moment<'py>>,
    ) -> RefusedRows<'py> {
        let until = until.map(|until| until.at());
        let refused = detached(py, || {
            let known = rows.filter(|(_, event)| until.is_none_or(|until| event.at <= until));
            self.book().load_rows(known)
        });
        raised(py, &refused)
    }
}

#[pymethods]
impl CaseBookCore {
    #[new]
    fn new(rules: &RulebookCore, clock: Option<&PySchedule>) -> PyResult<Self> {
        let book = match clock {
            Some(clock) => CaseBook::new(rules.by_week(), clock.0.clone()),
            None => CaseBook::of(rules.by_week()),
        };
        Ok(Self(Shared::of(book.or_raise()?)))
    }

    /// Takes one event: its outcome, what was told, and why it was kept aside.
    #[pyo3(signature = (event, now=None))]
    fn apply<'py>(
        &self,
        py: Python<'py>,
        event: &Bound<'py, PyAny>,
        now: Option<Moment<'py>>,
    ) -> PyResult<AppliedParts<'py>> {
        let event: CaseEvent = read(event, "case event")?;
        let now = now.map(|now| now.at());
        let (outcome, told, why) = match self.ask(py, |book| applied(book, &event, now))? {
            Applied::Taken(told) => ("taken", told, None),
            Applied::KnownAlready => ("known_already", Vec::new(), None),
            Applied::KeptAside(why) => ("kept_aside", Vec::new(), Some(why)),
        };
        let why = why.map(|why| raise(&why).into_value(py).into_bound(py).into_any());
        Ok((outcome, plain(py, &told)?, why))
    }

    /// Takes many events, in the order given: what they made of their cases, and the refused ones with their place.
    #[pyo3(signature = (events, now=None))]
    fn apply_all<'py>(
        &self,
        py: Python<'py>,
        events: &Bound<'py, PyAny>,
        now: Option<Moment<'py>>,
    ) -> PyResult<(Bound<'py, PyAny>, RefusedRows<'py>)> {
        let now = now.map(|now| now.at());
        let events: Vec<CaseEvent> = read(events, "case events")?;
        let (happened, refused) = detached(py, || {
            let mut book = self.book();
            let (mut happened, mut refused): (Vec<DomainEvent>, Vec<_>) = (Vec::new(), Vec::new());
            for (row, event) in events.iter().enumerate() {
                match applied(&mut book, event, now).and_then(Applied::taken) {
                    Ok(told) => happened.extend(told),
                    Err(error) => refused.push((row, error)),
                }
            }
            (happened, refused)
        });
        Ok((plain(py, &happened)?, raised(py, &refused)))
    }

    /// Takes events of the past, those after `until` not: the refused ones with their place, and their errors.
    #[pyo3(signature = (events, until=None))]
    fn load<'py>(
        &self,
        py: Python<'py>,
        events: &Bound<'py, PyAny>,
        until: Option<Moment<'py>>,
    ) -> PyResult<RefusedRows<'py>> {
        let events: Vec<CaseEvent> = read(events, "case events")?;
        Ok(self.loaded(py, events.iter().enumerate(), until))
    }

    /// Takes the events of a log that was read, those after `until` not: the rows that their cases refuse, with their errors.
    #[pyo3(signature = (log, until=None))]
    fn load_log<'py>(&self, py: Python<'py>, log: &LogCore, until: Option<Moment<'py>>) -> RefusedRows<'py> {
        self.loaded(py, log.events.iter().map(|(row, event)| (*row, event)), until)
    }

    fn advance<'py>(&self, py: Python<'py>, now: Moment<'py>) -> PyResult<Bound<'py, PyAny>> {
        let now = now.at();
        plain(py, &self.ask(py, |book| book.advance(now))?)
    }

    fn coming<'py>(&self, py: Python<'py>, until: Moment<'py>) -> PyResult<Bound<'py, PyAny>> {
        let until = until.at();
        plain(py, &self.ask(py, |book| book.coming(until))?)
    }

    fn sentence(
        &self,
        py: Python<'_>,
        event: &Bound<'_, PyAny>,
        language: &Bound<'_, PyAny>,
    ) -> PyResult<String> {
        let event: DomainEvent = read(event, "domain event")?;
        let language: Language = read(language, "language")?;
        self.ask(py, |book| Ok(event.to_sentence(language, &book.schedule().zone())))
    }

    fn next_wake_up<'py>(&self, py: Python<'py>, now: Moment<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let at = now.at();
        let wake = self.ask(py, |book| book.next_wake_up(at))?;
        wake.map(|wake| not_before(&now, wake)).transpose()
    }

    fn overview<'py>(
        &self,
        py: Python<'py>,
        now: Moment<'py>,
        skip: Whole<usize>,
        count: Option<Whole<usize>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let now = now.at();
        self.rows(py, |book| book.overview_page(now, skip.0, count.map_or(usize::MAX, |count| count.0)))
    }

    fn with_marketplace<'py>(&self, py: Python<'py>, now: Moment<'py>) -> PyResult<Bound<'py, PyAny>> {
        let now = now.at();
        self.rows(py, |book| book.with_marketplace(now))
    }

    fn completed<'py>(
        &self,
        py: Python<'py>,
        now: Moment<'py>,
        skip: Whole<usize>,
        count: Option<Whole<usize>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let now = now.at();
        self.rows(py, |book| book.completed(now, skip.0, count.map_or(usize::MAX, |count| count.0)))
    }

    fn find<'py>(&self, py: Python<'py>, text: Text<'_>, now: Moment<'py>) -> PyResult<Bound<'py, PyAny>> {
        let now = now.at();
        self.rows(py, |book| book.find(text.0, now))
    }

    fn case<'py>(&self, py: Python<'py>, number: Text<'_>, now: Moment<'py>) -> PyResult<Bound<'py, PyAny>> {
        let now = now.at();
        let Some(case) = self.ask(py, |book| book.case(number.0, now))? else {
            return Ok(py.None().into_bound(py));
        };
        let row = shown(&case.row).or_else(no_json)?;
        let mut value =
            serde_json::to_value(Shown { refused: told(&case.refused), case: &case }).or_else(no_json)?;
        if let Value::Object(fields) = &mut value {
            fields.insert("row".into(), row);
        }
        plain(py, &value)
    }

    fn outcomes<'py>(&self, py: Python<'py>, now: Moment<'py>) -> PyResult<Bound<'py, PyAny>> {
        let now = now.at();
        plain(py, &self.ask(py, |book| book.outcomes(now))?)
    }

    fn response_weeks<'py>(&self, py: Python<'py>, now: Moment<'py>) -> PyResult<Bound<'py, PyAny>> {
        let now = now.at();
        plain(py, &self.ask(py, |book| book.response_weeks(now))?.numbers())
    }

    fn week<'py>(&self, py: Python<'py>, text: Text<'_>, now: Moment<'py>) -> PyResult<Bound<'py, PyAny>> {
        let (week, now) = (super::week::week(text.0)?, now.at());
        plain(py, &self.ask(py, |book| book.week(week, now))?)
    }

    fn refused<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        plain(py, &told(&self.ask(py, |book| Ok(book.refused()))?))
    }

    fn events<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        plain(py, &self.ask(py, |book| Ok(book.events()))?)
    }

    fn advanced_to<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.ask(py, |book| Ok(book.advanced_to()))?.map(|at| in_utc(py, at)).transpose()
    }

    /// The whole save, as the JSON text that every language reads.
    fn saved_json(&self, py: Python<'_>) -> PyResult<String> {
        Ok(self.ask(py, |book| Ok(book.saved()))?.to_json())
    }

    fn position(&self, py: Python<'_>) -> PyResult<u64> {
        self.ask(py, |book| Ok(book.position()))
    }

    /// What came since, as one line of JSON; what the next one goes on from; whether it is a whole save.
    fn saved_since(&self, py: Python<'_>, position: Whole<u64>) -> PyResult<(String, u64, bool)> {
        let saved = self.ask(py, |book| Ok(book.saved_since(position.0)))?;
        Ok((saved.to_json(), saved.position.unwrap_or_default(), saved.since.is_none()))
    }

    fn erase_case(&self, py: Python<'_>, number: Text<'_>) -> PyResult<bool> {
        self.ask(py, |book| book.erase_case(number.0))
    }

    fn erase_customer(&self, py: Python<'_>, name: Text<'_>) -> PyResult<Vec<String>> {
        self.ask(py, |book| book.erase_customer(name.0))
    }

    /// The book of such a text; `anew`: whatever it was judged by before.
    #[staticmethod]
    fn of_saved(
        py: Python<'_>,
        rules: &RulebookCore,
        clock: Option<&PySchedule>,
        saved: Text<'_>,
        anew: bool,
    ) -> PyResult<Self> {
        Self::kept(py, rules, clock, |rules, clock| {
            let saved = SavedBook::from_json(saved.0)?;
            match anew {
                true => CaseBook::restore_anew(rules, clock, &saved),
                false => CaseBook::restore(rules, clock, &saved),
            }
        })
    }

    /// The whole book as bytes, with where each case stands.
    fn snapshot<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        Ok(PyBytes::new(py, &self.ask(py, |book| Ok(book.snapshot()))?))
    }

    /// The book of such bytes; `anew`: whatever it was judged by before.
    #[staticmethod]
    fn of_snapshot(
        py: Python<'_>,
        rules: &RulebookCore,
        clock: Option<&PySchedule>,
        snapshot: &Bound<'_, PyBytes>,
        anew: bool,
    ) -> PyResult<Self> {
        let snapshot = snapshot.as_bytes();
        Self::kept(py, rules, clock, |rules, clock| match anew {
            true => CaseBook::restore_snapshot_anew(rules, clock, snapshot),
            false => CaseBook::restore_snapshot(rules, clock, snapshot),
        })
    }

    /// Takes what came since the book was saved at its position.
    fn catch_up(&self, py: Python<'_>, journal: Text<'_>) -> PyResult<()> {
        self.ask(py, |book| book.catch_up(&SavedBook::from_json(journal.0)?))
    }

    /// Takes the cases out that are over, as a book of their own.
    fn archive(&self, py: Python<'_>, closed_before: Moment<'_>) -> PyResult<Self> {
        let before = closed_before.at();
        Ok(Self(Shared::of(self.ask(py, |book| book.archive(before))?)))
    }

    /// Brings a case back from an archive: one book is locked at a time, whichever they are.
    fn recall(&self, py: Python<'_>, number: Text<'_>, archive: PyRef<'_, Self>) -> PyResult<()> {
        let kept = archive.ask(py, |archive| Ok(archive.events_of(number.0)))?;
        self.ask(py, |book| book.recall_events(number.0, &kept))
    }

    fn is_archived(&self, py: Python<'_>, number: Text<'_>) -> PyResult<bool> {
        self.ask(py, |book| Ok(book.is_archived(number.0)))
    }

    fn archived_len(&self, py: Python<'_>) -> PyResult<usize> {
        self.ask(py, |book| Ok(book.archived_len()))
    }

    fn fingerprints<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        plain(py, &self.ask(py, |book| Ok(book.fingerprints().clone()))?)
    }

    fn schedule(&self, py: Python<'_>) -> PyResult<PySchedule> {
        self.ask(py, |book| Ok(PySchedule(book.schedule().clone())))
    }

    fn __len__(&self, py: Python<'_>) -> PyResult<usize> {
        self.ask(py, |book| Ok(book.len()))
    }
}
