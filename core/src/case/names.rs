//! Texts that come back often, each kept once and known by a number.

use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;

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
    /// Open addressing: half a hash, which spares most comparisons, and the number.
    table: Vec<u64>,
}

impl Names {
    pub(super) fn new() -> Self {
        Self { bytes: String::new(), ends: Vec::new(), table: Vec::new() }
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
        self.slot(name, Self::hash(name)).ok()
    }

    /// The number of a name, and whether it is new; none when there is no room for another one.
    pub(super) fn intern(&mut self, name: &str) -> Option<(u32, bool)> {
        let hash = Self::hash(name);
        if self.table.is_empty() {
            self.table = vec![EMPTY; 16];
        }
        let slot = match self.slot(name, hash) {
            Ok(number) => return Some((number, false)),
            Err(slot) => slot,
        };
        let number = u32::try_from(self.ends.len()).ok().filter(|number| *number < NO_NAME)?;
        let end = u32::try_from(self.bytes.len().checked_add(name.len())?).ok()?;
        self.bytes.push_str(name);
        self.ends.push(end);
        *self.table.get_mut(slot)? = entry(hash, number);
        // Longer runs of taken slots would cost more than the room is worth.
        if self.ends.len() * 3 > self.table.len() * 2 {
            self.grow();
        }
        Some((number, true))
    }

    /// Eight bytes at a time, each mixed in by a widening multiplication.
    fn hash(name: &str) -> u32 {
        let seed = *SEED;
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
    fn slot(&self, name: &str, hash: u32) -> Result<u32, usize> {
        // A table without slots is that of a list that is empty yet.
        let Some(mask) = self.table.len().checked_sub(1) else { return Err(0) };
        let mut slot = hash as usize & mask;
        loop {
            let found = self.table.get(slot).copied().unwrap_or(EMPTY);
            if found == EMPTY {
                return Err(slot);
            }
            let number = found as u32;
            if (found >> 32) as u32 == hash && self.get(number) == Some(name) {
                return Ok(number);
            }
            slot = (slot + 1) & mask;
        }
    }

    fn grow(&mut self) {
        let mut table = vec![EMPTY; self.table.len() * 2];
        let mask = table.len() - 1;
        for &found in self.table.iter().filter(|found| **found != EMPTY) {
            let mut slot = (found >> 32) as usize & mask;
            while table.get(slot).is_some_and(|taken| *taken != EMPTY) {
                slot = (slot + 1) & mask;
            }
            if let Some(free) = table.get_mut(slot) {
                *free = found;
            }
        }
        self.table = table;
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
}
