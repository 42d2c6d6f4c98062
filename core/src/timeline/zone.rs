//! The offsets of a zone, found once, and the one place where a wall clock becomes an instant (RULES C4).
//!
//! All times here are seconds: since the Unix epoch in UTC, or the same count read off a wall clock.

use chrono::{DateTime, Datelike, NaiveDate, Offset, TimeZone};
use chrono_tz::Tz;

use super::DAY;

/// How a boundary is read that the wall clock skips or shows twice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Reading {
    /// A skipped boundary moves on by the length of the gap instead of to its edge.
    pub(crate) shift_forward: bool,
    /// A boundary shown twice means the second time.
    pub(crate) later: bool,
}

/// A stretch of time with one offset.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    /// The first instant; `i64::MIN` for the first stretch.
    from: i64,
    /// Wall clock minus UTC.
    offset: i64,
    /// The wall clock at the start.
    wall_from: i64,
    /// The wall clock at the end, which it does not reach.
    wall_until: i64,
    /// The earliest wall clock at which this or a later stretch starts.
    least_wall_after: i64,
    /// The latest wall clock at which this or an earlier stretch ends.
    greatest_wall_before: i64,
}

/// The wall clock of a zone over a range of instants.
#[derive(Debug)]
pub(crate) struct WallClock {
    stretches: Vec<Stretch>,
    reading: Reading,
}

/// The IANA data compiled into chrono-tz ends with this year.
const LAST_YEAR_WITH_RULES: i32 = 2099;

/// No zone in the data has two changes within two days that undo each other (the shortest is four days,
/// Freetown 1939), so steps of this length find every change.
const STEP: i64 = 2 * DAY;

impl WallClock {
    /// The wall clock of `zone` for the instants in `[from, until)`.
    pub(crate) fn new(zone: Tz, from: i64, until: i64, reading: Reading) -> Self {
        let mut stretches = vec![Stretch::starting(i64::MIN, offset_at(zone, from))];
        let end_of_rules = year_start(LAST_YEAR_WITH_RULES + 1);
        let mut push = |instant, offset| stretches.push(Stretch::starting(instant, offset));
        changes(zone, from, until.min(end_of_rules), &mut push);
        if until > end_of_rules {
            // The rules of the years after 2099 are those of 2099: a zone repeats by the layout of the calendar
            // ("last Sunday of March"), so the latest earlier year with the same layout has the same dates.
            for year in (LAST_YEAR_WITH_RULES + 1)..=date_of(until).year() {
                let model = same_layout(year);
                let (start, model_start) = (year_start(year), year_start(model));
                changes(zone, model_start, year_start(model + 1), &mut |instant: i64, offset| {
                    let instant = instant - model_start + start;
                    if instant >= from && instant < until {
                        push(instant, offset);
                    }
                });
            }
        }
        // Walls are known once the neighbours are.
        let mut until_next = i64::MAX;
        let mut least = i64::MAX;
        for stretch in stretches.iter_mut().rev() {
            stretch.wall_from = stretch.from.saturating_add(stretch.offset);
            stretch.wall_until = until_next.saturating_add(stretch.offset);
            least = least.min(stretch.wall_from);
            stretch.least_wall_after = least;
            until_next = stretch.from;
        }
        let mut greatest = i64::MIN;
        for stretch in &mut stretches {
            greatest = greatest.max(stretch.wall_until);
            stretch.greatest_wall_before = greatest;
        }
        Self { stretches, reading }
    }

    /// Wall clock minus UTC at an instant.
    #[cfg(test)]
    pub(crate) fn offset(&self, instant: i64) -> i64 {
        let after = self.stretches.partition_point(|s| s.from <= instant);
        self.stretches.get(after.saturating_sub(1)).map_or(0, |s| s.offset)
    }

    /// The instant of a boundary on the wall clock.
    ///
    /// By default it is the first instant at which the wall clock shows `wall` or more: the gap's edge when `wall`
    /// is skipped, the earlier instant when it is shown twice. Read as `later`, it is the end of the time at which
    /// the wall clock shows `wall` or less. Both rise with `wall`, so that boundaries never change places.
    pub(crate) fn instant(&self, wall: i64) -> i64 {
        let Reading { shift_forward, later } = self.reading;
        if later {
            // The last stretch that starts at or before `wall`.
            let after = self.stretches.partition_point(|s| s.least_wall_after <= wall);
            let Some(stretch) = self.stretches.get(after.saturating_sub(1)) else { return wall };
            let shown = if shift_forward { wall } else { wall.min(stretch.wall_until) };
            return shown.saturating_sub(stretch.offset);
        }
        // The first stretch that ends after `wall`.
        let at = self.stretches.partition_point(|s| s.greatest_wall_before <= wall);
        match self.stretches.get(at) {
            Some(stretch) if stretch.wall_from <= wall => wall.saturating_sub(stretch.offset),
            Some(stretch) => match self.stretches.get(at.wrapping_sub(1)) {
                Some(before) if shift_forward => wall.saturating_sub(before.offset),
                _ => stretch.from,
            },
            None => wall,
        }
    }
}

impl Stretch {
    fn starting(from: i64, offset: i64) -> Self {
        Self { from, offset, wall_from: 0, wall_until: 0, least_wall_after: 0, greatest_wall_before: 0 }
    }
}

/// Calls `found` with each instant in `(from, until)` at which the offset changes, and the offset from then on.
fn changes(zone: Tz, from: i64, until: i64, found: &mut impl FnMut(i64, i64)) {
    let (mut at, mut offset) = (from, offset_at(zone, from));
    while at < until - 1 {
        let next = (at + STEP).min(until - 1);
        if offset_at(zone, next) == offset {
            at = next;
            continue;
        }
        // The first instant in (at, next] with another offset; then on from there, for there may be a second.
        let (mut same, mut other) = (at, next);
        while other - same > 1 {
            let middle = same + (other - same) / 2;
            if offset_at(zone, middle) == offset { same = middle } else { other = middle }
        }
        (at, offset) = (other, offset_at(zone, other));
        found(at, offset);
    }
}

fn offset_at(zone: Tz, instant: i64) -> i64 {
    DateTime::from_timestamp(instant, 0)
        .map_or(0, |utc| i64::from(zone.offset_from_utc_datetime(&utc.naive_utc()).fix().local_minus_utc()))
}

fn year_start(year: i32) -> i64 {
    NaiveDate::from_ymd_opt(year, 1, 1).map_or(0, |date| i64::from(date.to_epoch_days()) * DAY)
}

fn date_of(instant: i64) -> NaiveDate {
    DateTime::from_timestamp(instant, 0).map_or(NaiveDate::MIN, |utc| utc.date_naive())
}

/// The latest year with rules that has the same weekdays on the same dates.
fn same_layout(year: i32) -> i32 {
    let layout = |y: i32| NaiveDate::from_ymd_opt(y, 1, 1).map(|d| (d.weekday(), d.leap_year()));
    (1900..=LAST_YEAR_WITH_RULES).rev().find(|&y| layout(y) == layout(year)).unwrap_or(LAST_YEAR_WITH_RULES)
}
