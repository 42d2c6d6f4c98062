//! Exact fractions of 128 bits, for a verdict that does not depend on rounding.

use std::cmp::Ordering;

use crate::rulebook::Ratio;

/// A fraction in lowest terms, the denominator above zero. None of its operations can overflow: they give `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Exact {
    above: i128,
    under: i128,
}

impl Exact {
    pub(crate) const ZERO: Self = Self { above: 0, under: 1 };

    pub(crate) fn new(above: i128, under: i128) -> Option<Self> {
        if under == 0 {
            return None;
        }
        let divisor = i128::try_from(gcd(above.unsigned_abs(), under.unsigned_abs())).ok()?.max(1);
        let (above, under) = (above.checked_div(divisor)?, under.checked_div(divisor)?);
        if under < 0 {
            Some(Self { above: above.checked_neg()?, under: under.checked_neg()? })
        } else {
            Some(Self { above, under })
        }
    }

    pub(crate) fn plus(self, other: Self) -> Option<Self> {
        let left = self.above.checked_mul(other.under)?;
        let right = other.above.checked_mul(self.under)?;
        Self::new(left.checked_add(right)?, self.under.checked_mul(other.under)?)
    }

    pub(crate) fn minus(self, other: Self) -> Option<Self> {
        self.plus(Self { above: other.above.checked_neg()?, under: other.under })
    }

    pub(crate) fn times(self, other: Self) -> Option<Self> {
        Self::new(self.above.checked_mul(other.above)?, self.under.checked_mul(other.under)?)
    }

    pub(crate) fn over(self, other: Self) -> Option<Self> {
        Self::new(self.above.checked_mul(other.under)?, self.under.checked_mul(other.above)?)
    }

    pub(crate) fn compare(self, other: Self) -> Option<Ordering> {
        Some(self.above.checked_mul(other.under)?.cmp(&other.above.checked_mul(self.under)?))
    }

    /// So many tenths, hundredths and so on, rounded half away from zero.
    pub(crate) fn rounded(self, decimals: u32) -> i128 {
        let scaled = self.above.saturating_mul(10_i128.saturating_pow(decimals));
        let half = self.under / 2 + self.under % 2;
        let away = (scaled.abs() / self.under) + i128::from(scaled.abs() % self.under >= half);
        away * scaled.signum()
    }

    /// The same as a rulebook's number; none when it has too many digits for one.
    pub(crate) fn ratio(self) -> Option<Ratio> {
        Ratio::new(i64::try_from(self.above).ok()?, i64::try_from(self.under).ok()?).ok()
    }

    /// The nearest float, for display.
    pub(crate) fn to_f64(self) -> f64 {
        self.above as f64 / self.under as f64
    }
}

impl From<u64> for Exact {
    fn from(whole: u64) -> Self {
        Self { above: whole.into(), under: 1 }
    }
}

impl From<Ratio> for Exact {
    fn from(ratio: Ratio) -> Self {
        Self { above: i128::from(ratio.numerator()), under: i128::from(ratio.denominator()) }
    }
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_are_exact_and_never_overflow() {
        let third = Exact::new(1, 3).unwrap();
        let sixth = Exact::new(-1, -6).unwrap();
        assert_eq!(third.plus(sixth), Exact::new(1, 2));
        assert_eq!(third.minus(sixth), Exact::new(1, 6));
        assert_eq!(third.over(sixth), Exact::new(2, 1));
        assert_eq!(third.compare(sixth), Some(Ordering::Greater));
        assert_eq!(Exact::new(1, 0), None);
        assert_eq!(third.over(Exact::ZERO), None);
        assert_eq!(Exact::new(i128::MIN, -1), None);
        assert_eq!(Exact::new(i128::MAX, 1).unwrap().plus(third), None);
    }
}
