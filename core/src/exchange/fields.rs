//! Reading JSON objects field by field, so that every fault has its path, and writing them back with what was unknown.

use std::borrow::Cow;
use std::fmt;

use chrono::{DateTime, FixedOffset, NaiveDate, SecondsFormat};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Number, Value};

use crate::document::{Tree, tree_of_json};
use crate::error::{KlokuurError, Result};
use crate::time::Zone;

/// The fields of a JSON object that this version does not know, by their names.
pub(super) type Other = Map<String, Value>;

/// Parses the text of a document.
pub(super) fn parse<'a>(document: &'static str, text: &'a str) -> Result<Tree<'a>> {
    tree_of_json(document, text)
}

/// Where an object stands in its document; written out only for a message.
#[derive(Clone, Copy)]
struct Path<'a> {
    above: Option<&'a Path<'a>>,
    name: Name<'a>,
}

/// The name of a field, or of an item of its list.
#[derive(Clone, Copy)]
pub(super) struct Name<'a> {
    field: &'a str,
    index: Option<usize>,
}

impl<'a> From<&'a str> for Name<'a> {
    fn from(field: &'a str) -> Self {
        Self { field, index: None }
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(above) = self.above.filter(|above| !above.name.field.is_empty()) {
            write!(f, "{above}.")?;
        }
        match self.name.index {
            Some(index) => write!(f, "{}[{index}]", self.name.field),
            None => f.write_str(self.name.field),
        }
    }
}

/// One JSON object while it is read: fields are taken out, what stays is unknown.
pub(super) struct Fields<'a> {
    document: &'static str,
    path: Path<'a>,
    /// In the order they came; a field that was taken has no value any more.
    given: Vec<(Cow<'a, str>, Option<Tree<'a>>)>,
}

impl<'a> Fields<'a> {
    /// The fields of a whole document. What a server answers when it refuses is no document.
    pub(super) fn root(document: &'static str, value: Tree<'a>) -> Result<Self> {
        let fields = Self::of(document, Path { above: None, name: "".into() }, value)?;
        match fields.refusal() {
            Some(said) => {
                let problem = format!("found an error document that says {said}, accepted is the {document}");
                Err(fault(document, String::new(), &problem))
            }
            None => Ok(fields),
        }
    }

    fn of(document: &'static str, path: Path<'a>, value: Tree<'a>) -> Result<Self> {
        match value {
            Tree::Object(fields) => {
                let given = fields.into_iter().map(|(name, value)| (name, Some(value))).collect();
                Ok(Self { document, path, given })
            }
            other => {
                let problem = format!("found {}, accepted is an object", kind(&other));
                Err(fault(document, path.to_string(), &problem))
            }
        }
    }

    /// What an error document of the API, or of its sign-in, says.
    fn refusal(&self) -> Option<String> {
        let value = |name: &str| self.given.iter().find(|(given, _)| given == name)?.1.as_ref();
        let text = |name: &str| match value(name) {
            Some(Tree::Text(text)) => Some(text),
            _ => None,
        };
        let status = match value("status") {
            Some(Tree::Number(status)) => status.as_u64(),
            _ => None,
        };
        if let Some(status) = status.filter(|status| *status >= 400) {
            return Some(format!("`{}` ({status})", text("title").or_else(|| text("detail"))?));
        }
        text("error").filter(|_| text("error_description").is_some()).map(|error| format!("`{error}`"))
    }

    /// The value of a field, as its type reads it.
    pub(super) fn get<T: Slot>(&mut self, field: &str) -> Result<T> {
        T::read_from(self, field)
    }

    /// What is left: the unknown fields.
    pub(super) fn rest(self) -> Other {
        self.given.into_iter().filter_map(|(name, value)| Some((name.into_owned(), value?.into()))).collect()
    }

    pub(super) fn fault<'n>(&self, name: impl Into<Name<'n>>, problem: &str) -> KlokuurError {
        let path = Path { above: Some(&self.path), name: name.into() };
        fault(self.document, path.to_string(), problem)
    }

    pub(super) fn wrong(&self, name: Name<'_>, found: &Tree<'_>, accepted: &str) -> KlokuurError {
        self.fault(name, &format!("found {}, accepted is {accepted}", kind(found)))
    }

    /// The object in a field.
    pub(super) fn inner<'b>(&'b self, name: Name<'b>, value: Tree<'b>) -> Result<Fields<'b>> {
        Fields::of(self.document, Path { above: Some(&self.path), name }, value)
    }

    /// An absent field and `null` are the same: there is no value.
    fn take(&mut self, field: &str) -> Option<Tree<'a>> {
        let found = self.given.iter_mut().find(|(name, _)| name == field)?;
        found.1.take().filter(|value| *value != Tree::Null)
    }
}

/// A type that a field of a document can have.
pub(super) trait Field: Sized {
    /// What is accepted, for a message.
    const ACCEPTED: &'static str;
    /// What a list of it is called in a message.
    const LIST: &'static str = "a list of objects";

    /// Reads the value of a field; its name is for a message.
    fn read(value: Tree<'_>, fields: &Fields<'_>, name: Name<'_>) -> Result<Self>;

    fn write<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error>;
}

/// The value of a field as serde takes it.
struct Written<'a, T>(&'a T);

impl<T: Field> Serialize for Written<'_, T> {
    fn serialize<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        self.0.write(to)
    }
}

/// A field that is needed, or one that may be absent.
pub(super) trait Slot: Sized {
    fn read_from(fields: &mut Fields<'_>, name: &str) -> Result<Self>;

    /// Writes the field, when it has a value.
    fn write_into<M: SerializeMap>(&self, object: &mut M, name: &str) -> std::result::Result<(), M::Error>;
}

impl<T: Field> Slot for T {
    fn read_from(fields: &mut Fields<'_>, name: &str) -> Result<Self> {
        match fields.take(name) {
            Some(value) => T::read(value, fields, name.into()),
            None => Err(fields.fault(name, &format!("missing, accepted is {}", T::ACCEPTED))),
        }
    }

    fn write_into<M: SerializeMap>(&self, object: &mut M, name: &str) -> std::result::Result<(), M::Error> {
        object.serialize_entry(name, &Written(self))
    }
}

impl<T: Field> Slot for Option<T> {
    fn read_from(fields: &mut Fields<'_>, name: &str) -> Result<Self> {
        fields.take(name).map(|value| T::read(value, fields, name.into())).transpose()
    }

    fn write_into<M: SerializeMap>(&self, object: &mut M, name: &str) -> std::result::Result<(), M::Error> {
        self.as_ref().map_or(Ok(()), |value| value.write_into(object, name))
    }
}

/// A list that may be absent: it is empty then, and an empty one is written.
pub(super) fn list_or_none<T: Field>(fields: &mut Fields<'_>, name: &str) -> Result<Vec<T>> {
    Ok(fields.get::<Option<Vec<T>>>(name)?.unwrap_or_default())
}

/// A text; some clients write numbers of things as JSON numbers.
impl Field for String {
    const ACCEPTED: &'static str = "a text";
    const LIST: &'static str = "a list of texts";

    fn read(value: Tree<'_>, fields: &Fields<'_>, name: Name<'_>) -> Result<Self> {
        match value {
            Tree::Text(text) => Ok(text.into_owned()),
            Tree::Number(number) => Ok(number.to_string()),
            other => Err(fields.wrong(name, &other, Self::ACCEPTED)),
        }
    }

    fn write<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        to.serialize_str(self)
    }
}

impl Field for bool {
    const ACCEPTED: &'static str = "true or false";

    fn read(value: Tree<'_>, fields: &Fields<'_>, name: Name<'_>) -> Result<Self> {
        match value {
            Tree::Bool(flag) => Ok(flag),
            other => Err(fields.wrong(name, &other, Self::ACCEPTED)),
        }
    }

    fn write<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        to.serialize_bool(*self)
    }
}

impl Field for f64 {
    const ACCEPTED: &'static str = "a number";

    fn read(value: Tree<'_>, fields: &Fields<'_>, name: Name<'_>) -> Result<Self> {
        let number = number_of(&value).and_then(Number::as_f64).filter(|x| x.is_finite());
        number.ok_or_else(|| fields.wrong(name, &value, Self::ACCEPTED))
    }

    fn write<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        to.serialize_f64(*self)
    }
}

/// A whole number of 32 bits; `8.0` is read as 8.
impl Field for i32 {
    const ACCEPTED: &'static str = "a whole number";

    fn read(value: Tree<'_>, fields: &Fields<'_>, name: Name<'_>) -> Result<Self> {
        let Some(number) = number_of(&value) else { return Err(fields.wrong(name, &value, Self::ACCEPTED)) };
        let whole = number.as_i64().or_else(|| {
            // 2^53: above it a float no longer names one whole number.
            number.as_f64().filter(|x| x.fract() == 0.0 && x.abs() < 9.0e15).map(|x| x as i64)
        });
        match whole.map(i32::try_from) {
            Some(Ok(number)) => Ok(number),
            Some(Err(_)) => {
                let accepted = format!("a whole number from {} to {}", i32::MIN, i32::MAX);
                Err(fields.fault(name, &format!("found {number}, accepted is {accepted}")))
            }
            None => Err(fields.wrong(name, &value, Self::ACCEPTED)),
        }
    }

    fn write<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        to.serialize_i32(*self)
    }
}

/// An instant with any offset; without one it is refused, because nobody can know which instant was meant. The offset
/// is kept as it came; only `Z` becomes `+00:00`.
impl Field for DateTime<FixedOffset> {
    const ACCEPTED: &'static str = "a date and time with an offset, as 2026-03-13T15:00:00+01:00";

    fn read(value: Tree<'_>, fields: &Fields<'_>, name: Name<'_>) -> Result<Self> {
        let Tree::Text(text) = value else { return Err(fields.wrong(name, &value, "a text")) };
        DateTime::parse_from_rfc3339(&text)
            .ok()
            // A second 60 is no instant that other languages have.
            .filter(|at| at.timestamp_subsec_nanos() < 1_000_000_000)
            .ok_or_else(|| fields.fault(name, &format!("found `{text}`, accepted is {}", Self::ACCEPTED)))
    }

    fn write<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        to.serialize_str(&self.to_rfc3339_opts(SecondsFormat::AutoSi, false))
    }
}

/// The day in Amsterdam that an instant is of.
fn marketplace_date(at: &DateTime<FixedOffset>) -> NaiveDate {
    at.with_timezone(&Zone::known("Europe/Amsterdam")).date_naive()
}

/// A local date of the marketplace, as a date or as an instant of it: written back as it came.
///
/// Shown at [`Orders`](super::Orders).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentDate {
    date: NaiveDate,
    written: String,
}

impl DocumentDate {
    /// The date.
    pub fn date(&self) -> NaiveDate {
        self.date
    }
}

impl From<NaiveDate> for DocumentDate {
    fn from(date: NaiveDate) -> Self {
        Self { date, written: date.to_string() }
    }
}

impl Field for DocumentDate {
    const ACCEPTED: &'static str = "a date, as 2026-03-13";

    fn read(value: Tree<'_>, fields: &Fields<'_>, name: Name<'_>) -> Result<Self> {
        let Tree::Text(written) = value else { return Err(fields.wrong(name, &value, "a text")) };
        let date = written.parse::<NaiveDate>().ok().or_else(|| {
            // RULES R4: a day of the marketplace, whatever the offset that its instant is written with.
            DateTime::parse_from_rfc3339(&written).ok().map(|at| marketplace_date(&at))
        });
        match date {
            Some(date) => Ok(Self { date, written: written.into_owned() }),
            None => Err(fields.fault(name, &format!("found `{written}`, accepted is {}", Self::ACCEPTED))),
        }
    }

    fn write<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        to.serialize_str(&self.written)
    }
}

/// Anything, kept as it came.
impl Field for Value {
    const ACCEPTED: &'static str = "any value";

    fn read(value: Tree<'_>, _fields: &Fields<'_>, _name: Name<'_>) -> Result<Self> {
        Ok(value.into())
    }

    fn write<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        self.serialize(to)
    }
}

impl<T: Field> Field for Vec<T> {
    const ACCEPTED: &'static str = T::LIST;

    fn read(value: Tree<'_>, fields: &Fields<'_>, name: Name<'_>) -> Result<Self> {
        match value {
            Tree::List(values) => values
                .into_iter()
                .enumerate()
                .map(|(i, value)| T::read(value, fields, Name { index: Some(i), ..name }))
                .collect(),
            other => Err(fields.wrong(name, &other, T::LIST)),
        }
    }

    fn write<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        to.collect_seq(self.iter().map(Written))
    }
}

fn fault(document: &'static str, path: String, problem: &str) -> KlokuurError {
    let path = if path.is_empty() { "the top".to_owned() } else { path };
    KlokuurError::InvalidDocument { document, path, problem: problem.to_owned() }
}

fn kind(value: &Tree<'_>) -> &'static str {
    match value {
        Tree::Null => "nothing",
        Tree::Bool(_) => "true or false",
        Tree::Number(_) => "a number",
        Tree::Text(_) => "a text",
        Tree::List(_) => "a list",
        Tree::Object(_) => "an object",
    }
}

fn number_of<'a>(value: &'a Tree<'_>) -> Option<&'a Number> {
    match value {
        Tree::Number(number) => Some(number),
        _ => None,
    }
}

/// What serde wrote; a text that JSON cannot hold is a fault of the whole.
pub(super) fn written(document: &'static str, made: serde_json::Result<String>) -> Result<String> {
    made.map_err(|problem| fault(document, String::new(), &problem.to_string()))
}

/// Writes the fields that this version does not know after those that it does; a known name always wins.
pub(super) fn write_other<M: SerializeMap>(
    object: &mut M,
    other: &Other,
    known: &[&str],
) -> std::result::Result<(), M::Error> {
    let unknown = other.iter().filter(|(name, _)| !known.contains(&name.as_str()));
    for (name, value) in unknown {
        object.serialize_entry(name, value)?;
    }
    Ok(())
}

/// Declares a record of a document: its fields with their JSON names, and `other` for those that this version does not
/// know. Reading and writing follow from the fields' types. `= "name"?` is a list that may be absent.
macro_rules! record {
    ($(#[$doc:meta])* $name:ident {
        $($(#[$field_doc:meta])* $field:ident: $type:ty = $key:literal $(? $lenient:tt)?,)+
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $type,)+
            /// Fields that this version does not know.
            pub other: serde_json::Map<String, serde_json::Value>,
        }

        impl $name {
            fn read_fields(mut fields: super::fields::Fields<'_>) -> crate::error::Result<Self> {
                Ok(Self {
                    $($field: super::fields::record!(@read fields, $key $(, $lenient)?),)+
                    other: fields.rest(),
                })
            }
        }

        super::fields::written_fields!($name { $($field = $key,)+ });
        super::fields::object_field!($name);
    };
    (@read $fields:ident, $key:literal) => { $fields.get($key)? };
    (@read $fields:ident, $key:literal, $lenient:tt) => { super::fields::list_or_none(&mut $fields, $key)? };
}

/// How a record is written: the fields that have a value, in the order given here, then those that are not known.
macro_rules! written_fields {
    ($name:ident { $($field:ident = $key:literal,)+ }) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> ::std::result::Result<S::Ok, S::Error> {
                use serde::ser::SerializeMap as _;
                let mut object = to.serialize_map(None)?;
                $(super::fields::Slot::write_into(&self.$field, &mut object, $key)?;)+
                super::fields::write_other(&mut object, &self.other, &[$($key),+])?;
                object.end()
            }
        }
    };
}

/// A record as the value of a field.
macro_rules! object_field {
    ($name:ident) => {
        impl super::fields::Field for $name {
            const ACCEPTED: &'static str = "an object";

            fn read(
                value: crate::document::Tree<'_>,
                fields: &super::fields::Fields<'_>,
                name: super::fields::Name<'_>,
            ) -> crate::error::Result<Self> {
                Self::read_fields(fields.inner(name, value)?)
            }

            fn write<S: serde::Serializer>(&self, to: S) -> ::std::result::Result<S::Ok, S::Error> {
                serde::Serialize::serialize(self, to)
            }
        }
    };
}

/// A record that is a document of its own: its JSON text, and serde through the same checks.
macro_rules! document {
    ($name:ident, $title:literal) => {
        impl $name {
            /// Reads the JSON text of the document.
            ///
            /// # Errors
            /// - the text is not JSON
            /// - an error document of the API
            /// - a field that the document needs is missing, or has another type; the error names its path
            pub fn from_json(text: &str) -> crate::error::Result<Self> {
                Self::from_tree(super::fields::parse($title, text)?)
            }

            pub(super) fn from_tree(value: crate::document::Tree<'_>) -> crate::error::Result<Self> {
                Self::read_fields(super::fields::Fields::root($title, value)?)
            }

            /// The document as JSON text, unknown fields included.
            ///
            /// # Errors
            /// - a value that was put in by hand could not be read back (a number that is not finite, a week that does
            ///   not exist)
            pub fn to_json(&self) -> crate::error::Result<String> {
                let written = super::fields::written($title, serde_json::to_string(self))?;
                Self::from_json(&written)?;
                Ok(written)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                let value = crate::document::tree_of(deserializer)?;
                Self::from_tree(value).map_err(serde::de::Error::custom)
            }
        }
    };
}

pub(super) use {document, object_field, record, written_fields};

/// A number of pieces; what is not told, or below 0, is none.
pub(super) fn pieces(quantity: Option<i32>) -> u32 {
    quantity.and_then(|quantity| u32::try_from(quantity).ok()).unwrap_or(0)
}
