//! What cases say about items: subjects, the monthly overview, satisfaction and signals (RULES I1–I4).
//!
//! The input is plain: one [`CaseRecord`] a case and, where known, the [`ItemOrders`] of each day. Dates are local
//! dates of the seller. A case counts on the date it was opened, in the monthly overview on the date it was closed.
//!
//! ```
//! use klokuur::insight::{CaseRecord, Handling, Overview, OverviewQuery};
//! use klokuur::{BusinessDuration, Period};
//!
//! let march = Period::month(2026, 3)?;
//! let case = |defect: &str, hours| CaseRecord {
//!     item: Some("lamp".into()),
//!     defect: Some(defect.into()),
//!     closed: Some(march.last()),
//!     handling: Handling::Done(BusinessDuration::hours(hours)),
//!     on_time: Some(hours <= 24),
//!     ..CaseRecord::opened_on(march.first())
//! };
//! let cases = [case("switch broken", 3), case("switch broken", 30), case("glass broken", 8)];
//!
//! let overview = Overview::of(&cases, &[], &OverviewQuery::of(march).defect("switch broken").item("lamp"))?;
//! assert_eq!(overview.total.cases, 2);
//! assert_eq!(overview.total.handling.median, Some(BusinessDuration::hours(3)));
//! # Ok::<(), klokuur::KlokuurError>(())
//! ```
//!
//! | question | answer |
//! | --- | --- |
//! | what are the cases about, for which items (I1) | [`SubjectOverview`] |
//! | how satisfied are customers (I2) | [`Satisfaction`] |
//! | the month, by item, subject, defect, kind, origin, agent, shipping method, week; "how often did defect X occur for product A" (I3) | [`Overview`] |
//! | what comes up more often than it used to (I4) | [`SignalReport`] |
//!
//! # Where what is
//!
//! - `binomial`: exact binomial probabilities
//! - `cell`: what signals look at: one count now, one to compare it with, and what both are measured against
//! - `handling`: handling times when some cases are still running
//! - `overview`: the overview of a month, or of any period (RULES I3)
//! - `query`: what an overview is asked for
//! - `record`: the input: cases and orders as plain records
//! - `satisfaction`: the satisfaction page: reviews and NPS of the past days (RULES I2)
//! - `share`: a share with its interval
//! - `signal`: what comes up more often than it used to (RULES I4)
//! - `subjects`: what cases are about, over time and by item (RULES I1)
//! - `tarone`: many tests on small counts, with one false-alarm rate for all

mod binomial;
mod cell;
mod handling;
mod overview;
mod query;
mod record;
mod satisfaction;
mod share;
mod signal;
mod subjects;
mod tarone;

pub use cell::{Exposure, SignalKind, SignalLevel};
pub use handling::{Handling, HandlingTimes};
pub use overview::{Overview, OverviewGroup};
pub use query::{CountedBy, Dimension, OverviewQuery};
pub use record::{CaseRecord, ItemOrders};
pub use satisfaction::{DatedScore, Satisfaction};
pub use share::ShareInterval;
pub use signal::{Signal, SignalReport};
pub use subjects::{ItemCases, SubjectCases, SubjectOverview, WeekCases};
