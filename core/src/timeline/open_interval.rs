//! A stretch of open time.

use chrono::DateTime;

use crate::time::Zone;

/// A stretch of open time, from `start` up to, not including, `end`, in the schedule's zone.
///
/// ```
/// # use chrono::{DateTime, Utc};
/// # use klokuur::Schedule;
/// let office = Schedule::parse_in("Mo-Fr 09:00-17:00", "UTC")?;
/// let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
/// let open = office.intervals(at("2026-03-13T12:00:00Z"), at("2026-03-17T00:00:00Z"))?;
/// assert_eq!(open.len(), 2); // the rest of Friday, and Monday
/// assert_eq!(open[0].end.to_rfc3339(), "2026-03-13T17:00:00+00:00");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct OpenInterval {
    /// The first open instant.
    #[cfg_attr(feature = "serde", serde(deserialize_with = "crate::time::zoned"))]
    pub start: DateTime<Zone>,
    /// The closing instant.
    #[cfg_attr(feature = "serde", serde(deserialize_with = "crate::time::zoned"))]
    pub end: DateTime<Zone>,
}
