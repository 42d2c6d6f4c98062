//! Dates as callers have them.

use chrono::NaiveDate;

/// A local date in the caller's own vocabulary: chrono's `NaiveDate` and, with the feature `jiff`, jiff's
/// `civil::Date`. What asks for a date takes either, also by reference.
///
/// ```
/// use chrono::NaiveDate;
/// use klokuur::HolidayCalendar;
///
/// let kings_day = NaiveDate::from_ymd_opt(2026, 4, 27).ok_or("no date")?;
/// assert!(HolidayCalendar::netherlands().is_holiday(kings_day));
/// # #[cfg(feature = "jiff")]
/// assert!(HolidayCalendar::netherlands().is_holiday(jiff::civil::date(2026, 4, 27)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// It is implemented here for those, and for no others.
pub trait CalendarDate: Copy + sealed::Sealed {
    /// The date.
    fn naive(self) -> NaiveDate;
}

mod sealed {
    pub trait Sealed {}
}

impl sealed::Sealed for NaiveDate {}

impl CalendarDate for NaiveDate {
    #[inline(always)]
    fn naive(self) -> NaiveDate {
        self
    }
}

impl<D: CalendarDate> sealed::Sealed for &D {}

// Also so that the type of a date that is parsed must be told with and without jiff: a feature breaks no caller.
impl<D: CalendarDate> CalendarDate for &D {
    #[inline(always)]
    fn naive(self) -> NaiveDate {
        (*self).naive()
    }
}

#[cfg(feature = "jiff")]
impl sealed::Sealed for jiff::civil::Date {}

#[cfg(feature = "jiff")]
impl CalendarDate for jiff::civil::Date {
    fn naive(self) -> NaiveDate {
        super::moment::ToChrono::to_chrono(&self)
    }
}
