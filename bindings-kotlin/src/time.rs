//! How instants and dates cross the boundary: as whole nanoseconds and days since 1970, exact on both sides.

use chrono::{DateTime, NaiveDate, Utc};

pub(crate) type Instant = DateTime<Utc>;
pub(crate) type LocalDate = NaiveDate;

uniffi::custom_type!(Instant, i64, {
    remote,
    try_lift: |nanos| Ok(DateTime::from_timestamp_nanos(nanos)),
    // Every instant that the library returns lies within 1900 to 2100, which fits.
    lower: |at| at.timestamp_nanos_opt().unwrap_or(if at.timestamp() < 0 { i64::MIN } else { i64::MAX }),
});

uniffi::custom_type!(LocalDate, i32, {
    remote,
    try_lift: |days| Ok(NaiveDate::from_epoch_days(days).unwrap_or(NaiveDate::MAX)),
    lower: |date| date.to_epoch_days(),
});
