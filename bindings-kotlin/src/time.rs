//! How time crosses the boundary: instants and durations as whole nanoseconds, dates as days, exact on both sides.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Datelike, NaiveDate, SecondsFormat, TimeDelta, Utc};
use klokuur::Zone;
use klokuur::{BusinessDuration, KlokuurError as Core};

use crate::error::{KlokuurError, Result};

pub(crate) type Instant = DateTime<Utc>;
pub(crate) type LocalDate = NaiveDate;
pub(crate) type ElapsedTime = TimeDelta;

/// Up to so many nanoseconds (221 years) a count is exact, which holds all supported instants and all time between
/// them. What lies beyond is refused, or is a budget that never fits: it crosses as this limit and its whole seconds,
/// so that the message still tells what was given.
const EXACT: i64 = 7_000_000_000_000_000_000;

const NANOS: i128 = 1_000_000_000;

fn bridged(nanoseconds: i128) -> i64 {
    match i64::try_from(nanoseconds) {
        Ok(exact) if (-EXACT..=EXACT).contains(&exact) => exact,
        _ => {
            let coded = i128::from(EXACT) + nanoseconds.saturating_abs() / NANOS;
            let coded = i64::try_from(coded).unwrap_or(i64::MAX);
            if nanoseconds < 0 { -coded } else { coded }
        }
    }
}

fn unbridged(coded: i64) -> i128 {
    if (-EXACT..=EXACT).contains(&coded) {
        return coded.into();
    }
    let seconds = i128::from(coded).abs() - i128::from(EXACT);
    seconds * NANOS * i128::from(coded.signum())
}

fn instant_nanoseconds(at: Instant) -> i128 {
    i128::from(at.timestamp()) * NANOS + i128::from(at.timestamp_subsec_nanos())
}

fn instant_of(nanoseconds: i128) -> Result<Instant> {
    Ok(utc(nanoseconds).ok_or_else(|| refused(nanoseconds))?)
}

fn utc(nanoseconds: i128) -> Option<Instant> {
    let second = i64::try_from(nanoseconds.div_euclid(NANOS)).ok()?;
    let rest = u32::try_from(nanoseconds.rem_euclid(NANOS)).ok()?;
    DateTime::from_timestamp(second, rest)
}

fn refused(nanoseconds: i128) -> Core {
    let seconds = nanoseconds.div_euclid(NANOS);
    let given = utc(nanoseconds).map(|at| at.to_rfc3339_opts(SecondsFormat::AutoSi, true));
    Core::OutOfRange {
        what: "instant",
        given: given.unwrap_or_else(|| format!("{seconds} seconds since 1970")),
        accepted: klokuur::time::INSTANTS_IN_WORDS.into(),
    }
}

fn date_of(days: i32) -> Result<LocalDate> {
    let date = NaiveDate::from_epoch_days(days);
    Ok(date.ok_or_else(|| Core::OutOfRange {
        what: "date",
        given: format!("{days} days since 1970"),
        accepted: format!("the years {} to {}", NaiveDate::MIN.year(), NaiveDate::MAX.year()),
    })?)
}

uniffi::custom_type!(Instant, i64, {
    remote,
    try_lift: |coded| Ok(instant_of(unbridged(coded))?),
    lower: |at| bridged(instant_nanoseconds(at)),
});

/// Instants as nanoseconds since 1970. They cross as one run of bytes: item by item a list costs many times as much.
#[derive(Debug)]
pub struct Instants(pub(crate) Vec<i64>);

impl Instants {
    pub(crate) fn microseconds(&self) -> Vec<i64> {
        self.0.iter().map(|at| at.div_euclid(1_000)).collect()
    }
}

uniffi::custom_type!(Instants, Vec<u8>, {
    try_lift: |bytes| {
        let coded = column(&bytes)?;
        // What crossed as whole seconds lies far outside.
        match coded.iter().enumerate().find(|(_, coded)| !(-EXACT..=EXACT).contains(*coded)) {
            None => Ok(Instants(coded)),
            Some((row, far)) => {
                let problem = Box::new(refused(unbridged(*far)));
                Err(KlokuurError::from(Core::Row { row, problem }).into())
            }
        }
    },
    lower: |instants| bytes(&instants.0),
});

/// Business time as nanoseconds, which crosses as [`Instants`] do.
#[derive(Debug)]
pub struct BusinessDurations(pub(crate) Vec<i64>);

uniffi::custom_type!(BusinessDurations, Vec<u8>, {
    try_lift: |bytes| Ok(BusinessDurations(column(&bytes)?)),
    lower: |durations| bytes(&durations.0),
});

/// Whole integers from the bytes of a column.
pub(crate) fn column(bytes: &[u8]) -> Result<Vec<i64>> {
    let (rows, rest) = bytes.as_chunks::<8>();
    if !rest.is_empty() {
        return Err(Core::InvalidValue {
            what: "column",
            given: format!("{} bytes", bytes.len()),
            accepted: "8 bytes a row".into(),
        }
        .into());
    }
    Ok(rows.iter().map(|row| i64::from_le_bytes(*row)).collect())
}

pub(crate) fn bytes(column: &[i64]) -> Vec<u8> {
    column.iter().flat_map(|row| row.to_le_bytes()).collect()
}

uniffi::custom_type!(LocalDate, i32, {
    remote,
    try_lift: |days| Ok(date_of(days)?),
    lower: |date| date.to_epoch_days(),
});

uniffi::custom_type!(BusinessDuration, i64, {
    remote,
    try_lift: |coded| Ok(business_duration(unbridged(coded))),
    lower: |duration| bridged(duration.as_nanoseconds()),
});

uniffi::custom_type!(ElapsedTime, i64, {
    remote,
    try_lift: |coded| Ok(elapsed_time(unbridged(coded))),
    lower: |elapsed| bridged(i128::from(elapsed.num_seconds()) * NANOS + i128::from(elapsed.subsec_nanos())),
});

fn business_duration(nanoseconds: i128) -> BusinessDuration {
    let (seconds, rest) = parts(nanoseconds);
    BusinessDuration::seconds(seconds) + BusinessDuration::from_nanoseconds(rest)
}

fn elapsed_time(nanoseconds: i128) -> ElapsedTime {
    let (seconds, rest) = parts(nanoseconds);
    let whole = TimeDelta::try_seconds(seconds);
    whole.and_then(|whole| whole.checked_add(&TimeDelta::nanoseconds(rest))).unwrap_or(if seconds < 0 {
        TimeDelta::MIN
    } else {
        TimeDelta::MAX
    })
}

/// Whole seconds and the nanoseconds that are left, both with the sign.
fn parts(nanoseconds: i128) -> (i64, i64) {
    let seconds = nanoseconds / NANOS;
    let seconds = i64::try_from(seconds).unwrap_or(if seconds < 0 { i64::MIN } else { i64::MAX });
    (seconds, i64::try_from(nanoseconds % NANOS).unwrap_or(0))
}

/// The zone of a name.
pub(crate) fn zone_of(name: &str) -> Result<Zone> {
    Ok(name.parse()?)
}

/// The release of the IANA time zone database by which klokuur reads every zone, such as `2026f`. What a host displays
/// is by the host's own release.
#[uniffi::export]
pub fn zone_data() -> String {
    klokuur::zone_data().to_owned()
}

/// Reads zones from these files from now on, in this whole process: a newer release than the one that comes with
/// klokuur.
///
/// `files` has a name of the IANA database with the bytes of its file (TZif), as they stand in `/usr/share/zoneinfo`,
/// for each zone that is to be replaced; all others stay those of the bundled release. It is done once, before the
/// first zone is named. `zone_data` tells the choice, and so do all fingerprints.
#[uniffi::export]
pub fn use_zone_data(release: String, files: HashMap<String, Vec<u8>>) -> Result<()> {
    // Sorted, so that of several faults the same is told every time.
    Ok(klokuur::time::use_zone_data(&release, files.into_iter().collect::<BTreeMap<_, _>>())?)
}

/// An ISO week, as `2026-W12`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, uniffi::Record)]
#[uniffi::export(Display, Ord)]
pub struct IsoWeek {
    /// The ISO year, which near New Year is not always the calendar year.
    pub year: i32,
    /// The week, from 1 to 53.
    pub week: i32,
}

impl IsoWeek {
    pub(crate) fn core(self) -> Result<klokuur::IsoWeek> {
        let week = above_zero("ISO week", self.week, || self.to_string(), "weeks 1 to 53")?;
        Ok(klokuur::IsoWeek::new(self.year, week)?)
    }
}

#[uniffi::export]
impl IsoWeek {
    /// The Monday that it starts on.
    ///
    /// # Errors
    /// - a week that does not exist, as 2026-W54
    pub fn monday(&self) -> Result<LocalDate> {
        Ok(self.core()?.monday())
    }

    /// The Sunday that it ends on.
    ///
    /// # Errors
    /// - a week that does not exist, as 2026-W54
    pub fn sunday(&self) -> Result<LocalDate> {
        Ok(self.core()?.sunday())
    }

    /// The week so many weeks later, or earlier when negative.
    ///
    /// # Errors
    /// - a week that does not exist, as 2026-W54
    pub fn plus(&self, weeks: i32) -> Result<IsoWeek> {
        Ok(self.core()?.plus(weeks).into())
    }
}

impl std::fmt::Display for IsoWeek {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-W{:02}", self.year, self.week)
    }
}

impl From<klokuur::IsoWeek> for IsoWeek {
    fn from(week: klokuur::IsoWeek) -> Self {
        Self { year: week.year(), week: i32::try_from(week.week()).unwrap_or(i32::MAX) }
    }
}

/// The ISO week of a date.
///
/// # Errors
/// - a date beyond the years that can be counted
#[uniffi::export]
pub fn iso_week(date: LocalDate) -> Result<IsoWeek> {
    Ok(klokuur::IsoWeek::of(date).into())
}

/// The ISO week of a text as `2026-W12`.
///
/// # Errors
/// - another text, or a week that does not exist
#[uniffi::export]
pub fn parse_iso_week(text: &str) -> Result<IsoWeek> {
    Ok(text.parse::<klokuur::IsoWeek>()?.into())
}

/// A run of whole dates, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Record)]
pub struct Period {
    /// The first date.
    pub first: LocalDate,
    /// The last date.
    pub last: LocalDate,
}

impl Period {
    pub(crate) fn core(self) -> Result<klokuur::Period> {
        Ok(klokuur::Period::between(self.first, self.last)?)
    }
}

impl From<klokuur::Period> for Period {
    fn from(period: klokuur::Period) -> Self {
        Self { first: period.first(), last: period.last() }
    }
}

/// The dates of a calendar month.
///
/// # Errors
/// - a month that does not exist, or a year outside the supported ones
#[uniffi::export]
pub fn period_of_month(year: i32, month: i32) -> Result<Period> {
    let given = || format!("{year}-{month:02}");
    let month = above_zero("calendar month", month, given, "months 1 to 12 of the years 1900 to 2100")?;
    Ok(klokuur::Period::month(year, month)?.into())
}

/// The dates of an ISO week.
///
/// # Errors
/// - a week that does not exist
#[uniffi::export]
pub fn period_of_week(week: IsoWeek) -> Result<Period> {
    Ok(klokuur::Period::week(week.core()?).into())
}

/// The last `days` dates up to and including `last`.
///
/// # Errors
/// - no days at all, or a date outside the supported years
#[uniffi::export]
pub fn trailing_period(last: LocalDate, days: i32) -> Result<Period> {
    let accepted = "1 or more, starting no earlier than 1900-01-01";
    let days = above_zero("number of days of a period", days, || days.to_string(), accepted)?;
    Ok(klokuur::Period::trailing_days(last, days)?.into())
}

/// A number that the core takes without a sign, and refuses in these words when it is 0.
fn above_zero(
    what: &'static str,
    number: i32,
    given: impl FnOnce() -> String,
    accepted: &str,
) -> std::result::Result<u32, Core> {
    u32::try_from(number).map_err(|_| Core::OutOfRange { what, given: given(), accepted: accepted.into() })
}

/// A count that must not be negative.
pub(crate) fn unsigned(what: &'static str, count: i64) -> Result<u64> {
    let accepted = || Core::OutOfRange { what, given: count.to_string(), accepted: "0 or more".into() };
    u64::try_from(count).map_err(|_| KlokuurError::from(accepted()))
}

/// A score or grade, as the core takes it; what no score can be is refused as the core refuses one.
pub(crate) fn score(what: &'static str, given: i32, accepted: &str) -> std::result::Result<u8, Core> {
    let accepted = || Core::OutOfRange { what, given: given.to_string(), accepted: accepted.into() };
    u8::try_from(given).map_err(|_| accepted())
}

/// A count for a host that counts with a sign.
pub(crate) fn signed(count: impl TryInto<i64>) -> i64 {
    count.try_into().unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_cross_exactly_where_supported_and_to_the_second_beyond() {
        for exact in [0, 1, -1, i128::from(EXACT), -i128::from(EXACT), 999_999_999, -1_000_000_001] {
            assert_eq!(unbridged(bridged(exact)), exact);
        }
        let far = i128::from(EXACT) * 5 + 7;
        assert_eq!(unbridged(bridged(far)), far / NANOS * NANOS);
        assert_eq!(unbridged(bridged(-far)), -(far / NANOS * NANOS));
        assert!(bridged(i128::MAX) > EXACT && bridged(i128::MIN) < -EXACT);
    }

    #[test]
    fn any_count_is_an_instant_or_our_error() {
        let far = EXACT + 10_000_000_000;
        for coded in [i64::MIN, -far, -EXACT, -1, EXACT, far, i64::MAX] {
            match instant_of(unbridged(coded)) {
                Ok(at) => assert_eq!(bridged(instant_nanoseconds(at)), coded),
                Err(error) => assert_eq!(error.code(), "out_of_range"),
            }
        }
    }
}
