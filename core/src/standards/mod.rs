//! Performance standards of marketplaces that judge by more than weeks, and their ladders (RULES N7, S8).
//!
//! What was measured comes in as [`StandardItems`], from the seller's own log, or as [`StandardFigure`]s that are already
//! counted; [`judge_standards`] holds them to the standards of a rulebook. Verdicts compare exact numbers.

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
