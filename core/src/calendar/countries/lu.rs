//! Luxembourg. The local names are Luxembourgish.

use super::Table;
use crate::calendar::rule::HolidayRule;

pub(super) const LU: Table = Table {
    code: "LU",
    name_en: "Luxembourg",
    name_local: "Lëtzebuerg",
    right_since: 1990,
    common: &[],
    own: &[
        HolidayRule::on(1, 1, "New Year's Day", "Neijoerschdag"),
        HolidayRule::after_easter(1, "Easter Monday", "Ouschterméindeg"),
        HolidayRule::on(5, 1, "Labour Day", "Dag vun der Aarbecht"),
        HolidayRule::on(5, 9, "Europe Day", "Europadag").since(2019),
        HolidayRule::after_easter(39, "Ascension Day", "Christi Himmelfaart"),
        HolidayRule::after_easter(50, "Whit Monday", "Péngschtméindeg"),
        HolidayRule::on(6, 23, "National Day", "Nationalfeierdag"),
        HolidayRule::on(8, 15, "Assumption Day", "Léiffrawëschdag"),
        HolidayRule::on(11, 1, "All Saints' Day", "Allerhellgen"),
        HolidayRule::on(12, 25, "Christmas Day", "Chrëschtdag"),
        HolidayRule::on(12, 26, "Saint Stephen's Day", "Stiefesdag"),
    ],
};
