//! JSON: lines, lists, and the dumps of APIs, whose records stand in a list of the document and may hold lists
//! themselves.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Number, Value};

use super::cells::Cells;
use super::{Found, Wanted};

/// Whether a text begins as JSON does.
pub(super) fn is_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '['])
}

/// The rows of a text: a record a row, or a row for each element of the list in it that is asked for.
///
/// A value inside a value has a name with a dot, as `customer.email`. A list of plain values is joined by `; `; a
/// list of records is left out, unless it is the one that is asked for. A row with a number that nothing here can hold
/// as it is written is told and left out.
///
/// # Errors
/// - a text that is no JSON, with its line
/// - a document without the list that is stated
pub(super) fn read(text: &str, wanted: &Wanted<'_>) -> Result<Found, String> {
    match first_line(text) {
        Some(_) => lines(text, wanted),
        None => document(text, wanted),
    }
}

/// The first line of JSON lines; none where the text is one document.
fn first_line(text: &str) -> Option<Value> {
    let (first, rest) = text.trim_start().split_once('\n')?;
    let value: Value = serde_json::from_str(first).ok()?;
    (value.is_object() && !rest.trim().is_empty()).then_some(value)
}

/// A line that is no JSON is told and left out, as a row of CSV is.
fn lines(text: &str, wanted: &Wanted<'_>) -> Result<Found, String> {
    let mut rows = Rows::new("line", wanted);
    for (number, line) in text.lines().enumerate() {
        if !wanted.goes_on(&rows.found) {
            break;
        }
        if line.trim().is_empty() {
            continue;
        }
        match serde_json::from_str::<Value>(line) {
            Ok(page @ Value::Object(_)) => match wanted.records {
                // A page of an answer a line, or a record a line.
                Some(path) if at(&page, path).is_some() => rows.records(&page, Some(path), |_| number + 1)?,
                _ => rows.record(&page, number + 1)?,
            },
            Ok(other) => rows.found.broken.push((number + 1, no_record(&other))),
            Err(problem) => {
                let why = format!("column {}: {}: accepted is JSON", problem.column(), plain(&problem));
                rows.found.broken.push((number + 1, why));
            }
        }
    }
    Ok(rows.end())
}

fn document(text: &str, wanted: &Wanted<'_>) -> Result<Found, String> {
    let value: Value = serde_json::from_str(text).map_err(|problem| {
        format!("line {}, column {}: {}: accepted is JSON", problem.line(), problem.column(), plain(&problem))
    })?;
    let mut rows = Rows::new("record", wanted);
    let stated = wanted.records.map(str::to_owned);
    let path = match (&value, stated) {
        (Value::Array(_), _) => None,
        (_, Some(path)) => Some(path),
        (Value::Object(fields), None) => list_in(fields)?,
        (other, None) => return Err(no_record(other)),
    };
    if let (Some(path), None) = (&path, wanted.records) {
        rows.found.told.push(format!("the records are those of its list `{path}`"));
    }
    rows.records(&value, path.as_deref(), |place| place + 1)?;
    Ok(rows.end())
}

/// The one list of records of a document; none where the document is a record itself.
fn list_in(fields: &Map<String, Value>) -> Result<Option<String>, String> {
    let is_list = |value: &Value| match value {
        Value::Array(list) => list.iter().all(Value::is_object),
        _ => false,
    };
    let lists: Vec<&String> =
        fields.iter().filter(|(_, value)| is_list(value)).map(|(name, _)| name).collect();
    match lists.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some((*one).clone())),
        more => {
            let names: Vec<&str> = more.iter().map(|name| name.as_str()).collect();
            Err(format!(
                "it has several lists, {}: accepted is a mapping that says which ([file] records = \"{}\")",
                names.join(", "),
                names.first().copied().unwrap_or_default()
            ))
        }
    }
}

/// The value at a path with dots.
fn at<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('.').try_fold(value, |value, name| value.as_object()?.get(name))
}

fn plain(problem: &serde_json::Error) -> String {
    let text = problem.to_string();
    text.split(" at line ").next().unwrap_or(&text).to_owned()
}

fn no_record(value: &Value) -> String {
    let kind = match value {
        Value::Null => "nothing",
        Value::Bool(_) => "a truth",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "a record",
    };
    format!("found {kind}: accepted is a record, as {{\"case\": \"1\"}}")
}

/// The cells of a row by the places of their columns, and what is wrong with one of them.
#[derive(Debug, Clone, Default)]
struct Row {
    cells: BTreeMap<usize, String>,
    fault: Option<String>,
}

/// The rows so far, and which column is where: they are found as the records come.
struct Rows<'a, 'w> {
    wanted: &'a Wanted<'w>,
    found: Found,
    places: HashMap<String, Option<usize>>,
    names: Vec<String>,
    /// The steps to the list of which each element is a row.
    each: Vec<&'a str>,
}

impl<'a, 'w> Rows<'a, 'w> {
    fn new(unit: &'static str, wanted: &'a Wanted<'w>) -> Self {
        let cells = Cells::new(Vec::new(), unit, wanted.zone);
        let each = wanted.each.map(|path| path.split('.').collect()).unwrap_or_default();
        Self { wanted, found: Found::new(cells), places: HashMap::new(), names: Vec::new(), each }
    }

    fn records(
        &mut self,
        value: &Value,
        path: Option<&str>,
        number: impl Fn(usize) -> usize,
    ) -> Result<(), String> {
        let list = match path {
            None => Some(value),
            Some(path) => at(value, path),
        };
        match list {
            Some(Value::Array(list)) => {
                for (place, record) in list.iter().enumerate() {
                    if !self.wanted.goes_on(&self.found) {
                        break;
                    }
                    self.record(record, number(place))?;
                }
                Ok(())
            }
            Some(record @ Value::Object(_)) => self.record(record, number(0)),
            _ => {
                let keys: Vec<&str> =
                    value.as_object().into_iter().flatten().map(|(key, _)| key.as_str()).collect();
                let there = if keys.is_empty() { "nothing".to_owned() } else { keys.join(", ") };
                Err(format!("it has no list `{}`: there is {there}", path.unwrap_or_default()))
            }
        }
    }

    fn record(&mut self, record: &Value, number: usize) -> Result<(), String> {
        let Value::Object(fields) = record else {
            self.found.broken.push((number, no_record(record)));
            return Ok(());
        };
        let each = self.each.clone();
        self.rows_of(fields, &mut String::new(), &each, &mut Row::default(), number)
    }

    /// Adds the rows of a record: the values so far, its own, and those of each element on the way.
    fn rows_of(
        &mut self,
        fields: &Map<String, Value>,
        prefix: &mut String,
        each: &[&str],
        row: &mut Row,
        number: usize,
    ) -> Result<(), String> {
        let next = each.split_first();
        self.own(fields, prefix, next.map(|(step, _)| *step), row);
        let Some((step, rest)) = next else { return self.push(row, number) };
        let elements: Vec<&Map<String, Value>> = match fields.get(*step) {
            Some(Value::Array(list)) => list.iter().filter_map(Value::as_object).collect(),
            Some(Value::Object(one)) => vec![one],
            _ => Vec::new(),
        };
        if elements.is_empty() {
            // A record without any is a row by itself: a ticket to which nothing has happened yet is one.
            return self.push(row, number);
        }
        let length = prefix.len();
        prefix.push_str(step);
        prefix.push('.');
        for element in elements {
            self.rows_of(element, prefix, rest, &mut row.clone(), number)?;
        }
        prefix.truncate(length);
        Ok(())
    }

    /// The plain values of a record, those inside its values too.
    fn own(&mut self, fields: &Map<String, Value>, prefix: &mut String, except: Option<&str>, row: &mut Row) {
        let length = prefix.len();
        for (name, value) in fields.iter().filter(|(name, _)| except != Some(name.as_str())) {
            prefix.push_str(name);
            match value {
                Value::Object(inner) => {
                    prefix.push('.');
                    self.own(inner, prefix, None, row);
                }
                Value::Array(list) if list.iter().any(Value::is_object) => {}
                Value::Array(list) => {
                    let texts: Vec<String> = list.iter().filter_map(text_of).collect();
                    self.cell(prefix, texts.join("; "), list, row);
                }
                plain => {
                    self.cell(prefix, text_of(plain).unwrap_or_default(), std::slice::from_ref(plain), row);
                }
            }
            prefix.truncate(length);
        }
    }

    /// A cell, with the values that its text is of.
    fn cell(&mut self, name: &str, text: String, values: &[Value], row: &mut Row) {
        let place = match self.places.get(name) {
            Some(place) => *place,
            None => {
                self.found.columns.push(name.to_owned());
                let is_kept = self.wanted.columns.as_ref().is_none_or(|columns| columns.contains(name));
                let place = is_kept.then_some(self.names.len());
                if is_kept {
                    self.names.push(name.to_owned());
                }
                self.places.insert(name.to_owned(), place);
                place
            }
        };
        if let Some(place) = place {
            if row.fault.is_none() && values.iter().any(is_rounded) {
                row.fault = Some(format!(
                    "`{name}`: the number {text} is not as it was written, so large it is: accepted is a text, as \"{name}\": \
                     \"12345678901234567890\""
                ));
            }
            row.cells.insert(place, text);
        }
    }

    fn push(&mut self, row: &Row, number: usize) -> Result<(), String> {
        if let Some(fault) = &row.fault {
            self.found.broken.push((number, fault.clone()));
            return Ok(());
        }
        let cells = &row.cells;
        let width = cells.last_key_value().map_or(0, |(last, _)| last + 1);
        let row = (0..width).map(|place| cells.get(&place).map_or("", String::as_str));
        self.found.cells.push(number, row)
    }

    fn end(mut self) -> Found {
        self.found.cells.set_names(self.names);
        self.found
    }
}

/// From here on a float is several whole numbers: 2^53.
pub(super) const ROUNDED_FROM: f64 = 9_007_199_254_740_992.0;

/// Whether a number is a float that stands for several whole numbers: two that were written are one then.
fn is_rounded(value: &Value) -> bool {
    let float = value.as_number().filter(|number| number.is_f64()).and_then(Number::as_f64);
    float.is_some_and(|float| float.abs() >= ROUNDED_FROM)
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use klokuur::log::Table;

    use super::*;

    fn rows(text: &str, wanted: &Wanted<'_>) -> Vec<String> {
        let found = read(text, wanted).unwrap();
        let names: Vec<&str> = found.cells.names();
        let cell = |row, (column, name): (usize, &&str)| match found.cells.text(row, column) {
            "" => None,
            text => Some(format!("{name}={text}")),
        };
        let row =
            |row| names.iter().enumerate().filter_map(|name| cell(row, name)).collect::<Vec<_>>().join(" ");
        (0..found.cells.len()).map(row).collect()
    }

    #[test]
    fn lists_documents_and_lines_are_the_same_records() {
        let wanted = Wanted::default();
        let expected = ["case=1 who.name=Jan tags=a; b", "case=2"];
        let one = r#"{"case": 1, "who": {"name": "Jan"}, "tags": ["a", "b"]}"#;
        let two = r#"{"case": 2, "who": null}"#;
        for text in [
            format!("[{one},\n{two}]"),
            format!("{{\"tickets\": [{one}, {two}], \"count\": 2}}"),
            format!("{one}\n\n{two}\n"),
        ] {
            let mut found = rows(&text, &wanted);
            found.iter_mut().for_each(|row| {
                let mut parts: Vec<&str> = row.split(' ').collect();
                parts.sort_unstable();
                *row = parts.join(" ");
            });
            let mut sorted: Vec<String> = expected.iter().map(|row| (*row).to_owned()).collect();
            sorted.iter_mut().for_each(|row| {
                let mut parts: Vec<&str> = row.split(' ').collect();
                parts.sort_unstable();
                *row = parts.join(" ");
            });
            assert_eq!(found, sorted);
        }
    }

    #[test]
    fn each_element_of_a_list_inside_is_a_row_and_a_record_without_any_too() {
        let text = r#"{"issues": [
            {"key": "A", "changelog": {"histories": [
                {"at": 1, "items": [{"to": "x"}, {"to": "y"}]}, {"at": 2, "items": []}
            ]}},
            {"key": "B", "changelog": {"histories": []}}
        ]}"#;
        let wanted =
            Wanted { records: Some("issues"), each: Some("changelog.histories.items"), ..Wanted::default() };
        let at = "changelog.histories.at";
        let to = "changelog.histories.items.to";
        let expected = [
            format!("key=A {at}=1 {to}=x"),
            format!("key=A {at}=1 {to}=y"),
            format!("key=A {at}=2"),
            "key=B".into(),
        ];
        assert_eq!(rows(text, &wanted), expected);
    }

    #[test]
    fn what_is_no_record_is_told_with_its_line() {
        let found = read("{\"case\": 1}\n{\"case\": \n7\n", &Wanted::default()).unwrap();
        assert_eq!(found.cells.len(), 1);
        assert_eq!(found.broken[0], (2, "column 9: EOF while parsing a value: accepted is JSON".to_owned()));
        assert_eq!(found.broken[1].0, 3);
        let broken = read("[{\"case\": 1},\n oops]", &Wanted::default()).unwrap_err();
        assert!(broken.starts_with("line 2, column 2: "), "{broken}");
    }

    #[test]
    fn numbers_that_would_become_one_are_told() {
        // More than 64 bits hold: both would be 1e20.
        let text = "{\"case\": 100000000000000000001}\n{\"case\": 100000000000000000002}\n{\"case\": 18446744073709551615}\n";
        let wanted = Wanted::default();
        let found = read(text, &wanted).unwrap();
        assert_eq!(rows(text, &wanted), ["case=18446744073709551615"]);
        assert_eq!(found.broken.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [1, 2]);
        assert!(
            found.broken[0].1.starts_with("`case`: the number 1e+20 is not as it was written"),
            "{:?}",
            found.broken
        );
        // What is not looked at is no reason to leave a row out.
        let wanted = Wanted { columns: Some(["case".to_owned()].into()), ..Wanted::default() };
        assert_eq!(rows("[{\"case\": 1, \"huge\": 1e300}]", &wanted), ["case=1"]);
    }

    #[test]
    fn an_error_document_is_an_error() {
        let wanted = Wanted { records: Some("tickets"), ..Wanted::default() };
        let found = read(r#"{"error": "unauthorized", "status": 401}"#, &wanted).unwrap_err();
        assert_eq!(found, "it has no list `tickets`: there is error, status");
        let several = read(r#"{"a": [{}], "b": [{}]}"#, &Wanted::default()).unwrap_err();
        assert!(several.contains("several lists, a, b"), "{several}");
    }
}
