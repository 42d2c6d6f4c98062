//! How a calendar is written in JSON or TOML.

use std::collections::{BTreeMap, BTreeSet};

use crate::time::Zone;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::countries::NetherlandsOptions;
use super::holiday_calendar::HolidayCalendar;
use super::rule::HolidayRule;
use super::rule_set::{BoundRule, RuleSet, years_of, zone_name};
#[cfg(feature = "documents")]
use crate::document;
use crate::error::{KlokuurError, Result};

#[cfg(feature = "documents")]
const DOCUMENT: &str = "holiday calendar";

/// A calendar as text. Read in the order of its keys: countries, rules, exceptions, dates, zone; then the others.
#[derive(Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct CalendarDocument {
    #[serde(skip_serializing_if = "String::is_empty")]
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    zone: Option<Zone>,
    /// Codes of built-in calendars that are part of this one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    countries: Vec<String>,
    /// The Dutch list with switches.
    #[serde(skip_serializing)]
    netherlands: Option<NetherlandsOptions>,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    without: BTreeSet<NaiveDate>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    dates: Vec<DateDocument>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rules: Vec<HolidayRule>,
    /// Calendars with another zone or other exceptions, joined to this one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    union: Vec<CalendarDocument>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct DateDocument {
    date: NaiveDate,
    name_en: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name_local: Option<String>,
}

impl TryFrom<CalendarDocument> for HolidayCalendar {
    type Error = KlokuurError;

    fn try_from(text: CalendarDocument) -> Result<Self> {
        let mut calendar = Self::empty();
        for code in &text.countries {
            calendar = calendar.union(&Self::country(code)?);
        }
        if let Some(options) = text.netherlands {
            calendar = calendar.union(&Self::netherlands_with(options));
        }
        let mut set = RuleSet::clone(&calendar.set);
        for rule in text.rules {
            set.add_rule(rule);
        }
        set.except(text.without);
        for own in text.dates {
            set.add_date(own.date, &own.name_en, own.name_local.as_deref().unwrap_or(&own.name_en))?;
        }
        if let Some(zone) = text.zone {
            set = set.rebound(zone);
        }
        let others = text.union.into_iter().map(Self::try_from).collect::<Result<Vec<_>>>()?;
        set.join_all(others.iter().map(|other| &*other.set));
        if !text.name.is_empty() {
            set.name = text.name;
        }
        Ok(Self::from_set(set))
    }
}

/// One document for each zone and set of exceptions; the first is the outer one.
impl From<HolidayCalendar> for CalendarDocument {
    fn from(calendar: HolidayCalendar) -> Self {
        let set = &calendar.set;
        let mut parts = Vec::new();
        for (name, zone) in set.zones() {
            let own: Vec<&BoundRule> =
                set.rules.iter().filter(|(key, _)| key.0 == name).map(|(_, bound)| bound).collect();
            let all: BTreeSet<NaiveDate> =
                own.iter().flat_map(|bound| bound.without.iter().copied()).collect();
            let mut groups: BTreeMap<BTreeSet<NaiveDate>, Vec<HolidayRule>> = BTreeMap::new();
            // One list of exceptions will do for a zone when every rule has those of the list that it hits.
            let years = years_of(&all);
            let one_list = own.iter().all(|bound| hit_by(&bound.rule, &all, &years) == bound.without);
            if one_list && !own.is_empty() {
                groups.insert(all, own.into_iter().map(|bound| bound.rule.clone()).collect());
            } else {
                for bound in own {
                    groups.entry(bound.without.clone()).or_default().push(bound.rule.clone());
                }
            }
            let first = parts.len();
            parts.extend(groups.into_iter().map(|(without, rules)| Self {
                zone,
                without,
                rules,
                ..Self::default()
            }));
            let dates: Vec<DateDocument> = set
                .dates
                .keys()
                .filter(|(_, bound_to, ..)| *bound_to == zone_name(zone))
                .map(|(date, _, en, local)| DateDocument {
                    date: *date,
                    name_en: en.clone(),
                    name_local: (en != local).then(|| local.clone()),
                })
                .collect();
            match parts.get_mut(first) {
                Some(part) => part.dates = dates,
                None => parts.push(Self { zone, dates, ..Self::default() }),
            }
        }
        let mut parts = parts.into_iter();
        let outer = parts.next().unwrap_or(Self { zone: set.zone, ..Self::default() });
        Self { name: set.name.clone(), union: parts.collect(), ..outer }
    }
}

fn hit_by(rule: &HolidayRule, dates: &BTreeSet<NaiveDate>, years: &BTreeSet<i32>) -> BTreeSet<NaiveDate> {
    BoundRule { rule: rule.clone(), zone: None, without: BTreeSet::new() }.hit_among(dates, years)
}

impl HolidayCalendar {
    /// Reads a calendar from JSON; the form is in the documentation of the [module](crate::calendar).
    ///
    /// # Errors
    /// - text that is not JSON, that has a key twice, or that is nested too deeply
    /// - a list instead of an object, or a key that the form does not know
    /// - a rule, date, name or country that the constructors refuse
    #[cfg(feature = "documents")]
    pub fn from_json(text: &str) -> Result<Self> {
        Self::from_document(document::from_json(DOCUMENT, text)?)
    }

    /// Reads a calendar from TOML; the form is in the documentation of the [module](crate::calendar).
    ///
    /// # Errors
    /// - text that is not TOML, or that is nested too deeply
    /// - a key that the form does not know
    /// - a rule, date, name or country that the constructors refuse
    #[cfg(feature = "documents")]
    pub fn from_toml(text: &str) -> Result<Self> {
        Self::from_document(document::from_toml(DOCUMENT, text)?)
    }

    /// The calendar as JSON, which reads back to the same.
    #[cfg(feature = "documents")]
    pub fn to_json(&self) -> String {
        // Texts, dates and numbers always fit.
        serde_json::to_string(self).unwrap_or_default()
    }

    #[cfg(feature = "documents")]
    fn from_document(value: serde_json::Value) -> Result<Self> {
        let read: CalendarDocument = document::read(DOCUMENT, value)?;
        read.try_into().map_err(|e: KlokuurError| document::whole(DOCUMENT, e.to_string()))
    }
}

/// A calendar may hold others, so that it is read with a bounded depth whatever it is read from.
#[cfg(feature = "documents")]
impl<'de> Deserialize<'de> for HolidayCalendar {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        Self::from_document(document::value_of(deserializer)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(not(feature = "documents"))]
impl<'de> Deserialize<'de> for HolidayCalendar {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        CalendarDocument::deserialize(deserializer)?.try_into().map_err(serde::de::Error::custom)
    }
}

impl Serialize for HolidayCalendar {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        CalendarDocument::from(self.clone()).serialize(serializer)
    }
}
