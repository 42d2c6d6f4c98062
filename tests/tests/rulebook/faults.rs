//! Values of a rulebook that contradict each other (RULES G2): each contradiction is a fault with its path, and says what
//! would be accepted.

use klokuur::rulebook::RulebookHistory;
use klokuur::{KlokuurError, Rulebook};
use serde_json::{Value, json};

/// Values in the places that pointers name.
type Changes = Vec<(String, Value)>;

/// The faults of a shipped rulebook with other values in these places; null takes one away.
fn faults(name: &str, changes: &[(&str, Value)]) -> Vec<(String, String)> {
    let mut document = serde_json::to_value(Rulebook::shipped(name).unwrap()).unwrap();
    for (pointer, value) in changes {
        let (above, field) = pointer.rsplit_once('/').unwrap();
        let place = document.pointer_mut(above).unwrap_or_else(|| panic!("{pointer}"));
        match place {
            Value::Array(list) if field == "-" => list.push(value.clone()),
            Value::Array(list) => list[field.parse::<usize>().unwrap()] = value.clone(),
            other if value.is_null() => drop(other.as_object_mut().unwrap().remove(field)),
            other => drop(other.as_object_mut().unwrap().insert(field.to_owned(), value.clone())),
        }
    }
    match Rulebook::from_value(&document) {
        Err(KlokuurError::InvalidRulebook { faults }) => {
            faults.into_iter().map(|fault| (fault.path, fault.problem)).collect()
        }
        other => panic!("{name} {changes:?}: {other:?}"),
    }
}

/// The place of a norm or a standard of that name.
fn at(name: &str, list: &str, wanted: &str) -> String {
    let document = serde_json::to_value(Rulebook::shipped(name).unwrap()).unwrap();
    let items = document[list].as_array().unwrap();
    let index =
        items.iter().position(|item| item["name"] == wanted).unwrap_or_else(|| panic!("{name} {wanted}"));
    format!("/{list}/{index}")
}

#[test]
fn g2_each_contradiction_is_a_fault_with_its_path() {
    let bol = |name: &str, field: &str| format!("{}/{field}", at("bol-2024", "norms", name));
    let of_norm = |field: &str| bol("response_time", field);
    let grade = |field: &str| bol("reviews", field);
    let cases: Vec<(&str, Changes, &str, &str)> = vec![
        (
            "bol-2024",
            vec![(of_norm("cap"), json!(0.95))],
            "cap",
            "only a dynamic threshold has one: accepted is no cap",
        ),
        (
            "bol-2024",
            vec![(of_norm("threshold_kind"), json!("dynamic")), (of_norm("cap"), json!(0.5))],
            "cap",
            "below the threshold: accepted is 0.9 or more",
        ),
        ("bol-2024", vec![(of_norm("minimum"), json!(0.95))], "minimum", "not easier than the threshold"),
        (
            "bol-2024",
            vec![(of_norm("threshold"), json!(1.5))],
            "threshold",
            "is out of range: accepted is 0 to 1 for this unit",
        ),
        ("bol-2024", vec![(grade("count_limit"), json!(3))], "count_limit", "only a share counts bad items"),
        (
            "bol-2024",
            vec![(of_norm("period_months"), json!(3))],
            "period_months",
            "strikes are given by the week",
        ),
        (
            "bol-2024",
            vec![(of_norm("all_time_below"), json!(3))],
            "all_time_below",
            "there is no period to fall short in",
        ),
        (
            "bol-2024",
            ["fulfilment", "cancellations", "response_time"]
                .map(|norm| (bol(norm, "strike"), json!(false)))
                .into(),
            "strikes",
            "no norm bears strikes: accepted is a norm with strike = true",
        ),
        (
            "bol-2024",
            vec![("/strikes".into(), Value::Null)],
            "norms",
            "but no section strikes: accepted is both or neither",
        ),
        (
            "bol-2024",
            vec![("/strikes/closed_at".into(), json!(5))],
            "strikes.closed_at",
            "5 is not above offline_at: accepted is more than 5",
        ),
        (
            "bol-2024",
            vec![("/strikes/window".into(), json!({"kind": "rolling", "weeks": 6}))],
            "strikes.closed_at",
            "7 strikes cannot fall in the window: accepted is at most one a week, 6",
        ),
        (
            "bol-2024",
            vec![(
                "/strikes/window".into(),
                json!({"kind": "from_first_bad_week", "weeks": 24, "ends_at": 6}),
            )],
            "strikes.closed_at",
            "the period ends at 6 strikes: accepted is at most 6",
        ),
        (
            "bol-2024",
            vec![("/strikes/window".into(), json!({"kind": "from_first_bad_week", "weeks": 24}))],
            "strikes.window.ends_at",
            "missing: accepted is a whole number from 1 to 520 with from_first_bad_week",
        ),
        (
            "bol-2024",
            vec![("/strikes/window".into(), json!({"kind": "rolling", "weeks": 22, "ends_at": 6}))],
            "strikes.window.ends_at",
            "unknown field: accepted is ends_at only with from_first_bad_week",
        ),
        (
            "bol-2024",
            vec![("/strikes/trigger".into(), json!({"kind": "several_norms"}))],
            "strikes.trigger.norms",
            "missing: accepted is a whole number from 2 to 1000 with several_norms",
        ),
        (
            "bol-2024",
            vec![("/strikes/trigger".into(), json!({"kind": "several_norms", "norms": 9}))],
            "strikes.trigger.norms",
            "9 norms of 3 with strike = true: accepted is at most 3",
        ),
        (
            "bol-2026",
            vec![("/policy_points/closed_at".into(), json!(100))],
            "policy_points.closed_at",
            "100 is not below start: accepted is less than 100",
        ),
        (
            "bol-2024",
            vec![("/insight/shortest_days".into(), json!(300)), ("/insight/longest_months".into(), json!(6))],
            "insight.longest_months",
            "6 months are shorter than shortest_days: accepted is at least 300 days",
        ),
        (
            "bol-2024",
            vec![("/insight/signal_baseline_days".into(), json!(1))],
            "insight.signal_baseline_days",
            "1 is below signal_recent_days: accepted is",
        ),
        (
            "bol-2024",
            vec![("/message/own_domains".into(), json!(["bol.com", "bol.com"]))],
            "own_domains[1]",
            "`bol.com` stands there twice",
        ),
        (
            "bol-2024",
            vec![("/message/own_domains".into(), json!([7]))],
            "own_domains[0]",
            "accepted is a text that is not empty",
        ),
        (
            "bol-2024",
            vec![("/clock/calendars".into(), json!([7]))],
            "clock.calendars[0]",
            "accepted is a country code, or netherlands",
        ),
        (
            "bol-2024",
            vec![
                ("/clock/hours".into(), json!("Jan 01 09:00-17:00; PH off")),
                ("/clock/calendars".into(), json!(["NL"])),
            ],
            "clock.hours",
            "the schedule never opens",
        ),
        (
            "bol-2024",
            vec![(
                "/score/components/0/points".into(),
                json!([{"value": 0, "score": 0}, {"value": 2, "score": 10}]),
            )],
            "score.components[0].points",
            "a share above 1: accepted is values from 0 to 1",
        ),
    ];
    for (name, changes, path, problem) in cases {
        let changes: Vec<(&str, Value)> =
            changes.iter().map(|(pointer, value)| (pointer.as_str(), value.clone())).collect();
        let found = faults(name, &changes);
        assert!(
            found.iter().any(|(at, told)| at.ends_with(path) && told.contains(problem)),
            "{changes:?} should be a fault at {path}, {problem}: {found:?}"
        );
    }
}

#[test]
fn g2_standards_and_ladders_that_contradict_themselves_are_faults() {
    let ebay = Rulebook::shipped("ebay").unwrap();
    let (share, mean) = (0, Rulebook::shipped("conrad").unwrap());
    let mean = mean.standards.iter().position(|rule| rule.averaged.is_some()).unwrap();
    assert!(!ebay.standards.is_empty() && !ebay.ladders.is_empty());
    let walmart = Rulebook::shipped("walmart").unwrap();
    assert!(!walmart.ladders.is_empty());
    let cases: Vec<(&str, String, Value, &str, &str)> = vec![
        (
            "ebay",
            format!("/standards/{share}/averaged"),
            json!("hours"),
            "averaged",
            "accepted is averaged only with the unit average",
        ),
        (
            "conrad",
            format!("/standards/{mean}/averaged"),
            Value::Null,
            "averaged",
            "missing: accepted is what is averaged, such as hours",
        ),
        (
            "conrad",
            format!("/standards/{mean}/period"),
            json!({"kind": "mean_of_weeks", "weeks": 4}),
            "period",
            "bad items over a mean of weeks: accepted is a share that is at most a threshold",
        ),
        (
            "conrad",
            format!("/standards/{mean}/limits/0/count"),
            json!(3),
            "limits[0].count",
            "only a share counts bad items",
        ),
        (
            "ebay",
            format!("/standards/{share}/limits/0/threshold"),
            json!(2),
            "limits[0].threshold",
            "out of range: accepted is 0 to 1",
        ),
        (
            "ebay",
            "/ladders/0/steps".into(),
            Value::Null,
            "ladders[0].steps",
            "accepted is a list of 2 or more tables",
        ),
        (
            "ebay",
            "/ladders/0/kind".into(),
            json!("fees"),
            "ladders[0].steps",
            "the limits have the fees: accepted is no steps with fees",
        ),
        (
            "ebay",
            "/ladders/0/steps/0/after_days".into(),
            json!(3),
            "after_days",
            "accepted is after_days only in an escalation",
        ),
        (
            "ebay",
            "/ladders/0/standards".into(),
            json!([]),
            "ladders[0].standards",
            "empty: accepted is one standard or more",
        ),
        (
            "walmart",
            "/ladders/0/steps/0/after_days".into(),
            Value::Null,
            "after_days",
            "missing: accepted is a whole number of days",
        ),
    ];
    for (name, pointer, value, path, problem) in cases {
        let found = faults(name, &[(pointer.as_str(), value)]);
        assert!(
            found.iter().any(|(at, told)| at.ends_with(path) && told.contains(problem)),
            "{name} {pointer} should be a fault at {path}, {problem}: {found:?}"
        );
    }
    let unknown = Rulebook::bol().standard("speed").unwrap_err().to_string();
    assert_eq!(unknown, "unknown standard `speed`: accepted is none: rulebook bol-2026 has no standards");
    assert!(ebay.standard("speed").unwrap_err().to_string().contains(&ebay.standards[0].name));
}

#[test]
fn g2_a_history_tells_the_faults_of_each_of_its_rulebooks() {
    let mut faulty = Rulebook::shipped("bol-2022").unwrap();
    faulty.case.warn_after_hours = 200;
    let Err(KlokuurError::InvalidRulebook { faults }) =
        RulebookHistory::new(vec![Rulebook::bol(), faulty, Rulebook::shipped("ebay").unwrap()])
    else {
        panic!("accepted")
    };
    let paths: Vec<&str> = faults.iter().map(|fault| fault.path.as_str()).collect();
    assert!(paths.iter().any(|path| path.starts_with("rulebooks[1].case.")), "{paths:?}");
    assert!(faults.iter().any(|fault| fault.problem.contains("another marketplace")), "{faults:?}");
}
