//! What would have been: the same log under another calendar, schedule or rulebook, and every verdict that changes.
//!
//! ```
//! use chrono::{DateTime, Utc};
//! use klokuur::backtest::{Scenario, backtest};
//! use klokuur::case::{CaseEvent, Opening, Party, What};
//! use klokuur::Rulebook;
//!
//! // Asked on the Friday before King's Day, answered on the Tuesday after it.
//! let at = |text: &str| text.parse::<DateTime<Utc>>();
//! let log = [
//!     CaseEvent::new("K-1", at("2026-04-24T15:30:00Z")?, What::Opened(Opening::by(Party::Customer))),
//!     CaseEvent::new("K-1", at("2026-04-28T08:00:00Z")?, What::seller_message()),
//! ];
//! let nl = Scenario::of(&Rulebook::bol())?;
//! let be = Scenario::of(&Rulebook::bol().for_country("BE")?)?;
//! let changes = backtest(&log, &[], &nl, &be, at("2026-05-20T00:00:00Z")?)?;
//! assert_eq!(changes.cases[0].to_string(), "case K-1: met before, breached after");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Where what is
//!
//! - `change`: what a backtest lists
//! - `run`: runs a log twice and compares

mod change;
mod run;

pub use change::{Backtest, CaseChange, StandingChange, WeekChange};
pub(crate) use run::{Account, compare};
pub use run::{Scenario, backtest};
