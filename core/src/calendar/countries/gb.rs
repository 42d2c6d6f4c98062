//! England (and Wales): bank holidays, with a substitute day for those on a weekend, which stay holidays themselves.

use chrono::Weekday;

use super::Table;
use crate::calendar::day::HolidayDay;
use crate::calendar::rule::HolidayRule;

const fn monday(nth: i32, month: u32, name: &'static str) -> HolidayRule {
    HolidayRule::table(HolidayDay::NthWeekday { nth, weekday: Weekday::Mon, month }, name, name)
}

const fn day(month: u32, day: u32, name: &'static str) -> HolidayRule {
    HolidayRule::on(month, day, name, name)
}

const EARLY_MAY: HolidayRule = monday(1, 5, "Early May Bank Holiday");
const SPRING: HolidayRule = monday(-1, 5, "Spring Bank Holiday");
const EARLY_MAY_ON_VE_DAY: HolidayRule = day(5, 8, "Early May Bank Holiday");

pub(super) const GB_ENG: Table = Table {
    code: "GB-ENG",
    name_en: "England",
    name_local: "England",
    right_since: 1978,
    common: &[],
    own: &[
        day(1, 1, "New Year's Day"),
        day(1, 1, "New Year's Day (substitute day)").weekend(2, 1).substitute(),
        HolidayRule::after_easter(-2, "Good Friday", "Good Friday"),
        HolidayRule::after_easter(1, "Easter Monday", "Easter Monday"),
        // 8 May in the years of 50 and 75 years since the end of the war in Europe.
        EARLY_MAY.years(None, Some(1994)),
        EARLY_MAY_ON_VE_DAY.once(1995),
        EARLY_MAY.years(Some(1996), Some(2019)),
        EARLY_MAY_ON_VE_DAY.once(2020),
        EARLY_MAY.since(2021),
        // Moved beside the jubilees of 2002, 2012 and 2022.
        SPRING.years(None, Some(2001)),
        day(6, 4, "Spring Bank Holiday").once(2002),
        SPRING.years(Some(2003), Some(2011)),
        day(6, 4, "Spring Bank Holiday").once(2012),
        SPRING.years(Some(2013), Some(2021)),
        day(6, 2, "Spring Bank Holiday").once(2022),
        SPRING.since(2023),
        monday(-1, 8, "Summer Bank Holiday"),
        day(12, 25, "Christmas Day"),
        // On a Saturday: Monday. On a Sunday: Tuesday, because Boxing Day has the Monday.
        day(12, 25, "Christmas Day (substitute day)").weekend(2, 2).substitute(),
        day(12, 26, "Boxing Day"),
        // On a Saturday: Monday. On a Sunday: Tuesday, because Christmas Day has the Monday.
        day(12, 26, "Boxing Day (substitute day)").weekend(2, 2).substitute(),
        day(7, 29, "Royal Wedding").once(1981),
        day(12, 31, "Millennium Eve").once(1999),
        day(6, 3, "Golden Jubilee").once(2002),
        day(4, 29, "Royal Wedding").once(2011),
        day(6, 5, "Diamond Jubilee").once(2012),
        day(6, 3, "Platinum Jubilee").once(2022),
        day(9, 19, "State Funeral of Queen Elizabeth II").once(2022),
        day(5, 8, "Coronation of King Charles III").once(2023),
    ],
};
