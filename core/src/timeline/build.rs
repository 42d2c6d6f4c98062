//! From local days to open pieces in UTC: the only code, with [`zone`](super::zone), that meets a UTC offset.

use std::collections::HashMap;

use crate::time::{DAY, Zone};
use chrono::{DateTime, NaiveDate};

use super::pieces::Pieces;
use super::zone::{Reading, WallClock};
use crate::schedule::{Conventions, FoldBoundary, GapBoundary, HolidayShift, Schedule, Stretch};

/// Local dates that can touch a range of instants: shifts of two days, and zones up to a day and more from UTC, once.
const MARGIN_DAYS: i64 = 5;

/// The open pieces of `schedule` in `[from, until)`, seconds since the Unix epoch.
pub(crate) fn open_pieces(schedule: &Schedule, from: i64, until: i64) -> Pieces {
    let (first, last) = (from - MARGIN_DAYS * DAY, until + MARGIN_DAYS * DAY);
    let reading = reading(schedule.conventions());
    let clock = WallClock::new(schedule.zone(), first, last, reading);
    let dates = date_of(first).iter_days().take_while(|date| *date <= date_of(last));
    let mut open = Vec::new();
    if !schedule.has_foreign_holidays() {
        for date in dates {
            push(&mut open, &clock, date, schedule.local_day(date).open);
        }
        return Pieces::new(from, until, open);
    }
    // C5: holidays of another zone close a span of instants, whatever the wall clock here says.
    let whole_shift = schedule.conventions().holiday_shift == HolidayShift::WholeShift;
    let mut clocks: HashMap<Zone, WallClock> = HashMap::new();
    let (mut cuts, mut kept, mut shifts) = (Vec::new(), Vec::new(), Vec::new());
    for date in dates {
        let day = schedule.local_day(date);
        push(&mut kept, &clock, date, day.kept);
        // Apart, so that shifts which touch those of the day before stay shifts.
        push(&mut shifts, &clock, date, day.open);
        open.append(&mut shifts);
        for (zone, _) in schedule.foreign_cuts(date) {
            let clock = clocks.entry(zone).or_insert_with(|| WallClock::new(zone, first, last, reading));
            cuts.push(self::day(clock, date));
        }
    }
    cuts.retain(|cut| cut.0 < cut.1);
    let cuts = joined(cuts);
    let mut pieces = if whole_shift {
        open.retain(|shift| !is_within(shift.0, &cuts));
        open
    } else {
        without(joined(open), &cuts)
    };
    pieces.append(&mut kept);
    Pieces::new(from, until, pieces)
}

/// Adds the instants of a date's stretches.
fn push(pieces: &mut Vec<(i64, i64)>, clock: &WallClock, date: NaiveDate, stretches: &[Stretch]) {
    let midnight = midnight(date);
    for stretch in stretches {
        let start = clock.instant(midnight + i64::from(stretch.from.seconds()));
        let end = clock.instant(midnight + i64::from(stretch.to.seconds()));
        if start < end {
            match pieces.last_mut() {
                // Day after day without a closing: keep the list short.
                Some(last) if last.1 == start => last.1 = end,
                _ => pieces.push((start, end)),
            }
        }
    }
}

/// The start and end of a date.
pub(crate) fn day(clock: &WallClock, date: NaiveDate) -> (i64, i64) {
    let midnight = midnight(date);
    (clock.instant(midnight), clock.instant(midnight + DAY))
}

/// How boundaries are read by these conventions.
pub(crate) fn reading(conventions: Conventions) -> Reading {
    Reading {
        shift_forward: conventions.gap == GapBoundary::ShiftForward,
        later: conventions.fold == FoldBoundary::Later,
    }
}

/// 00:00 on the wall clock.
pub(crate) fn midnight(date: NaiveDate) -> i64 {
    i64::from(date.to_epoch_days()) * DAY
}

pub(crate) fn date_of(second: i64) -> NaiveDate {
    DateTime::from_timestamp(second, 0).map_or(NaiveDate::MIN, |at| at.date_naive())
}

/// In order, what overlaps or touches joined.
fn joined(mut pieces: Vec<(i64, i64)>) -> Vec<(i64, i64)> {
    pieces.sort_unstable();
    pieces.dedup_by(|next, last| {
        let touches = next.0 <= last.1;
        if touches {
            last.1 = last.1.max(next.1);
        }
        touches
    });
    pieces
}

/// Whether one of the cuts, in order and disjoint, has this instant.
fn is_within(instant: i64, cuts: &[(i64, i64)]) -> bool {
    cuts.get(cuts.partition_point(|cut| cut.1 <= instant)).is_some_and(|cut| cut.0 <= instant)
}

/// The open time less the cuts; both in order and disjoint.
fn without(open: Vec<(i64, i64)>, cuts: &[(i64, i64)]) -> Vec<(i64, i64)> {
    let mut rest = Vec::with_capacity(open.len());
    let mut cuts = cuts;
    for (mut start, end) in open {
        while let [cut, later @ ..] = cuts {
            if cut.0 >= end {
                break;
            }
            if cut.0 > start {
                rest.push((start, cut.0));
            }
            start = start.max(cut.1);
            // A cut that goes on may meet the next stretch too.
            if cut.1 > end {
                break;
            }
            cuts = later;
        }
        if start < end {
            rest.push((start, end));
        }
    }
    rest
}
