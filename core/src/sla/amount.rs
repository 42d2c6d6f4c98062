//! An amount of the time that a metric counts.

use std::fmt;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::rulebook::Basis;
use crate::timeline::BusinessDuration;

/// An amount of time together with what it counts: open hours, or all hours.
///
/// ```
/// # use klokuur::sla::Amount;
/// assert_eq!(Amount::business_hours(24).to_string(), "24 h");
/// assert_eq!(Amount::elapsed_hours(24).to_string(), "24 h elapsed");
/// assert_ne!(Amount::business_hours(24), Amount::elapsed_hours(24));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Amount {
    /// Open time of the schedule.
    Business(BusinessDuration),
    /// All time, nights, weekends and holidays included; written like business time, as `PT24H`.
    Elapsed(#[serde(with = "elapsed")] TimeDelta),
}

impl Amount {
    /// So many hours of open time.
    pub fn business_hours(hours: u32) -> Self {
        Self::Business(BusinessDuration::hours(hours))
    }

    /// So many hours of all time.
    pub fn elapsed_hours(hours: u32) -> Self {
        Self::Elapsed(TimeDelta::hours(hours.into()))
    }

    /// So many hours of `basis`.
    pub fn hours(hours: u32, basis: Basis) -> Self {
        match basis {
            Basis::Business => Self::business_hours(hours),
            Basis::Elapsed => Self::elapsed_hours(hours),
        }
    }

    /// What it counts.
    pub fn basis(self) -> Basis {
        match self {
            Self::Business(_) => Basis::Business,
            Self::Elapsed(_) => Basis::Elapsed,
        }
    }

    /// The exact amount in nanoseconds.
    pub fn as_nanoseconds(self) -> i128 {
        match self {
            Self::Business(amount) => amount.as_nanoseconds(),
            Self::Elapsed(amount) => {
                i128::from(amount.num_seconds()) * 1_000_000_000 + i128::from(amount.subsec_nanos())
            }
        }
    }

    /// Whether there is nothing of it.
    pub fn is_zero(self) -> bool {
        self.as_nanoseconds() == 0
    }

    pub(crate) fn of(nanoseconds: i64, basis: Basis) -> Self {
        match basis {
            Basis::Business => Self::Business(BusinessDuration::from_nanoseconds(nanoseconds)),
            Basis::Elapsed => Self::Elapsed(TimeDelta::nanoseconds(nanoseconds)),
        }
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Business(amount) => amount.fmt(f),
            Self::Elapsed(amount) => write!(f, "{} elapsed", elapsed::as_duration(*amount)),
        }
    }
}

mod elapsed {
    use chrono::TimeDelta;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::timeline::BusinessDuration;

    /// The same length under the type that knows how to be written.
    pub(super) fn as_duration(amount: TimeDelta) -> BusinessDuration {
        BusinessDuration::seconds(amount.num_seconds())
            + BusinessDuration::from_nanoseconds(amount.subsec_nanos().into())
    }

    pub(super) fn serialize<S: Serializer>(amount: &TimeDelta, serializer: S) -> Result<S::Ok, S::Error> {
        as_duration(*amount).serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<TimeDelta, D::Error> {
        let amount = BusinessDuration::deserialize(deserializer)?.as_nanoseconds();
        i64::try_from(amount).map(TimeDelta::nanoseconds).map_err(|_| {
            serde::de::Error::custom("elapsed time is out of range: accepted is up to 292 years")
        })
    }
}
