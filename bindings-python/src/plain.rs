//! Records of the core as plain Python objects (dict, list, str, int, float, bool, None), and back.
//!
//! A record goes out by serde: what the core writes into JSON is what Python sees. `klokuur._records` then makes
//! typed, frozen dataclasses of it, with datetimes, dates and timedeltas where the fields say so.

use std::fmt::Display;

use chrono::DateTime;
use klokuur::KlokuurError;
use klokuur::document::MAX_DEPTH;
use pyo3::IntoPyObjectExt;
use pyo3::exceptions::{PyOverflowError, PyRecursionError, PyRuntimeError, PyTypeError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{
    PyBool, PyBytes, PyDate, PyDateTime, PyDelta, PyDict, PyFloat, PyInt, PyIterator, PyList, PyString,
    PyType,
};
use serde::de::DeserializeOwned;
use serde::ser::{self, Serialize};
use serde_json::{Map, Number, Value};

use crate::arguments::text_in;
use crate::error::{OrRaise, invalid, name_of, raise, shown};
use crate::time::{Moment, timedelta_in};

/// A value as plain Python objects.
pub(crate) fn plain<'py, T: Serialize + ?Sized>(py: Python<'py>, value: &T) -> PyResult<Bound<'py, PyAny>> {
    value.serialize(ToPython { py }).map_err(|error| error.0)
}

/// A value as the record `klokuur._records.<name>`, its instants in `zone` (a tzinfo; by default as written).
pub(crate) fn record<'py, T: Serialize + ?Sized>(
    py: Python<'py>,
    module: &str,
    name: &str,
    value: &T,
    zone: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let class = py.import(module)?.getattr(name)?;
    class.call_method1(intern!(py, "_of"), (plain(py, value)?, zone))
}

/// A value from plain Python objects; `document` says what it should be.
///
/// Datetimes, dates, timedeltas, enums, records and their collections are read as what the core writes for them.
pub(crate) fn read<T: DeserializeOwned>(given: &Bound<'_, PyAny>, document: &'static str) -> PyResult<T> {
    klokuur::document::read(document, json(given, document)?).or_raise()
}

/// Python objects as JSON.
pub(crate) fn json(given: &Bound<'_, PyAny>, document: &'static str) -> PyResult<Value> {
    Reading { document, depth: MAX_DEPTH }.value(given)
}

/// Reading of a document, inside so many lists and objects at most.
#[derive(Clone, Copy)]
struct Reading {
    document: &'static str,
    depth: usize,
}

impl Reading {
    fn too_deep(self) -> PyErr {
        raise(&klokuur::document::too_deep(self.document))
    }

    /// One level further in: an object that holds itself ends here.
    fn inside(self) -> PyResult<Self> {
        let depth = self.depth.checked_sub(1).ok_or_else(|| self.too_deep())?;
        Ok(Self { depth, ..self })
    }

    /// What an object's own method gives. One that calls itself without end is nested too deeply.
    fn told<'py>(self, given: PyResult<Bound<'py, PyAny>>, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        given.map_err(
            |error| if error.is_instance_of::<PyRecursionError>(py) { self.too_deep() } else { error },
        )
    }

    // What goes round is small, so that a small stack holds all of it: the rest stands in functions of its own.
    fn value(self, given: &Bound<'_, PyAny>) -> PyResult<Value> {
        match self.part(given)? {
            Part::Whole(value) => Ok(value),
            Part::Other(other) => self.inside()?.value(&other),
            Part::Items(items) => self.inside()?.list(&items),
            Part::Pairs(pairs) => self.inside()?.object(&pairs),
        }
    }

    fn list(self, items: &Bound<'_, PyIterator>) -> PyResult<Value> {
        let mut list = Vec::new();
        for item in items {
            list.push(self.value(&item?)?);
        }
        Ok(Value::Array(list))
    }

    fn object(self, pairs: &Bound<'_, PyIterator>) -> PyResult<Value> {
        let mut map = Map::new();
        for pair in pairs {
            let (key, value) = pair_of(&pair?)?;
            if map.contains_key(&key) {
                return Err(raise(&klokuur::document::twice(self.document, &key)));
            }
            let value = self.value(&value)?;
            map.insert(key, value);
        }
        Ok(Value::Object(map))
    }

    /// What an object is made of.
    #[inline(never)]
    fn part<'py>(self, given: &Bound<'py, PyAny>) -> PyResult<Part<'py>> {
        if let Some(value) = scalar(given)? {
            return Ok(Part::Whole(value));
        }
        let py = given.py();
        if let Some(to_dict) = given.getattr_opt(intern!(py, "to_dict"))? {
            return self.told(to_dict.call0(), py).map(Part::Other);
        }
        if let Some(items) = given.getattr_opt(intern!(py, "items"))? {
            return self.told(items.call0(), py)?.try_iter().map(Part::Pairs);
        }
        if given.hasattr(intern!(py, "_member_map_"))? || given.hasattr(intern!(py, "_value_"))? {
            return given.getattr(intern!(py, "value")).map(Part::Other);
        }
        if given.hasattr(intern!(py, "__index__"))? {
            return whole(given).map(Part::Whole);
        }
        // A Fraction, which stays exact.
        if let Some(denominator) = given.getattr_opt(intern!(py, "denominator"))? {
            let numerator = given.getattr(intern!(py, "numerator"))?;
            let text = format!("{}/{}", shown(&numerator), shown(&denominator));
            return Ok(Part::Whole(Value::String(text)));
        }
        if let Ok(items) = given.try_iter() {
            return Ok(Part::Items(items));
        }
        if given.hasattr(intern!(py, "__float__"))? {
            return given.call_method0(intern!(py, "__float__")).map(Part::Other);
        }
        Err(no_plain_form(given))
    }
}

/// What an object of Python's is made of.
enum Part<'py> {
    Whole(Value),
    Other(Bound<'py, PyAny>),
    Items(Bound<'py, PyIterator>),
    Pairs(Bound<'py, PyIterator>),
}

#[inline(never)]
fn pair_of<'py>(pair: &Bound<'py, PyAny>) -> PyResult<(String, Bound<'py, PyAny>)> {
    let (key, value): (Bound<'py, PyAny>, Bound<'py, PyAny>) = pair.extract()?;
    Ok((text_in(&key.str()?)?, value))
}

/// The value of what holds no others.
#[inline(never)]
fn scalar(given: &Bound<'_, PyAny>) -> PyResult<Option<Value>> {
    let py = given.py();
    if given.is_none() {
        return Ok(Some(Value::Null));
    }
    if let Ok(truth) = given.cast::<PyBool>() {
        return Ok(Some(Value::Bool(truth.is_true())));
    }
    if let Ok(text) = given.cast::<PyString>() {
        return text_in(text).map(Value::String).map(Some);
    }
    if given.is_instance_of::<PyInt>() {
        return whole(given).map(Some);
    }
    if given.is_instance_of::<PyFloat>() {
        let number = Number::from_f64(given.extract()?);
        return match number {
            Some(number) => Ok(Some(Value::Number(number))),
            None => Err(invalid("number", shown(given), "a finite number")),
        };
    }
    if given.is_instance_of::<PyDateTime>() {
        let moment: Moment<'_> = given.extract()?;
        // The wall clock that the caller sees is part of some documents (a log in local time).
        let text: String = given.call_method0(intern!(py, "isoformat"))?.extract()?;
        // RFC 3339 has no seconds in an offset, as local mean time had before there were zones.
        let is_written = !moment.is_timestamp() && DateTime::parse_from_rfc3339(&text).is_ok();
        return Ok(Some(Value::String(if is_written { text } else { moment.at().to_rfc3339() })));
    }
    if given.is_instance_of::<PyDate>() {
        return Ok(Some(Value::String(given.call_method0(intern!(py, "isoformat"))?.extract()?)));
    }
    if given.is_instance_of::<PyDelta>() {
        return Ok(Some(Value::String(timedelta_in(given)?.to_iso())));
    }
    if given.is_instance_of::<PyBytes>() || given.is_instance_of::<PyType>() {
        return Err(no_plain_form(given));
    }
    Ok(None)
}

fn no_plain_form(given: &Bound<'_, PyAny>) -> PyErr {
    PyTypeError::new_err(format!("{} has no plain form", name_of(given)))
}

fn whole(given: &Bound<'_, PyAny>) -> PyResult<Value> {
    if let Ok(number) = given.extract::<i64>() {
        return Ok(number.into());
    }
    given.extract::<u64>().map(Value::from).map_err(|error| {
        if !error.is_instance_of::<PyOverflowError>(given.py()) {
            return error;
        }
        let accepted = "whole numbers of 64 bits".into();
        raise(&KlokuurError::OutOfRange { what: "number", given: shown(given), accepted })
    })
}

/// Serde's errors, which a Python exception stands for.
#[derive(Debug)]
pub(crate) struct Problem(PyErr);

impl Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Problem {}

impl From<PyErr> for Problem {
    fn from(error: PyErr) -> Self {
        Self(error)
    }
}

impl ser::Error for Problem {
    fn custom<T: Display>(message: T) -> Self {
        Self(PyRuntimeError::new_err(message.to_string()))
    }
}

type Made<'py> = Result<Bound<'py, PyAny>, Problem>;

#[derive(Clone, Copy)]
struct ToPython<'py> {
    py: Python<'py>,
}

impl<'py> ToPython<'py> {
    fn made<T: IntoPyObjectExt<'py>>(self, value: T) -> Made<'py> {
        Ok(value.into_bound_py_any(self.py)?)
    }

    fn variant(self, name: &str, content: Bound<'py, PyAny>) -> Made<'py> {
        let dict = PyDict::new(self.py);
        dict.set_item(name, content)?;
        Ok(dict.into_any())
    }
}

macro_rules! numbers {
    ($($method:ident $kind:ty),*) => {
        $(fn $method(self, value: $kind) -> Made<'py> { self.made(value) })*
    };
}

impl<'py> ser::Serializer for ToPython<'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Problem;
    type SerializeSeq = Items<'py>;
    type SerializeTuple = Items<'py>;
    type SerializeTupleStruct = Items<'py>;
    type SerializeTupleVariant = Items<'py>;
    type SerializeMap = Fields<'py>;
    type SerializeStruct = Fields<'py>;
    type SerializeStructVariant = Fields<'py>;

    numbers!(
        serialize_bool bool, serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64,
        serialize_i128 i128, serialize_u8 u8, serialize_u16 u16, serialize_u32 u32, serialize_u64 u64,
        serialize_u128 u128, serialize_f32 f32, serialize_f64 f64, serialize_char char, serialize_str &str
    );

    fn serialize_bytes(self, value: &[u8]) -> Made<'py> {
        Ok(pyo3::types::PyBytes::new(self.py, value).into_any())
    }

    fn serialize_none(self) -> Made<'py> {
        Ok(self.py.None().into_bound(self.py))
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Made<'py> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Made<'py> {
        self.serialize_none()
    }

    fn serialize_unit_struct(self, _: &'static str) -> Made<'py> {
        self.serialize_none()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Made<'py> {
        self.made(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Made<'py> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Made<'py> {
        let content = value.serialize(self)?;
        self.variant(variant, content)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items<'py>, Problem> {
        Ok(Items { to: self, list: PyList::empty(self.py), variant: None })
    }

    fn serialize_tuple(self, _: usize) -> Result<Items<'py>, Problem> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Items<'py>, Problem> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Items<'py>, Problem> {
        Ok(Items { to: self, list: PyList::empty(self.py), variant: Some(variant) })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Fields<'py>, Problem> {
        Ok(Fields { to: self, dict: PyDict::new(self.py), key: None, variant: None })
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Fields<'py>, Problem> {
        self.serialize_map(None)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Fields<'py>, Problem> {
        Ok(Fields { to: self, dict: PyDict::new(self.py), key: None, variant: Some(variant) })
    }
}

/// A list that is being filled.
pub(crate) struct Items<'py> {
    to: ToPython<'py>,
    list: Bound<'py, PyList>,
    variant: Option<&'static str>,
}

impl<'py> Items<'py> {
    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Problem> {
        Ok(self.list.append(value.serialize(self.to)?)?)
    }

    fn done(self) -> Made<'py> {
        match self.variant {
            Some(name) => self.to.variant(name, self.list.into_any()),
            None => Ok(self.list.into_any()),
        }
    }
}

/// A dict that is being filled.
pub(crate) struct Fields<'py> {
    to: ToPython<'py>,
    dict: Bound<'py, PyDict>,
    key: Option<Bound<'py, PyAny>>,
    variant: Option<&'static str>,
}

impl<'py> Fields<'py> {
    fn set<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Problem> {
        Ok(self.dict.set_item(PyString::intern(self.to.py, key), value.serialize(self.to)?)?)
    }

    fn done(self) -> Made<'py> {
        match self.variant {
            Some(name) => self.to.variant(name, self.dict.into_any()),
            None => Ok(self.dict.into_any()),
        }
    }
}

macro_rules! items {
    ($($kind:ident $method:ident),*) => {
        $(impl<'py> ser::$kind for Items<'py> {
            type Ok = Bound<'py, PyAny>;
            type Error = Problem;
            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Problem> { self.push(value) }
            fn end(self) -> Made<'py> { self.done() }
        })*
    };
}

items!(
    SerializeSeq serialize_element, SerializeTuple serialize_element, SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field
);

macro_rules! fields {
    ($($kind:ident),*) => {
        $(impl<'py> ser::$kind for Fields<'py> {
            type Ok = Bound<'py, PyAny>;
            type Error = Problem;
            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                key: &'static str,
                value: &T,
            ) -> Result<(), Problem> {
                self.set(key, value)
            }
            fn end(self) -> Made<'py> { self.done() }
        })*
    };
}

fields!(SerializeStruct, SerializeStructVariant);

impl<'py> ser::SerializeMap for Fields<'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Problem;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Problem> {
        self.key = Some(key.serialize(self.to)?);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Problem> {
        let value = value.serialize(self.to)?;
        match self.key.take() {
            Some(key) => Ok(self.dict.set_item(key, value)?),
            None => Err(ser::Error::custom("a value without a key")),
        }
    }

    fn end(self) -> Made<'py> {
        self.done()
    }
}
