//! Holiday calendars.

use chrono::NaiveDate;
use klokuur::calendar::{LiberationDay, NetherlandsOptions};
use klokuur::{Holiday, HolidayCalendar, KlokuurError};
use pyo3::exceptions::PyTypeError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDateTime, PyInt, PyList, PyMapping, PyString, PyTuple, PyType};

use crate::arguments::{Text, Whole, text, text_in};
use crate::error::{OrRaise, invalid, name_of, raise, shown as shown_text};
use crate::hash::hash_of;
use crate::notebook::shown;
use crate::plain::{plain, read};
use crate::time::{Day, ZoneName, date, python_year};

/// Public holidays as rules, own dates and exceptions, for any year. Immutable.
///
/// `HolidayCalendar("NL")` is a built-in list (`HolidayCalendar.countries()` names them all), `HolidayCalendar()` an
/// empty one. The Dutch list has two switches: `liberation_day` is `"lustrum"` (years divisible by five, the default),
/// `"every_year"` or `"never"`; `good_friday` is False by default.
///
/// >>> from datetime import date
/// >>> import klokuur
/// >>> calendar = klokuur.HolidayCalendar("NL", liberation_day="lustrum", good_friday=False)
/// >>> len(calendar.holidays(2026)), date(2026, 4, 27) in calendar
/// (9, True)
/// >>> both = calendar | klokuur.HolidayCalendar("BE")
/// >>> both.holiday_on(date(2026, 7, 21)).name_en
/// 'National Day'
///
/// Raises UnknownNameError for a country that is not built in, InvalidValueError for a switch that does not belong to it.
#[pyclass(frozen, eq, module = "klokuur", name = "HolidayCalendar")]
#[derive(Clone, PartialEq)]
pub(crate) struct PyHolidayCalendar(pub(crate) HolidayCalendar);

#[pymethods]
impl PyHolidayCalendar {
    #[new]
    #[pyo3(signature = (
        country: "str | None" = None,
        *,
        liberation_day: "typing.Literal['lustrum', 'every_year', 'never'] | None" = None,
        good_friday: "bool | None" = None
    ))]
    fn new(
        country: Option<OneCode<'_>>,
        liberation_day: Option<Text<'_>>,
        good_friday: Option<bool>,
    ) -> PyResult<Self> {
        let Some(OneCode(country)) = country else {
            return match (liberation_day, good_friday) {
                (None, None) => Ok(Self(HolidayCalendar::empty())),
                _ => Err(no_switches("an empty calendar")),
            };
        };
        if liberation_day.is_none() && good_friday.is_none() {
            return HolidayCalendar::country(country).or_raise().map(Self);
        }
        // An unknown country is the greater mistake.
        HolidayCalendar::country(country).or_raise()?;
        if country != "NL" {
            return Err(no_switches(country));
        }
        let liberation_day = match liberation_day.map(|given| given.0) {
            None | Some("lustrum" | "lustrum_years") => LiberationDay::LustrumYears,
            Some("every_year") => LiberationDay::EveryYear,
            Some("never") => LiberationDay::Never,
            Some(other) => return Err(invalid("liberation_day", other, "lustrum, every_year or never")),
        };
        let options = NetherlandsOptions { liberation_day, good_friday: good_friday.unwrap_or_default() };
        Ok(Self(HolidayCalendar::netherlands_with(options)))
    }

    /// A calendar of plain dates.
    ///
    /// Takes an iterable of dates (named `name`) or of pairs `(date, name)`, a mapping of dates to names, or any object of
    /// the package `holidays`, which is filled for the years `years` first. What has a time must be at midnight without a
    /// zone, as pandas and NumPy write dates.
    ///
    /// >>> from datetime import date
    /// >>> import klokuur
    /// >>> shop = klokuur.HolidayCalendar.from_dates({date(2026, 12, 24): "Stocktaking"})
    /// >>> shop.holiday_on(date(2026, 12, 24)).name_en
    /// 'Stocktaking'
    ///
    /// Raises InvalidValueError for an empty or overlong name, a datetime that is no date, and a `holidays` object without
    /// any year.
    #[staticmethod]
    #[pyo3(signature = (
        dates: "collections.abc.Iterable[datetime.date | tuple[datetime.date, str]] | collections.abc.Mapping[datetime.date, str]",
        *,
        name: "str" = "Holiday",
        years: "collections.abc.Iterable[int] | None" = None
    ) -> "HolidayCalendar")]
    fn from_dates(
        dates: &Bound<'_, PyAny>,
        #[pyo3(from_py_with = text)] name: &str,
        years: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        fill_years(dates, years)?;
        let mut found: Vec<(NaiveDate, String)> = Vec::new();
        if let Some(pairs) = names_by_date(dates)? {
            for pair in pairs.try_iter()? {
                let (date, name): (Bound<'_, PyAny>, Bound<'_, PyAny>) = pair?.extract()?;
                found.push((midnight(&date)?, text_of(&name)?));
            }
        } else if let Ok(mapping) = dates.cast::<PyMapping>() {
            for pair in mapping.items()? {
                let (date, name): (Bound<'_, PyAny>, Bound<'_, PyAny>) = pair.extract()?;
                found.push((midnight(&date)?, text_of(&name)?));
            }
        } else {
            for item in dates.try_iter()? {
                let item = item?;
                match item.cast::<PyTuple>() {
                    Ok(pair) => {
                        let (date, name): (Bound<'_, PyAny>, Bound<'_, PyAny>) = pair.extract()?;
                        found.push((midnight(&date)?, text_of(&name)?));
                    }
                    Err(_) => found.push((midnight(&item)?, name.to_owned())),
                }
            }
        }
        HolidayCalendar::from_dates(found).or_raise().map(Self)
    }

    /// Reads a calendar from JSON.
    ///
    /// >>> import klokuur
    /// >>> klokuur.HolidayCalendar.from_json('{"countries": ["NL"], "without": ["2026-04-27"]}').name
    /// 'NL'
    ///
    /// Raises InvalidDocumentError for text that is not JSON, an unknown key, or a rule, date, name or country that is refused.
    #[staticmethod]
    #[pyo3(signature = (text: "str") -> "HolidayCalendar")]
    fn from_json(text: Text<'_>) -> PyResult<Self> {
        HolidayCalendar::from_json(text.0).or_raise().map(Self)
    }

    /// Reads a calendar from TOML, in the form of `from_json`.
    ///
    /// >>> import klokuur
    /// >>> klokuur.HolidayCalendar.from_toml('countries = ["NL", "BE"]').name
    /// 'BE + NL'
    ///
    /// Raises InvalidDocumentError for text that is not TOML, an unknown key, or a rule, date, name or country that is refused.
    #[staticmethod]
    #[pyo3(signature = (text: "str") -> "HolidayCalendar")]
    fn from_toml(text: Text<'_>) -> PyResult<Self> {
        HolidayCalendar::from_toml(text.0).or_raise().map(Self)
    }

    /// The calendar as a JSON document that `from_json` reads back.
    ///
    /// >>> import klokuur
    /// >>> calendar = klokuur.HolidayCalendar("NL")
    /// >>> klokuur.HolidayCalendar.from_json(calendar.to_json()) == calendar
    /// True
    #[pyo3(signature = () -> "str")]
    fn to_json(&self) -> String {
        self.0.to_json()
    }

    /// The calendar as a dictionary, of the form that `from_json` reads.
    ///
    /// >>> import klokuur
    /// >>> sorted(klokuur.HolidayCalendar("NL").to_dict())
    /// ['name', 'rules']
    #[pyo3(signature = () -> "dict[str, typing.Any]")]
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        plain(py, &self.0)
    }

    /// The calendar of a dictionary as `to_dict` gives it.
    ///
    /// >>> import klokuur
    /// >>> klokuur.HolidayCalendar.from_dict({"countries": ["NL"]}) == klokuur.HolidayCalendar("NL")
    /// True
    ///
    /// Raises InvalidDocumentError for an unknown key, or a rule, date, name or country that is refused.
    #[staticmethod]
    #[pyo3(signature = (document: "collections.abc.Mapping[str, typing.Any]") -> "HolidayCalendar")]
    fn from_dict(document: &Bound<'_, PyAny>) -> PyResult<Self> {
        read(document, "holiday calendar").map(Self)
    }

    /// The built-in calendars, with the first year from which the history of each is right.
    ///
    /// >>> import klokuur
    /// >>> klokuur.HolidayCalendar.countries()[0]
    /// Country(code='NL', name_en='Netherlands', name_local='Nederland', right_since=1990)
    #[staticmethod]
    #[pyo3(signature = () -> "tuple[Country, ...]")]
    fn countries(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
        let class = py.import("klokuur._calendar")?.getattr("Country")?;
        let countries = HolidayCalendar::countries()
            .into_iter()
            .map(|c| class.call1((c.code, c.name_en, c.name_local, c.right_since)));
        PyTuple::new(py, countries.collect::<PyResult<Vec<_>>>()?)
    }

    /// The holidays of a calendar year, in order of date, one for each date.
    ///
    /// >>> import klokuur
    /// >>> klokuur.HolidayCalendar("NL").holidays(2026)[3]
    /// Holiday(date=datetime.date(2026, 4, 27), name_en="King's Day", name_local='Koningsdag')
    ///
    /// Raises OutOfRangeError for a year that Python's dates do not have.
    #[pyo3(signature = (year: "int") -> "list[Holiday]")]
    fn holidays<'py>(&self, py: Python<'py>, year: Whole<i64>) -> PyResult<Bound<'py, PyList>> {
        lower_all(py, self.0.holidays(python_year(year.0)?))
    }

    /// The holidays from `first` to `last`, both included, in order of date.
    ///
    /// >>> from datetime import date
    /// >>> import klokuur
    /// >>> [h.name_en for h in klokuur.HolidayCalendar("NL").holidays_between(date(2026, 12, 1), date(2027, 1, 1))]
    /// ['Christmas Day', 'Second Day of Christmas', "New Year's Day"]
    #[pyo3(signature = (first: "datetime.date", last: "datetime.date") -> "list[Holiday]")]
    fn holidays_between<'py>(&self, py: Python<'py>, first: Day, last: Day) -> PyResult<Bound<'py, PyList>> {
        lower_all(py, self.0.holidays_between(first.0, last.0))
    }

    /// The holiday on a date, or None.
    ///
    /// >>> from datetime import date
    /// >>> import klokuur
    /// >>> klokuur.HolidayCalendar("NL").holiday_on(date(2026, 12, 24)) is None
    /// True
    #[pyo3(signature = (date: "datetime.date") -> "Holiday | None")]
    fn holiday_on<'py>(&self, py: Python<'py>, date: Day) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.0.holiday_on(date.0).map(|holiday| lower(py, holiday)).transpose()
    }

    /// Whether a date is a holiday; `date in calendar` is the same.
    ///
    /// >>> from datetime import date
    /// >>> import klokuur
    /// >>> klokuur.HolidayCalendar("NL").is_holiday(date(2026, 12, 25))
    /// True
    #[pyo3(signature = (date: "datetime.date") -> "bool")]
    fn is_holiday(&self, date: Day) -> bool {
        self.0.is_holiday(date.0)
    }

    fn __contains__(&self, date: Day) -> bool {
        self.0.is_holiday(date.0)
    }

    /// The calendar with one more date; `name_local` is its name in the language of the country.
    ///
    /// >>> from datetime import date
    /// >>> import klokuur
    /// >>> shop = klokuur.HolidayCalendar("NL").with_date(date(2026, 12, 24), "Stocktaking", "Inventarisatie")
    /// >>> shop.holiday_on(date(2026, 12, 24)).name_local
    /// 'Inventarisatie'
    ///
    /// Raises InvalidValueError for an empty or overlong name.
    #[pyo3(signature = (date: "datetime.date", name: "str" = "Holiday", name_local: "str | None" = None) -> "HolidayCalendar")]
    fn with_date(
        &self,
        date: Day,
        #[pyo3(from_py_with = text)] name: &str,
        name_local: Option<Text<'_>>,
    ) -> PyResult<Self> {
        self.0.with_named_date(date.0, name, name_local.map_or(name, |local| local.0)).or_raise().map(Self)
    }

    /// The calendar with exceptions: no rule, of now or added later, makes these dates holidays.
    ///
    /// >>> from datetime import date
    /// >>> import klokuur
    /// >>> date(2026, 4, 27) in klokuur.HolidayCalendar("NL").without(date(2026, 4, 27))
    /// False
    #[pyo3(signature = (*dates: "datetime.date") -> "HolidayCalendar")]
    fn without(&self, dates: Vec<Day>) -> Self {
        Self(dates.iter().fold(self.0.clone(), |calendar, date| calendar.without_date(date.0)))
    }

    /// The dates that are holidays in either calendar; `a | b` is the same.
    ///
    /// >>> import klokuur
    /// >>> klokuur.HolidayCalendar("NL").union(klokuur.HolidayCalendar("BE")).name
    /// 'BE + NL'
    #[pyo3(signature = (other: "HolidayCalendar") -> "HolidayCalendar")]
    fn union(&self, other: &Self) -> Self {
        Self(self.0.union(&other.0))
    }

    fn __or__(&self, other: &Self) -> Self {
        self.union(other)
    }

    fn __add__(&self, other: &Self) -> Self {
        self.union(other)
    }

    fn __getitem__(&self, key: &Bound<'_, PyAny>) -> PyResult<()> {
        let _ = key;
        Err(PyTypeError::new_err(
            "a calendar has holidays of any year: ask for them, as calendar.holidays(2026), calendar.holiday_on(date)",
        ))
    }

    /// The same holidays, counted from midnight to midnight in a zone whatever the zone of the schedule.
    ///
    /// >>> import klokuur
    /// >>> klokuur.HolidayCalendar("PL").in_zone("Europe/Warsaw").zone
    /// 'Europe/Warsaw'
    ///
    /// Raises UnknownNameError for a zone that is not an IANA name.
    #[pyo3(signature = (zone: "str | datetime.tzinfo") -> "HolidayCalendar")]
    fn in_zone(&self, zone: ZoneName) -> PyResult<Self> {
        Ok(Self(self.0.in_zone(zone.zone()?)))
    }

    /// The calendar under a name of its own.
    ///
    /// >>> import klokuur
    /// >>> klokuur.HolidayCalendar("NL").named("our shop")
    /// HolidayCalendar('our shop', 95362a824c917f45)
    #[pyo3(signature = (name: "str") -> "HolidayCalendar")]
    fn named(&self, name: Text<'_>) -> Self {
        Self(self.0.named(name.0))
    }

    /// The calendar split by zone: each part has one `zone`, and together they are this calendar.
    ///
    /// >>> import klokuur
    /// >>> nl, pl = klokuur.HolidayCalendar("NL"), klokuur.HolidayCalendar("PL").in_zone("Europe/Warsaw")
    /// >>> [part.zone for part in (nl | pl).parts()]
    /// [None, 'Europe/Warsaw']
    #[pyo3(signature = () -> "list[HolidayCalendar]")]
    fn parts(&self) -> Vec<Self> {
        self.0.parts().into_iter().map(Self).collect()
    }

    /// The name: a country's code, the codes of a union (`BE + NL`), one's own, or empty.
    #[getter]
    fn name(&self) -> &str {
        self.0.name()
    }

    /// The zone that the holidays are bound to; None: the zone of the schedule that uses them.
    #[getter]
    fn zone(&self) -> Option<&'static str> {
        self.0.zone().map(|zone| zone.name())
    }

    /// The stable hash of the rules, dates, exceptions and zones: 16 hexadecimal digits.
    #[getter]
    fn fingerprint(&self) -> String {
        self.0.fingerprint().to_string()
    }

    fn __bool__(&self) -> bool {
        !self.0.is_empty()
    }

    fn __hash__(&self) -> u64 {
        hash_of(&self.0.fingerprint())
    }

    fn _repr_html_(slf: &Bound<'_, Self>) -> PyResult<String> {
        shown(slf.as_any())
    }

    fn __repr__(&self) -> String {
        self.shown()
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        Ok((slf.get_type().getattr("from_json")?, (slf.get().to_json(),)))
    }
}

/// A country's code; several are several calendars.
struct OneCode<'a>(&'a str);

impl<'a, 'py> FromPyObject<'a, 'py> for OneCode<'a> {
    type Error = PyErr;

    #[cfg(feature = "stubs")]
    const INPUT_TYPE: pyo3::inspect::PyStaticExpr = pyo3::type_hint_identifier!("builtins", "str");

    fn extract(given: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        if given.is_instance_of::<PyList>() || given.is_instance_of::<PyTuple>() {
            let joined = "HolidayCalendar(\"NL\") | HolidayCalendar(\"BE\")";
            return Err(PyTypeError::new_err(format!(
                "a calendar is of one country: join several, as {joined}"
            )));
        }
        given.extract::<Text<'a>>().map(|text| Self(text.0))
    }
}

impl PyHolidayCalendar {
    /// The name and the fingerprint: the rules would be too long.
    pub(crate) fn shown(&self) -> String {
        format!("HolidayCalendar('{}', {})", self.0.name(), self.0.fingerprint())
    }
}

fn no_switches(calendar: &str) -> PyErr {
    raise(&KlokuurError::InvalidValue {
        what: "switch of",
        given: calendar.to_owned(),
        accepted: "liberation_day and good_friday for NL only".into(),
    })
}

fn lower(py: Python<'_>, holiday: Holiday) -> PyResult<Bound<'_, PyAny>> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let class = CLASS.import(py, "klokuur._calendar", "Holiday")?;
    class.call1((date(py, holiday.date)?, holiday.name_en, holiday.name_local))
}

fn lower_all(py: Python<'_>, holidays: Vec<Holiday>) -> PyResult<Bound<'_, PyList>> {
    let lowered = holidays.into_iter().map(|holiday| lower(py, holiday));
    PyList::new(py, lowered.collect::<PyResult<Vec<_>>>()?)
}

/// The objects of `holidays` know their dates only for years that were asked for.
fn fill_years(dates: &Bound<'_, PyAny>, years: Option<&Bound<'_, PyAny>>) -> PyResult<()> {
    let py = dates.py();
    let own_years =
        match dates.hasattr(intern!(py, "holiday_dates"))? || dates.hasattr(intern!(py, "expand"))? {
            true => dates.getattr_opt(intern!(py, "years"))?,
            false => None,
        };
    match (own_years, years) {
        (None, None) => Ok(()),
        (None, Some(_)) => Err(invalid(
            "years",
            "years=",
            "it beside an object of the package holidays alone: other dates have their years",
        )),
        (Some(own), None) if own.is_truthy()? => Ok(()),
        (Some(_), None) => Err(invalid(
            "holidays object",
            name_of(dates),
            "one that was made with years=, or years=range(2020, 2031) here",
        )),
        (Some(_), Some(years)) => {
            let expands =
                dates.getattr_opt(intern!(py, "expand"))?.is_none_or(|e| e.is_truthy().unwrap_or(true));
            if !expands {
                return Err(PyTypeError::new_err(
                    "this holidays object has expand=False: make it with its years",
                ));
            }
            for year in years.try_iter()? {
                // Asking for a date fills its year.
                let day = date(
                    py,
                    NaiveDate::from_ymd_opt(python_year(year?.extract()?)?, 1, 1).unwrap_or_default(),
                )?;
                dates.contains(day)?;
            }
            Ok(())
        }
    }
}

/// The pairs of a pandas Series of names by date; None of anything else.
fn names_by_date<'py>(dates: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyAny>>> {
    let py = dates.py();
    if name_of(dates) != "Series" || !dates.hasattr(intern!(py, "index"))? {
        return Ok(None);
    }
    let is_named = name_of(&dates.getattr(intern!(py, "index"))?) == "DatetimeIndex";
    is_named.then(|| dates.call_method0(intern!(py, "items"))).transpose()
}

/// A date, or what others write for one: midnight without a zone, a NumPy day, ISO text.
fn midnight(given: &Bound<'_, PyAny>) -> PyResult<NaiveDate> {
    let py = given.py();
    if let Ok(text) = given.cast::<PyString>() {
        let text = text.to_string();
        return text.parse().map_err(|_| invalid("date", text, "a date such as 2026-12-24"));
    }
    // Unlike any date, a missing one does not equal itself.
    if !given.eq(given).unwrap_or(true) {
        return Err(invalid("date", shown_text(given), "a date: leave out what is missing"));
    }
    let module = given.get_type().module()?.to_string();
    if module == "numpy" && given.hasattr(intern!(py, "item"))? {
        let Ok(item) = given.call_method0(intern!(py, "item")) else { return no_date(given) };
        return if item.is_instance_of::<PyInt>() { no_date(given) } else { midnight(&item) };
    }
    if !given.is_instance_of::<PyDateTime>() {
        return given.extract::<Day>().map(|day| day.0);
    }
    let clock = given.call_method0(intern!(py, "time"))?;
    let is_midnight = clock.eq(py.import("datetime")?.getattr("time")?.call0()?)?;
    if is_midnight && given.getattr(intern!(py, "tzinfo"))?.is_none() {
        return given.call_method0(intern!(py, "date"))?.extract::<Day>().map(|day| day.0);
    }
    no_date(given)
}

fn no_date(given: &Bound<'_, PyAny>) -> PyResult<NaiveDate> {
    Err(invalid("date", shown_text(given), "a date, or midnight without a zone"))
}

fn text_of(name: &Bound<'_, PyAny>) -> PyResult<String> {
    text_in(&name.str()?)
}

/// A calendar, or the built-in one of a code.
pub(crate) fn lifted(given: &Bound<'_, PyAny>) -> PyResult<HolidayCalendar> {
    if let Ok(calendar) = given.cast::<PyHolidayCalendar>() {
        return Ok(calendar.get().0.clone());
    }
    if let Ok(code) = given.cast::<PyString>() {
        return HolidayCalendar::country(&code.to_string()).or_raise();
    }
    let is_dates = given.cast::<PyMapping>().is_ok()
        || given.is_instance_of::<PyList>()
        || given.is_instance_of::<PyTuple>();
    if is_dates {
        return dates_or_codes(given);
    }
    let name = name_of(given);
    Err(PyTypeError::new_err(format!(
        "holidays must be a HolidayCalendar or a country's code, not {name}: see HolidayCalendar.from_dates"
    )))
}

/// The calendar of dates, or the built-in ones of several codes joined.
fn dates_or_codes(given: &Bound<'_, PyAny>) -> PyResult<HolidayCalendar> {
    let is_date = |text: &str| text.parse::<NaiveDate>().is_ok();
    match given.extract::<Vec<String>>() {
        Ok(codes) if !codes.is_empty() && !codes.iter().all(|text| is_date(text)) => {
            let mut joined = HolidayCalendar::empty();
            for code in &codes {
                joined = joined.union(&HolidayCalendar::country(code).or_raise()?);
            }
            Ok(joined)
        }
        _ => PyHolidayCalendar::from_dates(given, "Holiday", None).map(|calendar| calendar.0),
    }
}
