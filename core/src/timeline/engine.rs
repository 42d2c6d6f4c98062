//! The questions themselves, on instants as the tables see them.

use std::cmp::Ordering;

use chrono::{DateTime, Days, NaiveDateTime, NaiveTime, SecondsFormat, Timelike, Utc};

use super::build::open_pieces;
use super::duration::BusinessDuration;
use super::open_interval::OpenInterval;
use super::pieces::Piece;
use super::span::{At, Compiled, NANOSECONDS, Span};
use crate::error::{KlokuurError, Result};
use crate::schedule::{Backwards, BudgetEnd, Schedule, ZeroBudget};
use crate::time::{DAY, FIRST_SECOND, INSTANTS_IN_WORDS, LIMIT_SECOND, Moment};

/// A schedule and what is compiled of it.
#[derive(Clone, Copy)]
pub(crate) struct Engine<'a> {
    pub(crate) schedule: &'a Schedule,
    pub(crate) compiled: &'a Compiled,
}

impl<'a> Engine<'a> {
    #[inline]
    pub(crate) fn between(self, from: At, to: At) -> Result<BusinessDuration> {
        let nanoseconds = self.open_between(from, to)?;
        // C5: backwards is the exact mirror, so that `between` adds up; zero only by convention.
        if nanoseconds < 0 && self.schedule.conventions().backwards == Backwards::Zero {
            return Ok(BusinessDuration::ZERO);
        }
        Ok(BusinessDuration::from_nanoseconds(nanoseconds))
    }

    /// The open nanoseconds from one instant to another, signed.
    #[inline]
    fn open_between(self, from: At, to: At) -> Result<i64> {
        let near = self.near(from);
        let (before, through) = match (near.open_before(from), near.open_before(to)) {
            (Some(before), Some(through)) => (before, through),
            // Both of one range: open time is counted from where its range begins.
            _ => (self.far_open_before(from)?, self.far_open_before(to)?),
        };
        Ok(through.nanoseconds_since(before))
    }

    /// Whether `to` is not after `add(from, budget)`. Only where exactly the budget has passed, several instants are
    /// meant.
    #[inline]
    pub(crate) fn within(self, from: At, to: At, budget: BusinessDuration) -> Result<bool> {
        match i128::from(self.open_between(from, to)?).cmp(&budget.as_nanoseconds()) {
            Ordering::Less => Ok(true),
            Ordering::Greater => Ok(false),
            Ordering::Equal => match self.moved(from, budget) {
                Ok(due) => Ok(to <= due), // RULES C3
                // Used up outside the supported years: after all instants, or before.
                Err(KlokuurError::NoOpenTimeLeft { .. } | KlokuurError::NeverOpen) => {
                    Ok(!budget.is_negative())
                }
                Err(error) => Err(error),
            },
        }
    }

    #[inline]
    pub(crate) fn is_open(self, at: At) -> Result<bool> {
        match self.near(at).is_open(at.second) {
            Some(open) => Ok(open),
            None => self.far().pieces.is_open(at.second, 1).ok_or_else(|| at.out_of_range()),
        }
    }

    pub(crate) fn next_close(self, at: At) -> Result<Option<At>> {
        let second = at.supported()?.second;
        let close = |span: &Span| {
            if second < span.pieces.from {
                return None;
            }
            let piece = span.pieces.list.get(span.pieces.first_ending_after(second))?;
            // A piece that ends with the range may go on after it.
            (piece.end < span.pieces.until).then_some(piece.end)
        };
        Ok(close(self.near(at)).or_else(|| close(self.far())).map(At::second))
    }

    pub(crate) fn intervals(self, from: At, to: At) -> Result<Vec<OpenInterval>> {
        let (from, to) = (from.supported()?, to.supported()?);
        let zone = self.schedule.zone();
        let clipped = self.pieces_between(from, to).iter().map(|piece| OpenInterval {
            start: At::second(piece.start).max(from).to_utc().with_timezone(&zone),
            end: At::second(piece.end).min(to).to_utc().with_timezone(&zone),
        });
        Ok(clipped.filter(|interval| interval.start < interval.end).collect())
    }

    /// The pieces that share time with `[from, to)`, whole seconds around it.
    pub(crate) fn pieces_between(self, from: At, to: At) -> &'a [Piece] {
        let near = &self.near(from).pieces;
        // A piece is cut where its range ends, so all of it has to lie within.
        let inside = near.from <= from.second && to.second < near.until;
        let pieces = if inside { near } else { &self.far().pieces };
        let first = pieces.first_ending_after(from.second);
        let after = pieces.list.partition_point(|piece| At::second(piece.start) < to);
        pieces.list.get(first..after).unwrap_or_default()
    }

    #[inline(always)]
    pub(crate) fn near(self, at: At) -> &'a Span {
        self.compiled.near(at.second, |from, until| open_pieces(self.schedule, from, until))
    }

    #[cold]
    pub(crate) fn far(self) -> &'a Span {
        self.compiled.far(|from, until| open_pieces(self.schedule, from, until))
    }

    /// The open time before an instant, of all supported time.
    #[cold]
    fn far_open_before(self, at: At) -> Result<At> {
        let far = self.far();
        // The table leaves out the last hours of the last year; the search has them.
        far.open_before(at).or_else(|| far.search_open_before(at)).ok_or_else(|| at.out_of_range())
    }

    /// `add` of a signed budget.
    #[inline(always)]
    pub(crate) fn moved(self, start: At, budget: BusinessDuration) -> Result<At> {
        // C5: no time to use: the start as it is, also in closed time, unless the convention rolls it on.
        if budget.is_zero() {
            return match self.schedule.conventions().zero_budget {
                ZeroBudget::Start => start.supported(),
                ZeroBudget::NextOpen => self.opening_from(start),
            };
        }
        let at_close = self.schedule.conventions().budget_end == BudgetEnd::AtClose;
        let step = Step::new(budget, at_close);
        let near = self.near(start);
        let found = near.open_before(start).and_then(|open| step.from(open, |open| near.after_open(open)));
        match found {
            Some(at) => Ok(at),
            None => self.far_moved(start, step),
        }
    }

    #[cold]
    fn far_moved(self, start: At, step: Step) -> Result<At> {
        let open = self.far_open_before(start)?;
        let pieces = &self.far().pieces;
        let exact = |open: At| Some(At { second: pieces.nth_tick(open.second, 1)?, ..open });
        match step.from(open, exact) {
            // An end of the supported time is not a closing: the budget may not be used up there.
            Some(at) if at.second < LIMIT_SECOND => Ok(at),
            // C7: beyond the supported years there is an error, never a shortened answer.
            _ => Err(no_open_time(pieces.total, start, step.forward)),
        }
    }

    #[inline]
    pub(crate) fn opening_from(self, at: At) -> Result<At> {
        let near = self.near(at);
        match near.open_before(at).and_then(|open| near.after_open(open)) {
            Some(at) => Ok(at),
            None => self.far_opening_from(at),
        }
    }

    #[cold]
    fn far_opening_from(self, at: At) -> Result<At> {
        let pieces = &self.far().pieces;
        let at = at.supported()?;
        match pieces.list.get(pieces.first_ending_after(at.second)) {
            Some(piece) => Ok(At::second(piece.start).max(at)),
            None => Err(no_open_time(pieces.total, at, true)),
        }
    }
}

/// A step over open time, by the convention for its end.
#[derive(Debug, Clone, Copy)]
struct Step {
    /// `None` when it is longer than an i64 of nanoseconds can say, and so than the supported years.
    nanoseconds: Option<i64>,
    forward: bool,
    /// The step ends at the end of its last open tick; otherwise at the start of the tick after.
    ends_closed: bool,
}

impl Step {
    #[inline(always)]
    fn new(budget: BusinessDuration, at_close: bool) -> Self {
        let forward = !budget.is_negative();
        let nanoseconds = i64::try_from(budget.as_nanoseconds()).ok();
        // C3: forward, a budget ends by the convention; `sub` is its mirror and takes the other side.
        Self { nanoseconds, forward, ends_closed: forward == at_close }
    }

    #[inline(always)]
    fn from(self, open: At, after: impl Fn(At) -> Option<At>) -> Option<At> {
        // The end of the last tick of the budget is one tick after its start: so due at closing is Friday 24:00 (C3)
        // and not Monday 00:00, with one search and no case of its own.
        let tail = i64::from(self.ends_closed);
        let step = self.nanoseconds?.checked_sub(tail)?;
        // In parts, so that no division waits for the table.
        let (seconds, nanoseconds) = (step.div_euclid(NANOSECONDS), step.rem_euclid(NANOSECONDS));
        let open = At { second: open.second + seconds, nanosecond: open.nanosecond + nanoseconds }.carried();
        let at = after(open)?;
        Some(At { nanosecond: at.nanosecond + tail, ..at }.carried())
    }
}

impl At {
    #[inline(always)]
    pub(crate) fn of(instant: &impl Moment) -> Self {
        let instant = instant.utc();
        // A leap second counts on: 23:59:60 is the second after 23:59:59.
        let nanoseconds = i64::from(instant.timestamp_subsec_nanos());
        let (carry, nanosecond) =
            if nanoseconds < NANOSECONDS { (0, nanoseconds) } else { (1, nanoseconds - NANOSECONDS) };
        Self { second: instant.timestamp() + carry, nanosecond }
    }

    pub(crate) fn second(second: i64) -> Self {
        Self { second, nanosecond: 0 }
    }

    /// Only for instants near the supported ones; others give the epoch, and are never made.
    #[inline]
    pub(crate) fn to_utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.second, self.nanosecond as u32).unwrap_or_default()
    }

    /// The instant in the zone of `start`, where that is `from`.
    ///
    /// By way of the days between: chrono moves a date within a year quicker than it makes one.
    #[inline(always)]
    pub(crate) fn in_zone_of<M: Moment>(self, start: &M, from: Self) -> M {
        let utc = start.utc().naive_utc();
        let second_of_day = i64::from(utc.time().num_seconds_from_midnight());
        // Far more days than are supported, to divide without a sign, which is quicker.
        let seconds = second_of_day + (self.second - from.second) + BIAS_DAYS * DAY;
        let moved = u64::try_from(seconds).ok().and_then(|seconds| {
            let days = (seconds / DAY as u64) as i64 - BIAS_DAYS;
            let date = match u64::try_from(days) {
                Ok(days) => utc.date().checked_add_days(Days::new(days)),
                Err(_) => utc.date().checked_sub_days(Days::new(days.unsigned_abs())),
            };
            let second = (seconds % DAY as u64) as u32;
            let time = NaiveTime::from_num_seconds_from_midnight_opt(second, self.nanosecond as u32)?;
            Some(NaiveDateTime::new(date?, time).and_utc())
        });
        // Within a leap second the second of the day is not the one that counts.
        match moved {
            Some(moved) if utc.and_utc().timestamp_subsec_nanos() < NANOSECONDS as u32 => start.like(moved),
            _ => start.like(self.to_utc()),
        }
    }

    /// With the nanoseconds, less than two seconds of them, within the second.
    #[inline(always)]
    fn carried(self) -> Self {
        let carry = i64::from(self.nanosecond >= NANOSECONDS);
        Self { second: self.second + carry, nanosecond: self.nanosecond - NANOSECONDS * carry }
    }

    /// The nanoseconds from another amount of open time to this one.
    #[inline]
    fn nanoseconds_since(self, other: Self) -> i64 {
        (self.second - other.second)
            .wrapping_mul(NANOSECONDS)
            .wrapping_add(self.nanosecond - other.nanosecond)
    }

    #[inline]
    pub(crate) fn supported(self) -> Result<Self> {
        if self.is_supported() { Ok(self) } else { Err(self.out_of_range()) }
    }

    #[inline]
    pub(crate) fn is_supported(self) -> bool {
        (FIRST_SECOND..LIMIT_SECOND).contains(&self.second)
    }

    #[cold]
    pub(crate) fn out_of_range(self) -> KlokuurError {
        KlokuurError::OutOfRange {
            what: "instant",
            given: self.to_text(),
            accepted: INSTANTS_IN_WORDS.into(),
        }
    }

    pub(crate) fn to_text(self) -> String {
        match DateTime::from_timestamp(self.second, 0) {
            Some(_) => self.to_utc().to_rfc3339_opts(SecondsFormat::AutoSi, true),
            None => format!("{} seconds since 1970", self.second),
        }
    }
}

/// More days than there are between any two supported instants.
const BIAS_DAYS: i64 = 100_000;

/// Why a search for open time ended without an answer.
#[cold]
pub(crate) fn no_open_time(total: i64, from: At, forward: bool) -> KlokuurError {
    if total == 0 {
        return KlokuurError::NeverOpen;
    }
    KlokuurError::NoOpenTimeLeft { direction: if forward { "after" } else { "before" }, from: from.to_text() }
}
