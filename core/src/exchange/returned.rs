//! Which order lines a return is of (RULES R3).

use std::cell::Cell;
use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::fields::pieces;
use super::returns::Return;
use crate::norm::OrderLine;

/// When the first return was registered, and how many pieces are not of a line yet; without a number all of them.
#[derive(Clone, Copy)]
struct Known {
    first: DateTime<Utc>,
    left: Option<u32>,
}

/// The returns by order and product: a return names no order item.
pub(super) struct Returned<'a>(HashMap<(&'a str, Option<&'a str>), Cell<Known>>);

impl<'a> Returned<'a> {
    pub(super) fn of(returns: impl Iterator<Item = &'a Return>) -> Self {
        let mut found: HashMap<_, Cell<Known>> = HashMap::new();
        for one in returns {
            let at = one.registration_date_time.to_utc();
            for item in &one.return_items {
                let Some(order) = item.order_id.as_deref() else { continue };
                let expected = item.expected_quantity.map(|quantity| pieces(Some(quantity)));
                let known = found.entry((order, item.ean.as_deref()));
                let known = known.or_insert(Cell::new(Known { first: at, left: Some(0) })).get_mut();
                known.first = at.min(known.first);
                known.left = known.left.zip(expected).map(|(sum, more)| sum.saturating_add(more));
            }
        }
        Self(found)
    }

    /// The line with what came back of it. What was never sent did not come back.
    pub(super) fn of_line(&self, order: &str, ean: Option<&str>, line: OrderLine) -> OrderLine {
        let each = [ean, None].into_iter().filter_map(|ean| self.0.get(&(order, ean)));
        let open = each.filter(|known| known.get().left != Some(0) && known.get().first >= line.ordered_at);
        let Some(known) = open.min_by_key(|known| known.get().first).filter(|_| line.is_sent()) else {
            return line;
        };
        let Known { first, left } = known.get();
        let pieces = left.map(|left| left.min(line.quantity));
        known.set(Known { first, left: left.zip(pieces).map(|(left, pieces)| left - pieces) });
        let returned_quantity = pieces.filter(|pieces| *pieces < line.quantity);
        OrderLine { returned_at: Some(first), returned_quantity, ..line }
    }
}
