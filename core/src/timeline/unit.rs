//! The units that columns of instants come in.

use crate::names::names;

names! {
    /// The unit of a column of instants since the Unix epoch, and of the amounts that belong to it.
    ///
    /// Shown at [`Budgets`](super::Budgets).
    #[derive(Default)]
    pub enum TimeUnit: "time unit" {
        /// Whole seconds.
        Seconds = "seconds",
        /// Whole milliseconds.
        Milliseconds = "milliseconds",
        /// Whole microseconds: the unit of Spark, Polars and Python's datetime.
        #[default]
        Microseconds = "microseconds",
        /// Whole nanoseconds.
        Nanoseconds = "nanoseconds",
    }
}

impl TimeUnit {
    /// How many make a second.
    pub const fn per_second(self) -> i64 {
        match self {
            Self::Seconds => 1,
            Self::Milliseconds => 1_000,
            Self::Microseconds => 1_000_000,
            Self::Nanoseconds => 1_000_000_000,
        }
    }
}
