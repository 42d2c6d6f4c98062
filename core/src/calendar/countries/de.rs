//! Germany: the national list, and each Land on top of it.
//!
//! A Land has what counts in the whole Land. Not here, because they hold in some municipalities only: Assumption Day
//! in Bavaria, Corpus Christi in parts of Saxony and Thuringia, the Peace Festival in Augsburg.

use chrono::Weekday;

use super::Table;
use crate::calendar::day::HolidayDay;
use crate::calendar::rule::HolidayRule;

const REPENTANCE: HolidayRule = HolidayRule::table(
    // The Wednesday before 23 November.
    HolidayDay::WeekdayOnOrBefore { weekday: Weekday::Wed, month: 11, day: 22 },
    "Repentance and Prayer Day",
    "Buß- und Bettag",
);
const REFORMATION: HolidayRule = HolidayRule::on(10, 31, "Reformation Day", "Reformationstag");

const NATIONAL: &[HolidayRule] = &[
    HolidayRule::on(1, 1, "New Year's Day", "Neujahr"),
    HolidayRule::after_easter(-2, "Good Friday", "Karfreitag"),
    HolidayRule::after_easter(1, "Easter Monday", "Ostermontag"),
    HolidayRule::on(5, 1, "Labour Day", "Tag der Arbeit"),
    HolidayRule::after_easter(39, "Ascension Day", "Christi Himmelfahrt"),
    HolidayRule::after_easter(50, "Whit Monday", "Pfingstmontag"),
    HolidayRule::on(10, 3, "German Unity Day", "Tag der Deutschen Einheit"),
    // 500 years of the Reformation: everywhere, once.
    REFORMATION.once(2017),
    REPENTANCE.years(None, Some(1994)),
    HolidayRule::on(12, 25, "Christmas Day", "Erster Weihnachtstag"),
    HolidayRule::on(12, 26, "Second Day of Christmas", "Zweiter Weihnachtstag"),
];

const EPIPHANY: HolidayRule = HolidayRule::on(1, 6, "Epiphany", "Heilige Drei Könige");
const WOMENS_DAY: HolidayRule =
    HolidayRule::on(3, 8, "International Women's Day", "Internationaler Frauentag");
const LIBERATION: HolidayRule = HolidayRule::on(5, 8, "Liberation Day", "Tag der Befreiung");
const UPRISING: HolidayRule = HolidayRule::on(
    6,
    17,
    "75 Years since the Uprising of 1953",
    "75. Jahrestag des Aufstandes vom 17. Juni 1953",
);
const EASTER_SUNDAY: HolidayRule = HolidayRule::after_easter(0, "Easter Sunday", "Ostersonntag");
const WHIT_SUNDAY: HolidayRule = HolidayRule::after_easter(49, "Whit Sunday", "Pfingstsonntag");
const CORPUS_CHRISTI: HolidayRule = HolidayRule::after_easter(60, "Corpus Christi", "Fronleichnam");
const ASSUMPTION: HolidayRule = HolidayRule::on(8, 15, "Assumption Day", "Mariä Himmelfahrt");
const CHILDRENS_DAY: HolidayRule = HolidayRule::on(9, 20, "World Children's Day", "Weltkindertag");
const ALL_SAINTS: HolidayRule = HolidayRule::on(11, 1, "All Saints' Day", "Allerheiligen");

pub(super) fn tables() -> impl Iterator<Item = Table> {
    let whole = ("DE", "Germany", "Deutschland", [].as_slice());
    std::iter::once(whole).chain(LAENDER).map(|(code, name_en, name_local, own)| Table {
        code,
        name_en,
        name_local,
        right_since: 1991,
        common: NATIONAL,
        own,
    })
}

/// Code, English name, local name, and the days beside the national ones.
type Land = (&'static str, &'static str, &'static str, &'static [HolidayRule]);

const LAENDER: [Land; 16] = [
    ("DE-BB", "Brandenburg", "Brandenburg", &[EASTER_SUNDAY, WHIT_SUNDAY, REFORMATION]),
    (
        "DE-BE",
        "Berlin",
        "Berlin",
        &[WOMENS_DAY.since(2019), LIBERATION.once(2020), LIBERATION.once(2025), UPRISING.once(2028)],
    ),
    ("DE-BW", "Baden-Württemberg", "Baden-Württemberg", &[EPIPHANY, CORPUS_CHRISTI, ALL_SAINTS]),
    ("DE-BY", "Bavaria", "Bayern", &[EPIPHANY, CORPUS_CHRISTI, ALL_SAINTS]),
    ("DE-HB", "Bremen", "Bremen", &[REFORMATION.since(2018)]),
    ("DE-HE", "Hesse", "Hessen", &[CORPUS_CHRISTI]),
    ("DE-HH", "Hamburg", "Hamburg", &[REFORMATION.since(2018)]),
    (
        "DE-MV",
        "Mecklenburg-Western Pomerania",
        "Mecklenburg-Vorpommern",
        &[WOMENS_DAY.since(2023), REFORMATION],
    ),
    ("DE-NI", "Lower Saxony", "Niedersachsen", &[REFORMATION.since(2018)]),
    ("DE-NW", "North Rhine-Westphalia", "Nordrhein-Westfalen", &[CORPUS_CHRISTI, ALL_SAINTS]),
    ("DE-RP", "Rhineland-Palatinate", "Rheinland-Pfalz", &[CORPUS_CHRISTI, ALL_SAINTS]),
    ("DE-SH", "Schleswig-Holstein", "Schleswig-Holstein", &[REFORMATION.since(2018)]),
    ("DE-SL", "Saarland", "Saarland", &[CORPUS_CHRISTI, ASSUMPTION, ALL_SAINTS]),
    ("DE-SN", "Saxony", "Sachsen", &[REFORMATION, REPENTANCE.since(1995)]),
    ("DE-ST", "Saxony-Anhalt", "Sachsen-Anhalt", &[EPIPHANY, REFORMATION]),
    ("DE-TH", "Thuringia", "Thüringen", &[CHILDRENS_DAY.since(2019), REFORMATION]),
];
