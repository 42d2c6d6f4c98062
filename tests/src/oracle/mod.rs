//! A slow and simple second opinion on business time.
//!
//! [`Rules`] says when a shop is open, [`Oracle`] walks every day of the supported years once and keeps the open
//! pieces, and every query adds them up one after the other. No code is shared with klokuur.

mod clock;
mod pieces;
mod rules;

pub use clock::ZoneClock;
pub use pieces::{Failure, Oracle};
pub use rules::{Dates, Ends, Folds, Gaps, Habits, Holidays, Rule, Rules, Stretch};

/// The first supported instant, 1900-01-01T00:00:00Z, in seconds since 1970.
pub const FIRST: i64 = -2_208_988_800;
/// The end of the supported instants, 2101-01-01T00:00:00Z, itself outside.
pub const LIMIT: i64 = 4_133_980_800;
/// Nanoseconds in a second.
pub const NANOS: i128 = 1_000_000_000;
