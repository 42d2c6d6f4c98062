//! Reading JSON objects field by field, so that every fault has its path, and writing them back with what was unknown.

use chrono::{DateTime, FixedOffset};
use serde_json::{Map, Value};

use crate::error::{KlokuurError, Result};

/// The fields of a JSON object that this version does not know, in the order they came.
pub(super) type Other = Map<String, Value>;

/// Parses the text of a document.
pub(super) fn parse(document: &'static str, text: &str) -> Result<Value> {
    serde_json::from_str(text).map_err(|e| KlokuurError::InvalidDocument {
        document,
        path: format!("line {}, column {}", e.line(), e.column()),
        problem: "not JSON: accepted is one JSON object".into(),
    })
}

/// One JSON object while it is read: fields are taken out, what stays is unknown.
pub(super) struct Fields {
    document: &'static str,
    path: String,
    map: Map<String, Value>,
}

impl Fields {
    pub(super) fn root(document: &'static str, value: Value) -> Result<Self> {
        Self::of(document, String::new(), value)
    }

    fn of(document: &'static str, path: String, value: Value) -> Result<Self> {
        match value {
            Value::Object(map) => Ok(Self { document, path, map }),
            other => Err(fault(document, path, &format!("found {}, accepted is an object", kind(&other)))),
        }
    }

    /// What is left: the unknown fields, in their order.
    pub(super) fn rest(self) -> Other {
        self.map
    }

    pub(super) fn path(&self, field: &str) -> String {
        if self.path.is_empty() { field.to_owned() } else { format!("{}.{field}", self.path) }
    }

    pub(super) fn fault(&self, field: &str, problem: &str) -> KlokuurError {
        fault(self.document, self.path(field), problem)
    }

    /// An absent field and `null` are the same: there is no value.
    fn take(&mut self, field: &str) -> Option<Value> {
        // `shift_remove` keeps the order of the others.
        self.map.shift_remove(field).filter(|value| !value.is_null())
    }

    fn need<T>(&self, field: &str, found: Option<T>, accepted: &str) -> Result<T> {
        found.ok_or_else(|| self.fault(field, &format!("missing, accepted is {accepted}")))
    }

    fn wrong(&self, field: &str, found: &Value, accepted: &str) -> KlokuurError {
        self.fault(field, &format!("found {}, accepted is {accepted}", kind(found)))
    }

    pub(super) fn optional_text(&mut self, field: &str) -> Result<Option<String>> {
        match self.take(field) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(other) => Err(self.wrong(field, &other, "a text")),
        }
    }

    pub(super) fn text(&mut self, field: &str) -> Result<String> {
        let found = self.optional_text(field)?;
        self.need(field, found, "a text")
    }

    /// A text that some clients write as a number, such as `"week": 10`.
    pub(super) fn text_or_number(&mut self, field: &str) -> Result<String> {
        match self.take(field) {
            Some(Value::String(text)) => Ok(text),
            Some(Value::Number(number)) => Ok(number.to_string()),
            Some(other) => Err(self.wrong(field, &other, "a text")),
            None => self.need(field, None, "a text"),
        }
    }

    pub(super) fn flag(&mut self, field: &str) -> Result<bool> {
        match self.take(field) {
            Some(Value::Bool(flag)) => Ok(flag),
            Some(other) => Err(self.wrong(field, &other, "true or false")),
            None => self.need(field, None, "true or false"),
        }
    }

    pub(super) fn float(&mut self, field: &str) -> Result<f64> {
        let accepted = "a number";
        match self.take(field) {
            Some(value) => {
                value.as_f64().filter(|x| x.is_finite()).ok_or_else(|| self.wrong(field, &value, accepted))
            }
            None => self.need(field, None, accepted),
        }
    }

    /// A whole number of 32 bits; `8.0` is read as 8.
    pub(super) fn optional_int(&mut self, field: &str) -> Result<Option<i32>> {
        let Some(value) = self.take(field) else { return Ok(None) };
        let whole = value.as_i64().or_else(|| {
            // 2^53: above it a float no longer names one whole number.
            value.as_f64().filter(|x| x.fract() == 0.0 && x.abs() < 9.0e15).map(|x| x as i64)
        });
        match whole.map(i32::try_from) {
            Some(Ok(number)) => Ok(Some(number)),
            Some(Err(_)) => Err(self.fault(
                field,
                &format!("found {value}, accepted is a whole number from {} to {}", i32::MIN, i32::MAX),
            )),
            None => Err(self.wrong(field, &value, "a whole number")),
        }
    }

    pub(super) fn int(&mut self, field: &str) -> Result<i32> {
        let found = self.optional_int(field)?;
        self.need(field, found, "a whole number")
    }

    /// An instant with any offset; without one it is refused, because nobody can know which instant was meant.
    pub(super) fn optional_instant(&mut self, field: &str) -> Result<Option<DateTime<FixedOffset>>> {
        let Some(text) = self.optional_text(field)? else { return Ok(None) };
        DateTime::parse_from_rfc3339(&text).map(Some).map_err(|_| {
            self.fault(
                field,
                &format!(
                    "found `{text}`, accepted is a date and time with an offset, as 2026-03-13T15:00:00+01:00"
                ),
            )
        })
    }

    pub(super) fn instant(&mut self, field: &str) -> Result<DateTime<FixedOffset>> {
        let found = self.optional_instant(field)?;
        self.need(field, found, "a date and time with an offset, as 2026-03-13T15:00:00+01:00")
    }

    pub(super) fn optional_object(&mut self, field: &str) -> Result<Option<Fields>> {
        let path = self.path(field);
        self.take(field).map(|value| Fields::of(self.document, path, value)).transpose()
    }

    pub(super) fn object(&mut self, field: &str) -> Result<Fields> {
        let found = self.optional_object(field)?;
        self.need(field, found, "an object")
    }

    /// A list of objects; an absent one is empty.
    pub(super) fn objects<T>(&mut self, field: &str, read: impl Fn(Fields) -> Result<T>) -> Result<Vec<T>> {
        let path = self.path(field);
        match self.take(field) {
            None => Ok(Vec::new()),
            Some(Value::Array(values)) => values
                .into_iter()
                .enumerate()
                .map(|(i, value)| read(Fields::of(self.document, format!("{path}[{i}]"), value)?))
                .collect(),
            Some(other) => Err(self.wrong(field, &other, "a list of objects")),
        }
    }
}

fn fault(document: &'static str, path: String, problem: &str) -> KlokuurError {
    let path = if path.is_empty() { "the top".to_owned() } else { path };
    KlokuurError::InvalidDocument { document, path, problem: problem.to_owned() }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// Builds an object: the known fields that have a value, then the unknown ones (a known name always wins).
pub(super) fn write(known: impl IntoIterator<Item = (&'static str, Option<Value>)>, other: &Other) -> Value {
    let mut map = Map::new();
    for (name, value) in known {
        if let Some(value) = value {
            map.insert(name.to_owned(), value);
        }
    }
    for (name, value) in other {
        if !map.contains_key(name) {
            map.insert(name.clone(), value.clone());
        }
    }
    Value::Object(map)
}

/// Serde for a document record, through the same checks as `from_json`.
macro_rules! document {
    ($name:ident, $title:literal) => {
        impl $name {
            /// Reads the JSON text of the document.
            ///
            /// # Errors
            /// - the text is not JSON
            /// - a field that the document needs is missing, or has another type; the error names its path
            pub fn from_json(text: &str) -> crate::error::Result<Self> {
                Self::read(super::fields::Fields::root($title, super::fields::parse($title, text)?)?)
            }

            /// The document as JSON text, unknown fields included.
            ///
            /// # Errors
            /// - a value that was put in by hand could not be read back (a number that is not finite, a week that does not exist)
            pub fn to_json(&self) -> crate::error::Result<String> {
                let value = self.write();
                let text = value.to_string();
                Self::read(super::fields::Fields::root($title, value)?)?;
                Ok(text)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                self.write().serialize(serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                let value = serde_json::Value::deserialize(deserializer)?;
                super::fields::Fields::root($title, value)
                    .and_then(Self::read)
                    .map_err(serde::de::Error::custom)
            }
        }
    };
}

pub(super) use document;
