//! The date of Easter Sunday.

use chrono::NaiveDate;

/// Easter Sunday of the Western churches in the proleptic Gregorian calendar; `None` outside chrono's years.
///
/// Gauss's method in the form of Butcher and Meeus, with Euclidean division so that years before 1 work too.
pub(crate) fn easter_sunday(year: i32) -> Option<NaiveDate> {
    let golden = year.rem_euclid(19);
    let century = year.div_euclid(100);
    let in_century = year.rem_euclid(100);
    let skipped_leap_days = century - century.div_euclid(4);
    let moon_correction = (century - (century + 8).div_euclid(25) + 1).div_euclid(3);
    // The age of the moon in March, 0 to 29, already turned around.
    let epact = (19 * golden + skipped_leap_days - moon_correction + 15).rem_euclid(30);
    let to_sunday =
        (32 + 2 * century.rem_euclid(4) + 2 * in_century.div_euclid(4) - epact - in_century.rem_euclid(4))
            .rem_euclid(7);
    // Keeps the full moon from falling too late in the lunar cycle.
    let late_moon = (golden + 11 * epact + 22 * to_sunday).div_euclid(451);
    let days = epact + to_sunday - 7 * late_moon + 114;
    NaiveDate::from_ymd_opt(year, (days / 31).try_into().ok()?, (days % 31 + 1).try_into().ok()?)
}
