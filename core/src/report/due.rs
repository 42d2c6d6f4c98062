//! When answers are due: how many in each stretch of hours, and the hours that do not count.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Timelike};
use serde::{Deserialize, Serialize};

use crate::case::CaseRow;
use crate::error::Result;
use crate::schedule::Schedule;
use crate::time::Zone;
use crate::timeline::OpenInterval;

const HOUR_SECONDS: i64 = 3600;

/// The answers that are still to be given, by the hours in which they are due at the latest.
///
/// Shown at [`OpenCases`](super::OpenCases).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DueChart {
    /// Where the first bar can begin.
    #[serde(deserialize_with = "crate::time::zoned")]
    pub start: DateTime<Zone>,
    /// The end of the last bar.
    #[serde(deserialize_with = "crate::time::zoned")]
    pub end: DateTime<Zone>,
    /// How many hours a bar holds: 1, 3 or 6.
    pub hours: u32,
    /// The bars that hold an answer, the earliest first.
    pub bars: Vec<DueBar>,
    /// The stretches from now on that do not count.
    pub closed: Vec<OpenInterval>,
}

/// The answers that are due within some hours. One that is due at the end of an hour belongs to that hour.
///
/// Shown at [`OpenCases`](super::OpenCases).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DueBar {
    /// Where it begins.
    #[serde(deserialize_with = "crate::time::zoned")]
    pub from: DateTime<Zone>,
    /// Where it ends.
    #[serde(deserialize_with = "crate::time::zoned")]
    pub until: DateTime<Zone>,
    /// The cases that are due in it, the earliest first.
    pub cases: Vec<String>,
    /// Those of them that have been open for a long time.
    pub at_risk: Vec<String>,
}

impl DueChart {
    pub(super) fn of(
        waiting: &[CaseRow],
        at_risk: &[String],
        schedule: &Schedule,
        now: DateTime<Zone>,
    ) -> Result<Option<Self>> {
        let mut coming: Vec<(DateTime<Zone>, &str)> = waiting
            .iter()
            .filter_map(|row| Some((row.due.filter(|due| *due > now)?, row.number.as_str())))
            .collect();
        coming.sort();
        let Some((last, _)) = coming.last() else { return Ok(None) };
        let zone = now.timezone();
        let into_hour = i64::from(now.minute()) * 60 + i64::from(now.second());
        let first = now.timestamp() - into_hour;
        let step = match (last.timestamp() - first) / HOUR_SECONDS {
            ..=30 => 1,
            31..=90 => 3,
            _ => 6,
        };
        // Bars begin at midnight and every so many hours from it.
        let start = first - i64::from(now.hour()) % step * HOUR_SECONDS;
        let at = |second: i64| DateTime::from_timestamp(second, 0).unwrap_or_default().with_timezone(&zone);
        let risky: BTreeSet<&str> = at_risk.iter().map(String::as_str).collect();
        let mut bars: BTreeMap<i64, DueBar> = BTreeMap::new();
        for (due, number) in &coming {
            // A deadline at 24:00 belongs to the hour that it ends: nanoseconds before it decide.
            let before = due.checked_sub_signed(TimeDelta::nanoseconds(1)).unwrap_or(*due);
            let place = (before.timestamp() - start).max(0) / HOUR_SECONDS / step;
            let from = start + place * step * HOUR_SECONDS;
            let bar = bars.entry(place).or_insert_with(|| DueBar {
                from: at(from),
                until: at(from + step * HOUR_SECONDS),
                cases: Vec::new(),
                at_risk: Vec::new(),
            });
            bar.cases.push((*number).to_owned());
            if risky.contains(number) {
                bar.at_risk.push((*number).to_owned());
            }
        }
        let end = bars.values().next_back().map_or(*last, |bar| bar.until);
        let closed = between(&schedule.intervals(now, end)?, now, end);
        Ok(Some(Self {
            start: at(start),
            end,
            hours: u32::try_from(step).unwrap_or(1),
            bars: bars.into_values().collect(),
            closed,
        }))
    }
}

/// The stretches between open ones.
fn between(open: &[OpenInterval], now: DateTime<Zone>, end: DateTime<Zone>) -> Vec<OpenInterval> {
    let zone = now.timezone();
    let mut from = now;
    let mut found = Vec::new();
    for one in open {
        if from < one.start {
            found.push(OpenInterval { start: from, end: one.start.with_timezone(&zone) });
        }
        from = one.end.with_timezone(&zone);
    }
    if from < end {
        found.push(OpenInterval { start: from, end });
    }
    found
}
