//! Rulebooks (RULES G1 to G3) beyond the vectors: every shipped document, the schema, the sources.

mod faults;

use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use klokuur::backtest::Scenario;
use klokuur::rulebook::{PausedWhile, Provenance, Ratio, RulebookHistory, StrikeWindow, ThresholdKind};
use klokuur::standing::PolicyPoints;
use klokuur::{CaseBook, KlokuurError, Ledger, Rulebook, Schedule};
use proptest::prelude::*;
use serde_json::Value;

#[test]
fn g1_bol_in_code_is_bol_in_its_document() {
    assert_eq!(Rulebook::from_toml(Rulebook::shipped_toml("bol").unwrap()).unwrap(), Rulebook::bol());
    assert_eq!(Rulebook::bol().validated().unwrap(), Rulebook::bol());
}

#[test]
fn g1_every_shipped_rulebook_reads_and_reads_back() {
    for name in Rulebook::names() {
        let rules = Rulebook::shipped(name).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!(rules.name, name);
        assert_eq!(Rulebook::from_toml(&rules.to_toml()).unwrap(), rules, "{name}");
        assert_eq!(Rulebook::from_json(&rules.to_json()).unwrap(), rules, "{name}");
        assert_eq!(serde_json::from_str::<Rulebook>(&rules.to_json()).unwrap(), rules, "{name}");
        assert_eq!(
            rules.fingerprint(),
            Rulebook::from_toml(&rules.to_toml()).unwrap().fingerprint(),
            "{name}"
        );
        rules.schedule().unwrap();
        rules.request_schedule(&rules.case.returns).unwrap();
        rules.request_schedule(&rules.case.cancellations).unwrap();
        if rules.phone.is_some() {
            rules.phone_schedule().unwrap();
        }
    }
}

#[test]
fn g1_every_value_has_its_source() {
    // A letter mistyped in code would count as ours: here the letters of RULES that are not D.
    let rules = Rulebook::bol();
    let sourced = |value: &Provenance, letters: &str| assert_eq!(value.to_string(), letters);
    sourced(&rules.case.sources["first_response_hours"], "B,O");
    sourced(&rules.case.sources["warn_after_hours"], "A");
    sourced(&rules.case.sources["forwarded_returned_hours"], "A");
    assert!(rules.case.sources["forwarded_basis"].is_ours());
    let strikes = rules.strike_rules().unwrap();
    sourced(&strikes.sources["window"], "B,O");
    sourced(&strikes.sources["offline_at"], "B");
    sourced(&strikes.sources["trigger"], "O");
    assert!(rules.norms.iter().all(|n| !n.source.is_ours()));
}

#[test]
fn g1_the_history_of_bol_follows_its_regimes() {
    let bol = RulebookHistory::bol().unwrap();
    let names: Vec<_> = bol.rulebooks().iter().map(|r| r.name.as_str()).collect();
    assert_eq!(names, ["bol-2019", "bol-2022", "bol-2023", "bol-2024", "bol-2026"]);
    assert_eq!(bol.newest(), Some(&Rulebook::bol()));
    assert_eq!(bol.for_date("1900-01-01".parse::<NaiveDate>().unwrap()).unwrap().name, "bol-2019");
    assert!(bol.for_date("1899-12-31".parse::<NaiveDate>().unwrap()).is_err());
    // Also the other way round, and with a gap between them.
    let mut old = Rulebook::shipped("bol-2019").unwrap();
    old.valid_until = "2021-06-30".parse().ok();
    let history = RulebookHistory::new(vec![Rulebook::bol(), old]).unwrap();
    assert_eq!(history.for_week("2021-W26".parse().unwrap()).unwrap().name, "bol-2019");
    assert!(history.for_week("2021-W27".parse().unwrap()).is_err());
    assert!(RulebookHistory::new(vec![]).is_err());
    let text = serde_json::to_string(&bol).unwrap();
    assert_eq!(serde_json::from_str::<RulebookHistory>(&text).unwrap(), bol);
}

/// A document from before the format had a number.
const FORMAT_1: &str = include_str!("../data/rulebook_format_1.toml");

#[test]
fn g1_documents_of_format_1_still_read() {
    let old = Rulebook::from_toml(FORMAT_1).unwrap();
    // The switches went into the Dutch calendar, the window got its kind, what no code read is gone.
    let bevrijdingsdag: chrono::NaiveDate = "2026-05-05".parse().unwrap();
    assert!(old.clock.holidays().unwrap().holiday_on(bevrijdingsdag).is_some());
    assert!(Rulebook::bol().clock.holidays().unwrap().holiday_on(bevrijdingsdag).is_none());
    assert_eq!(old.strike_rules().unwrap().window, StrikeWindow::Rolling { weeks: 22 });
    assert_eq!(old.case.pauses, [PausedWhile::WithMarketplace]);
    assert!(old.norms.iter().all(|norm| !norm.strict && norm.threshold_kind == ThresholdKind::Fixed));
    assert_eq!(old.norm("nps").unwrap().threshold, Ratio::whole(25));
    assert!(old.to_toml().starts_with("format = 2"));
    assert_eq!(Rulebook::from_toml(&old.to_toml()).unwrap(), old);
    // A fault of an old document is told too.
    let faulty = FORMAT_1.replace("window_weeks = 22", "window_weeks = 0");
    let Err(KlokuurError::InvalidRulebook { faults }) = Rulebook::from_toml(&faulty) else {
        panic!("accepted")
    };
    assert_eq!(faults[0].path, "strikes.window.weeks");
}

#[test]
fn g2_a_warning_comes_before_every_deadline_that_it_warns_of() {
    let mut rules = Rulebook::bol();
    rules.case.first_response_hours = 120;
    rules.case.warn_after_hours = 99;
    let Err(KlokuurError::InvalidRulebook { faults }) = rules.clone().validated() else { panic!("accepted") };
    let paths: Vec<_> = faults.iter().map(|fault| fault.path.as_str()).collect();
    assert_eq!(paths, ["case.follow_up_hours", "case.forwarded_expected_hours"]);
    // Every door refuses what was put together in code.
    assert_eq!(CaseBook::of(&rules).unwrap_err().code(), "invalid_rulebook");
    assert_eq!(Ledger::new(&rules, vec![], vec![]).unwrap_err().code(), "invalid_rulebook");
    assert!(Scenario::of(&rules).is_err() && PolicyPoints::new(&rules, vec![]).is_err());
}

#[test]
fn g1_a_clock_in_another_zone_is_refused_or_chosen() {
    let mut rules = Rulebook::bol();
    let utc = Schedule::parse("24/7", chrono_tz::UTC).unwrap();
    assert_eq!(CaseBook::new(&rules, utc.clone()).unwrap_err().code(), "invalid_value");
    rules.clock.zone = klokuur::Zone::UTC;
    assert!(CaseBook::new(&rules, utc).is_ok());
}

#[test]
fn g2_two_sections_of_nonsense_give_every_fault() {
    let Err(KlokuurError::InvalidRulebook { faults }) =
        Rulebook::from_toml("name = 3\n[case]\nbasis = 'x'\n")
    else {
        panic!("accepted")
    };
    let paths: Vec<_> = faults.iter().map(|f| f.path.as_str()).collect();
    for path in
        ["name", "marketplace", "valid_from", "clock", "case.basis", "case.sources", "norms", "message"]
    {
        assert!(paths.contains(&path), "{path} in {paths:?}");
    }
    // Nothing that was not in the document is reported below a table that is missing as a whole.
    assert!(!paths.iter().any(|p| p.starts_with("clock.")), "{paths:?}");
}

#[test]
fn g2_texts_that_are_no_document_are_refused_with_their_line() {
    let toml = Rulebook::from_toml("name = 'x'\n\nname = 'y'\n").unwrap_err();
    assert_eq!(toml.code(), "invalid_document");
    assert!(toml.to_string().starts_with("rulebook is not valid at line 3: "), "{toml}");
    let json = Rulebook::from_json("{\n\"name\": }").unwrap_err();
    assert!(json.to_string().starts_with("rulebook is not valid at line 2, column "), "{json}");
    assert_eq!(Rulebook::from_json("[]").unwrap_err().code(), "invalid_rulebook");
}

#[test]
fn g2_the_schema_is_the_committed_one() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/rulebook.schema.json");
    let schema = Rulebook::json_schema();
    let text = format!("{}\n", serde_json::to_string_pretty(&schema).unwrap());
    if std::env::var_os("KLOKUUR_WRITE_SCHEMA").is_some() {
        fs::write(&path, &text).unwrap();
    }
    assert_eq!(
        fs::read_to_string(path).unwrap_or_default(),
        text,
        "core/rulebook.schema.json is old: run this test with KLOKUUR_WRITE_SCHEMA=1"
    );
    // Field by field, nonsense is refused.
    for (pointer, value) in refused() {
        let mut document = serde_json::to_value(Rulebook::bol()).unwrap();
        *document.pointer_mut(&pointer).unwrap() = value.clone();
        assert!(Rulebook::from_value(&document).is_err(), "{pointer} {value}");
    }
}

/// Paths in bol's rulebook, each with a value that nothing may take there; the schema refuses them too, which
/// `bindings-python/tests/test_rulebook_schema.py` holds with a validator.
fn refused() -> Vec<(String, Value)> {
    serde_json::from_str(include_str!("../data/refused_values.json")).unwrap()
}

#[test]
fn g3_other_marketplaces_are_documents_with_their_confidence() {
    for name in ["amazon", "kaufland", "ebay", "walmart", "conrad", "cdiscount", "allegro", "zalando", "otto"]
    {
        let rules = Rulebook::shipped(name).unwrap();
        assert!(rules.confidence > klokuur::rulebook::Confidence::High, "{name}");
        assert!(
            rules.strike_rules().is_err() && rules.score_rules().is_err() && rules.phone_rules().is_err()
        );
    }
    let threshold = |name| Rulebook::shipped(name).unwrap().norm("response_time").unwrap().threshold;
    assert_eq!(threshold("amazon"), Ratio::percent(90));
    assert_eq!(threshold("kaufland"), Ratio::percent(100));
}

/// The paths of every value of a document.
fn leaves(value: &Value, path: &str, out: &mut Vec<String>) {
    out.push(path.to_owned());
    match value {
        Value::Object(map) => map.iter().for_each(|(k, v)| leaves(v, &format!("{path}/{k}"), out)),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(i, v)| leaves(v, &format!("{path}/{i}"), out))
        }
        _ => {}
    }
}

fn anything() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        (0..60_i64).prop_map(Value::from),
        Just(Value::Array(vec![Value::Null])),
        Just(serde_json::json!({"a": 1})),
    ]
}

proptest! {
    /// Any value in any place is read or refused with faults; what is read reads back.
    #[test]
    fn g2_any_value_in_any_place_is_read_or_refused(place in any::<prop::sample::Index>(), value in anything()) {
        let mut document = serde_json::to_value(Rulebook::bol()).unwrap();
        let mut paths = Vec::new();
        leaves(&document, "", &mut paths);
        *document.pointer_mut(&paths[place.index(paths.len())]).unwrap() = value;
        match Rulebook::from_value(&document) {
            Ok(rules) => prop_assert_eq!(&Rulebook::from_toml(&rules.to_toml()).unwrap(), &rules),
            Err(KlokuurError::InvalidRulebook { faults }) => prop_assert!(!faults.is_empty()),
            Err(other) => prop_assert!(false, "{other}"),
        }
    }
}
