//! The holidays of a country, of several, or of one's own making.

use std::fmt;
use std::sync::Arc;

use crate::time::{CalendarDate, Zone};
use chrono::NaiveDate;

use super::fingerprint::Fingerprint;
use super::rule::HolidayRule;
use super::rule_set::{Found, RuleSet};
use crate::error::Result;

/// One date that is a holiday. Where several holidays meet, as Ascension and Liberation Day on 2016-05-05,
/// there is still one `Holiday`, and its names are joined by ` / ` in alphabetical order of the English ones.
///
/// ```
/// # use chrono::NaiveDate;
/// # use klokuur::HolidayCalendar;
/// let holiday = HolidayCalendar::netherlands().holiday_on("2026-04-27".parse::<NaiveDate>()?).ok_or("none")?;
/// assert_eq!((holiday.name_en.as_str(), holiday.name_local.as_str()), ("King's Day", "Koningsdag"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Holiday {
    /// The date, from 00:00 to 24:00 in the calendar's zone or, when it has none, the schedule's.
    pub date: NaiveDate,
    /// The name in English.
    pub name_en: String,
    /// The name in the language of the country.
    pub name_local: String,
}

/// A set of holiday rules, own dates and exceptions, for any year (RULES H1, H2). Immutable and cheap to clone.
///
/// ```
/// # use chrono::NaiveDate;
/// # use klokuur::HolidayCalendar;
/// let both = HolidayCalendar::netherlands().union(&HolidayCalendar::belgium());
/// assert!(both.is_holiday("2026-04-27".parse::<NaiveDate>()?));   // King's Day
/// assert!(both.is_holiday("2026-07-21".parse::<NaiveDate>()?));   // Belgian National Day
/// let open = both.without_date("2026-07-21".parse::<NaiveDate>()?);
/// assert!(!open.is_holiday("2026-07-21".parse::<NaiveDate>()?));
/// assert!(open.is_holiday("2027-07-21".parse::<NaiveDate>()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct HolidayCalendar {
    pub(super) set: Arc<RuleSet>,
}

impl HolidayCalendar {
    /// A calendar without holidays.
    pub fn empty() -> Self {
        Self::from_set(RuleSet::default())
    }

    /// A calendar of plain dates, for instance from another holiday library. The name serves for both languages.
    ///
    /// # Errors
    /// - an empty name, one of more than 100 characters, or one with control characters
    pub fn from_dates<N: AsRef<str>>(
        dates: impl IntoIterator<Item = (impl CalendarDate, N)>,
    ) -> Result<Self> {
        let mut set = RuleSet::default();
        for (date, name) in dates {
            set.add_date(date.naive(), name.as_ref(), name.as_ref())?;
        }
        Ok(Self::from_set(set))
    }

    pub(super) fn from_rules(name: &str, rules: impl IntoIterator<Item = HolidayRule>) -> Self {
        let mut set = RuleSet { name: name.to_owned(), ..RuleSet::default() };
        for rule in rules {
            set.add_rule(rule);
        }
        Self::from_set(set)
    }

    pub(super) fn from_set(set: RuleSet) -> Self {
        Self { set: Arc::new(set) }
    }

    fn changed(&self, change: impl FnOnce(&mut RuleSet)) -> Self {
        let mut set = RuleSet::clone(&self.set);
        change(&mut set);
        Self::from_set(set)
    }

    /// The calendar with one more rule.
    pub fn with_rule(&self, rule: HolidayRule) -> Self {
        self.changed(|set| set.add_rule(rule))
    }

    /// The calendar with one more date, whatever exceptions were made before. The name serves for both languages.
    ///
    /// # Errors
    /// - an empty name, one of more than 100 characters, or one with control characters
    pub fn with_date(&self, date: impl CalendarDate, name: &str) -> Result<Self> {
        self.with_named_date(date, name, name)
    }

    /// The calendar with one more date, with its English and its local name.
    ///
    /// # Errors
    /// - an empty name, one of more than 100 characters, or one with control characters
    pub fn with_named_date(&self, date: impl CalendarDate, name_en: &str, name_local: &str) -> Result<Self> {
        let mut set = RuleSet::clone(&self.set);
        set.add_date(date.naive(), name_en, name_local)?;
        Ok(Self::from_set(set))
    }

    /// The calendar with an exception: no rule, of now or added later, makes this date a holiday, and an own date
    /// on it is dropped. In a union, it does not reach the holidays of the other calendar.
    pub fn without_date(&self, date: impl CalendarDate) -> Self {
        self.changed(|set| set.except([date.naive()].into()))
    }

    /// The dates that are holidays in either calendar.
    pub fn union(&self, other: &Self) -> Self {
        self.changed(|set| set.join(&other.set))
    }

    /// The same holidays, counted from midnight to midnight in `zone` whatever the zone of the schedule.
    pub fn in_zone(&self, zone: impl Into<Zone>) -> Self {
        Self::from_set(self.set.rebound(zone.into()))
    }

    /// The calendar under a name of its own.
    pub fn named(&self, name: &str) -> Self {
        self.changed(|set| set.name = name.to_owned())
    }

    /// The name: a country's code, the codes of a union (`BE + NL`), one's own, or empty.
    pub fn name(&self) -> &str {
        &self.set.name
    }

    /// The zone that the holidays are bound to; `None`: the zone of the schedule that uses them.
    ///
    /// A union of calendars bound to different zones has no single one: use [`parts`](Self::parts).
    pub fn zone(&self) -> Option<Zone> {
        let zones = self.set.zones();
        let mut each = zones.into_values();
        match (each.next(), each.next()) {
            (Some(zone), None) => zone,
            (None, _) => self.set.zone,
            // Parts of several zones: there is no one zone to tell, and each part keeps its own.
            (Some(_), Some(_)) => None,
        }
    }

    /// The calendar split by zone: each part has one [`zone`](Self::zone), and together they are this calendar.
    pub fn parts(&self) -> Vec<Self> {
        let part = |(name, zone): (&'static str, Option<Zone>)| {
            self.changed(|set| {
                set.rules.retain(|key, _| key.0 == name);
                set.dates.retain(|key, _| key.1 == name);
                set.zone = zone;
            })
        };
        self.set.zones().into_iter().map(part).collect()
    }

    /// Whether nothing is ever a holiday by this calendar's rules and dates.
    pub fn is_empty(&self) -> bool {
        self.set.rules.is_empty() && self.set.dates.is_empty()
    }

    /// The holidays of a calendar year, in order of date, one for each date.
    pub fn holidays(&self, year: i32) -> Vec<Holiday> {
        match (NaiveDate::from_ymd_opt(year, 1, 1), NaiveDate::from_ymd_opt(year, 12, 31)) {
            (Some(first), Some(last)) => self.holidays_between(first, last),
            _ => Vec::new(),
        }
    }

    /// The holidays from `first` to `last`, both included, in order of date, one for each date.
    pub fn holidays_between(&self, first: impl CalendarDate, last: impl CalendarDate) -> Vec<Holiday> {
        let mut found = Vec::new();
        self.set.each_between(first.naive(), last.naive(), |holiday| found.push(holiday));
        found.sort_unstable();
        // H2: two holidays on one date are one, with both names, or a count of free days would count it twice.
        let same_date = found.chunk_by(|a, b| a.0 == b.0);
        same_date.filter_map(joined).collect()
    }

    /// The dates of the holidays from `first` to `last`, both included: in order, each once, without names.
    pub fn dates_between(&self, first: impl CalendarDate, last: impl CalendarDate) -> Vec<NaiveDate> {
        let mut found = Vec::new();
        self.set.each_between(first.naive(), last.naive(), |holiday| found.push(holiday.0));
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The holiday on a date, if it is one.
    pub fn holiday_on(&self, date: impl CalendarDate) -> Option<Holiday> {
        self.is_holiday(date)
            .then(|| self.holidays_between(date, date))
            .and_then(|found| found.into_iter().next())
    }

    /// Whether a date is a holiday.
    pub fn is_holiday(&self, date: impl CalendarDate) -> bool {
        self.set.has(date.naive())
    }

    /// The fingerprint of the rules, dates, exceptions and zones, with the names of the holidays.
    ///
    /// The order in which a calendar was put together does not matter, nor does its own [`name`](Self::name).
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(&self.set.canonical())
    }
}

/// One holiday out of all those on a date, sorted by name.
fn joined(same_date: &[Found<'_>]) -> Option<Holiday> {
    if let [(date, name_en, name_local)] = *same_date {
        return Some(Holiday { date, name_en: name_en.to_owned(), name_local: name_local.to_owned() });
    }
    let names = |name: fn(&Found<'_>) -> String| {
        let mut all: Vec<String> = Vec::new();
        for name in same_date.iter().map(name) {
            if !all.contains(&name) {
                all.push(name);
            }
        }
        all.join(" / ")
    };
    let (date, _, _) = same_date.first()?;
    Some(Holiday { date: *date, name_en: names(|h| h.1.to_owned()), name_local: names(|h| h.2.to_owned()) })
}

impl Default for HolidayCalendar {
    fn default() -> Self {
        Self::empty()
    }
}

impl fmt::Debug for HolidayCalendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HolidayCalendar({:?}, {})", self.set.name, self.fingerprint())
    }
}
