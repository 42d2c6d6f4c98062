//! Which cancellations count against the seller.

use chrono::{DateTime, NaiveDate, Utc};

use super::line::OrderLine;

/// Whether the line is cancelled today: by somebody, or by itself because nothing was sent before it expired (RULES N).
pub(super) fn is_cancelled(line: &OrderLine, today: NaiveDate) -> bool {
    line.cancelled.is_some() || (!line.is_sent() && line.expires_on.is_some_and(|last| today > last))
}

/// Whether a line that is cancelled counts: the seller's and the automatic ones do; a customer's only after the
/// promised date, or when it was processed after it (RULES N).
pub(super) fn counts(line: &OrderLine, date: impl Fn(DateTime<Utc>) -> NaiveDate) -> bool {
    line.cancelled.is_none_or(|cancelled| {
        !cancelled.by_customer || date(cancelled.processed_at.unwrap_or(cancelled.at)) > line.promised_on
    })
}
