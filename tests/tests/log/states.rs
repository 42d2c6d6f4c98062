//! The state before a row: what says none, and what is none of the case (RULES K14).

use klokuur::log::{Rows, read_log};
use klokuur_tests::random::Random;
use serde_json::json;

use super::{mapping, shuffle};

/// The kinds of the events of a log, in the order of time, whatever the order of its rows.
fn kinds(rows: &[[&str; 3]], document: &serde_json::Value) -> Vec<String> {
    let mapping = mapping(document.clone());
    let mut rows: Vec<Vec<String>> = rows.iter().map(|row| row.map(str::to_owned).to_vec()).collect();
    let mut found: Option<Vec<String>> = None;
    for seed in 0..20 {
        let log = read_log(&Rows::new(["case", "at", "event"], rows.clone()), &mapping).unwrap();
        assert_eq!(log.summary.refused, []);
        let kinds: Vec<String> = log.events.iter().map(|(_, event)| event.kind().to_string()).collect();
        assert_eq!(*found.get_or_insert_with(|| kinds.clone()), kinds, "seed {seed}");
        shuffle(&mut rows, &mut Random::new(seed));
    }
    found.unwrap()
}

#[test]
fn k14_a_row_that_says_no_state_leaves_the_one_before() {
    // As a help desk has it whose comments stand beside the changes of a status.
    let mapping = json!({
        "events": {"": "", "new": "opened", "open": "customer_message", "pending": "seller_message"},
        "after": {
            "": {"open": "opened", "pending": "opened"}, "new": {"open": ""}, "open": {"pending": "closed"},
        },
    });
    let (ten, eleven, twelve) = ("2026-03-02T10:00:00Z", "2026-03-02T11:00:00Z", "2026-03-02T12:00:00Z");
    for empty in ["", "?"] {
        let rows = [["1", ten, "new"], ["1", eleven, empty], ["1", eleven, "pending"]];
        assert_eq!(kinds(&rows, &mapping), ["opened", "seller_message"]);
        let rows = [["1", ten, "new"], ["1", ten, empty], ["1", eleven, empty], ["1", twelve, "open"]];
        assert_eq!(kinds(&rows, &mapping), ["opened"], "picked up, whatever stands between");
        let rows = [["1", ten, "open"], ["1", eleven, empty], ["1", twelve, "pending"]];
        assert_eq!(kinds(&rows, &mapping), ["opened", "closed"]);
        // Nothing that says no state is the first of a case.
        let rows = [["1", ten, empty], ["1", eleven, "pending"], ["1", twelve, "pending"]];
        assert_eq!(kinds(&rows, &mapping), ["opened", "seller_message"]);
    }
}

#[test]
fn k14_a_case_begins_with_its_first_row_that_is_an_event() {
    let mapping = json!({
        "events": {"in": "customer_message", "out": "seller_message", "note": "", "template": ""},
        "after": {"": {"in": "opened"}, "note": {"template": "follow_up"}},
    });
    let (ten, eleven, twelve) = ("2026-03-02T10:00:00Z", "2026-03-02T11:00:00Z", "2026-03-02T12:00:00Z");
    for other in ["note", "template"] {
        for at in [ten, eleven] {
            let rows = [["1", at, other], ["1", eleven, "in"], ["1", twelve, "in"], ["1", twelve, "out"]];
            assert_eq!(
                kinds(&rows, &mapping),
                ["opened", "customer_message", "seller_message"],
                "{other} {at}"
            );
        }
    }
    // What the mapping says of a state goes before what it says of the beginning.
    assert_eq!(kinds(&[["1", ten, "note"], ["1", eleven, "template"]], &mapping), ["follow_up"]);
    // A row that opens its case by being the first has begun it.
    let document = json!({
        "events": {"in": "customer_message", "note": ""}, "after": {"": {"in": "opened"}}, "first_row_opens": true,
    });
    assert_eq!(kinds(&[["1", ten, "note"], ["1", eleven, "in"]], &document), ["opened", "customer_message"]);
}
