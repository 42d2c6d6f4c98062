//! A growing list that never moves what it holds: one more row costs the same however many there are.

/// How many rows a chunk has: 2^14, so that a small book stays small in address space and a large one in pointers.
const BITS: u32 = 14;
const ROWS: usize = 1 << BITS;

#[derive(Debug, Clone)]
pub(super) struct Store<T> {
    chunks: Vec<Vec<T>>,
}

impl<T> Store<T> {
    pub(super) const fn new() -> Self {
        Self { chunks: Vec::new() }
    }

    pub(super) fn len(&self) -> u32 {
        let last = self.chunks.last().map_or(0, Vec::len);
        let before = self.chunks.len().saturating_sub(1) * ROWS;
        // No more than fit are pushed.
        (before + last) as u32
    }

    /// Adds a row and gives its number; none when four billion are there.
    pub(super) fn push(&mut self, row: T) -> Option<u32> {
        let number = self.len();
        // The last number is kept free: it means "none" in links.
        number.checked_add(1).filter(|len| *len < u32::MAX)?;
        match self.chunks.last_mut() {
            Some(chunk) if chunk.len() < ROWS => chunk.push(row),
            Some(_) => {
                let mut chunk = Vec::with_capacity(ROWS);
                chunk.push(row);
                self.chunks.push(chunk);
            }
            // The first chunk grows as any list does.
            None => self.chunks.push(vec![row]),
        }
        Some(number)
    }

    /// A list of rows that are there already.
    pub(super) fn of(mut rows: impl ExactSizeIterator<Item = T>) -> Self {
        let mut chunks = Vec::with_capacity(rows.len().div_ceil(ROWS));
        while rows.len() > 0 {
            let mut chunk = Vec::with_capacity(rows.len().min(ROWS));
            chunk.extend(rows.by_ref().take(ROWS));
            chunks.push(chunk);
        }
        Self { chunks }
    }

    pub(super) fn get(&self, number: u32) -> Option<&T> {
        self.chunks.get((number >> BITS) as usize)?.get(number as usize & (ROWS - 1))
    }

    pub(super) fn get_mut(&mut self, number: u32) -> Option<&mut T> {
        self.chunks.get_mut((number >> BITS) as usize)?.get_mut(number as usize & (ROWS - 1))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, &T)> {
        (0..).zip(self.chunks.iter().flatten())
    }
}
