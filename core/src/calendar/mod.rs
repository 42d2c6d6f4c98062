//! Public holidays as rules: which dates do not count (RULES H1-H3).
//!
//! ```
//! # use klokuur::HolidayCalendar;
//! let nl = HolidayCalendar::netherlands();
//! let kings_day = nl.holiday_on("2026-04-27".parse()?).ok_or("no holiday")?;
//! assert_eq!(kings_day.name_local, "Koningsdag");
//! assert_eq!(nl.holidays(2026).len(), 9);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod countries;
mod document;
mod easter;
mod fingerprint;
mod holiday_calendar;
mod rule;

pub use countries::{Country, LiberationDay, NetherlandsOptions};
pub use fingerprint::Fingerprint;
pub use holiday_calendar::{Holiday, HolidayCalendar};
pub use rule::{HolidayDay, HolidayRule};
