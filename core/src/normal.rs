//! The standard normal distribution, for the intervals and tests of NPS and of shares.

use std::f64::consts::{SQRT_2, TAU};

use libm::erfc;

use crate::error::{KlokuurError, Result};

/// The two-sided quantile of a confidence level.
///
/// # Errors
/// - `confidence` is not between 0 and 1
pub(crate) fn quantile(confidence: f64) -> Result<f64> {
    check_confidence(confidence)?;
    let tail = (1.0 - confidence) / 2.0;
    // Newton's method on the logarithm of the upper tail, which is concave: from a bound above (the tail is below
    // exp(-z²/2) / 2) it comes down to the quantile, and twice as many digits hold after every step.
    let mut z = (-2.0 * (2.0 * tail).ln()).sqrt();
    for _ in 0..8 {
        let above = upper_tail(z);
        let density = (-z * z / 2.0).exp() / TAU.sqrt();
        z += above / density * (above / tail).ln();
    }
    Ok(z.max(0.0))
}

/// Refuses a confidence level that is not between 0 and 1.
pub(crate) fn check_confidence(confidence: f64) -> Result<()> {
    if confidence > 0.0 && confidence < 1.0 {
        return Ok(());
    }
    Err(KlokuurError::OutOfRange {
        what: "confidence level",
        given: confidence.to_string(),
        accepted: "more than 0 and less than 1, as 0.95".into(),
    })
}

/// The probability of a value above `z`.
pub(crate) fn upper_tail(z: f64) -> f64 {
    (0.5 * erfc(z / SQRT_2)).clamp(0.0, 1.0)
}

/// The probability of a value at least as far from 0 as `z`.
pub(crate) fn two_tails(z: f64) -> f64 {
    erfc(z.abs() / SQRT_2).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Expected: `sqrt(2) * erfinv(confidence)` of mpmath 1.3, in 60 digits.
    #[test]
    fn quantiles_agree_with_many_digits() {
        for (confidence, expected) in [
            (1e-09, 1.2533141373155004e-09),
            (0.01, 0.012533469508069274),
            (0.5, 0.6744897501960817),
            (0.8, 1.2815515655446006),
            (0.9, 1.6448536269514729),
            (0.95, 1.9599639845400538),
            (0.99, 2.5758293035489004),
            (0.999, 3.2905267314918945),
            (0.999999, 4.891638475692932),
            (0.9999999999999999, 8.292361075813595),
        ] {
            let found = quantile(confidence).unwrap();
            assert!(
                (found - expected).abs() <= 4e-15 * expected.max(1.0),
                "{confidence}: {found:e} {expected:e}"
            );
        }
    }

    /// Expected: `erfc(z / sqrt(2)) / 2` of mpmath 1.3, in 60 digits. What is lost is the rounding of `z / sqrt(2)`,
    /// which far out weighs more: some z² times.
    #[test]
    fn tails_agree_with_many_digits() {
        for (z, expected) in [
            (1e-09, 0.49999999960105773),
            (0.1, 0.460172162722971),
            (0.5, 0.3085375387259869),
            (1.0, 0.15865525393145705),
            (1.5, 0.06680720126885807),
            (1.96, 0.024997895148220435),
            (3.0, 0.0013498980316300946),
            (5.0, 2.866515718791939e-07),
            (8.0, 6.220960574271784e-16),
            (20.0, 2.7536241186062337e-89),
            (37.0, 5.725571222524577e-300),
        ] {
            let most = 3e-16 * (1.0 + z * z);
            assert!((upper_tail(z) / expected - 1.0).abs() <= most, "{z}: {:e}", upper_tail(z));
            assert!((two_tails(-z) / (2.0 * expected) - 1.0).abs() <= most, "{z}");
            assert!((upper_tail(-z) + upper_tail(z) - 1.0).abs() <= 2.3e-16, "{z}");
        }
        assert_eq!((upper_tail(0.0), two_tails(0.0)), (0.5, 1.0));
    }

    #[test]
    fn quantiles_leave_as_much_outside_as_was_asked() {
        for step in 1..1000 {
            let confidence = f64::from(step) / 1000.0;
            let outside = two_tails(quantile(confidence).unwrap());
            assert!((outside - (1.0 - confidence)).abs() < 1e-15, "{confidence}");
        }
    }
}
