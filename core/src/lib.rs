//! Clock hours, service norms and strikes for marketplace sellers.

mod error;
pub mod exchange;
pub mod rulebook;
pub mod timeline;
mod week;

pub use error::{Fault, KlokuurError, Result};
pub use rulebook::Rulebook;
pub use timeline::BusinessDuration;
pub use week::IsoWeek;
