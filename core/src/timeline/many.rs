//! Columns of microseconds, the short way.

use super::column::{Budgets, Column};
use super::columns::Columns;
use super::duration::BusinessDuration;
use super::query::Timeline;
use crate::error::Result;

/// Columns of microseconds since the Unix epoch; [`columns`](Timeline::columns) has other units and several cores.
impl Timeline {
    /// Questions about whole columns.
    pub fn columns(&self) -> Columns {
        Columns::new(self.clone())
    }

    /// [`Columns::between`] in microseconds.
    ///
    /// ```
    /// # use klokuur::Schedule;
    /// # use klokuur::timeline::NULL;
    /// let office = Schedule::parse("Mo-Fr 09:00-17:00", chrono_tz::Europe::Amsterdam)?;
    /// let mut business = [0; 2];
    /// office.timeline().between_many(&[1_773_414_000_000_000, NULL], &[1_773_651_600_000_000, 0], &mut business)?;
    /// assert_eq!(business, [2 * 3_600_000_000, NULL]);
    /// # Ok::<(), klokuur::KlokuurError>(())
    /// ```
    ///
    /// # Errors
    /// - columns of different lengths
    /// - [`Row`](crate::KlokuurError::Row): an instant outside the supported ones
    pub fn between_many<'a>(
        &self,
        from: impl Into<Column<'a>>,
        to: impl Into<Column<'a>>,
        out: &mut [i64],
    ) -> Result<()> {
        self.columns().between(from, to, out)
    }

    /// [`Columns::within`] in microseconds.
    ///
    /// # Errors
    /// As [`between_many`](Self::between_many).
    pub fn within_many<'a>(
        &self,
        from: impl Into<Column<'a>>,
        to: impl Into<Column<'a>>,
        budget: BusinessDuration,
        out: &mut [bool],
    ) -> Result<()> {
        self.columns().within(from, to, budget, out)
    }

    /// [`Columns::add`] in microseconds.
    ///
    /// ```
    /// # use klokuur::{BusinessDuration, Schedule};
    /// let office = Schedule::parse("Mo-Fr 09:00-17:00", chrono_tz::Europe::Amsterdam)?;
    /// let asked = [1_773_414_000_000_000];
    /// let (mut one, mut each) = ([0], [0]);
    /// office.timeline().add_many(&asked, BusinessDuration::hours(2), &mut one)?;
    /// office.timeline().add_many(&asked, &[7_200_000_000], &mut each)?;
    /// assert_eq!((one, each), ([1_773_651_600_000_000], [1_773_651_600_000_000]));
    /// # Ok::<(), klokuur::KlokuurError>(())
    /// ```
    ///
    /// # Errors
    /// - columns of different lengths
    /// - a budget that is not a whole number of microseconds
    /// - [`Row`](crate::KlokuurError::Row): a start outside the supported instants, or not that much open time left
    pub fn add_many<'a>(
        &self,
        start: impl Into<Column<'a>>,
        budget: impl Into<Budgets<'a>>,
        out: &mut [i64],
    ) -> Result<()> {
        self.columns().add(start, budget, out)
    }

    /// [`Columns::sub`] in microseconds.
    ///
    /// # Errors
    /// As [`add_many`](Self::add_many).
    pub fn sub_many<'a>(
        &self,
        end: impl Into<Column<'a>>,
        budget: impl Into<Budgets<'a>>,
        out: &mut [i64],
    ) -> Result<()> {
        self.columns().sub(end, budget, out)
    }

    /// [`Columns::is_open`] in microseconds.
    ///
    /// # Errors
    /// - columns of different lengths
    /// - [`Row`](crate::KlokuurError::Row): an instant outside the supported ones
    pub fn is_open_many<'a>(&self, at: impl Into<Column<'a>>, out: &mut [bool]) -> Result<()> {
        self.columns().is_open(at, out)
    }

    /// [`Columns::next_open`] in microseconds.
    ///
    /// # Errors
    /// - columns of different lengths
    /// - [`Row`](crate::KlokuurError::Row): an instant outside the supported ones, or one after which it never opens
    pub fn next_open_many<'a>(&self, at: impl Into<Column<'a>>, out: &mut [i64]) -> Result<()> {
        self.columns().next_open(at, out)
    }
}
