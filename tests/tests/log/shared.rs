//! Real logs of help desks, as they come and in every other shape: the same outcomes. Skipped where the logs are not
//! there.

use std::collections::BTreeMap;
use std::io::Read;

use chrono::{DateTime, Utc};
use klokuur::Rulebook;
use klokuur::case::{CaseOutcome, What, evaluate_rows};
use klokuur::log::{LogReader, Mapping, Rows, read_log};
use klokuur_tests::files::root;
use klokuur_tests::random::Random;
use serde_json::json;

struct Shared {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
    mapping: Mapping,
    now: DateTime<Utc>,
}

impl Shared {
    /// A log of `../shared/data`; nothing where it is missing.
    fn read(log: &str, mapping: &str, now: &str) -> Option<Self> {
        let path = root().join("../shared/data").join(log);
        let Ok(bytes) = std::fs::read(&path) else {
            eprintln!("skipped: {} is not there", path.display());
            return None;
        };
        let mut text = String::new();
        flate2::read::GzDecoder::new(bytes.as_slice()).read_to_string(&mut text).unwrap();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let cells = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect::<Vec<_>>();
        let header = cells(reader.headers().unwrap());
        let rows = reader.records().map(|record| cells(&record.unwrap())).collect();
        let mapping = std::fs::read_to_string(root().join("tests/mappings").join(mapping)).unwrap();
        Some(Self { header, rows, mapping: Mapping::from_toml(&mapping).unwrap(), now: now.parse().unwrap() })
    }

    fn rules(&self) -> Rulebook {
        self.mapping.rules(&Rulebook::bol()).unwrap()
    }

    fn outcomes(&self, rows: Vec<Vec<String>>) -> Vec<CaseOutcome> {
        self.outcomes_of(&Rows::new(self.header.clone(), rows), &self.mapping)
    }

    fn outcomes_of(&self, rows: &Rows, mapping: &Mapping) -> Vec<CaseOutcome> {
        let reader = LogReader::new(rows, mapping).unwrap();
        evaluate_rows(reader.read(), &self.rules(), self.now).unwrap().outcomes
    }

    /// As it comes, reversed, and shuffled three times.
    fn holds_in_any_order(&self, cases: usize) -> Vec<CaseOutcome> {
        let as_it_comes = self.outcomes(self.rows.clone());
        assert_eq!(as_it_comes.len(), cases);
        let mut rows = self.rows.clone();
        rows.reverse();
        assert!(self.outcomes(rows.clone()) == as_it_comes, "reversed");
        for seed in 1..=3 {
            super::shuffle(&mut rows, &mut Random::new(seed));
            assert!(self.outcomes(rows.clone()) == as_it_comes, "shuffled {seed}");
        }
        as_it_comes
    }

    /// One row a ticket: opened, first answered, last closed, and what its opening says.
    fn holds_with_one_row_a_ticket(&self, outcomes: &[CaseOutcome]) {
        let log = read_log(&Rows::new(self.header.clone(), self.rows.clone()), &self.mapping).unwrap();
        let mut tickets: BTreeMap<String, [Option<DateTime<Utc>>; 2]> = BTreeMap::new();
        for (_, event) in log.events {
            let [opened, answered] = tickets.entry(event.case).or_default();
            match event.what {
                What::Opened(_) => *opened = Some(opened.map_or(event.at, |at| at.min(event.at))),
                What::SellerMessage { .. } => {
                    *answered = Some(answered.map_or(event.at, |at| at.min(event.at)))
                }
                _ => {}
            }
        }
        let cell = |at: &Option<DateTime<Utc>>| at.map_or_else(String::new, |at| at.to_rfc3339());
        let rows =
            tickets.iter().map(|(case, [opened, answered])| [case.clone(), cell(opened), cell(answered)]);
        let by_case = Mapping::from_json(
            &json!({"columns": {"case": "ticket"}, "times": {"opened": "created", "seller_message": "answered"}}).to_string(),
        );
        let found = self.outcomes_of(&Rows::new(["ticket", "created", "answered"], rows), &by_case.unwrap());
        // Closing, its time and what else the log says is not in such a row.
        let same = |outcome: &CaseOutcome| {
            (
                outcome.case.clone(),
                outcome.opened,
                outcome.due,
                outcome.answered,
                outcome.verdict,
                outcome.elapsed,
            )
        };
        let closed_unanswered =
            |outcome: &&CaseOutcome| outcome.answered.is_some() || outcome.closed.is_none();
        let expected: Vec<_> = outcomes.iter().filter(closed_unanswered).map(same).collect();
        let names: std::collections::BTreeSet<_> = expected.iter().map(|row| row.0.clone()).collect();
        let found: Vec<_> = found.iter().map(same).filter(|row| names.contains(&row.0)).collect();
        assert!(expected.len() * 10 > outcomes.len() * 9, "{} of {}", expected.len(), outcomes.len());
        for (found, expected) in found.iter().zip(&expected) {
            assert_eq!(found, expected);
        }
        assert_eq!(found.len(), expected.len());
    }
}

#[test]
fn k14_the_italian_log_in_every_shape() {
    let log = "italian_helpdesk/helpdesk_full_from_xes.csv.gz";
    let Some(shared) = Shared::read(log, "italian_helpdesk.toml", "2014-02-01T00:00:00Z") else { return };
    let outcomes = shared.holds_in_any_order(4580);
    shared.holds_with_one_row_a_ticket(&outcomes);
}

#[test]
fn k14_the_servicenow_log_in_every_shape() {
    let log = "servicenow_uci/incident_event_log_17cols.csv.gz";
    let Some(shared) = Shared::read(log, "servicenow_uci.toml", "2017-03-01T00:00:00Z") else { return };
    let outcomes = shared.holds_in_any_order(24_918);
    shared.holds_with_one_row_a_ticket(&outcomes);
}

/// In the log's own schema, with the fields of the case on every row, as exports have them.
#[test]
fn k16_all_case_fields_on_every_row_change_no_outcome() {
    let log = "italian_helpdesk/helpdesk_full_from_xes.csv.gz";
    let Some(shared) = Shared::read(log, "italian_helpdesk.toml", "2014-02-01T00:00:00Z") else { return };
    let log = read_log(&Rows::new(shared.header.clone(), shared.rows.clone()), &shared.mapping).unwrap();
    let mut opened: BTreeMap<String, [String; 3]> = BTreeMap::new();
    for (_, event) in &log.events {
        if let What::Opened(opening) = &event.what {
            let cell = |text: &Option<String>| text.clone().unwrap_or_default();
            opened.insert(event.case.clone(), [&opening.customer, &opening.subject, &opening.item].map(cell));
        }
    }
    let rows = |everywhere: bool| {
        let rows = log.events.iter().map(|(_, event)| {
            let fields = match (everywhere, &event.what) {
                (false, what) if !matches!(what, What::Opened(_)) => Default::default(),
                _ => opened[&event.case].clone(),
            };
            let fixed = [event.case.clone(), event.at.to_rfc3339(), event.kind().to_string()];
            fixed.into_iter().chain(fields).collect::<Vec<_>>()
        });
        Rows::new(["case", "at", "event", "customer", "subject", "item"], rows)
    };
    let plain = Mapping::default();
    let once = shared.outcomes_of(&rows(false), &plain);
    assert_eq!(once.len(), 4580);
    assert!(shared.outcomes_of(&rows(true), &plain) == once);
    let told = read_log(&rows(true), &plain).unwrap().summary.told;
    assert_eq!(told.len(), 3, "{told:?}");
}
