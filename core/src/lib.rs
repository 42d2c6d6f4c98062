//! Clock hours, service norms and strikes for marketplace sellers.

mod error;
mod week;

pub use error::{Fault, KlokuurError, Result};
pub use week::IsoWeek;
