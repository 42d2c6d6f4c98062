//! Clock hours, service norms and strikes for marketplace sellers.

pub mod backtest;
pub mod calendar;
pub mod case;
mod error;
mod error_sentence;
pub mod exchange;
mod fingerprints;
pub mod insight;
pub mod log;
#[cfg(feature = "message")]
pub mod message;
pub mod norm;
pub mod nps;
mod period;
pub mod phone;
pub mod rulebook;
pub mod schedule;
pub mod score;
mod shipping;
pub mod sla;
pub mod standing;
pub mod timeline;
mod week;

pub use calendar::{Fingerprint, Holiday, HolidayCalendar};
pub use case::{CaseBook, CaseEvent, CaseKind, CaseStatus, EventKind, Opening, Origin, What};
pub use error::{Fault, KlokuurError, Result};
pub use error_sentence::error_sentence;
pub use fingerprints::{FingerprintChange, FingerprintOf, Fingerprints};
pub use norm::{Forecast, Verdict, WeekNumbers, WeekResult};
pub use nps::Nps;
pub use period::Period;
pub use rulebook::{Rulebook, RulebookHistory};
pub use schedule::{Conventions, Schedule};
pub use score::{PerformanceScore, ReviewGrade};
pub use shipping::ShippingMethod;
pub use standing::{Ledger, Standing};
pub use timeline::{BusinessDuration, Explanation, Language, Timeline};
pub use week::IsoWeek;

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct ReadmeExamples;
