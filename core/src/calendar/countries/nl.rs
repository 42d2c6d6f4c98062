//! The Netherlands.

use super::Table;
use crate::calendar::holiday_calendar::HolidayCalendar;
use crate::calendar::rule::HolidayRule;
use crate::names::names;

names! {
    /// In which years Liberation Day, 5 May, is a holiday in the Netherlands (RULES H1).
    ///
    /// Shown at [`NetherlandsOptions`].
    #[derive(Default)]
    pub enum LiberationDay: "liberation day" {
        /// In years divisible by five (RULES H1): the day off of the government and most collective agreements.
        #[default]
        LustrumYears = "lustrum_years",
        /// Every year.
        EveryYear = "every_year",
        /// Never.
        Never = "never",
    }
}

/// The switches of the Dutch list (RULES H1).
///
/// ```
/// # use klokuur::HolidayCalendar;
/// # use klokuur::calendar::{LiberationDay, NetherlandsOptions};
/// let options = NetherlandsOptions { liberation_day: LiberationDay::EveryYear, good_friday: true };
/// let own = HolidayCalendar::netherlands_with(options);
/// assert_eq!(own.holidays(2026).len(), HolidayCalendar::netherlands().holidays(2026).len() + 2);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields)
)]
pub struct NetherlandsOptions {
    /// When Liberation Day counts; by default in years divisible by five (RULES H1).
    pub liberation_day: LiberationDay,
    /// Whether Good Friday counts; by default it does not (RULES H1).
    pub good_friday: bool,
}

pub(super) const NL: Table = Table {
    code: "NL",
    name_en: "Netherlands",
    name_local: "Nederland",
    right_since: 1990,
    common: &[],
    own: &[
        HolidayRule::on(1, 1, "New Year's Day", "Nieuwjaarsdag"),
        HolidayRule::after_easter(0, "Easter Sunday", "Eerste paasdag"),
        HolidayRule::after_easter(1, "Easter Monday", "Tweede paasdag"),
        HolidayRule::on(4, 30, "Queen's Day", "Koninginnedag").weekend(0, -1).years(None, Some(2013)),
        HolidayRule::on(4, 27, "King's Day", "Koningsdag").weekend(0, -1).since(2014),
        HolidayRule::after_easter(39, "Ascension Day", "Hemelvaartsdag"),
        HolidayRule::after_easter(49, "Whit Sunday", "Eerste pinksterdag"),
        HolidayRule::after_easter(50, "Whit Monday", "Tweede pinksterdag"),
        HolidayRule::on(12, 25, "Christmas Day", "Eerste kerstdag"),
        HolidayRule::on(12, 26, "Second Day of Christmas", "Tweede kerstdag"),
    ],
};

const LIBERATION_DAY: HolidayRule = HolidayRule::on(5, 5, "Liberation Day", "Bevrijdingsdag");
const GOOD_FRIDAY: HolidayRule = HolidayRule::after_easter(-2, "Good Friday", "Goede Vrijdag");

impl HolidayCalendar {
    /// The Dutch list with switches of one's own (RULES H1).
    ///
    /// ```
    /// # use chrono::NaiveDate;
    /// # use klokuur::calendar::{HolidayCalendar, LiberationDay, NetherlandsOptions};
    /// let options = NetherlandsOptions { liberation_day: LiberationDay::EveryYear, good_friday: true };
    /// let generous = HolidayCalendar::netherlands_with(options);
    /// assert!(generous.is_holiday("2026-05-05".parse::<NaiveDate>()?));
    /// assert!(!HolidayCalendar::netherlands().is_holiday("2026-05-05".parse::<NaiveDate>()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn netherlands_with(options: NetherlandsOptions) -> Self {
        let liberation_day = match options.liberation_day {
            LiberationDay::LustrumYears => Some(LIBERATION_DAY.every(5)),
            LiberationDay::EveryYear => Some(LIBERATION_DAY),
            LiberationDay::Never => None,
        };
        let good_friday = options.good_friday.then_some(GOOD_FRIDAY);
        Self::from_rules(NL.code, NL.own.iter().cloned().chain(liberation_day).chain(good_friday))
    }
}
