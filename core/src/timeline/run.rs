//! The loop over the rows of a column: fast where a table has the answer, careful where it has not.

use super::column::{Column, NULL};
use super::engine::Engine;
use super::operation::Operation;
use super::span::Span;
use super::table::{Search, Table, Ticks};
use super::unit::TimeUnit;
use crate::error::{KlokuurError, Result};

/// Rows that share one "not all in the table" flag: few enough that doing them again costs little.
const BLOCK: usize = 1024;

/// Rows that one core takes at a time.
const CHUNK: usize = 64 * BLOCK;

/// A question about all rows of a column.
pub(crate) struct Job<'a, O> {
    pub(crate) operation: &'a O,
    pub(crate) engine: Engine<'a>,
    pub(crate) unit: TimeUnit,
    pub(crate) a: Column<'a>,
    pub(crate) b: Column<'a>,
}

/// Fills `out`, as long as the columns; the error is that of the first refused row.
pub(crate) fn run<O: Operation>(job: &Job<'_, O>, out: &mut [O::Out], parallel: bool) -> Result<()> {
    let Some(near) = job.near() else {
        // Nothing but nulls and unsupported instants.
        return job.careful(None, 0, out).map(|_| ());
    };
    // Compiled before the rows are shared out.
    near.table(job.unit);
    #[cfg(feature = "parallel")]
    if parallel {
        use rayon::prelude::*;
        let chunks = out.par_chunks_mut(CHUNK).enumerate();
        let errors = chunks.filter_map(|(index, part)| job.chunk(near, index * CHUNK, part).err());
        // Not whichever was found first: the error is that of the first row, on any number of threads.
        return errors.find_first(|_| true).map_or(Ok(()), Err);
    }
    let _ = parallel;
    out.chunks_mut(CHUNK).enumerate().try_for_each(|(index, part)| job.chunk(near, index * CHUNK, part))
}

/// How a stretch of rows ended: all done, or so many rows were far away that the far table should go first.
enum Done {
    All,
    Far(usize),
}

impl<O: Operation> Job<'_, O> {
    /// The near range, around the first supported instant when nothing has been compiled.
    fn near(&self) -> Option<&Span> {
        let supported = |row: usize| Some(self.unit.at(self.a.get(row)?)).filter(|at| at.is_supported());
        let first = (0..self.a.len()).find_map(supported)?;
        Some(self.engine.near(first))
    }

    /// The rows from `start` on, as many as `out` has.
    fn chunk(&self, near: &Span, start: usize, out: &mut [O::Out]) -> Result<()> {
        match self.with(near, near, start, out, true)? {
            Done::All => Ok(()),
            Done::Far(done) => {
                let rest = out.get_mut(done..).unwrap_or_default();
                self.with(self.engine.far(), near, start + done, rest, false).map(|_| ())
            }
        }
    }

    /// The rows from `start` on, first asked of the table of `span`.
    fn with(
        &self,
        span: &Span,
        near: &Span,
        start: usize,
        out: &mut [O::Out],
        may_leave: bool,
    ) -> Result<Done> {
        match span.table(self.unit) {
            Table::One(table) => self.blocks(table, near, start, out, may_leave),
            Table::Two(table) => self.blocks(table, near, start, out, may_leave),
            Table::Four(table) => self.blocks(table, near, start, out, may_leave),
            Table::Dense => {
                let search = Search::new(&span.pieces, self.unit.per_second());
                self.blocks(&search, near, start, out, may_leave)
            }
        }
    }

    fn blocks<T: Ticks>(
        &self,
        table: &T,
        near: &Span,
        start: usize,
        out: &mut [O::Out],
        may_leave: bool,
    ) -> Result<Done> {
        let (a, b) = (self.a.values_from(start, out.len()), self.b.values_from(start, out.len()));
        let blocks = out.chunks_mut(BLOCK).zip(a.chunks(BLOCK)).zip(b.chunks(BLOCK));
        for (index, ((out, a), b)) in blocks.enumerate() {
            let done = index * BLOCK;
            if self.quick(table, a, b, out) {
                self.blank(start + done, out);
                continue;
            }
            let far = self.careful(Some(near), start + done, out)?;
            // One row far away may be a slip of a pen; where a block has more of them, the next one has too, and row by
            // row costs three times as much as the far table.
            if may_leave && far > 1 {
                return Ok(Done::Far(done + out.len()));
            }
        }
        Ok(Done::All)
    }

    /// Whether the table had all rows of a block. The loop has no way out, so that it stays short.
    #[inline(always)]
    fn quick<T: Ticks>(&self, table: &T, a: &[i64], b: &[i64], out: &mut [O::Out]) -> bool {
        let mut missed = false;
        if O::TWO {
            for ((out, a), b) in out.iter_mut().zip(a).zip(b) {
                match self.operation.quick(table, *a, *b) {
                    Some(answer) => *out = answer,
                    None => missed = true,
                }
            }
        } else {
            for (out, a) in out.iter_mut().zip(a) {
                match self.operation.quick(table, *a, 0) {
                    Some(answer) => *out = answer,
                    None => missed = true,
                }
            }
        }
        !missed
    }

    /// Makes null what a validity bitmap says is null.
    fn blank(&self, start: usize, out: &mut [O::Out]) {
        for column in [&self.a, &self.b] {
            if column.has_validity() {
                for (row, out) in out.iter_mut().enumerate() {
                    if !column.is_valid(start + row) {
                        *out = O::NULL_OUT;
                    }
                }
            }
        }
    }

    /// Row by row, with nulls and errors; returns how many rows were not in the near table.
    #[cold]
    #[inline(never)]
    fn careful(&self, near: Option<&Span>, start: usize, out: &mut [O::Out]) -> Result<usize> {
        let mut far = 0;
        for (index, out) in out.iter_mut().enumerate() {
            let row = start + index;
            let (Some(a), Some(b)) = (self.a.get(row), self.b.get(row)) else { break };
            if a == NULL || b == NULL {
                *out = O::NULL_OUT;
                continue;
            }
            *out = match near.and_then(|near| self.ask(near, a, b)) {
                Some(answer) => answer,
                None => {
                    far += 1;
                    let exact = |problem| KlokuurError::Row { row, problem: Box::new(problem) };
                    match self.ask(self.engine.far(), a, b) {
                        Some(answer) => answer,
                        None => self.operation.exact(self.engine, self.unit, a, b).map_err(exact)?,
                    }
                }
            };
        }
        Ok(far)
    }

    fn ask(&self, span: &Span, a: i64, b: i64) -> Option<O::Out> {
        match span.table(self.unit) {
            Table::One(table) => self.operation.quick(table, a, b),
            Table::Two(table) => self.operation.quick(table, a, b),
            Table::Four(table) => self.operation.quick(table, a, b),
            Table::Dense => self.operation.quick(&Search::new(&span.pieces, self.unit.per_second()), a, b),
        }
    }
}
