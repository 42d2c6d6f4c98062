//! In what an order line counts, and against what (RULES N6).

use chrono::{DateTime, NaiveDate, Utc};

use super::cancellations;
use super::line::OrderLine;
use super::on_time::on_time;
use crate::error::Result;
use crate::norm::names::{CANCELLATIONS, FULFILMENT, HANDOVER, ON_TIME, RETURNS, TRACK_AND_TRACE};
use crate::shipping::ShippingMethod;
use crate::time::Zone;
use crate::week::IsoWeek;

/// A norm against which an order line counts.
///
/// Shown at [`OrderWeeks`](super::OrderWeeks).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountedAgainst {
    /// The norm, by its name in the rulebook.
    pub norm: &'static str,
    /// The week in which it counts.
    pub week: IsoWeek,
    /// How many items count; for track & trace, parcels.
    pub items: u64,
    /// When it happened: the late delivery or first scan, the cancellation, the return. None for what did not happen,
    /// as an arrival that is still to come.
    pub at: Option<DateTime<Utc>>,
}

/// What is known of a line today.
#[derive(Debug, Clone)]
pub(super) struct Counted {
    /// As it is known.
    pub(super) line: OrderLine,
    pub(super) ordered_in: IsoWeek,
    pub(super) promised_in: IsoWeek,
    /// Cancelled, and counted as such.
    pub(super) is_cancellation: bool,
    /// None while nothing can be said.
    pub(super) on_time: Option<bool>,
    /// Of a parcel that needs a code: whether it has one.
    pub(super) parcel: Option<bool>,
    pub(super) returned_in: Option<IsoWeek>,
}

impl Counted {
    /// None for what counts in no norm, and for what is ordered later.
    pub(super) fn of(line: &OrderLine, now: DateTime<Utc>, zone: Zone) -> Result<Option<Self>> {
        let date = |at: DateTime<Utc>| -> NaiveDate { at.with_timezone(&zone).date_naive() };
        // All of it, so that what is refused does not depend on the time of asking.
        line.check(date)?;
        let Some(line) = line.as_of(now) else { return Ok(None) };
        // RULES K15: the marketplace's own affair.
        if line.shipping_method == ShippingMethod::Lvb {
            return Ok(None);
        }
        let today = date(now);
        let is_cancelled = cancellations::is_cancelled(&line, today);
        let is_parcel = line.delivered_at.is_some() || today > line.promised_on;
        Ok(Some(Self {
            ordered_in: IsoWeek::of(date(line.ordered_at)),
            promised_in: IsoWeek::of(line.promised_on),
            is_cancellation: is_cancelled && cancellations::counts(&line, date),
            on_time: if is_cancelled { None } else { on_time(&line, today, date) },
            parcel: (!is_cancelled && is_parcel && !line.track_exempt).then_some(line.tracked),
            returned_in: line.returned_at.map(|at| IsoWeek::of(date(at))),
            line,
        }))
    }

    /// The returned items (RULES N6: units count).
    pub(super) fn returned(&self) -> u64 {
        u64::from(self.line.returned_quantity.unwrap_or(self.line.quantity))
    }

    pub(super) fn against(&self) -> Vec<CountedAgainst> {
        let line = &self.line;
        let items = u64::from(line.quantity);
        let mut found = Vec::new();
        let mut add = |norm, week, items, at| found.push(CountedAgainst { norm, week, items, at });
        if self.on_time == Some(false) {
            let (norm, at) = match line.shipping_method {
                ShippingMethod::Vvb => (HANDOVER, line.handed_over_at.or(line.delivered_at)),
                _ => (ON_TIME, line.delivered_at),
            };
            // Together until the split of 2026, then apart: which of them a week has, its rulebook says.
            add(FULFILMENT, self.promised_in, items, at);
            add(norm, self.promised_in, items, at);
        }
        if self.is_cancellation {
            add(CANCELLATIONS, self.ordered_in, items, line.cancelled.map(|cancelled| cancelled.at));
        }
        if self.parcel == Some(false) {
            add(TRACK_AND_TRACE, self.promised_in, 1, None);
        }
        if let Some(week) = self.returned_in {
            add(RETURNS, week, self.returned(), line.returned_at);
        }
        found
    }
}
