//! `report`, `strikes`, `nps`: the picture of a seller.

use klokuur::report::{Picture, SellerData};

use crate::{Folder, klokuur, printed, repository};

const NOW: &str = "2026-11-09T08:00:00+01:00";

fn sample() -> String {
    repository("core/examples/data")
}

#[test]
fn the_text_is_the_pictures_own() {
    let folder = Folder::new();
    let page = folder.path("page.html");
    for language in ["en", "nl"] {
        let text = printed(&["report", &sample(), "--now", NOW, "--lang", language, "--format", "text"]);
        let both = printed(&["report", &sample(), "--now", NOW, "--lang", language, "-o", &page]);
        assert_eq!(both.strip_prefix(&text).map(|rest| rest.ends_with("page.html\n")), Some(true));
    }
    let dutch = printed(&["report", &sample(), "--now", NOW, "--lang", "nl", "--format", "text"]);
    assert!(
        dutch.starts_with(
            "Maandagochtend\nStand van maandag 9 november 2026 08:00 CET, week 2026-W46 · data\n"
        ),
        "{dutch}"
    );
    let json = printed(&["report", &sample(), "--now", NOW, "--format", "json"]);
    let picture: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    // The numbers of the sample seller's documents: what was read beside the cases is in the picture.
    assert_eq!(picture["read"]["rows"], 8265 + 8239 + 969 + 477);
    assert_eq!(picture["strikes"]["reported"]["standing"]["strikes"], 2);
    let not_given = |missing: &&serde_json::Value| missing["reason"] == "not_given";
    let missing = picture["missing"].as_array().expect("a list").iter().filter(not_given);
    assert_eq!(missing.map(|missing| missing["part"].clone()).collect::<Vec<_>>(), ["reviews"]);
}

#[test]
fn the_page_needs_nothing_else_and_shows_what_the_text_says() {
    let page = printed(&["report", &sample(), "--now", NOW, "--lang", "nl", "-o", "-"]);
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"nl\">") && page.ends_with("</html>\n"));
    for foreign in ["http://", "https://", "src=", "@import", "url(", "unsafe-inline"] {
        assert!(!page.contains(foreign), "{foreign}");
    }
    for shown in ["Openstaande klantvragen", "7001943", "97,2 %", "zodra 2026-W47 definitief is"] {
        assert!(page.contains(shown), "{shown}");
    }
    // Six figures, each for wide and for narrow pages.
    assert_eq!(page.matches("<figure>").count(), 6);
    assert_eq!((page.matches("class=\"wide\"").count(), page.matches("class=\"narrow\"").count()), (6, 6));
    let drawn = page.split("<script>").next().expect("a page");
    assert!(!drawn.contains("NaN") && !drawn.contains("inf\""));
}

#[test]
fn what_a_file_says_is_text_on_the_page() {
    let folder = Folder::new();
    let log = "case,at,event,customer,subject,item\n\
               <b>1</b>,2026-11-06T15:00:00+01:00,opened,\"<script>alert('x')</script>\",a & b,\u{1}\u{202e}item\n\
               2,2026-11-06T15:00:00+01:00,danced,,,\n";
    let log = folder.file("cases.csv", log);
    let title = "<i>mine</i>";
    let page = printed_with_skipped(&["report", &log, "--now", NOW, "--title", title, "-o", "-"]);
    assert!(page.contains("&lt;b&gt;1&lt;&#x2f;b&gt;") || page.contains("&lt;b&gt;1&lt;/b&gt;"), "{page}");
    // The page's own script is the only one.
    assert_eq!(page.matches("<script").count(), 1);
    assert!(!page.contains("<i>") && !page.contains('\u{1}'));
    assert!(page.contains("a &amp; b") && page.contains("&lt;i&gt;mine"));
}

#[test]
fn cases_are_linked_to_the_help_desk_where_that_is_asked_for() {
    let folder = Folder::new();
    let log = folder.file("log.csv", "case,at,event\nA/1,2026-11-06T15:00:00+01:00,opened\n");
    let of = |more: &[&str]| {
        let mut arguments = vec!["report", log.as_str(), "--now", NOW, "-o", "-"];
        arguments.extend(more);
        klokuur(&arguments)
    };
    assert!(!of(&[]).out.contains("<a href=\"http"));
    let page = of(&["--link", "https://desk.example/t/{case}"]).out;
    let link = "<a href=\"https://desk.example/t/A%2F1\" rel=\"noreferrer\">A/1</a>";
    assert!(page.replace("&#x2f;", "/").contains(link), "{page}");
    let mapping = folder.file("own.toml", "link = \"https://desk.example/m/{case}\"\n");
    assert!(of(&["--mapping", &mapping]).out.replace("&#x2f;", "/").contains("desk.example/m/A%2F1"));
    let ran = of(&["--link", "javascript:{case}"]);
    assert!(ran.code == 2 && ran.errors.contains("it is not of https or http"), "{}", ran.errors);
    let wrong = folder.file("wrong.toml", "link = \"file:///{case}\"\n");
    let ran = of(&["--mapping", &wrong]);
    assert!(ran.code == 1 && ran.errors.contains("mapping is not valid at link"), "{}", ran.errors);
}

#[test]
fn every_mark_of_a_figure_has_its_value_in_a_table() {
    let page = printed(&["report", &sample(), "--now", NOW, "--lang", "en", "-o", "-"]);
    // Due, norms, strikes, subjects; the NPS and the signals have theirs beside them.
    assert_eq!(page.matches("<summary>The numbers of this figure</summary>").count(), 4);
    assert!(page.contains("<span>2026-W25</span>") && page.contains("823 / 852"));
    // What counts against a norm is listed.
    assert!(page.contains("Orders that count against a norm of 2026-W45"));
}

fn printed_with_skipped(arguments: &[&str]) -> String {
    let ran = klokuur(arguments);
    assert_eq!(ran.code, 0);
    assert!(ran.errors.starts_with("skipped: cases.csv line 3: "), "{}", ran.errors);
    ran.out
}

#[test]
fn a_folder_may_hold_any_format_and_says_what_it_lacks() {
    let folder = Folder::new();
    let log =
        "case,at,event\n1,2026-11-06T15:00:00+01:00,opened\n1,2026-11-06T16:00:00+01:00,seller_message\n";
    folder.file("cases.csv", log);
    let answer =
        |score: u8| format!("{{\"at\": \"2026-11-07T10:00:00+01:00\", \"recommendation\": {score}}}\n");
    folder.file("surveys.jsonl", answer(9) + &answer(11));
    folder.file("calls.csv", "");
    let json = |more: &[&str]| {
        let source = folder.path("");
        let mut arguments = vec!["report", source.as_str(), "--now", NOW, "--format", "json"];
        arguments.extend(more);
        let ran = klokuur(&arguments);
        assert_eq!(ran.code, 0, "{}", ran.errors);
        serde_json::from_str::<serde_json::Value>(&ran.out).expect("JSON")
    };
    let picture = json(&[]);
    assert_eq!(picture["nps"]["recent"]["nps"]["answers"], 1);
    let skipped = &picture["read"]["skipped"][0];
    assert_eq!((skipped["file"].as_str(), skipped["line"].as_u64()), (Some("surveys.jsonl"), Some(2)));
    assert_eq!(skipped["why"], "score `11` is not valid: accepted is a whole number from 0 to 10");
    let reason = |part: &str| {
        let missing = picture["missing"].as_array().expect("a list").iter().find(|one| one["part"] == part);
        missing.map(|one| one["reason"].clone())
    };
    assert_eq!((reason("calls"), reason("orders")), (Some("empty".into()), Some("not_given".into())));
    // A page is never written over what was read.
    let ran = klokuur(&["report", &folder.path(""), "--now", NOW, "-o", &folder.path("cases.csv")]);
    assert_eq!(
        (ran.code, std::fs::read_to_string(folder.path("cases.csv")).expect("a file")),
        (2, log.to_owned())
    );
    let none = Folder::new();
    let ran = klokuur(&["report", &none.path("")]);
    assert!(
        ran.code == 1 && ran.errors.contains("cases.csv: it is not there: a case log is needed"),
        "{}",
        ran.errors
    );
}

#[test]
fn the_picture_is_the_cores() {
    let folder = Folder::new();
    let log = "case,at,event\n1,2026-11-06T15:00:00+01:00,opened\n2,2026-11-06T16:00:00+01:00,opened\n";
    let ran = printed(&["report", &folder.file("log.csv", log), "--now", NOW, "--format", "json"]);
    let at = |text: &str| text.parse::<chrono::DateTime<chrono::Utc>>().expect("a time");
    let opened = |case: &str, time: &str| {
        let what = klokuur::case::What::Opened(klokuur::case::Opening::by(klokuur::case::Party::Customer));
        klokuur::CaseEvent::new(case, at(time), what)
    };
    let events = [opened("1", "2026-11-06T14:00:00Z"), opened("2", "2026-11-06T15:00:00Z")];
    let rules = klokuur::RulebookHistory::bol().expect("shipped");
    let picture = Picture::of(&SellerData::of_events(events), &rules, at(NOW)).expect("a picture");
    let (mut read, expected) = (
        serde_json::from_str::<serde_json::Value>(&ran).expect("JSON"),
        serde_json::to_value(&picture).expect("JSON"),
    );
    for field in ["read", "as_of"] {
        read[field] = expected[field].clone();
    }
    assert_eq!(read, expected);
}

#[test]
fn strikes_and_nps_are_there_in_every_form() {
    let strikes = printed(&["strikes", &sample(), "--now", NOW, "--format", "csv"]);
    assert!(
        strikes.contains("2026-W25,") && strikes.contains(",2026-11-25,2026-W47,2026-12-24,"),
        "{strikes}"
    );
    assert_eq!(strikes.lines().count(), 4);
    let text = printed(&["strikes", &sample(), "--now", NOW]);
    assert!(text.contains("2026-W25") && !text.contains("NPS"), "{text}");
    let nps = printed(&["nps", &sample(), "--now", NOW, "--format", "csv"]);
    assert!(nps.contains("2026-10-01,2026-10-31,81,43,19,19,"), "{nps}");
    assert!(printed(&["nps", &sample(), "--now", NOW, "--lang", "nl"]).contains("Laatste 28 dagen: 21,0"));
    let ran = klokuur(&["nps", &repository("core/examples/data/cases.csv"), "--now", NOW]);
    assert!(ran.code == 1 && ran.errors.contains("no survey was answered"), "{}", ran.errors);
    let ran = klokuur(&["strikes", &sample(), "--now", NOW, "--rulebook", "amazon"]);
    assert!(ran.code == 2 && ran.errors.contains("have no strikes"), "{}", ran.errors);
}

#[test]
fn every_table_goes_out_in_every_format() {
    use calamine::{Reader, open_workbook_auto};
    let folder = Folder::new();
    let (data, log) = (sample(), repository("core/examples/data/cases.csv"));
    let tables: [(&str, Vec<&str>, &str, &str); 7] = [
        ("weeks", vec![&data, "--now", NOW], "response_time", "verdict"),
        ("strikes", vec![&data, "--now", NOW], "2026-W25", "expires_on"),
        ("nps", vec![&data, "--now", NOW], "2026-10-01", "promoters"),
        ("evaluate", vec![&log, "--now", NOW], "7001943", "verdict"),
        ("due", vec!["2026-04-24 17:30"], "PT24H", "explanation"),
        ("between", vec!["2026-04-24 17:30", "2026-04-28 17:30"], "PT24H", "counted"),
        ("holidays", vec!["2026"], "2026-04-27", "local_name"),
    ];
    for (command, given, value, column) in tables {
        let run = |more: &[&str]| {
            let mut arguments = vec![command];
            arguments.extend(&given);
            arguments.extend(more);
            let ran = klokuur(&arguments);
            assert_eq!(ran.code, 0, "{command}: {}", ran.errors);
            ran.out
        };
        let csv = run(&["--format", "csv"]);
        let mut rows = csv::Reader::from_reader(csv.as_bytes());
        let header = rows.headers().expect("a header").clone();
        let rows: Vec<csv::StringRecord> = rows.records().collect::<Result<_, _>>().expect("CSV");
        assert!(header.iter().any(|name| name == column) && csv.contains(value), "{command}: {csv}");
        let json: Vec<serde_json::Value> =
            serde_json::from_str(&run(&["--format", "json"])).expect("a list of records");
        assert_eq!(json.len(), rows.len(), "{command}");
        assert!(json.iter().all(|record| header.iter().all(|name| record.get(name).is_some())), "{command}");
        let text = run(&["--format", "text"]);
        assert!(!text.trim().is_empty(), "{command}");
        let path = folder.path(&format!("{command}.xlsx"));
        assert_eq!(run(&["-o", &path]), "", "{command}");
        let mut book = open_workbook_auto(&path).expect("a workbook");
        let (_, range) = book.worksheets().remove(0);
        assert_eq!((range.height(), range.width()), (rows.len() + 1, header.len()), "{command}");
    }
}

#[test]
fn what_a_page_leaves_to_the_data_is_told() {
    let folder = Folder::new();
    let row = |case: usize| format!("K-{case},2026-11-0{}T15:00:00+01:00,opened,size,bell\n", 2 + case % 5);
    let log = String::from("case,at,event,subject,item\n") + &(0..150).map(row).collect::<String>();
    let log = folder.file("log.csv", log);
    let page = printed(&["report", &log, "--now", NOW, "--lang", "en", "-o", "-"]);
    assert!(page.contains("<small>and 125 more, which are in the data (--format json)</small>"));
}
