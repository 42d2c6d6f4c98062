//! Public holidays: against other lists, rule by rule, and by laws.

mod documents;
mod laws;
mod lists;
mod rules;

use chrono::NaiveDate;
use klokuur::HolidayCalendar;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn country(code: &str) -> HolidayCalendar {
    HolidayCalendar::country(code).unwrap()
}
