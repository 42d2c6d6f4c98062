//! Times of day and the open hours of one day.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use chrono::{NaiveTime, Timelike};

use crate::error::{KlokuurError, Result};

/// Seconds from 00:00 to 24:00 on the wall clock.
pub(crate) const DAY: u32 = 86_400;

/// A time on the wall clock of a day, from 00:00 to 48:00: 24:00 is the day's end, 26:00 is 02:00 on the next date.
///
/// ```
/// # use klokuur::schedule::DayTime;
/// # use chrono::NaiveTime;
/// assert_eq!(DayTime::hm(24, 0)?, DayTime::END_OF_DAY);
/// assert_eq!(DayTime::try_from("17:30")?.seconds(), 63_000);
/// assert_eq!(DayTime::try_from(NaiveTime::MIN)?.to_string(), "00:00");
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "String", into = "String")
)]
pub struct DayTime(u32);

impl DayTime {
    /// 00:00.
    pub const START_OF_DAY: Self = Self(0);
    /// 24:00, the same instant as 00:00 of the next date.
    pub const END_OF_DAY: Self = Self(DAY);
    /// 48:00, the last time that a shift may reach.
    pub(crate) const MAX: Self = Self(2 * DAY);

    /// A time of hours and minutes.
    ///
    /// # Errors
    /// - minutes above 59
    /// - a time after 48:00
    pub fn hm(hours: u32, minutes: u32) -> Result<Self> {
        Self::hms(hours, minutes, 0)
    }

    /// A time of hours, minutes and seconds.
    ///
    /// # Errors
    /// - minutes or seconds above 59
    /// - a time after 48:00
    pub fn hms(hours: u32, minutes: u32, seconds: u32) -> Result<Self> {
        let sum =
            hours.saturating_mul(3600).saturating_add(minutes.saturating_mul(60)).saturating_add(seconds);
        if minutes > 59 || seconds > 59 || sum > Self::MAX.0 {
            return Err(not_a_time(&format!("{hours:02}:{minutes:02}:{seconds:02}")));
        }
        Ok(Self(sum))
    }

    /// Seconds since 00:00 on the wall clock.
    pub const fn seconds(self) -> u32 {
        self.0
    }

    /// For values that are within 00:00 to 48:00 already.
    pub(crate) const fn from_seconds(seconds: u32) -> Self {
        Self(if seconds > Self::MAX.0 { Self::MAX.0 } else { seconds })
    }
}

fn not_a_time(given: &str) -> KlokuurError {
    KlokuurError::InvalidValue {
        what: "time of day",
        given: given.to_owned(),
        accepted: "whole seconds from 00:00 to 48:00, such as 09:00 or 24:00".into(),
    }
}

impl fmt::Display for DayTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 3600, self.0 / 60 % 60)?;
        match self.0 % 60 {
            0 => Ok(()),
            seconds => write!(f, ":{seconds:02}"),
        }
    }
}

impl FromStr for DayTime {
    type Err = KlokuurError;

    /// Reads `09:00`, `24:00` or `09:00:30`.
    ///
    /// # Errors
    /// - anything else
    /// - a time after 48:00
    fn from_str(text: &str) -> Result<Self> {
        let mut numbers = [0; 3];
        let mut count = 0;
        for (place, part) in numbers.iter_mut().zip(text.split(':')) {
            let short = part.len() == 2 || (count == 0 && part.len() == 1);
            if !short || !part.bytes().all(|b| b.is_ascii_digit()) {
                return Err(not_a_time(text));
            }
            *place = part.parse().map_err(|_| not_a_time(text))?;
            count += 1;
        }
        if count < 2 || text.split(':').count() != count {
            return Err(not_a_time(text));
        }
        let [hours, minutes, seconds] = numbers;
        Self::hms(hours, minutes, seconds).map_err(|_| not_a_time(text))
    }
}

impl TryFrom<&str> for DayTime {
    type Error = KlokuurError;
    fn try_from(text: &str) -> Result<Self> {
        text.parse()
    }
}

impl TryFrom<String> for DayTime {
    type Error = KlokuurError;
    fn try_from(text: String) -> Result<Self> {
        text.parse()
    }
}

impl TryFrom<NaiveTime> for DayTime {
    type Error = KlokuurError;
    fn try_from(time: NaiveTime) -> Result<Self> {
        if time.nanosecond() != 0 {
            return Err(not_a_time(&time.to_string()));
        }
        Ok(Self(time.num_seconds_from_midnight()))
    }
}

impl From<DayTime> for String {
    fn from(time: DayTime) -> String {
        time.to_string()
    }
}

impl From<Infallible> for KlokuurError {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

/// One open stretch of a day, half open; it may end on the next date (an end after 24:00).
///
/// Shown at [`Hours`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Stretch {
    /// The opening, before 24:00 unless a holiday took the first part.
    pub from: DayTime,
    /// The closing, after the opening and up to 48:00.
    pub to: DayTime,
}

impl Stretch {
    pub(crate) const fn of_seconds(from: u32, to: u32) -> Self {
        Self { from: DayTime::from_seconds(from), to: DayTime::from_seconds(to) }
    }

    /// Whether it reaches into the next date.
    pub(crate) const fn is_overnight(self) -> bool {
        self.to.0 > DAY
    }
}

impl fmt::Display for Stretch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // An end on the next date is written as people do (22:00-06:00) where that reads back the same.
        match self.to.0.checked_sub(DAY) {
            Some(end) if end > 0 && end < self.from.0 && self.from.0 < DAY => {
                write!(f, "{}-{}", self.from, DayTime(end))
            }
            _ => write!(f, "{}-{}", self.from, self.to),
        }
    }
}

/// The open hours of a day: any number of stretches, in order, overlaps merged; none at all is a closed day.
///
/// ```
/// # use klokuur::schedule::Hours;
/// let hours = Hours::between("09:00", "12:30")?.and("12:00", "17:30")?;
/// assert_eq!(hours.to_string(), "09:00-17:30");
/// assert_eq!(Hours::between("22:00", "06:00")?.to_string(), "22:00-06:00");
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Hours(Vec<Stretch>);

impl Hours {
    /// No open hours.
    pub const fn closed() -> Self {
        Self(Vec::new())
    }

    /// From 00:00 to 24:00.
    pub fn all_day() -> Self {
        Self(vec![Stretch::of_seconds(0, DAY)])
    }

    /// One stretch. A closing that is earlier than the opening is on the next date.
    ///
    /// Takes a `NaiveTime`, a [`DayTime`] or a text such as `"24:00"`.
    ///
    /// # Errors
    /// - a time that is none, has a fraction of a second, or lies after 48:00
    /// - an opening at or after 24:00
    /// - an opening and a closing that are equal
    pub fn between<F, T>(from: F, to: T) -> Result<Self>
    where
        F: TryInto<DayTime, Error: Into<KlokuurError>>,
        T: TryInto<DayTime, Error: Into<KlokuurError>>,
    {
        Self::closed().and(from, to)
    }

    /// The same with one more stretch; what overlaps or touches becomes one.
    ///
    /// # Errors
    /// As [`between`](Self::between).
    pub fn and<F, T>(mut self, from: F, to: T) -> Result<Self>
    where
        F: TryInto<DayTime, Error: Into<KlokuurError>>,
        T: TryInto<DayTime, Error: Into<KlokuurError>>,
    {
        let from = from.try_into().map_err(Into::into)?;
        let to = to.try_into().map_err(Into::into)?;
        self.0.push(
            stretch(from, to).ok_or_else(|| KlokuurError::InvalidValue {
                what: "open hours",
                given: format!("{from}-{to}"),
                accepted:
                    "an opening before 24:00 and another time to close, such as 09:00-17:00 or 22:00-06:00"
                        .into(),
            })?,
        );
        Ok(Self::merged(self.0))
    }

    /// Whether there are none.
    pub fn is_closed(&self) -> bool {
        self.0.is_empty()
    }

    /// The stretches in order; no two of them touch.
    pub fn stretches(&self) -> &[Stretch] {
        &self.0
    }

    /// Puts stretches in order and joins those that overlap or touch.
    pub(crate) fn merged(mut stretches: Vec<Stretch>) -> Self {
        stretches.sort_unstable();
        let mut merged: Vec<Stretch> = Vec::with_capacity(stretches.len());
        for next in stretches {
            match merged.last_mut() {
                Some(last) if next.from <= last.to => last.to = last.to.max(next.to),
                _ => merged.push(next),
            }
        }
        Self(merged)
    }

    /// The union of both.
    pub(crate) fn joined(&self, other: &Self) -> Self {
        Self::merged(self.0.iter().chain(&other.0).copied().collect())
    }

    /// What lies within `from..to`.
    pub(crate) fn clipped(&self, from: u32, to: u32) -> Self {
        let (from, to) = (DayTime::from_seconds(from), DayTime::from_seconds(to));
        let part = |s: &Stretch| Stretch { from: s.from.max(from), to: s.to.min(to) };
        Self(self.0.iter().map(part).filter(|s| s.from < s.to).collect())
    }

    /// Whether a stretch reaches into the next date.
    pub(crate) fn is_overnight(&self) -> bool {
        self.0.last().is_some_and(|s| s.is_overnight())
    }
}

/// The stretch that people mean by an opening and a closing.
pub(crate) fn stretch(from: DayTime, to: DayTime) -> Option<Stretch> {
    let to = if to < from { DayTime(to.0 + DAY) } else { to };
    (from < DayTime::END_OF_DAY && from < to).then_some(Stretch { from, to })
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("off");
        }
        for (i, stretch) in self.0.iter().enumerate() {
            let comma = if i == 0 { "" } else { "," };
            write!(f, "{comma}{stretch}")?;
        }
        Ok(())
    }
}
