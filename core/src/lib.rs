//! Clock hours, service norms and strikes for marketplace sellers.

mod error;
pub mod exchange;
pub mod rulebook;
mod week;

pub use error::{Fault, KlokuurError, Result};
pub use rulebook::Rulebook;
pub use week::IsoWeek;
