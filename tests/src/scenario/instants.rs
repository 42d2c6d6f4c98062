//! Random instants and spans, where mistakes would show: at changes of the clock, at midnights, openings and closings,
//! a nanosecond before and after, and at the ends of the supported years.

use klokuur::Zone;

use crate::oracle::{FIRST, LIMIT, NANOS, ZoneClock};
use crate::random::Random;

const DAY: i64 = 86_400;

/// The instants that matter for a schedule, in seconds since 1970.
#[derive(Debug)]
pub struct Instants<'a> {
    changes: Vec<i64>,
    zone: std::sync::Arc<ZoneClock>,
    pieces: &'a [(i64, i64)],
}

impl<'a> Instants<'a> {
    /// For a schedule in `zone` with these open pieces.
    pub fn new(zone: Zone, pieces: &'a [(i64, i64)]) -> Self {
        let clock = ZoneClock::of(zone);
        let mut changes: Vec<_> = clock.changes().filter(|at| (FIRST..LIMIT).contains(at)).collect();
        changes.push(0);
        Self { changes, zone: clock, pieces }
    }

    /// A supported instant, in nanoseconds since 1970.
    pub fn instant(&self, random: &mut Random) -> i128 {
        let second = match random.range(0, 16) {
            0..4 => random.range(1_100_000_000, 2_100_000_000),
            4 => random.range(FIRST, LIMIT),
            5..8 => self.boundary(random),
            8 => self.boundary(random) + random.range(-DAY, DAY),
            9 => self.midnight(random.range(FIRST + DAY, LIMIT - DAY)),
            10 | 11 => random.pick(&self.changes),
            12 => random.pick(&self.changes) + random.range(-DAY, DAY),
            13 => self.midnight(random.pick(&self.changes) + random.range(-DAY, DAY)),
            14 => random.range(0, 200) * 3600 + random.pick(&[FIRST, LIMIT - 200 * 3600]),
            _ => random.pick(&[FIRST, LIMIT]) + random.range(-1, 2),
        };
        let nanosecond = match random.range(0, 6) {
            0 | 1 => 0,
            2 => 1,
            3 => -1,
            4 => random.range(0, 1_000_000) * 1000,
            _ => random.range(0, 1_000_000_000),
        };
        let at = i128::from(second) * NANOS + i128::from(nanosecond);
        at.clamp(i128::from(FIRST) * NANOS, i128::from(LIMIT) * NANOS - 1)
    }

    /// A second instant: seconds to decades away, or one of its own.
    pub fn other(&self, random: &mut Random, at: i128) -> i128 {
        let away = match random.range(0, 8) {
            0 => 0,
            1 => random.any_size(32),
            2..6 => random.any_size(54),
            6 => random.any_size(61),
            _ => return self.instant(random),
        };
        let away = if random.once_in(3) { -away } else { away };
        (at + i128::from(away)).clamp(i128::from(FIRST) * NANOS, i128::from(LIMIT) * NANOS - 1)
    }

    /// An instant outside the supported years.
    pub fn outside(&self, random: &mut Random) -> i128 {
        let away = random.pick(&[0, 1, DAY * 1_000_000_000, 4_000_000_000_000_000_000]);
        if random.once_in(2) {
            i128::from(FIRST) * NANOS - 1 - i128::from(away)
        } else {
            i128::from(LIMIT) * NANOS + i128::from(away)
        }
    }

    fn boundary(&self, random: &mut Random) -> i64 {
        if self.pieces.is_empty() {
            return 0;
        }
        let piece = random.pick(self.pieces);
        if random.once_in(2) { piece.0 } else { piece.1 }
    }

    /// 00:00 of the local day.
    fn midnight(&self, at: i64) -> i64 {
        at - (at + self.zone.offset(at)).rem_euclid(DAY)
    }
}
