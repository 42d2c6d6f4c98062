//! How many answers a margin needs.

use super::trinomial::Trinomial;
use crate::error::{KlokuurError, Result};
use crate::normal::quantile;

/// The answers needed for an interval of plus or minus `margin` points, whatever the score turns out to be.
///
/// The worst case is half promoters, half detractors: `n = (100 z / margin)²`, rounded up.
///
/// ```
/// # use klokuur::nps::required_answers;
/// assert_eq!(required_answers(10.0, 0.95)?, 385);
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
///
/// # Errors
/// - `margin` is not above 0 and at most 100, or so small that more than 10^15 answers are needed
/// - `confidence` is not between 0 and 1
pub fn required_answers(margin: f64, confidence: f64) -> Result<u64> {
    answers_for_variance(margin, confidence, 1.0)
}

/// The answers needed for a margin when the shares can be guessed, from an earlier period for example.
///
/// `n = (100 z / margin)² (p₊ + p₋ − (p₊ − p₋)²)`, rounded up, at least 1. The result is as good as the guess.
///
/// # Errors
/// - a share is not between 0 and 1, or both together are above 1
/// - `margin` is not above 0 and at most 100, or so small that more than 10^15 answers are needed
/// - `confidence` is not between 0 and 1
pub fn required_answers_for(
    margin: f64,
    confidence: f64,
    promoter_share: f64,
    detractor_share: f64,
) -> Result<u64> {
    let share = |s: f64| (0.0..=1.0).contains(&s);
    // A little room for shares that were rounded: 0.7 + 0.3 is not exactly 1.
    if !share(promoter_share) || !share(detractor_share) || promoter_share + detractor_share > 1.0 + 1e-9 {
        return Err(KlokuurError::OutOfRange {
            what: "guessed shares of promoters and detractors",
            given: format!("{promoter_share} and {detractor_share}"),
            accepted: "each 0 to 1, together at most 1".into(),
        });
    }
    let guess = Trinomial { plus: promoter_share, minus: detractor_share, n: 1.0 };
    answers_for_variance(margin, confidence, guess.variance())
}

fn answers_for_variance(margin: f64, confidence: f64, variance: f64) -> Result<u64> {
    let z = quantile(confidence)?;
    let ratio = 100.0 * z / margin;
    let n = (ratio * ratio * variance).ceil().max(1.0);
    if !(margin > 0.0 && margin <= 100.0 && n <= 1e15) {
        return Err(KlokuurError::OutOfRange {
            what: "margin in points",
            given: margin.to_string(),
            accepted: "above 0 and at most 100, and not so small that it needs more than 10^15 answers"
                .into(),
        });
    }
    Ok(n as u64)
}
