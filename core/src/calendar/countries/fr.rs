//! France, without Alsace-Moselle and the overseas departments, which have days of their own.

use super::Table;
use crate::calendar::rule::HolidayRule;

pub(super) const FR: Table = Table {
    code: "FR",
    name_en: "France",
    name_local: "France",
    // Whit Monday was a working day for most from 2005 to 2007, though it stayed on the list.
    right_since: 2008,
    common: &[],
    own: &[
        HolidayRule::on(1, 1, "New Year's Day", "Jour de l'an"),
        HolidayRule::after_easter(1, "Easter Monday", "Lundi de Pâques"),
        HolidayRule::on(5, 1, "Labour Day", "Fête du Travail"),
        HolidayRule::on(5, 8, "Victory Day", "Fête de la Victoire"),
        HolidayRule::after_easter(39, "Ascension Day", "Ascension"),
        HolidayRule::after_easter(50, "Whit Monday", "Lundi de Pentecôte"),
        HolidayRule::on(7, 14, "National Day", "Fête nationale"),
        HolidayRule::on(8, 15, "Assumption Day", "Assomption"),
        HolidayRule::on(11, 1, "All Saints' Day", "Toussaint"),
        HolidayRule::on(11, 11, "Armistice Day", "Armistice"),
        HolidayRule::on(12, 25, "Christmas Day", "Noël"),
    ],
};
