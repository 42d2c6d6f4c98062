//! What the clocks on the wall of a zone show, found by looking at them.

use std::collections::HashMap;
use std::str::FromStr;
use std::sync::{Arc, LazyLock, Mutex};

use chrono::{DateTime, Offset, TimeZone};
use chrono_tz::Tz;

use super::{FIRST, Folds, Gaps, Habits};

/// A time during which the offset does not change: from `from` up to, not including, `until`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stay {
    from: i64,
    until: i64,
    offset: i64,
}

/// The offsets of a zone from 1899 to 2101, in seconds.
#[derive(Debug)]
pub struct ZoneClock {
    stays: Vec<Stay>,
}

/// From here on the offsets come from `data/zones_2100.json`: 2100-01-01T00:00:00Z.
const TABLE_FROM: i64 = 4_102_444_800;
/// No zone's clock differs from UTC by more than this since 1899.
const WIDEST: i64 = 26 * 3600;

impl ZoneClock {
    /// The clock of `zone`; built once and kept.
    pub fn of(zone: Tz) -> Arc<Self> {
        static KNOWN: LazyLock<Mutex<HashMap<Tz, Arc<ZoneClock>>>> = LazyLock::new(Mutex::default);
        if let Some(clock) = KNOWN.lock().unwrap().get(&zone) {
            return Arc::clone(clock);
        }
        let clock = Arc::new(Self::scan(zone));
        KNOWN.lock().unwrap().insert(zone, Arc::clone(&clock));
        clock
    }

    /// Whether the oracle knows what this zone does in 2100.
    pub fn knows(zone: Tz) -> bool {
        TABLE.contains_key(zone.name())
    }

    /// Looks at the clock every two hours and halves where it has jumped.
    fn scan(zone: Tz) -> Self {
        let mut stays = Vec::new();
        let mut from = i64::MIN;
        let mut at = FIRST - 10 * 86_400;
        let mut offset = chrono_offset(zone, at);
        while at < TABLE_FROM {
            let later = (at + 7200).min(TABLE_FROM);
            while chrono_offset(zone, later) != offset {
                let (mut low, mut high) = (at, later);
                while high - low > 1 {
                    let middle = low + (high - low) / 2;
                    if chrono_offset(zone, middle) == offset { low = middle } else { high = middle }
                }
                stays.push(Stay { from, until: high, offset });
                (from, at, offset) = (high, high, chrono_offset(zone, high));
            }
            at = later;
        }
        let (table_offset, changes) = &TABLE[zone.name()];
        assert_eq!(*table_offset, offset, "{zone}: the table does not go on where chrono-tz ends");
        for &[change, then] in changes {
            assert!(change >= TABLE_FROM);
            stays.push(Stay { from, until: change, offset });
            (from, offset) = (change, then);
        }
        stays.push(Stay { from, until: i64::MAX, offset });
        Self { stays }
    }

    /// The offset from UTC in force at `at`.
    pub fn offset(&self, at: i64) -> i64 {
        self.stays[self.stays.partition_point(|stay| stay.until <= at)].offset
    }

    /// Every instant at which the offset changes.
    pub fn changes(&self) -> impl Iterator<Item = i64> + '_ {
        self.stays.iter().skip(1).map(|stay| stay.from)
    }

    /// The instant that a local time on an opening, closing or midnight stands for.
    pub fn boundary(&self, wall: i64, habits: Habits) -> i64 {
        let near = self.stays.partition_point(|stay| stay.until <= wall - WIDEST);
        let near = || self.stays[near..].iter().take_while(|stay| stay.from <= wall + WIDEST);
        // The first instant at which the wall shows this time or a later one.
        let first =
            near().map(|stay| (stay, stay.from.max(wall - stay.offset))).find(|(stay, at)| *at < stay.until);
        let (stay, first) = first.expect("no clock stands still");
        let shows = |at: i64| at + self.offset(at) == wall;
        if !shows(first) {
            return match habits.gap {
                Gaps::Edge => first,
                Gaps::ShiftForward => wall - self.offset(stay.from - 1),
            };
        }
        match habits.fold {
            Folds::Earlier => first,
            Folds::Later => near()
                .map(|stay| (stay, wall - stay.offset))
                .filter(|(stay, at)| stay.from <= *at && *at < stay.until)
                .map(|(_, at)| at)
                .max()
                .expect("the first is one of them"),
        }
    }
}

fn chrono_offset(zone: Tz, at: i64) -> i64 {
    let utc = DateTime::from_timestamp(at, 0).expect("within chrono's years").naive_utc();
    i64::from(zone.offset_from_utc_datetime(&utc).fix().local_minus_utc())
}

/// The offset just before 2100 and the changes after, of every zone.
type Table = HashMap<String, (i64, Vec<[i64; 2]>)>;

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let document: serde_json::Value =
        serde_json::Value::from_str(include_str!("../../data/zones_2100.json")).expect("zones_2100.json");
    let mut table = Table::new();
    for group in document["groups"].as_array().unwrap() {
        let changes: Vec<[i64; 2]> = serde_json::from_value(group["changes"].clone()).unwrap();
        for zone in group["zones"].as_array().unwrap() {
            table.insert(
                zone.as_str().unwrap().to_owned(),
                (group["offset"].as_i64().unwrap(), changes.clone()),
            );
        }
    }
    table
});

#[cfg(test)]
mod tests {
    use super::*;

    const NL: Tz = chrono_tz::Europe::Amsterdam;
    fn at(text: &str) -> i64 {
        DateTime::parse_from_rfc3339(text).unwrap().timestamp()
    }

    fn wall(text: &str) -> i64 {
        at(&format!("{text}Z"))
    }

    #[test]
    fn a_boundary_in_a_gap_moves_to_its_edge_and_in_a_fold_to_the_first_pass() {
        let (clock, habits) = (ZoneClock::of(NL), Habits::default());
        assert_eq!(clock.boundary(wall("2026-03-29T02:30:00"), habits), at("2026-03-29T03:00:00+02:00"));
        assert_eq!(clock.boundary(wall("2026-03-29T03:00:00"), habits), at("2026-03-29T03:00:00+02:00"));
        assert_eq!(clock.boundary(wall("2026-10-25T02:30:00"), habits), at("2026-10-25T02:30:00+02:00"));
        assert_eq!(clock.boundary(wall("2026-10-25T03:00:00"), habits), at("2026-10-25T03:00:00+01:00"));
        let other = Habits { gap: Gaps::ShiftForward, fold: Folds::Later, ..habits };
        assert_eq!(clock.boundary(wall("2026-03-29T02:30:00"), other), at("2026-03-29T03:30:00+02:00"));
        assert_eq!(clock.boundary(wall("2026-10-25T02:30:00"), other), at("2026-10-25T02:30:00+01:00"));
        assert_eq!(clock.boundary(wall("2026-10-25T01:59:59"), other), at("2026-10-25T01:59:59+02:00"));
    }

    #[test]
    fn the_year_2100_has_summer_time() {
        let clock = ZoneClock::of(NL);
        assert_eq!(clock.offset(at("2100-03-28T00:59:59Z")), 3600);
        assert_eq!(clock.offset(at("2100-03-28T01:00:00Z")), 7200);
        assert_eq!(clock.offset(at("2100-10-31T01:00:00Z")), 3600);
    }

    #[test]
    fn apia_has_no_thirtieth_of_december_2011() {
        let clock = ZoneClock::of(chrono_tz::Pacific::Apia);
        let habits = Habits::default();
        let edge = at("2011-12-31T00:00:00+14:00");
        assert_eq!(clock.boundary(wall("2011-12-30T00:00:00"), habits), edge);
        assert_eq!(clock.boundary(wall("2011-12-30T17:00:00"), habits), edge);
        assert_eq!(clock.boundary(wall("2011-12-31T00:00:00"), habits), edge);
    }
}
