//! Figures that are already counted: by the marketplace, or by a seller who has no items.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::rulebook::Ratio;

/// The figure of one standard in one period, as it was counted elsewhere.
///
/// Above the line stands what the standard counts: good ones where more is better, bad ones where less is; of a mean the sum
/// of its values, of a run its length, of a count how many there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StandardFigure {
    /// The standard, by its name.
    pub standard: String,
    /// The last date of its period.
    pub until: NaiveDate,
    /// Above the line.
    pub numerator: Ratio,
    /// Under the line: the items; 0 is no data.
    pub denominator: Ratio,
    /// How many different buyers had a bad item, where it is known.
    #[serde(default)]
    pub buyers: Option<u32>,
}
