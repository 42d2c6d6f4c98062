//! Whole columns at once.

use super::column::{Budgets, Column};
use super::duration::BusinessDuration;
use super::operation::{Between, IsOpen, Move, MoveEach, NextOpen, NotAfter, Operation, Same, Within};
use super::query::Timeline;
use super::run::{Job, run};
use super::unit::TimeUnit;
use crate::error::{KlokuurError, Result};
use crate::schedule::{Backwards, BudgetEnd, ZeroBudget};

/// Questions about whole columns: instants as `i64` since the Unix epoch in one unit, amounts in the same unit.
///
/// Rows do not depend on each other, nothing is allocated per row, and a null ([`NULL`](super::NULL) or by a validity
/// bitmap) gives a null: [`NULL`](super::NULL), or `false` where booleans come out. The first row that is refused makes
/// the whole call an error, [`KlokuurError::Row`] with its number; what stands in `out` is then of no use.
///
/// ```
/// use klokuur::timeline::{NULL, TimeUnit};
/// use klokuur::{BusinessDuration, Schedule};
///
/// let office = Schedule::parse("Mo-Fr 09:00-17:00", chrono_tz::Europe::Amsterdam)?;
/// let columns = office.timeline().columns().unit(TimeUnit::Seconds);
/// let asked = [1_773_414_000, NULL];                        // Friday 2026-03-13 16:00
/// let mut due = [0; 2];
/// columns.add(&asked, BusinessDuration::hours(2), &mut due)?;
/// assert_eq!(due, [1_773_651_600, NULL]);                   // Monday 10:00
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Columns {
    timeline: Timeline,
    unit: TimeUnit,
    parallel: bool,
}

impl Columns {
    pub(crate) fn new(timeline: Timeline) -> Self {
        Self { timeline, unit: TimeUnit::default(), parallel: false }
    }

    /// The same in another unit; the default is microseconds.
    #[must_use]
    pub fn unit(mut self, unit: TimeUnit) -> Self {
        self.unit = unit;
        self
    }

    /// The same on all cores. Results and errors are those of one core.
    #[cfg(feature = "parallel")]
    #[must_use]
    pub fn parallel(mut self) -> Self {
        self.parallel = true;
        self
    }

    /// The business time between two columns of instants, row by row: see [`Timeline::between`].
    ///
    /// # Errors
    /// - columns of different lengths
    /// - [`Row`](KlokuurError::Row): an instant outside the supported ones
    pub fn between<'a>(
        &self,
        from: impl Into<Column<'a>>,
        to: impl Into<Column<'a>>,
        out: &mut [i64],
    ) -> Result<()> {
        let (from, to) = (from.into(), to.into());
        match self.clips() {
            false => self.run(&Between::<false>, from, to, out),
            true => self.run(&Between::<true>, from, to, out),
        }
    }

    /// Whether each `to` is not after the instant at which the budget that starts at `from` is used up: see
    /// [`Timeline::within`]. A null gives `false`.
    ///
    /// # Errors
    /// As [`between`](Self::between).
    pub fn within<'a>(
        &self,
        from: impl Into<Column<'a>>,
        to: impl Into<Column<'a>>,
        budget: BusinessDuration,
        out: &mut [bool],
    ) -> Result<()> {
        let (from, to) = (from.into(), to.into());
        if budget.is_zero() && !self.zero_opens() {
            return self.run(&NotAfter, from, to, out);
        }
        let most = self.unit.ticks(budget).unwrap_or(if budget.is_negative() { i64::MIN } else { i64::MAX });
        // Of a budget that is no whole number of ticks no instant of the column is used up exactly.
        let first = !budget.is_zero() && self.is_whole(budget) && budget.is_negative() != self.at_close();
        let back = i64::from(first);
        self.run(&Within { budget, back, most: most.saturating_sub(back) }, from, to, out)
    }

    /// The instants at which budgets are used up: see [`Timeline::add`]. One budget for all rows, or a column of them
    /// in this unit.
    ///
    /// # Errors
    /// - columns of different lengths
    /// - a budget that is not a whole number of ticks of the unit
    /// - [`Row`](KlokuurError::Row): a start outside the supported instants, or not that much open time left
    pub fn add<'a>(
        &self,
        start: impl Into<Column<'a>>,
        budget: impl Into<Budgets<'a>>,
        out: &mut [i64],
    ) -> Result<()> {
        match budget.into() {
            Budgets::One(budget) => self.move_all(start.into(), budget, out),
            Budgets::Each(budgets) => {
                let operation =
                    MoveEach::<false> { at_close: self.at_close(), zero_opens: self.zero_opens() };
                self.run(&operation, start.into(), budgets, out)
            }
        }
    }

    /// The instants from which budgets lead up to these ends: see [`Timeline::sub`].
    ///
    /// # Errors
    /// As [`add`](Self::add).
    pub fn sub<'a>(
        &self,
        end: impl Into<Column<'a>>,
        budget: impl Into<Budgets<'a>>,
        out: &mut [i64],
    ) -> Result<()> {
        match budget.into() {
            Budgets::One(budget) => self.move_all(end.into(), -budget, out),
            Budgets::Each(budgets) => {
                let operation = MoveEach::<true> { at_close: self.at_close(), zero_opens: self.zero_opens() };
                self.run(&operation, end.into(), budgets, out)
            }
        }
    }

    /// Whether it is open at each instant: see [`Timeline::is_open`]. A null gives `false`.
    ///
    /// # Errors
    /// - columns of different lengths
    /// - [`Row`](KlokuurError::Row): an instant outside the supported ones
    pub fn is_open<'a>(&self, at: impl Into<Column<'a>>, out: &mut [bool]) -> Result<()> {
        let at = at.into();
        self.run(&IsOpen, at, at, out)
    }

    /// The first open instant from each on: see [`Timeline::next_open`].
    ///
    /// # Errors
    /// - columns of different lengths
    /// - [`Row`](KlokuurError::Row): an instant outside the supported ones, or one after which it never opens
    pub fn next_open<'a>(&self, at: impl Into<Column<'a>>, out: &mut [i64]) -> Result<()> {
        let at = at.into();
        self.run(&NextOpen, at, at, out)
    }

    fn move_all(&self, start: Column<'_>, budget: BusinessDuration, out: &mut [i64]) -> Result<()> {
        let ticks = self.whole_ticks(budget)?;
        if budget.is_zero() {
            return match self.zero_opens() {
                false => self.run(&Same, start, start, out),
                true => self.run(&NextOpen, start, start, out),
            };
        }
        let tail = i64::from(budget.is_negative() != self.at_close());
        self.run(&Move { budget, lead: ticks.saturating_sub(tail), tail }, start, start, out)
    }

    fn run<O: Operation>(
        &self,
        operation: &O,
        a: Column<'_>,
        b: Column<'_>,
        out: &mut [O::Out],
    ) -> Result<()> {
        let mismatch = |what, right| KlokuurError::LengthMismatch { what, left: a.len(), right };
        if b.len() != a.len() {
            return Err(mismatch("the two columns", b.len()));
        }
        if out.len() != a.len() {
            return Err(mismatch("the column and its output", out.len()));
        }
        let job = Job { operation, engine: self.timeline.engine(), unit: self.unit, a, b };
        run(&job, out, self.parallel)
    }

    /// A budget beyond what an i64 of ticks holds is beyond the supported years too, so any such number does.
    fn whole_ticks(&self, budget: BusinessDuration) -> Result<i64> {
        if !self.is_whole(budget) {
            return Err(KlokuurError::InvalidValue {
                what: "budget",
                given: budget.to_string(),
                accepted: format!("whole {}, the unit of the column", self.unit),
            });
        }
        Ok(self.unit.ticks(budget).unwrap_or(if budget.is_negative() { i64::MIN } else { i64::MAX }))
    }

    fn is_whole(&self, budget: BusinessDuration) -> bool {
        budget.as_nanoseconds() % i128::from(self.unit.nanoseconds()) == 0
    }

    fn at_close(&self) -> bool {
        self.timeline.schedule().conventions().budget_end == BudgetEnd::AtClose
    }

    fn zero_opens(&self) -> bool {
        self.timeline.schedule().conventions().zero_budget == ZeroBudget::NextOpen
    }

    fn clips(&self) -> bool {
        self.timeline.schedule().conventions().backwards == Backwards::Zero
    }
}
