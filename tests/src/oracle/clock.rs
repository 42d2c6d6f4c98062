//! What the clocks on the wall of a zone show, found by looking at them.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};

use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use klokuur::Zone;

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

/// Past the supported years: 2101-01-11T00:00:00Z.
const LAST: i64 = 4_134_844_800;
/// No zone's clock differs from UTC by more than this since 1899.
const WIDEST: i64 = 26 * 3600;

impl ZoneClock {
    /// The clock of `zone`; built once and kept.
    pub fn of(zone: Zone) -> Arc<Self> {
        static KNOWN: LazyLock<Mutex<HashMap<Zone, Arc<ZoneClock>>>> = LazyLock::new(Mutex::default);
        if let Some(clock) = KNOWN.lock().unwrap().get(&zone) {
            return Arc::clone(clock);
        }
        let clock = Arc::new(Self::scan(zone));
        KNOWN.lock().unwrap().insert(zone, Arc::clone(&clock));
        clock
    }

    /// Looks at the clock every two hours and halves where it has jumped.
    fn scan(zone: Zone) -> Self {
        let rules = TimeZoneDatabase::bundled().get(zone.name()).expect("a zone of the database");
        let mut stays = Vec::new();
        let mut from = i64::MIN;
        let mut at = FIRST - 10 * 86_400;
        let mut offset = offset_at(&rules, at);
        while at < LAST {
            let later = (at + 7200).min(LAST);
            while offset_at(&rules, later) != offset {
                let (mut low, mut high) = (at, later);
                while high - low > 1 {
                    let middle = low + (high - low) / 2;
                    if offset_at(&rules, middle) == offset { low = middle } else { high = middle }
                }
                stays.push(Stay { from, until: high, offset });
                (from, at, offset) = (high, high, offset_at(&rules, high));
            }
            at = later;
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

fn offset_at(rules: &TimeZone, at: i64) -> i64 {
    rules.to_offset(Timestamp::from_second(at).expect("within jiff's years")).seconds().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    use chrono::DateTime;

    fn zone(name: &str) -> Arc<ZoneClock> {
        ZoneClock::of(name.parse().unwrap())
    }

    fn at(text: &str) -> i64 {
        DateTime::parse_from_rfc3339(text).unwrap().timestamp()
    }

    fn wall(text: &str) -> i64 {
        at(&format!("{text}Z"))
    }

    #[test]
    fn a_boundary_in_a_gap_moves_to_its_edge_and_in_a_fold_to_the_first_pass() {
        let (clock, habits) = (zone("Europe/Amsterdam"), Habits::default());
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
        let clock = zone("Europe/Amsterdam");
        assert_eq!(clock.offset(at("2100-03-28T00:59:59Z")), 3600);
        assert_eq!(clock.offset(at("2100-03-28T01:00:00Z")), 7200);
        assert_eq!(clock.offset(at("2100-10-31T01:00:00Z")), 3600);
    }

    #[test]
    fn apia_has_no_thirtieth_of_december_2011() {
        let clock = zone("Pacific/Apia");
        let habits = Habits::default();
        let edge = at("2011-12-31T00:00:00+14:00");
        assert_eq!(clock.boundary(wall("2011-12-30T00:00:00"), habits), edge);
        assert_eq!(clock.boundary(wall("2011-12-30T17:00:00"), habits), edge);
        assert_eq!(clock.boundary(wall("2011-12-31T00:00:00"), habits), edge);
    }
}
