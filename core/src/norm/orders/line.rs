//! One line of an order.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::error::{KlokuurError, Result};
use crate::shipping::ShippingMethod;
use crate::time::{CalendarDate, DATES_IN_WORDS, Moment, YEARS};
use crate::timeline::{FIRST_INSTANT, LIMIT_INSTANT};

/// One line of an order: some items of one kind, in one parcel.
///
/// ```
/// # use chrono::{DateTime, NaiveDate, Utc};
/// # use klokuur::norm::{Cancelled, OrderLine};
/// let ordered: DateTime<Utc> = "2026-03-09T12:00:00Z".parse()?;
/// let mut line = OrderLine::new(ordered, 2, "2026-03-10".parse::<NaiveDate>()?);
/// line.cancelled = Some(Cancelled { at: ordered, by_customer: true, processed_at: None });
/// assert_eq!((line.quantity, line.delivered_at), (2, None));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrderLine {
    /// When it was ordered.
    pub ordered_at: DateTime<Utc>,
    /// The ordered items, 1 or more.
    pub quantity: u32,
    /// The promised delivery date, local.
    pub promised_on: NaiveDate,
    /// When the parcel was delivered, if it was: the first attempt counts.
    #[serde(default)]
    pub delivered_at: Option<DateTime<Utc>>,
    /// The cancellation, if there was one.
    #[serde(default)]
    pub cancelled: Option<Cancelled>,
    /// Whether the parcel can be followed.
    pub tracked: bool,
    /// When a return was registered, if one was.
    #[serde(default)]
    pub returned_at: Option<DateTime<Utc>>,
    /// How many of the items were returned; without it all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned_quantity: Option<u32>,
    /// How it is shipped.
    #[serde(default)]
    pub shipping_method: ShippingMethod,
    /// When the seller sent it, if that is known. What was sent and cannot be followed is never late: nobody knows
    /// (RULES R4).
    #[serde(default)]
    pub shipped_at: Option<DateTime<Utc>>,
    /// When the carrier scanned it first, if it did.
    #[serde(default)]
    pub handed_over_at: Option<DateTime<Utc>>,
    /// The last local date on which the marketplace waits for the parcel; unshipped after it, the line is cancelled by
    /// itself (RULES N). Read, never computed.
    #[serde(default)]
    pub expires_on: Option<NaiveDate>,
    /// Whether no code is needed: letter post, an appointment with the customer, or nothing sent yet (RULES N).
    #[serde(default)]
    pub track_exempt: bool,
}

/// A cancellation of an order line.
///
/// Shown at [`OrderLine`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cancelled {
    /// When it was asked for, or done.
    pub at: DateTime<Utc>,
    /// Whether the customer cancelled; otherwise the seller did.
    pub by_customer: bool,
    /// When the seller processed a customer's request, if that was later.
    #[serde(default)]
    pub processed_at: Option<DateTime<Utc>>,
}

impl OrderLine {
    /// A line of items ordered at an instant for a promised local date; nothing else is known yet.
    ///
    /// ```
    /// # use klokuur::norm::OrderLine;
    /// let ordered: chrono::DateTime<chrono::Utc> = "2026-03-09T12:00:00Z".parse()?;
    /// let promised: chrono::NaiveDate = "2026-03-10".parse()?;
    /// let line = OrderLine::new(ordered, 2, promised);
    /// assert_eq!(line.delivered_at, None);
    /// # Ok::<(), chrono::ParseError>(())
    /// ```
    pub fn new(ordered_at: impl Moment, quantity: u32, promised_on: impl CalendarDate) -> Self {
        Self {
            ordered_at: ordered_at.utc(),
            quantity,
            promised_on: promised_on.naive(),
            delivered_at: None,
            cancelled: None,
            tracked: false,
            returned_at: None,
            returned_quantity: None,
            shipping_method: ShippingMethod::Own,
            shipped_at: None,
            handed_over_at: None,
            expires_on: None,
            track_exempt: false,
        }
    }

    /// The line as it was known at `now`: what happened later had not happened. None before it was ordered.
    pub(super) fn as_of(&self, now: DateTime<Utc>) -> Option<Self> {
        let by_then = |at: Option<DateTime<Utc>>| at.filter(|at| *at <= now);
        let cancelled =
            |cancelled: Cancelled| Cancelled { processed_at: by_then(cancelled.processed_at), ..cancelled };
        (self.ordered_at <= now).then(|| Self {
            delivered_at: by_then(self.delivered_at),
            shipped_at: by_then(self.shipped_at),
            handed_over_at: by_then(self.handed_over_at),
            returned_at: by_then(self.returned_at),
            cancelled: self.cancelled.filter(|cancelled| cancelled.at <= now).map(cancelled),
            ..self.clone()
        })
    }

    /// Whether the parcel left the seller.
    pub(crate) fn is_sent(&self) -> bool {
        self.shipped_at.is_some() || self.handed_over_at.is_some() || self.delivered_at.is_some()
    }

    /// Refuses what cannot be; `date` is the local date of an instant.
    pub(crate) fn check(&self, date: impl Fn(DateTime<Utc>) -> NaiveDate) -> Result<()> {
        if self.quantity == 0 {
            return Err(KlokuurError::OutOfRange {
                what: "quantity",
                given: "0".into(),
                accepted: "1 or more".into(),
            });
        }
        if let Some(returned) = self.returned_quantity.filter(|returned| *returned > self.quantity) {
            return Err(KlokuurError::OutOfRange {
                what: "returned quantity",
                given: returned.to_string(),
                accepted: format!("at most the ordered quantity, {}", self.quantity),
            });
        }
        let after_the_order = [
            ("delivery", self.delivered_at),
            ("cancellation", self.cancelled.map(|c| c.at)),
            ("processing of the cancellation", self.cancelled.and_then(|c| c.processed_at)),
            ("shipment", self.shipped_at),
            ("hand-over", self.handed_over_at),
        ];
        for (what, at) in after_the_order {
            if let Some(at) = at.filter(|at| *at < self.ordered_at) {
                return Err(KlokuurError::OutOfRange {
                    what,
                    given: at.to_rfc3339(),
                    accepted: format!("the time of the order, {}, or later", self.ordered_at.to_rfc3339()),
                });
            }
        }
        // A date outside the supported years would count in a week that `IsoWeek` does not read back.
        let supported = |date: NaiveDate| YEARS.contains(&date.year());
        let refused = |what, given| {
            let accepted = format!("local dates from {DATES_IN_WORDS}");
            Err(KlokuurError::OutOfRange { what, given, accepted })
        };
        for (what, on) in [("promised date", Some(self.promised_on)), ("expiry date", self.expires_on)] {
            if let Some(on) = on.filter(|on| !supported(*on)) {
                return refused(what, on.to_string());
            }
        }
        // The instant first: far outside them there is no local date at all.
        let is_far = |at: DateTime<Utc>| !(FIRST_INSTANT..LIMIT_INSTANT).contains(&at);
        let instants = [("order", Some(self.ordered_at))].into_iter().chain(after_the_order);
        for (what, at) in instants.chain([("return", self.returned_at)]) {
            if let Some(at) = at.filter(|at| is_far(*at) || !supported(date(*at))) {
                return refused(what, at.to_rfc3339());
            }
        }
        Ok(())
    }
}
