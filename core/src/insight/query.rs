//! What an overview is asked for.

use serde::{Deserialize, Serialize};

use super::record::CaseRecord;
use crate::error::Result;
use crate::period::Period;

/// What an overview is split by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    /// By item.
    Item,
    /// By subject.
    Subject,
    /// By defect.
    Defect,
}

/// Which cases an overview counts and how it splits them (RULES I3: adaptable).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OverviewQuery {
    /// Cases opened on these dates.
    pub period: Period,
    /// What to split by; empty for the total alone.
    #[serde(default)]
    pub by: Vec<Dimension>,
    /// Only this item.
    #[serde(default)]
    pub only_item: Option<String>,
    /// Only this subject.
    #[serde(default)]
    pub only_subject: Option<String>,
    /// Only this defect.
    #[serde(default)]
    pub only_defect: Option<String>,
    /// The confidence level of the on-time interval: 0.95 (ours).
    #[serde(default = "usual_confidence")]
    pub confidence: f64,
}

fn usual_confidence() -> f64 {
    0.95
}

impl OverviewQuery {
    /// All cases of a period, not split.
    pub fn of(period: Period) -> Self {
        Self {
            period,
            by: Vec::new(),
            only_item: None,
            only_subject: None,
            only_defect: None,
            confidence: usual_confidence(),
        }
    }

    /// A calendar month, split by item, subject and defect.
    ///
    /// # Errors
    /// - `month` is not 1 to 12
    /// - the year lies outside 1900 to 2100
    pub fn month(year: i32, month: u32) -> Result<Self> {
        Ok(Self::of(Period::month(year, month)?).by([Dimension::Item, Dimension::Subject, Dimension::Defect]))
    }

    /// Splits by these dimensions.
    #[must_use]
    pub fn by(mut self, dimensions: impl IntoIterator<Item = Dimension>) -> Self {
        self.by = dimensions.into_iter().collect();
        self
    }

    /// Counts only this item.
    #[must_use]
    pub fn item(mut self, item: &str) -> Self {
        self.only_item = Some(item.to_owned());
        self
    }

    /// Counts only this subject.
    #[must_use]
    pub fn subject(mut self, subject: &str) -> Self {
        self.only_subject = Some(subject.to_owned());
        self
    }

    /// Counts only this defect.
    #[must_use]
    pub fn defect(mut self, defect: &str) -> Self {
        self.only_defect = Some(defect.to_owned());
        self
    }

    /// Whether the query counts a case.
    pub fn counts(&self, case: &CaseRecord) -> bool {
        let same = |wanted: &Option<String>, found: &Option<String>| wanted.is_none() || wanted == found;
        self.period.contains(case.opened)
            && same(&self.only_item, &case.item)
            && same(&self.only_subject, &case.subject)
            && same(&self.only_defect, &case.defect)
    }
}
