//! The norms that are measured on orders (RULES N), from order lines: one pass, every norm.

mod cancellations;
mod line;
mod on_time;
mod weeks;

pub use line::{Cancelled, OrderLine};
pub use weeks::OrderWeeks;
