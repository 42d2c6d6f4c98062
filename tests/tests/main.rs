//! One test binary: a module per subject.

// Also the functions that tests share may stop a test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod backtest;
mod calendar;
mod case;
mod document;
mod exchange;
mod fingerprints;
mod fuzzed;
mod growth;
mod insight;
mod jiff;
mod laws;
mod log;
mod message;
mod model;
mod norm;
mod nps;
mod oracle;
mod order_weeks;
mod phone;
mod read_back;
mod refusals;
mod report;
mod rule_table;
mod rulebook;
mod schedule;
mod score;
mod sentences;
mod sla;
mod standards;
mod standing;
mod structure;
mod vectors;
