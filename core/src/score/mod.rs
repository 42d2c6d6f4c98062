//! The performance score and the review grade (RULES P1–P4).
//!
//! The marketplace's formula is not public. So a **reported** score is kept as it is, and an **estimate** is a model of
//! ours that the rulebook states: each component is mapped to 0–10 by straight lines (the norm at 8, perfection at 10)
//! and averaged by weight. The type says which of the two a score is; an estimate also shows its parts and which
//! components had no data.
//!
//! The review grade is another thing and another type: [`ReviewGrade`].
//!
//! ```
//! use chrono::{TimeZone, Utc};
//! use klokuur::IsoWeek;
//! use klokuur::rulebook::RulebookHistory;
//! use klokuur::norm::{CANCELLATIONS, FULFILMENT, WeekNumbers, judge_weeks};
//! use klokuur::score::estimate;
//!
//! let rules = RulebookHistory::bol()?;
//! let week = IsoWeek::new(2026, 11)?;
//! let numbers = [WeekNumbers::new(FULFILMENT, week, 93, 100), WeekNumbers::new(CANCELLATIONS, week, 0, 100)];
//! let results = judge_weeks(&rules, &numbers, Utc.with_ymd_and_hms(2026, 3, 20, 8, 0, 0).unwrap())?;
//! let estimate = estimate(&rules, &results, "2026-03-20".parse::<chrono::NaiveDate>().unwrap())?;
//! assert_eq!(estimate.score, Some(9.0)); // the mean of 8 (at the norm) and 10 (perfect)
//! assert_eq!(estimate.missing, ["track_and_trace"]);
//! # Ok::<(), klokuur::KlokuurError>(())
//! ```
//!
//! # Where what is
//!
//! - `curve`: from a norm's value to a score by straight lines (RULES P2)
//! - `estimate`: the performance score: reported, or estimated (RULES P1, P2)
//! - `quality`: the quality score of a week (RULES P4): reported and kept, never estimated
//! - `review`: the review grade (RULES P3): not a performance score

mod curve;
mod estimate;
mod quality;
mod review;

pub use estimate::{PerformanceScore, ScoreEstimate, ScorePart, estimate};
pub use quality::QualityScore;
pub use review::ReviewGrade;
