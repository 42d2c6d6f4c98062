//! Instants as whole nanoseconds since the Unix epoch: exact, and small enough to keep a million of them.

use chrono::{DateTime, Utc};

use crate::error::{KlokuurError, Result};
use crate::time::{FIRST_SECOND, INSTANTS_IN_WORDS, LIMIT_SECOND, Moment};

/// Nanoseconds since the Unix epoch.
pub(crate) type Nanos = i64;

/// No such instant.
pub(crate) const NEVER: Nanos = Nanos::MAX;

/// 1900-01-01T00:00:00Z, the first supported instant.
pub(crate) const FIRST: Nanos = FIRST_SECOND * 1_000_000_000;
/// 2101-01-01T00:00:00Z, the first instant no longer supported.
pub(crate) const END: Nanos = LIMIT_SECOND * 1_000_000_000;

/// The nanoseconds of an instant.
///
/// # Errors
/// - an instant before 1900 or from 2101 on
pub(crate) fn nanos<M: Moment>(at: &M) -> Result<Nanos> {
    let at = at.utc();
    at.timestamp_nanos_opt().filter(|ns| (FIRST..END).contains(ns)).ok_or_else(|| KlokuurError::OutOfRange {
        what: "instant",
        given: at.to_rfc3339(),
        accepted: INSTANTS_IN_WORDS.into(),
    })
}

/// Whether it is an instant of the supported years.
pub(crate) fn is_supported(ns: Nanos) -> bool {
    (FIRST..END).contains(&ns)
}

/// The same nanoseconds.
///
/// # Errors
/// - as [`nanos`]
pub(crate) fn supported(ns: Nanos) -> Result<Nanos> {
    if is_supported(ns) { Ok(ns) } else { nanos(&instant(ns)) }
}

/// The instant of so many nanoseconds.
pub(crate) fn instant(ns: Nanos) -> DateTime<Utc> {
    DateTime::from_timestamp_nanos(ns)
}
