//! Reads a generic value field by field, collects every fault, and can describe what it accepts.
//!
//! Reading and describing are one code: a field that is read is a field of the JSON Schema, with the same bounds.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use crate::time::Zone;
use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use super::value::*;
use crate::error::Fault;
use crate::rulebook::{CountryCalendar, Provenance, Ratio, Sources, ratio, source};

const SOURCE_PATTERN: &str = "^ *[ABO3D] *(, *[ABO3D] *)*$";

/// One table of a document, while it is read.
pub(super) struct Table<'a> {
    path: String,
    value: &'a Map<String, Value>,
    faults: Vec<Fault>,
    /// Their paths, by which a check finds what it needs however many faults there are.
    at_fault: BTreeSet<String>,
    fields: Vec<&'static str>,
    /// The fields that need a source.
    sourced: Vec<&'static str>,
    describing: bool,
    properties: Map<String, Value>,
    required: Vec<&'static str>,
}

impl<'a> Table<'a> {
    pub(super) fn new(path: String, value: &'a Map<String, Value>, describing: bool) -> Self {
        Self {
            path,
            value,
            faults: Vec::new(),
            at_fault: BTreeSet::new(),
            fields: Vec::new(),
            sourced: Vec::new(),
            describing,
            properties: Map::new(),
            required: Vec::new(),
        }
    }

    /// Ends the reading: a field that was never asked for is a fault. Gives the faults and the schema.
    pub(super) fn finish(mut self) -> (Vec<Fault>, Value) {
        for name in self.value.keys() {
            if !self.fields.contains(&name.as_str()) {
                let problem = format!("unknown field: accepted is {}", self.fields.join(", "));
                self.faults.push(Fault { path: join(&self.path, name), problem });
            }
        }
        let schema = json!({
            "type": "object",
            "additionalProperties": false,
            "properties": self.properties,
            "required": self.required,
        });
        (self.faults, schema)
    }

    /// Adds a fault at a field of this table.
    pub(super) fn fault(&mut self, name: &str, problem: String) {
        let path = join(&self.path, name);
        self.at_fault.insert(path.clone());
        self.faults.push(Fault { path, problem });
    }

    /// Takes over the faults of a table within this one.
    fn faults_of(&mut self, table: Table<'_>) {
        let mut faults = table.finish().0;
        self.at_fault.extend(faults.iter().map(|fault| fault.path.clone()));
        self.faults.append(&mut faults);
    }

    /// Each name may stand once: a fault at `path` where it is not new.
    pub(super) fn once(&mut self, path: &str, is_new: bool, name: &str, what: &str) {
        self.check(&[path], is_new, || format!("`{name}` is there twice: accepted is every {what} once"));
    }

    /// Whether these fields were read without a fault, so that they can be compared with each other.
    pub(super) fn sound(&self, names: &[&str]) -> bool {
        !names.iter().any(|name| {
            let path = join(&self.path, name);
            let within = |begin: String| {
                self.at_fault.range(begin.clone()..).next().is_some_and(|p| p.starts_with(&begin))
            };
            self.at_fault.contains(&path) || within(format!("{path}.")) || within(format!("{path}["))
        })
    }

    /// A fault at the first of `names` when `holds` is not true, judged only when all were read without a fault.
    pub(super) fn check(&mut self, names: &[&str], holds: bool, problem: impl FnOnce() -> String) {
        if let Some(name) = names.first()
            && !holds
            && self.sound(names)
        {
            self.fault(name, problem());
        }
    }

    pub(super) fn integer(&mut self, name: &'static str, about: &str, range: RangeInclusive<u32>) -> u32 {
        self.describe_integer(name, about, &range, true);
        let accepted = whole(&range);
        self.required_field(name, &accepted, |v| as_integer(v, &range)).unwrap_or(*range.start())
    }

    pub(super) fn optional_integer(
        &mut self,
        name: &'static str,
        about: &str,
        range: RangeInclusive<u32>,
    ) -> Option<u32> {
        self.describe_integer(name, about, &range, false);
        self.field(name, &whole(&range), |v| as_integer(v, &range))
    }

    pub(super) fn text(&mut self, name: &'static str, about: &str) -> String {
        self.describe(name, true, || json!({"type": "string", "minLength": 1, "description": about}));
        self.required_field(name, "a text that is not empty", as_text).unwrap_or_default()
    }

    pub(super) fn optional_text(&mut self, name: &'static str, about: &str) -> Option<String> {
        self.describe(name, false, || json!({"type": "string", "minLength": 1, "description": about}));
        self.field(name, "a text that is not empty", as_text)
    }

    /// A text that `refuse` may refuse with a problem of its own.
    pub(super) fn checked_text(
        &mut self,
        name: &'static str,
        about: &str,
        refuse: impl Fn(&str) -> Option<String>,
    ) -> String {
        let text = self.text(name, about);
        if self.sound(&[name])
            && let Some(problem) = refuse(&text)
        {
            self.fault(name, problem);
        }
        text
    }

    /// A list of texts, each of which `refuse` may refuse.
    pub(super) fn texts(
        &mut self,
        name: &'static str,
        about: &str,
        refuse: impl Fn(&str) -> Option<String>,
    ) -> Vec<String> {
        self.describe(name, true, || {
            json!({"type": "array", "items": {"type": "string", "minLength": 1}, "uniqueItems": true,
                   "description": about})
        });
        let items =
            self.required_field(name, "a list of texts", |v| v.as_array().cloned()).unwrap_or_default();
        let mut texts: Vec<String> = Vec::with_capacity(items.len());
        let mut once = BTreeSet::new();
        for (index, item) in items.iter().enumerate() {
            let place = format!("{name}[{index}]");
            match as_text(item) {
                None => self.fault(&place, not_valid(item, "a text that is not empty")),
                Some(text) if !once.insert(text.clone()) => {
                    self.fault(&place, format!("`{text}` stands there twice: accepted is every text once"));
                }
                Some(text) => {
                    if let Some(problem) = refuse(&text) {
                        self.fault(&place, problem);
                    }
                    texts.push(text);
                }
            }
        }
        texts
    }

    pub(super) fn flag(&mut self, name: &'static str, about: &str) -> bool {
        self.describe(name, true, || json!({"type": "boolean", "description": about}));
        self.required_field(name, "true or false", Value::as_bool).unwrap_or_default()
    }

    /// One of the given words.
    pub(super) fn choice<T: Copy>(
        &mut self,
        name: &'static str,
        about: &str,
        fallback: T,
        words: &[(&'static str, T)],
    ) -> T {
        let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        self.describe(name, true, || json!({"enum": names, "description": about}));
        let accepted = names.join(", ");
        let find = |v: &Value| {
            let text = v.as_str()?;
            words.iter().find(|(word, _)| *word == text).map(|(_, meaning)| *meaning)
        };
        self.required_field(name, &accepted, find).unwrap_or(fallback)
    }

    /// A list of the given words, each at most once.
    pub(super) fn choices<T: Copy + PartialEq>(
        &mut self,
        name: &'static str,
        about: &str,
        words: &[(&'static str, T)],
    ) -> Vec<T> {
        let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        self.describe(
            name,
            true,
            || json!({"type": "array", "items": {"enum": names}, "uniqueItems": true, "description": about}),
        );
        let accepted = format!("a list of {}, each at most once", names.join(", "));
        let find = |v: &Value| {
            let mut found = Vec::new();
            for item in v.as_array()? {
                let text = item.as_str()?;
                let (_, meaning) = words.iter().find(|(word, _)| *word == text)?;
                if found.contains(meaning) {
                    return None;
                }
                found.push(*meaning);
            }
            Some(found)
        };
        self.required_field(name, &accepted, find).unwrap_or_default()
    }

    /// An exact number, as text or as a plain number.
    pub(super) fn ratio(&mut self, name: &'static str, about: &str, range: Option<(Ratio, Ratio)>) -> Ratio {
        self.describe(name, true, || ratio_schema(about));
        let bounds = range.map(|(low, high)| format!(", from {low} to {high}")).unwrap_or_default();
        let read =
            |v: &Value| as_ratio(v).filter(|r| range.is_none_or(|(low, high)| (low..=high).contains(r)));
        let accepted = format!("{}{bounds}", ratio::ACCEPTED);
        self.required_field(name, &accepted, read).unwrap_or(range.map_or(Ratio::whole(0), |(low, _)| low))
    }

    /// A ratio that may be missing.
    pub(super) fn optional_ratio(&mut self, name: &'static str, about: &str) -> Option<Ratio> {
        self.describe(name, false, || ratio_schema(about));
        self.field(name, ratio::ACCEPTED, as_ratio)
    }

    /// A list of built-in calendars, each at most once.
    pub(super) fn calendars(&mut self, name: &'static str, about: &str) -> Vec<CountryCalendar> {
        self.describe(name, true, || {
            let switches = json!({
                "type": "object", "additionalProperties": false,
                "properties": {
                    "liberation_day": {"enum": ["lustrum_years", "every_year", "never"]},
                    "good_friday": {"type": "boolean"},
                },
            });
            let dutch = json!({
                "type": "object", "additionalProperties": false,
                "properties": {"netherlands": switches}, "required": ["netherlands"],
            });
            json!({"type": "array", "items": {"anyOf": [{"type": "string", "minLength": 1}, dutch]},
                   "uniqueItems": true, "description": about})
        });
        let items =
            self.required_field(name, "a list of calendars", |v| v.as_array().cloned()).unwrap_or_default();
        let mut calendars: Vec<CountryCalendar> = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            let place = format!("{name}[{index}]");
            match as_calendar(item) {
                Err(problem) => self.fault(&place, problem),
                Ok(calendar) if calendars.contains(&calendar) => {
                    let problem = format!("{item} stands there twice: accepted is every calendar once");
                    self.fault(&place, problem.replace('"', "`"));
                }
                Ok(calendar) => calendars.push(calendar),
            }
        }
        calendars
    }

    pub(super) fn date(&mut self, name: &'static str, about: &str) -> NaiveDate {
        self.describe(name, true, || date_schema(about));
        self.required_field(name, DATE, as_date).unwrap_or_default()
    }

    pub(super) fn optional_date(&mut self, name: &'static str, about: &str) -> Option<NaiveDate> {
        self.describe(name, false, || date_schema(about));
        self.field(name, DATE, as_date)
    }

    pub(super) fn zone(&mut self, name: &'static str, about: &str) -> Zone {
        self.describe(name, true, || json!({"type": "string", "minLength": 1, "description": about}));
        let accepted = "an IANA zone such as Europe/Amsterdam";
        self.required_field(name, accepted, |v| v.as_str()?.parse().ok()).unwrap_or(Zone::UTC)
    }

    pub(super) fn table<T>(
        &mut self,
        name: &'static str,
        about: &str,
        read: impl Fn(&mut Table<'_>) -> T,
    ) -> T {
        if self.value.get(name).is_none() {
            self.fault(name, "missing: accepted is a table".into());
        }
        let (value, _) = self.read_table(name, &read);
        self.describe_table(name, about, true, &read);
        value
    }

    pub(super) fn optional_table<T>(
        &mut self,
        name: &'static str,
        about: &str,
        read: impl Fn(&mut Table<'_>) -> T,
    ) -> Option<T> {
        let (value, present) = self.read_table(name, &read);
        self.describe_table(name, about, false, &read);
        present.then_some(value)
    }

    /// A list of tables that may be missing.
    pub(super) fn optional_tables<T>(
        &mut self,
        name: &'static str,
        about: &str,
        read: impl Fn(&mut Table<'_>) -> T,
    ) -> Vec<T> {
        if self.value.contains_key(name) {
            return self.tables(name, about, 1, read);
        }
        self.fields.push(name);
        if self.describing {
            let item = described(&read);
            self.describe(
                name,
                false,
                || json!({"type": "array", "minItems": 1, "items": item, "description": about}),
            );
        }
        Vec::new()
    }

    /// A value of a kind of its own, with its schema; a fault when it is missing and may not be.
    pub(super) fn value_of<T>(
        &mut self,
        name: &'static str,
        is_required: bool,
        accepted: &str,
        schema: impl FnOnce() -> Value,
        read: impl Fn(&Value) -> Option<T>,
    ) -> Option<T> {
        self.describe(name, is_required, schema);
        match is_required {
            true => self.required_field(name, accepted, read),
            false => self.field(name, accepted, read),
        }
    }

    /// A list of tables; `least` of them at least.
    pub(super) fn tables<T>(
        &mut self,
        name: &'static str,
        about: &str,
        least: usize,
        read: impl Fn(&mut Table<'_>) -> T,
    ) -> Vec<T> {
        if self.describing {
            let item = described(&read);
            self.describe(
                name,
                true,
                || json!({"type": "array", "minItems": least, "items": item, "description": about}),
            );
        }
        let accepted = format!("a list of {least} or more tables");
        let enough = |v: &Value| v.as_array().filter(|items| items.len() >= least).cloned();
        let items = self.required_field(name, &accepted, enough).unwrap_or_default();
        let mut list = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            let place = format!("{name}[{index}]");
            let Value::Object(map) = item else {
                self.fault(&place, not_valid(item, "a table"));
                continue;
            };
            let mut table = Table::new(join(&self.path, &place), map, false);
            list.push(read(&mut table));
            self.faults_of(table);
        }
        list
    }

    /// Like [`Self::table`], but it is one value of this table, with one source.
    pub(super) fn tagged<T>(
        &mut self,
        name: &'static str,
        about: &str,
        read: impl Fn(&mut Table<'_>) -> T,
    ) -> T {
        self.sourced.push(name);
        self.table(name, about, read)
    }

    /// The letters of a source.
    pub(super) fn provenance(&mut self, name: &'static str, about: &str) -> Provenance {
        self.describe(
            name,
            true,
            || json!({"type": "string", "pattern": SOURCE_PATTERN, "description": about}),
        );
        let letters = self.required_field(name, source::ACCEPTED, |v| v.as_str()?.parse().ok());
        letters.unwrap_or_else(Provenance::ours)
    }

    /// The table `sources`: a source for every field that is present, and for nothing else.
    pub(super) fn sources(&mut self) -> Sources {
        let fields = self.sourced.clone();
        let read = move |table: &mut Table<'_>| {
            let mut sources = Sources::new();
            for name in &fields {
                let source = table.provenance(name, "Where the value comes from.");
                sources.insert((*name).to_owned(), source);
            }
            sources
        };
        self.table("sources", "The source of every value of this table, in letters.", read)
    }

    /// `value` of a field; a fault when it is missing or not accepted.
    fn required_field<T>(
        &mut self,
        name: &'static str,
        accepted: &str,
        read: impl Fn(&Value) -> Option<T>,
    ) -> Option<T> {
        if !self.value.contains_key(name) {
            self.fault(name, format!("missing: accepted is {accepted}"));
        }
        // A missing field needs its source too: both faults are told at once.
        self.sourced.push(name);
        self.field(name, accepted, read)
    }

    fn field<T>(
        &mut self,
        name: &'static str,
        accepted: &str,
        read: impl Fn(&Value) -> Option<T>,
    ) -> Option<T> {
        self.fields.push(name);
        let value = self.value.get(name)?;
        let result = read(value);
        if result.is_none() {
            self.fault(name, not_valid(value, accepted));
        }
        result
    }

    /// Reads a table, or an empty one whose faults do not count, and says whether it was there.
    fn read_table<T>(&mut self, name: &'static str, read: &impl Fn(&mut Table<'_>) -> T) -> (T, bool) {
        self.fields.push(name);
        let value = self.value;
        match value.get(name) {
            Some(Value::Object(map)) => {
                let mut table = Table::new(join(&self.path, name), map, false);
                let result = read(&mut table);
                self.faults_of(table);
                (result, true)
            }
            other => {
                if let Some(value) = other {
                    self.fault(name, not_valid(value, "a table"));
                }
                (read(&mut Table::new(String::new(), &Map::new(), false)), false)
            }
        }
    }

    fn describe_table<T>(
        &mut self,
        name: &'static str,
        about: &str,
        required: bool,
        read: &impl Fn(&mut Table<'_>) -> T,
    ) {
        if self.describing {
            let mut schema = described(read);
            if let Some(map) = schema.as_object_mut() {
                map.insert("description".into(), about.into());
            }
            self.describe(name, required, || schema);
        }
    }

    fn describe_integer(
        &mut self,
        name: &'static str,
        about: &str,
        range: &RangeInclusive<u32>,
        required: bool,
    ) {
        self.describe(name, required, || {
            json!({"type": "integer", "minimum": range.start(), "maximum": range.end(), "description": about})
        });
    }

    fn describe(&mut self, name: &'static str, required: bool, schema: impl FnOnce() -> Value) {
        if self.describing {
            self.properties.insert(name.to_owned(), schema());
            if required {
                self.required.push(name);
            }
        }
    }
}

/// The schema of what `read` reads.
pub(super) fn described<T>(read: &impl Fn(&mut Table<'_>) -> T) -> Value {
    let empty = Map::new();
    let mut table = Table::new(String::new(), &empty, true);
    read(&mut table);
    table.finish().1
}
