//! Schedules and their questions. Python's class is one block of methods, so what each lifts and lowers stands beside it.
//!
//! - `amounts`: amounts of open time, as arguments
//! - `answers`: intervals, explanations and days as Python's objects
//! - `columns`: the part of the package that knows the libraries of columns
//! - `conventions`: the conventions by the names of their choices
//! - `documents`: the calendars of a document, and what a schedule is pickled as

mod amounts;
mod answers;
mod columns;
mod conventions;
mod documents;

use klokuur::Schedule;
use klokuur::schedule::{Hours, ScheduleDocument};
use pyo3::prelude::*;
use pyo3::types::PyList;

use crate::arguments::{Text, text, whole};
use crate::calendar::{PyHolidayCalendar, lifted};
use crate::error::OrRaise;
use crate::hash::hash_of;
use crate::notebook::shown;
use crate::plain::plain;
use crate::time::{Day, Moment, ZoneName, budget, pandas_timedelta, timedelta};
use amounts::{any_amount, one_amount, shown_by};
pub(crate) use answers::explained;
use answers::{explanation, open_intervals, schedule_day};
use columns::columns;
use conventions::{of_names, unusual};
use documents::{Pickled, calendars_in, pickled};

/// Open hours in a zone: weekly hours, exceptions, holidays, conventions and history. Immutable.
///
/// `hours` is a text in a part of the syntax of OpenStreetMap opening hours: `"Mo-Fr 09:00-17:00; Dec 24 09:00-13:00"`.
/// `holidays` is a HolidayCalendar, the code of a built-in one, codes to join, or dates as `HolidayCalendar.from_dates` takes them
/// (an object of the package `holidays` among them). The other keywords are the conventions, each with its
/// default first:
///
/// - `budget_end`: `"at_close"` or `"at_next_open"`, when a budget ends exactly at closing
/// - `zero_budget`: `"start"` or `"next_open"`, where a budget of zero ends
/// - `gap`: `"edge"` or `"shift_forward"`, an opening or closing that the wall clock skips in spring
/// - `fold`: `"earlier"` or `"later"`, one that it shows twice in autumn
/// - `holiday_shift`: `"cut_out"` or `"whole_shift"`, what a holiday takes from a shift across midnight
/// - `backwards`: `"mirror"` or `"zero"`, `between` with the later instant first
///
/// Every instant is a datetime with a zone, a pandas Timestamp too, from 1900 to 2100; answers have the zone that came in.
///
/// >>> from datetime import datetime
/// >>> from zoneinfo import ZoneInfo
/// >>> import klokuur
/// >>> clock = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 00:00-24:00", holidays=klokuur.HolidayCalendar("NL"))
/// >>> asked = datetime(2026, 3, 13, 15, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))   # a Friday
/// >>> print(clock.add(asked, hours=24))
/// 2026-03-16 15:00:00+01:00
///
/// Raises ScheduleSyntaxError with the position of a mistake, NeverOpenError, UnknownNameError for a zone or country.
#[pyclass(frozen, eq, module = "klokuur", name = "Schedule")]
#[derive(Clone, PartialEq)]
pub(crate) struct PySchedule(pub(crate) Schedule);

#[pymethods]
impl PySchedule {
    #[new]
    #[pyo3(signature = (
        zone: "str | datetime.tzinfo",
        hours: "str",
        *,
        holidays: "HolidayCalendar | str | collections.abc.Iterable[str] | collections.abc.Iterable[datetime.date] | collections.abc.Mapping[datetime.date, str] | None" = None,
        budget_end: "typing.Literal['at_close', 'at_next_open']" = "at_close",
        zero_budget: "typing.Literal['start', 'next_open']" = "start",
        gap: "typing.Literal['edge', 'shift_forward']" = "edge",
        fold: "typing.Literal['earlier', 'later']" = "earlier",
        holiday_shift: "typing.Literal['cut_out', 'whole_shift']" = "cut_out",
        backwards: "typing.Literal['mirror', 'zero']" = "mirror"
    ))]
    #[allow(clippy::too_many_arguments, reason = "they are keywords")]
    fn new(
        zone: ZoneName,
        hours: Text<'_>,
        holidays: Option<&Bound<'_, PyAny>>,
        #[pyo3(from_py_with = text)] budget_end: &str,
        #[pyo3(from_py_with = text)] zero_budget: &str,
        #[pyo3(from_py_with = text)] gap: &str,
        #[pyo3(from_py_with = text)] fold: &str,
        #[pyo3(from_py_with = text)] holiday_shift: &str,
        #[pyo3(from_py_with = text)] backwards: &str,
    ) -> PyResult<Self> {
        let conventions = of_names(budget_end, zero_budget, gap, fold, holiday_shift, backwards)?;
        let mut schedule = Schedule::parse_in(hours.0, &zone.0).or_raise()?;
        if let Some(holidays) = holidays {
            schedule = schedule.with_holidays(lifted(holidays)?).or_raise()?;
        }
        Ok(Self(match conventions == schedule.conventions() {
            true => schedule,
            false => schedule.with_conventions(conventions),
        }))
    }

    /// The instant at which an amount of open time is used up: a timedelta, or `hours`, `minutes`, `seconds`; it may be negative.
    ///
    /// >>> from datetime import datetime, timedelta, timezone
    /// >>> import klokuur
    /// >>> office = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 09:00-17:00")
    /// >>> asked = datetime(2026, 3, 13, 15, 0, tzinfo=timezone.utc)
    /// >>> print(office.add(asked, hours=2), office.add(asked, timedelta(minutes=90)), sep="\n")
    /// 2026-03-16 09:00:00+00:00
    /// 2026-03-16 08:30:00+00:00
    ///
    /// Raises NoOpenTimeLeftError when there is not that much open time in the supported years, OutOfRangeError,
    /// InvalidValueError for a datetime without a zone.
    #[pyo3(signature = (
        at: "datetime.datetime", amount: "datetime.timedelta | None" = None, *,
        hours: "float | None" = None, minutes: "float | None" = None, seconds: "float | None" = None
    ) -> "datetime.datetime")]
    fn add<'py>(
        &self,
        at: Moment<'py>,
        amount: Option<&Bound<'py, PyAny>>,
        hours: Option<&Bound<'py, PyAny>>,
        minutes: Option<&Bound<'py, PyAny>>,
        seconds: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let amount = shown_by(&at, budget(amount, hours, minutes, seconds)?)?;
        at.like(self.0.add(at.at(), amount).or_raise()?)
    }

    /// The instant from which an amount of open time leads up to `at`: `add` backwards.
    ///
    /// >>> from datetime import datetime, timezone
    /// >>> import klokuur
    /// >>> office = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 09:00-17:00")
    /// >>> print(office.sub(datetime(2026, 3, 16, 9, 0, tzinfo=timezone.utc), hours=2))
    /// 2026-03-13 15:00:00+00:00
    ///
    /// Raises what `add` raises.
    #[pyo3(signature = (
        at: "datetime.datetime", amount: "datetime.timedelta | None" = None, *,
        hours: "float | None" = None, minutes: "float | None" = None, seconds: "float | None" = None
    ) -> "datetime.datetime")]
    fn sub<'py>(
        &self,
        at: Moment<'py>,
        amount: Option<&Bound<'py, PyAny>>,
        hours: Option<&Bound<'py, PyAny>>,
        minutes: Option<&Bound<'py, PyAny>>,
        seconds: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let amount = shown_by(&at, budget(amount, hours, minutes, seconds)?)?;
        at.like(self.0.sub(at.at(), amount).or_raise()?)
    }

    /// The open time from one instant to another; negative when `end` lies before `start`.
    ///
    /// >>> from datetime import datetime, timezone
    /// >>> import klokuur
    /// >>> clock = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 00:00-24:00")
    /// >>> friday, monday = datetime(2026, 3, 13, 14, tzinfo=timezone.utc), datetime(2026, 3, 16, 14, tzinfo=timezone.utc)
    /// >>> print(clock.between(friday, monday), "|", clock.between(monday, friday))
    /// 1 day, 0:00:00 | -1 day, 0:00:00
    ///
    /// Raises OutOfRangeError, InvalidValueError for a datetime without a zone.
    #[pyo3(signature = (start: "datetime.datetime", end: "datetime.datetime") -> "datetime.timedelta")]
    fn between<'py>(
        &self,
        py: Python<'py>,
        start: Moment<'py>,
        end: Moment<'py>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let amount = self.0.between(start.at(), end.at()).or_raise()?;
        if start.is_timestamp() || end.is_timestamp() {
            return pandas_timedelta(py, amount);
        }
        Ok(timedelta(py, amount)?.into_any())
    }

    /// Whether `end` is not after `add(start, amount)`: answered within the norm or not.
    ///
    /// It compares instants: after a deadline at closing an answer is late, though no open time has passed since.
    ///
    /// >>> from datetime import datetime
    /// >>> from zoneinfo import ZoneInfo
    /// >>> import klokuur
    /// >>> clock = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 00:00-24:00")
    /// >>> asked = datetime(2026, 3, 13, tzinfo=ZoneInfo("Europe/Amsterdam"))          # due at Friday's 24:00
    /// >>> clock.within(asked, datetime(2026, 3, 14, 10, tzinfo=ZoneInfo("Europe/Amsterdam")), hours=24)
    /// False
    ///
    /// Raises OutOfRangeError, InvalidValueError for a datetime without a zone.
    #[pyo3(signature = (
        start: "datetime.datetime", end: "datetime.datetime", amount: "datetime.timedelta | None" = None, *,
        hours: "float | None" = None, minutes: "float | None" = None, seconds: "float | None" = None
    ) -> "bool")]
    fn within(
        &self,
        start: Moment<'_>,
        end: Moment<'_>,
        amount: Option<&Bound<'_, PyAny>>,
        hours: Option<&Bound<'_, PyAny>>,
        minutes: Option<&Bound<'_, PyAny>>,
        seconds: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<bool> {
        self.0.within(start.at(), end.at(), budget(amount, hours, minutes, seconds)?).or_raise()
    }

    /// Whether it is open at an instant; the closing instant itself is not.
    ///
    /// >>> from datetime import datetime, timezone
    /// >>> import klokuur
    /// >>> office = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 09:00-17:00")
    /// >>> office.is_open(datetime(2026, 3, 13, 8, 0, tzinfo=timezone.utc))
    /// True
    #[pyo3(signature = (at: "datetime.datetime") -> "bool")]
    fn is_open(&self, at: Moment<'_>) -> PyResult<bool> {
        self.0.is_open(at.at()).or_raise()
    }

    /// The first open instant from `at` on: `at` itself when it is open.
    ///
    /// >>> from datetime import datetime, timezone
    /// >>> import klokuur
    /// >>> office = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 09:00-17:00")
    /// >>> print(office.next_open(datetime(2026, 3, 14, 8, 0, tzinfo=timezone.utc)))
    /// 2026-03-16 08:00:00+00:00
    ///
    /// Raises NoOpenTimeLeftError when it never opens again in the supported years.
    #[pyo3(signature = (at: "datetime.datetime") -> "datetime.datetime")]
    fn next_open<'py>(&self, at: Moment<'py>) -> PyResult<Bound<'py, PyAny>> {
        at.like(self.0.next_open(at.at()).or_raise()?)
    }

    /// The first closing after `at`, of the stretch that is open then or else of the next one; None when it never closes again.
    ///
    /// >>> from datetime import datetime, timezone
    /// >>> import klokuur
    /// >>> office = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 09:00-17:00")
    /// >>> print(office.next_close(datetime(2026, 3, 13, 9, 0, tzinfo=timezone.utc)))
    /// 2026-03-13 16:00:00+00:00
    #[pyo3(signature = (at: "datetime.datetime") -> "datetime.datetime | None")]
    fn next_close<'py>(&self, at: Moment<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.0.next_close(at.at()).or_raise()?.map(|close| at.like(close)).transpose()
    }

    /// The open stretches between two instants, clipped to them, in the zone of `start`.
    ///
    /// >>> from datetime import datetime, timezone
    /// >>> import klokuur
    /// >>> office = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 09:00-17:00")
    /// >>> open = office.intervals(
    /// ...     datetime(2026, 3, 13, 15, tzinfo=timezone.utc), datetime(2026, 3, 16, 9, tzinfo=timezone.utc)
    /// ... )
    /// >>> print(open[1].start, open[1].end)
    /// 2026-03-16 08:00:00+00:00 2026-03-16 09:00:00+00:00
    #[pyo3(signature = (start: "datetime.datetime", end: "datetime.datetime") -> "list[OpenInterval]")]
    fn intervals<'py>(
        &self,
        py: Python<'py>,
        start: Moment<'py>,
        end: Moment<'py>,
    ) -> PyResult<Bound<'py, PyList>> {
        open_intervals(py, self.0.intervals(start.at(), end.at()).or_raise()?, &start)
    }

    /// Why the time from one instant to another holds the open time that it holds, in the schedule's zone.
    ///
    /// The answer is data; `str()` of it is an English sentence, `to_sentence("dutch")` a Dutch one.
    ///
    /// >>> from datetime import datetime
    /// >>> from zoneinfo import ZoneInfo
    /// >>> import klokuur
    /// >>> clock = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 00:00-24:00", holidays="NL")
    /// >>> asked = datetime(2026, 3, 13, 15, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
    /// >>> print(clock.explain(asked, clock.add(asked, hours=24)))
    /// due Monday 16 March 2026 15:00: 9 h on Friday 13 March, weekend skipped, 15 h on Monday 16 March
    ///
    /// Raises InvalidValueError when `end` lies before `start`.
    #[pyo3(signature = (start: "datetime.datetime", end: "datetime.datetime") -> "Explanation")]
    fn explain<'py>(
        &self,
        py: Python<'py>,
        start: Moment<'py>,
        end: Moment<'py>,
    ) -> PyResult<Bound<'py, PyAny>> {
        explanation(py, &self.0.explain(start.at(), end.at()).or_raise()?, self.0.zone())
    }

    /// What the schedule says about one local date: the stretches that start on it, and why.
    ///
    /// >>> from datetime import date
    /// >>> import klokuur
    /// >>> clock = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 09:00-17:00", holidays="NL")
    /// >>> clock.day(date(2026, 4, 28)).open, clock.day(date(2026, 4, 27)).reason
    /// ((Stretch(start='09:00', end='17:00'),), 'holiday')
    #[pyo3(signature = (date: "datetime.date") -> "ScheduleDay")]
    fn day<'py>(&self, py: Python<'py>, date: Day) -> PyResult<Bound<'py, PyAny>> {
        schedule_day(py, &self.0.day(date.0).or_raise()?)
    }

    /// The open time between two columns of instants, row by row; either may be one datetime.
    ///
    /// Takes and gives NumPy arrays (datetime64, read as UTC), pandas and Polars Series, Arrow arrays (each with a zone),
    /// or lists of datetimes: the answer has the kind, unit, name and index of the column. A null gives a null.
    /// `threads` is 1, more, or 0 for all cores.
    ///
    /// >>> import numpy as np
    /// >>> import klokuur
    /// >>> clock = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 00:00-24:00")
    /// >>> asked = np.array(["2026-03-13T14:00", "NaT"], "datetime64[s]")
    /// >>> clock.between_many(asked, np.array(["2026-03-16T14:00", "2026-03-16T14:00"], "datetime64[s]"))
    /// array([86400, 'NaT'], dtype='timedelta64[s]')
    ///
    /// Raises LengthMismatchError, and OutOfRangeError with the `row` of an instant outside the supported ones.
    #[pyo3(signature = (start: "typing.Any", end: "typing.Any", *, threads: "int" = 1) -> "typing.Any")]
    fn between_many<'py>(
        slf: &Bound<'py, Self>,
        start: &Bound<'py, PyAny>,
        end: &Bound<'py, PyAny>,
        #[pyo3(from_py_with = whole)] threads: i64,
    ) -> PyResult<Bound<'py, PyAny>> {
        columns(slf.py())?.call_method1("between_many", (slf, start, end, threads))
    }

    /// Whether each `end` is not after `add(start, amount)`: answered within the norm or not. See `within`.
    ///
    /// >>> import numpy as np
    /// >>> import klokuur
    /// >>> clock = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 00:00-24:00")
    /// >>> asked = np.array(["2026-03-13T14:00", "2026-03-13T14:00"], "datetime64[s]")
    /// >>> clock.within_many(asked, np.array(["2026-03-16T14:00", "2026-03-16T14:01"], "datetime64[s]"), hours=24)
    /// array([ True, False])
    ///
    /// A null gives False in NumPy, which has no null among booleans, and a missing value elsewhere (pandas: `boolean`).
    #[pyo3(signature = (
        start: "typing.Any", end: "typing.Any", amount: "datetime.timedelta | None" = None, *,
        hours: "float | None" = None, minutes: "float | None" = None, seconds: "float | None" = None, threads: "int" = 1
    ) -> "typing.Any")]
    #[allow(clippy::too_many_arguments, reason = "they are keywords")]
    fn within_many<'py>(
        slf: &Bound<'py, Self>,
        start: &Bound<'py, PyAny>,
        end: &Bound<'py, PyAny>,
        amount: Option<&Bound<'py, PyAny>>,
        hours: Option<&Bound<'py, PyAny>>,
        minutes: Option<&Bound<'py, PyAny>>,
        seconds: Option<&Bound<'py, PyAny>>,
        #[pyo3(from_py_with = whole)] threads: i64,
    ) -> PyResult<Bound<'py, PyAny>> {
        let amount = one_amount(slf.py(), amount, hours, minutes, seconds)?;
        columns(slf.py())?.call_method1("within_many", (slf, start, end, amount, threads))
    }

    /// The instants at which an amount of open time, or a column of amounts, is used up: see `add` and `between_many`.
    ///
    /// >>> import numpy as np
    /// >>> import klokuur
    /// >>> clock = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 00:00-24:00")
    /// >>> clock.add_many(np.array(["2026-03-13T14:00", "NaT"], "datetime64[s]"), hours=24)
    /// array(['2026-03-16T14:00:00',                 'NaT'],
    ///       dtype='datetime64[s]')
    ///
    /// Raises InvalidValueError for an amount that the column's unit cannot show, and with its `row` what `add` raises.
    #[pyo3(signature = (
        at: "_T", amount: "typing.Any" = None, *,
        hours: "float | None" = None, minutes: "float | None" = None, seconds: "float | None" = None, threads: "int" = 1
    ) -> "_T")]
    fn add_many<'py>(
        slf: &Bound<'py, Self>,
        at: &Bound<'py, PyAny>,
        amount: Option<&Bound<'py, PyAny>>,
        hours: Option<&Bound<'py, PyAny>>,
        minutes: Option<&Bound<'py, PyAny>>,
        seconds: Option<&Bound<'py, PyAny>>,
        #[pyo3(from_py_with = whole)] threads: i64,
    ) -> PyResult<Bound<'py, PyAny>> {
        let amount = any_amount(slf.py(), amount, hours, minutes, seconds)?;
        columns(slf.py())?.call_method1("move_many", (slf, "add", at, amount, threads))
    }

    /// The instants from which an amount of open time, or a column of amounts, leads up to these: see `sub` and `add_many`.
    ///
    /// >>> import numpy as np
    /// >>> import klokuur
    /// >>> clock = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 00:00-24:00")
    /// >>> clock.sub_many(np.array(["2026-03-16T14:00"], "datetime64[s]"), hours=24)
    /// array(['2026-03-13T14:00:00'], dtype='datetime64[s]')
    #[pyo3(signature = (
        at: "_T", amount: "typing.Any" = None, *,
        hours: "float | None" = None, minutes: "float | None" = None, seconds: "float | None" = None, threads: "int" = 1
    ) -> "_T")]
    fn sub_many<'py>(
        slf: &Bound<'py, Self>,
        at: &Bound<'py, PyAny>,
        amount: Option<&Bound<'py, PyAny>>,
        hours: Option<&Bound<'py, PyAny>>,
        minutes: Option<&Bound<'py, PyAny>>,
        seconds: Option<&Bound<'py, PyAny>>,
        #[pyo3(from_py_with = whole)] threads: i64,
    ) -> PyResult<Bound<'py, PyAny>> {
        let amount = any_amount(slf.py(), amount, hours, minutes, seconds)?;
        columns(slf.py())?.call_method1("move_many", (slf, "sub", at, amount, threads))
    }

    /// Whether it is open at each instant; nulls as in `within_many`.
    ///
    /// >>> import numpy as np
    /// >>> import klokuur
    /// >>> clock = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 00:00-24:00")
    /// >>> clock.is_open_many(np.array(["2026-03-13T14:00", "2026-03-14T14:00"], "datetime64[s]"))
    /// array([ True, False])
    #[pyo3(signature = (at: "typing.Any", *, threads: "int" = 1) -> "typing.Any")]
    fn is_open_many<'py>(
        slf: &Bound<'py, Self>,
        at: &Bound<'py, PyAny>,
        #[pyo3(from_py_with = whole)] threads: i64,
    ) -> PyResult<Bound<'py, PyAny>> {
        columns(slf.py())?.call_method1("is_open_many", (slf, at, threads))
    }

    /// The first open instant from each on.
    ///
    /// >>> import numpy as np
    /// >>> import klokuur
    /// >>> clock = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 00:00-24:00")
    /// >>> clock.next_open_many(np.array(["2026-03-14T14:00"], "datetime64[s]"))
    /// array(['2026-03-15T23:00:00'], dtype='datetime64[s]')
    #[pyo3(signature = (at: "_T", *, threads: "int" = 1) -> "_T")]
    fn next_open_many<'py>(
        slf: &Bound<'py, Self>,
        at: &Bound<'py, PyAny>,
        #[pyo3(from_py_with = whole)] threads: i64,
    ) -> PyResult<Bound<'py, PyAny>> {
        columns(slf.py())?.call_method1("next_open_many", (slf, at, threads))
    }

    /// The same with another holiday calendar, or the built-in one of that code, in all of its history.
    ///
    /// >>> import klokuur
    /// >>> klokuur.Schedule("Europe/Brussels", "Mo-Fr 09:00-17:00").with_holidays("BE").calendar.name
    /// 'BE'
    ///
    /// Raises NeverOpenError when the holidays take all open time.
    #[pyo3(signature = (holidays: "HolidayCalendar | str | collections.abc.Iterable[str] | collections.abc.Iterable[datetime.date] | collections.abc.Mapping[datetime.date, str]") -> "Schedule")]
    fn with_holidays(&self, holidays: &Bound<'_, PyAny>) -> PyResult<Self> {
        self.0.with_holidays(lifted(holidays)?).or_raise().map(Self)
    }

    /// The same with other hours on one date: a shortened day or an extra one. They win over all rules and holidays.
    ///
    /// >>> from datetime import date
    /// >>> import klokuur
    /// >>> klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 09:00-17:00").with_day(date(2026, 12, 24), "09:00-13:00")
    /// Schedule('Europe/Amsterdam', 'Mo-Fr 09:00-17:00; 2026 Dec 24 09:00-13:00')
    ///
    /// Raises OutOfRangeError for a date outside 1900 to 2100, ScheduleSyntaxError for the hours.
    #[pyo3(signature = (date: "datetime.date", hours: "str") -> "Schedule")]
    fn with_day(&self, date: Day, hours: Text<'_>) -> PyResult<Self> {
        let hours: Hours = hours.0.parse().or_raise()?;
        self.0.with_day(date.0, hours).or_raise().map(Self)
    }

    /// The same with these dates closed: no shift starts on them.
    ///
    /// >>> from datetime import date
    /// >>> import klokuur
    /// >>> klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 09:00-17:00").with_closed(date(2026, 12, 24))
    /// Schedule('Europe/Amsterdam', 'Mo-Fr 09:00-17:00; 2026 Dec 24 off')
    ///
    /// Raises OutOfRangeError for a date outside 1900 to 2100.
    #[pyo3(signature = (*dates: "datetime.date") -> "Schedule")]
    fn with_closed(&self, dates: Vec<Day>) -> PyResult<Self> {
        let days = dates.into_iter().map(|date| (date.0, Hours::closed()));
        self.0.with_days(days).or_raise().map(Self)
    }

    /// The history: this schedule before `date`, the other from its 00:00 on, with the other's holidays.
    ///
    /// >>> from datetime import date
    /// >>> import klokuur
    /// >>> old = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 09:00-17:00")
    /// >>> new = klokuur.Schedule("Europe/Amsterdam", "Mo-Sa 08:00-20:00")
    /// >>> print(old.from_date(date(2027, 1, 1), new))
    /// Mo-Fr 09:00-17:00
    /// from 2027-01-01: Mo-Sa 08:00-20:00
    ///
    /// Raises InvalidValueError for another zone or other conventions than this schedule's.
    #[pyo3(signature = (date: "datetime.date", other: "Schedule") -> "Schedule")]
    fn from_date(&self, date: Day, other: &Self) -> PyResult<Self> {
        self.0.from(date.0, other.0.clone()).or_raise().map(Self)
    }

    /// The IANA name of the zone that all hours are local to.
    #[getter]
    fn zone(&self) -> &'static str {
        self.0.zone().name()
    }

    /// The hours in canonical form; with a history, a line for each part.
    #[getter]
    fn hours(&self) -> String {
        self.0.to_string()
    }

    /// The newest holiday calendar in its history, if any is attached.
    #[getter]
    fn calendar(&self) -> Option<PyHolidayCalendar> {
        self.0.calendar().cloned().map(PyHolidayCalendar)
    }

    /// The conventions by name, as the constructor takes them.
    #[getter]
    fn conventions<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        plain(py, &self.0.conventions())
    }

    /// The stable hash of all that decides a result: 16 hexadecimal digits.
    #[getter]
    fn fingerprint(&self) -> String {
        self.0.fingerprint().to_string()
    }

    /// The schedule as a dictionary: text, zone, conventions, history, and its holidays by name and fingerprint.
    ///
    /// >>> import klokuur
    /// >>> klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 09:00-17:00").to_dict()
    /// {'hours': 'Mo-Fr 09:00-17:00', 'zone': 'Europe/Amsterdam'}
    #[pyo3(signature = () -> "dict[str, typing.Any]")]
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        plain(py, &self.0.document())
    }

    /// The schedule of a dictionary as `to_dict` gives it, with the calendars that it names. Built-in ones need not be given.
    ///
    /// >>> import klokuur
    /// >>> klokuur.Schedule.from_dict({"hours": "24/7", "zone": "UTC"})
    /// Schedule('UTC', '24/7')
    ///
    /// Raises InvalidDocumentError, UnknownNameError for a calendar that is not given, and what the constructor raises.
    #[staticmethod]
    #[pyo3(signature = (
        document: "collections.abc.Mapping[str, typing.Any]",
        calendars: "collections.abc.Iterable[HolidayCalendar] | None" = None
    ) -> "Schedule")]
    fn from_dict(document: &Bound<'_, PyAny>, calendars: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        let document: ScheduleDocument = crate::plain::read(document, "schedule")?;
        Schedule::from_document(&document, &calendars_in(calendars)?).or_raise().map(Self)
    }

    /// The schedule as a JSON document that `from_json` reads back, the same in every language.
    ///
    /// >>> import klokuur
    /// >>> klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 09:00-17:00").to_json()
    /// '{"hours":"Mo-Fr 09:00-17:00","zone":"Europe/Amsterdam"}'
    #[pyo3(signature = () -> "str")]
    fn to_json(&self) -> String {
        self.0.to_json()
    }

    /// Reads a schedule from JSON as `to_json` writes it, with the calendars that it names. Built-in ones need not be given.
    ///
    /// >>> import klokuur
    /// >>> klokuur.Schedule.from_json('{"hours": "24/7", "zone": "UTC"}')
    /// Schedule('UTC', '24/7')
    ///
    /// Raises InvalidDocumentError, UnknownNameError for a calendar that is not given, and what the constructor raises.
    #[staticmethod]
    #[pyo3(signature = (
        text: "str",
        calendars: "collections.abc.Iterable[HolidayCalendar] | None" = None
    ) -> "Schedule")]
    fn from_json(text: Text<'_>, calendars: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        Schedule::from_json(text.0, &calendars_in(calendars)?).or_raise().map(Self)
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn _repr_html_(slf: &Bound<'_, Self>) -> PyResult<String> {
        shown(slf.as_any())
    }

    fn __repr__(&self) -> String {
        let mut text = format!("Schedule('{}', '{}'", self.0.zone().name(), self.0);
        if let Some(calendar) = self.0.calendar() {
            text += &format!(", holidays={}", PyHolidayCalendar(calendar.clone()).shown());
        }
        text + &unusual(&self.0.conventions()) + ")"
    }

    fn __hash__(&self) -> u64 {
        hash_of(&self.0.fingerprint())
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Pickled<'py>> {
        let arguments = pickled(slf.py(), &slf.get().0)?;
        Ok((slf.get_type().getattr("from_dict")?, arguments))
    }
}
