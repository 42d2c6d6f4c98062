//! Our lists beside those of other libraries. Each difference stands here; one more or one less fails.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{Datelike, Days, NaiveDate, Weekday};
use klokuur::HolidayCalendar;

use super::{country, date};

/// One difference: the calendar, the date, and whether it is a holiday here.
type Difference = (String, NaiveDate, bool);

fn differences(
    code: &str,
    theirs: &BTreeSet<NaiveDate>,
    first: NaiveDate,
    last: NaiveDate,
) -> Vec<Difference> {
    let ours: BTreeSet<NaiveDate> = country(code).dates_between(first, last).into_iter().collect();
    ours.symmetric_difference(theirs).map(|day| (code.to_owned(), *day, ours.contains(day))).collect()
}

fn easter_plus(year: i32, days: i64) -> NaiveDate {
    // The union of all lists has Easter Monday; here it only serves to name a date.
    let monday =
        country("FR").holidays(year).into_iter().find(|h| h.name_en == "Easter Monday").unwrap().date;
    monday + chrono::TimeDelta::days(days - 1)
}

/// `shared/data/holidays` lies beside the project, wherever the project lies.
fn shared_table() -> Option<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors()
        .map(|up| up.join("shared/data/holidays/holidays_2015_2035.csv"))
        .find(|path| path.exists())
}

struct Row {
    country: String,
    date: NaiveDate,
    public: bool,
    second_type: String,
}

/// The table has no quoted fields with commas in the columns that are read here.
fn rows() -> Option<Vec<Row>> {
    let text = fs::read_to_string(shared_table()?).unwrap();
    let row = |line: &str| {
        let fields: Vec<&str> = line.split(',').collect();
        Row {
            country: fields[0].to_owned(),
            date: date(fields[1]),
            public: fields[3] == "1",
            second_type: fields[6].to_owned(),
        }
    };
    Some(text.lines().skip(1).map(row).collect())
}

#[test]
fn h1_lists_agree_with_the_shared_table_but_for_the_choices() {
    let Some(rows) = rows() else {
        println!("skipped: ../shared/data/holidays is not there");
        return;
    };
    let mut found = Vec::new();
    for code in ["NL", "BE", "DE", "LU"] {
        let theirs =
            rows.iter().filter(|row| row.country == code && row.public).map(|row| row.date).collect();
        found.extend(differences(code, &theirs, date("2015-01-01"), date("2035-12-31")));
    }
    // The first library counts Good Friday in the Netherlands; RULES H1 does not.
    let good_fridays = [
        "2015-04-03",
        "2016-03-25",
        "2017-04-14",
        "2018-03-30",
        "2019-04-19",
        "2020-04-10",
        "2021-04-02",
        "2022-04-15",
        "2023-04-07",
        "2024-03-29",
        "2025-04-18",
        "2026-04-03",
        "2027-03-26",
        "2028-04-14",
        "2029-03-30",
        "2030-04-19",
        "2031-04-11",
        "2032-03-26",
        "2033-04-15",
        "2034-04-07",
        "2035-03-23",
    ];
    let expected: Vec<Difference> = good_fridays.map(|day| ("NL".into(), date(day), false)).into();
    assert_eq!(found, expected);
}

#[test]
fn h1_lists_agree_with_the_second_library_but_for_the_choices() {
    let Some(rows) = rows() else {
        println!("skipped: ../shared/data/holidays is not there");
        return;
    };
    let mut found = Vec::new();
    for code in ["NL", "BE", "DE", "LU"] {
        let public = |row: &&Row| row.country == code && row.second_type.split('|').any(|t| t == "public");
        let theirs = rows.iter().filter(public).map(|row| row.date).collect();
        found.extend(differences(code, &theirs, date("2015-01-01"), date("2029-12-31")));
    }
    // The second library has Liberation Day as a school holiday, and Belgian Sundays as observances.
    let mut expected: Vec<Difference> =
        ["2015-05-05", "2020-05-05", "2025-05-05"].map(|day| ("NL".into(), date(day), true)).into();
    let sundays = (2015..=2029).flat_map(|year| [easter_plus(year, 0), easter_plus(year, 49)]);
    expected.extend(sundays.map(|day| ("BE".into(), day, true)));
    assert_eq!(found, expected);
}

#[test]
fn h3_every_country_agrees_with_another_library_but_for_the_choices() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/holidays_other_library.csv");
    let text = fs::read_to_string(path).unwrap();
    let countries = HolidayCalendar::countries();
    let mut compared = BTreeSet::new();
    for line in text.lines().skip(1) {
        let [code, year, days] = line.split(',').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let about = countries.iter().find(|c| c.code == code).unwrap();
        let year: i32 = year.parse().unwrap();
        if year < about.right_since {
            continue;
        }
        compared.insert((code, year));
        let theirs: BTreeSet<NaiveDate> = days.split(' ').map(|day| date(&format!("{year}-{day}"))).collect();
        let found =
            differences(code, &theirs, date(&format!("{year}-01-01")), date(&format!("{year}-12-31")));
        let expected: Vec<Difference> = match code {
            "NL" => vec![("NL".into(), easter_plus(year, -2), false)],
            // Theirs leaves out a Spanish holiday on a Sunday.
            "ES" => {
                let sundays =
                    country("ES").holidays(year).into_iter().filter(|h| h.date.weekday() == Weekday::Sun);
                sundays.map(|h| ("ES".into(), h.date, true)).collect()
            }
            // Theirs has National Unity, always the first Sunday of November; on the 1st it is All Saints' as well.
            "IT" => {
                let first = date(&format!("{year}-11-01"));
                let sunday = first + Days::new(u64::from(Weekday::Sun.days_since(first.weekday())));
                Vec::from_iter((sunday != first).then(|| ("IT".into(), sunday, false)))
            }
            _ => Vec::new(),
        };
        assert_eq!(found, expected, "{code} {year}");
    }
    assert_eq!(compared.iter().map(|(code, _)| code).collect::<BTreeSet<_>>().len(), countries.len());
    assert!(compared.len() > 900, "{}", compared.len());
}

#[test]
fn h4_the_marketplaces_reading_closes_39_weekdays_more() {
    let (own, both) = (country("NL"), country("NL+BE"));
    let is_weekday = |day: NaiveDate| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    let more = (2020..=2030).flat_map(|year| both.holidays(year)).map(|holiday| holiday.date);
    assert_eq!(more.filter(|day| is_weekday(*day) && !own.is_holiday(*day)).count(), 39);
    assert_eq!(both, country("NL").union(&country("BE")));
    assert_eq!(country(both.name()), both, "the name of a union asks for it");
}
