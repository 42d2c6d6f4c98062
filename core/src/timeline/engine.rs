//! The questions themselves, on instants as the tables see them.

use chrono::{DateTime, SecondsFormat, TimeDelta, TimeZone, Utc};

use super::duration::BusinessDuration;
use super::pieces::Piece;
use super::query::OpenInterval;
use super::span::{At, Compiled, NANOSECONDS, Span};
use super::{FIRST_SECOND, LIMIT_SECOND};
use crate::error::{KlokuurError, Result};
use crate::schedule::{Backwards, BudgetEnd, Schedule, ZeroBudget};

/// A schedule and what is compiled of it.
#[derive(Clone, Copy)]
pub(crate) struct Engine<'a> {
    pub(crate) schedule: &'a Schedule,
    pub(crate) compiled: &'a Compiled,
}

impl<'a> Engine<'a> {
    #[inline]
    pub(crate) fn between(self, from: At, to: At) -> Result<BusinessDuration> {
        let near = self.near(from);
        let nanoseconds = match (near.open_before(from), near.open_before(to)) {
            (Some(before), Some(through)) => through.wrapping_sub(before),
            _ => self.far_open_before(to)?.wrapping_sub(self.far_open_before(from)?),
        };
        if nanoseconds < 0 && self.schedule.conventions().backwards == Backwards::Zero {
            return Ok(BusinessDuration::ZERO);
        }
        Ok(BusinessDuration::from_nanoseconds(nanoseconds))
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
        let inside = near.from <= from.second && to.second < near.until;
        let pieces = if inside { near } else { &self.far().pieces };
        let first = pieces.first_ending_after(from.second);
        let after = pieces.list.partition_point(|piece| At::second(piece.start) < to);
        pieces.list.get(first..after).unwrap_or_default()
    }

    #[inline]
    pub(crate) fn near(self, at: At) -> &'a Span {
        self.compiled.near(self.schedule, at.second)
    }

    #[cold]
    pub(crate) fn far(self) -> &'a Span {
        self.compiled.far(self.schedule)
    }

    /// The open nanoseconds of all supported time before an instant.
    #[cold]
    pub(crate) fn far_open_before(self, at: At) -> Result<i64> {
        let far = self.far();
        // The table leaves out the last hours of the last year; the search has them.
        let exact = || far.pieces.open_ticks(at.total_nanoseconds()?, NANOSECONDS);
        far.open_before(at).or_else(exact).ok_or_else(|| at.out_of_range())
    }

    /// `add` of a signed budget.
    #[inline]
    pub(crate) fn moved(self, start: At, budget: BusinessDuration) -> Result<At> {
        if budget.is_zero() {
            return match self.schedule.conventions().zero_budget {
                ZeroBudget::Start => start.supported(),
                ZeroBudget::NextOpen => self.opening_from(start),
            };
        }
        let at_close = self.schedule.conventions().budget_end == BudgetEnd::AtClose;
        let step = Step::new(budget, at_close);
        let near = self.near(start);
        let found =
            near.open_before(start).and_then(|open| step.from(open, |number| near.nth_nanosecond(number)));
        match found {
            Some(at) => Ok(at),
            None => self.far_moved(start, step),
        }
    }

    #[cold]
    fn far_moved(self, start: At, step: Step) -> Result<At> {
        let open = self.far_open_before(start)?;
        let pieces = &self.far().pieces;
        let exact = |number| {
            let total = pieces.nth_tick(number, NANOSECONDS)?;
            Some(At { second: total.div_euclid(NANOSECONDS), nanosecond: total.rem_euclid(NANOSECONDS) })
        };
        match step.from(open, exact) {
            // An end of the supported time is not a closing: the budget may not be used up there.
            Some(at) if at.second < LIMIT_SECOND => Ok(at),
            _ => Err(no_open_time(pieces.total, start, step.forward)),
        }
    }

    #[inline]
    pub(crate) fn opening_from(self, at: At) -> Result<At> {
        let near = self.near(at);
        match near.open_before(at).and_then(|open| near.nth_nanosecond(open)) {
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
    nanoseconds: i128,
    forward: bool,
    /// The step ends at the end of its last open tick; otherwise at the start of the tick after.
    ends_closed: bool,
}

impl Step {
    #[inline]
    fn new(budget: BusinessDuration, at_close: bool) -> Self {
        let forward = !budget.is_negative();
        Self { nanoseconds: budget.as_nanoseconds(), forward, ends_closed: forward == at_close }
    }

    #[inline]
    fn from(self, open: i64, nth: impl Fn(i64) -> Option<At>) -> Option<At> {
        let target = open.checked_add(i64::try_from(self.nanoseconds).ok()?)?;
        if self.ends_closed { nth(target.checked_sub(1)?).map(At::next) } else { nth(target) }
    }
}

impl At {
    #[inline]
    pub(crate) fn of<Z: TimeZone>(instant: &DateTime<Z>) -> Self {
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

    /// The instant in the zone of `start`, by way of the distance: within a year chrono adds quicker than it builds.
    #[inline]
    pub(crate) fn in_zone_of<Z: TimeZone>(self, start: &DateTime<Z>) -> DateTime<Z> {
        let from = Self::of(start);
        let (mut seconds, mut nanoseconds) = (self.second - from.second, self.nanosecond - from.nanosecond);
        if nanoseconds < 0 {
            (seconds, nanoseconds) = (seconds - 1, nanoseconds + NANOSECONDS);
        }
        // Not from within a leap second, where chrono's sums have rules of their own.
        let leaping = start.timestamp_subsec_nanos() >= NANOSECONDS as u32;
        match TimeDelta::new(seconds, nanoseconds as u32) {
            Some(distance) if !leaping => start.clone().checked_add_signed(distance),
            _ => None,
        }
        .unwrap_or_else(|| self.to_utc().with_timezone(&start.timezone()))
    }

    #[inline]
    fn next(self) -> Self {
        match self.nanosecond + 1 {
            NANOSECONDS => Self::second(self.second + 1),
            nanosecond => Self { nanosecond, ..self },
        }
    }

    fn total_nanoseconds(self) -> Option<i64> {
        self.second.checked_mul(NANOSECONDS)?.checked_add(self.nanosecond)
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
        KlokuurError::OutOfRange { what: "instant", given: self.to_text(), accepted: SUPPORTED.into() }
    }

    pub(crate) fn to_text(self) -> String {
        match DateTime::from_timestamp(self.second, 0) {
            Some(_) => self.to_utc().to_rfc3339_opts(SecondsFormat::AutoSi, true),
            None => format!("{} seconds since 1970", self.second),
        }
    }
}

/// The supported instants in words.
pub(crate) const SUPPORTED: &str = "1900-01-01T00:00:00Z up to, not including, 2101-01-01T00:00:00Z";

/// Why a search for open time ended without an answer.
#[cold]
pub(crate) fn no_open_time(total: i64, from: At, forward: bool) -> KlokuurError {
    if total == 0 {
        return KlokuurError::NeverOpen;
    }
    KlokuurError::NoOpenTimeLeft { direction: if forward { "after" } else { "before" }, from: from.to_text() }
}
