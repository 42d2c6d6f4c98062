//! The facade of klokuur for Kotlin and Swift: each function lifts its arguments, makes one call into the core, and lowers
//! the answer. What the domain means is said in the core.

// What is exported is reached through UniFFI, not by path.
#![allow(unreachable_pub)]

mod calendar;
mod case;
mod case_book;
mod case_event;
mod error;
mod norm;
mod nps;
mod rulebook;
mod schedule;
mod score;
mod standing;
mod time;

pub use error::KlokuurError;

uniffi::setup_scaffolding!("klokuur");
