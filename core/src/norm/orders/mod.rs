//! The norms that are measured on orders (RULES N), from order lines: one pass, every norm.

mod cancellations;
mod counted;
mod line;
mod on_time;
mod weeks;

pub use counted::CountedAgainst;
pub use line::{Cancelled, OrderLine};
pub use weeks::OrderWeeks;
