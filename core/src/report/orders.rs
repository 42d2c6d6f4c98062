//! The order lines behind the norms that are measured on orders (RULES N6).

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::log::ExportedLine;
use crate::norm::CountedAgainst;
use crate::time::Zone;
use crate::week::IsoWeek;

/// An order line that counts against a norm in a week: late, cancelled, without a code, or returned.
///
/// Shown at [`NormWeek`](super::NormWeek).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountedOrder {
    /// The number of its row.
    pub row: usize,
    /// The order.
    pub order: String,
    /// The item, where it is told.
    pub item: Option<String>,
    /// How many items count; for track & trace, parcels.
    pub items: u64,
    /// The promised delivery date.
    pub promised_on: NaiveDate,
    /// When it arrived or was handed over late, was cancelled or came back; none for what did not happen, as an arrival
    /// that is still to come.
    #[serde(default, deserialize_with = "crate::time::zoned_if_any")]
    pub at: Option<DateTime<Zone>>,
}

/// All of them, by week and norm.
pub(super) type OrdersAgainst = HashMap<(IsoWeek, &'static str), Vec<CountedOrder>>;

impl CountedOrder {
    pub(super) fn of(order: &ExportedLine, counted: &CountedAgainst, zone: Zone) -> Self {
        Self {
            row: order.row,
            order: order.order.clone(),
            item: order.item.clone(),
            items: counted.items,
            promised_on: order.line.promised_on,
            at: counted.at.map(|at| at.with_timezone(&zone)),
        }
    }
}
