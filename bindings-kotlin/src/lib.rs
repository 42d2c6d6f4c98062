//! The facade of klokuur for Kotlin and Swift: each function lifts its arguments, makes one call into the core, and
//! lowers the answer. What the domain means is said in the core.

// What is exported is reached through UniFFI, not by path.
#![allow(unreachable_pub)]

mod backtest;
mod calendar;
mod case;
mod case_book;
mod case_event;
mod conventions;
mod error;
mod exchange;
mod explanation;
mod fingerprints;
mod indicator;
mod insight;
mod ledger;
mod log;
mod message;
mod norm;
mod norm_watch;
mod nps;
mod open_name;
mod order_export;
mod orders;
mod phone;
mod picture;
mod policy_points;
mod retailer;
mod rule_sections;
mod rulebook;
mod satisfaction;
mod schedule;
mod schedule_many;
mod score;
mod shared;
mod signal;
mod sla;
mod sla_policy;
mod standard_rules;
mod standards;
mod standing;
mod standing_reported;
mod standing_watch;
mod subjects;
mod time;

pub use error::KlokuurError;

uniffi::setup_scaffolding!("klokuur");
