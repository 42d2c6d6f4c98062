//! Columns as they come in: values, and which of them are null.

use super::duration::BusinessDuration;
use crate::error::{KlokuurError, Result};

/// The null of a column without a validity bitmap: `i64::MIN`, as NumPy's and pandas' NaT.
pub const NULL: i64 = i64::MIN;

/// A column of instants or amounts: [`NULL`] is null, and so is what a validity bitmap says.
///
/// What stands under a null is never looked at, whatever it is. A slice or vector is a column by `into()`.
///
/// ```
/// # use klokuur::timeline::{Column, NULL};
/// let seconds = [0, 3600, NULL];
/// let column = Column::from(&seconds);
/// assert_eq!((column.get(1), column.get(2)), (Some(3600), Some(NULL)));
/// let flagged = Column::with_validity(&seconds, &[0b001], 0)?; // only the first row is valid
/// assert_eq!(flagged.get(1), Some(NULL));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Column<'a> {
    values: &'a [i64],
    validity: Option<Validity<'a>>,
}

/// A validity bitmap as Arrow has it: a bit for each row, the least significant first, 1 for a value and 0 for null.
#[derive(Debug, Clone, Copy)]
struct Validity<'a> {
    bytes: &'a [u8],
    /// The bit of the column's first row.
    offset: usize,
}

impl<'a> Column<'a> {
    /// A column with an Arrow validity bitmap whose first row is the bit `offset`.
    ///
    /// ```
    /// # use klokuur::timeline::{Column, NULL};
    /// let column = Column::with_validity(&[1, 2, 3], &[0b0000_1010], 1)?;
    /// assert_eq!(column.get(1), Some(NULL));
    /// # Ok::<(), klokuur::KlokuurError>(())
    /// ```
    ///
    /// # Errors
    /// - [`LengthMismatch`](KlokuurError::LengthMismatch): fewer bits than rows
    pub fn with_validity(values: &'a [i64], bytes: &'a [u8], offset: usize) -> Result<Self> {
        let bits = bytes.len().saturating_mul(8).saturating_sub(offset);
        if bits < values.len() {
            return Err(KlokuurError::LengthMismatch {
                what: "values and validity bits",
                left: values.len(),
                right: bits,
            });
        }
        Ok(Self { values, validity: Some(Validity { bytes, offset }) })
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The value of a row, [`NULL`] for a null; `None` when there is no such row.
    pub fn get(&self, row: usize) -> Option<i64> {
        let value = self.values.get(row)?;
        Some(if self.is_valid(row) { *value } else { NULL })
    }

    pub(crate) fn has_validity(&self) -> bool {
        self.validity.is_some()
    }

    /// By the bitmap; a [`NULL`] value is another matter.
    pub(crate) fn is_valid(&self, row: usize) -> bool {
        let Some(Validity { bytes, offset }) = self.validity else { return true };
        let bit = offset.wrapping_add(row);
        bytes.get(bit / 8).is_some_and(|byte| byte >> (bit % 8) & 1 == 1)
    }

    /// The values of the rows from `start` on, `count` of them.
    pub(crate) fn values_from(&self, start: usize, count: usize) -> &'a [i64] {
        let end = start.saturating_add(count).min(self.values.len());
        self.values.get(start..end).unwrap_or_default()
    }
}

impl<'a> From<&'a [i64]> for Column<'a> {
    fn from(values: &'a [i64]) -> Self {
        Self { values, validity: None }
    }
}

impl<'a> From<&'a Vec<i64>> for Column<'a> {
    fn from(values: &'a Vec<i64>) -> Self {
        Self { values, validity: None }
    }
}

impl<'a, const N: usize> From<&'a [i64; N]> for Column<'a> {
    fn from(values: &'a [i64; N]) -> Self {
        Self { values, validity: None }
    }
}

/// The budgets of a column of starts: one for all, or one for each row in the unit of the column.
///
/// ```
/// # use klokuur::timeline::{Budgets, TimeUnit};
/// # use klokuur::{BusinessDuration, Schedule};
/// let hours = Schedule::parse_in("24/7", "UTC")?.timeline().columns().unit(TimeUnit::Seconds);
/// let (start, mut due) = ([0, 0], [0; 2]);
/// hours.add(&start, Budgets::One(BusinessDuration::hours(1)), &mut due)?;
/// assert_eq!(due, [3600, 3600]);
/// hours.add(&start, &[60, 120], &mut due)?; // one for each row, in the column's unit
/// assert_eq!(due, [60, 120]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub enum Budgets<'a> {
    /// The same for all rows.
    One(BusinessDuration),
    /// One for each row, signed.
    Each(Column<'a>),
}

impl From<BusinessDuration> for Budgets<'_> {
    fn from(budget: BusinessDuration) -> Self {
        Self::One(budget)
    }
}

impl<'a, C: Into<Column<'a>>> From<C> for Budgets<'a> {
    fn from(budgets: C) -> Self {
        Self::Each(budgets.into())
    }
}
