//! Instants as callers have them.

use chrono::{DateTime, TimeZone, Utc};

/// An instant in the caller's own vocabulary: chrono's `DateTime` in any zone and, with the feature `jiff`, jiff's
/// `Timestamp` and `ZonedDateTime`. What asks for an instant takes any of them; what answers with the next one does so
/// in the kind and zone that it was given.
///
/// It is implemented here for those three, and for no others.
///
/// ```
/// # use chrono::{DateTime, FixedOffset, Utc};
/// # use klokuur::{BusinessDuration, Schedule};
/// let clock = Schedule::parse_in("Mo-Fr 00:00-24:00", "Europe/Amsterdam")?;
/// let asked: DateTime<FixedOffset> = "2026-03-13T15:00:00+01:00".parse()?;
/// let due: DateTime<FixedOffset> = clock.add(asked, BusinessDuration::hours(24))?; // as it came in
/// assert_eq!(due.to_rfc3339(), "2026-03-16T15:00:00+01:00");
/// let due: DateTime<Utc> = clock.add(asked.to_utc(), BusinessDuration::hours(24))?;
/// assert_eq!(due.to_rfc3339(), "2026-03-16T14:00:00+00:00");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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
    use chrono::{Datelike, NaiveDate, TimeDelta};
    use jiff::{SignedDuration, Timestamp, ZonedDateTime, civil, tz};

    use super::{DateTime, Moment, TimeZone, Utc, sealed::Sealed};
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

    /// A value of jiff's as the fields of klokuur's records hold it.
    ///
    /// ```
    /// use klokuur::{Holiday, time::ToChrono};
    /// let date = jiff::civil::date(2026, 12, 24).to_chrono();
    /// let stocktaking = Holiday { date, name_en: "Stocktaking".into(), name_local: "Inventarisatie".into() };
    /// assert_eq!(stocktaking.date.to_string(), "2026-12-24");
    /// ```
    pub trait ToChrono {
        /// Its type in chrono.
        type Chrono;

        /// The same value.
        fn to_chrono(&self) -> Self::Chrono;
    }

    /// A value that klokuur gave as one of jiff's; the nearest that jiff has, which within the supported years is the
    /// same.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use klokuur::{BusinessDuration, HolidayCalendar, time::ToJiff};
    /// let holidays = HolidayCalendar::netherlands().holidays_between(date(2026, 4, 1), date(2026, 4, 30));
    /// assert_eq!(holidays[2].date.to_jiff(), date(2026, 4, 27));
    /// assert_eq!(BusinessDuration::hours(24).to_jiff(), jiff::SignedDuration::from_hours(24));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub trait ToJiff {
        /// Its type in jiff.
        type Jiff;

        /// The same value.
        fn to_jiff(&self) -> Self::Jiff;
    }

    impl ToChrono for Timestamp {
        type Chrono = DateTime<Utc>;

        fn to_chrono(&self) -> DateTime<Utc> {
            self.utc()
        }
    }

    impl ToChrono for ZonedDateTime {
        type Chrono = DateTime<Utc>;

        fn to_chrono(&self) -> DateTime<Utc> {
            self.utc()
        }
    }

    impl ToChrono for civil::Date {
        type Chrono = NaiveDate;

        fn to_chrono(&self) -> NaiveDate {
            let (month, day) = (u32::from(self.month().unsigned_abs()), u32::from(self.day().unsigned_abs()));
            // Every date of jiff's is one of chrono's.
            NaiveDate::from_ymd_opt(self.year().into(), month, day).unwrap_or_default()
        }
    }

    impl ToChrono for SignedDuration {
        type Chrono = TimeDelta;

        fn to_chrono(&self) -> TimeDelta {
            let nearest = if self.is_negative() { TimeDelta::MIN } else { TimeDelta::MAX };
            let (seconds, rest) =
                (TimeDelta::try_seconds(self.as_secs()), TimeDelta::nanoseconds(self.subsec_nanos().into()));
            seconds.and_then(|seconds| seconds.checked_add(&rest)).unwrap_or(nearest)
        }
    }

    impl<Z: TimeZone> ToJiff for DateTime<Z> {
        type Jiff = Timestamp;

        fn to_jiff(&self) -> Timestamp {
            Timestamp::UNIX_EPOCH.like(self.to_utc())
        }
    }

    impl ToJiff for NaiveDate {
        type Jiff = civil::Date;

        fn to_jiff(&self) -> civil::Date {
            let nearest = if self.year() < 0 { civil::Date::MIN } else { civil::Date::MAX };
            // Months and days are below 32.
            let date = i16::try_from(self.year())
                .map(|year| civil::Date::new(year, self.month() as i8, self.day() as i8));
            date.ok().and_then(std::result::Result::ok).unwrap_or(nearest)
        }
    }

    impl ToJiff for TimeDelta {
        type Jiff = SignedDuration;

        fn to_jiff(&self) -> SignedDuration {
            SignedDuration::new(self.num_seconds(), self.subsec_nanos())
        }
    }
}

#[cfg(feature = "jiff")]
pub use of_jiff::{ToChrono, ToJiff};
