//! The Net Promoter Score.

use klokuur::nps::{
    NO_ANSWER, NpsIntervalMethod, NpsPeriod, NpsTrend, WeightedNps, nps_by, nps_by_month, nps_by_week,
    nps_in, required_answers, required_answers_for,
};
use klokuur::{KlokuurError, Nps, Period};
use pyo3::IntoPyObjectExt;
use pyo3::exceptions::{PyOverflowError, PyTypeError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyTuple, PyType};

use crate::arguments::{Real, Text, Whole, real, text, whole};
use crate::array::{Array, Truth, new_array};
use crate::error::{OrRaise, invalid, raise};
use crate::hash::hash_of;
use crate::inside::detached;
use crate::notebook::shown;
use crate::plain::{plain, record};
use crate::time::{Day, ZoneName, date};

/// Counted answers to "would you recommend us?": promoters (9 and 10), passives (7 and 8), detractors (0 to 6).
///
/// >>> import klokuur
/// >>> answers = klokuur.Nps(promoters=60, passives=30, detractors=10)
/// >>> answers.score, answers.count, answers
/// (50.0, 100, Nps(promoters=60, passives=30, detractors=10))
/// >>> interval = answers.interval(confidence=0.95, method="adjusted_wald")
/// >>> f"{interval.low:.1f} to {interval.high:.1f}"
/// '35.5 to 61.6'
///
/// Tallies add up: `march + april`. Raises OutOfRangeError for a count below 0 or above 10^15.
#[pyclass(frozen, eq, module = "klokuur", name = "Nps")]
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct PyNps(pub(crate) Nps);

/// More decimals than any double has.
const MOST_DECIMALS: usize = 100;

/// A count of answers. One that no 64 bits hold is out of range as any other.
fn count(given: &Bound<'_, PyAny>) -> PyResult<u64> {
    given.extract().map_err(|error: PyErr| {
        if !error.is_instance_of::<PyOverflowError>(given.py()) {
            return error;
        }
        raise(&KlokuurError::OutOfRange {
            what: "count of NPS answers",
            given: crate::error::shown(given),
            accepted: "0 to 1000000000000000".into(),
        })
    })
}

#[pymethods]
impl PyNps {
    #[new]
    #[pyo3(signature = (promoters: "int" = 0, passives: "int" = 0, detractors: "int" = 0))]
    fn new(
        #[pyo3(from_py_with = count)] promoters: u64,
        #[pyo3(from_py_with = count)] passives: u64,
        #[pyo3(from_py_with = count)] detractors: u64,
    ) -> PyResult<Self> {
        Nps::from_counts(promoters, passives, detractors).or_raise().map(Self)
    }

    /// Answers of 9 and 10.
    #[getter]
    fn promoters(&self) -> u64 {
        self.0.promoters()
    }

    /// Answers of 7 and 8.
    #[getter]
    fn passives(&self) -> u64 {
        self.0.passives()
    }

    /// Answers of 0 to 6.
    #[getter]
    fn detractors(&self) -> u64 {
        self.0.detractors()
    }

    /// All answers.
    #[getter]
    fn count(&self) -> u64 {
        self.0.answers()
    }

    /// The score in points, -100 to 100; None without answers.
    #[getter]
    fn score(&self) -> Option<f64> {
        self.0.score().map(|score| score.points())
    }

    /// The exact score in points; None without answers.
    ///
    /// >>> import klokuur
    /// >>> klokuur.Nps(1, 1, 1).exact_score, klokuur.Nps(2, 1, 0).exact_score
    /// (Fraction(0, 1), Fraction(200, 3))
    #[getter]
    fn exact_score<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
        let Some(score) = self.0.score() else { return Ok(None) };
        let hundredfold = i128::from(score.numerator()) * 100;
        CLASS.import(py, "fractions", "Fraction")?.call1((hundredfold, score.denominator())).map(Some)
    }

    /// The shares of promoters, passives and detractors, each 0 to 1; None without answers.
    ///
    /// >>> import klokuur
    /// >>> klokuur.Nps(2, 1, 1).shares
    /// NpsShares(promoters=0.5, passives=0.25, detractors=0.25)
    #[getter]
    fn shares<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.0.shares().map(|shares| record(py, "klokuur._nps", "NpsShares", &shares, None)).transpose()
    }

    /// The standard error of the score in points; None without answers.
    ///
    /// It is 0 when all answers fall in one group, which says how weak it is on few answers: prefer `interval`.
    #[getter]
    fn standard_error(&self) -> Option<f64> {
        self.0.standard_error()
    }

    /// The confidence interval of the score in points; None without answers.
    ///
    /// Methods: `"adjusted_wald"` (the default, good on few answers), `"wald"` (known everywhere, too narrow on few
    /// answers), `"score"` (no true value that a score test would reject).
    ///
    /// >>> import klokuur
    /// >>> klokuur.Nps(promoters=5).interval(method="score").high
    /// 100.0
    ///
    /// Raises OutOfRangeError for a confidence that is not between 0 and 1, InvalidValueError for another method.
    #[pyo3(signature = (
        confidence: "float" = 0.95,
        method: "typing.Literal['adjusted_wald', 'wald', 'score']" = "adjusted_wald"
    ) -> "NpsInterval | None")]
    fn interval<'py>(
        &self,
        py: Python<'py>,
        #[pyo3(from_py_with = real)] confidence: f64,
        #[pyo3(from_py_with = text)] method: &str,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        let interval = self.0.interval_with(confidence, method_named(method)?).or_raise()?;
        interval.map(|interval| record(py, "klokuur._nps", "NpsInterval", &interval, None)).transpose()
    }

    /// This score against that of other answers: the difference, a test and its interval; None when one has no answers.
    ///
    /// >>> import klokuur
    /// >>> change = klokuur.Nps(60, 30, 10).compare(klokuur.Nps(45, 30, 25))
    /// >>> change.difference, change.p_two_sided < 0.01
    /// (30.0, True)
    #[pyo3(signature = (other: "Nps", confidence: "float" = 0.95) -> "NpsComparison | None")]
    fn compare<'py>(
        &self,
        py: Python<'py>,
        other: &Self,
        #[pyo3(from_py_with = real)] confidence: f64,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        let comparison = self.0.compare(&other.0, confidence).or_raise()?;
        comparison.map(|found| record(py, "klokuur._nps", "NpsComparison", &found, None)).transpose()
    }

    /// Whether the score is so many whole points or more, decided exactly; False without answers.
    ///
    /// >>> import klokuur
    /// >>> klokuur.Nps(7, 0, 1).at_least(75)
    /// True
    #[pyo3(signature = (points: "int") -> "bool")]
    fn at_least(&self, points: Whole<i32>) -> bool {
        self.0.score().is_some_and(|score| score.at_least(points.0))
    }

    /// Whether there are fewer answers than a guideline asks for, by default the marketplace's 25.
    ///
    /// >>> import klokuur
    /// >>> klokuur.Nps(20, 2, 2).below_guideline()
    /// True
    #[pyo3(signature = (guideline: "int" = 25) -> "bool")]
    fn below_guideline(&self, #[pyo3(from_py_with = whole)] guideline: u64) -> bool {
        self.0.below_guideline(guideline)
    }

    /// The score as text, rounded exactly; empty without answers.
    ///
    /// >>> import klokuur
    /// >>> klokuur.Nps(2, 1, 0).format(), klokuur.Nps(2, 1, 0).format(0)
    /// ('66.7', '67')
    #[pyo3(signature = (decimals: "int" = 1) -> "str")]
    fn format(&self, #[pyo3(from_py_with = whole)] decimals: usize) -> PyResult<String> {
        if decimals > MOST_DECIMALS {
            return Err(raise(&KlokuurError::OutOfRange {
                what: "number of decimals",
                given: decimals.to_string(),
                accepted: format!("0 to {MOST_DECIMALS}"),
            }));
        }
        Ok(self.0.score().map(|score| format!("{score:.*}", decimals)).unwrap_or_default())
    }

    /// Counts, score, shares, standard error, interval and guideline flag as a dictionary.
    ///
    /// >>> import klokuur
    /// >>> klokuur.Nps(2, 1, 1).to_dict()["score"]
    /// 25.0
    #[pyo3(signature = (confidence: "float" = 0.95, guideline: "int" = 25) -> "dict[str, typing.Any]")]
    fn to_dict<'py>(
        &self,
        py: Python<'py>,
        #[pyo3(from_py_with = real)] confidence: f64,
        #[pyo3(from_py_with = whole)] guideline: u64,
    ) -> PyResult<Bound<'py, PyAny>> {
        let dict = plain(py, &self.0.summary(confidence, guideline).or_raise()?)?;
        dict.set_item("count", dict.get_item("answers")?)?;
        dict.del_item("answers")?;
        dict.set_item("score", self.score())?;
        Ok(dict)
    }

    fn __add__(&self, other: &Self) -> PyResult<Self> {
        self.0.checked_add(other.0).or_raise().map(Self)
    }

    /// `sum()` starts with 0.
    fn __radd__(&self, other: Whole<i64>) -> PyResult<Self> {
        if other.0 == 0 { Ok(*self) } else { Err(PyTypeError::new_err("an Nps adds to an Nps only")) }
    }

    fn __bool__(&self) -> bool {
        !self.0.is_empty()
    }

    fn __hash__(&self) -> u64 {
        hash_of(&self.0)
    }

    fn _repr_html_(slf: &Bound<'_, Self>) -> PyResult<String> {
        shown(slf.as_any())
    }

    fn __repr__(&self) -> String {
        let Self(nps) = self;
        format!(
            "Nps(promoters={}, passives={}, detractors={})",
            nps.promoters(),
            nps.passives(),
            nps.detractors()
        )
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> (Bound<'py, PyType>, (u64, u64, u64)) {
        let nps = slf.get().0;
        (slf.get_type(), (nps.promoters(), nps.passives(), nps.detractors()))
    }
}

fn method_named(name: &str) -> PyResult<NpsIntervalMethod> {
    Ok(match name {
        "adjusted_wald" => NpsIntervalMethod::AdjustedWald,
        "wald" => NpsIntervalMethod::Wald,
        "score" => NpsIntervalMethod::Score,
        _ => return Err(invalid("method", name, "adjusted_wald, wald or score")),
    })
}

/// Scores as bytes, NO_ANSWER for a null; the first that is no whole number from 0 to 10 is refused with its row.
///
/// `values` is a NumPy array of a native number type; `nulls` says where there is no answer, and so does a NaN.
#[pyfunction]
#[pyo3(signature = (
    values: "numpy.typing.NDArray[typing.Any]",
    nulls: "numpy.typing.NDArray[numpy.bool_] | None"
) -> "numpy.typing.NDArray[numpy.uint8]")]
pub(crate) fn nps_bytes<'py>(
    py: Python<'py>,
    values: &Bound<'py, PyAny>,
    nulls: Option<Array<Truth>>,
) -> PyResult<Bound<'py, PyAny>> {
    let nulls = nulls.as_ref().map(|nulls| nulls.as_slice()).transpose()?;
    macro_rules! try_kinds {
        ($($kind:ty),*) => {
            $(if let Ok(array) = values.extract::<Array<$kind>>() {
                let scores = array.as_slice()?;
                let bytes = detached(py, || bytes_of(scores, nulls)).map_err(|error| raise(&error))?;
                return new_array(py, &bytes);
            })*
        };
    }
    try_kinds!(i64, f64, u8, i8, i32, i16, u16, u32, u64, f32);
    Err(PyTypeError::new_err(format!("scores must be numbers, not {}", values.getattr("dtype")?)))
}

/// A number that may be a score.
trait Score: Copy + Sync + std::fmt::Display {
    /// The score, 255 for no answer, anything else for no score.
    fn byte(self) -> u8;
}

macro_rules! whole {
    ($($kind:ty),*) => {
        $(impl Score for $kind {
            #[inline]
            fn byte(self) -> u8 {
                // 254 stands for all that is no score.
                u8::try_from(self).map_or(254, |score| score.min(254))
            }
        })*
    };
}

macro_rules! float {
    ($($kind:ty),*) => {
        $(impl Score for $kind {
            #[inline]
            fn byte(self) -> u8 {
                if self.is_nan() {
                    return NO_ANSWER;
                }
                // A cast saturates; what it changes is no whole number.
                let score = self as u8;
                if <$kind>::from(score) == self { score.min(254) } else { 254 }
            }
        })*
    };
}

whole!(i64, u8, i8, i32, i16, u16, u32, u64);
float!(f64, f32);

fn bytes_of<T: Score>(scores: &[T], nulls: Option<&[Truth]>) -> klokuur::Result<Vec<u8>> {
    let bytes: Vec<u8> = match nulls {
        None => scores.iter().map(|score| score.byte()).collect(),
        Some(nulls) => scores
            .iter()
            .zip(nulls)
            .map(|(s, null)| if null.is_true() { NO_ANSWER } else { s.byte() })
            .collect(),
    };
    match bytes.iter().position(|&byte| byte > 10 && byte != NO_ANSWER) {
        None => Ok(bytes),
        Some(row) => Err(KlokuurError::Row {
            row,
            problem: Box::new(KlokuurError::OutOfRange {
                what: "NPS score",
                given: scores.get(row).map(ToString::to_string).unwrap_or_default(),
                accepted: "whole numbers from 0 to 10".into(),
            }),
        }),
    }
}

/// The tally of bytes as `nps_bytes` gives them.
#[pyfunction]
#[pyo3(signature = (scores: "numpy.typing.NDArray[numpy.uint8]") -> "Nps")]
pub(crate) fn nps_of_bytes(py: Python<'_>, scores: Array<u8>) -> PyResult<PyNps> {
    let scores = scores.as_slice()?;
    detached(py, || Nps::from_column(scores)).or_raise().map(PyNps)
}

/// The tally of each key `0..groups`; NO_KEY rows are left out.
#[pyfunction]
#[pyo3(signature = (
    scores: "numpy.typing.NDArray[numpy.uint8]",
    keys: "numpy.typing.NDArray[numpy.uint32]",
    groups: "int"
) -> "list[Nps]")]
pub(crate) fn nps_by_key(
    py: Python<'_>,
    scores: Array<u8>,
    keys: Array<u32>,
    groups: Whole<u32>,
) -> PyResult<Vec<PyNps>> {
    let (scores, keys) = (scores.as_slice()?, keys.as_slice()?);
    let tallies = detached(py, || nps_by(scores, keys, groups.0)).or_raise()?;
    Ok(tallies.into_iter().map(PyNps).collect())
}

/// The tally of every ISO week or month in a zone: pairs of its first date and the answers.
#[pyfunction]
#[pyo3(signature = (
    at: "numpy.typing.NDArray[numpy.int64]",
    scores: "numpy.typing.NDArray[numpy.uint8]",
    zone: "str | datetime.tzinfo",
    by_month: "bool"
) -> "list[tuple[datetime.date, Nps]]")]
pub(crate) fn nps_by_period<'py>(
    py: Python<'py>,
    at: Array<i64>,
    scores: Array<u8>,
    zone: ZoneName,
    by_month: bool,
) -> PyResult<Vec<Bound<'py, PyTuple>>> {
    let (at, scores, zone) = (at.as_slice()?, scores.as_slice()?, zone.zone()?);
    let periods =
        detached(
            py,
            || if by_month { nps_by_month(zone, at, scores) } else { nps_by_week(zone, at, scores) },
        )
        .or_raise()?;
    let pair = |period: NpsPeriod| {
        PyTuple::new(
            py,
            [date(py, period.period.first())?.into_any(), PyNps(period.nps).into_bound_py_any(py)?],
        )
    };
    periods.into_iter().map(pair).collect()
}

/// The tally of a period of dates in a zone.
#[pyfunction]
#[pyo3(signature = (
    at: "numpy.typing.NDArray[numpy.int64]",
    scores: "numpy.typing.NDArray[numpy.uint8]",
    zone: "str | datetime.tzinfo",
    first: "datetime.date",
    last: "datetime.date"
) -> "Nps")]
pub(crate) fn nps_in_period(
    py: Python<'_>,
    at: Array<i64>,
    scores: Array<u8>,
    zone: ZoneName,
    first: Day,
    last: Day,
) -> PyResult<PyNps> {
    let (at, scores, zone) = (at.as_slice()?, scores.as_slice()?, zone.zone()?);
    let period = Period::between(first.0, last.0).or_raise()?;
    detached(py, || nps_in(period, zone, at, scores)).or_raise().map(PyNps)
}

/// The trend over periods in order; None when fewer than two have answers.
///
/// >>> import klokuur
/// >>> months = [klokuur.Nps(40, 40, 20), klokuur.Nps(50, 35, 15), klokuur.Nps(60, 30, 10)]
/// >>> trend = klokuur.nps_trend(months)
/// >>> round(trend.points_per_period, 6), trend.p_two_sided < 0.05
/// (15.0, True)
#[pyfunction]
#[pyo3(signature = (periods: "collections.abc.Iterable[Nps]") -> "NpsTrend | None")]
pub(crate) fn nps_trend<'py>(
    py: Python<'py>,
    periods: &Bound<'py, PyAny>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let mut tallies = Vec::new();
    for period in periods.try_iter()? {
        tallies.push(period?.cast::<PyNps>()?.get().0);
    }
    NpsTrend::of(&tallies).map(|trend| record(py, "klokuur._nps", "NpsTrend", &trend, None)).transpose()
}

/// How many answers give an interval of plus or minus `margin` points, at worst or for guessed shares.
///
/// >>> import klokuur
/// >>> klokuur.nps_required_answers(10), klokuur.nps_required_answers(10, promoter_share=0.6, detractor_share=0.1)
/// (385, 173)
///
/// Raises OutOfRangeError for a margin, confidence or shares that make no sense.
#[pyfunction]
#[pyo3(signature = (
    margin: "float",
    confidence: "float" = 0.95,
    *,
    promoter_share: "float | None" = None,
    detractor_share: "float | None" = None
) -> "int")]
pub(crate) fn nps_required_answers(
    margin: Real,
    #[pyo3(from_py_with = real)] confidence: f64,
    promoter_share: Option<Real>,
    detractor_share: Option<Real>,
) -> PyResult<u64> {
    match (promoter_share, detractor_share) {
        (Some(promoters), Some(detractors)) => {
            required_answers_for(margin.0, confidence, promoters.0, detractors.0).or_raise()
        }
        (None, None) => required_answers(margin.0, confidence).or_raise(),
        _ => Err(PyTypeError::new_err("give both promoter_share and detractor_share, or neither")),
    }
}

/// The weighted score of bytes as `nps_bytes` gives them; rows without an answer are left out.
#[pyfunction]
#[pyo3(signature = (
    scores: "numpy.typing.NDArray[numpy.uint8]",
    weights: "numpy.typing.NDArray[numpy.float64]",
    confidence: "float",
    method: "str"
) -> "WeightedNps")]
pub(crate) fn nps_of_weights<'py>(
    py: Python<'py>,
    scores: Array<u8>,
    weights: Array<f64>,
    confidence: Real,
    method: Text<'_>,
) -> PyResult<Bound<'py, PyAny>> {
    let (scores, weights) = (scores.as_slice()?, weights.as_slice()?);
    if scores.len() != weights.len() {
        return Err(raise(&KlokuurError::LengthMismatch {
            what: "columns of an NPS",
            left: scores.len(),
            right: weights.len(),
        }));
    }
    let answered = || scores.iter().zip(weights).enumerate().filter(|(_, (score, _))| **score != NO_ANSWER);
    let nps = WeightedNps::from_scores(answered().map(|(_, (score, weight))| (*score, *weight)));
    // The core counts the answers; the caller counts rows.
    let nps = nps.map_err(|error| match error {
        KlokuurError::Row { row, problem } => {
            raise(&KlokuurError::Row { row: answered().nth(row).map_or(row, |(at, _)| at), problem })
        }
        other => raise(&other),
    })?;
    let interval = nps.interval_with(confidence.0, method_named(method.0)?).or_raise()?;
    let fields = serde_json::json!({
        "count": nps.answers(),
        "effective_count": nps.effective_answers(),
        "score": nps.points(),
        "shares": nps.shares(),
        "standard_error": nps.standard_error(),
        "interval": interval,
    });
    record(py, "klokuur._nps", "WeightedNps", &fields, None)
}
