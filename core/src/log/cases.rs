//! The rows of a log, case by case: without a comparison of texts, and without a text a row.

use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};

/// A row: when it happened, and what it is to whoever reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Timed<K> {
    pub(super) at: i64,
    pub(super) row: u32,
    pub(super) kind: K,
}

/// Rows by case, in the order in which the cases are met; the rows of a case in that of the log.
#[derive(Debug)]
pub(super) struct ByCase<'a, K> {
    numbers: HashMap<&'a str, u32, CaseHash>,
    /// The case of the row before: most logs have runs of them.
    last: Option<(&'a str, u32)>,
    names: Vec<&'a str>,
    counts: Vec<u32>,
    found: Vec<(u32, Timed<K>)>,
}

impl<'a, K: Copy> ByCase<'a, K> {
    pub(super) fn new() -> Self {
        Self {
            numbers: HashMap::with_hasher(CaseHash::new()),
            last: None,
            names: Vec::new(),
            counts: Vec::new(),
            found: Vec::new(),
        }
    }

    pub(super) fn reserve(&mut self, rows: usize) {
        self.found.reserve_exact(rows);
    }

    /// One more row of a case.
    pub(super) fn push(&mut self, case: &'a str, row: Timed<K>) {
        let number = match self.last {
            Some((name, number)) if name == case => number,
            _ => {
                let next = self.names.len() as u32;
                let number = *self.numbers.entry(case).or_insert(next);
                if number == next {
                    self.names.push(case);
                    self.counts.push(0);
                }
                self.last = Some((case, number));
                number
            }
        };
        if let Some(count) = self.counts.get_mut(number as usize) {
            *count += 1;
        }
        self.found.push((number, row));
    }

    /// The names of the cases, where the rows of each begin (and the last end), and all rows side by side.
    pub(super) fn sorted(self) -> (Vec<&'a str>, Vec<u32>, Vec<Timed<K>>) {
        let Self { names, counts, found, .. } = self;
        let mut free = Vec::with_capacity(counts.len());
        let mut starts = Vec::with_capacity(counts.len() + 1);
        let mut start = 0;
        for count in counts {
            free.push(start);
            starts.push(start);
            start += count;
        }
        starts.push(start);
        if found.is_sorted_by_key(|(number, _)| *number) {
            return (names, starts, found.into_iter().map(|(_, row)| row).collect());
        }
        let Some((_, any)) = found.first().copied() else { return (names, starts, Vec::new()) };
        let mut rows = vec![any; found.len()];
        for (number, row) in found {
            if let Some(place) = free.get_mut(number as usize) {
                if let Some(slot) = rows.get_mut(*place as usize) {
                    *slot = row;
                }
                *place += 1;
            }
        }
        (names, starts, rows)
    }
}

/// Hashes case numbers: a seed of its own a log, so that nobody can write a log of which all numbers fall together, and eight
/// bytes at a time, because numbers are short and many.
#[derive(Debug, Clone, Copy)]
pub(super) struct CaseHash {
    seed: u64,
}

impl CaseHash {
    pub(super) fn new() -> Self {
        Self { seed: RandomState::new().build_hasher().finish() }
    }
}

impl BuildHasher for CaseHash {
    type Hasher = CaseHasher;

    fn build_hasher(&self) -> CaseHasher {
        CaseHasher { state: self.seed, seed: self.seed }
    }
}

#[derive(Debug)]
pub(super) struct CaseHasher {
    state: u64,
    seed: u64,
}

/// Both halves of a product: each bit of the factors reaches many of the result.
fn folded(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    (product as u64) ^ (product >> 64) as u64
}

/// Odd, with as many ones as zeros: the fraction of the golden ratio.
const MULTIPLE: u64 = 0x9E37_79B9_7F4A_7C15;

impl Hasher for CaseHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (eights, rest) = bytes.as_chunks::<8>();
        for eight in eights {
            self.state =
                folded(self.state ^ u64::from_le_bytes(*eight), MULTIPLE ^ self.seed.rotate_left(32));
        }
        if !rest.is_empty() {
            let mut last = [0; 8];
            last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
            self.state = folded(self.state ^ u64::from_le_bytes(last), MULTIPLE ^ self.seed.rotate_left(32));
        }
        // Texts of zero bytes differ by their lengths.
        self.state ^= bytes.len() as u64;
    }

    /// What a text ends with says nothing more: its length is in the state.
    fn write_u8(&mut self, _: u8) {}

    fn finish(&self) -> u64 {
        folded(self.state, MULTIPLE | self.seed << 1)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::hash::BuildHasher;

    use super::{ByCase, CaseHash, Timed};

    #[test]
    fn rows_lie_by_case_in_the_order_in_which_both_come() {
        let mut by_case = ByCase::new();
        for (row, case) in (0..).zip(["b", "a", "b", "b", "c", "a"]) {
            by_case.push(case, Timed { at: -i64::from(row), row, kind: () });
        }
        let (names, starts, rows) = by_case.sorted();
        assert_eq!((names, starts), (vec!["b", "a", "c"], vec![0, 3, 5, 6]));
        assert_eq!(rows.iter().map(|timed| timed.row).collect::<Vec<_>>(), [0, 2, 3, 1, 5, 4]);
    }

    #[test]
    fn numbers_that_differ_little_fall_apart() {
        let hash = CaseHash::new();
        let of = |text: &str| hash.hash_one(text);
        let all: HashSet<u64> = (0..100_000).map(|number| of(&format!("K-{number}"))).collect();
        assert_eq!(all.len(), 100_000);
        // Tables take the lowest bits for the place and the highest to compare.
        for shift in [0, 48] {
            let few: HashSet<u64> =
                (0..65_536).map(|number| of(&format!("CASE-{number:07}")) >> shift & 0xFFFF).collect();
            // Of so many balls in as many bins, 63 % of the bins have one.
            assert!((40_000..43_000).contains(&few.len()), "{} at {shift}", few.len());
        }
        assert_ne!(of("a\0"), of("a"));
        assert_ne!(of(""), of("\0"));
    }
}
