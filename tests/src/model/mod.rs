//! A second model of the domain, written from the rules alone: it lives through every minute and every day, and keeps
//! what it sees.
//!
//! It shares no code with the library but the types of what goes in and comes out. Its year is 2026, its seller Dutch.

mod case;
mod log;
mod minutes;
mod points;
mod reported;
mod score;
mod week;

pub use case::{Case, Happened, Verdict};
pub use log::{Lived, random_log};
pub use minutes::{Hours, LAST, Minute, Minutes, instant};
pub use points::{account, random_account};
pub use reported::{Beside, Causes, Reported, random_report};
pub use score::{Day, Estimated, PARTS, WeekOfParts, estimated, random_weeks};
pub use week::{Week, weeks};

/// How many random logs, accounts or ledgers to live through: as many as `MODEL` asks, else so few that the tests stay
/// quick.
pub fn asked(few: u32) -> u32 {
    std::env::var("MODEL").ok().map_or(few, |n| n.parse().expect("MODEL is a number"))
}
