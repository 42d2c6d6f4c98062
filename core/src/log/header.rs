//! The header of a table: where a column stands, and how many cells a row has.

use crate::error::{KlokuurError, Result};

/// The place of a column; none where it is not there.
///
/// # Errors
/// - a column that is there twice, in the words of `document`
pub(super) fn place_of(document: &'static str, names: &[&str], column: &str) -> Result<Option<usize>> {
    let mut places = names.iter().enumerate().filter(|(_, name)| **name == column).map(|(place, _)| place);
    let first = places.next();
    match places.next() {
        Some(_) => {
            let problem = "it is there more than once: accepted is one".to_owned();
            Err(KlokuurError::InvalidDocument { document, path: column.to_owned(), problem })
        }
        None => Ok(first),
    }
}

/// Refuses a row that is shorter or longer than its header.
pub(super) fn check_width(width: usize, header: usize) -> Result<()> {
    match width == header {
        true => Ok(()),
        false => Err(KlokuurError::InvalidValue {
            what: "number of fields",
            given: width.to_string(),
            accepted: format!("{header}, as in the header"),
        }),
    }
}
