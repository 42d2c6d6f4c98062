//! Every shipped mapping reads its sample, invented in the shape that the product documents, as the same three
//! tickets: one answered in time, one answered late, one that waits.

use std::path::PathBuf;

use crate::{Folder, klokuur, printed, repository};

const NOW: &str = "2026-03-20T13:00:00+01:00";

/// The verdict and the time of the answer of each ticket.
const EXPECTED: [(&str, &str); 3] =
    [("met", "2026-03-16T09:00:00"), ("breached", "2026-03-11T09:00:00"), ("running", "")];

fn samples() -> Vec<(String, String)> {
    let folder = PathBuf::from(repository("cli/tests/exports"));
    let files = std::fs::read_dir(folder).expect("the samples").map(|file| file.expect("a file").path());
    let named = files.map(|path| {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        (name, path.display().to_string())
    });
    let mut named: Vec<(String, String)> = named.collect();
    named.sort();
    named
}

#[test]
fn every_mapping_has_a_sample_and_is_guessed_by_its_columns() {
    let names: Vec<String> = samples().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, klokuur_cli::names());
    for (name, path) in samples() {
        let text = printed(&["guess", &path]);
        assert!(
            text.lines().next().is_some_and(|line| line.ends_with(&format!("--mapping {name}"))),
            "{name}: {text}"
        );
        assert!(text.lines().count() > 4 && !text.contains("left out"), "{name}: {text}");
    }
}

#[test]
fn every_export_of_cases_comes_out_as_it_happened() {
    for (name, path) in samples().into_iter().filter(|(name, _)| !name.contains("orders")) {
        // The log of ServiceNow has hours of its own, which say nothing of a marketplace's.
        let mapping = match name.as_str() {
            "servicenow-incident-log" => {
                let text = printed(&["mappings", &name]);
                let kept =
                    text.lines().filter(|line| !line.starts_with("hours") && !line.starts_with("calendar"));
                let own = std::env::temp_dir().join(format!("klokuur-{}-{name}.toml", std::process::id()));
                std::fs::write(&own, kept.collect::<Vec<_>>().join("\n")).expect("a file");
                own.display().to_string()
            }
            _ => name.clone(),
        };
        let ran = klokuur(&["evaluate", &path, "--mapping", &mapping, "--now", NOW, "--format", "csv"]);
        assert_eq!((ran.code, ran.errors.as_str()), (0, ""), "{name}");
        let mut reader = csv::Reader::from_reader(ran.out.as_bytes());
        let header = reader.headers().expect("a header").clone();
        let place = |column: &str| header.iter().position(|name| name == column).expect("a column");
        let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
        assert_eq!(rows.len(), EXPECTED.len(), "{name}: {}", ran.out);
        for (row, (verdict, answered)) in rows.iter().zip(EXPECTED) {
            let at = row[place("answered")].parse::<chrono::DateTime<chrono::FixedOffset>>();
            let at = at.map(|at| at.to_utc().format("%Y-%m-%dT%H:%M:%S").to_string()).unwrap_or_default();
            assert_eq!((&row[place("verdict")], at.as_str()), (verdict, answered), "{name}: {}", &row[0]);
        }
        if mapping != name {
            std::fs::remove_file(mapping).expect("a file");
        }
    }
}

#[test]
fn r6_the_order_export_is_read() {
    let text = printed(&["guess", &repository("cli/tests/exports/bol-orders-2018.csv")]);
    let first =
        "line 4: order A-1, 2 of Fietsbel 'Renée', ordered 2018-08-29T09:08:00+00:00, promised 2018-08-30";
    assert!(text.contains(first), "{text}");
    assert!(
        text.contains("line 5: order A-2, 1 of Zadelhoes") && text.contains("2018-08-31, cancelled"),
        "{text}"
    );
}

#[test]
fn closings_are_read_where_an_export_has_them() {
    for (name, closed) in
        [("zendesk-tickets", "2026-03-16T10:05:00+01:00"), ("osticket-thread", "2026-03-16T10:00:05+01:00")]
    {
        let path = repository(&format!("cli/tests/exports/{name}.csv"));
        let out = printed(&["evaluate", &path, "--mapping", name, "--now", NOW, "--format", "json"]);
        let cases: serde_json::Value = serde_json::from_str(&out).expect("JSON");
        assert_eq!(cases[0]["closed"], closed, "{name}");
        // A ticket that was opened again is not closed.
        assert_eq!(cases[1]["closed"], serde_json::Value::Null, "{name}");
    }
}

#[test]
fn every_export_of_cases_makes_a_page() {
    for (name, path) in samples().into_iter().filter(|(name, _)| !name.contains("orders")) {
        let link = "https://desk.example/t/{case}";
        let ran = klokuur(&["report", &path, "--mapping", &name, "--now", NOW, "--link", link, "-o", "-"]);
        assert_eq!((ran.code, ran.errors.as_str()), (0, ""), "{name}");
        assert_eq!(ran.out.matches("<section id=").count(), ran.out.matches("</section>").count());
        // The ticket that waits stands among the open cases, with its link.
        let out = ran.out.replace("&#x2f;", "/");
        let open = out.split("<section id=\"norms\">").next().expect("open cases");
        assert!(open.contains("desk.example/t/"), "{name}");
    }
}

#[test]
fn c1_an_export_that_writes_utc_is_judged_by_the_sellers_own_days() {
    let folder = Folder::new();
    // Saturday at half past midnight in Amsterdam, still Friday by UTC: the clock begins on Monday.
    let thread = folder.file("thread.csv", "number,type,created\n7,M,2026-03-13 23:30:00\n");
    let out =
        printed(&["evaluate", &thread, "--mapping", "osticket-thread", "--now", NOW, "--format", "json"]);
    assert!(out.contains("\"due\": \"2026-03-17T00:00:00+01:00\""), "{out}");
}

/// The one case of an export: its verdict, when it was answered, and the replies that asked for another answer.
fn came_out(mapping: &str, export: &str) -> (String, String, u64) {
    let folder = Folder::new();
    let name = if export.starts_with(['[', '{']) { "export.json" } else { "export.csv" };
    let path = folder.file(name, export);
    let ran = klokuur(&["evaluate", &path, "--mapping", mapping, "--now", NOW, "--format", "json"]);
    assert_eq!((ran.code, ran.errors.as_str()), (0, ""), "{mapping}: {export}");
    let cases: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(cases.as_array().map(Vec::len), Some(1), "{mapping}: {export}");
    let text = |field: &str| cases[0][field].as_str().unwrap_or_default().to_owned();
    (text("verdict"), text("answered"), cases[0]["follow_ups"].as_u64().expect("a count"))
}

#[test]
fn k14_a_status_beside_a_comment_is_what_it_is_alone() {
    let comment = r#"{"event_type": "Comment", "comment_public": true}"#;
    // Monday 2 March 2026 10:00, an hour later, and two days later.
    let (asked, replied, again) = (1_772_442_000, 1_772_445_600, 1_772_614_800);
    let update = |at: u32, children: &str| {
        format!(r#"{{"ticket_id": 1, "timestamp": {at}, "child_events": [{children}]}}"#)
    };
    let change = |status: &str| {
        format!(r#"{{"event_type": "Change", "status": "{status}", "previous_value": "new"}}"#)
    };
    let create = r#"{"event_type": "Create", "status": "new", "subject": "Invented"}"#;
    for answered in ["pending", "solved"] {
        for children in [
            [
                create.into(),
                format!("{comment}, {}", change(answered)),
                format!("{comment}, {}", change("open")),
            ],
            [format!("{comment}, {create}"), format!("{}, {comment}", change(answered)), change("open")],
        ] {
            let [first, second, third] = &children;
            let updates = [update(asked, first), update(replied, second), update(again, third)];
            let until = |count: usize| format!(r#"{{"ticket_events": [{}]}}"#, updates[..count].join(", "));
            let answered = "2026-03-02T11:00:00+01:00".to_owned();
            let found = came_out("zendesk-ticket-events", &until(2));
            assert_eq!(found, ("met".to_owned(), answered.clone(), 0), "{children:?}");
            let found = came_out("zendesk-ticket-events", &until(3));
            assert_eq!(found, ("met".to_owned(), answered, 1), "the customer's reply: {children:?}");
        }
    }
}

#[test]
fn k14_a_customers_first_message_opens_its_case_whatever_stands_before() {
    let chatwoot = |rows: &[(u32, u32, bool)]| {
        let row = |(at, kind, is_private): &(u32, u32, bool)| {
            let at = 1_772_442_000 + at;
            format!(
                r#"{{"conversation_id": 7, "created_at": {at}, "message_type": {kind}, "private": {is_private}}}"#
            )
        };
        format!(r#"{{"payload": [{}]}}"#, rows.iter().map(row).collect::<Vec<_>>().join(", "))
    };
    let zammad = |rows: &[(&str, &str, bool)]| {
        let row = |(at, sender, is_internal): &(&str, &str, bool)| {
            format!(
                r#"{{"ticket_id": 7, "created_at": "2026-03-02T{at}Z", "sender": "{sender}", "internal": {is_internal}}}"#
            )
        };
        format!("[{}]", rows.iter().map(row).collect::<Vec<_>>().join(", "))
    };
    let trengo = |rows: &[(&str, &str)]| {
        let row = |(at, kind): &(&str, &str)| {
            format!(r#"{{"ticket_id": 7, "created_at": "2026-03-02 {at}", "type": "{kind}"}}"#)
        };
        format!(r#"{{"data": [{}]}}"#, rows.iter().map(row).collect::<Vec<_>>().join(", "))
    };
    let gorgias = |rows: &[(&str, bool, bool)]| {
        let row = |(at, is_agent, is_public): &(&str, bool, bool)| {
            format!(
                r#"{{"created_datetime": "2026-03-02T{at}Z", "from_agent": {is_agent}, "public": {is_public}}}"#
            )
        };
        let messages = rows.iter().map(row).collect::<Vec<_>>().join(", ");
        format!(r#"{{"data": [{{"id": 7, "messages": [{messages}]}}]}}"#)
    };
    let osticket = |rows: &[(&str, &str)]| {
        let row = |(at, kind): &(&str, &str)| format!("7,{kind},2026-03-02 {at}\n");
        format!("number,type,created\n{}", rows.iter().map(row).collect::<String>())
    };
    for (mapping, export) in [
        // An activity and a template of the very second; a note and a template of before.
        ("chatwoot-messages", chatwoot(&[(0, 2, false), (0, 3, false), (0, 0, false), (3_600, 1, false)])),
        ("chatwoot-messages", chatwoot(&[(0, 1, true), (1, 3, false), (2, 0, false), (3_600, 1, false)])),
        (
            "zammad-articles",
            zammad(&[
                ("09:00:00", "System", false),
                ("09:00:00", "Customer", false),
                ("10:00:00", "Agent", false),
            ]),
        ),
        (
            "zammad-articles",
            zammad(&[
                ("08:59:00", "Agent", true),
                ("09:00:00", "Customer", false),
                ("10:00:00", "Agent", false),
            ]),
        ),
        (
            "trengo-messages",
            trengo(&[
                ("08:59:59", "SYSTEM"),
                ("09:00:00", "NOTE"),
                ("09:00:00", "INBOUND"),
                ("10:00:00", "OUTBOUND"),
            ]),
        ),
        (
            "gorgias-tickets",
            gorgias(&[("08:59:00", true, false), ("09:00:00", false, true), ("10:00:00", true, true)]),
        ),
        ("osticket-thread", osticket(&[("08:59:00", "N"), ("09:00:00", "M"), ("10:00:00", "R")])),
    ] {
        let expected = ("met".to_owned(), "2026-03-02T11:00:00+01:00".to_owned(), 0);
        assert_eq!(came_out(mapping, &export), expected, "{mapping}: {export}");
    }
}

#[test]
fn k11_what_a_rule_sends_is_no_answer() {
    let message = |at: u32, kind: u32, attributes: &str| {
        let at = 1_772_442_000 + at;
        format!(
            r#"{{"conversation_id": 7, "created_at": {at}, "message_type": {kind}, "private": false, "content_attributes": {attributes}}}"#
        )
    };
    let rule = r#"{"automation_rule_id": 12}"#;
    let messages = [message(0, 0, "{}"), message(60, 1, rule), message(3_600, 1, "{}")].join(", ");
    let answered = ("met".to_owned(), "2026-03-02T11:00:00+01:00".to_owned(), 0);
    assert_eq!(came_out("chatwoot-messages", &format!(r#"{{"payload": [{messages}]}}"#)), answered);
    let message = |at: &str, is_agent: bool, rule: &str| {
        format!(
            r#"{{"created_datetime": "2026-03-02T{at}Z", "from_agent": {is_agent}, "public": true, "rule_id": {rule}}}"#
        )
    };
    let messages = [
        message("09:00:00", false, "null"),
        message("09:01:00", true, "12"),
        message("10:00:00", true, "null"),
    ];
    let export = format!(r#"{{"data": [{{"id": 7, "messages": [{}]}}]}}"#, messages.join(", "));
    assert_eq!(came_out("gorgias-tickets", &export), answered);
}

#[test]
fn k14_a_status_that_no_mapping_names_is_refused_by_its_row() {
    let change = |field: &str, to: &str, hour: u32| {
        format!(
            r#"{{"id": "{hour}", "created": "2026-03-02T{hour}:00:00.000+0100", "items": [{{"field": "{field}", "toString": "{to}"}}]}}"#
        )
    };
    let histories = [change("labels", "red", 10), change("status", "Waiting on customer", 11)].join(", ");
    let export = format!(
        r#"{{"issues": [{{"key": "A-1", "fields": {{"created": "2026-03-02T09:00:00.000+0100"}}, "changelog": {{"histories": [{histories}]}}}}]}}"#
    );
    let folder = Folder::new();
    let path = folder.file("issues.json", export);
    let ran = klokuur(&["check", &path, "--mapping", "jira-service-management", "--now", NOW]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("1 rows are updates without an event; 1 are left out"), "{}", ran.out);
    assert!(ran.out.contains("unknown state `status / Waiting on customer`"), "{}", ran.out);
}

#[test]
fn k14_a_ticket_of_the_sellers_own_is_a_question_when_the_customer_writes() {
    let update = |at: u32, ticket: u32, status: &str| {
        let at = 1_772_442_000 + at;
        format!(
            r#"{{"ticket_id": {ticket}, "timestamp": {at}, "child_events": [{{"event_type": "Change", "status": "{status}"}}]}}"#
        )
    };
    let export = |updates: &[String]| format!(r#"{{"ticket_events": [{}]}}"#, updates.join(", "));
    let (asked, replied) = (update(3_600, 1, "open"), update(7_200, 1, "solved"));
    let found = came_out("zendesk-ticket-events", &export(&[update(0, 1, "pending"), asked, replied]));
    assert_eq!(found, ("met".to_owned(), "2026-03-02T12:00:00+01:00".to_owned(), 0));
    // Nobody asked anything of the second; the third was answered, and is closed with its deletion.
    let updates = [
        update(0, 2, "pending"),
        update(60, 2, "solved"),
        update(0, 3, "new"),
        update(60, 3, "pending"),
        update(120, 3, "deleted"),
    ];
    let folder = Folder::new();
    let path = folder.file("events.json", export(&updates));
    let out =
        printed(&["evaluate", &path, "--mapping", "zendesk-ticket-events", "--now", NOW, "--format", "json"]);
    let cases: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(cases.as_array().map(Vec::len), Some(1), "{out}");
    assert_eq!((&cases[0]["case"], &cases[0]["closed"]), (&"3".into(), &"2026-03-02T10:02:00+01:00".into()));
}
