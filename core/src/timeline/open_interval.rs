//! A stretch of open time.

use chrono::DateTime;
use serde::Serialize;

use crate::time::Zone;

/// A stretch of open time, from `start` up to, not including, `end`, in the schedule's zone.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct OpenInterval {
    /// The first open instant.
    pub start: DateTime<Zone>,
    /// The closing instant.
    pub end: DateTime<Zone>,
}
