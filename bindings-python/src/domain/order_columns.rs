//! Order lines in columns, measured in one pass.

use chrono::{DateTime, NaiveDate, Utc};
use klokuur::log::Cell;
use klokuur::norm::{Cancelled, OrderLine, OrderWeeks};
use klokuur::{KlokuurError, ShippingMethod};
use pyo3::prelude::*;

use super::RefusedRows;
use super::log::raised;
use super::log_columns::Instants;
use super::rulebook::RulebookCore;
use crate::error::OrRaise;
use crate::inside::detached;
use crate::plain::plain;
use crate::time::Moment;

/// The columns of a frame; an empty one, and none, say nothing of any row.
struct Columns {
    /// Ordered, delivered, cancelled, its processing, returned, shipped, handed over.
    instants: Vec<Option<Instants>>,
    quantity: Vec<u32>,
    /// Promised, expires; as days of the common era, which Python calls ordinals.
    dates: Vec<Vec<Option<i32>>>,
    /// Tracked, exempt.
    truths: Vec<Vec<Option<bool>>>,
    /// Who cancelled, the way of shipping.
    names: Vec<Vec<Option<String>>>,
}

impl Columns {
    fn at(&self, column: usize, row: usize) -> klokuur::Result<Option<DateTime<Utc>>> {
        let Some(column) = self.instants.get(column).and_then(Option::as_ref) else { return Ok(None) };
        Ok(match column.cell(row)? {
            Cell::Instant(at) => Some(at),
            Cell::Missing | Cell::Text(_) => None,
        })
    }

    fn date(&self, column: usize, row: usize) -> Option<NaiveDate> {
        NaiveDate::from_num_days_from_ce_opt((*self.dates.get(column)?.get(row)?)?)
    }

    fn truth(&self, column: usize, row: usize) -> bool {
        self.truths.get(column).and_then(|column| column.get(row)).copied().flatten().unwrap_or(false)
    }

    fn name(&self, column: usize, row: usize) -> Option<&str> {
        self.names.get(column)?.get(row)?.as_deref()
    }

    fn line(&self, row: usize, quantity: u32) -> klokuur::Result<OrderLine> {
        let missing = |what: &'static str| KlokuurError::InvalidValue {
            what,
            given: String::new(),
            accepted: "a value".into(),
        };
        let ordered_at = self.at(0, row)?.ok_or_else(|| missing("ordered_at"))?;
        let promised_on = self.date(0, row).ok_or_else(|| missing("promised_on"))?;
        let processed_at = self.at(3, row)?;
        let by_customer = self.name(0, row) == Some("customer");
        Ok(OrderLine {
            delivered_at: self.at(1, row)?,
            cancelled: self.at(2, row)?.map(|at| Cancelled { at, by_customer, processed_at }),
            tracked: self.truth(0, row),
            returned_at: self.at(4, row)?,
            shipping_method: self.name(1, row).map_or(Ok(ShippingMethod::Own), str::parse)?,
            shipped_at: self.at(5, row)?,
            handed_over_at: self.at(6, row)?,
            expires_on: self.date(1, row),
            track_exempt: self.truth(1, row),
            ..OrderLine::new(ordered_at, quantity, promised_on)
        })
    }
}

/// The weekly numbers of order lines in columns, and the lines that are refused.
#[pyfunction]
#[expect(clippy::too_many_arguments, reason = "one for each type of column")]
pub(crate) fn order_weeks_of_columns<'py>(
    py: Python<'py>,
    rules: &RulebookCore,
    instants: Vec<Option<Instants>>,
    quantity: Vec<u32>,
    dates: Vec<Vec<Option<i32>>>,
    truths: Vec<Vec<Option<bool>>>,
    names: Vec<Vec<Option<String>>>,
    cases: Vec<Moment<'py>>,
    now: Moment<'py>,
) -> PyResult<(Bound<'py, PyAny>, RefusedRows<'py>)> {
    let columns = Columns { instants, quantity, dates, truths, names };
    let (now, opened): (_, Vec<_>) = (now.at(), cases.iter().map(Moment::at).collect());
    let (zone, rules) = (rules.rules().clock.zone, rules.by_week());
    let (numbers, refused) = detached(py, || {
        let mut weeks = OrderWeeks::new(zone);
        let mut refused = Vec::new();
        for (row, quantity) in columns.quantity.iter().enumerate() {
            let added = columns.line(row, *quantity).and_then(|line| weeks.add(&line, now));
            refused.extend(added.err().map(|error| (row, error)));
        }
        opened.into_iter().for_each(|at| weeks.add_case(at));
        Ok::<_, KlokuurError>((weeks.numbers_under(rules), refused))
    })
    .or_raise()?;
    Ok((plain(py, &numbers)?, raised(py, &refused)))
}
