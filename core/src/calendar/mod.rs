//! Public holidays as rules: which dates do not count (RULES H1-H3).
//!
//! ```
//! # use chrono::NaiveDate;
//! # use klokuur::HolidayCalendar;
//! let nl = HolidayCalendar::netherlands();
//! let kings_day = nl.holiday_on("2026-04-27".parse::<NaiveDate>()?).ok_or("no holiday")?;
//! assert_eq!(kings_day.name_local, "Koningsdag");
//! assert_eq!(nl.holidays(2026).len(), 9);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A [`HolidayCalendar`] holds rules, not a list of dates, so it knows any year of the proleptic Gregorian calendar.
//! It grows by rules, dates, exceptions and unions; each step gives a new calendar.
//!
//! ```
//! # use chrono::NaiveDate;
//! # use klokuur::HolidayCalendar;
//! # use klokuur::calendar::HolidayRule;
//! # use chrono::Weekday;
//! let shop = HolidayCalendar::country("DE-BY")?
//!     .with_rule(HolidayRule::easter(-48, "Shrove Monday", "Rosenmontag")?)
//!     .with_date("2026-12-24".parse::<NaiveDate>()?, "Stocktaking")?
//!     .without_date("2026-01-06".parse::<NaiveDate>()?);
//! assert!(shop.is_holiday("2026-02-16".parse::<NaiveDate>()?));
//! assert!(!shop.is_holiday("2026-01-06".parse::<NaiveDate>()?));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Zones
//!
//! A holiday is the time from 00:00 to 24:00 of its date: in the zone of the schedule that uses it, or in the zone
//! that [`in_zone`](HolidayCalendar::in_zone) names.
//!
//! # Fingerprints
//!
//! [`HolidayCalendar::fingerprint`] is the same for the same holidays, whatever the order in which they were put
//! together, and does not change between releases unless a rule, a name, a zone or an exception does. It does not
//! cover the calendar's own name, nor exceptions that hit nothing. Print it on a report: with the fingerprint of
//! today's calendar it tells whether the report would come out the same.
//!
//! # As text
//!
//! A calendar is read from JSON or TOML, and written, by serde. All keys are optional. `countries` are built-in
//! calendars (and `netherlands = { liberation_day = "every_year", good_friday = true }` the Dutch one with its
//! switches), `without` are exceptions among them and the `rules`, `dates` are holidays in any case, `zone` binds all
//! of these, and `union` joins further calendars of the same form.
//!
//! ```
//! # use chrono::NaiveDate;
//! # use klokuur::HolidayCalendar;
//! let calendar = HolidayCalendar::from_toml(r#"
//!     name = "our shop"
//!     countries = ["NL"]
//!     without = ["2026-05-25"]
//!     dates = [{ date = "2026-12-24", name_en = "Stocktaking", name_local = "Inventarisatie" }]
//!
//!     [[rules]]
//!     name_en = "Founder's Day"
//!     day = { nth_weekday = { nth = -1, weekday = "Fri", month = 8 } }
//!     from_year = 2020
//!
//!     [[rules]]
//!     name_en = "Anniversary"
//!     day = { fixed = { month = 6, day = 1 } }
//!     shift = [{ on = "Sat", days = -1 }, { on = "Sun", days = 1 }]
//!     every_years = 5
//! "#)?;
//! assert_eq!(calendar.holiday_on("2026-08-28".parse::<NaiveDate>()?).map(|h| h.name_en).as_deref(), Some("Founder's Day"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The other days are `{ easter = { offset = 39 } }`, `{ weekday_on_or_before = { weekday = "Wed", month = 11, day =
//! 22 } }` and `{ weekday_on_or_after = … }`; `until_year` is the last year, and `only_shifted = true` makes a rule
//! for substitute days.
//!
//! # Which years are right
//!
//! [`HolidayCalendar::countries`] says for each country from which year its history is right. Before that year the
//! rules of that year are applied all the same: a day that was introduced earlier than the list reaches is shown for
//! all years before. Later years follow the law as it was known in 2026.
//!
//! | calendar | right since | local names |
//! | --- | --- | --- |
//! | NL | 1990 | Dutch |
//! | BE | 1974 | Dutch |
//! | DE and the Länder `DE-BB` … `DE-TH` | 1991 | German |
//! | LU | 1990 | Luxembourgish |
//! | FR | 2008 | French |
//! | AT | 1967 | German |
//! | PL | 1990 | Polish |
//! | ES, national | 2008 | Spanish |
//! | IT | 2001 | Italian |
//! | GB-ENG | 1978 | English |
//!
//! # Where we differ from other lists, and why
//!
//! Lists of holidays disagree, even on law. Fewer holidays mean an earlier deadline, so the cautious list is the
//! default, and each choice can be undone.
//!
//! | calendar | day | here | others | why |
//! | --- | --- | --- | --- | --- |
//! | NL | Good Friday | no; switch [`NetherlandsOptions::good_friday`] | some yes | RULES H1: most people work |
//! | NL | Liberation Day | years divisible by five; switch [`LiberationDay`] | every year, or never | RULES H1 |
//! | BE | Easter and Whit Sunday | yes | some no: a Sunday is no extra day | RULES H1 |
//! | DE-BY, DE-SN, DE-TH | Assumption Day; Corpus Christi | no | some yes | only in some municipalities |
//! | ES | a holiday on a Sunday | on that Sunday | not listed | what the Monday is, each region decides |
//! | FR | Whit Monday 2005-2007 | yes | some no | stayed on the list as the day of solidarity |
//! | IT | National Unity, first Sunday of November | no | some yes | never more than a Sunday |
//! | GB-ENG | a bank holiday on a weekend | the day and its substitute | the substitute only | shops close on Christmas Day itself |
//!
//! # Where what is
//!
//! - `calendar_document`: how a calendar is written in JSON or TOML
//! - `countries`: the built-in countries: tables of rules (RULES H1, H3)
//! - `day`: the day of the year that a rule starts from
//! - `easter`: the date of Easter Sunday
//! - `fingerprint`: a short, stable name for a set of rules
//! - `holiday_calendar`: the holidays of a country, of several, or of one's own making
//! - `rule`: one holiday rule: data from which the date of any year follows (RULES H2)
//! - `rule_document`: how a rule is written in JSON or TOML
//! - `rule_set`: the data behind a calendar: rules and dates, each bound to a zone or to none, in one canonical order

#[cfg(feature = "serde")]
mod calendar_document;
mod countries;
mod day;
mod easter;
mod fingerprint;
mod holiday_calendar;
mod rule;
#[cfg(feature = "serde")]
mod rule_document;
mod rule_set;

#[cfg(feature = "domain")]
pub(crate) use countries::codes as country_codes;
pub use countries::{Country, LiberationDay, NetherlandsOptions};
pub use day::HolidayDay;
pub use fingerprint::Fingerprint;
pub use holiday_calendar::{Holiday, HolidayCalendar};
pub use rule::HolidayRule;
