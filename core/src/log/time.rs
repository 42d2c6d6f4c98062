//! Times as logs write them.

use chrono::format::{Fixed, Item, Numeric, Parsed, StrftimeItems, parse};
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, TimeZone, Utc};

use crate::error::{KlokuurError, Result};
use crate::sla::instant::nanos;
use crate::time::Zone;

/// Reads the times of a log.
///
/// Times with an offset are read as RFC 3339 has them, and as other systems write them: `+0100`, `+01`, `UTC`, a space
/// for the `T`, a comma before the fraction, no seconds. A time without an offset is one of the zone that is stated; of
/// two equal local times it is the earlier. A stated pattern is the only form that is read then; one of Unix seconds
/// (`%s`), or that ends in a `Z`, `UTC` or `GMT` of its own, is of UTC whatever the stated zone.
///
/// ```
/// use klokuur::log::Times;
///
/// let times = Times::new(Some("Europe/Amsterdam"), None)?;
/// for text in ["2026-03-13T15:00:00+01:00", "2026-03-13 15:00:00+01", "2026-03-13T15:00:00.000+0100", "2026-03-13 15:00"] {
///     assert_eq!(times.read(text)?.to_rfc3339(), "2026-03-13T14:00:00+00:00");
/// }
/// assert!(Times::new(None, None)?.read("2026-03-13 15:00").is_err()); // in which zone?
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Times {
    zone: Option<Zone>,
    pattern: Option<(String, Vec<Item<'static>>)>,
}

impl Times {
    /// The zone of times without offset, by its IANA name, and the pattern of all times, as `strftime` has it.
    ///
    /// # Errors
    /// - an unknown zone
    /// - a pattern with a specifier that is none, or with `%Z`: an abbreviation such as CST is of several zones
    pub fn new(zone: Option<&str>, pattern: Option<&str>) -> Result<Self> {
        let zone = zone.map(str::parse).transpose()?;
        let read = |text: &str| -> Result<_> {
            let refused = |accepted: &str| KlokuurError::InvalidValue {
                what: "pattern of times",
                given: text.to_owned(),
                accepted: accepted.to_owned(),
            };
            let items = StrftimeItems::new(text)
                .parse_to_owned()
                .map_err(|_| refused("a strftime pattern, as %d/%m/%Y %H:%M"))?;
            // It would be passed over, and the time be read in the stated zone.
            if items.contains(&Item::Fixed(Fixed::TimezoneName)) {
                return Err(refused(
                    "one without %Z, which names no one offset: %z for an offset, as +0100, or UTC as it is written",
                ));
            }
            Ok((text.to_owned(), items))
        };
        Ok(Self { zone, pattern: pattern.map(read).transpose()? })
    }

    /// Reads one time.
    ///
    /// # Errors
    /// - a text that is no time, or that has no offset where no zone is stated
    /// - a local time that the clock of the zone skipped
    /// - an instant outside the years 1900 to 2100
    pub fn read(&self, text: &str) -> Result<DateTime<Utc>> {
        let text = text.trim();
        let (local, offset) = match &self.pattern {
            None => written(text),
            Some((_, items)) => by_pattern(text, items),
        }
        .ok_or_else(|| self.refused(text))?;
        let at = match (offset, self.zone) {
            (Some(offset), _) => offset.from_local_datetime(&local).single().map(|at| at.to_utc()),
            (None, Some(zone)) => {
                // The log does not say which of two equal local times it means: the earlier one.
                let at = zone.from_local_datetime(&local).earliest();
                let at = at.ok_or_else(|| KlokuurError::InvalidValue {
                    what: "time",
                    given: text.to_owned(),
                    accepted: format!("a time that was: in {zone} the clock was put forward over it"),
                })?;
                Some(at.to_utc())
            }
            (None, None) => None,
        };
        let at = at.ok_or_else(|| self.refused(text))?;
        nanos(&at)?;
        Ok(at)
    }

    fn refused(&self, text: &str) -> KlokuurError {
        let accepted = match (&self.pattern, self.zone) {
            (Some((pattern, items)), zone) => match (has_offset(items), zone) {
                (false, None) => format!("the pattern {pattern}, with the zone that it is meant in"),
                _ => format!("the pattern {pattern}"),
            },
            (None, None) => "a time with an offset, as 2026-03-13T15:00:00+01:00, or a stated zone".into(),
            (None, Some(zone)) => {
                format!(
                    "a time with an offset, as 2026-03-13T15:00:00+01:00, or 2026-03-13 15:00:00 in {zone}"
                )
            }
        };
        KlokuurError::InvalidValue { what: "time", given: text.to_owned(), accepted }
    }
}

type Local = (NaiveDateTime, Option<FixedOffset>);

/// Whether what a pattern reads is of UTC: seconds since 1970, or a time that says so in its last word.
fn is_of_utc(items: &[Item<'_>]) -> bool {
    let is_said = match items.last() {
        Some(Item::Literal(word)) => matches!(*word, "Z" | "UTC" | "GMT"),
        Some(Item::OwnedLiteral(word)) => matches!(&**word, "Z" | "UTC" | "GMT"),
        _ => false,
    };
    is_said || items.iter().any(|item| matches!(item, Item::Numeric(Numeric::Timestamp, _)))
}

fn has_offset(items: &[Item<'_>]) -> bool {
    use Fixed::{TimezoneOffset, TimezoneOffsetColon, TimezoneOffsetColonZ, TimezoneOffsetZ};
    is_of_utc(items)
        || items.iter().any(|item| {
            matches!(
                item,
                Item::Fixed(TimezoneOffset | TimezoneOffsetColon | TimezoneOffsetColonZ | TimezoneOffsetZ)
            )
        })
}

fn by_pattern(text: &str, items: &[Item<'static>]) -> Option<Local> {
    let mut parsed = Parsed::new();
    parse(&mut parsed, text, items.iter()).ok()?;
    let of_utc = || FixedOffset::east_opt(0).filter(|_| is_of_utc(items));
    let offset = parsed.offset().and_then(FixedOffset::east_opt).or_else(of_utc);
    let local =
        parsed.to_naive_datetime_with_offset(offset.map_or(0, |offset| offset.local_minus_utc())).ok()?;
    Some((local, offset))
}

/// A time as systems write it, without a pattern: date, time, perhaps an offset.
fn written(text: &str) -> Option<Local> {
    let mut rest = Digits(text.as_bytes());
    let date = (rest.number(4)?, rest.then(b"-")?.number(2)?, rest.then(b"-")?.number(2)?);
    let hour = rest.then(b"Tt ")?.number(2)?;
    let minute = rest.then(b":")?.number(2)?;
    let second = if rest.takes(b":") { rest.number(2)? } else { 0 };
    let nanosecond = if rest.takes(b".,") { rest.fraction()? } else { 0 };
    rest.takes(b" ");
    let offset = rest.offset()?;
    let date = NaiveDate::from_ymd_opt(i32::try_from(date.0).ok()?, date.1, date.2)?;
    Some((date.and_hms_nano_opt(hour, minute, second, nanosecond)?, offset))
}

/// What is left of a text.
struct Digits<'a>(&'a [u8]);

impl Digits<'_> {
    fn takes(&mut self, any_of: &[u8]) -> bool {
        match self.0.split_first() {
            Some((first, rest)) if any_of.contains(first) => {
                self.0 = rest;
                true
            }
            _ => false,
        }
    }

    fn then(&mut self, any_of: &[u8]) -> Option<&mut Self> {
        self.takes(any_of).then_some(self)
    }

    fn number(&mut self, digits: usize) -> Option<u32> {
        let (number, rest) = self.0.split_at_checked(digits)?;
        self.0 = rest;
        number.iter().try_fold(0, |number: u32, digit| {
            digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0'))
        })
    }

    /// Up to nine digits count; more are finer than anyone measures.
    fn fraction(&mut self) -> Option<u32> {
        let count = self.0.iter().take_while(|digit| digit.is_ascii_digit()).count();
        let (digits, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        let places = digits.iter().chain(std::iter::repeat(&b'0')).take(9);
        (count > 0).then(|| places.fold(0, |number, digit| number * 10 + u32::from(digit - b'0')))
    }

    /// The offset at the end, none when there is nothing left; no value for anything else.
    fn offset(&mut self) -> Option<Option<FixedOffset>> {
        let sign = match self.0 {
            [] => return Some(None),
            [b'Z' | b'z'] | [b'U' | b'u', b'T' | b't', b'C' | b'c'] => {
                return FixedOffset::east_opt(0).map(Some);
            }
            [b'+', ..] => 1,
            [b'-', ..] => -1,
            _ => return None,
        };
        self.takes(b"+-");
        let hours = self.number(2)?;
        let mut minutes = 0;
        if !self.0.is_empty() {
            self.takes(b":");
            minutes = self.number(2)?;
        }
        let is_offset = self.0.is_empty() && hours < 24 && minutes < 60;
        let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
        is_offset.then(|| FixedOffset::east_opt(sign * seconds))
    }
}
