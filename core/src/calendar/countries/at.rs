//! Austria.

use super::Table;
use crate::calendar::rule::HolidayRule;

pub(super) const AT: Table = Table {
    code: "AT",
    name_en: "Austria",
    name_local: "Österreich",
    right_since: 1967,
    common: &[],
    own: &[
        HolidayRule::on(1, 1, "New Year's Day", "Neujahr"),
        HolidayRule::on(1, 6, "Epiphany", "Heilige Drei Könige"),
        HolidayRule::after_easter(1, "Easter Monday", "Ostermontag"),
        HolidayRule::on(5, 1, "Labour Day", "Staatsfeiertag"),
        HolidayRule::after_easter(39, "Ascension Day", "Christi Himmelfahrt"),
        HolidayRule::after_easter(50, "Whit Monday", "Pfingstmontag"),
        HolidayRule::after_easter(60, "Corpus Christi", "Fronleichnam"),
        HolidayRule::on(8, 15, "Assumption Day", "Mariä Himmelfahrt"),
        HolidayRule::on(10, 26, "National Day", "Nationalfeiertag"),
        HolidayRule::on(11, 1, "All Saints' Day", "Allerheiligen"),
        HolidayRule::on(12, 8, "Immaculate Conception", "Mariä Empfängnis"),
        HolidayRule::on(12, 25, "Christmas Day", "Christtag"),
        HolidayRule::on(12, 26, "Saint Stephen's Day", "Stefanitag"),
    ],
};
