//! Rulebooks as TOML and JSON.

use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::{Rulebook, read};
use crate::calendar::Fingerprint;
use crate::error::{KlokuurError, Result};

const DOCUMENT: &str = "rulebook";

impl Rulebook {
    /// Reads a rulebook from TOML.
    ///
    /// ```
    /// # use klokuur::{KlokuurError, Rulebook};
    /// let text = Rulebook::bol().to_toml().replace("warn_after_hours = 18", "warn_after_hours = 30");
    /// let Err(KlokuurError::InvalidRulebook { faults }) = Rulebook::from_toml(&text) else { panic!() };
    /// assert_eq!(faults[0].path, "case.warn_after_hours");
    /// assert_eq!(faults[0].problem, "30 is not before first_response_hours: accepted is less than 24");
    /// ```
    ///
    /// # Errors
    /// - a text that is no TOML, with its line
    /// - a rulebook with faults: every one, with its path: missing and unknown fields, wrong types, values out of
    ///   range, values that contradict each other
    pub fn from_toml(text: &str) -> Result<Self> {
        let table: toml::Table = text.parse().map_err(|e: toml::de::Error| {
            let at = e.span().map_or(0, |span| span.start);
            let before = text.get(..at).unwrap_or(text);
            let line = before.matches('\n').count() + 1;
            KlokuurError::InvalidDocument {
                document: DOCUMENT,
                path: format!("line {line}"),
                problem: format!("{}: accepted is TOML", e.message()),
            }
        })?;
        Self::from_value(&plain(&toml::Value::Table(table)))
    }

    /// Reads a rulebook from JSON.
    ///
    /// # Errors
    /// - a text that is no JSON, with its line
    /// - a rulebook with faults: every one, with its path
    pub fn from_json(text: &str) -> Result<Self> {
        let value: Value = serde_json::from_str(text).map_err(|e| KlokuurError::InvalidDocument {
            document: DOCUMENT,
            path: format!("line {}", e.line()),
            problem: format!("{e}: accepted is JSON"),
        })?;
        Self::from_value(&value)
    }

    /// Reads a rulebook from a generic JSON value.
    ///
    /// # Errors
    /// - a rulebook with faults: every one, with its path
    pub fn from_value(value: &Value) -> Result<Self> {
        read::read(value).map_err(|faults| KlokuurError::InvalidRulebook { faults })
    }

    /// The rulebook as TOML, which reads back to the same.
    pub fn to_toml(&self) -> String {
        // Tables, texts and numbers always fit.
        toml::to_string_pretty(self).unwrap_or_default()
    }

    /// The rulebook as JSON, which reads back to the same.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// This rulebook when it has no fault: for one that was put together or changed in code.
    ///
    /// ```
    /// # use klokuur::Rulebook;
    /// let mut rules = Rulebook::bol();
    /// rules.case.warn_after_hours = 12;
    /// assert!(rules.validated().is_ok());
    /// ```
    ///
    /// # Errors
    /// - a rulebook with faults: every one, with its path
    pub fn validated(self) -> Result<Self> {
        let value = serde_json::to_value(&self).unwrap_or_default();
        Self::from_value(&value)
    }

    /// A stable hash of all values: the same rules give the same fingerprint in every language.
    pub fn fingerprint(&self) -> Fingerprint {
        let value = serde_json::to_value(self).unwrap_or_default();
        Fingerprint::of(&value.to_string())
    }

    /// The JSON Schema of a rulebook, made by the same code that reads one.
    pub fn json_schema() -> Value {
        let mut schema = Map::new();
        schema.insert("$schema".into(), "https://json-schema.org/draft/2020-12/schema".into());
        schema.insert("title".into(), "klokuur rulebook".into());
        if let Value::Object(described) = read::schema() {
            schema.extend(described);
        }
        Value::Object(schema)
    }
}

impl<'de> Deserialize<'de> for Rulebook {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Self::from_value(&value).map_err(serde::de::Error::custom)
    }
}

/// TOML as a generic JSON value; dates become text, and numbers that JSON does not have become text that is refused.
fn plain(value: &toml::Value) -> Value {
    match value {
        toml::Value::String(text) => text.as_str().into(),
        toml::Value::Integer(number) => (*number).into(),
        toml::Value::Float(number) => {
            serde_json::Number::from_f64(*number).map_or_else(|| number.to_string().into(), Value::Number)
        }
        toml::Value::Boolean(flag) => (*flag).into(),
        toml::Value::Datetime(datetime) => datetime.to_string().into(),
        toml::Value::Array(items) => items.iter().map(plain).collect(),
        toml::Value::Table(table) => {
            table.iter().map(|(key, value)| (key.clone(), plain(value))).collect::<Map<_, _>>().into()
        }
    }
}
