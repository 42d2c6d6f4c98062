//! A schedule compiled for arithmetic with business time (RULES C1–C8).
//!
//! A [`Timeline`] answers in constant time, whatever the span: a question about ten years costs what a question about
//! one day costs. It is exact to the nanosecond, and to the tick of the unit in columns.
//!
//! ```
//! use chrono::TimeZone;
//! use chrono_tz::Europe::Amsterdam;
//! use klokuur::{BusinessDuration, HolidayCalendar, Schedule, Timeline};
//!
//! let clock = Schedule::parse("Mo-Fr 00:00-24:00", Amsterdam)?.with_holidays(HolidayCalendar::netherlands())?;
//! let timeline = Timeline::new(&clock);
//! let asked = Amsterdam.with_ymd_and_hms(2026, 3, 13, 15, 0, 0).unwrap();     // a Friday
//! let due = timeline.add(asked, BusinessDuration::hours(24))?;
//! assert_eq!(due.to_string(), "2026-03-16 15:00:00 CET");                     // the Monday
//! assert_eq!(timeline.between(asked, due)?, BusinessDuration::hours(24));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! **Supported instants** are 1900-01-01T00:00Z up to, not including, 2101-01-01T00:00Z ([`FIRST_INSTANT`],
//! [`LIMIT_INSTANT`]); outside them there is an error, never a shortened number. What is compiled when is not the
//! caller's affair: the thirty years around the first instant asked, and all supported years when an instant or an
//! answer lies outside of those. That never changes an answer.
//!
//! **Zones.** Offsets are those of a [`Zone`](crate::Zone), from one release of the IANA database up to the last year:
//! an answer displays the offset that it was found with.
//!
//! **What it does not do**: warn, poll or wait. `now` is always an argument.
//!
//! # Where what is
//!
//! - `build`: from local days to open pieces in UTC: the only code, with `zone`, that meets a UTC offset
//! - `column`: columns as they come in: values, and which of them are null
//! - `columns`: whole columns at once
//! - `duration`: an amount of business time: a type of its own, so that it never mixes with elapsed time
//! - `engine`: the questions themselves, on instants as the tables see them
//! - `explain`: why a span of time holds the business time that it holds (RULES C8)
//! - `forward`: the questions of a timeline, asked of its schedule
//! - `jiff`: business time from and to jiff's durations
//! - `many`: columns of microseconds, the short way
//! - `open_interval`: a stretch of open time
//! - `operation`: what is asked of each row of a column: quickly of one table, and exactly of the engine
//! - `pieces`: the open pieces of a range of time: the truth that every table is made from, and the exact search in it
//! - `query`: the timeline and its single questions
//! - `run`: the loop over the rows of a column: fast where a table has the answer, careful where it has not
//! - `sentence`: explanations in words: for the seller in one sentence, for the customer in one phrase (RULES C8)
//! - `span`: compiled ranges of time: the near one that nearly all questions fall into, and the far one with all
//!   supported years
//! - `table`: bucket tables: from time to open time and back in constant time, without a search and without a division
//! - `unit`: the units that columns of instants come in
//! - `zone`: the offsets of a zone, found once, and the one place where a wall clock becomes an instant (RULES C4)

mod build;
mod column;
mod columns;
mod duration;
mod engine;
mod explain;
mod forward;
#[cfg(feature = "jiff")]
mod jiff;
mod many;
mod open_interval;
mod operation;
mod pieces;
mod query;
mod run;
mod sentence;
mod span;
mod table;
mod unit;
mod zone;

#[cfg(test)]
mod tests;

pub use column::{Budgets, Column, NULL};
pub use columns::Columns;
pub use duration::BusinessDuration;
pub use explain::{ExplainedStretch, Explanation, StretchReason};
pub use open_interval::OpenInterval;
pub use query::{FIRST_INSTANT, LIMIT_INSTANT, Timeline};
pub use sentence::Language;
pub(crate) use span::Compiled;
pub use unit::TimeUnit;
