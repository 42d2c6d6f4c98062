//! Belgium. The local names are Dutch, one of its three official languages.

use super::Table;
use crate::calendar::rule::HolidayRule;

pub(super) const BE: Table = Table {
    code: "BE",
    name_en: "Belgium",
    name_local: "België",
    right_since: 1974,
    common: &[],
    own: &[
        HolidayRule::on(1, 1, "New Year's Day", "Nieuwjaar"),
        HolidayRule::after_easter(0, "Easter Sunday", "Pasen"),
        HolidayRule::after_easter(1, "Easter Monday", "Paasmaandag"),
        HolidayRule::on(5, 1, "Labour Day", "Dag van de Arbeid"),
        HolidayRule::after_easter(39, "Ascension Day", "Onze-Lieve-Heer-Hemelvaart"),
        HolidayRule::after_easter(49, "Whit Sunday", "Pinksteren"),
        HolidayRule::after_easter(50, "Whit Monday", "Pinkstermaandag"),
        HolidayRule::on(7, 21, "National Day", "Nationale feestdag"),
        HolidayRule::on(8, 15, "Assumption Day", "Onze-Lieve-Vrouw-Hemelvaart"),
        HolidayRule::on(11, 1, "All Saints' Day", "Allerheiligen"),
        HolidayRule::on(11, 11, "Armistice Day", "Wapenstilstand"),
        HolidayRule::on(12, 25, "Christmas Day", "Kerstmis"),
    ],
};
