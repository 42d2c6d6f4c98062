//! A share with its interval.

use serde::{Deserialize, Serialize};

use crate::error::{KlokuurError, Result};
use crate::normal::quantile;

/// A share of a whole with Wilson's score interval (E. B. Wilson 1927, *JASA* 22, 209–212).
///
/// ```
/// # use klokuur::insight::ShareInterval;
/// let share = ShareInterval::wilson(9, 10, 0.95)?.ok_or("none of none")?;
/// assert_eq!(share.share, 0.9);
/// assert!(share.low > 0.59 && share.high < 0.99);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShareInterval {
    /// How many.
    pub count: u64,
    /// Of how many; at least 1.
    pub of: u64,
    /// `count / of`, for display.
    pub share: f64,
    /// Lower end, 0 or more.
    pub low: f64,
    /// Upper end, 1 or less.
    pub high: f64,
    /// The confidence level, as 0.95.
    pub confidence: f64,
}

impl ShareInterval {
    /// The share and its interval; none of none.
    ///
    /// ```
    /// # use klokuur::insight::ShareInterval;
    /// let share = ShareInterval::wilson(45, 50, 0.95)?.expect("of 50");
    /// assert!((share.low - 0.786).abs() < 0.001 && (share.high - 0.957).abs() < 0.001);
    /// # Ok::<(), klokuur::KlokuurError>(())
    /// ```
    ///
    /// # Errors
    /// - `count` is above `of`
    /// - `confidence` is not between 0 and 1
    pub fn wilson(count: u64, of: u64, confidence: f64) -> Result<Option<Self>> {
        if count > of {
            return Err(KlokuurError::OutOfRange {
                what: "count of a share",
                given: count.to_string(),
                accepted: format!("0 to {of}"),
            });
        }
        let z = quantile(confidence)?;
        if of == 0 {
            return Ok(None);
        }
        let (n, share) = (of as f64, count as f64 / of as f64);
        // Wilson (I3): the shares that would not be rejected by what was counted. It holds its confidence on few
        // cases and near all or none, where the plain formula says 100 % ± 0.
        let spread = z * z / n;
        let center = (share + spread / 2.0) / (1.0 + spread);
        let margin = (spread * (share * (1.0 - share) + spread / 4.0)).sqrt() / (1.0 + spread);
        Ok(Some(Self {
            count,
            of,
            share,
            // Exact at the ends, where rounding would leave 1e-17 or so.
            low: if count == 0 { 0.0 } else { (center - margin).clamp(0.0, share) },
            high: if count == of { 1.0 } else { (center + margin).clamp(share, 1.0) },
            confidence,
        }))
    }
}
