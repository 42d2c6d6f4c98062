//! Service norms: the weekly numbers, their verdict, and what a running week can still take (RULES N).
//!
//! Numbers come in as [`WeekNumbers`], from this library or from the marketplace; [`judge`] gives a [`WeekResult`].
//! Verdicts compare exact integers, never a rounded percentage.

mod finality;
mod forecast;
mod in_words;
mod judge;
mod names;
mod numbers;
mod orders;
mod response_weeks;
mod result;
mod reviews;
mod sentence;
mod watch;

pub use finality::{Finality, final_from, is_final_at};
pub use forecast::Forecast;
pub(crate) use in_words::norm_in_words;
pub use judge::{join, judge, judge_weeks};
pub use names::*;
pub use numbers::{MeasuredBy, WeekNumbers};
pub use orders::{Cancelled, CountedAgainst, OrderLine, OrderWeeks};
pub use response_weeks::{CaseColumns, ResponseWeeks};
pub use result::{Verdict, WeekResult};
pub use reviews::{ReviewPeriod, review_period};
pub use watch::{NormHappening, NormTold, NormWatch};
