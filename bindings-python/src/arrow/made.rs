//! Rows of answers, and how they are handed over: the memory goes out as it is.

use std::ffi::{CString, c_void};
use std::sync::Arc;

use klokuur::timeline::NULL;

use super::c_data::{ArrowArray, ArrowSchema};
use super::kind::{Kind, Number, TextLayout};
use super::text_views::TextViews;

/// Some rows of answers.
pub(crate) struct Made {
    pub(super) kind: Kind,
    validity: Validity,
    values: Values,
}

/// Which rows are no null.
struct Validity {
    rows: usize,
    nulls: usize,
    /// None where nothing is null.
    bits: Option<Vec<u8>>,
}

enum Values {
    Ticks(Vec<i64>),
    Counts(Vec<u32>),
    Truths(Vec<u8>),
    Texts(Offsets, String),
    Views(TextViews),
}

enum Offsets {
    Small(Vec<i32>),
    Large(Vec<i64>),
}

/// A bit for every row.
fn packed<T>(rows: &[T], bit: impl Fn(&T) -> bool) -> Vec<u8> {
    let byte = |eight: &[T]| {
        eight.iter().enumerate().fold(0, |byte, (place, row)| byte | u8::from(bit(row)) << place)
    };
    rows.chunks(8).map(byte).collect()
}

impl Validity {
    /// By the rows, or by what was set aside for each.
    fn of<T>(rows: &[T], is_valid: impl Fn(&T) -> bool) -> Self {
        if rows.iter().all(&is_valid) {
            return Self { rows: rows.len(), nulls: 0, bits: None };
        }
        let bits = packed(rows, is_valid);
        let ones: usize = bits.iter().map(|byte| byte.count_ones() as usize).sum();
        Self { rows: rows.len(), nulls: rows.len() - ones, bits: Some(bits) }
    }
}

impl Made {
    /// Instants or amounts, the least number where there is none.
    pub(crate) fn ticks(kind: Kind, ticks: Vec<i64>) -> Self {
        let validity = Validity::of(&ticks, |tick| *tick != NULL);
        Self { kind, validity, values: Values::Ticks(ticks) }
    }

    /// Truths; what stands under a null is false.
    pub(crate) fn truths(truths: &[Option<bool>]) -> Self {
        let bits = packed(truths, |truth| *truth == Some(true));
        Self {
            kind: Kind::Boolean,
            validity: Validity::of(truths, Option::is_some),
            values: Values::Truths(bits),
        }
    }

    /// Truths of which each is there.
    pub(crate) fn all_truths(truths: &[bool]) -> Self {
        let validity = Validity { rows: truths.len(), nulls: 0, bits: None };
        Self { kind: Kind::Boolean, validity, values: Values::Truths(packed(truths, |truth| *truth)) }
    }

    /// Counts of which each is there.
    pub(crate) fn all_counts(counts: Vec<u32>) -> Self {
        let validity = Validity { rows: counts.len(), nulls: 0, bits: None };
        Self { kind: Kind::Number(Number::UInt32), validity, values: Values::Counts(counts) }
    }

    /// Texts, with offsets as large as they need.
    pub(crate) fn texts<T: AsRef<str>>(texts: impl Iterator<Item = Option<T>>) -> Self {
        Self::each_text(TextLayout::Small, texts.size_hint().0, |take| {
            for text in texts {
                take(text.as_ref().map(AsRef::as_ref));
            }
        })
    }

    /// The same for texts that are handed over one by one, about so many, one after the other or as views.
    pub(crate) fn each_text(
        layout: TextLayout,
        rows: usize,
        each: impl FnOnce(&mut dyn FnMut(Option<&str>)),
    ) -> Self {
        if layout == TextLayout::Views {
            let (mut valid, mut views) = (Vec::with_capacity(rows), TextViews::new(rows));
            each(&mut |text| {
                valid.push(text.is_some());
                views.push(text.unwrap_or_default());
            });
            let validity = Validity::of(&valid, |is_there| *is_there);
            return Self { kind: Kind::Text(layout), validity, values: Values::Views(views) };
        }
        let (mut valid, mut all) = (Vec::with_capacity(rows), String::new());
        let mut offsets = Offsets::Small(Vec::with_capacity(rows + 1));
        offsets.push(0);
        each(&mut |text| {
            valid.push(text.is_some());
            all.push_str(text.unwrap_or_default());
            offsets.push(all.len());
        });
        let layout = match offsets {
            Offsets::Small(_) => TextLayout::Small,
            Offsets::Large(_) => TextLayout::Large,
        };
        let validity = Validity::of(&valid, |is_there| *is_there);
        Self { kind: Kind::Text(layout), validity, values: Values::Texts(offsets, all) }
    }

    /// Texts of which none is there.
    pub(crate) fn no_texts(rows: usize, layout: TextLayout) -> Self {
        let bits = (rows > 0).then(|| vec![0; rows.div_ceil(8)]);
        let (layout, values) = match layout {
            TextLayout::Views => (layout, Values::Views(TextViews::empty(rows))),
            _ => (TextLayout::Small, Values::Texts(Offsets::Small(vec![0; rows + 1]), String::new())),
        };
        Self { kind: Kind::Text(layout), validity: Validity { rows, nulls: rows, bits }, values }
    }

    pub(crate) fn len(&self) -> usize {
        self.validity.rows
    }
}

impl Offsets {
    fn push(&mut self, end: usize) {
        match self {
            Self::Large(offsets) => offsets.push(i64::try_from(end).unwrap_or(i64::MAX)),
            Self::Small(offsets) => match i32::try_from(end) {
                Ok(end) => offsets.push(end),
                Err(_) => {
                    *self = Self::Large(offsets.iter().copied().map(i64::from).collect());
                    self.push(end);
                }
            },
        }
    }
}

/// What an array that was handed over holds on to.
struct Kept {
    _made: Arc<Made>,
    buffers: Vec<*const c_void>,
    /// The sizes of the texts that views lead to, which Arrow has as its last buffer.
    _sizes: Vec<i64>,
}

/// The rows as an array of the C interface, which keeps them until it is released.
pub(super) fn array_of(made: Arc<Made>) -> ArrowArray {
    let valid = made.validity.bits.as_ref().map_or(std::ptr::null(), |bits| bits.as_ptr().cast());
    let mut buffers: Vec<*const c_void> = vec![valid];
    let mut sizes = Vec::new();
    match &made.values {
        Values::Ticks(ticks) => buffers.push(ticks.as_ptr().cast()),
        Values::Counts(counts) => buffers.push(counts.as_ptr().cast()),
        Values::Truths(bits) => buffers.push(bits.as_ptr().cast()),
        Values::Texts(Offsets::Small(offsets), texts) => {
            buffers.extend([offsets.as_ptr().cast::<c_void>(), texts.as_ptr().cast()]);
        }
        Values::Texts(Offsets::Large(offsets), texts) => {
            buffers.extend([offsets.as_ptr().cast::<c_void>(), texts.as_ptr().cast()]);
        }
        Values::Views(views) => {
            buffers.push(views.views().as_ptr().cast());
            buffers.extend(views.texts().iter().map(|texts| texts.as_ptr().cast::<c_void>()));
            sizes.extend(views.texts().iter().map(|texts| signed(texts.len())));
            buffers.push(sizes.as_ptr().cast());
        }
    }
    let (length, null_count) = (signed(made.validity.rows), signed(made.validity.nulls));
    let n_buffers = signed(buffers.len());
    let kept = Box::into_raw(Box::new(Kept { _made: made, buffers, _sizes: sizes }));
    ArrowArray {
        length,
        null_count,
        n_buffers,
        // SAFETY: it was made right now, and stays where it is until the release.
        buffers: unsafe { (*kept).buffers.as_mut_ptr() },
        release: Some(release_array),
        private_data: kept.cast(),
        ..ArrowArray::empty()
    }
}

fn signed(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

unsafe extern "C" fn release_array(array: *mut ArrowArray) {
    // SAFETY: a release happens once, with an array that `array_of` made.
    let array = unsafe { &mut *array };
    // SAFETY: it came from a box there.
    drop(unsafe { Box::from_raw(array.private_data.cast::<Kept>()) });
    (array.release, array.private_data, array.buffers) = (None, std::ptr::null_mut(), std::ptr::null_mut());
}

/// A kind as a schema of the C interface: a column without a name, in which there may be nulls.
pub(super) fn schema_of(kind: &Kind) -> ArrowSchema {
    const NULLABLE: i64 = 2;
    // A zone's name has no zero byte.
    let format = CString::new(kind.format()).unwrap_or_default().into_raw();
    ArrowSchema {
        format,
        name: c"".as_ptr(),
        flags: NULLABLE,
        release: Some(release_schema),
        private_data: format.cast(),
        ..ArrowSchema::empty()
    }
}

unsafe extern "C" fn release_schema(schema: *mut ArrowSchema) {
    // SAFETY: a release happens once, with a schema that `schema_of` made.
    let schema = unsafe { &mut *schema };
    // SAFETY: it came from a text there.
    drop(unsafe { CString::from_raw(schema.private_data.cast()) });
    (schema.release, schema.private_data, schema.format) = (None, std::ptr::null_mut(), std::ptr::null());
}
