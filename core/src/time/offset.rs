//! The offset of an instant shown in a zone.

use std::fmt;

use chrono::{FixedOffset, Offset, Utc};

use super::changes::Local;
use super::zone::Zone;

/// The offset from UTC that an instant has in its [`Zone`]; displayed as its abbreviation, such as `CEST`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ZoneOffset {
    pub(super) zone: Zone,
    pub(super) local: Local,
}

impl ZoneOffset {
    /// The abbreviation, such as `CEST` or `+0530`.
    pub fn abbreviation(&self) -> &str {
        self.local.abbreviation()
    }
}

impl Offset for ZoneOffset {
    fn fix(&self) -> FixedOffset {
        // Offsets of a day or more are not read.
        FixedOffset::east_opt(self.local.offset).unwrap_or(Utc.fix())
    }
}

impl fmt::Display for ZoneOffset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.local.abbreviation() {
            "" => self.fix().fmt(f),
            name => f.pad(name),
        }
    }
}

impl fmt::Debug for ZoneOffset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
