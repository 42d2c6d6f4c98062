//! What a standard is measured on, as columns.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::error::{KlokuurError, Result};
use crate::rulebook::Ratio;
use crate::time::supported_date;

/// Something that a standard is measured on: an order, a parcel, a message; or several of one date at once.
///
/// Shown at [`StandardItems`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StandardItem {
    /// The figure that it counts in: the `measure` of a standard.
    pub measure: String,
    /// Its local date, by which it falls in a period.
    pub on: NaiveDate,
    /// How many there are.
    #[serde(default = "one")]
    pub units: u32,
    /// How many of them are bad.
    #[serde(default)]
    pub bad: u32,
    /// The buyer, for limits that count different ones.
    #[serde(default)]
    pub buyer: Option<String>,
    /// What is averaged, for a mean: of each unit.
    #[serde(default)]
    pub value: Option<Ratio>,
}

fn one() -> u32 {
    1
}

/// One item, with its names as numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub(super) measure: u32,
    pub(super) on: NaiveDate,
    pub(super) units: u32,
    pub(super) bad: u32,
    pub(super) buyer: Option<u32>,
    pub(super) value: Option<Ratio>,
}

/// The items of an account, by measure and date; those of one date in the order in which they came.
///
/// ```
/// # use klokuur::standards::{StandardItem, StandardItems};
/// let late = |on: &str, bad| StandardItem {
///     measure: "late_shipment_rate".into(), on: on.parse().unwrap(), units: 50, bad, buyer: None, value: None,
/// };
/// let items = StandardItems::new([late("2026-03-01", 1), late("2026-03-02", 0)])?;
/// assert_eq!(items.len(), 2);
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct StandardItems {
    rows: Vec<Row>,
    measures: HashMap<String, u32>,
    buyers: usize,
}

impl StandardItems {
    /// The items of an account, in any order of dates.
    ///
    /// # Errors
    /// - an item with more bad units than units, by its row
    /// - a date outside 1900 to 2100, by its row
    pub fn new(items: impl IntoIterator<Item = StandardItem>) -> Result<Self> {
        let mut found = Self::default();
        let mut buyers: HashMap<String, u32> = HashMap::new();
        for (row, item) in items.into_iter().enumerate() {
            let refused = |problem| KlokuurError::Row { row, problem: Box::new(problem) };
            supported_date("date of an item", item.on).map_err(refused)?;
            if item.bad > item.units {
                return Err(refused(KlokuurError::InvalidValue {
                    what: "item of a standard",
                    given: format!("{} bad of {}", item.bad, item.units),
                    accepted: "at most as many bad ones as there are".into(),
                }));
            }
            let buyer = item.buyer.map(|buyer| number_of(&mut buyers, buyer));
            found.rows.push(Row {
                measure: number_of(&mut found.measures, item.measure),
                on: item.on,
                units: item.units,
                bad: item.bad,
                buyer,
                value: item.value,
            });
        }
        found.buyers = buyers.len();
        // Stable: a run goes by the order of one date's items.
        found.rows.sort_by_key(|row| (row.measure, row.on));
        Ok(found)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// How many different buyers they name.
    pub(super) fn buyers(&self) -> usize {
        self.buyers
    }

    /// Those of a measure, by date.
    pub(super) fn of(&self, measure: &str) -> &[Row] {
        let Some(number) = self.measures.get(measure) else { return &[] };
        let start = self.rows.partition_point(|row| row.measure < *number);
        let end = self.rows.partition_point(|row| row.measure <= *number);
        self.rows.get(start..end).unwrap_or_default()
    }

    /// The names of the measures that they are of.
    pub(super) fn measures(&self) -> impl Iterator<Item = &str> {
        self.measures.keys().map(String::as_str)
    }
}

fn number_of(numbers: &mut HashMap<String, u32>, name: String) -> u32 {
    let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
    *numbers.entry(name).or_insert(next)
}
