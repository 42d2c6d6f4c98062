//! What an overview is asked for.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::record::CaseRecord;
use crate::case::{CaseKind, Party};
use crate::error::Result;
use crate::names::names;
use crate::period::Period;
use crate::shipping::ShippingMethod;

names! {
    /// What an overview is split by.
    ///
    /// Shown at [`OverviewQuery`].
    pub enum Dimension: "dimension" {
        /// By item.
        Item = "item",
        /// By subject.
        Subject = "subject",
        /// By defect.
        Defect = "defect",
        /// By question, return and cancellation.
        Kind = "kind",
        /// By who opened it.
        Origin = "origin",
        /// By who answers.
        Agent = "agent",
        /// By how the order is shipped.
        ShippingMethod = "shipping_method",
        /// By the ISO week of the date that counts.
        Week = "week",
    }
}

names! {
    /// The date by which a case belongs to a period.
    ///
    /// Shown at [`OverviewQuery`].
    #[derive(Default)]
    pub enum CountedBy: "date that counts" {
        /// The date it was closed: the cases handled in the period (RULES I3).
        #[default]
        Closed = "closed",
        /// The date it was opened: the still-running cases count too.
        Opened = "opened",
    }
}

/// Which cases an overview counts and how it splits them (RULES I3: adaptable).
///
/// ```
/// # use klokuur::Period;
/// # use klokuur::insight::{CaseRecord, CountedBy, Dimension, OverviewQuery};
/// let march = Period::month(2026, 3)?;
/// let query = OverviewQuery::of(march).by([Dimension::Item, Dimension::Week]).opened();
/// assert_eq!(query.counted_by, CountedBy::Opened);
/// assert!(query.counts(&CaseRecord::opened_on(march.first()))); // still running, and counted
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OverviewQuery {
    /// Cases of these dates.
    pub period: Period,
    /// Which date of a case that is: of its closing, or of its opening.
    #[serde(default)]
    pub counted_by: CountedBy,
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
    /// Only questions, only returns or only cancellations.
    #[serde(default)]
    pub only_kind: Option<CaseKind>,
    /// Only cases that this party opened.
    #[serde(default)]
    pub only_origin: Option<Party>,
    /// Only cases that this agent answers.
    #[serde(default)]
    pub only_agent: Option<String>,
    /// Only orders shipped so.
    #[serde(default)]
    pub only_shipping_method: Option<ShippingMethod>,
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
            counted_by: CountedBy::default(),
            by: Vec::new(),
            only_item: None,
            only_subject: None,
            only_defect: None,
            only_kind: None,
            only_origin: None,
            only_agent: None,
            only_shipping_method: None,
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

    /// Counts cases by the date of their opening instead of their closing.
    #[must_use]
    pub fn opened(mut self) -> Self {
        self.counted_by = CountedBy::Opened;
        self
    }

    /// Counts only questions, only returns or only cancellations.
    #[must_use]
    pub fn kind(mut self, kind: CaseKind) -> Self {
        self.only_kind = Some(kind);
        self
    }

    /// Counts only cases that this party opened.
    #[must_use]
    pub fn origin(mut self, origin: Party) -> Self {
        self.only_origin = Some(origin);
        self
    }

    /// Counts only cases that this agent answers.
    #[must_use]
    pub fn agent(mut self, agent: &str) -> Self {
        self.only_agent = Some(agent.to_owned());
        self
    }

    /// Counts only cases of orders that are shipped so.
    #[must_use]
    pub fn shipping_method(mut self, method: ShippingMethod) -> Self {
        self.only_shipping_method = Some(method);
        self
    }

    /// The date by which a case is counted; none when it has not come.
    pub(super) fn date_of(&self, case: &CaseRecord) -> Option<NaiveDate> {
        match self.counted_by {
            CountedBy::Closed => case.closed,
            CountedBy::Opened => Some(case.opened),
        }
    }

    /// Whether the query counts a case.
    pub fn counts(&self, case: &CaseRecord) -> bool {
        fn same<T: PartialEq>(wanted: &Option<T>, found: &Option<T>) -> bool {
            wanted.is_none() || wanted == found
        }
        self.date_of(case).is_some_and(|date| self.period.contains(date))
            && same(&self.only_item, &case.item)
            && same(&self.only_subject, &case.subject)
            && same(&self.only_defect, &case.defect)
            && same(&self.only_kind, &Some(case.kind))
            && same(&self.only_origin, &Some(case.origin))
            && same(&self.only_agent, &case.agent)
            && (self.only_shipping_method.is_none() || self.only_shipping_method == case.shipping_method)
    }
}
