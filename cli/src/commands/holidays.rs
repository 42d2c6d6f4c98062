//! `klokuur holidays`: the public holidays of a year.

use std::io::Write;

use chrono::{Datelike, Utc};
use klokuur::HolidayCalendar;
use klokuur::IsoWeek;
use klokuur::timeline::Language;

use crate::arguments::Holidays;
use crate::failure::{Failure, Result};
use crate::sheet::{Sheet, Value};

pub(super) fn run(given: &Holidays, language: Language, out: &mut dyn Write) -> Result<()> {
    let calendar = HolidayCalendar::country(&given.country)?;
    let year = given.year.unwrap_or_else(|| Utc::now().year());
    // What years are supported, the core says.
    IsoWeek::new(year, 1).map_err(|problem| Failure::Argument(problem.to_string()))?;
    let mut sheet = Sheet::new("holidays", &["date", "weekday", "name", "local_name"]);
    for holiday in calendar.holidays(year) {
        sheet.rows.push(vec![
            Value::Date(holiday.date),
            Value::Text(weekday(holiday.date.weekday(), language).to_owned()),
            Value::Text(holiday.name_en),
            Value::Text(holiday.name_local),
        ]);
    }
    given.output.write(&sheet, None, out)
}

fn weekday(day: chrono::Weekday, language: Language) -> &'static str {
    use chrono::Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    let (english, dutch) = match day {
        Mon => ("Monday", "maandag"),
        Tue => ("Tuesday", "dinsdag"),
        Wed => ("Wednesday", "woensdag"),
        Thu => ("Thursday", "donderdag"),
        Fri => ("Friday", "vrijdag"),
        Sat => ("Saturday", "zaterdag"),
        Sun => ("Sunday", "zondag"),
    };
    match language {
        Language::English => english,
        Language::Dutch => dutch,
    }
}
