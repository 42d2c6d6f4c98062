//! Logs in rows: one reading, in any order of the rows (RULES K14, K16).

mod orders;
mod shared;
mod states;

use klokuur::case::{CaseEvent, Outcomes, evaluate_rows};
use klokuur::log::{Encoding, LogReader, Mapping, Rows, Summary, Times, read_log, separator_line, text_of};
use klokuur::{KlokuurError, Rulebook};
use klokuur_tests::random::Random;
use serde_json::json;

fn mapping(document: serde_json::Value) -> Mapping {
    Mapping::from_json(&document.to_string()).unwrap()
}

/// The events of a log, in an order that says nothing of the order of its rows.
fn events(rows: &Rows, mapping: &Mapping) -> Vec<String> {
    let log = read_log(rows, mapping).unwrap();
    assert_eq!(log.summary.refused, []);
    let mut events: Vec<String> = log
        .events
        .iter()
        .map(|(_, event): &(usize, CaseEvent)| serde_json::to_string(event).unwrap())
        .collect();
    events.sort();
    events
}

#[test]
fn k14_random_logs_in_any_order_of_their_rows_are_the_same_events() {
    let mapping = mapping(json!({
        "zone": "Europe/Amsterdam", "first_row_opens": true, "collapse_repeats": true,
        "events": {"new": "", "answered": "seller_message", "waiting": "follow_up", "closed": "closed"},
        "after": {"closed": {"new": "reopened"}},
    }));
    let header = ["case", "at", "event", "subject", "text"];
    for seed in 0..300 {
        let mut random = Random::new(seed);
        let states = ["New", "answered", "WAITING", "closed"];
        let mut rows: Vec<Vec<String>> = (0..random.below(40) + 1)
            .map(|_| {
                // Few minutes, so that many rows have one time.
                vec![
                    format!("K-{}", random.below(4)),
                    format!("2026-03-1{} 10:0{}", random.below(3), random.below(4)),
                    states[random.index(4)].to_owned(),
                    ["size", "colour", ""][random.index(3)].to_owned(),
                    ["hello", ""][random.index(2)].to_owned(),
                ]
            })
            .collect();
        let first = events(&Rows::new(header, rows.clone()), &mapping);
        rows.reverse();
        assert_eq!(events(&Rows::new(header, rows.clone()), &mapping), first, "seed {seed}, reversed");
        for _ in 0..3 {
            shuffle(&mut rows, &mut random);
            assert_eq!(events(&Rows::new(header, rows.clone()), &mapping), first, "seed {seed}, shuffled");
        }
    }
}

fn shuffle<T>(rows: &mut [T], random: &mut Random) {
    for last in (1..rows.len()).rev() {
        rows.swap(last, random.index(last + 1));
    }
}

#[test]
fn k14_parts_of_a_log_add_up_to_the_whole() {
    let rows = Rows::new(
        ["case", "at", "event", "subject"],
        [
            ["1", "2026-03-13T10:00:00Z", "opened", "size"],
            ["1", "2026-03-13T11:00:00Z", "seller_message", "size"],
            ["2", "2026-03-13T10:00:00Z", "opened", "size"],
            ["2", "soon", "seller_message", "size"],
            ["2", "2026-03-13T12:00:00Z", "closed", "size"],
        ],
    );
    let mapping = Mapping::default();
    let whole = read_log(&rows, &mapping).unwrap();
    let reader = LogReader::new(&rows, &mapping).unwrap();
    let mut summary = Summary::default();
    let mut found = Vec::new();
    for case in ["2", "1"] {
        let mut part = reader.read_rows((0..5).filter(|row| reader.case(*row) == Some(case)));
        found.extend(part.by_ref());
        summary.merge(part.end());
    }
    found.sort_by_key(|(row, _)| *row);
    assert_eq!(found, whole.events);
    assert_eq!(summary, whole.summary);
}

#[test]
fn k14_a_row_a_case_says_what_a_row_an_event_says() {
    let by_event = Rows::new(
        ["case", "at", "event", "subject", "by"],
        [
            ["1", "2026-03-13T10:00:00Z", "opened", "size", ""],
            ["1", "2026-03-13T11:00:00Z", "seller_message", "", ""],
            ["1", "2026-03-13T12:00:00Z", "closed", "", "marketplace"],
            ["2", "2026-03-13T10:00:00Z", "opened", "colour", ""],
        ],
    );
    let by_case = Rows::new(
        ["ticket", "created", "answered", "solved", "subject", "by"],
        [
            ["2", "2026-03-13T10:00:00Z", "?", "", "colour", ""],
            [
                "1",
                "2026-03-13T10:00:00Z",
                "2026-03-13T11:00:00Z",
                "2026-03-13T12:00:00Z",
                "size",
                "Marketplace",
            ],
        ],
    );
    let a_case = mapping(json!({
        "columns": {"case": "ticket"},
        "times": {"opened": "created", "seller_message": "answered", "closed": "solved"},
    }));
    assert_eq!(events(&by_case, &a_case), events(&by_event, &Mapping::default()));
}

#[test]
fn k14_a_refused_row_is_as_if_it_were_not_there() {
    let mapping = mapping(json!({
        "first_row_opens": true, "collapse_repeats": true, "events": {"new": "", "done": "closed"},
    }));
    let header = ["case", "at", "event"];
    let good = [["1", "2026-03-13T10:00:00Z", "done"], ["1", "2026-03-13T12:00:00Z", "new"]];
    let bad =
        [["1", "2026-03-13T09:00:00Z", "danced"], ["1", "", "new"], ["", "2026-03-13T11:00:00Z", "done"]];
    let all = read_log(&Rows::new(header, good.into_iter().chain(bad)), &mapping).unwrap();
    assert_eq!(all.events, read_log(&Rows::new(header, good), &mapping).unwrap().events);
    assert_eq!(all.summary.refused.iter().map(|(row, _)| *row).collect::<Vec<_>>(), [2, 3, 4]);
}

#[test]
fn k16_what_an_opening_said_already_refuses_no_answer() {
    let rows = Rows::new(
        ["case", "at", "event", "subject"],
        [
            ["1", "2026-03-16T15:00:00+01:00", "opened", "size"],
            ["1", "2026-03-16T16:00:00+01:00", "seller_message", "size"],
        ],
    );
    let log = read_log(&rows, &Mapping::default()).unwrap();
    let now = "2026-03-20T00:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    let Outcomes { outcomes: cases, refused, .. } = evaluate_rows(log.events, &Rulebook::bol(), now).unwrap();
    assert_eq!(refused, []);
    assert_eq!(cases[0].verdict, klokuur::sla::ClockState::Met);
}

#[test]
fn k16_what_differs_is_described_from_then_on() {
    let header = ["case", "at", "event", "subject", "priority", "origin"];
    let rows = [
        ["1", "2026-03-16T17:00:00Z", "closed", "colour", "", "seller"],
        ["1", "2026-03-16T15:00:00Z", "opened", "size", "", "customer"],
        ["1", "2026-03-16T16:00:00Z", "seller_message", "colour", "high", "customer"],
    ];
    let log = read_log(&Rows::new(header, rows), &Mapping::default()).unwrap();
    let told: Vec<_> = log.summary.told.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "column `origin`: 1 row repeats what is known of its case, first row 2: read once",
            "column `origin`: 1 row has it though its event does not carry it, first row 0: ignored",
            "column `priority`: 1 row differs from what was known of its case, first row 2: read as described from then on",
            "column `subject`: 1 row repeats what is known of its case, first row 0: read once",
            "column `subject`: 1 row differs from what was known of its case, first row 2: read as described from then on",
        ]
    );
    let kinds: Vec<_> = log.events.iter().map(|(row, event)| (*row, event.kind().as_str())).collect();
    assert_eq!(kinds, [(1, "opened"), (2, "seller_message"), (2, "described"), (0, "closed")]);
    let now = "2026-03-20T00:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    let Outcomes { outcomes: cases, refused, .. } = evaluate_rows(log.events, &Rulebook::bol(), now).unwrap();
    assert_eq!(refused, []);
    assert_eq!((cases[0].subject.as_deref(), cases[0].priority.as_deref()), (Some("colour"), Some("high")));
}

#[test]
fn times_with_and_without_an_offset() {
    let amsterdam = Times::new(Some("Europe/Amsterdam"), None).unwrap();
    for text in [
        "2026-03-13T15:00:00+01:00",
        "2026-03-13t15:00:00+0100",
        "2026-03-13 15:00:00+01",
        "2026-03-13T15:00+01:00",
        "2026-03-13T15:00:00.000000000001+01:00",
        "2026-03-13T15:00:00,0 +01:00",
        "2026-03-13T14:00:00Z",
        "2026-03-13 14:00:00 UTC",
        "2026-03-13T09:00:00-0500",
        "2026-03-13T15:00:00",
        " 2026-03-13 15:00 ",
    ] {
        assert_eq!(amsterdam.read(text).map(|at| at.timestamp()), Ok(1_773_410_400), "{text}");
    }
    for text in [
        "",
        "soon",
        "2026-03-13",
        "2026-03-13T",
        "2026-03-13T15",
        "2026-3-13T15:00:00Z",
        "2026-02-30T15:00:00Z",
        "2026-03-13T24:00:00Z",
        "2026-03-13T15:00:60Z",
        "2026-03-13T15:00:00.Z",
        "2026-03-13T15:00:00+1",
        "2026-03-13T15:00:00+24:00",
        "2026-03-13T15:00:00+01:60",
        "2026-03-13T15:00:00ZZ",
        "２０２６-03-13T15:00:00Z",
        "2026-03-13T15:00:00+01:00x",
    ] {
        assert_eq!(amsterdam.read(text).unwrap_err().code(), "invalid_value", "{text}");
    }
    for text in
        ["1899-12-31T23:59:59Z", "2101-01-01T00:00:00Z", "9999-12-31T23:59:59-23:59", "0000-01-01T00:00:00Z"]
    {
        assert_eq!(amsterdam.read(text).unwrap_err().code(), "out_of_range", "{text}");
    }
    // The clock shows the first twice, the earlier counts; the second never.
    assert_eq!(amsterdam.read("2026-10-25 02:30").unwrap().to_rfc3339(), "2026-10-25T00:30:00+00:00");
    assert!(
        amsterdam
            .read("2026-03-29 02:30")
            .unwrap_err()
            .to_string()
            .contains("in Europe/Amsterdam the clock was put forward")
    );
    // Without a zone nobody knows what a local time means.
    assert!(Times::new(None, None).unwrap().read("2026-03-13 15:00").is_err());
    let pattern = Times::new(Some("Europe/Amsterdam"), Some("%d/%m/%Y %H:%M")).unwrap();
    assert_eq!(pattern.read("13/3/2026 15:00").map(|at| at.timestamp()), Ok(1_773_410_400));
    assert_eq!(pattern.read("2026-03-13T15:00:00Z").unwrap_err().code(), "invalid_value");
    let offset = Times::new(None, Some("%d/%m/%Y %H:%M %z")).unwrap();
    assert_eq!(offset.read("13/03/2026 19:30 +0530").map(|at| at.timestamp()), Ok(1_773_410_400));
    assert_eq!(Times::new(Some("Europe/Atlantis"), None).unwrap_err().code(), "unknown_name");
    assert_eq!(Times::new(None, Some("%Q")).unwrap_err().code(), "invalid_value");
}

#[test]
fn a_mapping_that_is_none_is_refused_with_its_place() {
    let refused = |document: serde_json::Value| match Mapping::from_json(&document.to_string()) {
        Err(KlokuurError::InvalidDocument { document: "mapping", path, .. }) => path,
        other => panic!("{other:?}"),
    };
    for (document, path) in [
        (json!([]), "the top"),
        (json!({"zones": "UTC"}), "zones"),
        (json!({"zone": 1}), "zone"),
        (json!({"zone": "../../etc/passwd"}), "zone"),
        (json!({"time_format": "%"}), "time_format"),
        (json!({"hours": "Mo-Fr 9"}), "hours"),
        (json!({"calendar": "XX"}), "calendar"),
        (json!({"encoding": "latin"}), "encoding"),
        (json!({"columns": "case"}), "columns"),
        (json!({"columns": {"case": ["a"]}}), "columns.case"),
        (json!({"columns": {"klant": "a"}}), "columns.klant"),
        (json!({"events": {"New": "begun"}}), "events.New"),
        (json!({"after": {"Closed": "x"}}), "after.Closed"),
        (json!({"after": {"Closed": {"New": "begun"}}}), "after.Closed.New"),
        (json!({"first_row_opens": 1}), "first_row_opens"),
        (json!({"times": {"closed": "b"}}), "times"),
        (json!({"times": {"opened": "a", "corrected": "b"}}), "times.corrected"),
        (json!({"times": {"opened": "a"}, "events": {"New": ""}}), "events"),
        (json!({"times": {"opened": "a"}, "columns": {"at": "b"}}), "columns.at"),
    ] {
        assert_eq!(refused(document.clone()), path, "{document}");
    }
    let text = "zone = \"Europe/Rome\"\nfirst_row_opens = maybe\n";
    assert!(
        Mapping::from_toml(text).unwrap_err().to_string().starts_with("mapping is not valid at line 2: ")
    );
    let whole =
        mapping(json!({"zone": "Europe/Rome", "columns": {"case": "a"}, "after": {"x": {"y": "closed"}}}));
    assert_eq!(Mapping::from_json(&serde_json::to_string(&whole).unwrap()), Ok(whole));
}

#[test]
fn a_file_is_in_one_encoding() {
    let wide = |mark: &[u8], big: bool| -> Vec<u8> {
        let units = "sep=;\nRenée €\n".encode_utf16();
        let bytes = units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() });
        mark.iter().copied().chain(bytes).collect()
    };
    for (bytes, encoding) in [
        ("sep=;\nRenée €\n".as_bytes().to_vec(), Encoding::Utf8),
        ("\u{feff}sep=;\nRenée €\n".as_bytes().to_vec(), Encoding::Utf8),
        (b"sep=;\nRen\xe9e \x80\n".to_vec(), Encoding::Windows1252),
        (wide(b"\xff\xfe", false), Encoding::Utf16),
        (wide(b"\xfe\xff", true), Encoding::Utf16),
    ] {
        assert_eq!(text_of(&bytes, None), Ok(("sep=;\nRenée €\n".into(), encoding)));
        assert_eq!(text_of(&bytes, Some(encoding)), Ok(("sep=;\nRenée €\n".into(), encoding)));
    }
    // Without a mark, when nearly all letters are those of ASCII.
    let plain: Vec<u8> = "case;at;event".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(text_of(&plain, None), Ok(("case;at;event".into(), Encoding::Utf16)));
    for (bytes, said) in [
        (
            &b"a\nRen\xe9e Ren\xc3\xa9e"[..],
            "file is not valid at line 2: byte 0xe9 is no UTF-8, though other letters are",
        ),
        (b"a\n\x81", "file is not valid at line 2: byte 0x81 is a letter of neither UTF-8 nor Windows-1252"),
        (
            b"PK\x03\x04",
            "it is a zip archive, as an Excel workbook (.xlsx) is: accepted is text, as CSV in UTF-8",
        ),
        (b"\xff\xfe\x00\x00a\x00\x00\x00", "it is no UTF-16"),
        (b"\xff\xfea", "it is no UTF-16"),
        (b"\xff\xfe\x00\xd8", "0xd800 is half a letter"),
    ] {
        assert!(text_of(bytes, None).unwrap_err().to_string().contains(said), "{said}");
    }
    assert!(text_of(b"Ren\xe9e", Some(Encoding::Utf8)).is_err());
    // Bytes that leave no doubt decide against a stated encoding: a mark, and letters that only UTF-8 has.
    for (bytes, stated, encoding) in [
        (&b"\xef\xbb\xbfRen\xc3\xa9e"[..], Encoding::Windows1252, Encoding::Utf8),
        (b"Ren\xc3\xa9e", Encoding::Windows1252, Encoding::Utf8),
        (b"\xff\xfeR\0e\0n\0\xe9\0e\0", Encoding::Windows1252, Encoding::Utf16),
        (b"\xff\xfeR\0e\0n\0\xe9\0e\0", Encoding::Utf8, Encoding::Utf16),
        (b"Ren\xe9e", Encoding::Windows1252, Encoding::Windows1252),
    ] {
        assert_eq!(text_of(bytes, Some(stated)).unwrap(), ("Renée".into(), encoding), "{stated}");
    }
    assert_eq!(text_of(b"Rene", Some(Encoding::Windows1252)).unwrap().1, Encoding::Windows1252);
    assert_eq!(separator_line("sep=;\r\na;b"), (Some(';'), "a;b"));
    assert_eq!(separator_line("\"SEP=\t\"\na\tb"), (Some('\t'), "a\tb"));
    for text in ["", "sep", "sep=", "sep=;;\na", "separator;b\nc", "é=;\nx"] {
        assert_eq!(separator_line(text), (None, text));
    }
}

#[test]
fn k14_rows_that_open_a_case_and_rows_that_are_none_of_it() {
    let document = serde_json::json!({
        "columns": {"case": "ticket", "at": "changed", "event": "what"},
        "opened_at": "created",
        "events": {"": "", "*": "", "in": "customer_message", "out": "seller_message"},
        "after": {"": {"in": "opened"}},
        "first_row_opens": true,
    });
    let mapping = mapping(document);
    let at = |minute: u32| format!("2026-03-13T14:{minute:02}:00Z");
    let (none, one, two) = (String::new(), at(1), at(2));
    let row = |ticket: &str, changed: &str, what: &str, created: &str| {
        [ticket, changed, what, created].map(str::to_owned).to_vec()
    };
    let rows = vec![
        row("1", &two, "out", &one),
        row("1", &one, "in", &one),
        // A ticket to which nothing has happened yet, and a change that is none of a case.
        row("2", &none, "", &two),
        row("1", &two, "label", &one),
    ];
    let rows = Rows::new(["ticket", "changed", "what", "created"], rows);
    let log = read_log(&rows, &mapping).unwrap();
    assert_eq!(log.summary.refused, []);
    let found: Vec<(usize, &str, String)> = log
        .events
        .iter()
        .map(|(row, event)| (*row, event.kind().as_str(), event.at.format("%M").to_string()))
        .collect();
    let expected = [(1, "opened", "01"), (0, "seller_message", "02"), (2, "opened", "02")];
    assert_eq!(found, expected.map(|(row, event, minute)| (row, event, minute.to_owned())));
}

#[test]
fn k14_minutes_since_the_opening_are_times() {
    let by_time = mapping(serde_json::json!({"times": {"opened": "created", "seller_message": "replied"}}));
    let document =
        serde_json::json!({"times": {"opened": "created"}, "minutes": {"seller_message": "replied"}});
    let by_minutes = mapping(document);
    let log = |replied: [&str; 3]| {
        let row = |(case, replied): (usize, &str)| {
            vec![case.to_string(), "2026-03-13T14:00:00Z".into(), replied.to_owned()]
        };
        Rows::new(
            ["case", "created", "replied"],
            replied.into_iter().enumerate().map(row).collect::<Vec<_>>(),
        )
    };
    let expected = events(&log(["2026-03-13T14:12:00Z", "2026-03-13T15:00:30Z", ""]), &by_time);
    assert_eq!(expected.len(), 5);
    assert_eq!(events(&log(["12", "60,5", ""]), &by_minutes), expected);
    let refused = read_log(&log(["12", "-1", "soon"]), &by_minutes).unwrap().summary.refused;
    assert_eq!(refused.len(), 2);
    assert!(refused[1].1.to_string().contains("`soon`: accepted is a number of minutes"), "{}", refused[1].1);
    for document in [
        serde_json::json!({"minutes": {"seller_message": "replied"}}),
        serde_json::json!({"times": {"opened": "created"}, "minutes": {"opened": "replied"}}),
    ] {
        assert!(Mapping::from_json(&document.to_string()).unwrap_err().to_string().contains("minutes"));
    }
}
