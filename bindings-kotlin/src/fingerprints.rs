//! What a result was computed with.

use std::sync::Arc;

use klokuur::{FingerprintOf, Fingerprints as Core};

use crate::error::Result;
use crate::rulebook::Rulebook;
use crate::schedule::Schedule;

/// The fingerprints of all that decides a result. Every result that depends on them carries its own, under the name
/// `fingerprints`; ask `fingerprint_changes` later.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct Fingerprints {
    /// The hours that count, with their zone, conventions, holidays and history; none where no hours decide.
    pub schedule: Option<String>,
    /// The newest holiday calendar of those hours; none without one.
    pub calendar: Option<String>,
    /// The rulebook; none where no rules decide.
    pub rules: Option<String>,
    /// The release of the time zone data, as `2026f`.
    pub zone_data: String,
}

impl Fingerprints {
    /// Where only rules decide.
    pub(crate) fn of_rules(rules: &Rulebook) -> Self {
        Self::from(&Core::of_zone_data().with_rules(rules.by_week()))
    }

    pub(crate) fn core(self) -> Result<Core> {
        let read = |text: Option<String>| text.map(|text| text.parse()).transpose();
        Ok(Core {
            schedule: read(self.schedule)?,
            calendar: read(self.calendar)?,
            rules: read(self.rules)?,
            zone_data: self.zone_data.into(),
        })
    }
}

impl From<&Core> for Fingerprints {
    fn from(found: &Core) -> Self {
        let Core { schedule, calendar, rules, zone_data } = found;
        let text = |fingerprint: &Option<klokuur::Fingerprint>| fingerprint.map(|f| f.to_string());
        Self {
            schedule: text(schedule),
            calendar: text(calendar),
            rules: text(rules),
            zone_data: zone_data.clone().into_owned(),
        }
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

/// The fingerprints of the time zone data that is in use, and of the schedule and the rules where some are given.
#[uniffi::export(default(schedule = None, rules = None))]
pub fn fingerprints(schedule: Option<Arc<Schedule>>, rules: Option<Arc<Rulebook>>) -> Fingerprints {
    let found = schedule.map_or_else(Core::of_zone_data, |schedule| Core::of(&schedule.0));
    let found = match rules {
        Some(rules) => found.with_rules(rules.by_week()),
        None => found,
    };
    Fingerprints::from(&found)
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
