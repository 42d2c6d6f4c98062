//! Clock hours, service norms and strikes for marketplace sellers.

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
pub use case::{CaseBook, CaseEvent, CaseKind, CaseStatus, EventKind, Opening, Origin, What};
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
