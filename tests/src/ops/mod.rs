//! What each `op` of the vectors calls, one file per area.
//!
//! A new area adds its file here and a line to [`all`].

use crate::vectors::Operations;

/// Every operation that the vectors may name.
pub fn all() -> Operations {
    let operations = Operations::default();
    // <area>::register(&mut operations);
    operations
}
