//! Poland.

use super::Table;
use crate::calendar::rule::HolidayRule;

pub(super) const PL: Table = Table {
    code: "PL",
    name_en: "Poland",
    name_local: "Polska",
    right_since: 1990,
    common: &[],
    own: &[
        HolidayRule::on(1, 1, "New Year's Day", "Nowy Rok"),
        HolidayRule::on(1, 6, "Epiphany", "Święto Trzech Króli").since(2011),
        HolidayRule::after_easter(0, "Easter Sunday", "Niedziela Wielkanocna"),
        HolidayRule::after_easter(1, "Easter Monday", "Poniedziałek Wielkanocny"),
        HolidayRule::on(5, 1, "Labour Day", "Święto Państwowe"),
        HolidayRule::on(5, 3, "Constitution Day", "Święto Narodowe Trzeciego Maja"),
        HolidayRule::after_easter(49, "Whit Sunday", "Zielone Świątki"),
        HolidayRule::after_easter(60, "Corpus Christi", "Boże Ciało"),
        HolidayRule::on(8, 15, "Assumption Day", "Wniebowzięcie Najświętszej Maryi Panny"),
        HolidayRule::on(11, 1, "All Saints' Day", "Wszystkich Świętych"),
        HolidayRule::on(11, 11, "Independence Day", "Narodowe Święto Niepodległości"),
        HolidayRule::on(
            11,
            12,
            "Independence Centenary",
            "Święto Narodowe z okazji Setnej Rocznicy Odzyskania Niepodległości",
        )
        .once(2018),
        HolidayRule::on(12, 24, "Christmas Eve", "Wigilia Bożego Narodzenia").since(2025),
        HolidayRule::on(12, 25, "Christmas Day", "Boże Narodzenie, pierwszy dzień"),
        HolidayRule::on(12, 26, "Second Day of Christmas", "Boże Narodzenie, drugi dzień"),
    ],
};
