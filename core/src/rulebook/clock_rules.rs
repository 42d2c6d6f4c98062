//! Which hours count (RULES C1, H1).

use crate::names::names;
use crate::time::Zone;
use serde::Serialize;

use super::Sources;
use crate::calendar::NetherlandsOptions;
use crate::schedule::Conventions;

names! {
    /// Whether a budget counts clock hours or plain elapsed hours.
    ///
    /// Shown at [`CaseRules`](super::CaseRules).
    pub enum Basis: "basis" {
        /// Only the open time of the schedule counts.
        Business = "business",
        /// All time counts, nights, weekends and holidays included.
        Elapsed = "elapsed",
    }
}

/// A built-in holiday calendar, as a rulebook names it.
///
/// ```
/// # use klokuur::rulebook::CountryCalendar;
/// let both = CountryCalendar::country("NL+BE").holidays()?;
/// assert!(both.is_holiday("2026-04-27".parse::<chrono::NaiveDate>()?)); // King's Day
/// assert!(both.is_holiday("2026-07-21".parse::<chrono::NaiveDate>()?)); // Belgium's national day
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum CountryCalendar {
    /// That of a country, by its code: `NL`, `BE`, `DE-BY`.
    Country(String),
    /// The Dutch one with its switches (RULES H1).
    Netherlands {
        /// When it has Liberation Day, and whether it has Good Friday.
        netherlands: NetherlandsOptions,
    },
}

impl CountryCalendar {
    /// That of a country, by its code.
    pub fn country(code: &str) -> Self {
        Self::Country(code.to_owned())
    }
}

/// Which hours are clock hours (RULES C1).
///
/// ```
/// # use klokuur::Rulebook;
/// let clock = Rulebook::bol().clock;
/// assert_eq!((clock.hours.as_str(), clock.zone.name()), ("Mo-Fr 00:00-24:00; PH off", "Europe/Amsterdam"));
/// assert_eq!(clock.schedule()?, Rulebook::bol().schedule()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClockRules {
    /// The hours that count, as schedule text: `Mo-Fr 00:00-24:00; PH off`.
    pub hours: String,
    /// The IANA zone of those hours.
    pub zone: Zone,
    /// The holiday calendars, joined: the seller's country of establishment by default (RULES H1).
    pub calendars: Vec<CountryCalendar>,
    /// The conventions of the schedule (RULES C3, C4).
    pub conventions: Conventions,
    /// The source of every value.
    pub sources: Sources,
}
