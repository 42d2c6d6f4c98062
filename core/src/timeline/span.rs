//! Compiled ranges of time: the near one that nearly all questions fall into, and the far one with all supported years.

use std::hint::select_unpredictable;
use std::ops::RangeInclusive;
use std::sync::OnceLock;

use chrono::{DateTime, Datelike, NaiveDate};

use super::pieces::Pieces;
use super::table::{Search, Table, Ticks};
use super::unit::TimeUnit;
use crate::time::{DAY, FIRST_SECOND, LIMIT_SECOND};

/// The years before and after the first instant asked that the near range covers.
const NEAR_YEARS: i32 = 15;

/// What has been compiled of a schedule. It knows no schedule, so that a schedule can own it: whoever asks brings the
/// way to the pieces from one second until another.
#[derive(Debug, Default)]
pub(crate) struct Compiled {
    near: OnceLock<Span>,
    far: OnceLock<Span>,
}

impl Compiled {
    /// Compiles whole years at once.
    pub(crate) fn years(years: RangeInclusive<i32>, pieces: impl FnOnce(i64, i64) -> Pieces) -> Self {
        let compiled = Self::default();
        compiled.near.get_or_init(|| Span::of_years(*years.start(), *years.end(), pieces));
        compiled
    }

    /// The near range: around `second` when nothing has been asked before.
    #[inline(always)]
    pub(crate) fn near(&self, second: i64, pieces: impl FnOnce(i64, i64) -> Pieces) -> &Span {
        match self.near.get() {
            Some(span) => span,
            None => self.near.get_or_init(|| {
                let second = second.clamp(FIRST_SECOND, LIMIT_SECOND - 1);
                let year = DateTime::from_timestamp(second, 0).map_or(1970, |at| at.year());
                Span::of_years(year - NEAR_YEARS, year + NEAR_YEARS, pieces)
            }),
        }
    }

    /// All supported years.
    #[cold]
    pub(crate) fn far(&self, pieces: impl FnOnce(i64, i64) -> Pieces) -> &Span {
        self.far.get_or_init(|| Span::new(pieces(FIRST_SECOND, LIMIT_SECOND)))
    }

    /// The bytes that are in use.
    pub(crate) fn bytes(&self) -> usize {
        [&self.near, &self.far].into_iter().filter_map(OnceLock::get).map(Span::bytes).sum()
    }
}

/// A compiled range of time.
#[derive(Debug)]
pub(crate) struct Span {
    pub(crate) pieces: Pieces,
    /// Single calls use this one: pieces lie on whole seconds, so the fraction of an instant needs no table.
    pub(crate) seconds: Table,
    milliseconds: OnceLock<Table>,
    microseconds: OnceLock<Table>,
    nanoseconds: OnceLock<Table>,
}

impl Span {
    fn new(pieces: Pieces) -> Self {
        let seconds = Table::new(&pieces, 1);
        Self {
            pieces,
            seconds,
            milliseconds: OnceLock::new(),
            microseconds: OnceLock::new(),
            nanoseconds: OnceLock::new(),
        }
    }

    fn of_years(first: i32, last: i32, pieces: impl FnOnce(i64, i64) -> Pieces) -> Self {
        let from = year_start(first).max(FIRST_SECOND);
        let until = year_start(last.saturating_add(1)).min(LIMIT_SECOND);
        Self::new(pieces(from, until))
    }

    /// The table of a unit, compiled when first asked for.
    pub(crate) fn table(&self, unit: TimeUnit) -> &Table {
        let slot = match unit {
            TimeUnit::Seconds => return &self.seconds,
            TimeUnit::Milliseconds => &self.milliseconds,
            TimeUnit::Microseconds => &self.microseconds,
            TimeUnit::Nanoseconds => &self.nanoseconds,
        };
        slot.get_or_init(|| Table::new(&self.pieces, unit.per_second()))
    }

    fn bytes(&self) -> usize {
        let others = [&self.milliseconds, &self.microseconds, &self.nanoseconds];
        size_of_val(self.pieces.list.as_slice())
            + self.seconds.bytes()
            + others.into_iter().filter_map(OnceLock::get).map(Table::bytes).sum::<usize>()
    }

    /// The open time of the range before an instant.
    #[inline(always)]
    pub(crate) fn open_before(&self, at: At) -> Option<At> {
        let (second, is_open) = match &self.seconds {
            Table::One(table) => table.state(at.second)?,
            Table::Two(table) => table.state(at.second)?,
            Table::Four(table) => table.state(at.second)?,
            Table::Dense => return self.search_open_before(at),
        };
        // In closed time the fraction of the second is closed too.
        Some(At { second, nanosecond: select_unpredictable(is_open, at.nanosecond, 0) })
    }

    /// The same by a search in the pieces, to the very end of the range.
    pub(crate) fn search_open_before(&self, at: At) -> Option<At> {
        let (second, is_open) = Search::new(&self.pieces, 1).state(at.second)?;
        Some(At { second, nanosecond: if is_open { at.nanosecond } else { 0 } })
    }

    /// The last instant with this much open time before it. The pieces lie on whole seconds, so a fraction stays.
    #[inline(always)]
    pub(crate) fn after_open(&self, open: At) -> Option<At> {
        let second = match &self.seconds {
            Table::One(table) => table.nth_tick(open.second),
            Table::Two(table) => table.nth_tick(open.second),
            Table::Four(table) => table.nth_tick(open.second),
            Table::Dense => Search::new(&self.pieces, 1).nth_tick(open.second),
        }?;
        Some(At { second, ..open })
    }

    /// Whether it is open at an instant.
    #[inline]
    pub(crate) fn is_open(&self, second: i64) -> Option<bool> {
        match &self.seconds {
            Table::One(table) => table.is_open(second),
            Table::Two(table) => table.is_open(second),
            Table::Four(table) => table.is_open(second),
            Table::Dense => Search::new(&self.pieces, 1).is_open(second),
        }
    }
}

pub(crate) const NANOSECONDS: i64 = 1_000_000_000;

/// An instant as the tables see it, or an amount of open time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct At {
    /// Seconds since the Unix epoch (of an amount: seconds), rounded down.
    pub(crate) second: i64,
    /// Nanoseconds after that second.
    pub(crate) nanosecond: i64,
}

fn year_start(year: i32) -> i64 {
    NaiveDate::from_ymd_opt(year, 1, 1).map_or(0, |date| i64::from(date.to_epoch_days()) * DAY)
}
