//! The norms that are measured on orders (RULES N), from order lines: one pass, every norm.
//!
//! # Where what is
//!
//! - `cancellations`: which cancellations count against the seller
//! - `counted`: in what an order line counts, and against what (RULES N6)
//! - `line`: one line of an order
//! - `on_time`: whether a parcel was on time
//! - `weeks`: the weekly numbers of the norms that are measured on orders

mod cancellations;
mod counted;
mod line;
mod on_time;
mod weeks;

pub use counted::CountedAgainst;
pub use line::{Cancelled, OrderLine};
pub use weeks::OrderWeeks;
