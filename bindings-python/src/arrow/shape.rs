//! The shape of a foreign array: counts, pointers and last offsets, before any of its memory is taken for data.

use super::c_data::ArrowArray;
use super::kind::{Kind, TextLayout};
use super::view::{buffer, read};

type Check = Result<(), String>;

/// Whether an array may be one of a kind.
pub(super) fn check(array: &ArrowArray, kind: &Kind) -> Check {
    if array.is_released() {
        return Err("an array that was taken already".into());
    }
    let rows = rows(array)?;
    if array.n_children != 0 {
        return Err(format!("{} parts inside a column of {kind}", array.n_children));
    }
    let buffers = count_of_buffers(array, kind)?;
    match kind {
        Kind::Dictionary(_, values) => {
            // SAFETY: a dictionary that is not null is an array of its own.
            let Some(dictionary) = (unsafe { array.dictionary.as_ref() }) else {
                return Err("indexes without a dictionary".into());
            };
            check(dictionary, values)?;
        }
        _ if !array.dictionary.is_null() => return Err(format!("a dictionary beside a column of {kind}")),
        _ => {}
    }
    if rows == 0 || matches!(kind, Kind::Null) {
        return Ok(());
    }
    if array.null_count > 0 && buffer(array, 0).is_null() {
        return Err(format!("{} nulls without a bitmap", array.null_count));
    }
    if buffer(array, 1).is_null() {
        return Err(format!("{rows} rows without their values"));
    }
    match kind {
        Kind::Text(TextLayout::Small) => end_of_texts(array, i64::from(read::<i32>(buffer(array, 1), rows))),
        Kind::Text(TextLayout::Large) => end_of_texts(array, read::<i64>(buffer(array, 1), rows)),
        Kind::Text(TextLayout::Views) => lengths_of_views(array, buffers),
        _ => Ok(()),
    }
}

/// The rows of the buffers, those before the first among them.
fn rows(array: &ArrowArray) -> Result<usize, String> {
    // No memory holds more bits than this.
    const MOST: i64 = i64::MAX / 1024;
    let sum = array.length.checked_add(array.offset).filter(|sum| *sum <= MOST);
    let sum =
        sum.filter(|_| array.length >= 0 && array.offset >= 0).and_then(|sum| usize::try_from(sum).ok());
    sum.ok_or_else(|| format!("{} rows from row {} on", array.length, array.offset))
}

fn count_of_buffers(array: &ArrowArray, kind: &Kind) -> Result<usize, String> {
    let count = usize::try_from(array.n_buffers).unwrap_or(usize::MAX);
    let is_right = match kind {
        // Some libraries give it the bitmap that it has no need of.
        Kind::Null => count <= 1,
        Kind::Text(TextLayout::Small | TextLayout::Large) => count == 3,
        Kind::Text(TextLayout::Views) => (3..=1 << 32).contains(&count),
        _ => count == 2,
    };
    if !is_right || (count > 0 && array.buffers.is_null() && !matches!(kind, Kind::Null)) {
        return Err(format!("{} buffers of a column of {kind}", array.n_buffers));
    }
    Ok(count)
}

fn end_of_texts(array: &ArrowArray, end: i64) -> Check {
    if end < 0 {
        return Err(format!("texts that end at {end}"));
    }
    if end > 0 && buffer(array, 2).is_null() {
        Err(format!("{end} bytes of texts that are not there"))
    } else {
        Ok(())
    }
}

/// The last buffer of views has the lengths of the buffers of texts.
fn lengths_of_views(array: &ArrowArray, buffers: usize) -> Check {
    let texts = buffers - 3;
    let lengths = buffer(array, buffers - 1);
    if texts > 0 && lengths.is_null() {
        return Err("texts without their lengths".into());
    }
    for index in 0..texts {
        let length: i64 = read(lengths, index);
        if length < 0 || (length > 0 && buffer(array, 2 + index).is_null()) {
            return Err(format!("a buffer of texts of {length} bytes"));
        }
    }
    Ok(())
}
