//! How a rule is written in JSON or TOML.

use chrono::Weekday;
use serde::{Deserialize, Serialize};

use super::day::HolidayDay;
use super::rule::{HolidayRule, WEEK};
use crate::error::{KlokuurError, Result};

/// A holiday rule as text; turns into a [`HolidayRule`] by its constructors, and so by their checks.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleDocument {
    pub(super) name_en: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) name_local: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) from_year: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) until_year: Option<i32>,
    #[serde(default = "each", skip_serializing_if = "is_each")]
    pub(super) every_years: u32,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) only_shifted: bool,
    pub(super) day: HolidayDay,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) shift: Vec<ShiftDocument>,
}

/// Moves a holiday by `days` when it falls `on` a weekday.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ShiftDocument {
    on: Weekday,
    days: i32,
}

fn each() -> u32 {
    1
}

fn is_each(years: &u32) -> bool {
    *years == each()
}

impl From<(Weekday, i32)> for ShiftDocument {
    fn from((on, days): (Weekday, i32)) -> Self {
        Self { on, days }
    }
}

impl TryFrom<RuleDocument> for HolidayRule {
    type Error = KlokuurError;

    fn try_from(text: RuleDocument) -> Result<Self> {
        let name_local = text.name_local.as_deref().unwrap_or(&text.name_en);
        let mut rule =
            HolidayRule::new(text.day, &text.name_en, name_local)?.every_years(text.every_years)?;
        if let Some(year) = text.from_year {
            rule = rule.from_year(year)?;
        }
        if let Some(year) = text.until_year {
            rule = rule.until_year(year)?;
        }
        for shift in text.shift {
            rule = rule.shift(shift.on, shift.days)?;
        }
        Ok(if text.only_shifted { rule.only_shifted() } else { rule })
    }
}

impl From<HolidayRule> for RuleDocument {
    fn from(rule: HolidayRule) -> Self {
        let shift = rule.shift.iter().zip(WEEK).filter(|(days, _)| **days != 0);
        Self {
            day: rule.day,
            shift: shift.map(|(days, weekday)| (weekday, i32::from(*days)).into()).collect(),
            only_shifted: rule.only_shifted,
            from_year: rule.from_year,
            until_year: rule.until_year,
            every_years: rule.every_years,
            name_en: rule.name_en.into_owned(),
            name_local: Some(rule.name_local.into_owned()),
        }
    }
}

/// A rule is read by its constructors' checks.
impl<'de> Deserialize<'de> for HolidayRule {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        RuleDocument::deserialize(deserializer)?.try_into().map_err(serde::de::Error::custom)
    }
}

impl Serialize for HolidayRule {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        RuleDocument::from(self.clone()).serialize(serializer)
    }
}
