//! Bucket tables: from time to open time and back in constant time, without a search and without a division.
//!
//! A bucket is a power of two of ticks, short enough that at most `N` pieces (forward) or jumps (back) meet it. With
//! the usual hours `N` is 1 and a bucket half a day. A tick is a second, a millisecond, a microsecond or a nanosecond:
//! each unit has its own buckets, so that a column of any unit is answered in that unit.
//!
//! Both directions share one definition: `open_ticks(t)` is the number of open ticks before `t`, and `nth_tick(n)` the
//! start of the open tick with number `n`. All the rest is built on these two.

use std::hint::select_unpredictable;

use super::pieces::{Piece, Pieces};

/// Answers in ticks; `None` is "not here": outside the table, to be asked elsewhere.
pub(crate) trait Ticks: Sync {
    /// The number of open ticks before this one.
    fn open_ticks(&self, tick: i64) -> Option<i64>;
    /// The same of the tick `back` ticks earlier, where this tick itself is in here too.
    #[inline(always)]
    fn open_ticks_back(&self, tick: i64, back: i64) -> Option<i64> {
        self.open_ticks(tick.wrapping_sub(back))
    }
    /// The start of the open tick with this number.
    fn nth_tick(&self, number: i64) -> Option<i64>;
    /// Whether this tick is open.
    fn is_open(&self, tick: i64) -> Option<bool>;
    /// The number of open ticks before this one, and whether it is open itself.
    #[inline(always)]
    fn state(&self, tick: i64) -> Option<(i64, bool)> {
        Some((self.open_ticks(tick)?, self.is_open(tick)?))
    }
}

/// Bucket tables of one range in one unit.
#[derive(Debug)]
pub(crate) struct Buckets<const N: usize> {
    /// The first tick of the range.
    origin: i64,
    /// Two to this power is the length of a bucket of time in ticks.
    time_shift: u32,
    time: Vec<TimeBucket<N>>,
    /// Two to this power is the length of a bucket of open time in ticks.
    open_shift: u32,
    open: Vec<OpenBucket<N>>,
}

/// All ticks are relative to the table's origin.
#[derive(Debug, Clone, Copy)]
struct TimeBucket<const N: usize> {
    /// The open ticks before the first piece that ends after the bucket's start, less the starts of the bucket's pieces.
    base: i64,
    /// Start and end of the pieces that meet the bucket; unused ones are empty.
    pieces: [(i64, i64); N],
}

#[derive(Debug, Clone, Copy)]
struct OpenBucket<const N: usize> {
    /// The closed ticks before the bucket's first open tick.
    base: i64,
    /// From which open tick on how many more closed ticks lie before.
    jumps: [(i64, i64); N],
}

// Wrapping on purpose, here and in the bulk loops: ticks that are in a table lie within 201 years, which fit an i64
// even in nanoseconds, and ticks that are not (null among them) must fall outside the index instead of stopping the
// program.
impl<const N: usize> Ticks for Buckets<N> {
    #[inline(always)]
    fn open_ticks(&self, tick: i64) -> Option<i64> {
        let at = tick.wrapping_sub(self.origin);
        let bucket = self.time.get((at as u64 >> self.time_shift) as usize)?;
        let mut open = bucket.base;
        for &(start, end) in &bucket.pieces {
            // A piece before the tick adds its end, one after it its start, and `base` has taken all starts away:
            // what is left is what each piece has open before the tick, without a branch.
            open = open.wrapping_add(at.max(start).min(end));
        }
        Some(open)
    }

    #[inline(always)]
    fn nth_tick(&self, number: i64) -> Option<i64> {
        let bucket = self.open.get((number as u64 >> self.open_shift) as usize)?;
        let mut tick = bucket.base.wrapping_add(number);
        for &(threshold, jump) in &bucket.jumps {
            // Random rows make a branch here cost more than all the rest.
            tick = tick.wrapping_add(select_unpredictable(number >= threshold, jump, 0));
        }
        Some(tick.wrapping_add(self.origin))
    }

    #[inline(always)]
    fn is_open(&self, tick: i64) -> Option<bool> {
        let at = tick.wrapping_sub(self.origin);
        let bucket = self.time.get((at as u64 >> self.time_shift) as usize)?;
        let mut open = false;
        for &(start, end) in &bucket.pieces {
            open |= (start <= at) & (at < end);
        }
        Some(open)
    }
}

impl<const N: usize> Buckets<N> {
    fn new(pieces: &Pieces, scale: i64, plan: Plan) -> Self {
        let origin = pieces.from.wrapping_mul(scale);
        let relative = |second: i64| (second - pieces.from).wrapping_mul(scale);
        let mut time = Vec::new();
        let mut first = 0;
        // The last bucket is left out, partial or not: the table must not speak about what lies after its range, nor
        // know the tick before that.
        let whole = |ticks: i64, shift: u32| (ticks as u64 >> shift) as usize;
        let count = whole(relative(pieces.until).saturating_sub(1).max(0), plan.time_shift);
        time.reserve_exact(count);
        for index in 0..count {
            let start = (index as i64) << plan.time_shift;
            let end = start.wrapping_add(1 << plan.time_shift);
            while pieces.list.get(first).is_some_and(|p| relative(p.end) <= start) {
                first += 1;
            }
            let rest = pieces.list.get(first..).unwrap_or_default();
            let before = rest.first().map_or(pieces.total, |p| p.before).wrapping_mul(scale);
            let mut bucket = TimeBucket { base: before, pieces: [(0, 0); N] };
            let meeting = rest.iter().take_while(|p| relative(p.start) < end);
            for (slot, piece) in bucket.pieces.iter_mut().zip(meeting) {
                *slot = (relative(piece.start), relative(piece.end));
                // Here once, so that no row has to.
                bucket.base = bucket.base.wrapping_sub(slot.0);
            }
            time.push(bucket);
        }
        let mut open = Vec::new();
        // Without the last open tick: what ends with it may end with the range, and is no closing.
        let count = whole(pieces.total.wrapping_mul(scale).saturating_sub(1).max(0), plan.open_shift);
        open.reserve_exact(count);
        let mut first = 0;
        for index in 0..count {
            let start = (index as i64) << plan.open_shift;
            let end = start.wrapping_add(1 << plan.open_shift);
            // The piece of the bucket's first open tick.
            while pieces.list.get(first).is_some_and(|p| p.through().wrapping_mul(scale) <= start) {
                first += 1;
            }
            let rest = pieces.list.get(first..).unwrap_or_default();
            let base = rest.first().map_or(0, |p| relative(p.start - p.before));
            let mut bucket = OpenBucket { base, jumps: [(i64::MAX, 0); N] };
            let jumps = rest.windows(2).filter_map(|pair| match pair {
                [here, next] => {
                    Some((next.before.wrapping_mul(scale), (next.start - here.end).wrapping_mul(scale)))
                }
                _ => None,
            });
            for (slot, jump) in bucket.jumps.iter_mut().zip(jumps.take_while(|jump| jump.0 < end)) {
                *slot = jump;
            }
            open.push(bucket);
        }
        Self { origin, time_shift: plan.time_shift, time, open_shift: plan.open_shift, open }
    }

    fn bytes(&self) -> usize {
        self.time.len() * size_of::<TimeBucket<N>>() + self.open.len() * size_of::<OpenBucket<N>>()
    }
}

/// The sizes of the buckets.
#[derive(Debug, Clone, Copy)]
struct Plan {
    time_shift: u32,
    open_shift: u32,
}

/// The longest bucket: larger ones save nothing that matters, and too few of them waste the last, partial one.
const LONGEST_BUCKET: i64 = 1 << 16;

/// What a table may take per year that it covers before one with more pieces per bucket is preferred.
const COMFORTABLE_BYTES_PER_YEAR: u64 = 80_000;

/// What a table may take at all per year that it covers.
const MOST_BYTES_PER_YEAR: u64 = 600_000;

const SECONDS_PER_YEAR: u64 = 31_556_952;

impl Plan {
    /// The largest buckets that meet at most `N` pieces, and what they cost in bytes per year.
    fn of<const N: usize>(pieces: &Pieces, scale: i64) -> (Self, u64) {
        let gap = |pair: (&Piece, &Piece)| pair.1.start - pair.0.end;
        // A bucket meets more than N pieces only if it holds all from the end of one to the start of the N-th after
        // it: no bucket as short as the least such distance does.
        let apart = pieces.list.iter().zip(pieces.list.iter().skip(N)).map(gap).min();
        let through = |pair: (&Piece, &Piece)| pair.1.through() - pair.0.through();
        let open_apart = pieces.list.iter().zip(pieces.list.iter().skip(N)).map(through).min();
        let shift = |seconds: Option<i64>| {
            let ticks = seconds.unwrap_or(LONGEST_BUCKET).clamp(1, LONGEST_BUCKET).saturating_mul(scale);
            // Rounded down to a power of two: a shift finds the bucket, and a shorter bucket is right too.
            ticks.ilog2()
        };
        let plan = Self { time_shift: shift(apart), open_shift: shift(open_apart) };
        let range = (pieces.until - pieces.from).unsigned_abs().max(1);
        let year = SECONDS_PER_YEAR.saturating_mul(scale.unsigned_abs());
        let open_year = u128::from(year) * u128::from(pieces.total.unsigned_abs()) / u128::from(range);
        let buckets = (year >> plan.time_shift).saturating_add(open_year as u64 >> plan.open_shift);
        (plan, buckets.saturating_mul(size_of::<TimeBucket<N>>() as u64))
    }
}

/// A search in the pieces: for schedules of so many short pieces that a table would be too large.
#[derive(Debug)]
pub(crate) struct Search<'a> {
    pieces: &'a Pieces,
    scale: i64,
}

impl<'a> Search<'a> {
    pub(crate) fn new(pieces: &'a Pieces, scale: i64) -> Self {
        Self { pieces, scale }
    }
}

impl Ticks for Search<'_> {
    fn open_ticks(&self, tick: i64) -> Option<i64> {
        self.pieces.open_ticks(tick, self.scale)
    }
    fn open_ticks_back(&self, tick: i64, back: i64) -> Option<i64> {
        self.is_open(tick)?;
        self.open_ticks(tick.wrapping_sub(back))
    }
    fn nth_tick(&self, number: i64) -> Option<i64> {
        // Not the last of the range, as in a table: its end may be the end of the supported time, which is no closing.
        let last = self.pieces.total.wrapping_mul(self.scale).wrapping_sub(1);
        if number >= last { None } else { self.pieces.nth_tick(number, self.scale) }
    }
    fn is_open(&self, tick: i64) -> Option<bool> {
        self.pieces.is_open(tick, self.scale)
    }
}

/// The table of one range in one unit, of the shape that fits the schedule.
#[derive(Debug)]
pub(crate) enum Table {
    One(Buckets<1>),
    Two(Buckets<2>),
    Four(Buckets<4>),
    /// None: search the pieces.
    Dense,
}

impl Table {
    /// Compiles the table of `pieces` with `scale` ticks in a second.
    pub(crate) fn new(pieces: &Pieces, scale: i64) -> Self {
        let ((one, one_bytes), (two, two_bytes), (four, four_bytes)) =
            (Plan::of::<1>(pieces, scale), Plan::of::<2>(pieces, scale), Plan::of::<4>(pieces, scale));
        // One piece a bucket is the quickest to ask; lunch hours and the like pay for larger buckets with more
        // pieces.
        if one_bytes <= COMFORTABLE_BYTES_PER_YEAR {
            Self::One(Buckets::new(pieces, scale, one))
        } else if two_bytes <= COMFORTABLE_BYTES_PER_YEAR {
            Self::Two(Buckets::new(pieces, scale, two))
        } else if four_bytes <= MOST_BYTES_PER_YEAR {
            Self::Four(Buckets::new(pieces, scale, four))
        } else {
            Self::Dense
        }
    }

    /// The memory that the table takes.
    pub(crate) fn bytes(&self) -> usize {
        match self {
            Self::One(buckets) => buckets.bytes(),
            Self::Two(buckets) => buckets.bytes(),
            Self::Four(buckets) => buckets.bytes(),
            Self::Dense => 0,
        }
    }
}
