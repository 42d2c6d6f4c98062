//! The holidays of a country, of several, or of one's own making.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::fingerprint::Fingerprint;
use super::rule::{HolidayRule, LONGEST_SHIFT, validate_name};
use crate::error::Result;

/// One date that is a holiday. Where several holidays meet, as Ascension and Liberation Day on 2016-05-05,
/// there is still one `Holiday`, and its names are joined by ` / ` in alphabetical order of the English ones.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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
/// # use klokuur::HolidayCalendar;
/// let both = HolidayCalendar::netherlands().union(&HolidayCalendar::belgium());
/// assert!(both.is_holiday("2026-04-27".parse()?));   // King's Day
/// assert!(both.is_holiday("2026-07-21".parse()?));   // Belgian National Day
/// let open = both.without_date("2026-07-21".parse()?);
/// assert!(!open.is_holiday("2026-07-21".parse()?));
/// assert!(open.is_holiday("2027-07-21".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct HolidayCalendar {
    inner: Arc<Inner>,
}

#[derive(Clone, Default)]
struct Inner {
    name: String,
    /// The zone of what is added from here on; every rule and date has its own.
    zone: Option<Tz>,
    /// Exceptions that also hold for rules added later.
    exceptions: BTreeSet<NaiveDate>,
    rules: BTreeMap<RuleKey, BoundRule>,
    dates: BTreeMap<DateKey, Option<Tz>>,
}

/// The zone's name (empty for none) and the canonical line of the rule: equal rules meet, in one order.
type RuleKey = (&'static str, String);
/// Date, zone's name, English name, local name.
type DateKey = (NaiveDate, &'static str, String, String);

#[derive(Clone)]
struct BoundRule {
    rule: HolidayRule,
    zone: Option<Tz>,
    /// The exceptions that this rule would otherwise have hit.
    without: BTreeSet<NaiveDate>,
}

impl BoundRule {
    fn date_in(&self, year: i32) -> Option<NaiveDate> {
        self.rule.date_in(year).filter(|date| !self.without.contains(date))
    }

    fn hits(&self, date: NaiveDate) -> bool {
        years_around(date, date).any(|year| self.date_in(year) == Some(date))
    }
}

/// The years whose rules may give a date from `first` to `last`: a shift may cross New Year.
fn years_around(first: NaiveDate, last: NaiveDate) -> std::ops::RangeInclusive<i32> {
    let margin = chrono::TimeDelta::days(LONGEST_SHIFT.into());
    let year = |date: Option<NaiveDate>, edge: NaiveDate| date.unwrap_or(edge).year();
    year(first.checked_sub_signed(margin), first)..=year(last.checked_add_signed(margin), last)
}

fn zone_name(zone: Option<Tz>) -> &'static str {
    zone.map_or("", |zone| zone.name())
}

impl HolidayCalendar {
    /// A calendar without holidays.
    pub fn empty() -> Self {
        Self::from_inner(Inner::default())
    }

    /// A calendar of plain dates, for instance from another holiday library. The name serves for both languages.
    ///
    /// # Errors
    /// - an empty name, one of more than 100 characters, or one with control characters
    pub fn from_dates<N: AsRef<str>>(dates: impl IntoIterator<Item = (NaiveDate, N)>) -> Result<Self> {
        let mut inner = Inner::default();
        for (date, name) in dates {
            inner.add_date(date, name.as_ref(), name.as_ref())?;
        }
        Ok(Self::from_inner(inner))
    }

    pub(super) fn from_rules(name: &str, rules: impl IntoIterator<Item = HolidayRule>) -> Self {
        let mut inner = Inner { name: name.to_owned(), ..Inner::default() };
        for rule in rules {
            inner.add_rule(rule);
        }
        Self::from_inner(inner)
    }

    fn from_inner(inner: Inner) -> Self {
        Self { inner: Arc::new(inner) }
    }

    fn changed(&self, change: impl FnOnce(&mut Inner)) -> Self {
        let mut inner = Inner::clone(&self.inner);
        change(&mut inner);
        Self::from_inner(inner)
    }

    /// The calendar with one more rule.
    pub fn with_rule(&self, rule: HolidayRule) -> Self {
        self.changed(|inner| inner.add_rule(rule))
    }

    /// The calendar with one more date, whatever exceptions were made before. The name serves for both languages.
    ///
    /// # Errors
    /// - an empty name, one of more than 100 characters, or one with control characters
    pub fn with_date(&self, date: NaiveDate, name: &str) -> Result<Self> {
        self.with_named_date(date, name, name)
    }

    /// The calendar with one more date, with its English and its local name.
    ///
    /// # Errors
    /// - an empty name, one of more than 100 characters, or one with control characters
    pub fn with_named_date(&self, date: NaiveDate, name_en: &str, name_local: &str) -> Result<Self> {
        let mut inner = Inner::clone(&self.inner);
        inner.add_date(date, name_en, name_local)?;
        Ok(Self::from_inner(inner))
    }

    /// The calendar with an exception: no rule, of now or added later, makes this date a holiday, and an own date
    /// on it is dropped. In a union, it does not reach the holidays of the other calendar.
    pub fn without_date(&self, date: NaiveDate) -> Self {
        self.changed(|inner| {
            inner.dates.retain(|key, _| key.0 != date);
            for rule in inner.rules.values_mut().filter(|rule| rule.hits(date)) {
                rule.without.insert(date);
            }
            inner.exceptions.insert(date);
        })
    }

    /// The dates that are holidays in either calendar.
    pub fn union(&self, other: &Self) -> Self {
        let (left, right) = (&self.inner, &other.inner);
        let mut inner = Inner::clone(left);
        for (key, bound) in &right.rules {
            inner.add_bound(key.clone(), bound.clone());
        }
        inner.dates.extend(right.dates.iter().map(|(key, zone)| (key.clone(), *zone)));
        inner.exceptions = left.exceptions.intersection(&right.exceptions).copied().collect();
        inner.zone = if left.zone == right.zone { left.zone } else { None };
        let names: BTreeSet<&str> =
            left.name.split(" + ").chain(right.name.split(" + ")).filter(|name| !name.is_empty()).collect();
        inner.name = names.into_iter().collect::<Vec<_>>().join(" + ");
        Self::from_inner(inner)
    }

    /// The same holidays, counted from midnight to midnight in `zone` whatever the zone of the schedule.
    pub fn in_zone(&self, zone: Tz) -> Self {
        let mut inner = Inner {
            name: self.inner.name.clone(),
            zone: Some(zone),
            exceptions: self.inner.exceptions.clone(),
            ..Inner::default()
        };
        for ((_, line), bound) in &self.inner.rules {
            let bound = BoundRule { zone: Some(zone), ..bound.clone() };
            inner.add_bound((zone.name(), line.clone()), bound);
        }
        for (date, _, en, local) in self.inner.dates.keys() {
            inner.dates.insert((*date, zone.name(), en.clone(), local.clone()), Some(zone));
        }
        Self::from_inner(inner)
    }

    /// The calendar under a name of its own.
    pub fn named(&self, name: &str) -> Self {
        self.changed(|inner| inner.name = name.to_owned())
    }

    /// The name: a country's code, the codes of a union (`BE + NL`), one's own, or empty.
    pub fn name(&self) -> &str {
        &self.inner.name
    }

    /// The zone that the holidays are bound to; `None`: the zone of the schedule that uses them.
    ///
    /// A union of calendars bound to different zones has no single one: use [`parts`](Self::parts).
    pub fn zone(&self) -> Option<Tz> {
        let rules = self.inner.rules.values().map(|rule| rule.zone);
        let mut zones = rules.chain(self.inner.dates.values().copied());
        let first = zones.next().unwrap_or(self.inner.zone);
        if zones.all(|zone| zone == first) { first } else { None }
    }

    /// The calendar split by zone: each part has one [`zone`](Self::zone), and together they are this calendar.
    pub fn parts(&self) -> Vec<Self> {
        let rules = self.inner.rules.values().map(|rule| rule.zone);
        let zones: BTreeMap<&str, Option<Tz>> =
            rules.chain(self.inner.dates.values().copied()).map(|zone| (zone_name(zone), zone)).collect();
        let part = |(name, zone): (&str, Option<Tz>)| {
            self.changed(|inner| {
                inner.rules.retain(|key, _| key.0 == name);
                inner.dates.retain(|key, _| key.1 == name);
                inner.zone = zone;
            })
        };
        zones.into_iter().map(part).collect()
    }

    /// Whether nothing is ever a holiday by this calendar's rules and dates.
    pub fn is_empty(&self) -> bool {
        self.inner.rules.is_empty() && self.inner.dates.is_empty()
    }

    /// The holidays of a calendar year, in order of date, one for each date.
    pub fn holidays(&self, year: i32) -> Vec<Holiday> {
        match (NaiveDate::from_ymd_opt(year, 1, 1), NaiveDate::from_ymd_opt(year, 12, 31)) {
            (Some(first), Some(last)) => self.holidays_between(first, last),
            _ => Vec::new(),
        }
    }

    /// The holidays from `first` to `last`, both included, in order of date, one for each date.
    pub fn holidays_between(&self, first: NaiveDate, last: NaiveDate) -> Vec<Holiday> {
        let mut found = Vec::new();
        self.each_between(first, last, |date, en, local| found.push((date, en, local)));
        found.sort_unstable();
        let same_date = found.chunk_by(|a, b| a.0 == b.0);
        same_date.filter_map(joined).collect()
    }

    /// The dates of the holidays from `first` to `last`, both included: in order, each once, without names.
    pub fn dates_between(&self, first: NaiveDate, last: NaiveDate) -> Vec<NaiveDate> {
        let mut found = Vec::new();
        self.each_between(first, last, |date, _, _| found.push(date));
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The holiday on a date, if it is one.
    pub fn holiday_on(&self, date: NaiveDate) -> Option<Holiday> {
        self.is_holiday(date)
            .then(|| self.holidays_between(date, date))
            .and_then(|found| found.into_iter().next())
    }

    /// Whether a date is a holiday.
    pub fn is_holiday(&self, date: NaiveDate) -> bool {
        let own = (date, "", String::new(), String::new());
        self.inner.dates.range(own..).next().is_some_and(|(key, _)| key.0 == date)
            || self.inner.rules.values().any(|rule| rule.hits(date))
    }

    /// The fingerprint of the rules, dates, exceptions and zones, with the names of the holidays.
    ///
    /// The order in which a calendar was put together does not matter, nor does its own [`name`](Self::name).
    pub fn fingerprint(&self) -> Fingerprint {
        let mut text = String::from("klokuur holidays 1\n");
        for ((zone, line), bound) in &self.inner.rules {
            text.extend(["rule\t", zone, "\t", line]);
            for date in &bound.without {
                text.extend(["\twithout ", &date.to_string()]);
            }
            text.push('\n');
        }
        for (date, zone, en, local) in self.inner.dates.keys() {
            text.extend(["date\t", &date.to_string(), "\t", zone, "\t", en, "\t", local, "\n"]);
        }
        Fingerprint::of(&text)
    }

    fn each_between<'a>(
        &'a self,
        first: NaiveDate,
        last: NaiveDate,
        mut found: impl FnMut(NaiveDate, &'a str, &'a str),
    ) {
        if first > last {
            return;
        }
        let years = years_around(first, last);
        for bound in self.inner.rules.values() {
            for date in years.clone().filter_map(|year| bound.date_in(year)) {
                if (first..=last).contains(&date) {
                    found(date, bound.rule.name_en(), bound.rule.name_local());
                }
            }
        }
        let from = (first, "", String::new(), String::new());
        for (date, _, en, local) in self.inner.dates.range(from..).map(|(key, _)| key) {
            if *date > last {
                break;
            }
            found(*date, en, local);
        }
    }
}

/// One holiday out of all those on a date, sorted by name.
fn joined(same_date: &[(NaiveDate, &str, &str)]) -> Option<Holiday> {
    let names = |name: fn(&(NaiveDate, &str, &str)) -> String| {
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

impl Inner {
    fn add_rule(&mut self, rule: HolidayRule) {
        let mut bound = BoundRule { rule, zone: self.zone, without: BTreeSet::new() };
        bound.without = self.exceptions.iter().copied().filter(|date| bound.hits(*date)).collect();
        self.add_bound((zone_name(self.zone), bound.rule.canonical()), bound);
    }

    /// Of two equal rules with different exceptions, only what both except is no holiday.
    fn add_bound(&mut self, key: RuleKey, bound: BoundRule) {
        self.rules
            .entry(key)
            .and_modify(|known| known.without.retain(|date| bound.without.contains(date)))
            .or_insert(bound);
    }

    fn add_date(&mut self, date: NaiveDate, name_en: &str, name_local: &str) -> Result<()> {
        validate_name(name_en)?;
        validate_name(name_local)?;
        let key = (date, zone_name(self.zone), name_en.to_owned(), name_local.to_owned());
        self.dates.insert(key, self.zone);
        Ok(())
    }
}

impl Default for HolidayCalendar {
    fn default() -> Self {
        Self::empty()
    }
}

/// Equal calendars have equal rules, dates, exceptions and zones; the calendar's own name does not count.
impl PartialEq for HolidayCalendar {
    fn eq(&self, other: &Self) -> bool {
        let (left, right) = (&self.inner, &other.inner);
        Arc::ptr_eq(left, right)
            || left.dates == right.dates
                && left.rules.len() == right.rules.len()
                && left.rules.iter().zip(&right.rules).all(|(l, r)| l.0 == r.0 && l.1.without == r.1.without)
    }
}

impl Eq for HolidayCalendar {}

impl fmt::Debug for HolidayCalendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HolidayCalendar({:?}, {})", self.inner.name, self.fingerprint())
    }
}
