//! What a file holds that is no row, or may mean two things, is told and never read as something else.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};

use crate::{Folder, klokuur, printed, repository};

const NOW: &str = "2026-03-25T00:00:00+01:00";

fn texts(sheet: &mut Worksheet, row: u32, texts: &[&str]) {
    for (column, text) in (0_u16..).zip(texts) {
        sheet.write_string(row, column, *text).expect("a cell");
    }
}

fn at(day: u8, hour: u16) -> ExcelDateTime {
    ExcelDateTime::from_ymd(2026, 3, day).and_then(|at| at.and_hms(hour, 0, 0)).expect("a time")
}

#[test]
fn an_unclosed_quote_swallows_no_row_in_silence() {
    let folder = Folder::new();
    let log = "case,at,event,text\n\
               K-1,2026-03-09T09:00:00+01:00,opened,Hello\n\
               K-1,2026-03-09T11:00:00+01:00,seller_message,\"19 inch monitor?\n\
               K-2,2026-03-09T09:00:00+01:00,opened,Hello\n";
    let ran = klokuur(&["check", &folder.file("q.csv", log), "--now", NOW]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.out.contains("a quote is opened on it and never closed") && ran.out.contains("(line 3)"),
        "{}",
        ran.out
    );
}

#[test]
fn a_file_of_which_every_row_is_none_is_an_error() {
    let folder = Folder::new();
    for (name, log) in [
        ("wide.csv", "case,at,event\n1,2026-03-13T15:00:00+01:00,opened,\n"),
        ("quote.csv", "case,at,event\n1,2026-03-13T15:00:00+01:00,\"opened\n"),
        ("lines.jsonl", "{\"case\": 1e300, \"at\": \"\", \"event\": \"\"}\n{\"case\": \n"),
    ] {
        for command in ["evaluate", "check", "report"] {
            let ran = klokuur(&[command, &folder.file(name, log), "--now", NOW]);
            assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{command} {name}");
            assert!(ran.errors.contains(&format!("{name}: no row can be read, line ")), "{}", ran.errors);
        }
    }
    // An update is a row, and still nothing happened that could be read.
    let mapping = folder.file("own.toml", "[events]\n\"note\" = \"\"\n\"opened\" = \"opened\"\n");
    let log = "case,at,event\n1,2026-03-13T15:00:00+01:00,note\n1,2026-03-13T15:00:00+01:00,opened,\n";
    let ran = klokuur(&["evaluate", &folder.file("log.csv", log), "--mapping", &mapping, "--now", NOW]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(ran.errors.contains("log.csv: no event can be read, line 3: number of fields"), "{}", ran.errors);
}

#[test]
fn numbers_and_durations_of_a_workbook_are_not_what_they_look_like() {
    let folder = Folder::new();
    let mapping = folder.file("zone.toml", "zone = \"Europe/Amsterdam\"\n");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let (time, hours) =
        (Format::new().set_num_format("dd-mm-yyyy hh:mm"), Format::new().set_num_format("[h]:mm:ss"));
    texts(sheet, 0, &["case", "at", "event"]);
    for row in 1..=4 {
        sheet.write_string(row, 2, "opened").expect("a cell");
        sheet.write_datetime_with_format(row, 1, at(13, 15), &time).expect("a cell");
        sheet.write_number(row, 0, f64::from(row)).expect("a cell");
    }
    // Typed as 100000000000000001: a workbook keeps fifteen digits of it.
    sheet.write_number(2, 0, 1e17).expect("a cell");
    sheet.write_number_with_format(3, 1, 1.25, &hours).expect("a cell");
    // A row of spaces is none.
    texts(sheet, 5, &[" ", "", " "]);
    let path = folder.file("log.xlsx", book.save_to_buffer().expect("a workbook"));
    let ran = klokuur(&["evaluate", &path, "--mapping", &mapping, "--now", NOW, "--format", "csv"]);
    assert_eq!((ran.code, ran.out.lines().count()), (0, 3), "{}", ran.out);
    let lines: Vec<&str> = ran.errors.lines().collect();
    assert_eq!(lines.len(), 2, "{}", ran.errors);
    assert!(lines[0].contains("row 3: the number 100000000000000000 is rounded"), "{}", ran.errors);
    assert!(lines[1].contains("row 4: ") && lines[1].contains("`30:00:00 hours`"), "{}", ran.errors);
}

#[test]
fn a_truth_of_a_workbook_has_the_name_that_it_has_in_json() {
    let folder = Folder::new();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    texts(sheet, 0, &["ticket_id", "created_at", "sender", "internal"]);
    for (row, (at, sender)) in
        (1..).zip([("2026-03-13T09:00:00Z", "Customer"), ("2026-03-13T10:00:00Z", "Agent")])
    {
        texts(sheet, row, &["7", at, sender]);
        sheet.write_boolean(row, 3, false).expect("a cell");
    }
    let path = folder.file("articles.xlsx", book.save_to_buffer().expect("a workbook"));
    let out = printed(&["evaluate", &path, "--mapping", "zammad-articles", "--now", NOW, "--format", "csv"]);
    assert!(out.contains("met,PT1H"), "{out}");
}

#[test]
fn the_tables_beside_a_log_are_of_its_zone() {
    let folder = Folder::new();
    let mapping = folder.file("own.toml", "zone = \"Europe/Amsterdam\"\ntime_format = \"%d/%m/%Y %H:%M\"\n");
    let data = Folder::new();
    data.file("cases.csv", "case,at,event\n1,13/03/2026 15:00,opened\n");
    data.file("orders.csv", "order,ordered_at,promised_on\nA-1,2026-03-09 12:00,2026-03-10\n");
    // As other programs write it, with a mark before the text.
    let status = std::fs::read(repository("core/examples/data/performance-status.json")).expect("the sample");
    data.file("performance-status.json", [&b"\xef\xbb\xbf"[..], &status].concat());
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let time = Format::new().set_num_format("dd-mm-yyyy hh:mm");
    texts(sheet, 0, &["at", "recommendation"]);
    sheet.write_datetime_with_format(1, 0, at(13, 15), &time).expect("a cell");
    sheet.write_number(1, 1, 9.0).expect("a cell");
    data.file("surveys.xlsx", book.save_to_buffer().expect("a workbook"));
    let out = printed(&["report", &data.path(""), "--mapping", &mapping, "--now", NOW, "--format", "json"]);
    let picture: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!((&picture["read"]["rows"], &picture["read"]["skipped"]), (&3.into(), &serde_json::json!([])));
    assert_eq!(picture["strikes"]["reported"]["standing"]["strikes"], 2);
    // Which of two columns of one name is meant, nobody can know.
    std::fs::remove_file(data.path("surveys.xlsx")).expect("a file");
    data.file("surveys.csv", "at,recommendation,at\n13/03/2026 15:00,9,14/03/2026 15:00\n");
    let ran = klokuur(&["report", &data.path(""), "--mapping", &mapping, "--now", NOW]);
    assert!(
        ran.code == 1 && ran.errors.contains("table is not valid at at: it is there more than once"),
        "{}",
        ran.errors
    );
}

#[test]
fn dates_of_an_order_workbook_are_held_to_no_pattern_for_text() {
    let folder = Folder::new();
    let cases = folder.file("cases.csv", "case,at,event\n1,2026-03-13T15:00:00+01:00,opened\n");
    let mapping = folder.file(
        "orders.toml",
        "reads = \"orders\"\nzone = \"Europe/Amsterdam\"\ntime_format = \"%d/%m/%Y %H:%M\"\ndate_format = \"%d/%m/%Y\"\n",
    );
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let (time, day) =
        (Format::new().set_num_format("dd-mm-yyyy hh:mm"), Format::new().set_num_format("dd-mm-yyyy"));
    texts(sheet, 0, &["order", "ordered_at", "promised_on"]);
    sheet.write_string(1, 0, "A-1").expect("a cell");
    sheet.write_datetime_with_format(1, 1, at(9, 12), &time).expect("a cell");
    sheet.write_datetime_with_format(1, 2, at(10, 0), &day).expect("a cell");
    let orders = folder.file("orders.xlsx", book.save_to_buffer().expect("a workbook"));
    let out = printed(&[
        "report",
        &cases,
        "--orders",
        &orders,
        "--orders-mapping",
        &mapping,
        "--now",
        NOW,
        "--format",
        "json",
    ]);
    let picture: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!((&picture["read"]["rows"], &picture["read"]["skipped"]), (&2.into(), &serde_json::json!([])));
}

#[test]
fn a_stated_encoding_that_the_bytes_contradict_is_told() {
    let folder = Folder::new();
    let mapping = folder.file("own.toml", "encoding = \"windows-1252\"\n");
    let log = "case,at,event,customer\n1,2026-03-13T15:00:00+01:00,opened,Renée\n";
    for text in [log.to_owned(), format!("\u{feff}{log}")] {
        let path = folder.file("log.csv", text);
        let ran = klokuur(&["check", &path, "--mapping", &mapping, "--now", NOW]);
        assert!(
            ran.out.contains("read as utf-8, as its bytes show, though windows-1252 is stated"),
            "{}",
            ran.out
        );
        let ran = klokuur(&["evaluate", &path, "--mapping", &mapping, "--now", NOW, "--format", "csv"]);
        assert!(ran.code == 0 && ran.out.contains("Renée"), "{}", ran.out);
    }
}
