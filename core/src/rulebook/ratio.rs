//! An exact rational number: thresholds are never floats.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::{KlokuurError, Result};

/// An exact number such as a threshold: 93 % is 93/100, never 0.930000001.
///
/// Written as text: `93 %`, `0.93`, `25` or `1/3`. Always in lowest terms, the denominator above zero.
///
/// ```
/// # use klokuur::rulebook::Ratio;
/// assert_eq!("93 %".parse::<Ratio>()?, Ratio::new(93, 100)?);
/// assert_eq!("0.93".parse::<Ratio>()?.to_string(), "0.93");
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Ratio {
    numerator: i64,
    denominator: i64,
}

/// What [`Ratio`] accepts as text.
pub(super) const ACCEPTED: &str = "a number such as 93 %, 0.93, 25 or 1/3";

impl Ratio {
    /// `numerator / denominator`, in lowest terms.
    ///
    /// # Errors
    /// - `denominator` is zero
    /// - a value of `i64::MIN`, whose opposite does not exist
    pub fn new(numerator: i64, denominator: i64) -> Result<Self> {
        let refused = || KlokuurError::InvalidValue {
            what: "ratio",
            given: format!("{numerator}/{denominator}"),
            accepted: "a denominator that is not zero".into(),
        };
        if denominator == 0 || numerator == i64::MIN || denominator == i64::MIN {
            return Err(refused());
        }
        Ok(Self::reduced(numerator, denominator))
    }

    /// A whole number.
    pub const fn whole(number: i32) -> Self {
        Self { numerator: number as i64, denominator: 1 }
    }

    /// A whole percentage: `percent(93)` is 93/100.
    pub fn percent(percent: i32) -> Self {
        Self::reduced(i64::from(percent), 100)
    }

    /// The number above the line; carries the sign.
    pub fn numerator(self) -> i64 {
        self.numerator
    }

    /// The number under the line, above zero.
    pub fn denominator(self) -> i64 {
        self.denominator
    }

    /// The nearest float, for display and statistics only.
    pub fn to_f64(self) -> f64 {
        self.numerator as f64 / self.denominator as f64
    }

    /// How `numerator / denominator` (denominator above zero) compares with this number, exactly.
    pub fn compare_fraction(self, numerator: i64, denominator: u64) -> Ordering {
        let left = i128::from(numerator) * i128::from(self.denominator);
        let right = i128::from(self.numerator) * i128::from(denominator);
        left.cmp(&right)
    }

    /// Neither value may be `i64::MIN`; `denominator` may not be zero.
    fn reduced(numerator: i64, denominator: i64) -> Self {
        let divisor = gcd(numerator.unsigned_abs(), denominator.unsigned_abs()).max(1) as i64;
        let sign = if denominator < 0 { -1 } else { 1 };
        Self { numerator: sign * (numerator / divisor), denominator: sign * (denominator / divisor) }
    }
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        self.compare_fraction(other.numerator, other.denominator.unsigned_abs()).reverse()
    }
}

impl fmt::Display for Ratio {
    /// A decimal where it ends, else `numerator/denominator`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut scale: i128 = 1;
        for decimals in 0_usize..=18 {
            if scale % i128::from(self.denominator) == 0 {
                let units = i128::from(self.numerator) * (scale / i128::from(self.denominator));
                let sign = if units < 0 { "-" } else { "" };
                let units = units.abs();
                return match decimals {
                    0 => write!(f, "{sign}{units}"),
                    _ => write!(f, "{sign}{}.{:0decimals$}", units / scale, units % scale),
                };
            }
            scale *= 10;
        }
        write!(f, "{}/{}", self.numerator, self.denominator)
    }
}

impl FromStr for Ratio {
    type Err = KlokuurError;

    /// Reads `93 %`, `0.93`, `-5`, `1/3`.
    ///
    /// # Errors
    /// - anything but digits with one point, one fraction line, a leading minus or a closing per cent sign
    /// - more than 15 digits, a denominator of zero
    fn from_str(text: &str) -> Result<Self> {
        let malformed = || KlokuurError::InvalidValue {
            what: "number",
            given: text.to_owned(),
            accepted: ACCEPTED.into(),
        };
        let trimmed = text.trim();
        let (number, percent) = match trimmed.strip_suffix('%') {
            Some(rest) => (rest.trim_end(), true),
            None => (trimmed, false),
        };
        let (negative, number) = match number.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, number),
        };
        let digits = |s: &str| -> Option<i64> {
            let plain = !s.is_empty() && s.len() <= 15 && s.bytes().all(|b| b.is_ascii_digit());
            if plain { s.parse().ok() } else { None }
        };
        let (numerator, mut denominator) = if let Some((above, under)) = number.split_once('/') {
            (digits(above).ok_or_else(malformed)?, digits(under).ok_or_else(malformed)?)
        } else if let Some((whole, fraction)) = number.split_once('.') {
            if whole.is_empty() || fraction.is_empty() || whole.len() + fraction.len() > 15 {
                return Err(malformed());
            }
            let units = digits(&format!("{whole}{fraction}")).ok_or_else(malformed)?;
            (units, 10_i64.pow(u32::try_from(fraction.len()).unwrap_or(0)))
        } else {
            (digits(number).ok_or_else(malformed)?, 1)
        };
        if denominator == 0 {
            return Err(malformed());
        }
        if percent {
            denominator *= 100;
        }
        Self::new(if negative { -numerator } else { numerator }, denominator)
    }
}

impl TryFrom<String> for Ratio {
    type Error = KlokuurError;
    fn try_from(text: String) -> Result<Self> {
        text.parse()
    }
}

impl From<Ratio> for String {
    fn from(ratio: Ratio) -> String {
        ratio.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_reads_back() {
        for text in ["0", "0.93", "8", "25", "-0.5", "1/3", "0.00000000000001", "100"] {
            assert_eq!(text.parse::<Ratio>().unwrap().to_string(), text);
        }
        assert_eq!("93 %".parse::<Ratio>().unwrap(), Ratio::percent(93));
        assert_eq!("2.5%".parse::<Ratio>().unwrap().to_string(), "0.025");
        assert_eq!("8.0".parse::<Ratio>().unwrap(), Ratio::whole(8));
    }

    #[test]
    fn other_text_is_refused() {
        for text in ["", "%", "-", "1.", ".5", "1/0", "1e3", "+1", "--1", "1/2/3", "NaN", "1234567890123456"]
        {
            assert!(text.parse::<Ratio>().is_err(), "{text}");
        }
    }

    #[test]
    fn order_is_exact() {
        let third = Ratio::new(1, 3).unwrap();
        assert!(third > Ratio::new(333_333_333, 1_000_000_000).unwrap());
        assert!(Ratio::percent(-1) < Ratio::whole(0));
        assert_eq!(Ratio::percent(90).compare_fraction(9, 10), Ordering::Equal);
        assert_eq!(Ratio::percent(90).compare_fraction(899, 1000), Ordering::Less);
    }
}
