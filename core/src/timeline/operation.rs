//! What is asked of each row of a column: quickly of one table, and exactly of the engine.

use super::column::NULL;
use super::duration::BusinessDuration;
use super::engine::Engine;
use super::span::{At, NANOSECONDS};
use super::table::Ticks;
use super::unit::TimeUnit;
use crate::error::Result;

/// A question about one row: an instant `a` and, where [`TWO`](Self::TWO) columns come in, a `b`.
///
/// Null rows always miss the tables: [`NULL`] lies outside of every range that fits an i64 in nanoseconds.
pub(crate) trait Operation: Sync {
    type Out: Copy + Send;
    const TWO: bool;
    const NULL_OUT: Self::Out;
    /// The answer of a table; `None` when it is not in there.
    fn quick<T: Ticks>(&self, table: &T, a: i64, b: i64) -> Option<Self::Out>;
    /// The answer of the engine, for rows that no table has.
    fn exact(&self, engine: Engine<'_>, unit: TimeUnit, a: i64, b: i64) -> Result<Self::Out>;
}

/// `between`, with negative results as they are or (`CLIP`) as zero.
pub(crate) struct Between<const CLIP: bool>;

impl<const CLIP: bool> Operation for Between<CLIP> {
    type Out = i64;
    const TWO: bool = true;
    const NULL_OUT: i64 = NULL;

    #[inline(always)]
    fn quick<T: Ticks>(&self, table: &T, a: i64, b: i64) -> Option<i64> {
        let ticks = table.open_ticks(b)?.wrapping_sub(table.open_ticks(a)?);
        Some(if CLIP { ticks.max(0) } else { ticks })
    }

    fn exact(&self, engine: Engine<'_>, unit: TimeUnit, a: i64, b: i64) -> Result<i64> {
        let business = engine.between(unit.at(a), unit.at(b))?;
        Ok(unit.ticks(business).unwrap_or(NULL))
    }
}

/// Whether `b` is not after `add` of one budget, which leaves the start or goes to the next opening.
///
/// `add` gives the first or the last instant with so much open time before it. Not after the last: `b` has at most so
/// much before it. Not after the first: the tick before `b` has less.
pub(crate) struct Within {
    pub(crate) budget: BusinessDuration,
    /// How many ticks before `b` to look: 1 where `add` gives the first of those instants.
    pub(crate) back: i64,
    /// The open ticks from `a` to there that are in time.
    pub(crate) most: i64,
}

impl Operation for Within {
    type Out = bool;
    const TWO: bool = true;
    const NULL_OUT: bool = false;

    #[inline(always)]
    fn quick<T: Ticks>(&self, table: &T, a: i64, b: i64) -> Option<bool> {
        let ticks = table.open_ticks_back(b, self.back)?.wrapping_sub(table.open_ticks(a)?);
        Some(ticks <= self.most)
    }

    fn exact(&self, engine: Engine<'_>, unit: TimeUnit, a: i64, b: i64) -> Result<bool> {
        engine.within(unit.at(a), unit.at(b), self.budget)
    }
}

/// Whether `b` is not after `a`: within a budget of zero that leaves the start unchanged.
pub(crate) struct NotAfter;

impl Operation for NotAfter {
    type Out = bool;
    const TWO: bool = true;
    const NULL_OUT: bool = false;

    #[inline(always)]
    fn quick<T: Ticks>(&self, table: &T, a: i64, b: i64) -> Option<bool> {
        table.is_open(a)?;
        table.is_open(b)?;
        Some(b <= a)
    }

    fn exact(&self, engine: Engine<'_>, unit: TimeUnit, a: i64, b: i64) -> Result<bool> {
        engine.within(unit.at(a), unit.at(b), BusinessDuration::ZERO)
    }
}

/// `add` of one budget, not zero.
pub(crate) struct Move {
    pub(crate) budget: BusinessDuration,
    /// From the open tick of the start to the open tick that decides.
    pub(crate) lead: i64,
    /// From the start of that tick to the answer: 1 when it is the tick's end.
    pub(crate) tail: i64,
}

impl Operation for Move {
    type Out = i64;
    const TWO: bool = false;
    const NULL_OUT: i64 = NULL;

    #[inline(always)]
    fn quick<T: Ticks>(&self, table: &T, a: i64, _: i64) -> Option<i64> {
        let tick = table.nth_tick(table.open_ticks(a)?.wrapping_add(self.lead))?;
        Some(tick.wrapping_add(self.tail))
    }

    fn exact(&self, engine: Engine<'_>, unit: TimeUnit, a: i64, _: i64) -> Result<i64> {
        Ok(unit.tick_of(engine.moved(unit.at(a), self.budget)?))
    }
}

/// `add` (or `BACK`: `sub`) of the budget of each row.
pub(crate) struct MoveEach<const BACK: bool> {
    pub(crate) at_close: bool,
    /// A zero budget gives the next opening, not the start.
    pub(crate) zero_opens: bool,
}

impl<const BACK: bool> Operation for MoveEach<BACK> {
    type Out = i64;
    const TWO: bool = true;
    const NULL_OUT: i64 = NULL;

    #[inline(always)]
    fn quick<T: Ticks>(&self, table: &T, a: i64, b: i64) -> Option<i64> {
        let budget = if BACK { b.wrapping_neg() } else { b };
        let tail = i64::from((budget >= 0) == self.at_close);
        let number = table.open_ticks(a)?.wrapping_add(budget).wrapping_sub(tail);
        let tick = table.nth_tick(number)?.wrapping_add(tail);
        if budget == 0 { (!self.zero_opens).then_some(a) } else { Some(tick) }
    }

    fn exact(&self, engine: Engine<'_>, unit: TimeUnit, a: i64, b: i64) -> Result<i64> {
        let budget = unit.amount(b);
        let budget = if BACK { -budget } else { budget };
        Ok(unit.tick_of(engine.moved(unit.at(a), budget)?))
    }
}

/// `add` of a zero budget: the start, which still has to be a supported instant.
pub(crate) struct Same;

impl Operation for Same {
    type Out = i64;
    const TWO: bool = false;
    const NULL_OUT: i64 = NULL;

    #[inline(always)]
    fn quick<T: Ticks>(&self, table: &T, a: i64, _: i64) -> Option<i64> {
        table.is_open(a).map(|_| a)
    }

    fn exact(&self, _: Engine<'_>, unit: TimeUnit, a: i64, _: i64) -> Result<i64> {
        unit.at(a).supported().map(|_| a)
    }
}

/// `next_open`.
pub(crate) struct NextOpen;

impl Operation for NextOpen {
    type Out = i64;
    const TWO: bool = false;
    const NULL_OUT: i64 = NULL;

    #[inline(always)]
    fn quick<T: Ticks>(&self, table: &T, a: i64, _: i64) -> Option<i64> {
        table.nth_tick(table.open_ticks(a)?)
    }

    fn exact(&self, engine: Engine<'_>, unit: TimeUnit, a: i64, _: i64) -> Result<i64> {
        Ok(unit.tick_of(engine.opening_from(unit.at(a))?))
    }
}

/// `is_open`.
pub(crate) struct IsOpen;

impl Operation for IsOpen {
    type Out = bool;
    const TWO: bool = false;
    const NULL_OUT: bool = false;

    #[inline(always)]
    fn quick<T: Ticks>(&self, table: &T, a: i64, _: i64) -> Option<bool> {
        table.is_open(a)
    }

    fn exact(&self, engine: Engine<'_>, unit: TimeUnit, a: i64, _: i64) -> Result<bool> {
        engine.is_open(unit.at(a))
    }
}

impl TimeUnit {
    /// An instant of a column.
    pub(crate) fn at(self, tick: i64) -> At {
        let scale = self.per_second();
        At { second: tick.div_euclid(scale), nanosecond: tick.rem_euclid(scale) * (NANOSECONDS / scale) }
    }

    /// A supported instant in a column, whole ticks being known.
    pub(crate) fn tick_of(self, at: At) -> i64 {
        let scale = self.per_second();
        at.second.wrapping_mul(scale).wrapping_add(at.nanosecond / (NANOSECONDS / scale))
    }

    /// An amount of a column.
    pub(crate) fn amount(self, ticks: i64) -> BusinessDuration {
        let whole = BusinessDuration::seconds(ticks.div_euclid(self.per_second()));
        whole + BusinessDuration::from_nanoseconds(ticks.rem_euclid(self.per_second()) * self.nanoseconds())
    }

    /// An amount in whole ticks, rounded down; `None` when an i64 cannot hold it.
    pub(crate) fn ticks(self, amount: BusinessDuration) -> Option<i64> {
        i64::try_from(amount.as_nanoseconds().div_euclid(i128::from(self.nanoseconds()))).ok()
    }

    /// The nanoseconds of one tick.
    pub(crate) const fn nanoseconds(self) -> i64 {
        NANOSECONDS / self.per_second()
    }
}
