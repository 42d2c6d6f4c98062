//! Which order lines a return is of (RULES R3).

use std::cell::Cell;
use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::fields::pieces;
use super::returns::Return;
use crate::norm::OrderLine;

/// A returned item: of which product where that is told, when it was registered, and how many of its pieces are not of
/// a line yet; without a number all of them.
struct Known<'a> {
    ean: Option<&'a str>,
    at: DateTime<Utc>,
    left: Cell<Option<u32>>,
}

/// The returns by order, the first first: a return names no order item.
pub(super) struct Returned<'a>(HashMap<&'a str, Vec<Known<'a>>>);

impl<'a> Returned<'a> {
    pub(super) fn of(returns: impl Iterator<Item = &'a Return>) -> Self {
        let mut found: HashMap<_, Vec<Known<'a>>> = HashMap::new();
        for one in returns {
            let at = one.registration_date_time.to_utc();
            for item in &one.return_items {
                let Some(order) = item.order_id.as_deref() else { continue };
                let left = Cell::new(item.expected_quantity.map(|quantity| pieces(Some(quantity))));
                found.entry(order).or_default().push(Known { ean: item.ean.as_deref(), at, left });
            }
        }
        found.values_mut().for_each(|known| known.sort_by_key(|one| one.at));
        Self(found)
    }

    /// The line with what came back of it, in parts where it came back at several times: each piece counts when it came
    /// (RULES N6). What was never sent did not come back.
    pub(super) fn of_line(&self, order: &str, ean: Option<&str>, line: OrderLine) -> Vec<OrderLine> {
        let mut taken = self.taken(order, ean, &line);
        let Some((at, last)) = taken.pop() else { return vec![line] };
        let (mut parts, mut rest) = (Vec::with_capacity(taken.len() + 1), line);
        for (at, quantity) in taken {
            let left = rest.quantity - quantity;
            parts.push(OrderLine { quantity, returned_at: Some(at), ..rest.clone() });
            // It is one parcel still, which has its code or lacks it once.
            rest = OrderLine { quantity: left, track_exempt: true, ..rest };
        }
        let returned_quantity = Some(last).filter(|pieces| *pieces < rest.quantity);
        parts.push(OrderLine { returned_at: Some(at), returned_quantity, ..rest });
        parts
    }

    /// When pieces of a line came back, and how many: they are of no other line from then on.
    fn taken(&self, order: &str, ean: Option<&str>, line: &OrderLine) -> Vec<(DateTime<Utc>, u32)> {
        let mut open = if line.is_sent() { line.quantity } else { 0 };
        let mut taken: Vec<(DateTime<Utc>, u32)> = Vec::new();
        let is_of_line =
            |known: &&Known<'_>| (known.ean.is_none() || known.ean == ean) && known.at >= line.ordered_at;
        for known in self.0.get(order).into_iter().flatten().filter(is_of_line) {
            let pieces = known.left.get().map_or(open, |left| left.min(open));
            if pieces == 0 {
                continue;
            }
            known.left.set(known.left.get().map(|left| left - pieces));
            open -= pieces;
            match taken.last_mut() {
                Some((at, before)) if *at == known.at => *before += pieces,
                _ => taken.push((known.at, pieces)),
            }
        }
        taken
    }
}
