//! The calendars of a document, and what a schedule is pickled as.

use chrono::NaiveDate;
use klokuur::{HolidayCalendar, Schedule};
use pyo3::prelude::*;

use crate::calendar::PyHolidayCalendar;
use crate::plain::plain;

/// What makes a schedule again: the maker, and its arguments.
pub(super) type Pickled<'py> = (Bound<'py, PyAny>, (Bound<'py, PyAny>, Vec<PyHolidayCalendar>));

/// The document of a schedule, and each calendar of its history once.
pub(super) fn pickled<'py>(
    py: Python<'py>,
    schedule: &Schedule,
) -> PyResult<(Bound<'py, PyAny>, Vec<PyHolidayCalendar>)> {
    let document = schedule.document();
    let dates = std::iter::once(NaiveDate::MIN).chain(document.later.iter().map(|later| later.from));
    let mut calendars: Vec<HolidayCalendar> = Vec::new();
    for calendar in dates.filter_map(|date| schedule.calendar_on(date)) {
        if !calendars.contains(calendar) {
            calendars.push(calendar.clone());
        }
    }
    Ok((plain(py, &document)?, calendars.into_iter().map(PyHolidayCalendar).collect()))
}

/// The calendars that a document may refer to.
pub(super) fn calendars_in(given: Option<&Bound<'_, PyAny>>) -> PyResult<Vec<HolidayCalendar>> {
    let mut calendars = Vec::new();
    if let Some(given) = given {
        for calendar in given.try_iter()? {
            calendars.push(calendar?.cast::<PyHolidayCalendar>()?.get().0.clone());
        }
    }
    Ok(calendars)
}
