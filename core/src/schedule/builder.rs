//! A schedule put together by calls instead of a text.

use crate::time::{CalendarDate, Zone};
use chrono::{NaiveDate, Weekday};

use super::conventions::Conventions;
use super::hours::{DayTime, Hours, Stretch};
use super::rule::{Rule, Selector, WeekdaySet};
use super::segments::{Schedule, on_date};
use crate::calendar::HolidayCalendar;
use crate::error::{KlokuurError, Result};

/// Monday to Friday.
pub const WORKDAYS: [Weekday; 5] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];

/// Monday to Sunday.
pub const ALL_DAYS: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

/// Puts a [`Schedule`] together: weekly hours add up, dates win over them and over holidays (RULES C5).
///
/// ```
/// use chrono::{NaiveDate, NaiveTime, Weekday};
/// use chrono_tz::Europe;
/// use klokuur::{HolidayCalendar, Schedule, schedule::{DayTime, Hours, WORKDAYS}};
///
/// let nine = NaiveTime::from_hms_opt(9, 0, 0).ok_or("no time")?;
/// let shop = Schedule::builder(Europe::Amsterdam)
///     .open(WORKDAYS, nine, "12:30")
///     .open(WORKDAYS, "13:00", "17:30")
///     .open([Weekday::Sat], "20:00", DayTime::END_OF_DAY)
///     .on("2026-12-24".parse::<NaiveDate>()?, Hours::between(nine, "13:00")?)
///     .closed("2026-12-31".parse::<NaiveDate>()?)
///     .holidays(HolidayCalendar::netherlands())
///     .build()?;
/// assert_eq!(
///     shop.to_string(),
///     "Mo-Fr 09:00-12:30,13:00-17:30; Sa 20:00-24:00; 2026 Dec 24 09:00-13:00; 2026 Dec 31 off",
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct ScheduleBuilder {
    zone: Zone,
    week: [Vec<Stretch>; 7],
    holiday_hours: Option<Hours>,
    dates: Vec<(NaiveDate, Hours)>,
    calendar: Option<HolidayCalendar>,
    conventions: Conventions,
    /// The first mistake; told by `build`, so that calls chain.
    mistake: Option<KlokuurError>,
}

impl Schedule {
    /// Starts a schedule that is put together by calls.
    pub fn builder(zone: impl Into<Zone>) -> ScheduleBuilder {
        ScheduleBuilder::new(zone.into())
    }
}

impl ScheduleBuilder {
    pub(super) fn new(zone: Zone) -> Self {
        Self {
            zone,
            week: Default::default(),
            holiday_hours: None,
            dates: Vec::new(),
            calendar: None,
            conventions: Conventions::default(),
            mistake: None,
        }
    }

    /// Open on these weekdays from one time to another, beside what was opened before.
    ///
    /// Takes a `NaiveTime`, a [`DayTime`] or a text such as `"24:00"`; a closing earlier than the opening is on the
    /// next date. [`build`](Self::build) tells of mistakes.
    #[must_use]
    pub fn open<F, T>(mut self, weekdays: impl IntoIterator<Item = Weekday>, from: F, to: T) -> Self
    where
        F: TryInto<DayTime, Error: Into<KlokuurError>>,
        T: TryInto<DayTime, Error: Into<KlokuurError>>,
    {
        match Hours::between(from, to) {
            Ok(hours) => {
                let days = WeekdaySet::from_iter(weekdays);
                for (day, week) in (0..).zip(self.week.iter_mut()) {
                    if days.has(day) {
                        week.extend_from_slice(hours.stretches());
                    }
                }
            }
            Err(mistake) => self.mistake = self.mistake.or(Some(mistake)),
        }
        self
    }

    /// Other hours on one date, as on a shortened or an extra day. The last call for a date counts.
    #[must_use]
    pub fn on(mut self, date: impl CalendarDate, hours: Hours) -> Self {
        self.dates.push((date.naive(), hours));
        self
    }

    /// One date closed.
    #[must_use]
    pub fn closed(self, date: impl CalendarDate) -> Self {
        self.on(date, Hours::closed())
    }

    /// The calendar whose holidays are closed.
    #[must_use]
    pub fn holidays(mut self, calendar: HolidayCalendar) -> Self {
        self.calendar = Some(calendar);
        self
    }

    /// The hours of holidays, closed unless given.
    #[must_use]
    pub fn holiday_hours(mut self, hours: Hours) -> Self {
        self.holiday_hours = Some(hours);
        self
    }

    /// The conventions, DESIGN's defaults unless given.
    #[must_use]
    pub fn conventions(mut self, conventions: Conventions) -> Self {
        self.conventions = conventions;
        self
    }

    /// The schedule.
    ///
    /// # Errors
    /// - a time that is none, or equal opening and closing times, in one of the calls
    /// - a date outside the years 1900 to 2100
    /// - [`NeverOpen`](KlokuurError::NeverOpen): nothing was opened, or holidays take it all
    pub fn build(self) -> Result<Schedule> {
        if let Some(mistake) = self.mistake {
            return Err(mistake);
        }
        let mut rules = Vec::new();
        for (day, open) in (0..).zip(self.week) {
            let hours = Hours::merged(open);
            let weekdays = WeekdaySet::NONE.with(day);
            rules.push(Rule { days: Selector { weekdays, ..Selector::EVERY_DAY }, hours });
        }
        if let Some(hours) = self.holiday_hours {
            let days = Selector { weekdays: WeekdaySet::NONE, holidays: true, ..Selector::EVERY_DAY };
            rules.push(Rule { days, hours });
        }
        for (date, hours) in self.dates {
            rules.push(on_date(date, hours)?);
        }
        let schedule = Schedule::from_rules(rules, self.zone)?.with_conventions(self.conventions);
        match self.calendar {
            Some(calendar) => schedule.with_holidays(calendar),
            None => Ok(schedule),
        }
    }
}
