//! What the tests share: the oracle, the random scenarios and the readers of the vectors.
//!
//! The oracle knows nothing of klokuur's engine: it has its own model of a schedule ([`oracle::Rules`]), its own walk
//! over the days and its own zone clock, and it adds up open pieces one by one.

// A test tool: a broken scenario should stop at once, with the place where it broke.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

pub mod compare;
#[cfg(doctest)]
mod docs;
pub mod files;
pub mod fuzzed;
pub mod model;
pub mod ops;
pub mod oracle;
pub mod random;
pub mod read_back;
pub mod scenario;
pub mod vectors;
