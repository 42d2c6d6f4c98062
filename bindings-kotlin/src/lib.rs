//! The facade of klokuur for Kotlin and Swift.

mod error;
mod time;

pub use error::KlokuurError;

uniffi::setup_scaffolding!("klokuur");

/// The ISO week of a date, as `2026-W12`.
#[uniffi::export]
pub fn iso_week(date: time::LocalDate) -> String {
    klokuur::IsoWeek::of(date).to_string()
}

/// The same instant (proves the pipeline).
#[uniffi::export]
pub fn echo(at: time::Instant) -> Result<time::Instant, KlokuurError> {
    Ok(at)
}
