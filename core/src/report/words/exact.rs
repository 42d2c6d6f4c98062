//! Quotients of whole numbers, rounded without a float between, and never to another side of a bound.

use crate::exact::Exact;
use crate::norm::WeekResult;
use crate::rulebook::{NormUnit, Ratio};

/// More decimals say nothing, and so many always fit.
const MOST_DECIMALS: u32 = 9;

/// A share of a whole in percent; none of nothing.
pub(super) fn percent(count: u64, of: u64) -> Option<Exact> {
    Exact::new(100 * i128::from(count), of.into())
}

/// The value of a week as it is shown, shares in percent; none without data (RULES N2).
pub(super) fn value(result: &WeekResult) -> Option<Exact> {
    let factor = match result.unit {
        NormUnit::Share | NormUnit::Points => 100,
        NormUnit::Average => 1,
    };
    Exact::new(factor * i128::from(result.numerator), result.denominator.into())
}

/// A threshold as it is shown.
pub(super) fn bound(threshold: Ratio, unit: NormUnit) -> Option<Exact> {
    let factor: u64 = if unit == NormUnit::Share { 100 } else { 1 };
    Exact::from(threshold).times(factor.into())
}

/// Rounded half away from zero to so many decimals, or to the first more at which it is on the side of every bound that
/// it is on: 89.999 of at least 90 is not 90.0.
pub(super) fn to_text(quotient: Exact, decimals: u32, bounds: &[Exact]) -> String {
    let is_true = |decimals: &u32| {
        let rounded = Exact::new(quotient.rounded(*decimals), 10_i128.pow(*decimals));
        let is_kept =
            |bound: &Exact| rounded.and_then(|rounded| rounded.compare(*bound)) == quotient.compare(*bound);
        bounds.iter().all(is_kept)
    };
    let decimals = (decimals..=MOST_DECIMALS).find(is_true).unwrap_or(decimals);
    let (rounded, one) = (quotient.rounded(decimals), 10_u128.pow(decimals));
    let sign = if rounded < 0 { "-" } else { "" };
    let (whole, rest) = (rounded.unsigned_abs() / one, rounded.unsigned_abs() % one);
    let width = decimals as usize;
    if width == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest:0width$}") }
}
