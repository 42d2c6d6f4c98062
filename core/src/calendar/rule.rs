//! One holiday rule: data from which the date of any year follows (RULES H2).

use std::borrow::Cow;
use std::fmt::Write as _;

use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};

use super::day::{HolidayDay, out_of_range};
use crate::error::{KlokuurError, Result};

/// A holiday as a rule: a day of the year, moved when it falls on certain weekdays, in certain years, with its names.
///
/// A rule gives at most one date a year. Serde reads and writes it through the same checks as the constructors.
///
/// ```
/// # use klokuur::{HolidayCalendar, calendar::HolidayRule};
/// # use chrono::Weekday;
/// let kings_day = HolidayRule::fixed(4, 27, "King's Day", "Koningsdag")?.from_year(2014)?.shift(Weekday::Sun, -1)?;
/// let date = kings_day.date_in(2025).map(|d| d.to_string());
/// assert_eq!(date.as_deref(), Some("2025-04-26"));
/// assert_eq!(kings_day.date_in(2013), None);
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct HolidayRule {
    pub(super) day: HolidayDay,
    /// Days to move by when the day is a Monday, …, a Sunday.
    pub(super) shift: [i8; 7],
    pub(super) only_shifted: bool,
    pub(super) from_year: Option<i32>,
    pub(super) until_year: Option<i32>,
    pub(super) every_years: u32,
    pub(super) name_en: Cow<'static, str>,
    pub(super) name_local: Cow<'static, str>,
}

/// The longest shift, in days, to either side.
const LONGEST_SHIFT: i32 = 7;

/// How far outside its year a rule's date may lie, in days: the search for a weekday goes up to 6 days, then the shift.
pub(super) const FARTHEST_OUTSIDE: i32 = 6 + LONGEST_SHIFT;

impl HolidayRule {
    /// A rule for any kind of day, every year.
    ///
    /// # Errors
    /// - a month, day, Easter offset or nth outside what [`HolidayDay`] says
    /// - an empty name, one of more than 100 characters, or one with control characters
    pub fn new(day: HolidayDay, name_en: &str, name_local: &str) -> Result<Self> {
        day.validate()?;
        validate_name(name_en)?;
        validate_name(name_local)?;
        Ok(Self {
            day,
            shift: [0; 7],
            only_shifted: false,
            from_year: None,
            until_year: None,
            every_years: 1,
            name_en: Cow::Owned(name_en.to_owned()),
            name_local: Cow::Owned(name_local.to_owned()),
        })
    }

    /// A rule for the same date each year.
    ///
    /// # Errors
    /// - a date that no year has, such as 31 April
    /// - a name that [`new`](Self::new) refuses
    pub fn fixed(month: u32, day: u32, name_en: &str, name_local: &str) -> Result<Self> {
        Self::new(HolidayDay::Fixed { month, day }, name_en, name_local)
    }

    /// A rule for so many days after Easter Sunday (negative: before).
    ///
    /// # Errors
    /// - an offset below -80 or above 250
    /// - a name that [`new`](Self::new) refuses
    pub fn easter(offset: i32, name_en: &str, name_local: &str) -> Result<Self> {
        Self::new(HolidayDay::Easter { offset }, name_en, name_local)
    }

    /// The first year of the rule.
    ///
    /// # Errors
    /// - a year after the last one
    pub fn from_year(mut self, year: i32) -> Result<Self> {
        self.from_year = Some(year);
        self.check_years()
    }

    /// The last year of the rule.
    ///
    /// # Errors
    /// - a year before the first one
    pub fn until_year(mut self, year: i32) -> Result<Self> {
        self.until_year = Some(year);
        self.check_years()
    }

    /// Only years that can be divided by `years`, as Liberation Day by five.
    ///
    /// # Errors
    /// - 0, or more than 1000
    pub fn every_years(mut self, years: u32) -> Result<Self> {
        if !(1..=1000).contains(&years) {
            return Err(out_of_range("holiday period in years", years.to_string(), "1 to 1000"));
        }
        self.every_years = years;
        Ok(self)
    }

    /// Moves the holiday by `days` when its day is a `when`; once, not again from where it lands.
    ///
    /// # Errors
    /// - more than 7 days to either side
    pub fn shift(mut self, when: Weekday, days: i32) -> Result<Self> {
        let short = i8::try_from(days).ok().filter(|_| days.abs() <= LONGEST_SHIFT);
        let Some(short) = short else {
            return Err(out_of_range("holiday shift in days", days.to_string(), "-7 to 7"));
        };
        if let Some(slot) = self.shift.get_mut(when.num_days_from_monday() as usize) {
            *slot = short;
        }
        Ok(self)
    }

    /// Only the moved day is a holiday by this rule: the form of a substitute day.
    pub fn only_shifted(mut self) -> Self {
        self.only_shifted = true;
        self
    }

    /// The name in English.
    pub fn name_en(&self) -> &str {
        &self.name_en
    }

    /// The name in the holiday's own language.
    pub fn name_local(&self) -> &str {
        &self.name_local
    }

    /// The day of the year, before any shift.
    pub fn day(&self) -> HolidayDay {
        self.day
    }

    /// The date that the rule gives for `year`, if any. A shift may move it into a neighbouring year.
    pub fn date_in(&self, year: i32) -> Option<NaiveDate> {
        let too_early = self.from_year.is_some_and(|from| year < from);
        let too_late = self.until_year.is_some_and(|until| year > until);
        // H2: the years are those of the rule, also where a shift carries the date into the next or the last one.
        if too_early || too_late || year.rem_euclid(self.every_years.try_into().ok()?) != 0 {
            return None;
        }
        // A day that this year does not have, as 29 February, is no holiday in it.
        let date = self.day.in_year(year)?;
        let days = self.shift.get(date.weekday().num_days_from_monday() as usize).copied().unwrap_or(0);
        if days == 0 {
            // A substitute is a holiday of its own, and exists only in years in which the day is moved.
            return (!self.only_shifted).then_some(date);
        }
        date.checked_add_signed(TimeDelta::days(days.into()))
    }

    fn check_years(self) -> Result<Self> {
        match (self.from_year, self.until_year) {
            (Some(from), Some(until)) if from > until => Err(KlokuurError::InvalidValue {
                what: "years of a holiday rule",
                given: format!("{from} to {until}"),
                accepted: "a first year that is not after the last".into(),
            }),
            _ => Ok(self),
        }
    }

    /// One line that says all there is about the rule; the order of its parts is fixed for ever (fingerprints).
    pub(super) fn canonical(&self) -> String {
        // Pinned: the fingerprints that hosts have stored are of this text, so nothing in it may change its place.
        let mut text = self.day.canonical();
        for (days, weekday) in self.shift.iter().zip(WEEK) {
            if *days != 0 {
                // Writing to a String cannot fail.
                let _ = write!(text, "\tshift {weekday} {days:+}");
            }
        }
        if self.only_shifted {
            text.push_str("\tonly shifted");
        }
        let year = |y: Option<i32>| y.map_or_else(String::new, |y| y.to_string());
        let (from, until) = (year(self.from_year), year(self.until_year));
        let _ = write!(text, "\tyears {from}..{until} every {}", self.every_years);
        let _ = write!(text, "\t{}\t{}", self.name_en, self.name_local);
        text
    }
}

/// The days of the week in the order of the shift table.
pub(super) const WEEK: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

pub(super) fn validate_name(name: &str) -> Result<()> {
    let fits = !name.trim().is_empty() && name.chars().count() <= 100 && !name.chars().any(char::is_control);
    if fits {
        return Ok(());
    }
    Err(KlokuurError::InvalidValue {
        what: "holiday name",
        given: name.to_owned(),
        accepted: "1 to 100 characters, not all blank, without control characters".into(),
    })
}

/// The built-in countries are tables of constants: what the constructors check is checked there by a test.
impl HolidayRule {
    pub(super) const fn table(day: HolidayDay, name_en: &'static str, name_local: &'static str) -> Self {
        Self {
            day,
            shift: [0; 7],
            only_shifted: false,
            from_year: None,
            until_year: None,
            every_years: 1,
            name_en: Cow::Borrowed(name_en),
            name_local: Cow::Borrowed(name_local),
        }
    }

    pub(super) const fn on(month: u32, day: u32, name_en: &'static str, name_local: &'static str) -> Self {
        Self::table(HolidayDay::Fixed { month, day }, name_en, name_local)
    }

    pub(super) const fn after_easter(offset: i32, name_en: &'static str, name_local: &'static str) -> Self {
        Self::table(HolidayDay::Easter { offset }, name_en, name_local)
    }

    pub(super) const fn years(mut self, from_year: Option<i32>, until_year: Option<i32>) -> Self {
        self.from_year = from_year;
        self.until_year = until_year;
        self
    }

    pub(super) const fn since(self, year: i32) -> Self {
        self.years(Some(year), None)
    }

    /// One year only.
    pub(super) const fn once(self, year: i32) -> Self {
        self.years(Some(year), Some(year))
    }

    pub(super) const fn every(mut self, years: u32) -> Self {
        self.every_years = years;
        self
    }

    /// The shifts for Saturday and Sunday.
    pub(super) const fn weekend(mut self, saturday: i8, sunday: i8) -> Self {
        self.shift = [0, 0, 0, 0, 0, saturday, sunday];
        self
    }

    pub(super) const fn substitute(mut self) -> Self {
        self.only_shifted = true;
        self
    }
}
