//! From the hours of a rulebook to schedules and calendars.

use super::{ClockRules, CountryCalendar, RequestRules, Rulebook};
use crate::calendar::{HolidayCalendar, country_codes};
use crate::error::Result;
use crate::schedule::Schedule;

impl ClockRules {
    /// The holiday calendars, joined, with the switches of the Dutch one.
    ///
    /// # Errors
    /// - a calendar that is not known
    pub fn holidays(&self) -> Result<HolidayCalendar> {
        let mut joined: Option<HolidayCalendar> = None;
        for named in &self.calendars {
            let calendar = named.holidays()?;
            joined = Some(joined.map_or(calendar.clone(), |earlier| earlier.union(&calendar)));
        }
        Ok(joined.unwrap_or_else(HolidayCalendar::empty))
    }

    /// The schedule of the clock hours (RULES C1).
    ///
    /// # Errors
    /// - a calendar that is not known
    /// - hours that are no schedule text, or that never open
    pub fn schedule(&self) -> Result<Schedule> {
        self.schedule_of(&self.hours)
    }

    /// The schedule of other hours in the same zone, with the same holidays and conventions.
    ///
    /// # Errors
    /// - as [`schedule`](Self::schedule)
    pub fn schedule_of(&self, hours: &str) -> Result<Schedule> {
        let schedule = Schedule::parse(hours, self.zone)?.with_conventions(self.conventions);
        if self.calendars.is_empty() { Ok(schedule) } else { schedule.with_holidays(self.holidays()?) }
    }
}

impl CountryCalendar {
    /// The calendar itself.
    ///
    /// # Errors
    /// - a country without a built-in calendar
    pub fn holidays(&self) -> Result<HolidayCalendar> {
        match self {
            Self::Country(code) => HolidayCalendar::country(code),
            Self::Netherlands { netherlands } => Ok(HolidayCalendar::netherlands_with(*netherlands)),
        }
    }
}

impl Rulebook {
    /// The schedule of the clock hours (RULES C1), with the holidays that this rulebook names.
    ///
    /// ```
    /// # use klokuur::Rulebook;
    /// let clock = Rulebook::bol().schedule()?;
    /// assert_eq!(clock.zone().name(), "Europe/Amsterdam");
    /// # Ok::<(), klokuur::KlokuurError>(())
    /// ```
    ///
    /// # Errors
    /// - a rulebook put together in code with a calendar or hours that are not valid
    pub fn schedule(&self) -> Result<Schedule> {
        self.clock.schedule()
    }

    /// The same schedule for a seller established in another country (RULES H1).
    ///
    /// # Errors
    /// - a country without a built-in calendar
    pub fn schedule_for(&self, country: &str) -> Result<Schedule> {
        self.for_country(country)?.schedule()
    }

    /// The same rules for a seller established in another country: that country's holidays count (RULES H1). `NL+BE` is
    /// the marketplace's own words for sellers in the Netherlands, "Dutch and Belgian" (RULES H4).
    ///
    /// # Errors
    /// - a country without a built-in calendar
    pub fn for_country(&self, country: &str) -> Result<Self> {
        HolidayCalendar::country(country)?;
        let mut rules = self.clone();
        rules.clock.calendars = Vec::new();
        for named in country_codes(country).map(CountryCalendar::country) {
            if !rules.clock.calendars.contains(&named) {
                rules.clock.calendars.push(named);
            }
        }
        Ok(rules)
    }

    /// The hours in which call attempts count (RULES T1).
    ///
    /// # Errors
    /// - a rulebook without phone rules, or put together in code with hours that are not valid
    pub fn phone_schedule(&self) -> Result<Schedule> {
        self.clock.schedule_of(&self.phone_rules()?.hours)
    }

    /// The hours that count for a kind of case of its own (RULES K12): `&rules.case.returns`.
    ///
    /// # Errors
    /// - a rulebook put together in code with hours that are not valid
    pub fn request_schedule(&self, request: &RequestRules) -> Result<Schedule> {
        self.clock.schedule_of(&request.hours)
    }
}
