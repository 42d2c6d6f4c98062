//! Time zones, and what a zone's wall clock shows (RULES C4, C7).
//!
//! A [`Zone`] is what schedules take and results carry. It reads the IANA database that comes with klokuur
//! ([`zone_data`] tells which release), so an answer does not age with the host's libraries. A newer release can be
//! handed in ([`use_zone_data`]), or taken from the system (feature `system-zones`).
//!
//! ```
//! use klokuur::{Schedule, Zone};
//! use chrono::TimeZone;
//!
//! let vancouver: Zone = "America/Vancouver".parse()?;
//! let office = Schedule::parse("Mo-Fr 09:00-17:00", vancouver)?;
//! // British Columbia no longer turns its clocks back.
//! let night = vancouver.with_ymd_and_hms(2026, 12, 1, 0, 5, 0).unwrap();
//! assert_eq!(office.next_open(night)?.to_rfc3339(), "2026-12-01T09:00:00-07:00");
//! # Ok::<(), klokuur::KlokuurError>(())
//! ```
//!
//! # jiff
//!
//! With the feature `jiff`, whatever asks for an instant takes jiff's own (see [`Moment`]), and the next one is given
//! in the same kind. Whatever asks for a date takes jiff's (see [`CalendarDate`]), and a budget may be its
//! `SignedDuration`. Zones convert. What is given otherwise, in answers and in the fields of records, becomes jiff's
//! with `to_jiff`; jiff's values for such fields become chrono's with `to_chrono`:
//!
//! ```
//! # #[cfg(feature = "jiff")]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use jiff::{SignedDuration, Timestamp, ZonedDateTime, tz::TimeZone};
//! use klokuur::time::ToJiff;
//! use klokuur::{HolidayCalendar, Schedule, Zone};
//!
//! let amsterdam: Zone = "Europe/Amsterdam".parse()?;
//! let asked = "2026-04-24T15:30:00Z".parse::<Timestamp>()?.to_zoned_datetime(TimeZone::from(amsterdam));
//! let clock = Schedule::parse("Mo-Fr 00:00-24:00", Zone::try_from(asked.time_zone())?)?
//!     .with_holidays(HolidayCalendar::netherlands())?;
//! let due: ZonedDateTime = clock.add(asked.clone(), SignedDuration::from_hours(24))?;
//! assert_eq!(due.to_string(), "2026-04-28T17:30:00+02:00[Europe/Amsterdam]");
//! assert_eq!(clock.between(asked, due.timestamp())?.to_jiff(), SignedDuration::from_hours(24));
//! assert_eq!(clock.day(due.date())?.open.len(), 1);
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "jiff"))]
//! # fn main() {}
//! ```
//!
//! Cases, norms and strikes from jiff's instants and dates:
//!
//! ```
//! # #[cfg(all(feature = "jiff", feature = "domain"))]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use jiff::Timestamp;
//! use klokuur::norm::{NormWatch, judge};
//! use klokuur::time::ToJiff;
//! use klokuur::{CaseBook, CaseEvent, Opening, Party, Rulebook, What};
//!
//! let at = |text: &str| text.parse::<Timestamp>();
//! let rules = Rulebook::bol();
//! let mut book = CaseBook::new(&rules, rules.schedule()?)?;
//! book.apply(CaseEvent::new("K-1", at("2026-03-13T14:00:00Z")?, What::Opened(Opening::by(Party::Customer))))?.taken()?;
//! let now = at("2026-03-13T15:00:00Z")?;
//! assert_eq!(book.next_wake_up(now)?, Some(at("2026-03-16T08:00:00Z")?));
//! let due = book.overview(now)?[0].due.map(|due| due.to_jiff());
//! assert_eq!(due, Some(at("2026-03-16T14:00:00Z")?));
//! let week = judge(&rules, &book.week("2026-W11".parse()?, now)?, now)?;
//! assert_eq!(NormWatch::new(vec![week], now).next_wake_up(now), Some(at("2026-03-17T23:00:00Z")?));
//! # Ok(())
//! # }
//! # #[cfg(not(all(feature = "jiff", feature = "domain")))]
//! # fn main() {}
//! ```
//!
//! ```
//! # #[cfg(all(feature = "jiff", feature = "domain"))]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use jiff::{Timestamp, civil::date};
//! use klokuur::norm::{OrderLine, review_period};
//! use klokuur::standing::{JudgedWeek, Ledger, PolicyPoints, PolicyPointsEvent, StandingEvent};
//! use klokuur::time::{ToChrono, ToJiff};
//! use klokuur::{Rulebook, rulebook::RulebookHistory};
//!
//! assert_eq!(RulebookHistory::bol()?.for_date(date(2023, 7, 1))?.name, "bol-2023");
//! let rules = Rulebook::bol();
//! let line = OrderLine::new("2026-03-09T12:00:00Z".parse::<Timestamp>()?, 1, date(2026, 3, 10));
//! assert_eq!(line.promised_on.to_jiff(), date(2026, 3, 10));
//! let reviews = review_period(rules.norm("reviews")?, &[(date(2026, 6, 1), 8)], date(2026, 6, 30))?;
//! assert_eq!(reviews.grade(), Some(8.0));
//!
//! let week = JudgedWeek::bad("2026-W10".parse()?, &["response_time"]);
//! let revoked = StandingEvent::StrikeRevoked { week: week.week, on: date(2026, 4, 1).to_chrono() };
//! let ledger = Ledger::new(&rules, vec![week], vec![revoked])?;
//! let strike = &ledger.strikes(date(2026, 3, 31))[0];
//! assert_eq!(strike.given_on.to_jiff(), date(2026, 3, 11));
//! assert!(ledger.standing(date(2026, 4, 1)).strikes.is_empty());
//!
//! let deducted = PolicyPointsEvent { on: date(2026, 9, 1).to_chrono(), points: -40, reason: "counterfeit".into() };
//! assert_eq!(PolicyPoints::new(&rules, vec![deducted])?.on(date(2027, 9, 1)).points, 100);
//! # Ok(())
//! # }
//! # #[cfg(not(all(feature = "jiff", feature = "domain")))]
//! # fn main() {}
//! ```
//!
//! # Where what is
//!
//! - `bounds`: the years that are supported, said once (RULES C7)
//! - `calendar_date`: dates as callers have them
//! - `changes`: the changes of a zone's offset, asked of its rules once
//! - `local_date`: local dates of a zone: where they start, and which there never were
//! - `moment`: instants as callers have them
//! - `system_zones`: the time zone database of the system: the one place that reads files, and only when it is asked to
//! - `zone`: a time zone of the IANA database
//! - `zone_data`: the IANA database by which zones are read, zone by zone when one is first named
//! - `zoned`: instants with a zone, read back from the text that they were written as

mod bounds;
mod calendar_date;
mod changes;
mod local_date;
mod moment;
#[cfg(feature = "system-zones")]
mod system_zones;
mod zone;
mod zone_data;
#[cfg(feature = "serde")]
mod zoned;

#[cfg(test)]
mod tests;

pub use bounds::INSTANTS_IN_WORDS;
pub(crate) use bounds::{
    DATES_IN_WORDS, DAY, FIRST_SECOND, LIMIT_SECOND, YEARS, YEARS_IN_WORDS, supported_date,
};
pub use calendar_date::CalendarDate;
pub(crate) use changes::Change;
pub use moment::Moment;
#[cfg(feature = "jiff")]
pub use moment::{ToChrono, ToJiff};
#[cfg(feature = "system-zones")]
pub use system_zones::use_system_zone_data;
pub use zone::{Zone, ZoneOffset};
pub use zone_data::{use_zone_data, zone_data};
#[cfg(feature = "serde")]
pub(crate) use zoned::{zoned, zoned_if_any};
