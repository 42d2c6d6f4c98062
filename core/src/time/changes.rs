//! The changes of a zone's offset, asked of its rules once.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// From an instant on, a zone has this offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Change {
    /// Seconds since the Unix epoch; `i64::MIN` for the first.
    pub(crate) from: i64,
    pub(crate) local: Local,
}

/// How a zone's clocks stand, and what that is called.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Local {
    /// Wall clock minus UTC, in seconds; less than a day.
    pub(crate) offset: i32,
    abbreviation: [u8; Local::LONGEST],
}

/// 2102-01-01T00:00:00Z: a year more than is supported, for zones differ. Later instants are asked one by one.
const UNTIL: i64 = 4_165_516_800;

/// All changes up to [`UNTIL`], in order; none when an offset is a day or more.
pub(super) fn changes_of(rules: &TimeZone) -> Option<Vec<Change>> {
    let first = Change { from: i64::MIN, local: Local::at(rules, Timestamp::MIN)? };
    let mut changes = vec![first];
    for change in rules.following(Timestamp::MIN) {
        let from = change.timestamp().as_second();
        if from >= UNTIL {
            break;
        }
        let local = Local::new(change.offset().seconds(), change.abbreviation())?;
        if changes.last().is_none_or(|last| last.local != local) {
            changes.push(Change { from, local });
        }
    }
    Some(changes)
}

/// The only "change" of a clock that always stands at an offset; none when that is a day or more.
#[cfg(feature = "serde")]
pub(super) fn fixed_at(offset: i32) -> Option<Change> {
    Some(Change { from: i64::MIN, local: Local::new(offset, "")? })
}

/// How the clocks stand at an instant.
pub(super) fn local_at(changes: &[Change], rules: &TimeZone, second: i64) -> Local {
    if second < UNTIL {
        let after = changes.partition_point(|change| change.from <= second);
        return after.checked_sub(1).and_then(|i| changes.get(i)).map_or(Local::UTC, |change| change.local);
    }
    let at = Timestamp::from_second(second).unwrap_or(Timestamp::MAX);
    Local::at(rules, at).unwrap_or(Local::UTC)
}

impl Local {
    /// IANA's abbreviations have three to six characters.
    const LONGEST: usize = 8;

    const UTC: Self = Self { offset: 0, abbreviation: *b"UTC\0\0\0\0\0" };

    fn at(rules: &TimeZone, at: Timestamp) -> Option<Self> {
        let info = rules.to_offset_info(at);
        Self::new(info.offset().seconds(), info.abbreviation())
    }

    fn new(offset: i32, name: &str) -> Option<Self> {
        chrono::FixedOffset::east_opt(offset)?;
        let mut abbreviation = [0; Self::LONGEST];
        // A longer one is not shown: the offset is, in its place.
        if let Some(room) = abbreviation.get_mut(..name.len()) {
            room.copy_from_slice(name.as_bytes());
        }
        Some(Self { offset, abbreviation })
    }

    pub(super) fn abbreviation(&self) -> &str {
        let length = self.abbreviation.iter().position(|byte| *byte == 0).unwrap_or(Self::LONGEST);
        self.abbreviation.get(..length).and_then(|name| str::from_utf8(name).ok()).unwrap_or("")
    }
}

impl std::fmt::Debug for Local {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:+} s {}", self.offset, self.abbreviation())
    }
}
