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
