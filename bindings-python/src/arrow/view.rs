//! The rows of a foreign array whose shape is right: the one place where foreign memory is read.

use std::borrow::Cow;
use std::slice;

use super::c_data::ArrowArray;
use super::kind::{Kind, Number, TextLayout};

/// The rows of an array of a kind.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    array: &'a ArrowArray,
    pub(crate) kind: &'a Kind,
}

/// Bits from one of them on: the first byte's lowest bit is the first.
#[derive(Clone, Copy)]
pub(crate) struct Bits<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) offset: usize,
}

impl Bits<'_> {
    pub(crate) fn get(self, row: usize) -> bool {
        let bit = self.offset + row;
        self.bytes.get(bit / 8).is_some_and(|byte| byte >> (bit % 8) & 1 == 1)
    }
}

/// A number as it lies in a buffer: any bits are one.
///
/// # Safety
/// Every pattern of bits is a value.
pub(crate) unsafe trait Plain: Copy {}

macro_rules! plain {
    ($($kind:ty),*) => {
        $(
            // SAFETY: every pattern of bits is one of them.
            unsafe impl Plain for $kind {}
        )*
    };
}
plain!(i8, i16, i32, i64, u8, u16, u32, u64, f32, f64);

/// What runs for a number of each size.
macro_rules! each_number {
    ($number:expr, $kind:ident => $body:expr) => {
        match $number {
            Number::Int8 => {
                type $kind = i8;
                $body
            }
            Number::Int16 => {
                type $kind = i16;
                $body
            }
            Number::Int32 => {
                type $kind = i32;
                $body
            }
            Number::Int64 => {
                type $kind = i64;
                $body
            }
            Number::UInt8 => {
                type $kind = u8;
                $body
            }
            Number::UInt16 => {
                type $kind = u16;
                $body
            }
            Number::UInt32 => {
                type $kind = u32;
                $body
            }
            Number::UInt64 => {
                type $kind = u64;
                $body
            }
            Number::Float32 => {
                type $kind = f32;
                $body
            }
            Number::Float64 => {
                type $kind = f64;
                $body
            }
        }
    };
}

impl<'a> View<'a> {
    /// The rows of an array whose shape was checked against the kind.
    pub(super) fn new(array: &'a ArrowArray, kind: &'a Kind) -> Self {
        Self { array, kind }
    }

    pub(crate) fn len(self) -> usize {
        usize::try_from(self.array.length).unwrap_or_default()
    }

    fn offset(self) -> usize {
        usize::try_from(self.array.offset).unwrap_or_default()
    }

    /// Which rows are not null; None when all of them are not.
    pub(crate) fn validity(self) -> Option<Bits<'a>> {
        if matches!(self.kind, Kind::Null) || self.array.n_buffers == 0 {
            return None;
        }
        self.bits(0)
    }

    pub(crate) fn is_valid(self, row: usize) -> bool {
        row < self.len()
            && !matches!(self.kind, Kind::Null)
            && self.validity().is_none_or(|bits| bits.get(row))
    }

    fn bits(self, index: usize) -> Option<Bits<'a>> {
        let bytes = buffer(self.array, index);
        let end = self.offset() + self.len();
        // SAFETY: a bitmap has a bit for every row up to the last.
        (!bytes.is_null()).then(|| Bits {
            bytes: unsafe { slice::from_raw_parts(bytes, end.div_ceil(8)) },
            offset: self.offset(),
        })
    }

    /// The numbers of all rows, whatever lies under a null among them. A buffer that is not aligned is copied.
    pub(crate) fn values<T: Plain>(self) -> Cow<'a, [T]> {
        let (rows, first) = (self.len(), buffer(self.array, 1));
        if rows == 0 {
            return Cow::Borrowed(&[]);
        }
        let first = first.cast::<T>();
        if first.is_aligned() {
            // SAFETY: a buffer of values has one for every row up to the last, and any bits are one.
            return Cow::Borrowed(unsafe { slice::from_raw_parts(first.add(self.offset()), rows) });
        }
        (0..rows).map(|row| read(first.cast(), self.offset() + row)).collect()
    }

    /// The truth of a row of a column of truths.
    pub(crate) fn truth(self, row: usize) -> Option<bool> {
        if !self.is_valid(row) {
            return None;
        }
        self.bits(1).map(|bits| bits.get(row))
    }

    /// The number of a row, written out.
    pub(crate) fn number(self, number: Number, row: usize) -> Option<String> {
        if !self.is_valid(row) {
            return None;
        }
        let at = self.offset() + row;
        Some(each_number!(number, T => read::<T>(buffer(self.array, 1), at).to_string()))
    }

    /// The place in its dictionary of the value of a row.
    pub(super) fn index(self, number: Number, row: usize) -> Option<Result<usize, String>> {
        if !self.is_valid(row) {
            return None;
        }
        let at = self.offset() + row;
        Some(each_number!(number, T => {
            let index = read::<T>(buffer(self.array, 1), at);
            // Never of a float: no dictionary has such indexes.
            usize::try_from(index as i128).map_err(|_| index.to_string())
        }))
    }

    /// The rows that indexes point to.
    pub(super) fn dictionary(self) -> Option<View<'a>> {
        let Kind::Dictionary(_, values) = self.kind else { return None };
        // SAFETY: a dictionary that is not null is an array of its own, which lives as long as this one.
        let array = unsafe { self.array.dictionary.as_ref() }?;
        Some(View { array, kind: values })
    }

    /// The text of a row of texts, or of indexes of texts.
    pub(crate) fn text(self, row: usize) -> Option<&'a str> {
        if !self.is_valid(row) {
            return None;
        }
        match self.kind {
            // SAFETY: a chunk is checked before anybody sees it: each of its texts is UTF-8.
            Kind::Text(layout) => {
                self.bytes(*layout, row).map(|bytes| unsafe { std::str::from_utf8_unchecked(bytes) })
            }
            Kind::Dictionary(number, _) => self.dictionary()?.text(self.index(*number, row)?.ok()?),
            _ => None,
        }
    }

    /// The bytes of the text of a row, without a look at the bitmap; None when they lie outside their buffer.
    pub(super) fn bytes(self, layout: TextLayout, row: usize) -> Option<&'a [u8]> {
        let (at, offsets) = (self.offset() + row, buffer(self.array, 1));
        let (start, end) = match layout {
            TextLayout::Small => (read::<i32>(offsets, at).into(), read::<i32>(offsets, at + 1).into()),
            TextLayout::Large => (read::<i64>(offsets, at), read::<i64>(offsets, at + 1)),
            TextLayout::Views => return self.viewed(offsets, at),
        };
        let (start, end) = (usize::try_from(start).ok()?, usize::try_from(end).ok()?);
        if start > end || end > self.last_offset(layout)? {
            return None;
        }
        if start == end {
            return Some(&[]);
        }
        // SAFETY: the buffer reaches to the last offset, and this lies before it.
        Some(unsafe { slice::from_raw_parts(buffer(self.array, 2).add(start), end - start) })
    }

    fn last_offset(self, layout: TextLayout) -> Option<usize> {
        let (last, offsets) = (self.offset() + self.len(), buffer(self.array, 1));
        match layout {
            TextLayout::Small => usize::try_from(read::<i32>(offsets, last)).ok(),
            TextLayout::Large => usize::try_from(read::<i64>(offsets, last)).ok(),
            TextLayout::Views => None,
        }
    }

    /// A view is 16 bytes: a length, then up to 12 bytes of text, or four of them, a buffer and an offset in it.
    fn viewed(self, views: *const u8, at: usize) -> Option<&'a [u8]> {
        let word = |index: usize| read::<i32>(views, 4 * at + index);
        let length = usize::try_from(word(0)).ok()?;
        if length <= 12 {
            // SAFETY: the text stands in the view itself, behind its length.
            return Some(unsafe { slice::from_raw_parts(views.add(16 * at + 4), length) });
        }
        let (index, start) = (usize::try_from(word(2)).ok()?, usize::try_from(word(3)).ok()?);
        let buffers = usize::try_from(self.array.n_buffers).ok()?;
        if index >= buffers.checked_sub(3)? {
            return None;
        }
        let size = usize::try_from(read::<i64>(buffer(self.array, buffers - 1), index)).ok()?;
        if start.checked_add(length)? > size {
            return None;
        }
        // SAFETY: it lies inside the buffer, whose size the array says.
        Some(unsafe { slice::from_raw_parts(buffer(self.array, 2 + index).add(start), length) })
    }
}

/// A buffer of an array.
pub(super) fn buffer(array: &ArrowArray, index: usize) -> *const u8 {
    // SAFETY: there are more buffers than `index`: their count was checked against the kind.
    unsafe { array.buffers.add(index).read_unaligned() }.cast()
}

/// A number of a buffer.
pub(super) fn read<T: Plain>(values: *const u8, index: usize) -> T {
    // SAFETY: a buffer of values has one for every row up to the last, and offsets have one more; any bits are one.
    unsafe { values.cast::<T>().add(index).read_unaligned() }
}
