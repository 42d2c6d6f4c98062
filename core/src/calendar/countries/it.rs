//! Italy, without the days of patron saints, which each town has, and the days that are always a Sunday.

use super::Table;
use crate::calendar::rule::HolidayRule;

pub(super) const IT: Table = Table {
    code: "IT",
    name_en: "Italy",
    name_local: "Italia",
    // Republic Day was a Sunday in June before.
    right_since: 2001,
    common: &[],
    own: &[
        HolidayRule::on(1, 1, "New Year's Day", "Capodanno"),
        HolidayRule::on(1, 6, "Epiphany", "Epifania"),
        HolidayRule::on(3, 17, "150 Years of Italian Unity", "150° anniversario dell'Unità d'Italia")
            .once(2011),
        HolidayRule::after_easter(0, "Easter Sunday", "Pasqua"),
        HolidayRule::after_easter(1, "Easter Monday", "Lunedì dell'Angelo"),
        HolidayRule::on(4, 25, "Liberation Day", "Festa della Liberazione"),
        HolidayRule::on(5, 1, "Labour Day", "Festa del Lavoro"),
        HolidayRule::on(6, 2, "Republic Day", "Festa della Repubblica"),
        HolidayRule::on(8, 15, "Assumption Day", "Assunzione di Maria Vergine"),
        // Law 151 of 8 October 2025, in force from 1 January 2026.
        HolidayRule::on(10, 4, "Saint Francis' Day", "San Francesco d'Assisi").since(2026),
        HolidayRule::on(11, 1, "All Saints' Day", "Ognissanti"),
        HolidayRule::on(12, 8, "Immaculate Conception", "Immacolata Concezione"),
        HolidayRule::on(12, 25, "Christmas Day", "Natale"),
        HolidayRule::on(12, 26, "Saint Stephen's Day", "Santo Stefano"),
    ],
};
