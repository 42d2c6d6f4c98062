//! CSV and TSV: fields separated by commas, semicolons, tabs or bars, as the header is.

use csv::{ReaderBuilder, StringRecord};
use klokuur::log::separator_line;

use super::cells::Cells;
use super::{Found, Wanted, quotes};

/// What may separate fields.
const MARKS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The rows of a text. A row that has more or fewer fields than the header, or a quote that is not closed, is told by
/// its line and left out. A row of empty fields is none.
///
/// # Errors
/// - a text without a header
pub(super) fn read(text: &str, wanted: &Wanted<'_>) -> Result<Found, String> {
    let (stated, rest) = separator_line(text);
    let mut before = usize::from(stated.is_some());
    let mut rest = rest;
    for _ in 0..wanted.lead_lines {
        let Some((_, behind)) = rest.split_once('\n') else {
            return Err(format!(
                "it ends before its header: {} lines were to stand before it",
                wanted.lead_lines
            ));
        };
        rest = behind;
        before += 1;
    }
    let mark = match (wanted.separator, stated.and_then(|mark| u8::try_from(mark).ok())) {
        (Some(mark), _) | (None, Some(mark)) => mark,
        (None, None) => mark_of(rest, wanted),
    };
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(mark).from_reader(rest.as_bytes());
    let mut record = StringRecord::new();
    let fault = |problem: csv::Error| format!("it cannot be read: {problem}");
    if !reader.read_record(&mut record).map_err(fault)? {
        return Err("it is empty: accepted is a header and rows".to_owned());
    }
    let names: Vec<String> = record.iter().map(|name| name.trim().to_owned()).collect();
    let kept = wanted.kept(&names);
    let kept_names = kept.iter().filter_map(|place| names.get(*place)).cloned().collect();
    let mut found = Found::new(Cells::new(kept_names, "line", wanted.zone));
    found.columns = names;
    let width = found.columns.len();
    let mut lines = Lines { bytes: rest.as_bytes(), counted: 0, line: 1 };
    while wanted.goes_on(&found) {
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {}
            Err(problem) => return Err(fault(problem)),
        }
        let from = record.position().map_or(0, |position| position.byte());
        let line = before + lines.of(from);
        let to = reader.position().byte();
        // What has no line in a field and is not the last row can have no quote that swallowed another.
        if record.as_slice().contains('\n') || usize::try_from(to).is_ok_and(|to| to >= rest.len()) {
            let row = usize::try_from(from).ok().zip(usize::try_from(to).ok());
            let row = row.and_then(|(from, to)| rest.as_bytes().get(from..to)).unwrap_or_default();
            if let Some(fault) = quotes::fault(row, mark) {
                let last = line + row.trim_ascii().iter().filter(|byte| **byte == b'\n').count();
                let why = format!(
                    "{fault}: what stands up to line {last} is in one field; accepted is a field between two quotes, \
                     with each quote inside it written twice"
                );
                found.broken.push((line, why));
                continue;
            }
        }
        if record.iter().all(|field| field.trim().is_empty()) {
            continue;
        }
        if record.len() != width {
            let why = format!(
                "number of fields `{}` is not valid: accepted is {width}, as in the header",
                record.len()
            );
            found.broken.push((line, why));
            continue;
        }
        found.cells.push(line, kept.iter().map(|place| record.get(*place).unwrap_or_default()))?;
    }
    Ok(found)
}

/// Counts lines as the rows come.
struct Lines<'a> {
    bytes: &'a [u8],
    counted: usize,
    line: usize,
}

impl Lines<'_> {
    /// The line, from 1, of the row that is read from here: empty lines before it are none of its own.
    fn of(&mut self, from: u64) -> usize {
        let from = usize::try_from(from).unwrap_or(usize::MAX).min(self.bytes.len());
        let ahead = self.bytes.get(from..).unwrap_or_default();
        let start = from + ahead.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let passed = self.bytes.get(self.counted..start).unwrap_or_default();
        self.line += passed.iter().filter(|byte| **byte == b'\n').count();
        self.counted = start;
        self.line
    }
}

/// What separates the columns: what gives those that are needed, or else the most columns.
fn mark_of(text: &str, wanted: &Wanted<'_>) -> u8 {
    let header = |mark: u8| {
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(mark)
            .from_reader(text.as_bytes());
        let mut record = StringRecord::new();
        let _ = reader.read_record(&mut record);
        record.iter().map(|name| name.trim().to_owned()).collect::<Vec<_>>()
    };
    let has_needed = |mark: &u8| {
        let names = header(*mark);
        !wanted.needed.is_empty()
            && wanted.needed.iter().all(|needed| names.iter().any(|name| name == needed))
    };
    let most = || MARKS.into_iter().rev().max_by_key(|mark| header(*mark).len());
    MARKS.into_iter().find(has_needed).or_else(most).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use klokuur::log::Table;

    use super::*;

    type Numbered<T> = Vec<(usize, T)>;

    fn cells(text: &str, wanted: &Wanted<'_>) -> (Vec<String>, Numbered<Vec<String>>, Numbered<String>) {
        let found = read(text, wanted).unwrap();
        let names: Vec<String> = found.cells.names().into_iter().map(str::to_owned).collect();
        let row = |row| (0..names.len()).map(|column| found.cells.text(row, column).to_owned()).collect();
        let rows = (0..found.cells.len()).map(|at| (found.cells.number(at), row(at))).collect();
        (names, rows, found.broken)
    }

    #[test]
    fn the_separator_is_what_gives_the_needed_columns() {
        let needed = ["case", "at"];
        let wanted = Wanted { needed: &needed, ..Wanted::default() };
        for text in [
            "case,at\n1,2\n",
            "case;at\n1;2\n",
            "case\tat\n1\t2\n",
            "sep=|\ncase|at\n1|2\n",
            "\"case\";\"at\"\r\n1;2",
        ] {
            let (names, rows, _) = cells(text, &wanted);
            assert_eq!(
                (names.as_slice(), rows[0].1.as_slice()),
                (&["case".into(), "at".into()][..], &["1".into(), "2".into()][..])
            );
        }
        // A comma in the name of a column does not win.
        let (names, _, _) = cells("case;at;\"a, b, c, d\"\n1;2;3\n", &wanted);
        assert_eq!(names.len(), 3);
    }

    #[test]
    fn lines_are_those_of_the_file() {
        let text = "sep=;\nan export\ncase;text\n1;\"two\nlines\"\n\n2;b\n3;b;c\n4;d\n";
        let (_, rows, broken) = cells(text, &Wanted { lead_lines: 1, ..Wanted::default() });
        let lines: Vec<usize> = rows.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [4, 7, 9]);
        let (_, rows, _) = cells(&text.replace('\n', "\r\n"), &Wanted { lead_lines: 1, ..Wanted::default() });
        assert_eq!(rows.iter().map(|(line, _)| *line).collect::<Vec<_>>(), lines);
        assert_eq!(broken[0].0, 8);
        assert_eq!(broken[0].1, "number of fields `3` is not valid: accepted is 2, as in the header");
    }

    #[test]
    fn an_unclosed_quote_is_told_and_no_row_is_made_of_what_it_swallowed() {
        let accepted = "accepted is a field between two quotes, with each quote inside it written twice";
        let text = "case,text\n1,a\n2,\"19 inch?\n3,b\n4,c\n";
        let (_, rows, broken) = cells(text, &Wanted::default());
        assert_eq!(rows.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2]);
        let never = "a quote is opened on it and never closed: what stands up to line 5 is in one field";
        assert_eq!(broken, [(3, format!("{never}; {accepted}"))]);
        // A quote of a later row closes it, and the number of fields is right.
        let (_, rows, broken) = cells("case\ttext\n1\t\"19 inch?\n2\t\"b\"\n3\tc\n", &Wanted::default());
        assert_eq!(rows.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [4]);
        let later = "a quote is opened on it and closed inside a field of a later line: what stands up to line 3 is in";
        assert_eq!(broken, [(2, format!("{later} one field; {accepted}"))]);
        // The last field of the last row, with and without an end of line.
        for text in ["case,text\n1,\"a\"", "case,text\n1,\"a\n\nb\"\n"] {
            assert!(cells(text, &Wanted::default()).2.is_empty(), "{text}");
        }
        assert_eq!(cells("case,text\n1,\"a", &Wanted::default()).2[0].0, 2);
    }

    #[test]
    fn rows_of_empty_fields_are_none() {
        let (_, rows, broken) = cells("case,text\n,\n1,a\n , \n,,,\n", &Wanted::default());
        assert_eq!((rows.len(), rows[0].0, broken.len()), (1, 3, 0));
    }

    #[test]
    fn only_what_is_looked_at_is_kept() {
        let columns = ["b".to_owned()].into();
        let (names, rows, _) =
            cells("a,b,c\n1,2,3\n", &Wanted { columns: Some(columns), ..Wanted::default() });
        assert_eq!((names, rows[0].1.clone()), (vec!["b".to_owned()], vec!["2".to_owned()]));
    }

    #[test]
    fn an_empty_text_and_one_that_ends_too_early_are_told() {
        assert_eq!(read("", &Wanted::default()).unwrap_err(), "it is empty: accepted is a header and rows");
        let early = read("one\n", &Wanted { lead_lines: 2, ..Wanted::default() }).unwrap_err();
        assert_eq!(early, "it ends before its header: 2 lines were to stand before it");
    }
}
