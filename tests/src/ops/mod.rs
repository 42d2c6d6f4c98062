//! What each `op` of the vectors calls, one file per area.
//!
//! A new area adds its file here and a line to [`all`].

mod account;
mod backtest;
mod case;
mod columns;
mod engine;
mod exchange;
mod fingerprints;
mod holidays;
mod insight;
mod log;
mod message;
mod norm;
mod nps;
mod orders;
mod phone;
mod random_logs;
mod report;
mod rulebook;
mod schedule;
mod score;
mod sla;
mod standards;
mod strikes;

use klokuur::Rulebook;
use klokuur::rulebook::{RulebookHistory, RulesByWeek};

use crate::vectors::Operations;

/// Every operation that the vectors may name.
pub fn all() -> Operations {
    let mut operations = Operations::default();
    account::register(&mut operations);
    backtest::register(&mut operations);
    columns::register(&mut operations);
    case::register(&mut operations);
    engine::register(&mut operations);
    exchange::register(&mut operations);
    fingerprints::register(&mut operations);
    holidays::register(&mut operations);
    insight::register(&mut operations);
    log::register(&mut operations);
    message::register(&mut operations);
    norm::register(&mut operations);
    nps::register(&mut operations);
    orders::register(&mut operations);
    phone::register(&mut operations);
    random_logs::register(&mut operations);
    report::register(&mut operations);
    rulebook::register(&mut operations);
    schedule::register(&mut operations);
    score::register(&mut operations);
    sla::register(&mut operations);
    standards::register(&mut operations);
    strikes::register(&mut operations);
    operations
}

/// The rules that a vector names; `bol` is its history.
fn rules(name: &str) -> klokuur::Result<RulebookHistory> {
    if name == "bol" { RulebookHistory::bol() } else { Rulebook::shipped(name)?.to_history() }
}
