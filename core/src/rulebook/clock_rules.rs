//! Which hours count (RULES C1, H1).

use crate::time::Zone;
use serde::Serialize;

use super::Sources;
use crate::calendar::LiberationDay;
use crate::schedule::{Conventions, ScheduleChange};

/// Whether a budget counts clock hours or plain elapsed hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Only the open time of the schedule counts.
    Business,
    /// All time counts, nights, weekends and holidays included.
    Elapsed,
}

/// Which hours are clock hours (RULES C1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClockRules {
    /// The hours that count, as schedule text: `Mo-Fr 00:00-24:00; PH off`.
    pub hours: String,
    /// The IANA zone of those hours.
    pub zone: Zone,
    /// The holiday calendars, joined: the seller's country of establishment by default (RULES H1).
    pub calendars: Vec<String>,
    /// When the Dutch calendar has Liberation Day (RULES H1).
    pub liberation_day: LiberationDay,
    /// Whether the Dutch calendar has Good Friday (RULES H1).
    pub good_friday: bool,
    /// The conventions of the schedule (RULES C3, C4).
    pub conventions: Conventions,
    /// Which schedule a running clock follows when the schedule changes under it.
    pub schedule_change: ScheduleChange,
    /// The source of every value.
    pub sources: Sources,
}
