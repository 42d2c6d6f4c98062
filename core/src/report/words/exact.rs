//! Quotients of whole numbers, rounded without a float between, and never to another side of a bound.

use crate::norm::WeekResult;
use crate::rulebook::{NormUnit, Ratio};

/// More decimals say nothing, and so many always fit.
const MOST_DECIMALS: u32 = 9;

/// A quotient.
#[derive(Clone, Copy)]
pub(super) struct Exact {
    above: i128,
    under: i128,
}

impl Exact {
    /// A share of a whole in percent; none of nothing.
    pub(super) fn percent(count: u64, of: u64) -> Option<Self> {
        (of > 0).then(|| Self { above: 100 * i128::from(count), under: i128::from(of) })
    }

    /// The value of a week as it is shown, shares in percent; none without data (RULES N2).
    pub(super) fn value(result: &WeekResult) -> Option<Self> {
        let factor = match result.unit {
            NormUnit::Share | NormUnit::Points => 100,
            NormUnit::Average => 1,
        };
        let (above, under) = (factor * i128::from(result.numerator), i128::from(result.denominator));
        (under > 0).then_some(Self { above, under })
    }

    /// A threshold as it is shown.
    pub(super) fn bound(threshold: Ratio, unit: NormUnit) -> Self {
        let factor = if unit == NormUnit::Share { 100 } else { 1 };
        Self {
            above: factor * i128::from(threshold.numerator()),
            under: i128::from(threshold.denominator()).max(1),
        }
    }

    pub(super) const fn whole(number: i128) -> Self {
        Self { above: number, under: 1 }
    }

    /// Rounded half away from zero to so many decimals, or to the first more at which it is on the side of every bound
    /// that it is on: 89.999 of at least 90 is not 90.0.
    pub(super) fn to_text(self, decimals: u32, bounds: &[Self]) -> String {
        let is_true = |decimals: &u32| {
            let rounded = Self { above: self.rounded(*decimals), under: 10_i128.pow(*decimals) };
            bounds.iter().all(|bound| rounded.is_to(*bound) == self.is_to(*bound))
        };
        let decimals = (decimals..=MOST_DECIMALS).find(is_true).unwrap_or(decimals);
        let (rounded, one) = (self.rounded(decimals), 10_u128.pow(decimals));
        let sign = if rounded < 0 { "-" } else { "" };
        let (whole, rest) = (rounded.unsigned_abs() / one, rounded.unsigned_abs() % one);
        let width = decimals as usize;
        if width == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest:0width$}") }
    }

    /// So many tenths, hundredths and so on.
    fn rounded(self, decimals: u32) -> i128 {
        let scaled = self.above.saturating_mul(10_i128.pow(decimals));
        let half = self.under / 2 + self.under % 2;
        let away = (scaled.abs() / self.under) + i128::from(scaled.abs() % self.under >= half);
        away * scaled.signum()
    }

    fn is_to(self, bound: Self) -> std::cmp::Ordering {
        self.above.saturating_mul(bound.under).cmp(&bound.above.saturating_mul(self.under))
    }
}
