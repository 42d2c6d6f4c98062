//! Documents, read in one way by every door: a bounded depth, no key twice, records as objects.
//!
//! Text becomes a generic value first ([`from_json`], [`from_toml`]), a value becomes a record by [`read`]. A record is
//! an object with names, never a list by position, so that no document means something that nobody wrote.
//!
//! # Where what is
//!
//! - `record`: records out of generic values: objects only, and every fault with its path
//! - `strict`: any value of a self-describing format, unless it is nested too deeply or says a key twice
//! - `tree`: any value of a self-describing format, as it lies in its text: a name or a text without escapes is not
//!   copied

mod record;
mod strict;
mod tree;

use serde::de::{Deserialize, DeserializeOwned, Deserializer};
use serde_json::{Map, Value};

use crate::error::{KlokuurError, Result};
use record::Reader;
pub use strict::MAX_DEPTH;
use strict::Strict;
pub(crate) use tree::Tree;

/// The path of a document as a whole.
const WHOLE: &str = "its content";

/// A JSON text as a generic value.
///
/// ```
/// let twice = klokuur::document::from_json("settings", r#"{"zone": "UTC", "zone": "Europe/Paris"}"#);
/// assert_eq!(
///     twice.unwrap_err().to_string(),
///     "settings is not valid at line 1, column 22: the key `zone` stands there twice: accepted is once"
/// );
/// ```
///
/// # Errors
/// - a text that is not JSON, with its line and column
/// - an object with a key twice
/// - lists and objects more than [`MAX_DEPTH`] inside each other
pub fn from_json(document: &'static str, text: &str) -> Result<Value> {
    tree_of_json(document, text).map(Value::from)
}

/// The same without a copy of what lies in the text.
pub(crate) fn tree_of_json<'a>(document: &'static str, text: &'a str) -> Result<Tree<'a>> {
    let fault = |at: &serde_json::Error, problem: String| KlokuurError::InvalidDocument {
        document,
        path: format!("line {}, column {}", at.line(), at.column()),
        problem,
    };
    match serde_json::from_str::<Strict<'_>>(text) {
        Ok(strict) => Ok(strict.0),
        Err(e) if e.is_data() => Err(fault(&e, without_place(&e))),
        // The parser's own limit is not far from ours.
        Err(e) if e.to_string().starts_with("recursion limit") => Err(fault(&e, strict::too_deep())),
        Err(e) => Err(fault(&e, "not JSON: accepted is one JSON object".into())),
    }
}

/// A TOML text as a generic value; dates become text, and numbers that JSON does not have become text too.
///
/// # Errors
/// - a text that is not TOML, with its line; a key twice is none
/// - tables and lists more than [`MAX_DEPTH`] inside each other
pub fn from_toml(document: &'static str, text: &str) -> Result<Value> {
    let table: toml::Table = text.parse().map_err(|e: toml::de::Error| {
        let at = e.span().map_or(0, |span| span.start);
        let line = text.get(..at).unwrap_or(text).matches('\n').count() + 1;
        KlokuurError::InvalidDocument {
            document,
            path: format!("line {line}"),
            problem: format!("{}: accepted is TOML", e.message()),
        }
    })?;
    plain(&toml::Value::Table(table), 0).ok_or_else(|| whole(document, strict::too_deep()))
}

/// A record from a generic value.
///
/// # Errors
/// - a value that is no such record, with the path of what is wrong
/// - a list where a record is meant
/// - lists and objects more than [`MAX_DEPTH`] inside each other
pub fn read<T: DeserializeOwned>(document: &'static str, value: Value) -> Result<T> {
    if !is_within(&value, MAX_DEPTH) {
        return Err(whole(document, strict::too_deep()));
    }
    T::deserialize(Reader::new(value)).map_err(|fault| {
        // A record that refuses itself says where, in the words of this very error.
        let own =
            fault.problem.strip_prefix(document).and_then(|rest| rest.strip_prefix(" is not valid at "));
        let (inner, problem) = own.and_then(|rest| rest.split_once(": ")).unwrap_or(("", &fault.problem));
        let dot = if fault.path.is_empty() || inner.is_empty() { "" } else { "." };
        let path = format!("{}{dot}{inner}", fault.path);
        let path = if path.is_empty() { WHOLE.into() } else { path };
        KlokuurError::InvalidDocument { document, path, problem: problem.to_owned() }
    })
}

/// A generic value of whatever a host reads with serde, as strictly as a text.
pub(crate) fn value_of<'de, D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Value, D::Error> {
    tree_of(deserializer).map(Value::from)
}

/// The same without a copy of what the host lends.
pub(crate) fn tree_of<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> std::result::Result<Tree<'de>, D::Error> {
    Strict::deserialize(deserializer).map(|strict| strict.0)
}

/// The fault of a document that is nested too deeply, for a binding that sees it before it is a value.
pub fn too_deep(document: &'static str) -> KlokuurError {
    whole(document, strict::too_deep())
}

/// The fault of an object with a key twice, for a binding that sees it before it is a value.
pub fn twice(document: &'static str, key: &str) -> KlokuurError {
    whole(document, strict::twice(key))
}

/// The fault of a document as a whole.
pub(crate) fn whole(document: &'static str, problem: String) -> KlokuurError {
    KlokuurError::InvalidDocument { document, path: WHOLE.into(), problem }
}

/// The problem alone: serde_json ends it with the line and column.
fn without_place(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    text.strip_suffix(&place).unwrap_or(&text).to_owned()
}

fn is_within(value: &Value, depth: usize) -> bool {
    match value {
        Value::Array(items) => depth > 0 && items.iter().all(|item| is_within(item, depth - 1)),
        Value::Object(fields) => depth > 0 && fields.values().all(|field| is_within(field, depth - 1)),
        _ => true,
    }
}

fn plain(value: &toml::Value, depth: usize) -> Option<Value> {
    if depth > MAX_DEPTH {
        return None;
    }
    Some(match value {
        toml::Value::String(text) => text.as_str().into(),
        toml::Value::Integer(number) => (*number).into(),
        toml::Value::Float(number) => {
            serde_json::Number::from_f64(*number).map_or_else(|| number.to_string().into(), Value::Number)
        }
        toml::Value::Boolean(flag) => (*flag).into(),
        toml::Value::Datetime(datetime) => datetime.to_string().into(),
        toml::Value::Array(items) => {
            items.iter().map(|item| plain(item, depth + 1)).collect::<Option<_>>()?
        }
        toml::Value::Table(table) => {
            let fields = table.iter().map(|(key, value)| Some((key.clone(), plain(value, depth + 1)?)));
            Value::Object(fields.collect::<Option<Map<_, _>>>()?)
        }
    })
}
