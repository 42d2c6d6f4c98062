//! Whether a parcel was on time.

use chrono::{DateTime, NaiveDate, Utc};

use super::line::OrderLine;
use crate::shipping::ShippingMethod;

/// Whether the items were on time, as it is known today; none while nothing can be said.
///
/// Own shipping is measured at the delivery, shipping through the marketplace's labels at the carrier's first scan;
/// what the marketplace fulfils is its own affair (RULES N).
pub(super) fn on_time(
    line: &OrderLine,
    today: NaiveDate,
    date: impl Fn(DateTime<Utc>) -> NaiveDate,
) -> Option<bool> {
    let at = match line.shipping_method {
        ShippingMethod::Own => line.delivered_at,
        // A parcel that was delivered was handed over before.
        ShippingMethod::Vvb => line.handed_over_at.or(line.delivered_at),
        // RULES K15
        ShippingMethod::Lvb => return None,
    };
    if let Some(at) = at {
        return Some(date(at) <= line.promised_on);
    }
    // RULES R4: no tracking is unknown, never late.
    let unknown = line.shipped_at.is_some() && !line.tracked;
    (!unknown && today > line.promised_on).then_some(false)
}
