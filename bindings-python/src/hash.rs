//! Python's hash of a value of the core.

use std::hash::{DefaultHasher, Hash, Hasher};

/// Equal values have one hash; it is the same in every process, as hashes of a `DefaultHasher` are.
pub(crate) fn hash_of(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
