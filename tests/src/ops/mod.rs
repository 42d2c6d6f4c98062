//! What each `op` of the vectors calls, one file per area.
//!
//! A new area adds its file here and a line to [`all`].

mod engine;
mod holidays;
mod insight;
mod norm;
mod nps;
mod phone;
mod rulebook;
mod schedule;

use crate::vectors::Operations;

/// Every operation that the vectors may name.
pub fn all() -> Operations {
    let mut operations = Operations::default();
    engine::register(&mut operations);
    holidays::register(&mut operations);
    insight::register(&mut operations);
    nps::register(&mut operations);
    phone::register(&mut operations);
    norm::register(&mut operations);
    rulebook::register(&mut operations);
    schedule::register(&mut operations);
    operations
}
