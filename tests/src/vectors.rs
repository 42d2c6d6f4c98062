//! The reader of `vectors/*.json`, the contract of all languages; the format is in `vectors/README.md`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::DateTime;
use klokuur::KlokuurError;
use serde::Deserialize;
use serde_json::{Map, Value};

/// One vector file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VectorFile {
    /// The subject, the same as the file's name.
    pub area: String,
    /// What the cases show, and where the expected values come from.
    pub about: String,
    /// The cases.
    pub cases: Vec<Case>,
}

/// One case: a call, and its answer or error.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What the case shows, unique in its file.
    pub name: String,
    /// The rules it shows, as `C2`.
    pub rules: Vec<String>,
    /// The function that is called.
    pub op: String,
    /// Its arguments.
    pub given: Value,
    /// The answer, or the part of it that matters.
    pub expect: Option<Value>,
    /// The error.
    pub error: Option<ExpectedError>,
}

/// The error that a case ends in.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedError {
    /// The stable code.
    pub code: String,
    /// The whole message.
    pub message: Option<String>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors")
}

/// The areas: the names of the files of `tests/vectors`, in their order.
pub fn areas() -> Vec<String> {
    let paths = fs::read_dir(folder()).expect("tests/vectors").map(|entry| entry.unwrap().path());
    let of_vectors = paths.filter(|path| path.extension().is_some_and(|ext| ext == "json"));
    let mut areas: Vec<String> =
        of_vectors.filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned())).collect();
    areas.sort();
    areas
}

/// Reads the file of an area.
pub fn read(area: &str) -> VectorFile {
    let path = folder().join(area).with_extension("json");
    let text = fs::read_to_string(&path).expect("a readable file");
    let file: VectorFile = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    assert_eq!(file.area, area, "area and file name");
    file
}

/// Why an operation gave no answer.
#[derive(Debug)]
pub enum Stop {
    /// The library refused; a vector may expect this.
    Refused(KlokuurError),
    /// The vector itself cannot be read; never expected.
    Unreadable(String),
}

impl From<KlokuurError> for Stop {
    fn from(error: KlokuurError) -> Self {
        Self::Refused(error)
    }
}

impl From<serde_json::Error> for Stop {
    fn from(error: serde_json::Error) -> Self {
        Self::Unreadable(error.to_string())
    }
}

/// Calls the library with what is `given` and gives the answer in the shape of `expect`.
pub type Operation = fn(given: &Value) -> Result<Value, Stop>;

/// The operations that the vectors may name.
#[derive(Default)]
pub struct Operations(BTreeMap<&'static str, Operation>);

impl Operations {
    /// Adds an operation.
    ///
    /// # Panics
    /// When the name is taken.
    pub fn add(&mut self, name: &'static str, operation: Operation) {
        assert!(self.0.insert(name, operation).is_none(), "two operations are called {name}");
    }

    /// The difference between what a case expects and what comes out; `None` when they agree.
    pub fn difference(&self, case: &Case) -> Option<String> {
        let Some(operation) = self.0.get(case.op.as_str()) else {
            return Some(format!("unknown op `{}`: register it in tests/src/ops", case.op));
        };
        match (operation(&case.given), &case.expect, &case.error) {
            (_, Some(_), Some(_)) | (_, None, None) => Some("a case has either `expect` or `error`".into()),
            (Err(Stop::Unreadable(why)), ..) => Some(format!("`given` cannot be read: {why}")),
            (Ok(found), Some(expected), None) => difference(expected, &found, "expect"),
            (Ok(found), None, Some(expected)) => {
                Some(format!("expected error {}, found {found}", expected.code))
            }
            (Err(Stop::Refused(error)), Some(_), None) => Some(format!("refused, {}: {error}", error.code())),
            (Err(Stop::Refused(error)), None, Some(expected)) => {
                let message = expected.message.as_ref().is_none_or(|message| *message == error.to_string());
                (error.code() != expected.code || !message)
                    .then(|| format!("expected {expected:?}, found {}: {error}", error.code()))
            }
        }
    }
}

/// Compares the keys that `expected` has; instants by time and offset, durations in any unit, floats to 9 digits.
pub fn difference(expected: &Value, found: &Value, path: &str) -> Option<String> {
    let differs = || Some(format!("{path}: expected {expected}, found {found}"));
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => {
            let (expected, found) = (in_nanoseconds(expected), in_nanoseconds(found));
            expected.iter().find_map(|(key, value)| {
                difference(value, found.get(key).unwrap_or(&Value::Null), &format!("{path}.{key}"))
            })
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            a.iter().zip(b).enumerate().find_map(|(i, (a, b))| difference(a, b, &format!("{path}[{i}]")))
        }
        (Value::String(a), Value::String(b)) if a != b => {
            match (DateTime::parse_from_rfc3339(a), DateTime::parse_from_rfc3339(b)) {
                (Ok(x), Ok(y)) if x == y && (a.ends_with('Z') || x.offset() == y.offset()) => None,
                _ => differs(),
            }
        }
        (Value::Number(a), Value::Number(b)) if a.is_f64() || b.is_f64() => {
            let (a, b) = (a.as_f64().unwrap(), b.as_f64().unwrap());
            if (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0) { None } else { differs() }
        }
        _ if expected == found => None,
        _ => differs(),
    }
}

/// The same object with its one duration, whatever its unit, in nanoseconds.
fn in_nanoseconds(object: &Map<String, Value>) -> Map<String, Value> {
    let mut durations = object.iter().filter_map(|(key, value)| {
        let unit = UNITS.iter().find(|(unit, _)| key == unit)?.1;
        Some((key.clone(), value.as_i64()?.checked_mul(unit)?))
    });
    let mut out = object.clone();
    if let (Some((key, nanoseconds)), None) = (durations.next(), durations.next()) {
        out.remove(&key);
        out.insert("nanoseconds".into(), nanoseconds.into());
    }
    out
}

/// The keys that durations stand under, with their nanoseconds.
pub const UNITS: [(&str, i64); 5] = [
    ("hours", 3_600_000_000_000),
    ("minutes", 60_000_000_000),
    ("seconds", 1_000_000_000),
    ("microseconds", 1_000),
    ("nanoseconds", 1),
];
