//! Business time from and to jiff's durations.

use jiff::SignedDuration;

use super::duration::BusinessDuration;
use crate::error::{KlokuurError, Result};
use crate::time::ToJiff;

impl From<SignedDuration> for BusinessDuration {
    /// So much business time: an hour of jiff's becomes an hour that counts.
    fn from(duration: SignedDuration) -> Self {
        Self::seconds(duration.as_secs()) + Self::from_nanoseconds(duration.subsec_nanos().into())
    }
}

impl TryFrom<BusinessDuration> for SignedDuration {
    type Error = KlokuurError;

    /// # Errors
    /// - more than an `i64` of seconds, which no span within the supported years is
    fn try_from(amount: BusinessDuration) -> Result<Self> {
        let nanoseconds = amount.as_nanoseconds();
        let second = i64::try_from(nanoseconds / 1_000_000_000).map_err(|_| KlokuurError::OutOfRange {
            what: "amount of business time",
            given: amount.to_string(),
            accepted: "amounts that fit into 64 bits of seconds".into(),
        })?;
        Ok(Self::new(second, i32::try_from(nanoseconds % 1_000_000_000).unwrap_or_default()))
    }
}

impl ToJiff for BusinessDuration {
    type Jiff = SignedDuration;

    fn to_jiff(&self) -> SignedDuration {
        let nearest = if self.is_negative() { SignedDuration::MIN } else { SignedDuration::MAX };
        SignedDuration::try_from(*self).unwrap_or(nearest)
    }
}
