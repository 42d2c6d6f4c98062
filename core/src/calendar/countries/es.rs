//! Spain: the national list only. Each region adds days, and may move one that falls on a Sunday to the Monday.

use super::Table;
use crate::calendar::rule::HolidayRule;

pub(super) const ES: Table = Table {
    code: "ES",
    name_en: "Spain",
    name_local: "España",
    right_since: 2008,
    common: &[],
    own: &[
        HolidayRule::on(1, 1, "New Year's Day", "Año Nuevo"),
        HolidayRule::on(1, 6, "Epiphany", "Epifanía del Señor"),
        HolidayRule::after_easter(-2, "Good Friday", "Viernes Santo"),
        HolidayRule::on(5, 1, "Labour Day", "Fiesta del Trabajo"),
        HolidayRule::on(8, 15, "Assumption Day", "Asunción de la Virgen"),
        HolidayRule::on(10, 12, "National Day", "Fiesta Nacional de España"),
        HolidayRule::on(11, 1, "All Saints' Day", "Todos los Santos"),
        HolidayRule::on(12, 6, "Constitution Day", "Día de la Constitución Española"),
        HolidayRule::on(12, 8, "Immaculate Conception", "Inmaculada Concepción"),
        HolidayRule::on(12, 25, "Christmas Day", "Natividad del Señor"),
    ],
};
