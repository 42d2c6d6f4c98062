//! The norms that are measured on orders.

use std::sync::Arc;

use klokuur::norm::{Cancelled as OrderCancelled, OrderLine as Core, OrderWeeks};
use klokuur::rulebook::{RulebookHistory, RulesByWeek};
use klokuur::{KlokuurError as CoreError, ShippingMethod};

use crate::error::Result;
use crate::norm::WeekNumbers;
use crate::rulebook::Rulebook;
use crate::time::{Instant, LocalDate};

/// How an order is shipped.
#[uniffi::remote(Enum)]
pub enum ShippingMethod {
    /// By the seller, in a way of its own.
    Own,
    /// By the seller, with the marketplace's labels: *Verzenden via bol*.
    Vvb,
    /// By the marketplace, from its own stock: *Logistiek via bol*, FBB.
    Lvb,
}

/// A cancellation of an order line.
#[uniffi::remote(Record)]
pub struct OrderCancelled {
    /// When.
    pub at: Instant,
    /// Whether the customer cancelled; otherwise the seller did.
    pub by_customer: bool,
    /// When the seller processed a customer's request, if that was later.
    #[uniffi(default = None)]
    pub processed_at: Option<Instant>,
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
    /// How it is shipped; in a way of the seller's own by default.
    #[uniffi(default = None)]
    pub shipping_method: Option<ShippingMethod>,
    /// When the seller sent it, if that is known. What was sent and cannot be followed is never late: nobody knows.
    #[uniffi(default = None)]
    pub shipped_at: Option<Instant>,
    /// When the carrier scanned it first, if it did.
    #[uniffi(default = None)]
    pub handed_over_at: Option<Instant>,
    /// The last local date before it is cancelled by itself, where nothing was sent.
    #[uniffi(default = None)]
    pub expires_on: Option<LocalDate>,
    /// Whether no code is needed: letter post, an appointment with the customer, or nothing sent yet.
    #[uniffi(default = false)]
    pub track_exempt: bool,
    /// How many of the items were returned; without it all of them.
    #[uniffi(default = None)]
    pub returned_quantity: Option<i64>,
}

impl OrderLine {
    fn core(self) -> klokuur::Result<Core> {
        let quantity = u32::try_from(self.quantity).map_err(|_| CoreError::OutOfRange {
            what: "quantity",
            given: self.quantity.to_string(),
            accepted: "1 or more".into(),
        })?;
        let returned = |returned: i64| {
            u32::try_from(returned).map_err(|_| CoreError::OutOfRange {
                what: "returned quantity",
                given: returned.to_string(),
                accepted: format!("at most the ordered quantity, {quantity}"),
            })
        };
        Ok(Core {
            returned_quantity: self.returned_quantity.map(returned).transpose()?,
            ordered_at: self.ordered_at,
            quantity,
            promised_on: self.promised_on,
            delivered_at: self.delivered_at,
            cancelled: self.cancelled,
            tracked: self.tracked,
            returned_at: self.returned_at,
            shipping_method: self.shipping_method.unwrap_or_default(),
            shipped_at: self.shipped_at,
            handed_over_at: self.handed_over_at,
            expires_on: self.expires_on,
            track_exempt: self.track_exempt,
        })
    }
}

impl From<Core> for OrderLine {
    fn from(line: Core) -> Self {
        Self {
            ordered_at: line.ordered_at,
            quantity: line.quantity.into(),
            promised_on: line.promised_on,
            delivered_at: line.delivered_at,
            cancelled: line.cancelled,
            tracked: line.tracked,
            returned_at: line.returned_at,
            shipping_method: Some(line.shipping_method),
            shipped_at: line.shipped_at,
            handed_over_at: line.handed_over_at,
            expires_on: line.expires_on,
            track_exempt: line.track_exempt,
            returned_quantity: line.returned_quantity.map(i64::from),
        }
    }
}

/// The weekly numbers of the rulebook's norms that are measured on orders, as they stand at `now`: items on time
/// (together, or apart for own shipping and the marketplace's labels), cancellations, track and trace, case-item ratio,
/// returns. `cases` is when questions were asked; weeks and dates are local in the rulebook's zone. Without rules,
/// bol's.
///
/// What counts in which week is not published; ours is: ordered and cancelled items in the week of the order, items on
/// time and parcels in the week of the promised date (once that date has passed or the parcel has arrived), returns in
/// the week they were registered, cases in the week they were opened. What the marketplace fulfils counts in no norm.
///
/// # Errors
/// - a quantity that is not 1 or more, named by its row
/// - a line that was shipped, delivered or cancelled before it was ordered, named by its row
#[uniffi::export(default(cases = [], rules = None))]
pub fn order_weeks(
    lines: Vec<OrderLine>,
    now: Instant,
    cases: Vec<Instant>,
    rules: Option<Arc<Rulebook>>,
) -> Result<Vec<WeekNumbers>> {
    let usual = RulebookHistory::bol()?;
    let rules: &dyn RulesByWeek = rules.as_ref().map_or(&usual, |rules| rules.by_week());
    let mut weeks = OrderWeeks::new(rules.rules_on(LocalDate::MAX)?.clock.zone);
    for (row, line) in lines.into_iter().enumerate() {
        let added = line.core().and_then(|line| weeks.add(&line, now));
        added.map_err(|problem| CoreError::Row { row, problem: Box::new(problem) })?;
    }
    cases.into_iter().for_each(|opened| weeks.add_case(opened));
    Ok(weeks.numbers_under(rules).into_iter().map(WeekNumbers::from).collect())
}
