//! What a foreign array holds: texts in UTF-8 inside their buffers, and indexes of values that are there.

use super::kind::Kind;
use super::view::View;

/// The first row of an array that is not sound, and what is wrong with it. Nothing that stands under a null is looked at.
pub(super) fn check(view: View<'_>) -> Result<(), (usize, String)> {
    let rows = || (0..view.len()).filter(|row| view.is_valid(*row));
    match view.kind {
        Kind::Text(layout) => {
            for row in rows() {
                match view.bytes(*layout, row).map(std::str::from_utf8) {
                    Some(Ok(_)) => {}
                    Some(Err(_)) => return Err((row, "a text that is no UTF-8".into())),
                    None => return Err((row, "a text outside its buffer".into())),
                }
            }
        }
        Kind::Dictionary(number, _) => {
            let Some(dictionary) = view.dictionary() else { return Ok(()) };
            check(dictionary)
                .map_err(|(at, problem)| (0, format!("{problem} (value {at} of its dictionary)")))?;
            for row in rows() {
                let index = match view.index(*number, row) {
                    Some(Ok(index)) if index >= dictionary.len() => index.to_string(),
                    Some(Err(index)) => index,
                    _ => continue,
                };
                return Err((row, format!("index {index} of a dictionary of {} values", dictionary.len())));
            }
        }
        _ => {}
    }
    Ok(())
}
