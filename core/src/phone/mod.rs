//! Phone availability: the answered share of call attempts, by week (RULES T1, T2).
//!
//! ```
//! use chrono::{TimeZone, Utc};
//! use klokuur::Rulebook;
//! use klokuur::phone::{CallAttempt, PhoneHours, phone_weeks};
//!
//! let hours = PhoneHours::of(&Rulebook::bol())?.reachable("Mo-Fr 08:00-22:00; Sa 10:00-16:00")?;
//! let call = |h, answered| CallAttempt { at: Utc.with_ymd_and_hms(2026, 3, 9, h, 30, 0).unwrap(), answered };
//!
//! // Amsterdam is an hour ahead: 10:30, 11:30 and 20:30. The last is in the wider hours and does not count.
//! let weeks = phone_weeks(&[call(9, true), call(10, false), call(19, false)], &hours)?;
//! assert_eq!((weeks[0].answered, weeks[0].attempts, weeks[0].not_counted), (1, 2, 1));
//! # Ok::<(), klokuur::KlokuurError>(())
//! ```
//!
//! # Where what is
//!
//! - `hours`: the hours that count, and the hours that customers see
//! - `weeks`: call attempts counted by ISO week

mod hours;
mod weeks;

pub use hours::PhoneHours;
pub use weeks::{CallAttempt, PhoneWeek, phone_weeks, phone_weeks_of_columns};
