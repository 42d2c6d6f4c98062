//! `due`, `between`, `holidays`: the clock alone.

use crate::{klokuur, printed};

#[test]
fn due_explains_itself_in_both_languages() {
    assert_eq!(
        printed(&["due", "2026-04-24 17:30"]),
        "due Tuesday 28 April 2026 17:30: 6 h 30 min on Friday 24 April, weekend skipped, King's Day skipped, \
         17 h 30 min on Tuesday 28 April\n"
    );
    assert!(printed(&["due", "2026-04-24T17:30+02:00", "--lang", "nl"]).contains("Koningsdag overgeslagen"));
}

#[test]
fn due_takes_amounts_hours_countries_and_several_instants() {
    let due = |more: &[&str]| {
        let mut arguments = vec!["due", "2026-07-20 16:00", "--format", "csv"];
        arguments.extend(more);
        let text = printed(&arguments);
        text.lines().nth(1).and_then(|line| line.split(',').nth(2)).expect("a line").to_owned()
    };
    assert_eq!(due(&[]), "2026-07-21T16:00:00+02:00");
    // The Belgian national day.
    assert_eq!(due(&["--country", "BE"]), "2026-07-22T16:00:00+02:00");
    assert_eq!(due(&["--hours", "Mo-Fr 09:00-17:00", "--within", "1 h 30 min"]), "2026-07-21T09:30:00+02:00");
    assert_eq!(due(&["--zone", "America/New_York"]), "2026-07-21T16:00:00-04:00");
    assert_eq!(due(&["--rulebook", "amazon"]).get(..16), Some("2026-07-21T16:00"));
    let two = printed(&["due", "2026-07-20 16:00", "2026-07-24 16:00", "--format", "csv"]);
    assert_eq!(two.lines().count(), 3);
}

#[test]
fn c9_a_question_of_2021_has_eight_working_hours() {
    let text = printed(&["due", "2021-06-01 16:00", "--format", "csv"]);
    assert!(text.contains("PT8H,2021-06-02T16:00:00+02:00"), "{text}");
}

#[test]
fn between_counts_both_ways() {
    let counted = |from: &str, to: &str| {
        let text = printed(&["between", from, to, "--format", "json"]);
        let rows: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        rows[0]["counted"].as_str().expect("a text").to_owned()
    };
    assert_eq!(counted("2026-04-24 17:30", "2026-04-28 10:00"), "PT16H30M");
    assert_eq!(counted("2026-04-28 10:00", "2026-04-24 17:30"), "-PT16H30M");
    assert!(printed(&["between", "2026-04-24 17:30", "2026-04-28 10:00"]).starts_with("16 h 30 min until"));
}

#[test]
fn holidays_are_those_of_the_country() {
    let text = printed(&["holidays", "2026", "--lang", "nl"]);
    assert!(text.contains("2026-04-27  maandag    King's Day"), "{text}");
    assert!(printed(&["holidays", "2026", "--country", "BE"]).contains("2026-07-21"));
    assert_eq!(klokuur(&["holidays", "1800"]).code, 2);
    let unknown = klokuur(&["holidays", "2026", "--country", "XX"]);
    assert_eq!(unknown.code, 1);
    assert!(unknown.errors.starts_with("klokuur: unknown"), "{}", unknown.errors);
}

#[test]
fn what_means_nothing_is_told_with_what_is_accepted() {
    let ran = klokuur(&["due", "tomorrow"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert_eq!(
        ran.errors,
        "klokuur: time `tomorrow` is not valid: accepted is a time with an offset, as 2026-03-13T15:00:00+01:00, or \
         2026-03-13 15:00:00 in Europe/Amsterdam\n"
    );
    assert_eq!(klokuur(&["due"]).code, 2);
    assert_eq!(klokuur(&["deu", "2026-01-01 12:00"]).code, 2);
    assert_eq!(klokuur(&["due", "2026-07-20 16:00", "--within", "2 days"]).code, 2);
    let rules = klokuur(&["due", "2026-07-20 16:00", "--rulebook", "boll"]);
    assert!(
        rules.code == 1 && rules.errors.contains("unknown rulebook `boll`: accepted is bol, bol-2026"),
        "{}",
        rules.errors
    );
    assert!(
        klokuur(&["due", "2026-07-20 16:00", "--rulebook", "boll.toml"])
            .errors
            .contains("boll.toml: it is not there")
    );
}

#[test]
fn help_version_completions_and_manual_are_there() {
    assert!(printed(&["--version"]).starts_with("klokuur 0."));
    for command in [
        "report", "due", "between", "holidays", "evaluate", "weeks", "strikes", "nps", "check", "mappings",
        "guess",
    ] {
        assert!(printed(&["--help"]).contains(command));
        assert!(printed(&[command, "--help"]).contains("Usage: klokuur"));
    }
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(printed(&["completions", shell]).contains("evaluate"));
    }
    assert!(printed(&["man"]).starts_with(".ie"));
    let folder = crate::Folder::new();
    let pages = folder.path("man1");
    assert_eq!(printed(&["man", "--out", &pages]), "");
    let page = |name: &str| std::fs::read_to_string(format!("{pages}/{name}.1")).expect("a page");
    assert!(page("klokuur").contains("klokuur\\-report"));
    assert!(page("klokuur-report").contains("\\-\\-link") && page("klokuur-evaluate").contains("\\-\\-now"));
}
