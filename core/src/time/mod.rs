//! Time zones, and what a zone's wall clock shows (RULES C4, C7).
//!
//! A [`Zone`] is what schedules take and results carry. It reads the IANA database that comes with klokuur
//! ([`zone_data`] tells which release), so an answer does not age with the host's libraries. A newer release can be handed in
//! ([`use_zone_data`]), or taken from the system (feature `system-zones`).
//!
//! ```
//! use klokuur::{Schedule, Zone};
//! use chrono::TimeZone;
//!
//! let vancouver: Zone = "America/Vancouver".parse()?;
//! let office = Schedule::parse("Mo-Fr 09:00-17:00", vancouver)?;
//! // British Columbia no longer turns its clocks back.
//! let night = vancouver.with_ymd_and_hms(2026, 12, 1, 0, 5, 0).unwrap();
//! assert_eq!(office.next_open(night)?.to_rfc3339(), "2026-12-01T09:00:00-07:00");
//! # Ok::<(), klokuur::KlokuurError>(())
//! ```
//!
//! # jiff
//!
//! With the feature `jiff`, business time takes and gives jiff's own instants; zones and durations convert:
//!
//! ```
//! # #[cfg(feature = "jiff")]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use jiff::{SignedDuration, Timestamp, ZonedDateTime, tz::TimeZone};
//! use klokuur::{BusinessDuration, HolidayCalendar, Schedule, Zone};
//!
//! let amsterdam: Zone = "Europe/Amsterdam".parse()?;
//! let asked = "2026-04-24T15:30:00Z".parse::<Timestamp>()?.to_zoned_datetime(TimeZone::from(amsterdam));
//! let clock = Schedule::parse("Mo-Fr 00:00-24:00", Zone::try_from(asked.time_zone())?)?
//!     .with_holidays(HolidayCalendar::netherlands())?;
//! let due: ZonedDateTime = clock.add(asked.clone(), SignedDuration::from_hours(24).into())?;
//! assert_eq!(due.to_string(), "2026-04-28T17:30:00+02:00[Europe/Amsterdam]");
//! assert_eq!(SignedDuration::try_from(clock.between(asked, due.timestamp())?)?, SignedDuration::from_hours(24));
//! assert_eq!(clock.day(klokuur::time::date_of_jiff(due.date()))?.open.len(), 1);
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "jiff"))]
//! # fn main() {}
//! ```

mod bounds;
mod changes;
mod local_date;
mod moment;
#[cfg(feature = "system-zones")]
mod system_zones;
mod zone;
mod zone_data;

#[cfg(test)]
mod tests;

pub use bounds::INSTANTS_IN_WORDS;
pub(crate) use bounds::{
    DATES_IN_WORDS, DAY, FIRST_SECOND, LIMIT_SECOND, YEARS, YEARS_IN_WORDS, supported_date,
};
pub(crate) use changes::Change;
pub use moment::Moment;
#[cfg(feature = "jiff")]
pub use moment::{date_for_jiff, date_of_jiff};
#[cfg(feature = "system-zones")]
pub use system_zones::use_system_zone_data;
pub use zone::{Zone, ZoneOffset};
pub use zone_data::{use_zone_data, zone_data};
