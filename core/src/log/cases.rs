//! The rows of a log, case by case: without a comparison of texts, and without a text a row.

use super::short::{Key, KeyHash};
use std::collections::HashMap;

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
    cases: CaseNumbers<'a>,
    /// The cases of the rows, by their numbers.
    numbers: Vec<u32>,
    rows: Vec<Timed<K>>,
}

/// The rows of each case side by side.
#[derive(Debug)]
pub(super) struct Sorted<'a, K> {
    pub(super) names: Vec<&'a str>,
    /// Where the rows of each case begin, and the last ones end.
    pub(super) starts: Vec<u32>,
    pub(super) rows: Vec<Timed<K>>,
}

impl<'a, K: Copy> ByCase<'a, K> {
    /// Room for about so many rows.
    pub(super) fn new(rows: usize) -> Self {
        Self {
            cases: CaseNumbers::new(rows),
            numbers: Vec::with_capacity(rows),
            rows: Vec::with_capacity(rows),
        }
    }

    /// One more row of a case.
    #[inline]
    pub(super) fn push(&mut self, case: &'a str, row: Timed<K>) {
        self.rows.push(row);
        self.cases.push(case, &mut self.numbers);
    }

    pub(super) fn sorted(self) -> Sorted<'a, K> {
        let Self { cases, mut numbers, rows: found } = self;
        let names = cases.end(&mut numbers);
        let mut starts = vec![0; names.len() + 1];
        let mut is_sorted = true;
        let mut before = 0;
        for number in numbers.iter().copied() {
            if let Some(count) = starts.get_mut(number as usize + 1) {
                *count += 1;
            }
            is_sorted &= before <= number;
            before = number;
        }
        let mut start = 0;
        for count in &mut starts {
            start += *count;
            *count = start;
        }
        // Most exports are sorted by case already: then the rows stay where they lie.
        let any = match found.first() {
            Some(any) if !is_sorted => *any,
            _ => return Sorted { names, starts, rows: found },
        };
        // By counting: each row goes to the next free place of its case.
        let (mut free, mut rows) = (starts.clone(), vec![any; found.len()]);
        for (number, row) in numbers.into_iter().zip(found) {
            if let Some(place) = free.get_mut(number as usize) {
                if let Some(slot) = rows.get_mut(*place as usize) {
                    *slot = row;
                }
                *place += 1;
            }
        }
        Sorted { names, starts, rows }
    }
}

/// The numbers of cases, from 0 in the order in which they are met.
///
/// A table of hashes, each with the number of its case, and the keys of the cases by their numbers: both are small, and
/// the keys of cases that are met together lie together. Rows are looked up some at a time, so that none waits for the
/// memory of the one before.
#[derive(Debug)]
struct CaseNumbers<'a> {
    hash: KeyHash,
    /// A power of two of places, a third of which is free: a number plus one below a hash, or nothing.
    slots: Vec<u64>,
    /// Those of the cases with short numbers, and of the others any.
    keys: Vec<Key>,
    names: Vec<&'a str>,
    long: HashMap<&'a str, u32>,
    waiting: Vec<Waiting<'a>>,
}

/// A row whose case has no number yet.
#[derive(Debug, Clone, Copy)]
struct Waiting<'a> {
    case: &'a str,
    /// None of a long case number.
    key: Option<Key>,
    hash: u32,
    seen: u64,
}

/// Nothing: what a place holds at first.
const FREE: u64 = 0;
/// Rows that are looked up together.
const TOGETHER: usize = 64;
/// Places of a table: of a small log, and at first of the largest.
const PLACES: (usize, usize) = (256, 1 << 24);

fn slot_of(hash: u32, number: usize) -> u64 {
    u64::from(hash) << 32 | (number as u64 + 1)
}

/// The number in a place with this hash.
fn number_in(slot: u64, hash: u32) -> Option<u32> {
    ((slot >> 32) as u32 == hash).then(|| (slot as u32).checked_sub(1)).flatten()
}

impl<'a> CaseNumbers<'a> {
    /// Of about so many rows, of which a case has three or more.
    fn new(rows: usize) -> Self {
        let places = (rows / 2).next_power_of_two().clamp(PLACES.0, PLACES.1);
        Self {
            hash: KeyHash::new(),
            slots: vec![FREE; places],
            keys: Vec::new(),
            names: Vec::new(),
            long: HashMap::new(),
            waiting: Vec::with_capacity(TOGETHER),
        }
    }

    /// Takes the case of the next row; numbers come later, in the order of the rows.
    #[inline]
    fn push(&mut self, case: &'a str, numbers: &mut Vec<u32>) {
        let key = Key::of(case);
        let hash = key.map_or(0, |key| self.hash.of(key) as u32);
        self.waiting.push(Waiting { case, key, hash, seen: FREE });
        if self.waiting.len() == TOGETHER {
            self.number(numbers);
        }
    }

    /// The names of all cases by their numbers; the last rows get theirs.
    fn end(mut self, numbers: &mut Vec<u32>) -> Vec<&'a str> {
        self.number(numbers);
        self.names
    }

    fn number(&mut self, numbers: &mut Vec<u32>) {
        let mut waiting = std::mem::take(&mut self.waiting);
        let mask = self.slots.len() - 1;
        // Slots are fetched for a whole batch before any is needed: the memory answers while the next is asked, and
        // waiting for it is most of the time where the table does not fit the cache.
        for row in &mut waiting {
            row.seen = self.slots.get(row.hash as usize & mask).copied().unwrap_or_default();
        }
        for row in waiting.drain(..) {
            // A slot that was empty when it was fetched may be taken by now: only a hit is believed, a miss is looked
            // up again.
            let known = number_in(row.seen, row.hash).filter(|number| self.is(*number, row.key));
            numbers.push(match (known, row.key) {
                (Some(number), _) => number,
                (None, Some(key)) => self.short_number(key, row.hash, row.case),
                (None, None) => self.long_number(row.case),
            });
        }
        self.waiting = waiting;
    }

    /// Whether a case has this short number.
    fn is(&self, number: u32, key: Option<Key>) -> bool {
        key.is_some() && self.keys.get(number as usize).copied() == key
    }

    fn short_number(&mut self, key: Key, hash: u32, case: &'a str) -> u32 {
        let mask = self.slots.len() - 1;
        let mut place = hash as usize;
        while let Some(slot) = self.slots.get(place & mask).copied() {
            if slot == FREE {
                break;
            }
            if let Some(number) = number_in(slot, hash).filter(|number| self.is(*number, Some(key))) {
                return number;
            }
            place += 1;
        }
        let number = self.names.len();
        if let Some(slot) = self.slots.get_mut(place & mask) {
            *slot = slot_of(hash, number);
        }
        self.names.push(case);
        self.keys.push(key);
        // Two thirds full at most: beyond that the runs of taken slots get long.
        if self.names.len() * 3 > self.slots.len() * 2 {
            self.grow();
        }
        number as u32
    }

    #[cold]
    fn grow(&mut self) {
        let wider = vec![FREE; self.slots.len() * 2];
        let narrow = std::mem::replace(&mut self.slots, wider);
        let mask = self.slots.len() - 1;
        for slot in narrow.into_iter().filter(|slot| *slot != FREE) {
            // The hash lies in the slot itself, so growing reads no case number again.
            let mut place = (slot >> 32) as usize;
            while let Some(free) = self.slots.get_mut(place & mask) {
                if *free == FREE {
                    *free = slot;
                    break;
                }
                place += 1;
            }
        }
    }

    #[cold]
    fn long_number(&mut self, case: &'a str) -> u32 {
        let next = self.names.len() as u32;
        let number = *self.long.entry(case).or_insert(next);
        if number == next {
            self.names.push(case);
            self.keys.push(Key::ANY);
        }
        number
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::{ByCase, CaseNumbers, Sorted, Timed};

    #[test]
    fn rows_lie_by_case_in_the_order_in_which_both_come() {
        let mut by_case = ByCase::new(0);
        for (row, case) in (0..).zip(["b", "a", "b", "b", "c", "a"]) {
            by_case.push(case, Timed { at: -i64::from(row), row, kind: () });
        }
        let Sorted { names, starts, rows } = by_case.sorted();
        assert_eq!((names, starts), (vec!["b", "a", "c"], vec![0, 3, 5, 6]));
        assert_eq!(rows.iter().map(|timed| timed.row).collect::<Vec<_>>(), [0, 2, 3, 1, 5, 4]);
        let Sorted { names, starts, rows } = ByCase::<()>::new(0).sorted();
        assert!(names.is_empty() && rows.is_empty() && starts == [0]);
    }

    #[test]
    fn every_case_has_one_number() {
        let length = |number: usize| number % 23;
        let all: Vec<String> = (0..20_000).map(|n| format!("{n:0width$}", width = length(n))).collect();
        let (mut cases, mut numbers) = (CaseNumbers::new(0), Vec::new());
        let (mut known, mut expected) = (HashMap::new(), Vec::new());
        // Forwards, each three times, and backwards.
        for case in all.iter().flat_map(|case| [case; 3]).chain(all.iter().rev()) {
            let next = known.len() as u32;
            expected.push(*known.entry(case.as_str()).or_insert(next));
            cases.push(case, &mut numbers);
        }
        let names = cases.end(&mut numbers);
        assert_eq!(numbers, expected);
        assert!(names.iter().zip(0..).all(|(name, number)| known.get(name) == Some(&number)));
        assert!(names.len() == known.len() && names.len() > 15_000);
    }
}
