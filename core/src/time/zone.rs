//! A time zone of the IANA database.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use chrono::{
    DateTime, FixedOffset, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone,
    Utc,
};

use super::changes::{Change, Local, local_at};
use super::zone_data::{self, Rules};
use crate::error::{KlokuurError, Result};

/// A time zone of the IANA database, by its name: small, `Copy`, and a [`chrono::TimeZone`].
///
/// Made from a name in any case, from `chrono_tz::Tz` (feature `chrono-tz`, on by default), or from jiff's `TimeZone`
/// (feature `jiff`). Its rules are those of [`zone_data`](super::zone_data), also where the host has another release.
///
/// ```
/// use chrono::TimeZone;
/// use klokuur::Zone;
///
/// let amsterdam: Zone = "europe/amsterdam".parse()?;
/// assert_eq!(amsterdam.name(), "Europe/Amsterdam");
/// let noon = amsterdam.with_ymd_and_hms(2100, 7, 1, 12, 0, 0).unwrap();
/// assert_eq!(noon.to_string(), "2100-07-01 12:00:00 CEST");
/// assert_eq!(Zone::from(chrono_tz::Europe::Amsterdam), amsterdam);
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Zone(&'static Rules);

/// No clock stands farther from UTC than this.
const FARTHEST: TimeDelta = TimeDelta::hours(26);

impl Zone {
    /// Coordinated Universal Time.
    pub const UTC: Self = Self(&zone_data::UTC);

    /// The name in the IANA database, such as `Europe/Amsterdam`. A link keeps its own name.
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// The rules themselves.
    #[cfg(feature = "jiff")]
    pub(super) fn rules(self) -> &'static jiff::tz::TimeZone {
        &self.0.rules
    }

    /// All changes of the offset in the supported years and before, in order.
    pub(crate) fn changes(self) -> &'static [Change] {
        &self.0.changes
    }

    /// A zone that is in every release of the database.
    #[cfg(any(feature = "chrono-tz", feature = "domain"))]
    pub(crate) fn known(name: &str) -> Self {
        name.parse().unwrap_or(Self::UTC)
    }

    /// A clock that always stands at an offset: of an instant that was read back, whose zone nobody knows.
    #[cfg(feature = "serde")]
    pub(super) fn at_offset(offset: FixedOffset) -> Self {
        zone_data::rules_at(offset.local_minus_utc()).map_or(Self::UTC, Self)
    }

    fn offset_at(self, utc: DateTime<Utc>) -> ZoneOffset {
        ZoneOffset { zone: self, local: local_at(&self.0.changes, &self.0.rules, utc.timestamp()) }
    }
}

impl TimeZone for Zone {
    type Offset = ZoneOffset;

    fn from_offset(offset: &ZoneOffset) -> Self {
        offset.zone
    }

    fn offset_from_local_date(&self, local: &NaiveDate) -> MappedLocalTime<ZoneOffset> {
        self.offset_from_local_datetime(&local.and_time(NaiveTime::MIN))
    }

    fn offset_from_local_datetime(&self, local: &NaiveDateTime) -> MappedLocalTime<ZoneOffset> {
        // Every offset that is in force around that time of the wall clock; the largest gives the earliest instant.
        let read_as_utc = local.and_utc();
        let around = [-FARTHEST, -FARTHEST / 2, TimeDelta::zero(), FARTHEST / 2, FARTHEST];
        let mut found: [Option<ZoneOffset>; 2] = [None, None];
        for distance in around {
            let Some(near) = read_as_utc.checked_add_signed(distance) else { continue };
            let offset = self.offset_at(near).local.offset;
            let Some(at) = local.checked_sub_signed(TimeDelta::seconds(offset.into())) else { continue };
            let shown = self.offset_at(at.and_utc());
            if shown.local.offset != offset {
                continue;
            }
            match found {
                [None, _] => found = [Some(shown), None],
                [Some(known), _] if known.local.offset == offset => {}
                [Some(known), None] if known.local.offset > offset => found[1] = Some(shown),
                [Some(known), None] => found = [Some(shown), Some(known)],
                // Between the two: neither the earliest nor the latest.
                _ => {}
            }
        }
        match found {
            [Some(earliest), Some(latest)] => MappedLocalTime::Ambiguous(earliest, latest),
            [Some(only), None] => MappedLocalTime::Single(only),
            _ => MappedLocalTime::None,
        }
    }

    fn offset_from_utc_date(&self, utc: &NaiveDate) -> ZoneOffset {
        self.offset_at(utc.and_time(NaiveTime::MIN).and_utc())
    }

    fn offset_from_utc_datetime(&self, utc: &NaiveDateTime) -> ZoneOffset {
        self.offset_at(utc.and_utc())
    }
}

impl FromStr for Zone {
    type Err = KlokuurError;

    /// Reads an IANA name, in any case; links too.
    ///
    /// # Errors
    /// - [`UnknownName`](KlokuurError::UnknownName): no IANA zone has that name
    fn from_str(name: &str) -> Result<Self> {
        zone_data::rules_named(name).map(Self).ok_or_else(|| KlokuurError::UnknownName {
            what: "time zone",
            given: name.to_owned(),
            accepted: "an IANA name such as Europe/Amsterdam".into(),
        })
    }
}

#[cfg(feature = "chrono-tz")]
impl From<chrono_tz::Tz> for Zone {
    /// The zone of that name, by the rules that klokuur holds.
    fn from(zone: chrono_tz::Tz) -> Self {
        // A test holds that every name of chrono-tz is known here.
        Self::known(zone.name())
    }
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        // Each set of rules is kept once.
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for Zone {}

impl Hash for Zone {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.name.hash(state);
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0.name)
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0.name)
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Zone {
    fn serialize<S: serde::Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        to.serialize_str(self.0.name)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Zone {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

/// The offset from UTC that an instant has in its [`Zone`]; displayed as its abbreviation, such as `CEST`.
///
/// ```
/// # use chrono::{DateTime, Utc};
/// # use klokuur::Zone;
/// let zone: Zone = "Europe/Amsterdam".parse()?;
/// let summer = "2026-07-01T12:00:00Z".parse::<DateTime<Utc>>()?.with_timezone(&zone);
/// assert_eq!(summer.offset().abbreviation(), "CEST");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ZoneOffset {
    zone: Zone,
    local: Local,
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
