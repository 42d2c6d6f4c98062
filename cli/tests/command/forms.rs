//! One log in every form that a file can have is one log.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use crate::{Folder, klokuur, printed, with_input};

const CSV: &str = "case,at,event,customer,subject\n\
                   1,2026-03-13T15:00:00+01:00,opened,Renée,size\n\
                   1,2026-03-16T09:00:00+01:00,seller_message,,\n\
                   2,2026-03-13T16:00:00+01:00,opened,Jan,\"late, again\"\n";
const NOW: &str = "2026-03-20T12:00:00+01:00";

fn evaluated(path: &str) -> String {
    printed(&["evaluate", path, "--now", NOW, "--format", "csv"])
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(bytes).expect("memory");
    packer.finish().expect("memory")
}

fn utf_16(text: &str) -> Vec<u8> {
    "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

#[test]
fn text_in_every_encoding_and_with_every_separator() {
    let folder = Folder::new();
    let expected = evaluated(&folder.file("log.csv", CSV));
    assert!(expected.contains("Renée") && expected.contains("\"late, again\"") && expected.contains("met"));
    let semicolons = CSV.replace(',', ";").replace("late; again", "late, again");
    let tabs = CSV
        .replace("\"late, again\"", "late; again")
        .replace(',', "\t")
        .replace("late; again", "late, again");
    let stated = format!("sep=;\r\n{}", semicolons.replace('\n', "\r\n"));
    let lines = concat!(
        r#"{"case": 1, "at": "2026-03-13T15:00:00+01:00", "event": "opened", "customer": "Renée", "subject": "size"}"#,
        "\n",
        r#"{"case": 1, "at": "2026-03-16T09:00:00+01:00", "event": "seller_message", "subject": null}"#,
        "\n",
        r#"{"case":2,"at":"2026-03-13T16:00:00+01:00","event":"opened","customer":"Jan","subject":"late, again"}"#,
        "\n",
    );
    let list = format!("[{}]", lines.trim_end().replace("}\n", "},\n"));
    let dump = format!("{{\"events\": {list}, \"count\": 3}}");
    let forms: [(&str, Vec<u8>); 9] = [
        ("semicolons.csv", semicolons.into()),
        ("tabs.tsv", tabs.into()),
        ("stated.csv", stated.into()),
        ("bom.csv", format!("\u{feff}{CSV}").into()),
        ("utf-16.csv", utf_16(CSV)),
        ("packed", packed(CSV.as_bytes())),
        ("lines.jsonl", lines.into()),
        ("list.json", list.into()),
        ("packed.json.gz", packed(dump.as_bytes())),
    ];
    for (name, bytes) in forms {
        let ran = klokuur(&["evaluate", &folder.file(name, bytes), "--now", NOW, "--format", "csv"]);
        assert_eq!((ran.code, ran.out.as_str()), (0, expected.as_str()), "{name}: {}", ran.errors);
    }
    // What was guessed is told.
    let one_byte: Vec<u8> = CSV.chars().map(|sign| u8::try_from(sign).expect("Latin")).collect();
    let ran = klokuur(&["evaluate", &folder.file("excel.csv", one_byte), "--now", NOW, "--format", "csv"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, expected.as_str()));
    assert!(ran.errors.starts_with("excel.csv: read as windows-1252"), "{}", ran.errors);
    let ran = with_input(&["evaluate", "-", "--now", NOW, "--format", "csv"], CSV.as_bytes());
    assert_eq!((ran.code, ran.out), (0, expected));
}

#[test]
fn a_workbook_with_dates_as_text_and_as_dates() {
    let folder = Folder::new();
    let expected = evaluated(&folder.file("log.csv", CSV));
    let mapping =
        folder.file("local.toml", "zone = \"Europe/Amsterdam\"\ntime_format = \"%d-%m-%Y %H:%M\"\n");
    let mut book = Workbook::new();
    book.add_worksheet()
        .set_name("Notes")
        .expect("a name")
        .write_string(0, 0, "kept by hand")
        .expect("a cell");
    let sheet = book.add_worksheet();
    let time = Format::new().set_num_format("dd-mm-yyyy hh:mm");
    for (column, name) in (0_u16..).zip(["case", "at", "event", "customer", "subject"]) {
        sheet.write_string(0, column, name).expect("a cell");
    }
    let at = |day, hour| {
        ExcelDateTime::from_ymd(2026, 3, day).and_then(|at| at.and_hms(hour, 0, 0)).expect("a time")
    };
    let rows = [(1.0, at(13, 15), "opened", "Renée", "size"), (1.0, at(16, 9), "seller_message", "", "")];
    for (row, (case, at, event, customer, subject)) in (1_u32..).zip(rows) {
        sheet.write_number(row, 0, case).expect("a cell");
        sheet.write_datetime_with_format(row, 1, &at, &time).expect("a cell");
        for (column, text) in [(2, event), (3, customer), (4, subject)] {
            sheet.write_string(row, column, text).expect("a cell");
        }
    }
    // Typed as text by hand, in the pattern that the mapping states.
    for (column, text) in (0_u16..).zip(["2", "13-03-2026 16:00", "opened", "Jan", "late, again"]) {
        sheet.write_string(3, column, text).expect("a cell");
    }
    let path = folder.file("log.xlsx", book.save_to_buffer().expect("a workbook"));
    let ran = klokuur(&["evaluate", &path, "--mapping", &mapping, "--now", NOW, "--format", "csv"]);
    assert_eq!((ran.code, ran.out), (0, expected), "{}", ran.errors);
    assert!(ran.errors.contains("sheet `Sheet2` was read, of Notes, Sheet2"), "{}", ran.errors);
    // Without a zone a workbook's times mean nothing, and that is said.
    let ran = klokuur(&["evaluate", &path]);
    assert!(ran.code == 1 && ran.errors.contains("or a stated zone"), "{}", ran.errors);
}

#[test]
fn an_error_says_what_is_really_in_the_file() {
    let folder = Folder::new();
    let problem = |name: &str, bytes: &[u8]| {
        let ran = klokuur(&["evaluate", &folder.file(name, bytes)]);
        assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{name}");
        ran.errors
    };
    assert!(
        problem("a.csv", b"%PDF-1.7").contains("a.csv: file is not valid at its first bytes: it is a PDF")
    );
    assert!(problem("b.csv", b"\xd0\xcf\x11\xe0\xa1\xb1").contains("an old Excel workbook (.xls)"));
    assert!(problem("c.xlsx", b"PK\x03\x04 no archive").contains("it is a damaged archive"));
    assert!(problem("d.csv", b"").contains("it is empty"));
    assert!(problem("e.csv", "René\ncase\n".as_bytes()).contains("there are René: rename them"));
    assert!(problem("f.csv", b"Ren\xc3\xa9e\nRen\xe9e\n").contains("line 2"));
    assert!(problem("g.json", b"[{\"case\": }]").contains("line 1, column 11"));
    assert!(klokuur(&["evaluate", &folder.path("")]).errors.contains("it is a folder"));
    assert!(klokuur(&["evaluate", &folder.path("none.csv")]).errors.contains("none.csv: it is not there"));
}

#[test]
fn more_than_the_bound_is_refused() {
    let folder = Folder::new();
    let bomb = folder.file("bomb.csv.gz", packed(&vec![b'\n'; 3 << 20]));
    let ran = klokuur(&["evaluate", &bomb, "--max-mib", "2"]);
    assert!(ran.code == 1 && ran.errors.contains("it unpacks to more than 2 MiB"), "{}", ran.errors);
}
