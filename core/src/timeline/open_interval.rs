//! A stretch of open time.

use chrono::DateTime;

use crate::time::Zone;

/// A stretch of open time, from `start` up to, not including, `end`, in the schedule's zone.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct OpenInterval {
    /// The first open instant.
    pub start: DateTime<Zone>,
    /// The closing instant.
    pub end: DateTime<Zone>,
}
