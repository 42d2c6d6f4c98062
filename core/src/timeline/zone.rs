//! The offsets of a zone, found once, and the one place where a wall clock becomes an instant (RULES C4).
//!
//! All times here are seconds: since the Unix epoch in UTC, or the same count read off a wall clock.

use crate::time::{Change, Zone};

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

impl WallClock {
    /// The wall clock of `zone` for the instants in `[from, until)`.
    pub(crate) fn new(zone: Zone, from: i64, until: i64, reading: Reading) -> Self {
        let changes = zone.changes();
        let first = changes.partition_point(|change| change.from <= from).saturating_sub(1);
        let last = changes.partition_point(|change| change.from < until);
        let mut stretches = Vec::with_capacity(last.saturating_sub(first) + 1);
        // A zone without changes is UTC.
        stretches.push(Stretch::starting(i64::MIN, changes.get(first).map_or(0, offset)));
        for change in changes.get(first + 1..last).unwrap_or_default() {
            // One that only gives the offset another name changes nothing here.
            if stretches.last().is_some_and(|stretch| stretch.offset != offset(change)) {
                stretches.push(Stretch::starting(change.from, offset(change)));
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

fn offset(change: &Change) -> i64 {
    change.local.offset.into()
}
