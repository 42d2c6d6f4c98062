//! Columns of whole numbers and texts as bytes, the lowest byte first: what a snapshot is written with and read from.

use super::names::Names;

/// Why bytes are no snapshot: what is wrong, and in which part.
pub(super) struct Fault(pub(super) &'static str, pub(super) String);

/// What reading gives, or what is wrong with the bytes.
pub(super) type Read<T> = std::result::Result<T, Fault>;

/// Bytes that grow column by column.
#[derive(Default)]
pub(super) struct Writer(pub(super) Vec<u8>);

impl Writer {
    pub(super) fn byte_column(&mut self, column: impl Iterator<Item = u8>) {
        self.0.extend(column);
    }

    pub(super) fn u16_column(&mut self, column: impl Iterator<Item = u16>) {
        column.for_each(|number| self.0.extend_from_slice(&number.to_le_bytes()));
    }

    pub(super) fn u32_column(&mut self, column: impl Iterator<Item = u32>) {
        column.for_each(|number| self.0.extend_from_slice(&number.to_le_bytes()));
    }

    pub(super) fn i64_column(&mut self, column: impl Iterator<Item = i64>) {
        column.for_each(|number| self.0.extend_from_slice(&number.to_le_bytes()));
    }

    /// One number: how many, how far.
    pub(super) fn number(&mut self, number: u64) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    pub(super) fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.extend_from_slice(text.as_bytes());
    }

    pub(super) fn names(&mut self, names: &Names) {
        let (bytes, ends) = names.parts();
        self.text(bytes);
        self.number(ends.len() as u64);
        self.u32_column(ends.iter().copied());
    }
}

/// What is left to be read, and the part of the snapshot that it belongs to.
pub(super) struct Reader<'b> {
    bytes: &'b [u8],
    pub(super) part: &'static str,
}

impl<'b> Reader<'b> {
    pub(super) fn of(bytes: &'b [u8]) -> Self {
        Self { bytes, part: "header" }
    }

    pub(super) fn fault<T>(&self, problem: impl Into<String>) -> Read<T> {
        Err(Fault(self.part, problem.into()))
    }

    fn take(&mut self, count: usize) -> Read<&'b [u8]> {
        // A count that lies asks for more bytes than there are: nothing is reserved before they have been seen.
        let Some((taken, rest)) = self.bytes.split_at_checked(count) else {
            return self.fault(format!("{count} bytes are due and {} are there", self.bytes.len()));
        };
        self.bytes = rest;
        Ok(taken)
    }

    /// Rows of so many bytes each: nothing is made of a count before its bytes are seen to be there.
    fn rows<const WIDTH: usize>(&mut self, count: usize) -> Read<&'b [[u8; WIDTH]]> {
        let Some(bytes) = count.checked_mul(WIDTH) else {
            return self.fault(format!("{count} rows are more than there can be"));
        };
        Ok(self.take(bytes)?.as_chunks().0)
    }

    pub(super) fn byte_column(&mut self, count: usize) -> Read<&'b [u8]> {
        self.take(count)
    }

    pub(super) fn u16_column(
        &mut self,
        count: usize,
    ) -> Read<impl ExactSizeIterator<Item = u16> + Clone + use<'b>> {
        Ok(self.rows(count)?.iter().map(|row| u16::from_le_bytes(*row)))
    }

    pub(super) fn u32_column(
        &mut self,
        count: usize,
    ) -> Read<impl ExactSizeIterator<Item = u32> + Clone + use<'b>> {
        Ok(self.rows(count)?.iter().map(|row| u32::from_le_bytes(*row)))
    }

    pub(super) fn i64_column(
        &mut self,
        count: usize,
    ) -> Read<impl ExactSizeIterator<Item = i64> + Clone + use<'b>> {
        Ok(self.rows(count)?.iter().map(|row| i64::from_le_bytes(*row)))
    }

    pub(super) fn number(&mut self) -> Read<u64> {
        let rows = self.rows(1)?;
        Ok(rows.first().map_or(0, |row| u64::from_le_bytes(*row)))
    }

    /// How many rows come; never more than a store can number.
    pub(super) fn count(&mut self) -> Read<usize> {
        let count = self.number()?;
        match u32::try_from(count).ok().filter(|count| *count < u32::MAX) {
            Some(count) => Ok(count as usize),
            None => self.fault(format!("{count} rows are more than a book has")),
        }
    }

    pub(super) fn text(&mut self) -> Read<&'b str> {
        let len = self.number()?;
        let len = usize::try_from(len).unwrap_or(usize::MAX);
        self.text_of(len)
    }

    pub(super) fn text_of(&mut self, len: usize) -> Read<&'b str> {
        match str::from_utf8(self.take(len)?) {
            Ok(text) => Ok(text),
            Err(error) => self.fault(format!("a text is no UTF-8: {error}")),
        }
    }

    pub(super) fn names(&mut self) -> Read<Names> {
        let bytes = self.text()?.to_owned();
        let count = self.count()?;
        let ends = self.u32_column(count)?.collect();
        match Names::of_parts(bytes, ends) {
            Some(names) => Ok(names),
            None => self.fault("names do not lie one after the other"),
        }
    }

    /// A column of row numbers that is not to lead outside its store.
    pub(super) fn all_below(&self, what: &str, column: impl Iterator<Item = u32>, count: u32) -> Read<()> {
        // The greatest is found faster than the first that is too great.
        match column.max().filter(|greatest| *greatest >= count) {
            Some(greatest) => self.fault(format!("{what} {greatest} is not among the {count} there are")),
            None => Ok(()),
        }
    }

    pub(super) fn end(&self) -> Read<()> {
        match self.bytes.len() {
            0 => Ok(()),
            more => self.fault(format!("{more} bytes follow what is the last")),
        }
    }
}
