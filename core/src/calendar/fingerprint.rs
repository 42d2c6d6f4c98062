//! A short, stable name for a set of rules.

use std::fmt;
use std::str::FromStr;

use crate::error::{KlokuurError, Result};

/// A stable hash of rules: the same rules give the same fingerprint on every machine and in every language.
///
/// It is the 64-bit FNV-1a hash of a canonical text, shown as 16 hexadecimal digits. It tells whether an old
/// report was made with the rules of today; it is no protection against someone who wants a collision.
///
/// ```
/// # use klokuur::{Fingerprint, HolidayCalendar};
/// let stored = HolidayCalendar::netherlands().fingerprint().to_string();
/// let read: Fingerprint = stored.parse()?;
/// assert_eq!(read, HolidayCalendar::netherlands().fingerprint());
/// assert_ne!(read, HolidayCalendar::belgium().fingerprint());
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "String", into = "String")
)]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// The fingerprint of a text. Whoever calls it is responsible for a canonical one.
    pub fn of(text: &str) -> Self {
        // The published FNV-1a constants. Rust's own hashers may change between releases.
        const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
        const PRIME: u64 = 0x0000_0100_0000_01b3;
        Self(text.bytes().fold(OFFSET, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME)))
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl FromStr for Fingerprint {
    type Err = KlokuurError;

    /// Reads 16 hexadecimal digits.
    ///
    /// # Errors
    /// - fewer or more than 16 characters
    /// - anything but the digits 0-9, a-f, A-F
    fn from_str(text: &str) -> Result<Self> {
        let malformed = || KlokuurError::InvalidValue {
            what: "fingerprint",
            given: text.to_owned(),
            accepted: "16 hexadecimal digits".into(),
        };
        // Strictly what is written: `from_str_radix` alone would take a sign and shorter texts for the same value.
        if text.len() != 16 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(malformed());
        }
        u64::from_str_radix(text, 16).map(Self).map_err(|_| malformed())
    }
}

impl TryFrom<String> for Fingerprint {
    type Error = KlokuurError;
    fn try_from(text: String) -> Result<Self> {
        text.parse()
    }
}

impl From<Fingerprint> for String {
    fn from(fingerprint: Fingerprint) -> String {
        fingerprint.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::Fingerprint;

    #[test]
    fn published_fnv_1a_values() {
        assert_eq!(Fingerprint::of("").to_string(), "cbf29ce484222325");
        assert_eq!(Fingerprint::of("a").to_string(), "af63dc4c8601ec8c");
        assert_eq!(Fingerprint::of("foobar").to_string(), "85944171f73967e8");
    }
}
