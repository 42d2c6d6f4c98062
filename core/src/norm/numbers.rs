//! The numbers of one norm in one week, before any verdict.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::names::NPS;
use crate::fingerprints::Fingerprints;
use crate::names::names;
use crate::rulebook::Ratio;
use crate::time::Moment;
use crate::week::IsoWeek;

names! {
    /// Who measured a week's numbers (RULES N4).
    ///
    /// Shown at [`WeekNumbers`].
    pub enum MeasuredBy: "way of measuring" {
        /// This library, from the seller's own log.
        Here = "here",
        /// The marketplace or another system; taken as it is.
        Elsewhere = "elsewhere",
    }
}

/// The numbers of one norm in one week.
///
/// What they count depends on the norm: good of all items where more is better (answered calls of call attempts),
/// bad of all items where less is better (cancelled of ordered items), the sum of grades and their count for a mean,
/// promoters less detractors and the answers for an NPS.
///
/// ```
/// # use klokuur::norm::{CANCELLATIONS, MeasuredBy, NPS, WeekNumbers};
/// let cancelled = WeekNumbers::new(CANCELLATIONS, "2026-W10".parse()?, 1, 250); // 1 of 250 ordered items
/// assert_eq!(cancelled.clone().measured_elsewhere().measured_by, MeasuredBy::Elsewhere);
/// let answers = WeekNumbers::nps("2026-W10".parse()?, 6, 3, 1);
/// assert_eq!((answers.norm.as_str(), answers.numerator, answers.denominator), (NPS, 5, 10));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WeekNumbers {
    /// The norm, by its name in the rulebook or in the Retailer API.
    pub norm: String,
    /// The week that they are of.
    pub week: IsoWeek,
    /// Above the line.
    pub numerator: i64,
    /// Under the line; 0 is no data.
    pub denominator: u64,
    /// The last deadline of a case asked in the week, where the norm has deadlines: not final before it.
    #[serde(default)]
    pub last_deadline: Option<DateTime<Utc>>,
    /// The norm's own value of that week where it came with the data (RULES N5).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub norm_value: Option<Ratio>,
    /// Whether the marketplace excuses the week for this norm (RULES S4): it is judged, and no strike comes of it.
    #[serde(default)]
    pub excused: bool,
    /// Who measured them; `here` when it is not said.
    #[serde(default = "here")]
    pub measured_by: MeasuredBy,
    /// What they were counted by (RULES I5); none where it is not known, or no hours decide.
    #[serde(default)]
    pub fingerprints: Option<Fingerprints>,
}

fn here() -> MeasuredBy {
    MeasuredBy::Here
}

impl WeekNumbers {
    /// Numbers measured here, without deadlines.
    ///
    /// ```
    /// # use klokuur::{IsoWeek, norm::{WeekNumbers, PHONE_AVAILABILITY}};
    /// let calls = WeekNumbers::new(PHONE_AVAILABILITY, "2026-W12".parse()?, 45, 50);
    /// assert_eq!(calls.denominator, 50);
    /// # Ok::<(), klokuur::KlokuurError>(())
    /// ```
    pub fn new(norm: &str, week: IsoWeek, numerator: i64, denominator: u64) -> Self {
        Self {
            norm: norm.to_owned(),
            week,
            numerator,
            denominator,
            last_deadline: None,
            norm_value: None,
            excused: false,
            measured_by: MeasuredBy::Here,
            fingerprints: None,
        }
    }

    /// The NPS norm from counts of answers.
    pub fn nps(week: IsoWeek, promoters: u32, passives: u32, detractors: u32) -> Self {
        let answers = u64::from(promoters) + u64::from(passives) + u64::from(detractors);
        Self::new(NPS, week, i64::from(promoters) - i64::from(detractors), answers)
    }

    /// The same numbers, counted by these.
    #[must_use]
    pub fn with_fingerprints(self, fingerprints: Fingerprints) -> Self {
        Self { fingerprints: Some(fingerprints), ..self }
    }

    /// The same numbers, not final before this deadline.
    pub fn with_last_deadline(self, deadline: impl Moment) -> Self {
        Self { last_deadline: Some(deadline.utc()), ..self }
    }

    /// The same numbers with the norm's value that came with them: it wins over the rulebook's (RULES N5).
    pub fn with_norm_value(self, value: Ratio) -> Self {
        Self { norm_value: Some(value), ..self }
    }

    /// The same numbers of a week that the marketplace excuses for this norm (RULES S4).
    pub fn excused(self) -> Self {
        Self { excused: true, ..self }
    }

    /// The same numbers, measured elsewhere (RULES N4).
    pub fn measured_elsewhere(self) -> Self {
        Self { measured_by: MeasuredBy::Elsewhere, ..self }
    }
}
