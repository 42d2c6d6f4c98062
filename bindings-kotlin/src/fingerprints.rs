//! What a result was computed with.

use std::sync::Arc;

use klokuur::{FingerprintOf, Fingerprints as Core};

use crate::error::Result;
use crate::rulebook::Rulebook;
use crate::schedule::Schedule;

/// The fingerprints of all that decides a result: keep it beside what is kept, and ask `fingerprint_changes` later.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct Fingerprints {
    /// The hours that count, with their zone, conventions, holidays and history.
    pub schedule: String,
    /// The newest holiday calendar of those hours; none without one.
    pub calendar: Option<String>,
    /// The rulebook; none where no rules decide.
    pub rules: Option<String>,
    /// The release of the time zone data, as `2026f`.
    pub zone_data: String,
}

impl Fingerprints {
    fn core(self) -> Result<Core> {
        let read = |text: Option<String>| text.map(|text| text.parse()).transpose();
        Ok(Core {
            schedule: self.schedule.parse()?,
            calendar: read(self.calendar)?,
            rules: read(self.rules)?,
            zone_data: self.zone_data,
        })
    }
}

/// What a fingerprint is of.
#[uniffi::remote(Enum)]
pub enum FingerprintOf {
    /// The hours that count, with all that belongs to them.
    Schedule,
    /// The holiday calendar alone.
    Calendar,
    /// The rulebook.
    Rules,
    /// The release of the time zone data.
    ZoneData,
}

/// One fingerprint that is another now.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct FingerprintChange {
    /// What it is of.
    pub of: FingerprintOf,
    /// What it was; none: there was none.
    pub then: Option<String>,
    /// What it is now.
    pub now: Option<String>,
}

/// The fingerprints of a schedule, of the time zone data that is in use, and of the rules where some are given.
#[uniffi::export(default(rules = None))]
pub fn fingerprints(schedule: &Schedule, rules: Option<Arc<Rulebook>>) -> Fingerprints {
    let found = Core::of(&schedule.0);
    let found = match rules {
        Some(rules) => found.with_rules(&rules.0),
        None => found,
    };
    Fingerprints {
        schedule: found.schedule.to_string(),
        calendar: found.calendar.map(|f| f.to_string()),
        rules: found.rules.map(|f| f.to_string()),
        zone_data: found.zone_data,
    }
}

/// What is another now; nothing when the same would come out.
///
/// # Errors
/// - a fingerprint that is none
#[uniffi::export]
pub fn fingerprint_changes(then: Fingerprints, now: Fingerprints) -> Result<Vec<FingerprintChange>> {
    let changes = then.core()?.changes(&now.core()?);
    Ok(changes.into_iter().map(|c| FingerprintChange { of: c.of, then: c.then, now: c.now }).collect())
}
