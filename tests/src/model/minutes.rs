//! Fourteen weeks of 2026 minute by minute, and which of them count (RULES C1, C4, H1).

use chrono::{DateTime, TimeDelta, Utc};

/// Minutes since Monday 2026-03-16 00:00 in Amsterdam.
pub type Minute = usize;

/// The end of what is known.
pub const LAST: Minute = 14 * 7 * 24 * 60;

/// Clocks go forward on 29 March at 01:00 UTC, 13 days and 2 hours after the first minute.
const SUMMER: Minute = (13 * 24 + 2) * 60;

/// Easter Monday, King's Day, Ascension and Whit Monday; 5 May is none, as 2026 is not divisible by five (RULES H1).
const HOLIDAYS: [(usize, usize); 4] = [(4, 6), (4, 27), (5, 14), (5, 25)];

/// What counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hours {
    /// Clock hours (RULES C1).
    Clock,
    /// Working days from nine to five.
    Office,
    /// All.
    Elapsed,
}

/// Which minutes count.
#[derive(Debug)]
pub struct Minutes {
    clock: Vec<bool>,
    office: Vec<bool>,
}

/// Days since the first, and the minute of that local day.
pub(super) fn local(minute: Minute) -> (usize, usize) {
    let wall = if minute >= SUMMER { minute + 60 } else { minute };
    (wall / 1440, wall % 1440)
}

/// The first minute of a local day.
pub(super) fn midnight(day: usize) -> Minute {
    // 29 March, on which the clocks change, is day 13.
    if day > 13 { day * 1440 - 60 } else { day * 1440 }
}

/// Month and day of the month.
fn date(day: usize) -> (usize, usize) {
    let lengths = [(3, 31), (4, 30), (5, 31), (6, 30)];
    let mut rest = day + 15;
    for (month, length) in lengths {
        if rest < length {
            return (month, rest + 1);
        }
        rest -= length;
    }
    (7, rest + 1)
}

impl Default for Minutes {
    fn default() -> Self {
        let is_working_day = |day: usize| day % 7 < 5 && !HOLIDAYS.contains(&date(day));
        let counts = |minute: Minute, from: usize, to: usize| {
            let (day, of_day) = local(minute);
            is_working_day(day) && (from..to).contains(&of_day)
        };
        Self {
            clock: (0..LAST).map(|minute| counts(minute, 0, 1440)).collect(),
            office: (0..LAST).map(|minute| counts(minute, 9 * 60, 17 * 60)).collect(),
        }
    }
}

impl Minutes {
    /// Whether the minute that begins then counts.
    pub fn counts(&self, hours: Hours, minute: Minute) -> bool {
        match hours {
            Hours::Clock => self.clock[minute],
            Hours::Office => self.office[minute],
            Hours::Elapsed => true,
        }
    }

    /// The first instant at which so many hours were counted: one minute after the other (RULES C3).
    pub fn after(&self, hours: Hours, from: Minute, budget: usize) -> Minute {
        let (mut at, mut counted) = (from, 0);
        while counted < budget * 60 {
            counted += usize::from(self.counts(hours, at));
            at += 1;
        }
        at
    }

    /// The minutes that count from one instant to another.
    pub fn between(&self, hours: Hours, from: Minute, to: Minute) -> usize {
        (from..to).filter(|minute| self.counts(hours, *minute)).count()
    }
}

/// The instant of a minute.
pub fn instant(minute: Minute) -> DateTime<Utc> {
    let start: DateTime<Utc> = "2026-03-15T23:00:00Z".parse().unwrap();
    start + TimeDelta::minutes(i64::try_from(minute).unwrap())
}
