//! Open hours: weekly hours, exceptions, holidays, conventions and history in one zone (RULES C1, C5, C7).

mod builder;
mod conventions;
mod day;
mod document;
mod hours;
mod lexer;
mod parse;
mod rule;
mod segments;
mod tables;

pub use builder::{ALL_DAYS, ScheduleBuilder, WORKDAYS};
pub use conventions::{
    Backwards, BudgetEnd, Conventions, FoldBoundary, GapBoundary, HolidayShift, ScheduleChange, ZeroBudget,
};
pub use day::{DayReason, ScheduleDay};
pub use document::{CalendarReference, ScheduleDocument, ScheduleSegment};
pub use hours::{DayTime, Hours, Stretch};
pub use segments::Schedule;

// For the timeline.
#[allow(unused_imports, reason = "until the timeline is built on it")]
pub(crate) use day::LocalDay;
