//! The open pieces of a range of time: the truth that every table is made from, and the exact search in it.

/// Open pieces in whole seconds since the Unix epoch, sorted, disjoint and never touching.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pieces {
    /// The range that the pieces describe, half open.
    pub(crate) from: i64,
    pub(crate) until: i64,
    pub(crate) list: Vec<Piece>,
    /// All open seconds.
    pub(crate) total: i64,
}

/// One open piece, half open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) start: i64,
    pub(crate) end: i64,
    /// The open seconds of the range before this piece.
    pub(crate) before: i64,
}

impl Piece {
    /// The open seconds up to the end of this piece.
    pub(crate) fn through(&self) -> i64 {
        self.before + (self.end - self.start)
    }
}

impl Pieces {
    /// Makes order: what lies outside `[from, until)` goes, what overlaps or touches is joined.
    pub(crate) fn new(from: i64, until: i64, mut stretches: Vec<(i64, i64)>) -> Self {
        if !stretches.is_sorted() {
            stretches.sort_unstable();
        }
        let mut list: Vec<Piece> = Vec::with_capacity(stretches.len());
        for (start, end) in stretches {
            let (start, end) = (start.max(from), end.min(until));
            match list.last_mut() {
                _ if start >= end => {}
                // What touches is joined: midnight between two open days is no closing.
                Some(last) if start <= last.end => last.end = last.end.max(end),
                _ => list.push(Piece { start, end, before: 0 }),
            }
        }
        let mut total = 0;
        for piece in &mut list {
            piece.before = total;
            total = piece.through();
        }
        list.shrink_to_fit();
        Self { from, until, list, total }
    }

    /// The index of the first piece that ends after `second`.
    pub(crate) fn first_ending_after(&self, second: i64) -> usize {
        self.list.partition_point(|piece| piece.end <= second)
    }

    /// The open ticks from the start of the range to `tick`, with `scale` ticks in a second.
    pub(crate) fn open_ticks(&self, tick: i64, scale: i64) -> Option<i64> {
        let second = tick.div_euclid(scale);
        if second < self.from || second >= self.until {
            return None;
        }
        let Some(piece) = self.list.get(self.first_ending_after(second)) else {
            return self.total.checked_mul(scale);
        };
        let before = piece.before.checked_mul(scale)?;
        // The products stay within i64: 201 years are 6.4e18 nanoseconds.
        Some(before.wrapping_add(tick.wrapping_sub(piece.start.wrapping_mul(scale)).max(0)))
    }

    /// The start of the open tick with this number, counted from 0 at the start of the range.
    pub(crate) fn nth_tick(&self, number: i64, scale: i64) -> Option<i64> {
        if number < 0 {
            return None;
        }
        let second = number.div_euclid(scale);
        let piece = self.list.get(self.list.partition_point(|piece| piece.through() <= second))?;
        Some(number.wrapping_add((piece.start - piece.before).wrapping_mul(scale)))
    }

    /// Whether the tick lies in a piece.
    pub(crate) fn is_open(&self, tick: i64, scale: i64) -> Option<bool> {
        let second = tick.div_euclid(scale);
        if second < self.from || second >= self.until {
            return None;
        }
        Some(self.list.get(self.first_ending_after(second)).is_some_and(|piece| piece.start <= second))
    }
}
