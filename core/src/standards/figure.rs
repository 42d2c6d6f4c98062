//! Figures that are already counted: by the marketplace, or by a seller who has no items.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::rulebook::Ratio;

/// The figure of one standard in one period, as it was counted elsewhere.
///
/// Above the line stands what the standard counts: good ones where more is better, bad ones where less is; of a mean
/// the sum of its values, of a run its length, of a count how many there are.
///
/// ```
/// # use klokuur::Rulebook;
/// # use klokuur::rulebook::Ratio;
/// # use klokuur::standards::{StandardFigure, StandardItems, StandardVerdict, judge_standards};
/// let amazon = Rulebook::shipped("amazon")?;
/// let on: chrono::NaiveDate = "2026-03-31".parse()?;
/// let standard = amazon.standards[0].name.clone();
/// let figure = StandardFigure {
///     standard: standard.clone(),
///     until: "2026-03-30".parse()?,
///     numerator: Ratio::whole(0),
///     denominator: Ratio::whole(0),
///     buyers: None,
/// };
/// let report = judge_standards(&amazon, &StandardItems::new([])?, &[figure], on)?;
/// assert_eq!(report.standard(&standard)?.verdict, StandardVerdict::NoVerdict); // of nothing
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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
