//! Texts that come back often, each kept once and known by a number.

use std::hash::{BuildHasher, RandomState};
use std::sync::{LazyLock, OnceLock};

use crate::error::KlokuurError;

/// Means "none" wherever a row's number is kept.
pub(super) const NONE: u32 = u32::MAX;

/// Means "no name" wherever a name's number is kept.
pub(super) const NO_NAME: u32 = u32::MAX;

/// Many bits, well spread: the golden ratio.
const ODD: u64 = 0x9E37_79B9_7F4A_7C15;

/// Another one in each process and unknown outside, so that nobody can choose names that collide.
static SEED: LazyLock<u64> = LazyLock::new(|| RandomState::new().hash_one(0));

/// An empty slot of the table.
const EMPTY: u64 = u64::MAX;

#[derive(Debug, Clone)]
pub(super) struct Names {
    bytes: String,
    /// Where each name ends in `bytes`.
    ends: Vec<u32>,
    /// Open addressing: half a hash, which spares most comparisons, and the number. Names that were read whole have it
    /// from the first time that one is looked for.
    table: OnceLock<Vec<u64>>,
}

impl Names {
    pub(super) fn new() -> Self {
        Self { bytes: String::new(), ends: Vec::new(), table: OnceLock::new() }
    }

    /// Names side by side, each of them once, and where each ends; none when they do not lie one after the other in the
    /// text.
    pub(super) fn of_parts(bytes: String, ends: Vec<u32>) -> Option<Self> {
        let mut start = 0;
        for end in &ends {
            bytes.get(start..*end as usize)?;
            start = *end as usize;
        }
        (start == bytes.len() && ends.len() < NO_NAME as usize).then_some(Self {
            bytes,
            ends,
            table: OnceLock::new(),
        })
    }

    /// All names side by side, and where each ends.
    pub(super) fn parts(&self) -> (&str, &[u32]) {
        (&self.bytes, &self.ends)
    }

    pub(super) fn get(&self, number: u32) -> Option<&str> {
        let index = number as usize;
        let end = *self.ends.get(index)? as usize;
        let start = match index.checked_sub(1) {
            Some(before) => *self.ends.get(before)? as usize,
            None => 0,
        };
        self.bytes.get(start..end)
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The number of a name that is there or not, [`NO_NAME`] for none.
    ///
    /// # Errors
    /// - no room for another one
    pub(super) fn keep_some(&mut self, name: Option<&str>) -> Result<u32, KlokuurError> {
        match name {
            None => Ok(NO_NAME),
            Some(name) => self.intern(name).map(|(number, _)| number).ok_or_else(full),
        }
    }

    /// All names, in the order of their numbers.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        let mut start = 0;
        self.ends.iter().map(move |end| {
            let name = self.bytes.get(start..*end as usize).unwrap_or_default();
            start = *end as usize;
            name
        })
    }

    pub(super) fn find(&self, name: &str) -> Option<u32> {
        if self.ends.is_empty() {
            return None;
        }
        self.slot(self.table(), name, Self::hash(name)).ok()
    }

    fn table(&self) -> &[u64] {
        self.table.get_or_init(|| self.table_of(self.ends.len()))
    }

    /// A table of all names, with room for one more than `names`.
    fn table_of(&self, names: usize) -> Vec<u64> {
        let slots = (names * 3 / 2 + 1).next_power_of_two().max(16);
        let (mut table, mask) = (vec![EMPTY; slots], slots - 1);
        for (number, name) in (0..).zip(self.iter()) {
            let hash = Self::hash(name);
            put(&mut table, mask, entry(hash, number));
        }
        table
    }

    /// The number of a name, and whether it is new; none when there is no room for another one.
    pub(super) fn intern(&mut self, name: &str) -> Option<(u32, bool)> {
        let hash = Self::hash(name);
        let slot = match self.slot(self.table(), name, hash) {
            Ok(number) => return Some((number, false)),
            Err(slot) => slot,
        };
        let number = u32::try_from(self.ends.len()).ok().filter(|number| *number < NO_NAME)?;
        // Before anything is kept: a store that is full stays as it is.
        let end = u32::try_from(self.bytes.len().checked_add(name.len())?).ok()?;
        grow_by_an_eighth(&mut self.bytes, name.len());
        self.bytes.push_str(name);
        self.ends.push(end);
        let table = self.table.get_mut()?;
        *table.get_mut(slot)? = entry(hash, number);
        // Longer runs of taken slots would cost more than the room is worth.
        if self.ends.len() * 3 > table.len() * 2 {
            grow(table);
        }
        Some((number, true))
    }

    /// Eight bytes at a time, each mixed in by a widening multiplication.
    fn hash(name: &str) -> u32 {
        let seed = *SEED;
        // With the length, so that zeros at the end of the last word make another name.
        let mut hash = seed ^ (name.len() as u64).wrapping_mul(ODD);
        for chunk in name.as_bytes().chunks(8) {
            let mut word = [0; 8];
            for (to, from) in word.iter_mut().zip(chunk) {
                *to = *from;
            }
            let product = u128::from(hash ^ u64::from_le_bytes(word)) * u128::from(seed | ODD);
            hash = (product >> 64) as u64 ^ product as u64;
        }
        (hash >> 32) as u32 ^ hash as u32
    }

    /// The number of the name, or the slot where it belongs.
    fn slot(&self, table: &[u64], name: &str, hash: u32) -> Result<u32, usize> {
        let mask = table.len().wrapping_sub(1);
        let mut slot = hash as usize & mask;
        loop {
            let found = table.get(slot).copied().unwrap_or(EMPTY);
            if found == EMPTY {
                return Err(slot);
            }
            let number = found as u32;
            // Half a hash spares the look into the bytes, which are somewhere else in memory.
            if (found >> 32) as u32 == hash && self.get(number) == Some(name) {
                return Ok(number);
            }
            slot = (slot + 1) & mask;
        }
    }
}

/// Room for more bytes: large texts do not double, so that little of it is empty.
fn grow_by_an_eighth(bytes: &mut String, more: usize) {
    if bytes.capacity() - bytes.len() < more && bytes.len() > 1 << 16 {
        bytes.reserve_exact(more.max(bytes.len() / 8));
    }
}

fn grow(table: &mut Vec<u64>) {
    let mut larger = vec![EMPTY; table.len() * 2];
    let mask = larger.len() - 1;
    for &found in table.iter().filter(|found| **found != EMPTY) {
        put(&mut larger, mask, found);
    }
    *table = larger;
}

/// Puts an entry in the first free slot from its own on.
fn put(table: &mut [u64], mask: usize, entry: u64) {
    let mut slot = (entry >> 32) as usize & mask;
    while table.get(slot).is_some_and(|taken| *taken != EMPTY) {
        slot = (slot + 1) & mask;
    }
    if let Some(free) = table.get_mut(slot) {
        *free = entry;
    }
}

fn entry(hash: u32, number: u32) -> u64 {
    u64::from(hash) << 32 | u64::from(number)
}

/// A store of the book is full.
pub(super) fn full() -> KlokuurError {
    KlokuurError::OutOfRange {
        what: "size of the case book",
        given: "one more".into(),
        accepted: "up to 4,294,967,294 cases, events and texts, and 4 GiB of names".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn every_name_keeps_its_number() {
        let mut names = Names::new();
        for i in 0..5_000u32 {
            assert_eq!(names.intern(&format!("name {i}")), Some((i, true)));
        }
        for i in 0..5_000u32 {
            let name = format!("name {i}");
            assert_eq!(names.intern(&name), Some((i, false)));
            assert_eq!(names.find(&name), Some(i));
            assert_eq!(names.get(i), Some(name.as_str()));
        }
        assert_eq!(names.find("name"), None);
        assert_eq!(names.intern(""), Some((5_000, true)));
        assert_eq!(names.find(""), Some(5_000));
    }

    #[test]
    fn names_that_were_read_whole_are_found_and_added_to() {
        let mut names = Names::new();
        assert_eq!(names.find("one"), None);
        for i in 0..1_000u32 {
            names.intern(&format!("name {i}"));
            let (bytes, ends) = names.parts();
            let Some(mut again) = Names::of_parts(bytes.to_owned(), ends.to_vec()) else { panic!("{i}") };
            assert_eq!(again.find(&format!("name {i}")), Some(i));
            assert_eq!(again.find("another"), None);
            assert_eq!(again.intern("another"), Some((i + 1, true)));
            assert_eq!(again.intern("name 0"), Some((0, false)));
        }
        assert!(Names::of_parts("é".into(), vec![1, 2]).is_none());
        assert!(Names::of_parts("abc".into(), vec![2, 1]).is_none());
        assert!(Names::of_parts("abc".into(), vec![2]).is_none());
        assert!(Names::of_parts("abc".into(), vec![2, 4]).is_none());
    }
}
