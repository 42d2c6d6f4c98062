//! The built-in countries: tables of rules (RULES H1, H3).
//!
//! # Where what is
//!
//! A country a file, by its code: `at`, `be`, `de`, `es`, `fr`, `gb`, `it`, `lu`, `nl`, `pl`.

mod at;
mod be;
mod de;
mod es;
mod fr;
mod gb;
mod it;
mod lu;
mod nl;
mod pl;

pub use nl::{LiberationDay, NetherlandsOptions};

use super::holiday_calendar::HolidayCalendar;
use super::rule::HolidayRule;
use crate::error::{KlokuurError, Result};

/// A built-in calendar.
///
/// ```
/// # use klokuur::HolidayCalendar;
/// let countries = HolidayCalendar::countries();
/// assert_eq!((countries[0].code.as_str(), countries[1].code.as_str()), ("NL", "BE"));
/// assert!(HolidayCalendar::country(&countries[1].code)?.name().contains("BE"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Country {
    /// The code to ask for it: ISO 3166-1, or 3166-2 for a part of a country.
    pub code: String,
    /// The name in English.
    pub name_en: String,
    /// The name in its own language.
    pub name_local: String,
    /// The first year from which the history is right. For earlier years the rules of that year are
    /// applied all the same, which may be a day too many or too few.
    pub right_since: i32,
}

struct Table {
    code: &'static str,
    name_en: &'static str,
    name_local: &'static str,
    right_since: i32,
    /// The rules of the whole country, for a part of one.
    common: &'static [HolidayRule],
    own: &'static [HolidayRule],
}

impl Table {
    fn calendar(&self) -> HolidayCalendar {
        HolidayCalendar::from_rules(self.code, self.common.iter().chain(self.own).cloned())
    }
}

/// All built-in calendars: the Netherlands and Belgium first, then by code.
fn tables() -> impl Iterator<Item = Table> {
    [nl::NL, be::BE, at::AT].into_iter().chain(de::tables()).chain([
        es::ES,
        fr::FR,
        gb::GB_ENG,
        it::IT,
        lu::LU,
        pl::PL,
    ])
}

impl HolidayCalendar {
    /// The built-in calendar of a country or a part of one: `NL`, `DE-BY`, `GB-ENG`; or the union of several, joined by
    /// `+`: `NL+BE` (RULES H4).
    ///
    /// ```
    /// # use chrono::NaiveDate;
    /// # use klokuur::HolidayCalendar;
    /// let berlin = HolidayCalendar::country("DE-BE")?;
    /// assert!(berlin.is_holiday("2026-03-08".parse::<NaiveDate>()?));
    /// let both = HolidayCalendar::country("NL+BE")?;
    /// assert!(both.is_holiday("2026-07-21".parse::<NaiveDate>()?)); // Belgian only
    /// let problem = HolidayCalendar::country("XX").unwrap_err();
    /// assert!(problem.to_string().starts_with("unknown country `XX`: accepted is NL, BE, "));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// - a code that is not in [`countries`](Self::countries), in these very letters
    pub fn country(code: &str) -> Result<Self> {
        let mut each = codes(code).map(one);
        let first = each.next().unwrap_or_else(|| one(code))?;
        each.try_fold(first, |joined, other| Ok(joined.union(&other?)))
    }

    /// The built-in calendars, with the first year from which the history of each is right.
    pub fn countries() -> Vec<Country> {
        let country = |table: Table| Country {
            code: table.code.to_owned(),
            name_en: table.name_en.to_owned(),
            name_local: table.name_local.to_owned(),
            right_since: table.right_since,
        };
        tables().map(country).collect()
    }

    /// The Dutch list with the default switches (RULES H1): Liberation Day in years divisible by five, no Good
    /// Friday.
    pub fn netherlands() -> Self {
        Self::netherlands_with(NetherlandsOptions::default())
    }

    /// The Belgian list (RULES H1).
    pub fn belgium() -> Self {
        be::BE.calendar()
    }
}

/// The codes that `NL+BE` joins.
pub(crate) fn codes(joined: &str) -> impl Iterator<Item = &str> {
    joined.split('+').map(str::trim)
}

fn one(code: &str) -> Result<HolidayCalendar> {
    if code == nl::NL.code {
        return Ok(HolidayCalendar::netherlands());
    }
    match tables().find(|table| table.code == code) {
        Some(table) => Ok(table.calendar()),
        None => Err(KlokuurError::UnknownName {
            what: "country",
            given: code.to_owned(),
            accepted: tables().map(|table| table.code).collect::<Vec<_>>().join(", "),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::tables;
    use crate::calendar::HolidayRule;

    /// The tables bypass the constructors; here they go through them.
    #[test]
    fn every_rule_of_the_tables_passes_its_own_checks() {
        for table in tables() {
            for rule in table.common.iter().chain(table.own) {
                let text = serde_json::to_string(rule).unwrap();
                let read: HolidayRule = serde_json::from_str(&text).unwrap();
                assert_eq!(&read, rule, "{} {text}", table.code);
            }
        }
    }
}
