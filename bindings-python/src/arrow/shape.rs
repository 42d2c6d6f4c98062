//! The shape of a foreign array: counts, pointers and last offsets, before any of its memory is taken for data.

use arrow_array::ffi::FFI_ArrowArray;
use arrow_schema::{ArrowError, DataType};

type Check = Result<(), String>;

/// Whether a kind holds one value a row that some question may ask for.
pub(super) fn is_known(kind: &DataType) -> bool {
    match kind {
        DataType::Dictionary(key, values) => key.is_integer() && is_plain(values),
        other => is_plain(other),
    }
}

fn is_plain(kind: &DataType) -> bool {
    match kind {
        DataType::Null | DataType::Boolean | DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => {
            true
        }
        DataType::Timestamp(..) | DataType::Duration(_) => true,
        other => other.is_integer() || matches!(other, DataType::Float32 | DataType::Float64),
    }
}

/// Whether an array may be one of a kind.
pub(super) fn check(array: &FFI_ArrowArray, kind: &DataType) -> Check {
    if array.release.is_none() {
        return Err("an array that was taken already".into());
    }
    let rows = rows(array)?;
    if array.n_children != 0 {
        return Err(format!("{} parts inside a column of {kind}", array.n_children));
    }
    let buffers = count_of_buffers(array, kind)?;
    match kind {
        DataType::Dictionary(_, values) => {
            // SAFETY: a dictionary that is not null is an array of its own.
            let Some(dictionary) = (unsafe { array.dictionary.as_ref() }) else {
                return Err("indexes without a dictionary".into());
            };
            check(dictionary, values)?;
        }
        _ if !array.dictionary.is_null() => return Err(format!("a dictionary beside a column of {kind}")),
        _ => {}
    }
    if rows == 0 || matches!(kind, DataType::Null) {
        return Ok(());
    }
    if array.null_count > 0 && buffer(array, 0).is_null() {
        return Err(format!("{} nulls without a bitmap", array.null_count));
    }
    if buffer(array, 1).is_null() {
        return Err(format!("{rows} rows without their values"));
    }
    match kind {
        DataType::Utf8 => last_offset(i64::from(read::<i32>(buffer(array, 1), rows))),
        DataType::LargeUtf8 => last_offset(read::<i64>(buffer(array, 1), rows)),
        DataType::Utf8View => lengths_of_views(array, buffers),
        _ => Ok(()),
    }
}

fn rows(array: &FFI_ArrowArray) -> Result<usize, String> {
    // No memory holds more bits than this.
    const MOST: i64 = i64::MAX / 1024;
    let sum = array.length.checked_add(array.offset).filter(|sum| *sum <= MOST);
    let sum =
        sum.filter(|_| array.length >= 0 && array.offset >= 0).and_then(|sum| usize::try_from(sum).ok());
    sum.ok_or_else(|| format!("{} rows from row {} on", array.length, array.offset))
}

fn count_of_buffers(array: &FFI_ArrowArray, kind: &DataType) -> Result<usize, String> {
    let count = usize::try_from(array.n_buffers).unwrap_or(usize::MAX);
    let is_right = match kind {
        // Some libraries give it the bitmap that it has no need of.
        DataType::Null => count <= 1,
        DataType::Utf8 | DataType::LargeUtf8 => count == 3,
        DataType::Utf8View => (3..=1 << 32).contains(&count),
        _ => count == 2,
    };
    if !is_right || (count > 0 && array.buffers.is_null() && !matches!(kind, DataType::Null)) {
        return Err(format!("{} buffers of a column of {kind}", array.n_buffers));
    }
    Ok(count)
}

fn buffer(array: &FFI_ArrowArray, index: usize) -> *const u8 {
    // SAFETY: there are more buffers than `index`: their count was checked.
    unsafe { array.buffers.add(index).read_unaligned() }.cast()
}

fn read<T: Copy>(values: *const u8, index: usize) -> T {
    // SAFETY: a buffer of values has one for every row up to the last, and offsets have one more.
    unsafe { values.cast::<T>().add(index).read_unaligned() }
}

fn last_offset(offset: i64) -> Check {
    if offset < 0 { Err(format!("texts that end at {offset}")) } else { Ok(()) }
}

/// The last buffer of views has the lengths of the buffers of texts.
fn lengths_of_views(array: &FFI_ArrowArray, buffers: usize) -> Check {
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

/// What arrow-rs says is wrong, without the name of its kind of error.
pub(super) fn told(problem: &ArrowError) -> String {
    match problem {
        ArrowError::InvalidArgumentError(text) => text.clone(),
        other => other.to_string(),
    }
}
