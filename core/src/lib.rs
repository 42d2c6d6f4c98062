//! Clock hours, service norms and strikes for marketplace sellers.
//!
//! A seller on a marketplace answers questions within 24 *clock hours*, which skip weekends and public holidays; bad
//! weeks give strikes, and strikes take the shop offline. This crate answers, exactly: when is this due and why, what
//! is at risk, what can the week still take, when does a strike expire, what is the NPS and is its change real. It is
//! made to be embedded: it reads no file (but zone data, with `system-zones`), opens no connection, starts no thread
//! (but with `parallel`), and never reads the clock: `now` is always an argument.
//!
//! **A deadline, with its reason.** Asked on the Friday before King's Day:
//!
//! ```
//! use chrono::TimeZone;
//! use chrono_tz::Europe::Amsterdam;
//! use klokuur::{BusinessDuration, HolidayCalendar, Schedule};
//!
//! let clock = Schedule::parse("Mo-Fr 00:00-24:00", Amsterdam)?.with_holidays(HolidayCalendar::netherlands())?;
//! let asked = Amsterdam.with_ymd_and_hms(2026, 4, 24, 17, 30, 0).unwrap();
//! let due = clock.add(asked, BusinessDuration::hours(24))?;
//! assert_eq!(due.to_string(), "2026-04-28 17:30:00 CEST");
//! assert!(clock.explain(asked, due)?.to_string().contains("King's Day"));
//! # Ok::<(), klokuur::KlokuurError>(())
//! ```
//!
//! **A case book, with one timer.** Events go in one by one; `next_wake_up` says when time alone has something to tell:
//!
//! ```
//! # #[cfg(feature = "domain")]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use chrono::{DateTime, Utc};
//! use klokuur::{CaseBook, CaseEvent, Opening, Party, Rulebook, What};
//!
//! let mut book = CaseBook::of(&Rulebook::bol())?;
//! let asked: DateTime<Utc> = "2026-03-13T14:00:00Z".parse()?; // a Friday
//! book.apply(CaseEvent::new("K-1", asked, What::Opened(Opening::by(Party::Customer))))?;
//!
//! let timer = book.next_wake_up(asked)?.ok_or("nothing to come")?;
//! assert_eq!(timer.to_string(), "2026-03-16 08:00:00 UTC"); // 18 of the 24 clock hours
//! assert_eq!(book.advance(timer)?.len(), 1); // the warning; an application sends it
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "domain"))]
//! # fn main() {}
//! ```
//!
//! **An NPS, with its interval.** What six answers say, and how little that is:
//!
//! ```
//! # #[cfg(feature = "domain")]
//! # fn main() -> klokuur::Result<()> {
//! use klokuur::Nps;
//!
//! let march = Nps::from_scores([10, 9, 9, 8, 7, 3])?;
//! assert_eq!(march.score().map(|score| score.to_string()).as_deref(), Some("33.3"));
//! let interval = march.interval(0.95)?.expect("there are answers");
//! assert!(interval.low < -20.0 && interval.high > 70.0);
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "domain"))]
//! # fn main() {}
//! ```
//!
//! # The modules
//!
//! - [`time`]: what a zone's wall clock shows; instants and dates as callers have them. At the root: [`Zone`],
//!   [`zone_data`]
//! - [`calendar`]: which dates are public holidays, as rules. At the root: [`HolidayCalendar`], [`Holiday`],
//!   [`Fingerprint`]
//! - [`schedule`]: which hours are open. At the root: [`Schedule`], [`Conventions`]
//! - [`timeline`]: business time: when is it due, how much passed, why. At the root: [`Timeline`],
//!   [`BusinessDuration`], [`Explanation`], [`Language`]
//! - [`rulebook`]: every number of a marketplace's rules, as a document. At the root: [`Rulebook`], [`RulebookHistory`]
//! - [`sla`]: service-level clocks of any ticket: metrics, pauses, warnings
//! - [`case`]: customer cases: from events to an overview, outcomes and what to tell. At the root: [`CaseBook`],
//!   [`CaseEvent`], [`CaseKind`], [`CaseStatus`], [`EventKind`], [`Opening`], [`Party`], [`What`]
//! - [`log`]: another system's log or order export, in rows, as events
//! - [`norm`]: service norms by the week: numbers, verdicts, what a week can still take. At the root: [`WeekNumbers`],
//!   [`WeekResult`], [`Verdict`], [`Forecast`]
//! - [`standards`]: standards over other periods, of other marketplaces, and their ladders
//! - [`standing`]: strikes, policy points and whether the shop is online. At the root: [`Ledger`], [`Standing`]
//! - [`score`]: performance score, review grade, quality score. At the root: [`PerformanceScore`], [`ReviewGrade`]
//! - [`nps`]: Net Promoter Score with its uncertainty. At the root: [`Nps`]
//! - [`phone`]: the answered share of calls
//! - [`insight`]: what cases are about: subjects, months, signals
//! - [`backtest`]: which verdicts other rules or holidays would change
//! - [`report`]: all of it as one picture of a seller, in data and words
//! - [`exchange`]: the marketplace's Retailer API documents
//! - [`message`]: a mail to a customer as the marketplace cleans it
//! - [`document`]: JSON and TOML read in one strict way
//!
//! **What is at the crate root?** What every module shares has its only place here: [`KlokuurError`], [`Fault`],
//! [`Result`], [`error_sentence()`], [`IsoWeek`], [`Period`], [`Fingerprints`] with what they are of and what changed,
//! and [`ShippingMethod`]. Of a module, the types that a first program names are here as well, those of the list; all
//! else is in its module only.
//!
//! # Features
//!
//! | feature | what it adds | by default |
//! | --- | --- | --- |
//! | – | `time`, `calendar`, `schedule`, `timeline` | always |
//! | `chrono-tz` | zones of chrono-tz are taken where a zone is | yes |
//! | `domain` | every other module but `document` and `message` | yes |
//! | `documents` | `document`; schedules and calendars from JSON, calendars from TOML too; has `serde` | with `domain` |
//! | `serde` | what is taken and given reads and writes itself by serde | with `domain` |
//! | `jiff` | instants, dates, zones and durations of jiff wherever those of chrono are taken | no |
//! | `system-zones` | the time zone database of the system, where a program asks for it | no |
//! | `parallel` | bulk operations on all cores | no |
//! | [`message`] | [`message`] | no |
//!
//! # Bounds
//!
//! - Instants from [`timeline::FIRST_INSTANT`] up to [`timeline::LIMIT_INSTANT`] (1900 to 2100), to the nanosecond; in
//!   bulk to the microsecond. Outside there is an error, never a shortened number. No input panics.
//! - Rates and thresholds are compared as whole numbers; what is rounded is rounded for display only.
//! - Business time and elapsed time are different types and never mix.
//!
//! # What it does not do
//!
//! It sends nothing, stores nothing and polls nothing: `examples/service` of the repository shows an application around
//! it. It knows no score formula that a marketplace keeps to itself; an estimate says that it is one. The numbers of a
//! marketplace are a rulebook, a document with the source of each value, and no constants in code.

#![cfg_attr(
    not(feature = "message"),
    allow(rustdoc::broken_intra_doc_links, reason = "the map names all modules")
)]
#![cfg_attr(
    not(feature = "domain"),
    allow(dead_code, unused_imports, reason = "some is there for marketplaces only")
)]

#[cfg(feature = "domain")]
pub mod backtest;
pub mod calendar;
#[cfg(feature = "domain")]
pub mod case;
#[cfg(feature = "documents")]
pub mod document;
mod error;
mod error_sentence;
#[cfg(feature = "domain")]
mod exact;
#[cfg(feature = "domain")]
pub mod exchange;
mod fingerprints;
#[cfg(feature = "domain")]
pub mod insight;
#[cfg(feature = "domain")]
pub mod log;
#[cfg(feature = "message")]
pub mod message;
mod names;
#[cfg(feature = "domain")]
pub mod norm;
#[cfg(feature = "domain")]
mod normal;
#[cfg(feature = "domain")]
pub mod nps;
mod period;
#[cfg(feature = "domain")]
pub mod phone;
#[cfg(feature = "domain")]
pub mod report;
#[cfg(feature = "domain")]
pub mod rulebook;
pub mod schedule;
#[cfg(feature = "domain")]
pub mod score;
#[cfg(feature = "domain")]
mod shipping;
#[cfg(feature = "domain")]
pub mod sla;
#[cfg(feature = "domain")]
pub mod standards;
#[cfg(feature = "domain")]
pub mod standing;
pub mod time;
pub mod timeline;
mod week;

pub use calendar::{Fingerprint, Holiday, HolidayCalendar};
#[cfg(feature = "domain")]
pub use case::{CaseBook, CaseEvent, CaseKind, CaseStatus, EventKind, Opening, Party, What};
pub use error::{Fault, KlokuurError, Result};
pub use error_sentence::error_sentence;
pub use fingerprints::{FingerprintChange, FingerprintOf, Fingerprints};
#[cfg(feature = "domain")]
pub use norm::{Forecast, Verdict, WeekNumbers, WeekResult};
#[cfg(feature = "domain")]
pub use nps::Nps;
pub use period::Period;
#[cfg(feature = "domain")]
pub use rulebook::{Rulebook, RulebookHistory};
pub use schedule::{Conventions, Schedule};
#[cfg(feature = "domain")]
pub use score::{PerformanceScore, ReviewGrade};
#[cfg(feature = "domain")]
pub use shipping::ShippingMethod;
#[cfg(feature = "domain")]
pub use standing::{Ledger, Standing};
pub use time::{Zone, zone_data};
pub use timeline::{BusinessDuration, Explanation, Language, Timeline};
pub use week::IsoWeek;

#[cfg(all(doctest, feature = "chrono-tz", feature = "jiff"))]
#[doc = include_str!("../README.md")]
struct ReadmeExamples;
