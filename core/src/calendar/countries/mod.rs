//! The built-in countries: tables of rules (RULES H1, H3).

mod be;
mod nl;

pub use nl::{LiberationDay, NetherlandsOptions};

use serde::Serialize;

use super::holiday_calendar::HolidayCalendar;
use super::rule::HolidayRule;
use crate::error::{KlokuurError, Result};

/// A built-in calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Country {
    /// The code to ask for it: ISO 3166-1, or 3166-2 for a part of a country.
    pub code: String,
    /// The name in English.
    pub name_en: String,
    /// The name in its own language.
    pub name_local: String,
    /// The first year from which the history is right. Before it, the rules of that year are applied.
    pub right_since: i32,
}

struct Table {
    code: &'static str,
    name_en: &'static str,
    name_local: &'static str,
    right_since: i32,
    rules: &'static [HolidayRule],
}

const TABLES: [&Table; 2] = [&nl::NL, &be::BE];

impl HolidayCalendar {
    /// The built-in calendar of a country or a part of one: `NL`, `DE-BY`, `GB-ENG`.
    ///
    /// # Errors
    /// - a code that is not in [`countries`](Self::countries), in these very letters
    pub fn country(code: &str) -> Result<Self> {
        if code == "NL" {
            return Ok(Self::netherlands());
        }
        match TABLES.iter().find(|table| table.code == code) {
            Some(table) => Ok(Self::from_rules(table.code, table.rules.iter().cloned())),
            None => Err(KlokuurError::UnknownName {
                what: "country",
                given: code.to_owned(),
                accepted: TABLES.map(|table| table.code).join(", "),
            }),
        }
    }

    /// The built-in calendars.
    pub fn countries() -> Vec<Country> {
        let country = |table: &Table| Country {
            code: table.code.to_owned(),
            name_en: table.name_en.to_owned(),
            name_local: table.name_local.to_owned(),
            right_since: table.right_since,
        };
        TABLES.into_iter().map(country).collect()
    }

    /// The Dutch list with the default switches (RULES H1): Liberation Day in years divisible by five, no Good Friday.
    pub fn netherlands() -> Self {
        Self::netherlands_with(NetherlandsOptions::default())
    }

    /// The Belgian list (RULES H1).
    pub fn belgium() -> Self {
        Self::from_rules(be::BE.code, be::BE.rules.iter().cloned())
    }
}
