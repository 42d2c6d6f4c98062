//! Performance standards of marketplaces that judge by more than weeks, and their ladders (RULES N7, S8).
//!
//! What was measured comes in as [`StandardItems`], from the seller's own log, or as [`StandardFigure`]s that are
//! already counted; [`judge_standards`] holds them to the standards of a rulebook. Verdicts compare exact numbers.
//!
//! # Where what is
//!
//! - `figure`: figures that are already counted: by the marketplace, or by a seller who has no items
//! - `item`: what a standard is measured on, as columns
//! - `judge`: from numbers to verdicts
//! - `ladder`: from several standards to one consequence (RULES S8)
//! - `measured`: what a standard measures in its dates
//! - `period`: the dates that a standard looks at
//! - `result`: what standards and ladders come to
//! - `sentence`: standards and ladders as one sentence each, in English and Dutch

mod figure;
mod item;
mod judge;
mod ladder;
mod measured;
mod period;
mod result;
mod sentence;

pub use figure::StandardFigure;
pub use item::{StandardItem, StandardItems};
pub use judge::judge_standards;
pub use result::{
    LadderResult, LimitResult, NoVerdict, ReportedStandard, StandardResult, StandardVerdict, StandardsReport,
};
