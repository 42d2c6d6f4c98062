//! Instants as callers have them.

use chrono::{DateTime, TimeZone, Utc};

/// An instant in the caller's own vocabulary: chrono's `DateTime` in any zone and, with the feature `jiff`, jiff's
/// `Timestamp` and `ZonedDateTime`. Business time takes any of them, and answers in the kind and zone that it was given.
///
/// It is implemented here for those three, and for no others.
pub trait Moment: Clone + sealed::Sealed {
    /// The instant.
    fn utc(&self) -> DateTime<Utc>;

    /// Another instant in the kind and zone of this one; the nearest that the kind can say.
    fn like(&self, at: DateTime<Utc>) -> Self;
}

mod sealed {
    pub trait Sealed {}
}

impl<Z: TimeZone> sealed::Sealed for DateTime<Z> {}

impl<Z: TimeZone> Moment for DateTime<Z> {
    #[inline(always)]
    fn utc(&self) -> DateTime<Utc> {
        self.to_utc()
    }

    #[inline(always)]
    fn like(&self, at: DateTime<Utc>) -> Self {
        at.with_timezone(&self.timezone())
    }
}

#[cfg(feature = "jiff")]
mod of_jiff {
    use jiff::{Timestamp, ZonedDateTime, civil, tz};

    use super::{DateTime, Moment, Utc, sealed::Sealed};
    use crate::error::{KlokuurError, Result};
    use crate::time::Zone;

    impl Sealed for Timestamp {}

    impl Moment for Timestamp {
        fn utc(&self) -> DateTime<Utc> {
            let nanoseconds = self.as_nanosecond();
            let second = i64::try_from(nanoseconds.div_euclid(1_000_000_000)).unwrap_or_default();
            let rest = u32::try_from(nanoseconds.rem_euclid(1_000_000_000)).unwrap_or_default();
            // All of jiff's years are years of chrono.
            DateTime::from_timestamp(second, rest).unwrap_or_default()
        }

        fn like(&self, at: DateTime<Utc>) -> Self {
            let rest = i128::from(at.timestamp_subsec_nanos());
            let nearest = if at.timestamp() < 0 { Self::MIN } else { Self::MAX };
            Self::from_nanosecond(i128::from(at.timestamp()) * 1_000_000_000 + rest).unwrap_or(nearest)
        }
    }

    impl Sealed for ZonedDateTime {}

    impl Moment for ZonedDateTime {
        fn utc(&self) -> DateTime<Utc> {
            self.timestamp().utc()
        }

        fn like(&self, at: DateTime<Utc>) -> Self {
            self.timestamp().like(at).to_zoned_datetime(self.time_zone().clone())
        }
    }

    impl TryFrom<&tz::TimeZone> for Zone {
        type Error = KlokuurError;

        /// The zone of that IANA name, by the rules that klokuur holds.
        ///
        /// # Errors
        /// - a zone without an IANA name: a fixed offset, a POSIX rule, the system's own without a name
        fn try_from(zone: &tz::TimeZone) -> Result<Self> {
            match zone.iana_name() {
                Some(name) => name.parse(),
                None => Err(KlokuurError::UnknownName {
                    what: "time zone",
                    given: format!("{zone:?}"),
                    accepted: "an IANA name such as Europe/Amsterdam".into(),
                }),
            }
        }
    }

    impl From<Zone> for tz::TimeZone {
        /// The zone with its name and the rules that klokuur holds.
        fn from(zone: Zone) -> Self {
            zone.rules().clone()
        }
    }

    /// A date of jiff's as the dates that klokuur takes.
    ///
    /// ```
    /// use klokuur::{HolidayCalendar, time};
    /// let kings_day = jiff::civil::date(2026, 4, 27);
    /// assert!(HolidayCalendar::netherlands().is_holiday(time::date_of_jiff(kings_day)));
    /// ```
    pub fn date_of_jiff(date: civil::Date) -> chrono::NaiveDate {
        let (month, day) = (u32::from(date.month().unsigned_abs()), u32::from(date.day().unsigned_abs()));
        // Every date of jiff's is one of chrono's.
        chrono::NaiveDate::from_ymd_opt(date.year().into(), month, day).unwrap_or_default()
    }

    /// A date that klokuur gave as one of jiff's.
    ///
    /// # Errors
    /// - a date outside of jiff's years, -9999 to 9999, which no answer of klokuur is
    pub fn date_for_jiff(date: chrono::NaiveDate) -> Result<civil::Date> {
        use chrono::Datelike;
        let refused = || KlokuurError::OutOfRange {
            what: "date",
            given: date.to_string(),
            accepted: "the years -9999 to 9999 of jiff".into(),
        };
        let year = i16::try_from(date.year()).map_err(|_| refused())?;
        // Months and days are below 32.
        civil::Date::new(year, date.month() as i8, date.day() as i8).map_err(|_| refused())
    }
}

#[cfg(feature = "jiff")]
pub use of_jiff::{date_for_jiff, date_of_jiff};
