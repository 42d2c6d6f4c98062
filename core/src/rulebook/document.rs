//! Rulebooks as TOML and JSON.

use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::{Rulebook, read};
use crate::calendar::Fingerprint;
use crate::document;
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
    /// - a text that is no TOML, with its line, or one that is nested too deeply
    /// - a rulebook with faults: every one, with its path: missing and unknown fields, wrong types, values out of
    ///   range, values that contradict each other
    pub fn from_toml(text: &str) -> Result<Self> {
        Self::from_value(&document::from_toml(DOCUMENT, text)?)
    }

    /// Reads a rulebook from JSON.
    ///
    /// # Errors
    /// - a text that is no JSON, with its place, that has a key twice, or that is nested too deeply
    /// - a rulebook with faults: every one, with its path
    pub fn from_json(text: &str) -> Result<Self> {
        Self::from_value(&document::from_json(DOCUMENT, text)?)
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
        // Not by way of a generic value: a host may have its fields in another order.
        Fingerprint::of(&serde_json::to_string(self).unwrap_or_default())
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
        let value = document::value_of(deserializer)?;
        Self::from_value(&value).map_err(serde::de::Error::custom)
    }
}
