//! Instants, dates and amounts of time: any aware datetime in, the caller's own kind and zone out.

use chrono::{DateTime, Datelike, NaiveDate, Offset, Timelike, Utc};
use klokuur::{BusinessDuration, KlokuurError, Zone};
use pyo3::exceptions::PyTypeError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDate, PyDateTime, PyDelta, PyInt, PyString, PyType};

use crate::arguments::{Real, text_in};
use crate::error::{OrRaise, invalid, name_of, raise, shown};

/// What Python's datetime module offers, looked up once.
struct Datetime {
    class: Py<PyType>,
    /// `datetime.__sub__` itself, which no subclass has changed.
    subtract: Py<PyAny>,
    /// 1970-01-01T00:00Z.
    epoch: Py<PyAny>,
    utc: Py<PyAny>,
}

static DATETIME: PyOnceLock<Datetime> = PyOnceLock::new();

fn datetime(py: Python<'_>) -> PyResult<&Datetime> {
    DATETIME.get_or_try_init(py, || {
        let module = py.import("datetime")?;
        let class = module.getattr("datetime")?.cast_into::<PyType>()?;
        let utc = module.getattr("timezone")?.getattr("utc")?;
        Ok(Datetime {
            subtract: class.getattr("__sub__")?.unbind(),
            epoch: class.call1((1970, 1, 1, 0, 0, 0, 0, &utc))?.unbind(),
            class: class.unbind(),
            utc: utc.unbind(),
        })
    })
}

/// An instant that came from Python, and how to give one back in the same way.
pub(crate) struct Moment<'py> {
    at: DateTime<Utc>,
    given: Bound<'py, PyAny>,
    /// A pandas Timestamp, which counts nanoseconds.
    is_timestamp: bool,
}

impl<'py> FromPyObject<'_, 'py> for Moment<'py> {
    type Error = PyErr;

    #[cfg(feature = "stubs")]
    const INPUT_TYPE: pyo3::inspect::PyStaticExpr = pyo3::type_hint_identifier!("datetime", "datetime");

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let py = given.py();
        if let Ok(text) = given.cast::<PyString>() {
            return written(&text);
        }
        let datetime = datetime(py)?;
        let exact = given.get_type().is(datetime.class.bind(py));
        if !exact && !given.is_instance(datetime.class.bind(py))? {
            return Err(no_datetime(&given));
        }
        // Python's own subtraction asks the zone for its offset, and honours fold.
        let since = match exact {
            true => given.sub(datetime.epoch.bind(py)),
            false => datetime.subtract.bind(py).call1((given, datetime.epoch.bind(py))),
        };
        let since = since.map_err(|error| if is_naive(&given) { naive(&given) } else { error })?;
        if since.is(py.NotImplemented()) {
            return Err(naive(&given));
        }
        let nanosecond = match exact {
            true => None,
            false => given.getattr_opt(intern!(py, "nanosecond"))?,
        };
        let fraction: i64 = since.getattr(intern!(py, "microseconds"))?.extract::<i64>()? * 1000
            + nanosecond.as_ref().map_or(Ok(0), |n| n.extract::<i64>())?;
        let at = instant(&since, fraction).ok_or_else(|| naive(&given))?;
        Ok(Self { at, given: given.to_owned(), is_timestamp: nanosecond.is_some() })
    }
}

/// An instant that is written with its offset, as files and forms have it.
fn written<'py>(text: &Bound<'py, PyString>) -> PyResult<Moment<'py>> {
    let refused = || {
        let accepted = "a datetime with a zone, or a text with an offset as 2026-03-13T15:00:00+01:00";
        invalid("instant", text.to_string_lossy(), accepted)
    };
    let read =
        datetime(text.py())?.class.bind(text.py()).call_method1(intern!(text.py(), "fromisoformat"), (text,));
    let read = read.map_err(|_| refused())?;
    if is_naive(&read) { Err(refused()) } else { read.extract() }
}

fn instant(since: &Bound<'_, PyAny>, nanoseconds: i64) -> Option<DateTime<Utc>> {
    let py = since.py();
    let days: i64 = since.getattr(intern!(py, "days")).ok()?.extract().ok()?;
    let seconds: i64 = since.getattr(intern!(py, "seconds")).ok()?.extract().ok()?;
    DateTime::from_timestamp(days * 86_400 + seconds, u32::try_from(nanoseconds).ok()?)
}

fn is_naive(given: &Bound<'_, PyAny>) -> bool {
    // Unlike any other, pandas' NaT does not equal itself.
    if !given.eq(given).unwrap_or(true) {
        return true;
    }
    given
        .call_method0(intern!(given.py(), "utcoffset"))
        .is_ok_and(|offset| !offset.is_instance_of::<PyDelta>())
}

fn naive(given: &Bound<'_, PyAny>) -> PyErr {
    let text = shown(given);
    if text == "NaT" {
        return invalid("instant", text, "an instant: only columns may have nulls");
    }
    invalid(
        "instant",
        text,
        "a datetime with a zone: attach the one it was read in, as t.replace(tzinfo=ZoneInfo(\"Europe/Amsterdam\"))",
    )
}

fn no_datetime(given: &Bound<'_, PyAny>) -> PyErr {
    let name = given.get_type().name().map(|name| name.to_string()).unwrap_or_default();
    // A date has no length, a column has.
    let column = if given.hasattr("__len__").unwrap_or_default() {
        ": for a column there are add_many, sub_many, between_many, within_many, is_open_many and next_open_many"
    } else {
        ""
    };
    PyTypeError::new_err(format!("an instant must be a datetime with a zone, not {name}{column}"))
}

impl<'py> Moment<'py> {
    /// The instant.
    pub(crate) fn at(&self) -> DateTime<Utc> {
        self.at
    }

    /// Whether answers are pandas objects.
    pub(crate) fn is_timestamp(&self) -> bool {
        self.is_timestamp
    }

    /// An instant in the zone, and of the kind, of this one.
    pub(crate) fn like(&self, at: DateTime<Utc>) -> PyResult<Bound<'py, PyAny>> {
        let py = self.given.py();
        let zone = self.given.getattr(intern!(py, "tzinfo"))?;
        if self.is_timestamp { self.timestamp(at, &zone) } else { aware(py, at, &zone) }
    }

    fn timestamp(&self, at: DateTime<Utc>, zone: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = self.given.py();
        // The supported years fit into 64 bits of nanoseconds.
        let nanoseconds = at.timestamp_nanos_opt().unwrap_or_default();
        let stamp = self.given.get_type().call1((nanoseconds,))?;
        let stamp = stamp.call_method1(intern!(py, "tz_localize"), ("UTC",))?;
        let stamp = stamp.call_method1(intern!(py, "tz_convert"), (zone,))?;
        match self.given.getattr_opt(intern!(py, "unit"))? {
            Some(unit) if nanoseconds % nanoseconds_in(&unit.extract::<String>()?) == 0 => {
                stamp.call_method1(intern!(py, "as_unit"), (unit,))
            }
            _ => Ok(stamp),
        }
    }
}

/// How many nanoseconds a unit of NumPy, pandas, Polars or Arrow has.
fn nanoseconds_in(unit: &str) -> i64 {
    match unit {
        "s" => 1_000_000_000,
        "ms" => 1_000_000,
        "us" => 1_000,
        _ => 1,
    }
}

/// An instant as a datetime in a zone. The zone itself says what its wall clock shows.
pub(crate) fn aware<'py>(
    py: Python<'py>,
    at: DateTime<Utc>,
    zone: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let datetime = datetime(py)?;
    let at = at.naive_utc();
    let fields =
        (at.year(), at.month(), at.day(), at.hour(), at.minute(), at.second(), at.nanosecond() / 1000, zone);
    let utc = datetime.class.bind(py).call1(fields)?;
    if zone.is(datetime.utc.bind(py)) { Ok(utc) } else { zone.call_method1(intern!(py, "fromutc"), (utc,)) }
}

/// An instant as a datetime in UTC.
pub(crate) fn in_utc(py: Python<'_>, at: DateTime<Utc>) -> PyResult<Bound<'_, PyAny>> {
    aware(py, at, datetime(py)?.utc.bind(py))
}

/// The zone as Python has it.
pub(crate) fn zone_info(py: Python<'_>, zone: Zone) -> PyResult<Bound<'_, PyAny>> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    CLASS.import(py, "zoneinfo", "ZoneInfo")?.call1((zone.name(),))
}

/// The IANA name of a zone given as a text, a `ZoneInfo`, or another library's zone that knows its name.
pub(crate) struct ZoneName(pub(crate) String);

impl<'py> FromPyObject<'_, 'py> for ZoneName {
    type Error = PyErr;

    #[cfg(feature = "stubs")]
    const INPUT_TYPE: pyo3::inspect::PyStaticExpr = pyo3::type_hint_identifier!("builtins", "str");

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(text) = given.cast::<PyString>() {
            return text_in(&text).map(Self);
        }
        for name in ["key", "zone"] {
            if let Some(Ok(name)) = given.getattr_opt(name)?.map(|name| name.extract()) {
                return Ok(Self(name));
            }
        }
        if given.is(datetime(given.py())?.utc.bind(given.py())) {
            return Ok(Self("UTC".into()));
        }
        Err(PyTypeError::new_err("a zone must be an IANA name such as \"Europe/Amsterdam\", or a ZoneInfo"))
    }
}

impl ZoneName {
    /// The zone of that name.
    pub(crate) fn zone(&self) -> PyResult<Zone> {
        self.0.parse().map_err(|error| raise(&error))
    }
}

/// Wall clock minus UTC in seconds, `count` times, `step` seconds apart: what the comparison with zoneinfo reads.
#[pyfunction]
#[pyo3(signature = (zone: "str", first: "int", step: "int", count: "int") -> "list[int]")]
pub(crate) fn zone_offsets(zone: ZoneName, first: i64, step: i64, count: usize) -> PyResult<Vec<i32>> {
    let zone = zone.zone()?;
    let instants = (0..count).scan(first, |at, _| Some(std::mem::replace(at, at.saturating_add(step))));
    let offset =
        |at| Some(DateTime::from_timestamp(at, 0)?.with_timezone(&zone).offset().fix().local_minus_utc());
    let far = || {
        raise(&KlokuurError::OutOfRange {
            what: "instant",
            given: "one of the table".into(),
            accepted: "the instants that dates of the years 1 to 9999 have".into(),
        })
    };
    instants.map(|at| offset(at).ok_or_else(far)).collect()
}

/// A date, and nothing that also has a time of day.
pub(crate) struct Day(pub(crate) NaiveDate);

impl<'py> FromPyObject<'_, 'py> for Day {
    type Error = PyErr;

    #[cfg(feature = "stubs")]
    const INPUT_TYPE: pyo3::inspect::PyStaticExpr = pyo3::type_hint_identifier!("datetime", "date");

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let py = given.py();
        if given.is_instance_of::<PyDateTime>() {
            return Err(invalid("date", shown(&given), "a date without a time: use .date()"));
        }
        if let Ok(text) = given.cast::<PyString>() {
            let text = text_in(&text)?;
            return text.parse().map(Self).map_err(|_| invalid("date", text, "a date such as 2026-12-24"));
        }
        if !given.is_instance_of::<PyDate>() {
            let name = given.get_type().name()?.to_string();
            return Err(PyTypeError::new_err(format!("a date must be a datetime.date, not {name}")));
        }
        let (year, month, day) = (
            given.getattr(intern!(py, "year"))?.extract()?,
            given.getattr(intern!(py, "month"))?.extract()?,
            given.getattr(intern!(py, "day"))?.extract()?,
        );
        NaiveDate::from_ymd_opt(year, month, day)
            .map(Self)
            .ok_or_else(|| invalid("date", shown(&given), "a date"))
    }
}

/// A date for Python.
pub(crate) fn date(py: Python<'_>, date: NaiveDate) -> PyResult<Bound<'_, PyDate>> {
    // Months and days fit; so does the day of a month.
    PyDate::new(py, date.year(), date.month() as u8, date.day() as u8)
}

/// A year that Python's dates have.
pub(crate) fn python_year(year: i64) -> PyResult<i32> {
    i32::try_from(year).ok().filter(|year| (1..=9999).contains(year)).ok_or_else(|| {
        raise(&KlokuurError::OutOfRange {
            what: "year",
            given: year.to_string(),
            accepted: "1 to 9999, the years of Python's dates".into(),
        })
    })
}

/// An amount of business time: a timedelta, or one of the keywords.
pub(crate) fn budget(
    amount: Option<&Bound<'_, PyAny>>,
    hours: Option<&Bound<'_, PyAny>>,
    minutes: Option<&Bound<'_, PyAny>>,
    seconds: Option<&Bound<'_, PyAny>>,
) -> PyResult<BusinessDuration> {
    if let Some(amount) = amount {
        if hours.is_some() || minutes.is_some() || seconds.is_some() {
            return Err(PyTypeError::new_err("give an amount or hours=, minutes=, seconds=, not both"));
        }
        return timedelta_in(amount);
    }
    if hours.is_none() && minutes.is_none() && seconds.is_none() {
        return Err(PyTypeError::new_err("give an amount: a timedelta, or hours=, minutes=, seconds="));
    }
    let mut total = BusinessDuration::ZERO;
    for (what, unit, number) in
        [("hours", 3_600_000_000, hours), ("minutes", 60_000_000, minutes), ("seconds", 1_000_000, seconds)]
    {
        if let Some(number) = number {
            total += amount_of(what, unit, number)?;
        }
    }
    Ok(total)
}

/// A whole number exactly; a fraction to the microsecond, as timedelta does.
fn amount_of(what: &'static str, microseconds: i64, number: &Bound<'_, PyAny>) -> PyResult<BusinessDuration> {
    let refused = |accepted: &str| {
        raise(&KlokuurError::OutOfRange { what, given: shown(number), accepted: accepted.into() })
    };
    let too_large = || refused("whole numbers of 64 bits");
    // NumPy's amounts are whole numbers of a unit of their own.
    if number.is_instance_of::<PyDelta>() || name_of(number) == "timedelta64" {
        return Err(PyTypeError::new_err(format!(
            "{what} must be a number: give a timedelta as the amount itself"
        )));
    }
    if number.is_instance_of::<PyInt>() || number.hasattr(intern!(number.py(), "__index__"))? {
        let count: i64 = number.extract().map_err(|_| too_large())?;
        return Ok(match what {
            "hours" => BusinessDuration::hours(count),
            "minutes" => BusinessDuration::minutes(count),
            _ => BusinessDuration::seconds(count),
        });
    }
    let Real(count) = number.extract()?;
    if !count.is_finite() {
        return Err(refused("a finite number"));
    }
    let exact = count * microseconds as f64;
    if exact.abs() >= 9.0e18 {
        return Err(too_large());
    }
    Ok(BusinessDuration::from_microseconds(exact.round_ties_even() as i64))
}

/// A timedelta, a pandas Timedelta with its nanoseconds, or NumPy's timedelta64.
pub(crate) fn timedelta_in(amount: &Bound<'_, PyAny>) -> PyResult<BusinessDuration> {
    let py = amount.py();
    if !amount.is_instance_of::<PyDelta>() {
        if let Ok(text) = amount.cast::<PyString>() {
            return text_in(text)?.parse().or_raise();
        }
        if let Some(nanoseconds) = numpy_nanoseconds(amount)? {
            return Ok(BusinessDuration::from_nanoseconds(nanoseconds));
        }
        let name = amount.get_type().name()?.to_string();
        return Err(PyTypeError::new_err(format!(
            "an amount must be a timedelta, not {name}; or use hours=, minutes=, seconds="
        )));
    }
    let part = |name: &Bound<'_, PyString>| -> PyResult<i64> { amount.getattr(name)?.extract() };
    let total =
        BusinessDuration::seconds(part(intern!(py, "days"))? * 86_400 + part(intern!(py, "seconds"))?)
            + BusinessDuration::from_microseconds(part(intern!(py, "microseconds"))?);
    match amount.getattr_opt(intern!(py, "nanoseconds"))? {
        Some(nanoseconds) => Ok(total + BusinessDuration::from_nanoseconds(nanoseconds.extract()?)),
        None => Ok(total),
    }
}

/// The nanoseconds of NumPy's timedelta64; None for anything else.
fn numpy_nanoseconds(amount: &Bound<'_, PyAny>) -> PyResult<Option<i64>> {
    static READER: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    if amount.get_type().name()? != "timedelta64" {
        return Ok(None);
    }
    let py = amount.py();
    let reader = READER.get_or_try_init(py, || {
        Ok::<_, PyErr>(py.import("klokuur._columns")?.getattr("nanoseconds_of_numpy")?.unbind())
    })?;
    reader.bind(py).call1((amount,))?.extract().map(Some)
}

/// An amount as a timedelta, exact to the microsecond.
pub(crate) fn timedelta(py: Python<'_>, amount: BusinessDuration) -> PyResult<Bound<'_, PyDelta>> {
    let microseconds = amount.as_microseconds();
    let (days, rest) = (microseconds.div_euclid(86_400_000_000), microseconds.rem_euclid(86_400_000_000));
    const MOST: i64 = 999_999_999;
    let Some(days) = i32::try_from(days).ok().filter(|days| (-MOST..=MOST).contains(&i64::from(*days)))
    else {
        return Err(raise(&KlokuurError::OutOfRange {
            what: "amount",
            given: amount.to_string(),
            accepted: format!("what a timedelta holds, {MOST} days"),
        }));
    };
    // Both parts of a day fit.
    PyDelta::new(py, days, (rest / 1_000_000) as i32, (rest % 1_000_000) as i32, false)
}

/// An amount as a pandas Timedelta, exact to the nanosecond.
pub(crate) fn pandas_timedelta(py: Python<'_>, amount: BusinessDuration) -> PyResult<Bound<'_, PyAny>> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let nanoseconds = i64::try_from(amount.as_nanoseconds()).unwrap_or(i64::MAX);
    CLASS.import(py, "pandas", "Timedelta")?.call1((nanoseconds,))
}

/// The nanoseconds since the Unix epoch of a datetime with a zone.
#[pyfunction]
#[pyo3(signature = (at: "datetime.datetime") -> "int")]
pub(crate) fn nanoseconds_of(at: Moment<'_>) -> i128 {
    i128::from(at.at.timestamp()) * 1_000_000_000 + i128::from(at.at.timestamp_subsec_nanos())
}

/// The nanoseconds of a timedelta.
#[pyfunction]
#[pyo3(signature = (amount: "datetime.timedelta") -> "int")]
pub(crate) fn nanoseconds_of_amount(amount: &Bound<'_, PyAny>) -> PyResult<i128> {
    Ok(timedelta_in(amount)?.as_nanoseconds())
}
