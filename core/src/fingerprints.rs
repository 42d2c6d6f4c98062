//! What a result was computed with, in short: kept beside it, an old report can be computed again (RULES I5).

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use crate::calendar::Fingerprint;
use crate::error::{KlokuurError, Result};
use crate::names::names;
use crate::schedule::Schedule;

/// The fingerprints of all that decides a result: hours, holidays, rules, and the release of the time zone data.
///
/// Results that depend on them carry their own, under the name `fingerprints`.
/// Later [`changes`](Self::changes) tells whether the same would come out of what is there then. As text they are one
/// line, which reads back.
///
/// A schedule keeps its fingerprints, so that a result costs no computation of one.
///
#[cfg_attr(feature = "domain", doc = "```")]
#[cfg_attr(not(feature = "domain"), doc = "```ignore")]
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
/// assert_eq!(dutch.to_string().parse::<Fingerprints>()?, dutch);
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Fingerprints {
    /// The hours that count, with their zone, conventions, holidays and history; none where no hours decide.
    #[cfg_attr(feature = "serde", serde(default))]
    pub schedule: Option<Fingerprint>,
    /// The newest holiday calendar of those hours; none without one.
    #[cfg_attr(feature = "serde", serde(default))]
    pub calendar: Option<Fingerprint>,
    /// The rulebook; none where no rules decide.
    #[cfg_attr(feature = "serde", serde(default))]
    pub rules: Option<Fingerprint>,
    /// The release of the time zone data, as `2026f`.
    pub zone_data: Cow<'static, str>,
}

names! {
    /// What a fingerprint is of.
    ///
    /// Shown at [`Fingerprints`].
    pub enum FingerprintOf: "part of fingerprints" {
        /// The hours that count, with all that belongs to them.
        Schedule = "schedule",
        /// The holiday calendar alone.
        Calendar = "calendar",
        /// The rulebook.
        Rules = "rules",
        /// The release of the time zone data.
        ZoneData = "zone_data",
    }
}

/// One fingerprint that is another now.
///
/// Shown at [`Fingerprints`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
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
            schedule: Some(schedule.fingerprint()),
            calendar: schedule.calendar_fingerprint(),
            ..Self::of_zone_data()
        }
    }

    /// That of the time zone data alone: where neither hours nor rules decide.
    pub fn of_zone_data() -> Self {
        let zone_data = Cow::Borrowed(crate::time::zone_data());
        Self { schedule: None, calendar: None, rules: None, zone_data }
    }

    /// What is another now; nothing when the same would come out.
    pub fn changes(&self, now: &Self) -> Vec<FingerprintChange> {
        let text = |fingerprint: Option<Fingerprint>| fingerprint.map(|f| f.to_string());
        let zone_data = |of: &Self| Some(of.zone_data.clone().into_owned());
        let pairs = [
            (FingerprintOf::Schedule, text(self.schedule), text(now.schedule)),
            (FingerprintOf::Calendar, text(self.calendar), text(now.calendar)),
            (FingerprintOf::Rules, text(self.rules), text(now.rules)),
            (FingerprintOf::ZoneData, zone_data(self), zone_data(now)),
        ];
        let changed = pairs.into_iter().filter(|(_, then, now)| then != now);
        changed.map(|(of, then, now)| FingerprintChange { of, then, now }).collect()
    }
}

/// As `schedule 0123456789abcdef, rules 0123456789abcdef, zone_data 2026f`; what decides nothing is left out.
impl fmt::Display for Fingerprints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = [
            (FingerprintOf::Schedule, self.schedule),
            (FingerprintOf::Calendar, self.calendar),
            (FingerprintOf::Rules, self.rules),
        ];
        for (of, fingerprint) in known {
            if let Some(fingerprint) = fingerprint {
                write!(f, "{of} {fingerprint}, ")?;
            }
        }
        write!(f, "{} {}", FingerprintOf::ZoneData, self.zone_data)
    }
}

impl FromStr for Fingerprints {
    type Err = KlokuurError;

    /// Reads what `Display` writes.
    ///
    /// # Errors
    /// - a text without `zone_data` at its end, with a part that is not known, stands there twice or in another order
    /// - a fingerprint that is none
    fn from_str(text: &str) -> Result<Self> {
        let malformed = || KlokuurError::InvalidValue {
            what: "text of fingerprints",
            given: text.to_owned(),
            accepted: "as `schedule 0123456789abcdef, rules 0123456789abcdef, zone_data 2026f`".into(),
        };
        let mut rest = text;
        let mut part = |of: FingerprintOf| -> Result<Option<Fingerprint>> {
            let Some(found) = rest.strip_prefix(&format!("{of} ")) else { return Ok(None) };
            let (fingerprint, others) = found.split_once(", ").ok_or_else(malformed)?;
            rest = others;
            fingerprint.parse().map(Some)
        };
        let (schedule, calendar) = (part(FingerprintOf::Schedule)?, part(FingerprintOf::Calendar)?);
        let rules = part(FingerprintOf::Rules)?;
        let zone_data = rest
            .strip_prefix("zone_data ")
            .filter(|name| !name.is_empty() && !name.contains(", "))
            .ok_or_else(malformed)?;
        Ok(Self { schedule, calendar, rules, zone_data: Cow::Owned(zone_data.to_owned()) })
    }
}

/// As `calendar: 0123456789abcdef then, none now`.
impl fmt::Display for FingerprintChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |text: &Option<String>| text.clone().unwrap_or_else(|| "none".into());
        write!(f, "{}: {} then, {} now", self.of, shown(&self.then), shown(&self.now))
    }
}
