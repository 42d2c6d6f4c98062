//! The data behind a calendar: rules and dates, each bound to a zone or to none, in one canonical order.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use crate::time::Zone;
use chrono::{Datelike, NaiveDate, TimeDelta};

use super::rule::{FARTHEST_OUTSIDE, HolidayRule, validate_name};
use crate::error::Result;

#[derive(Clone, Default)]
pub(super) struct RuleSet {
    pub(super) name: String,
    /// The zone of what is added from here on; every rule and date has its own.
    pub(super) zone: Option<Zone>,
    /// Exceptions that also hold for rules added later.
    pub(super) exceptions: BTreeSet<NaiveDate>,
    pub(super) rules: BTreeMap<RuleKey, BoundRule>,
    pub(super) dates: BTreeMap<DateKey, Option<Zone>>,
}

/// The zone's name (empty for none) and the canonical line of the rule: equal rules meet, in one order.
pub(super) type RuleKey = (&'static str, String);
/// Date, zone's name, English name, local name.
pub(super) type DateKey = (NaiveDate, &'static str, String, String);
/// A date that is a holiday, with its English and its local name.
pub(super) type Found<'a> = (NaiveDate, &'a str, &'a str);

#[derive(Clone)]
pub(super) struct BoundRule {
    pub(super) rule: HolidayRule,
    pub(super) zone: Option<Zone>,
    /// The exceptions that this rule would otherwise have hit.
    pub(super) without: BTreeSet<NaiveDate>,
}

impl BoundRule {
    fn date_in(&self, year: i32) -> Option<NaiveDate> {
        self.rule.date_in(year).filter(|date| !self.without.contains(date))
    }

    pub(super) fn hits(&self, date: NaiveDate) -> bool {
        years_around(date, date).any(|year| self.date_in(year) == Some(date))
    }

    /// Which of these dates the rule hits; `years` are those of [`years_of`] the dates.
    pub(super) fn hit_among(
        &self,
        dates: &BTreeSet<NaiveDate>,
        years: &BTreeSet<i32>,
    ) -> BTreeSet<NaiveDate> {
        let found = years.iter().filter_map(|year| self.date_in(*year));
        found.filter(|date| dates.contains(date)).collect()
    }
}

/// The years whose rules may give one of these dates.
pub(super) fn years_of(dates: &BTreeSet<NaiveDate>) -> BTreeSet<i32> {
    dates.iter().flat_map(|date| years_around(*date, *date)).collect()
}

/// The years whose rules may give a date from `first` to `last`: a search for a weekday and a shift may cross New Year.
fn years_around(first: NaiveDate, last: NaiveDate) -> RangeInclusive<i32> {
    // A rule can reach into a neighbouring year: Easter offsets and shifts are bounded, so one margin finds all.
    let margin = TimeDelta::days(FARTHEST_OUTSIDE.into());
    let from = first.checked_sub_signed(margin).unwrap_or(first);
    let to = last.checked_add_signed(margin).unwrap_or(last);
    from.year()..=to.year()
}

pub(super) fn zone_name(zone: Option<Zone>) -> &'static str {
    zone.map_or("", |zone| zone.name())
}

/// The names of the calendars that a union was made of.
fn names_in(name: &str) -> impl Iterator<Item = &str> {
    name.split(" + ").filter(|name| !name.is_empty())
}

/// The first possible key on a date.
fn start_of(date: NaiveDate) -> DateKey {
    (date, "", String::new(), String::new())
}

impl RuleSet {
    pub(super) fn add_rule(&mut self, rule: HolidayRule) {
        let mut bound = BoundRule { rule, zone: self.zone, without: BTreeSet::new() };
        // H2: an exception made before the rule holds for it too, so that the order of the calls changes nothing.
        bound.without = bound.hit_among(&self.exceptions, &years_of(&self.exceptions));
        self.add_bound((zone_name(self.zone), bound.rule.canonical()), bound);
    }

    /// Of two equal rules with different exceptions, only what both except is no holiday.
    pub(super) fn add_bound(&mut self, key: RuleKey, bound: BoundRule) {
        self.rules
            .entry(key)
            // Twice the same rule: a date is free only where both leave it out, or a union would close less than its
            // parts.
            .and_modify(|known| known.without.retain(|date| bound.without.contains(date)))
            .or_insert(bound);
    }

    pub(super) fn add_date(&mut self, date: NaiveDate, name_en: &str, name_local: &str) -> Result<()> {
        validate_name(name_en)?;
        validate_name(name_local)?;
        let key = (date, zone_name(self.zone), name_en.to_owned(), name_local.to_owned());
        self.dates.insert(key, self.zone);
        Ok(())
    }

    pub(super) fn except(&mut self, dates: BTreeSet<NaiveDate>) {
        self.dates.retain(|key, _| !dates.contains(&key.0));
        let years = years_of(&dates);
        for bound in self.rules.values_mut() {
            let hit = bound.hit_among(&dates, &years);
            bound.without.extend(hit);
        }
        self.exceptions.extend(dates);
    }

    pub(super) fn join(&mut self, other: &Self) {
        self.join_all([other]);
    }

    pub(super) fn join_all<'a>(&mut self, others: impl IntoIterator<Item = &'a Self>) {
        let mut names: BTreeSet<String> = names_in(&self.name).map(str::to_owned).collect();
        for other in others {
            for (key, bound) in &other.rules {
                self.add_bound(key.clone(), bound.clone());
            }
            self.dates.extend(other.dates.iter().map(|(key, zone)| (key.clone(), *zone)));
            self.exceptions.retain(|date| other.exceptions.contains(date));
            if self.zone != other.zone {
                self.zone = None;
            }
            names.extend(names_in(&other.name).map(str::to_owned));
        }
        self.name = names.into_iter().collect::<Vec<_>>().join(" + ");
    }

    pub(super) fn rebound(&self, zone: Zone) -> Self {
        let mut set = Self {
            name: self.name.clone(),
            zone: Some(zone),
            exceptions: self.exceptions.clone(),
            ..Self::default()
        };
        for ((_, line), bound) in &self.rules {
            set.add_bound((zone.name(), line.clone()), BoundRule { zone: Some(zone), ..bound.clone() });
        }
        for (date, _, en, local) in self.dates.keys() {
            set.dates.insert((*date, zone.name(), en.clone(), local.clone()), Some(zone));
        }
        set
    }

    /// The zones that occur, by name.
    pub(super) fn zones(&self) -> BTreeMap<&'static str, Option<Zone>> {
        let rules = self.rules.values().map(|bound| bound.zone);
        rules.chain(self.dates.values().copied()).map(|zone| (zone_name(zone), zone)).collect()
    }

    pub(super) fn has(&self, date: NaiveDate) -> bool {
        self.dates.range(start_of(date)..).next().is_some_and(|(key, _)| key.0 == date)
            || self.rules.values().any(|bound| bound.hits(date))
    }

    /// Calls `found` for every holiday from `first` to `last`, rule by rule: not in the order of dates.
    pub(super) fn each_between<'a>(
        &'a self,
        first: NaiveDate,
        last: NaiveDate,
        mut found: impl FnMut(Found<'a>),
    ) {
        if first > last {
            return;
        }
        let years = years_around(first, last);
        for bound in self.rules.values() {
            for date in years.clone().filter_map(|year| bound.date_in(year)) {
                if (first..=last).contains(&date) {
                    found((date, bound.rule.name_en(), bound.rule.name_local()));
                }
            }
        }
        for (date, _, en, local) in self.dates.range(start_of(first)..).map(|(key, _)| key) {
            if *date > last {
                // They are sorted by date.
                break;
            }
            found((*date, en, local));
        }
    }

    /// The text that the fingerprint is taken of. Its form is fixed: a change of it is a new version in the first line.
    pub(super) fn canonical(&self) -> String {
        let mut text = String::from("klokuur holidays 1\n");
        for ((zone, line), bound) in &self.rules {
            text.extend(["rule\t", zone, "\t", line]);
            for date in &bound.without {
                text.extend(["\twithout ", &date.to_string()]);
            }
            text.push('\n');
        }
        for (date, zone, en, local) in self.dates.keys() {
            text.extend(["date\t", &date.to_string(), "\t", zone, "\t", en, "\t", local, "\n"]);
        }
        text
    }
}

/// Equal in what is a holiday, and where; the name and what would be added later do not count.
impl PartialEq for RuleSet {
    fn eq(&self, other: &Self) -> bool {
        let same_rule = |(l, r): ((&RuleKey, &BoundRule), (&RuleKey, &BoundRule))| {
            l.0 == r.0 && l.1.without == r.1.without
        };
        self.dates == other.dates
            && self.rules.len() == other.rules.len()
            && self.rules.iter().zip(&other.rules).all(same_rule)
    }
}

impl Eq for RuleSet {}
