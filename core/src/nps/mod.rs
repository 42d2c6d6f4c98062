//! Net Promoter Score: exact, with its uncertainty (RULES Q1, Q3–Q5).
//!
//! Answers are whole numbers from 0 to 10. 9 and 10 are promoters, 7 and 8 passives, 0 to 6 detractors; the NPS
//! is the share of promoters minus the share of detractors, in points from −100 to 100. It is kept as a ratio of
//! integers and rounded only for display. Without answers there is no NPS: it is undefined, not 0.
//!
//! ```
//! use klokuur::Nps;
//!
//! let march = Nps::from_scores([10, 9, 9, 8, 7, 3])?;
//! let score = march.score().expect("there are answers");
//! assert_eq!((score.numerator(), score.denominator()), (2, 6)); // 3 promoters − 1 detractor, of 6
//! assert_eq!(score.to_string(), "33.3");
//!
//! // The interval comes with it: six answers say very little.
//! let interval = march.interval(0.95)?.expect("there are answers");
//! assert!(interval.low < -20.0 && interval.high > 70.0);
//! assert!(march.below_guideline(25));
//!
//! assert!(Nps::default().score().is_none());
//! # Ok::<(), klokuur::KlokuurError>(())
//! ```
//!
//! | question | answer |
//! | --- | --- |
//! | one score | [`Nps::score`], [`Nps::shares`], [`Nps::standard_error`], [`Nps::interval`], [`Nps::summary`] |
//! | two scores | [`Nps::compare`]: signed difference, test, interval |
//! | many scores | [`nps_by`], [`nps_by_name`], [`nps_in`], [`nps_by_week`], [`nps_by_month`], [`NpsAreas`] |
//! | over time | [`NpsTrend`] |
//! | weighted answers | [`WeightedNps`] |
//! | before asking | [`required_answers`], [`required_answers_for`] |
//!
//! It does not decide when a survey may be sent (RULES Q2): that needs the case.
//!
//! # Where what is
//!
//! - `area`: surveys that ask about several areas (RULES Q5)
//! - `column`: columns of answers, in one pass
//! - `compare`: the test of two NPS values
//! - `interval`: confidence intervals
//! - `sample_size`: how many answers a margin needs
//! - `score`: the score as an exact ratio
//! - `tally`: the three counts and what follows from them
//! - `trend`: the course of an NPS over periods
//! - `trinomial`: the statistics of answers that count +1, 0 or −1
//! - `weighted`: answers with weights
//! - `window`: the NPS of windows of time (RULES Q3)

mod area;
mod column;
mod compare;
mod interval;
mod sample_size;
mod score;
mod tally;
mod trend;
mod trinomial;
mod weighted;
mod window;

pub use area::NpsAreas;
pub use column::{NO_ANSWER, NO_KEY, NpsGroup, nps_by, nps_by_name};
pub use compare::NpsComparison;
pub use interval::{NpsInterval, NpsIntervalMethod};
pub use sample_size::{required_answers, required_answers_for};
pub use score::NpsScore;
pub use tally::{Nps, NpsShares, NpsSummary};
pub use trend::{NpsPeriod, NpsTrend};
pub use weighted::WeightedNps;
pub use window::{nps_by_month, nps_by_week, nps_in};
