//! `evaluate`, `weeks`, `check`, `mappings`, `guess`: a log from its file to its cases.

use crate::{Folder, klokuur, printed, repository};

const NOW: &str = "2026-11-09T08:00:00+01:00";

#[test]
fn the_sample_seller_comes_out_as_the_core_says() {
    let log = repository("core/examples/data/cases.csv");
    let text = printed(&["evaluate", &log, "--now", NOW, "--format", "csv"]);
    let events: Vec<klokuur::CaseEvent> = {
        let mut reader = csv::Reader::from_path(&log).expect("the sample");
        let header = reader.headers().expect("a header").clone();
        let rows =
            reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect::<Vec<_>>());
        let rows = klokuur::log::Rows::new(header.iter().map(str::to_owned), rows);
        let read = klokuur::log::read_log(&rows, &klokuur::log::Mapping::default()).expect("a log");
        read.events.into_iter().map(|(_, event)| event).collect()
    };
    let now: chrono::DateTime<chrono::Utc> = NOW.parse().expect("a time");
    let known: Vec<klokuur::CaseEvent> = events.into_iter().filter(|event| event.at <= now).collect();
    let rules = klokuur::RulebookHistory::bol().expect("shipped");
    let outcomes = klokuur::case::evaluate(&known, &rules, now).expect("outcomes").outcomes;
    let rows: Vec<Vec<String>> = csv::Reader::from_reader(text.as_bytes())
        .records()
        .map(|row| row.expect("a row").iter().map(str::to_owned).collect())
        .collect();
    assert_eq!(rows.len(), outcomes.len());
    for (row, outcome) in rows.iter().zip(&outcomes) {
        assert_eq!(row[0], outcome.case);
        assert_eq!(row[8], outcome.verdict.as_str());
        let due = outcome.due.map(|due| due.to_utc());
        assert_eq!(row[6].parse::<chrono::DateTime<chrono::Utc>>().ok(), due);
    }
}

#[test]
fn weeks_are_judged() {
    let log = repository("core/examples/data/cases.csv");
    let text = printed(&["weeks", &log, "--now", NOW, "--norm", "response_time", "--format", "csv"]);
    assert!(
        text.contains(
            "2026-W44,response_time,45,48,0.9375,0.9,3,10,conforms,final,2026-11-04T00:00:00+01:00"
        ),
        "{text}"
    );
    let ran = klokuur(&["weeks", &log, "--now", NOW, "--norm", "banana"]);
    assert!(
        ran.code == 2 && ran.errors.contains("--norm banana: there are numbers of response_time"),
        "{}",
        ran.errors
    );
}

const PARTLY: &str = "case,at,event\n\
                      1,2026-03-13T15:00:00+01:00,opened\n\
                      1,2026-03-13T16:00:00+01:00,danced\n\
                      2,2026-03-13T16:00:00+01:00,opened\n\
                      2,2026-03-13T16:05:00+01:00\n\
                      3,2026-03-13T16:05:00+01:00,closed\n\
                      3,2126-03-13T16:05:00+01:00,closed\n";

#[test]
fn what_cannot_be_used_is_told_with_its_line() {
    let folder = Folder::new();
    let log = folder.file("log.csv", PARTLY);
    let ran = klokuur(&["evaluate", &log, "--now", NOW, "--format", "csv"]);
    assert_eq!((ran.code, ran.out.lines().count()), (0, 3));
    let lines: Vec<&str> = ran.errors.lines().collect();
    assert!(
        lines[0].starts_with("skipped: log.csv line 3: ") && lines[0].contains("danced"),
        "{}",
        ran.errors
    );
    assert!(lines[1].contains("line 5: number of fields `2` is not valid: accepted is 3"), "{}", ran.errors);
    assert!(lines[2].contains("line 6: case 3: event closed"), "{}", ran.errors);
    assert!(lines[3].contains("line 7: "), "{}", ran.errors);
    let ran = klokuur(&["check", &log, "--now", NOW]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.starts_with("log.csv: CSV, 6 rows, 3 columns\n"), "{}", ran.out);
    assert_eq!(
        klokuur(&["check", &log, "--now", NOW, "--all"])
            .out
            .lines()
            .filter(|line| line.contains(" line "))
            .count(),
        4
    );
    let sound = folder.file(
        "sound.csv",
        "case,at,event\n1,2026-03-13T15:00:00+01:00,opened\n1,2026-12-13T15:00:00+01:00,seller_message\n",
    );
    let ran = klokuur(&["check", &sound, "--now", NOW]);
    assert_eq!(ran.code, 0);
    assert!(
        ran.out.contains("1 events are of later than") && ran.out.ends_with("every row can be used\n"),
        "{}",
        ran.out
    );
}

#[test]
fn a_log_of_which_nothing_can_be_read_is_an_error() {
    let folder = Folder::new();
    let log = folder.file("log.csv", "case,at,event\n1,2026-03-13 15:00,opened\n");
    let ran = klokuur(&["evaluate", &log]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(ran.errors.contains("log.csv: ") && ran.errors.contains("line 2"), "{}", ran.errors);
}

#[test]
fn a_mapping_by_name_by_file_and_by_neither() {
    let folder = Folder::new();
    let text = "number,ident_state,sys_updated_at,sys_mod_count,opened_at,contact_type\n\
                INC1,New,13/03/2026 09:00,0,13/03/2026 08:00,Email\n\
                INC1,Resolved,13/03/2026 12:00,1,13/03/2026 08:00,Email\n";
    let log = folder.file("incidents.csv", text);
    let by_name =
        printed(&["evaluate", &log, "--mapping", "servicenow-incident-log", "--now", NOW, "--format", "csv"]);
    assert!(by_name.contains("met,PT4H"), "{by_name}");
    let own = folder.file("own.toml", printed(&["mappings", "servicenow-incident-log"]));
    assert_eq!(printed(&["evaluate", &log, "--mapping", &own, "--now", NOW, "--format", "csv"]), by_name);
    let ran = klokuur(&["evaluate", &log]);
    assert!(
        ran.code == 1 && ran.errors.contains("Its columns are those of --mapping servicenow-incident-log"),
        "{}",
        ran.errors
    );
    let ran = klokuur(&["evaluate", &log, "--mapping", "banana"]);
    assert!(
        ran.code == 2 && ran.errors.contains("unknown mapping `banana`: accepted is a file (.toml), or "),
        "{}",
        ran.errors
    );
    let broken = folder.file("broken.toml", "zone = \"Europe/Amsterdam\"\ncolums = 1\n");
    let ran = klokuur(&["evaluate", &log, "--mapping", &broken]);
    assert!(
        ran.code == 1 && ran.errors.contains("broken.toml: mapping is not valid at colums"),
        "{}",
        ran.errors
    );
    let guessed = printed(&["guess", &log]);
    assert!(guessed.contains("--mapping servicenow-incident-log"), "{guessed}");
    assert!(
        guessed.contains("line 2: INC1 2026-03-13T08:00:00+00:00 opened origin=customer, subject=Email"),
        "{guessed}"
    );
    assert!(printed(&["mappings"]).contains("servicenow-incident-log"));
    assert_eq!(klokuur(&["mappings", "banana"]).code, 2);
}

#[test]
fn an_unknown_file_gives_the_start_of_a_mapping_that_can_be_used() {
    let folder = Folder::new();
    let log = folder
        .file("own.csv", "Nummer;Aangemaakt;Beantwoord;Gesloten\n7;2026-03-13 15:00;2026-03-13 16:00;\n");
    let start = printed(&["guess", &log]);
    let mapping = folder.file("own.toml", start);
    let cases = printed(&["evaluate", &log, "--mapping", &mapping, "--now", NOW, "--format", "csv"]);
    assert!(cases.contains("met,PT1H"), "{cases}");
}
