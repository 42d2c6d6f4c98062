//! An amount of business time: a type of its own, so that it never mixes with elapsed time.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Neg, Sub, SubAssign};
use std::str::FromStr;

use crate::error::{KlokuurError, Result};

const SECOND: i128 = 1_000_000_000;
const MINUTE: i128 = 60 * SECOND;
const HOUR: i128 = 60 * MINUTE;

/// An amount of business time ("klokuren"): only what passes while the schedule is open. Signed, exact to the
/// nanosecond.
///
/// It is not `chrono::TimeDelta`: 24 clock hours from Friday 15:00 end on Monday 15:00, 72 elapsed hours later.
/// Text and serde use ISO 8601 (`PT24H30M`); `Display` is for people. There is no "day": a business day has
/// as many hours as its schedule says.
///
/// ```
/// use klokuur::BusinessDuration;
/// let budget = BusinessDuration::hours(24) + BusinessDuration::minutes(30);
/// assert_eq!(budget.to_string(), "24 h 30 min");
/// assert_eq!(budget.to_iso(), "PT24H30M");
/// assert_eq!("24 h 30 min".parse::<BusinessDuration>()?, budget);
/// assert!(BusinessDuration::seconds(-1) < BusinessDuration::ZERO);
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "String", into = "String")
)]
pub struct BusinessDuration {
    // Wide enough for any i64 of any unit, so constructors cannot fail and nothing is ever shortened.
    nanoseconds: i128,
}

impl BusinessDuration {
    /// No business time.
    pub const ZERO: Self = Self { nanoseconds: 0 };

    /// So many clock hours.
    #[inline]
    pub fn hours(hours: impl Into<i64>) -> Self {
        Self::of(hours.into(), HOUR)
    }

    /// So many minutes of business time.
    #[inline]
    pub fn minutes(minutes: impl Into<i64>) -> Self {
        Self::of(minutes.into(), MINUTE)
    }

    /// So many seconds of business time.
    #[inline]
    pub fn seconds(seconds: impl Into<i64>) -> Self {
        Self::of(seconds.into(), SECOND)
    }

    /// So many clock hours, in a constant too.
    ///
    /// ```
    /// use klokuur::BusinessDuration;
    /// const FIRST_RESPONSE: BusinessDuration = BusinessDuration::from_hours(24);
    /// assert_eq!(FIRST_RESPONSE * 2, BusinessDuration::hours(48));
    /// ```
    #[inline]
    pub const fn from_hours(hours: i64) -> Self {
        Self::of(hours, HOUR)
    }

    /// So many minutes of business time, in a constant too.
    #[inline]
    pub const fn from_minutes(minutes: i64) -> Self {
        Self::of(minutes, MINUTE)
    }

    /// So many seconds of business time, in a constant too.
    #[inline]
    pub const fn from_seconds(seconds: i64) -> Self {
        Self::of(seconds, SECOND)
    }

    /// So many microseconds of business time.
    #[inline]
    pub const fn from_microseconds(microseconds: i64) -> Self {
        Self::of(microseconds, 1_000)
    }

    /// So many nanoseconds of business time.
    #[inline]
    pub const fn from_nanoseconds(nanoseconds: i64) -> Self {
        Self::of(nanoseconds, 1)
    }

    #[inline]
    #[allow(clippy::cast_lossless, reason = "`from` is not const")]
    const fn of(count: i64, unit: i128) -> Self {
        Self { nanoseconds: (count as i128).saturating_mul(unit) }
    }

    /// The exact amount in nanoseconds.
    #[inline]
    pub fn as_nanoseconds(self) -> i128 {
        self.nanoseconds
    }

    /// The whole microseconds, rounded towards zero (and kept at the limits of `i64` beyond 292,000 years).
    pub fn as_microseconds(self) -> i64 {
        self.whole(1_000)
    }

    /// The whole seconds, rounded towards zero.
    pub fn as_seconds(self) -> i64 {
        self.whole(SECOND)
    }

    /// The whole minutes, rounded towards zero.
    pub fn as_minutes(self) -> i64 {
        self.whole(MINUTE)
    }

    /// The whole clock hours, rounded towards zero.
    pub fn as_hours(self) -> i64 {
        self.whole(HOUR)
    }

    /// The clock hours with their fraction, for display and statistics.
    pub fn as_hours_f64(self) -> f64 {
        self.nanoseconds as f64 / HOUR as f64
    }

    fn whole(self, unit: i128) -> i64 {
        let count = self.nanoseconds / unit;
        i64::try_from(count).unwrap_or(if count < 0 { i64::MIN } else { i64::MAX })
    }

    /// Whether there is no business time in it.
    #[inline]
    pub fn is_zero(self) -> bool {
        self.nanoseconds == 0
    }

    /// Whether it is less than zero: the mirror, as `between` gives when its arguments run backwards.
    #[inline]
    pub fn is_negative(self) -> bool {
        self.nanoseconds < 0
    }

    /// The amount without its sign.
    pub fn abs(self) -> Self {
        Self { nanoseconds: self.nanoseconds.saturating_abs() }
    }

    /// ISO 8601 text, as `PT24H30M0.25S`, that parses back exactly in every language.
    pub fn to_iso(self) -> String {
        let Parts { negative, hours, minutes, seconds } = self.parts();
        let mut text = String::from(if negative { "-PT" } else { "PT" });
        if hours > 0 {
            text += &format!("{hours}H");
        }
        if minutes > 0 {
            text += &format!("{minutes}M");
        }
        if !seconds.is_empty() {
            text += &format!("{seconds}S");
        }
        if text.ends_with('T') {
            text += "0S";
        }
        text
    }

    /// The text for people, with the words for hour, minute and second of a language.
    pub(crate) fn to_words(self, hour: &str, minute: &str, second: &str) -> String {
        let Parts { negative, hours, minutes, seconds } = self.parts();
        let mut words = Vec::new();
        if hours > 0 {
            words.push(format!("{hours} {hour}"));
        }
        if minutes > 0 {
            words.push(format!("{minutes} {minute}"));
        }
        if !seconds.is_empty() {
            words.push(format!("{seconds} {second}"));
        }
        if words.is_empty() {
            words.push(format!("0 {hour}"));
        }
        format!("{}{}", if negative { "-" } else { "" }, words.join(" "))
    }

    fn parts(self) -> Parts {
        let amount = self.nanoseconds.unsigned_abs();
        let (hour, minute, second) = (HOUR.unsigned_abs(), MINUTE.unsigned_abs(), SECOND.unsigned_abs());
        let (whole, fraction) = ((amount % minute) / second, amount % second);
        let seconds = match (whole, fraction) {
            (0, 0) => String::new(),
            (whole, 0) => whole.to_string(),
            (whole, fraction) => format!("{whole}.{fraction:09}").trim_end_matches('0').to_owned(),
        };
        Parts {
            negative: self.nanoseconds < 0,
            hours: amount / hour,
            minutes: (amount % hour) / minute,
            seconds,
        }
    }
}

struct Parts {
    negative: bool,
    hours: u128,
    minutes: u128,
    /// Empty when there are none.
    seconds: String,
}

impl fmt::Display for BusinessDuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.to_words("h", "min", "s"))
    }
}

impl FromStr for BusinessDuration {
    type Err = KlokuurError;

    /// Reads ISO 8601 time amounts (`PT24H30M`) and the display form (`24 h 30 min`, `24h30min` too), each part once,
    /// largest first.
    ///
    /// # Errors
    /// - no amount, a number without a unit, or a unit other than hours, minutes and seconds (a `P1D` among them)
    /// - a fraction on anything but seconds, or one of more than nine digits
    fn from_str(text: &str) -> Result<Self> {
        read(text).ok_or_else(|| KlokuurError::InvalidValue {
            what: "business duration",
            given: text.to_owned(),
            accepted: "hours, minutes and seconds such as PT24H30M or 24 h 30 min".into(),
        })
    }
}

fn read(text: &str) -> Option<BusinessDuration> {
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (iso, mut rest) = match unsigned.strip_prefix("PT") {
        Some(rest) => (true, rest),
        None => (false, unsigned),
    };
    let units: [(&str, i128); 3] = if iso { [("H", HOUR), ("M", MINUTE), ("S", SECOND)] } else { WORDS };
    let mut allowed = units.iter();
    let mut total: i128 = 0;
    let mut any = false;
    while !rest.is_empty() {
        if any && !iso {
            rest = rest.strip_prefix(' ').unwrap_or(rest);
        }
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let (number, after) = rest.split_at_checked(digits)?;
        let after = if iso { after } else { after.strip_prefix(' ').unwrap_or(after) };
        let length = after.find(|c: char| !c.is_ascii_alphabetic() || iso).unwrap_or(after.len());
        let length = if iso { after.chars().next()?.len_utf8() } else { length };
        let (name, next) = after.split_at_checked(length)?;
        let &(_, unit) = allowed.by_ref().find(|(unit, _)| *unit == name)?;
        total = total.checked_add(count(number, unit)?)?;
        (rest, any) = (next, true);
    }
    any.then_some(BusinessDuration { nanoseconds: if negative { total.checked_neg()? } else { total } })
}

const WORDS: [(&str, i128); 3] = [("h", HOUR), ("min", MINUTE), ("s", SECOND)];

fn count(number: &str, unit: i128) -> Option<i128> {
    match number.split_once('.') {
        None => number.parse::<i128>().ok()?.checked_mul(unit),
        Some((whole, fraction)) if unit == SECOND && (1..=9).contains(&fraction.len()) => {
            let nanoseconds = format!("{fraction:0<9}").parse::<i128>().ok()?;
            whole.parse::<i128>().ok()?.checked_mul(SECOND)?.checked_add(nanoseconds)
        }
        Some(_) => None,
    }
}

impl TryFrom<String> for BusinessDuration {
    type Error = KlokuurError;
    fn try_from(text: String) -> Result<Self> {
        text.parse()
    }
}

impl From<BusinessDuration> for String {
    fn from(duration: BusinessDuration) -> String {
        duration.to_iso()
    }
}

// The sums saturate: at the limit of i128 nanoseconds, 10^22 years, far beyond anything that can be asked.
impl Add for BusinessDuration {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self { nanoseconds: self.nanoseconds.saturating_add(other.nanoseconds) }
    }
}

impl Sub for BusinessDuration {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self { nanoseconds: self.nanoseconds.saturating_sub(other.nanoseconds) }
    }
}

impl Neg for BusinessDuration {
    type Output = Self;
    #[inline]
    fn neg(self) -> Self {
        Self { nanoseconds: self.nanoseconds.saturating_neg() }
    }
}

impl Mul<i64> for BusinessDuration {
    type Output = Self;
    #[inline]
    fn mul(self, times: i64) -> Self {
        Self { nanoseconds: self.nanoseconds.saturating_mul(times.into()) }
    }
}

impl Mul<BusinessDuration> for i64 {
    type Output = BusinessDuration;
    #[inline]
    fn mul(self, duration: BusinessDuration) -> BusinessDuration {
        duration * self
    }
}

impl AddAssign for BusinessDuration {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl SubAssign for BusinessDuration {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl Sum for BusinessDuration {
    fn sum<I: Iterator<Item = Self>>(durations: I) -> Self {
        durations.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_a_number_is_so_many_sums() {
        let half = BusinessDuration::minutes(30);
        assert_eq!((half * 3, -2 * half), (half + half + half, -half - half));
        let most = BusinessDuration { nanoseconds: i128::MAX };
        assert_eq!((most * 2, most * -2), (most, BusinessDuration { nanoseconds: i128::MIN }));
    }

    #[test]
    fn texts_parse_back() {
        for nanoseconds in [
            0,
            1,
            -1,
            250_000_000,
            59_999_999_999,
            3_600_000_000_000,
            -88_200_000_000_000,
            i64::MIN,
            i64::MAX,
        ] {
            let duration = BusinessDuration::from_nanoseconds(nanoseconds);
            assert_eq!(duration.to_iso().parse(), Ok(duration));
            assert_eq!(duration.to_string().parse(), Ok(duration));
        }
        assert_eq!(BusinessDuration::hours(i64::MAX).to_iso().parse(), Ok(BusinessDuration::hours(i64::MAX)));
        assert_eq!(BusinessDuration::from_nanoseconds(750_000_000).to_string(), "0.75 s");
        assert_eq!(BusinessDuration::ZERO.to_string(), "0 h");
        assert_eq!(BusinessDuration::minutes(-90).to_string(), "-1 h 30 min");
    }

    #[test]
    fn texts_that_say_nothing_clear_are_refused() {
        for text in [
            "",
            "-",
            "PT",
            "P1D",
            "24",
            "1.5 h",
            "30 min 24 h",
            "1 h 1 h",
            "PT1.5H",
            "PT0.1234567890S",
            "1  h",
            "١ h",
        ] {
            assert!(text.parse::<BusinessDuration>().is_err(), "{text:?}");
        }
    }
}
