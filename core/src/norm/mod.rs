//! Service norms: the weekly numbers, their verdict, and what a running week can still take (RULES N).
//!
//! Numbers come in as [`WeekNumbers`], from this library or from the marketplace; [`judge`] gives a [`WeekResult`].
//! Verdicts compare exact integers, never a rounded percentage.
//!
//! # Where what is
//!
//! - `finality`: when a week's numbers stop changing (RULES N1)
//! - `forecast`: what a running week can still take, and what repairs it (RULES N3)
//! - `in_words`: what norms are called
//! - `judge`: from numbers to verdicts
//! - `names`: the names of the norms of RULES N, as rulebooks have them
//! - `numbers`: the numbers of one norm in one week, before any verdict
//! - `orders`: the norms that are measured on orders (RULES N), from order lines: one pass, every norm
//! - `response_weeks`: first responses rolled up by the week they were asked in (norm RESPONSE_TIME)
//! - `result`: what a week's numbers mean
//! - `reviews`: the review grade's period: three months, or all time when there are too few (RULES P3, norm REVIEWS)
//! - `sentence`: a forecast, and what becomes of a norm, as one sentence in English and Dutch
//! - `watch`: what becomes of the norms of running weeks, told once, with a timer of its own (RULES K13)

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
pub(crate) use result::norm_twice;
pub use result::{Verdict, WeekResult};
pub use reviews::{ReviewPeriod, review_period};
pub use watch::{NormHappening, NormTold, NormWatch};
