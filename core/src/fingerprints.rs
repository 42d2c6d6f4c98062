//! What a result was computed with, in short: kept beside it, an old report can be computed again (RULES I5).

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::calendar::Fingerprint;
use crate::rulebook::Rulebook;
use crate::schedule::Schedule;

/// The fingerprints of all that decides a result: hours, holidays, rules, and the release of the time zone data.
///
/// Write it beside what is kept. Later [`changes`](Self::changes) tells whether the same would come out of what is there
/// then.
///
/// ```
/// use chrono_tz::Europe::Amsterdam;
/// use klokuur::{FingerprintOf, Fingerprints, HolidayCalendar, Rulebook, Schedule};
///
/// let clock = Schedule::parse("Mo-Fr 00:00-24:00", Amsterdam)?;
/// let rules = Rulebook::bol();
/// let dutch = Fingerprints::of(&clock.with_holidays(HolidayCalendar::netherlands())?).with_rules(&rules);
/// let belgian = Fingerprints::of(&clock.with_holidays(HolidayCalendar::belgium())?).with_rules(&rules);
/// assert!(dutch.changes(&dutch).is_empty());
/// let changed: Vec<_> = dutch.changes(&belgian).into_iter().map(|change| change.of).collect();
/// assert_eq!(changed, [FingerprintOf::Schedule, FingerprintOf::Calendar]);
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fingerprints {
    /// The hours that count, with their zone, conventions, holidays and history.
    pub schedule: Fingerprint,
    /// The newest holiday calendar of those hours; none without one.
    #[serde(default)]
    pub calendar: Option<Fingerprint>,
    /// The rulebook; none where no rules decide.
    #[serde(default)]
    pub rules: Option<Fingerprint>,
    /// The release of the time zone data, as `2026f`.
    pub zone_data: String,
}

/// What a fingerprint is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct FingerprintChange {
    /// What it is of.
    pub of: FingerprintOf,
    /// What it was; none: there was none.
    pub then: Option<String>,
    /// What it is now.
    pub now: Option<String>,
}

impl Fingerprints {
    /// Those of a schedule and of the time zone data that is in use.
    pub fn of(schedule: &Schedule) -> Self {
        Self {
            schedule: schedule.fingerprint(),
            calendar: schedule.calendar().map(crate::HolidayCalendar::fingerprint),
            rules: None,
            zone_data: crate::time::zone_data().to_owned(),
        }
    }

    /// The same with that of a rulebook.
    #[must_use]
    pub fn with_rules(self, rules: &Rulebook) -> Self {
        Self { rules: Some(rules.fingerprint()), ..self }
    }

    /// What is another now; nothing when the same would come out.
    pub fn changes(&self, now: &Self) -> Vec<FingerprintChange> {
        let text = |fingerprint: Option<Fingerprint>| fingerprint.map(|f| f.to_string());
        let pairs = [
            (FingerprintOf::Schedule, text(Some(self.schedule)), text(Some(now.schedule))),
            (FingerprintOf::Calendar, text(self.calendar), text(now.calendar)),
            (FingerprintOf::Rules, text(self.rules), text(now.rules)),
            (FingerprintOf::ZoneData, Some(self.zone_data.clone()), Some(now.zone_data.clone())),
        ];
        let changed = pairs.into_iter().filter(|(_, then, now)| then != now);
        changed.map(|(of, then, now)| FingerprintChange { of, then, now }).collect()
    }
}

impl fmt::Display for FingerprintOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Schedule => "schedule",
            Self::Calendar => "calendar",
            Self::Rules => "rules",
            Self::ZoneData => "zone_data",
        })
    }
}

/// As `calendar: 0123456789abcdef then, none now`.
impl fmt::Display for FingerprintChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |text: &Option<String>| text.clone().unwrap_or_else(|| "none".into());
        write!(f, "{}: {} then, {} now", self.of, shown(&self.then), shown(&self.now))
    }
}
