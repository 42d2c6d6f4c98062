//! The norms that are measured on orders.

use klokuur::KlokuurError as CoreError;
use klokuur::norm::{Cancelled as OrderCancelled, OrderLine as Core, OrderWeeks};

use crate::error::Result;
use crate::norm::WeekNumbers;
use crate::time::{Instant, LocalDate, zone_of};

/// A cancellation of an order line.
#[uniffi::remote(Record)]
pub struct OrderCancelled {
    /// When.
    pub at: Instant,
    /// Whether the customer cancelled; otherwise the seller did.
    pub by_customer: bool,
}

/// One line of an order: some items of one kind, in one parcel.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct OrderLine {
    /// When it was ordered.
    pub ordered_at: Instant,
    /// The ordered items, 1 or more.
    pub quantity: i64,
    /// The promised delivery date, local.
    pub promised_on: LocalDate,
    /// When the parcel was delivered, if it was.
    #[uniffi(default = None)]
    pub delivered_at: Option<Instant>,
    /// The cancellation, if there was one.
    #[uniffi(default = None)]
    pub cancelled: Option<OrderCancelled>,
    /// Whether the parcel can be followed.
    #[uniffi(default = false)]
    pub tracked: bool,
    /// When a return was registered, if one was.
    #[uniffi(default = None)]
    pub returned_at: Option<Instant>,
}

impl OrderLine {
    fn core(self) -> klokuur::Result<Core> {
        let quantity = u32::try_from(self.quantity).map_err(|_| CoreError::OutOfRange {
            what: "quantity",
            given: self.quantity.to_string(),
            accepted: "1 or more".into(),
        })?;
        Ok(Core {
            ordered_at: self.ordered_at,
            quantity,
            promised_on: self.promised_on,
            delivered_at: self.delivered_at,
            cancelled: self.cancelled,
            tracked: self.tracked,
            returned_at: self.returned_at,
        })
    }
}

/// The weekly numbers of the norms that are measured on orders, as they stand at `now`: items on time, cancellations, track
/// and trace, case-item ratio, returns. `cases` is when cases were opened; weeks and dates are local in the zone.
///
/// What counts in which week is not published; ours is: ordered and cancelled items in the week of the order, items on time
/// and parcels in the week of the promised date (once that date has passed or the parcel has arrived), returns in the week
/// they were registered, cases in the week they were opened.
///
/// # Errors
/// - a quantity that is not 1 or more, named by its row
/// - a line that was delivered or cancelled before it was ordered, named by its row
/// - a zone that is not known
#[uniffi::export(default(cases = []))]
pub fn order_weeks(
    lines: Vec<OrderLine>,
    zone: &str,
    now: Instant,
    cases: Vec<Instant>,
) -> Result<Vec<WeekNumbers>> {
    let mut weeks = OrderWeeks::new(zone_of(zone)?);
    for (row, line) in lines.into_iter().enumerate() {
        let added = line.core().and_then(|line| weeks.add(&line, now));
        added.map_err(|problem| CoreError::Row { row, problem: Box::new(problem) })?;
    }
    cases.into_iter().for_each(|opened| weeks.add_case(opened));
    Ok(weeks.numbers().into_iter().map(WeekNumbers::from).collect())
}
