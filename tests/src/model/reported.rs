//! The standing as the marketplace reports it, beside the strikes that were lived through (RULES S6, R5).

use std::collections::{BTreeMap, BTreeSet};

use klokuur::IsoWeek;
use serde_json::json;

use crate::random::Random;

/// The strikes of a day, each with the norms that gave it, by their names in the rulebook.
pub type Causes = BTreeMap<IsoWeek, BTreeSet<String>>;

/// The reasons that a document may name, and the norm that each is (the table of RULES, section 5).
const REASONS: [(&str, &str); 5] = [
    ("CANCELLATIONS", "cancellations"),
    ("FULFILMENT", "fulfilment"),
    ("HANDOVER", "handover"),
    ("ON_TIME", "on_time"),
    ("RESPONSE_TIME", "response_time"),
];

/// What a performance status document says of strikes.
#[derive(Debug, Clone)]
pub struct Reported {
    /// How many.
    pub count: usize,
    /// The weeks with the reasons that it names.
    pub weeks: Vec<(IsoWeek, Vec<&'static str>)>,
}

/// What stands in the one and not in the other.
#[derive(Debug, PartialEq)]
pub struct Beside {
    /// Weeks that the document alone has.
    pub only_reported: Vec<IsoWeek>,
    /// Weeks that were lived through alone.
    pub only_lived: Vec<IsoWeek>,
    /// Weeks of both, for other norms.
    pub other_reasons: Vec<IsoWeek>,
    /// Whether nothing differs, the count neither.
    pub agrees: bool,
}

impl Reported {
    /// The document of the Retailer API, its weeks as `YYYY-WW`.
    pub fn document(&self) -> String {
        let weeks = self.weeks.iter().map(|(week, reasons)| {
            json!({"week": format!("{:04}-{:02}", week.year(), week.week()), "reasons": reasons})
        });
        json!({"strike": {"count": self.count, "weeks": weeks.collect::<Vec<_>>()}}).to_string()
    }

    /// What it says beside what was lived through: each reported week is looked for, then each lived one.
    pub fn beside(&self, lived: &Causes) -> Beside {
        let mut beside =
            Beside { only_reported: vec![], only_lived: vec![], other_reasons: vec![], agrees: false };
        for (week, reasons) in &self.weeks {
            let norms: BTreeSet<&str> = reasons.iter().map(|reason| norm_of(reason)).collect();
            match lived.get(week) {
                None => beside.only_reported.push(*week),
                // A week without a reason says nothing of them.
                Some(_) if norms.is_empty() => {}
                Some(causes)
                    if causes.len() == norms.len() && causes.iter().all(|one| norms.contains(&**one)) => {}
                Some(_) => beside.other_reasons.push(*week),
            }
        }
        for week in lived.keys() {
            if !self.weeks.iter().any(|(reported, _)| reported == week) {
                beside.only_lived.push(*week);
            }
        }
        beside.only_reported.sort();
        beside.other_reasons.sort();
        let weeks = beside.only_reported.len() + beside.only_lived.len() + beside.other_reasons.len();
        beside.agrees = weeks == 0 && self.count == lived.len();
        beside
    }
}

fn norm_of(reason: &str) -> &'static str {
    REASONS.iter().find(|(name, _)| *name == reason).expect("a reason of the table").1
}

/// A document that says what was lived through, but for a few changes; its weeks in any order.
pub fn random_report(random: &mut Random, lived: &Causes, weeks: &[IsoWeek]) -> Reported {
    let reason =
        |norm: &String| REASONS.iter().find(|(_, name)| name == norm).expect("a norm of the table").0;
    let mut told: Vec<(IsoWeek, Vec<&'static str>)> =
        lived.iter().map(|(week, causes)| (*week, causes.iter().map(reason).collect())).collect();
    for _ in 0..random.below(4) {
        let which = random.index(told.len().max(1));
        match (random.below(4), told.get_mut(which)) {
            (0, Some(_)) => drop(told.remove(which)),
            (1, Some((_, reasons))) => reasons.clear(),
            (2, Some((_, reasons))) => *reasons = vec![random.pick(&REASONS).0, random.pick(&REASONS).0],
            _ => {
                let week = random.pick(weeks);
                if told.iter().all(|(other, _)| *other != week) {
                    told.push((week, vec![random.pick(&REASONS).0]));
                }
            }
        }
    }
    let count = if random.once_in(8) { random.index(8) } else { told.len() };
    random.shuffle(&mut told);
    Reported { count, weeks: told }
}
