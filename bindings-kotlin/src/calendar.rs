//! Holiday calendars.

use std::sync::Arc;

use klokuur::calendar::{LiberationDay, NetherlandsOptions};
use klokuur::{Holiday, HolidayCalendar as Core};

use crate::error::Result;
use crate::time::{LocalDate, zone_of};

/// One public holiday.
#[uniffi::remote(Record)]
pub struct Holiday {
    /// The date.
    pub date: LocalDate,
    /// The English name.
    pub name_en: String,
    /// The name in the country's own language.
    pub name_local: String,
}

/// When Liberation Day (5 May) does not count in the Netherlands.
#[uniffi::remote(Enum)]
pub enum LiberationDay {
    /// In years divisible by five, as most collective agreements have it.
    LustrumYears,
    /// Every year.
    EveryYear,
    /// Never.
    Never,
}

/// The switches of the Dutch list.
#[uniffi::remote(Record)]
pub struct NetherlandsOptions {
    /// When Liberation Day counts.
    pub liberation_day: LiberationDay,
    /// Whether Good Friday counts.
    pub good_friday: bool,
}

/// A country, or a part of one, with a built-in calendar.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Country {
    /// The code, as `NL` or `DE-BY`.
    pub code: String,
    /// The English name.
    pub name_en: String,
    /// The name in its own language.
    pub name_local: String,
    /// The year since which its holidays are right.
    pub right_since: i32,
}

/// The countries with a built-in calendar.
#[uniffi::export]
pub fn countries() -> Vec<Country> {
    let country = |c: klokuur::calendar::Country| Country {
        code: c.code,
        name_en: c.name_en,
        name_local: c.name_local,
        right_since: c.right_since,
    };
    Core::countries().into_iter().map(country).collect()
}

/// Public holidays as rules: which dates do not count. Immutable; each step gives a new calendar.
#[derive(Debug, PartialEq, Eq, uniffi::Object)]
#[uniffi::export(Debug, Eq)]
pub struct HolidayCalendar(pub(crate) Core);

fn made(calendar: Core) -> Arc<HolidayCalendar> {
    Arc::new(HolidayCalendar(calendar))
}

#[uniffi::export]
impl HolidayCalendar {
    /// The Dutch public holidays. Good Friday and, outside the years divisible by five, Liberation Day are working days
    /// unless switched on.
    #[uniffi::constructor(default(liberation_day = None, good_friday = false))]
    pub fn netherlands(liberation_day: Option<LiberationDay>, good_friday: bool) -> Arc<Self> {
        let liberation_day = liberation_day.unwrap_or(NetherlandsOptions::default().liberation_day);
        made(Core::netherlands_with(NetherlandsOptions { liberation_day, good_friday }))
    }

    /// The Belgian public holidays.
    #[uniffi::constructor]
    pub fn belgium() -> Arc<Self> {
        made(Core::belgium())
    }

    /// The holidays of a country by its code, as `NL`, `DE-BY`, `GB-ENG`.
    ///
    /// # Errors
    /// - a code without a built-in calendar; the message lists all
    #[uniffi::constructor]
    pub fn country(code: &str) -> Result<Arc<Self>> {
        Ok(made(Core::country(code)?))
    }

    /// No holidays.
    #[uniffi::constructor]
    pub fn empty() -> Arc<Self> {
        made(Core::empty())
    }

    /// A calendar from its JSON document.
    ///
    /// # Errors
    /// - text that is not JSON, an unknown key, or a value that is not accepted
    #[uniffi::constructor]
    pub fn from_json(text: &str) -> Result<Arc<Self>> {
        Ok(made(Core::from_json(text)?))
    }

    /// A calendar from its TOML document.
    ///
    /// # Errors
    /// - text that is not TOML, an unknown key, or a value that is not accepted
    #[uniffi::constructor]
    pub fn from_toml(text: &str) -> Result<Arc<Self>> {
        Ok(made(Core::from_toml(text)?))
    }

    /// The calendar as a JSON document, the same in every language; `fromJson` reads it back.
    pub fn to_json(&self) -> String {
        self.0.to_json()
    }

    /// With one more holiday; its local name is the same when left out.
    ///
    /// # Errors
    /// - an empty name
    /// - a date outside the supported years
    #[uniffi::method(default(name_local = None))]
    pub fn with_date(&self, date: LocalDate, name: &str, name_local: Option<String>) -> Result<Arc<Self>> {
        Ok(made(self.0.with_named_date(date, name, name_local.as_deref().unwrap_or(name))?))
    }

    /// Without the holiday on this date.
    ///
    /// # Errors
    /// - a date beyond the years that can be counted
    pub fn without_date(&self, date: LocalDate) -> Result<Arc<Self>> {
        Ok(made(self.0.without_date(date)))
    }

    /// The holidays of both.
    pub fn union(&self, other: &HolidayCalendar) -> Arc<Self> {
        made(self.0.union(&other.0))
    }

    /// The same holidays bound to a zone other than the schedule's.
    ///
    /// # Errors
    /// - a zone that is not in the time zone database
    pub fn in_zone(&self, zone: &str) -> Result<Arc<Self>> {
        Ok(made(self.0.in_zone(zone_of(zone)?)))
    }

    /// The same holidays under another name.
    pub fn named(&self, name: &str) -> Arc<Self> {
        made(self.0.named(name))
    }

    /// The calendar's name.
    pub fn name(&self) -> String {
        self.0.name().to_owned()
    }

    /// The zone that the holidays are bound to, if it is not the schedule's.
    pub fn zone(&self) -> Option<String> {
        self.0.zone().map(|zone| zone.name().to_owned())
    }

    /// The holidays of a year, in order.
    pub fn holidays(&self, year: i32) -> Vec<Holiday> {
        self.0.holidays(year)
    }

    /// The holidays from one date to another, both included.
    ///
    /// # Errors
    /// - a date beyond the years that can be counted
    pub fn holidays_between(&self, first: LocalDate, last: LocalDate) -> Result<Vec<Holiday>> {
        Ok(self.0.holidays_between(first, last))
    }

    /// The dates of the holidays from one date to another, both included.
    ///
    /// # Errors
    /// - a date beyond the years that can be counted
    pub fn dates_between(&self, first: LocalDate, last: LocalDate) -> Result<Vec<LocalDate>> {
        Ok(self.0.dates_between(first, last))
    }

    /// The holiday on a date, if it is one.
    ///
    /// # Errors
    /// - a date beyond the years that can be counted
    pub fn holiday_on(&self, date: LocalDate) -> Result<Option<Holiday>> {
        Ok(self.0.holiday_on(date))
    }

    /// Whether a date is a holiday.
    ///
    /// # Errors
    /// - a date beyond the years that can be counted
    pub fn is_holiday(&self, date: LocalDate) -> Result<bool> {
        Ok(self.0.is_holiday(date))
    }

    /// The same for the same holidays: print it on a report to tell later whether the report would come out the same.
    pub fn fingerprint(&self) -> String {
        self.0.fingerprint().to_string()
    }
}
