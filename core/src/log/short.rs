//! Short texts as numbers: compared and hashed without a look at memory.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};

/// A text of up to sixteen bytes: equal keys are equal texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Key {
    low: u64,
    high: u64,
    length: u32,
}

impl Key {
    /// That of no text.
    pub(super) const ANY: Self = Self { low: 0, high: 0, length: u32::MAX };

    /// None for a longer text.
    #[inline]
    pub(super) fn of(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        // The first and the last eight, which overlap in shorter ones: with the length they say every byte.
        let (low, high) = match (bytes.first_chunk(), bytes.last_chunk()) {
            (Some(first), Some(last)) if bytes.len() <= 16 => {
                (u64::from_le_bytes(*first), u64::from_le_bytes(*last))
            }
            (Some(_), Some(_)) => return None,
            _ => match (bytes.first_chunk(), bytes.last_chunk()) {
                (Some(first), Some(last)) => {
                    (u64::from(u32::from_le_bytes(*first)), u64::from(u32::from_le_bytes(*last)))
                }
                _ => (bytes.iter().fold(0, |all, byte| all << 8 | u64::from(*byte)), 0),
            },
        };
        Some(Self { low, high, length: bytes.len() as u32 })
    }
}

/// Both halves of a product: each bit of the factors reaches many of the result.
#[inline]
fn folded(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    (product as u64) ^ (product >> 64) as u64
}

/// Odd, with as many ones as zeros: the fraction of the golden ratio.
const MULTIPLE: u64 = 0x9E37_79B9_7F4A_7C15;

/// Hashes keys: with seeds of its own a log, so that nobody can write a log of which all numbers fall together.
#[derive(Debug, Clone, Copy)]
pub(super) struct KeyHash {
    seeds: [u64; 2],
}

impl KeyHash {
    pub(super) fn new() -> Self {
        // Seeds of its own for each log: nobody can write case numbers that all fall into one slot.
        Self { seeds: [0, 1].map(|_| RandomState::new().build_hasher().finish()) }
    }

    #[inline]
    pub(super) fn of(self, key: Key) -> u64 {
        let [one, other] = self.seeds;
        folded(folded(key.low ^ one, key.high ^ other) ^ u64::from(key.length), MULTIPLE)
    }
}

/// The same for texts of any length, everywhere alike: for what takes no harm from many that fall together.
#[inline]
pub(super) fn hash_of(text: &str) -> u64 {
    let plain = KeyHash { seeds: [MULTIPLE, MULTIPLE.rotate_left(32)] };
    if let Some(key) = Key::of(text) {
        return plain.of(key);
    }
    let (eights, rest) = text.as_bytes().as_chunks::<8>();
    let eights = eights.iter().fold(0, |state, eight| folded(state ^ u64::from_le_bytes(*eight), MULTIPLE));
    rest.iter().fold(eights, |state, byte| folded(state ^ u64::from(*byte), MULTIPLE))
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use super::{Key, KeyHash, hash_of};

    #[test]
    fn a_key_is_its_text() {
        let letters = ["a", "b", "\0", "é"];
        let texts = (0..40_000_usize).map(|number| {
            let length = number % 18;
            (0..length).map(|place| letters[((number / 18) >> (place % 11)) & 3]).collect::<String>()
        });
        let (mut by_key, mut longer) = (HashMap::new(), 0);
        for text in texts {
            match Key::of(&text) {
                Some(key) => {
                    let known = by_key.entry((key.low, key.high, key.length)).or_insert_with(|| text.clone());
                    assert_eq!(known, &text);
                }
                None => longer += usize::from(text.len() > 16),
            }
        }
        assert!(by_key.len() > 1_000 && longer > 1_000);
        assert!(Key::of("sixteen bytes it").is_some());
        assert_eq!(Key::of("seventeen bytes !"), None);
    }

    #[test]
    fn numbers_that_differ_little_fall_apart() {
        let hash = KeyHash::new();
        let seeded = |text: &str| hash.of(Key::of(text).unwrap());
        for of in [&seeded as &dyn Fn(&str) -> u64, &hash_of] {
            let all: HashSet<u64> = (0..100_000).map(|number| of(&format!("K-{number}"))).collect();
            assert_eq!(all.len(), 100_000);
            for width in [3, 7, 9] {
                let few: HashSet<u64> =
                    (0..65_536).map(|number| of(&format!("CASE-{number:0width$}")) & 0xFFFF).collect();
                // Of so many balls in as many bins, 63 % of the bins have one.
                assert!((40_000..43_000).contains(&few.len()), "{} of {width}", few.len());
            }
            assert_ne!(of("a\0"), of("a"));
            assert_ne!(of(""), of("\0"));
        }
    }
}
