//! Records of the core as plain Python objects (dict, list, str, int, float, bool, None), and back.
//!
//! A record goes out by serde: what the core writes into JSON is what Python sees. `klokuur._records` then makes
//! typed, frozen dataclasses of it, with datetimes, dates and timedeltas where the fields say so.

use std::fmt::Display;

use chrono::DateTime;
use klokuur::KlokuurError;
use pyo3::IntoPyObjectExt;
use pyo3::exceptions::{PyRuntimeError, PyTypeError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDate, PyDateTime, PyDelta, PyDict, PyFloat, PyInt, PyList, PyString};
use serde::de::DeserializeOwned;
use serde::ser::{self, Serialize};
use serde_json::{Map, Number, Value};

use crate::error::raise;
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
    serde_json::from_value(json(given)?).map_err(|problem| {
        raise(&KlokuurError::InvalidDocument {
            document,
            path: "its content".into(),
            problem: problem.to_string(),
        })
    })
}

/// Python objects as JSON.
pub(crate) fn json(given: &Bound<'_, PyAny>) -> PyResult<Value> {
    let py = given.py();
    if given.is_none() {
        return Ok(Value::Null);
    }
    if let Ok(truth) = given.cast::<PyBool>() {
        return Ok(Value::Bool(truth.is_true()));
    }
    if let Ok(text) = given.cast::<PyString>() {
        return Ok(Value::String(text.to_string()));
    }
    if given.is_instance_of::<PyInt>() {
        if let Ok(number) = given.extract::<i64>() {
            return Ok(number.into());
        }
        return Ok(given.extract::<u64>()?.into());
    }
    if given.is_instance_of::<PyFloat>() {
        return Number::from_f64(given.extract()?)
            .map(Value::Number)
            .ok_or_else(|| crate::error::invalid("number", given.to_string(), "a finite number"));
    }
    if given.is_instance_of::<PyDateTime>() {
        let moment: Moment<'_> = given.extract()?;
        // The wall clock that the caller sees is part of some documents (a log in local time).
        let text: String = given.call_method0(intern!(py, "isoformat"))?.extract()?;
        // RFC 3339 has no seconds in an offset, as local mean time had before there were zones.
        let is_written = !moment.is_timestamp() && DateTime::parse_from_rfc3339(&text).is_ok();
        return Ok(Value::String(if is_written { text } else { moment.at().to_rfc3339() }));
    }
    if given.is_instance_of::<PyDate>() {
        return Ok(Value::String(given.call_method0(intern!(py, "isoformat"))?.extract()?));
    }
    if given.is_instance_of::<PyDelta>() {
        return Ok(Value::String(timedelta_in(given)?.to_iso()));
    }
    if let Some(to_dict) = given.getattr_opt(intern!(py, "to_dict"))? {
        return json(&to_dict.call0()?);
    }
    if let Some(items) = given.getattr_opt(intern!(py, "items"))? {
        let mut map = Map::new();
        for pair in items.call0()?.try_iter()? {
            let (key, value): (Bound<'_, PyAny>, Bound<'_, PyAny>) = pair?.extract()?;
            map.insert(key.str()?.to_string(), json(&value)?);
        }
        return Ok(Value::Object(map));
    }
    if given.hasattr(intern!(py, "_member_map_"))? || given.hasattr(intern!(py, "_value_"))? {
        return json(&given.getattr(intern!(py, "value"))?);
    }
    if given.hasattr(intern!(py, "__index__"))? {
        return Ok(given.extract::<i64>()?.into());
    }
    // A Fraction, which stays exact.
    if let Some(denominator) = given.getattr_opt(intern!(py, "denominator"))? {
        let numerator = given.getattr(intern!(py, "numerator"))?;
        return Ok(Value::String(format!("{numerator}/{denominator}")));
    }
    if let Ok(iterator) = given.try_iter() {
        return iterator.map(|item| json(&item?)).collect::<PyResult<Vec<_>>>().map(Value::Array);
    }
    if given.hasattr(intern!(py, "__float__"))? {
        return json(given.call_method0(intern!(py, "__float__"))?.as_any());
    }
    let name = given.get_type().name()?.to_string();
    Err(PyTypeError::new_err(format!("{name} has no plain form")))
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
