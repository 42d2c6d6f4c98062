//! The written form of an event: one flat row.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::event::{By, CaseEvent, CaseKind, EventKind, Opening, Origin, Replacement, What};
use super::scores::Scores;
use crate::error::{KlokuurError, Result};

/// One row of the case log: the columns of CSV, the fields of a JSON line.
///
/// `case`, `at` and `event` are always there; the others where the event carries them. A field that the event does not
/// carry is refused when the row becomes a [`CaseEvent`], so that a slip in a log does not pass unseen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventRecord {
    /// The event's own id, unique within its case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The case number.
    pub case: String,
    /// When it happened, with an offset.
    pub at: DateTime<Utc>,
    /// The event's name.
    pub event: EventKind,
    /// `opened`: who opened it; `customer` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// `opened`: the kind of case; `question` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<CaseKind>,
    /// `opened`: the order number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
    /// `opened`: when the order was placed, with an offset.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ordered_at: Option<DateTime<Utc>>,
    /// `opened`: the customer's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<String>,
    /// `opened`: the subject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// `opened`: the item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// `opened`: the defect.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub defect: Option<String>,
    /// `opened`, `customer_message`, `seller_message`: the message's text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// `seller_message`: an automatic acknowledgement; `false` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub automatic: Option<bool>,
    /// `follow_up`: until when, with an offset.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<DateTime<Utc>>,
    /// `closed`, `reopened`: by whom; `seller` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<By>,
    /// `closed`: the explanation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<String>,
    /// `survey_answered`: the scores by area.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scores: Option<Scores>,
    /// `corrected`: the id of the event that was recorded wrongly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrects: Option<String>,
    /// `corrected`: what really happened, with that event's own fields beside it; absent when nothing happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub right_event: Option<EventKind>,
    /// `corrected`: when it really happened, with an offset.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub right_at: Option<DateTime<Utc>>,
}

impl EventRecord {
    /// A row with the three fields that are always there.
    pub fn new(case: impl Into<String>, at: DateTime<Utc>, event: EventKind) -> Self {
        Self {
            id: None,
            case: case.into(),
            at,
            event,
            origin: None,
            kind: None,
            order: None,
            ordered_at: None,
            customer: None,
            subject: None,
            item: None,
            defect: None,
            text: None,
            automatic: None,
            until: None,
            by: None,
            explanation: None,
            scores: None,
            corrects: None,
            right_event: None,
            right_at: None,
        }
    }

    /// Takes the fields that `kind` carries; what is left over is a mistake.
    fn take(&mut self, kind: EventKind) -> Result<What> {
        let missing = |field: &'static str| fault(field, format!("`{kind}` needs it"));
        Ok(match kind {
            EventKind::Opened => What::Opened(Opening {
                origin: self.origin.take().unwrap_or_default(),
                kind: self.kind.take().unwrap_or_default(),
                order: self.order.take(),
                ordered_at: self.ordered_at.take(),
                customer: self.customer.take(),
                subject: self.subject.take(),
                item: self.item.take(),
                defect: self.defect.take(),
                text: self.text.take(),
            }),
            EventKind::Forwarded => What::Forwarded,
            EventKind::Reopened => What::Reopened { by: self.by.take().unwrap_or(By::Seller) },
            EventKind::CustomerMessage => What::CustomerMessage { text: self.text.take() },
            EventKind::SellerMessage => What::SellerMessage {
                text: self.text.take(),
                automatic: self.automatic.take().unwrap_or(false),
            },
            EventKind::FollowUp => What::FollowUp { until: self.until.take() },
            EventKind::HandedOver => What::HandedOver,
            EventKind::Returned => What::Returned,
            EventKind::Closed => What::Closed {
                by: self.by.take().unwrap_or(By::Seller),
                explanation: self.explanation.take(),
            },
            EventKind::SurveyAnswered => {
                What::SurveyAnswered { scores: self.scores.take().ok_or_else(|| missing("scores"))? }
            }
            EventKind::Corrected => {
                let corrects = self.corrects.take().ok_or_else(|| missing("corrects"))?;
                let right = match (self.right_event.take(), self.right_at.take()) {
                    (None, None) => None,
                    (Some(EventKind::Corrected), _) => {
                        let problem = "a correction cannot be the right event: accepted is any other event";
                        return Err(fault("right_event", problem.into()));
                    }
                    (Some(kind), Some(at)) => Some(Box::new(Replacement { at, what: self.take(kind)? })),
                    (Some(_), None) => return Err(missing("right_at")),
                    (None, Some(_)) => return Err(missing("right_event")),
                };
                What::Corrected { corrects, right }
            }
        })
    }

    /// The first field that is still filled, beside the three that always are and the id.
    fn left_over(&self) -> Option<&'static str> {
        let filled = [
            (self.origin.is_some(), "origin"),
            (self.kind.is_some(), "kind"),
            (self.order.is_some(), "order"),
            (self.ordered_at.is_some(), "ordered_at"),
            (self.customer.is_some(), "customer"),
            (self.subject.is_some(), "subject"),
            (self.item.is_some(), "item"),
            (self.defect.is_some(), "defect"),
            (self.text.is_some(), "text"),
            // A column of CSV says `false` in every row: that says nothing wrong.
            (self.automatic == Some(true), "automatic"),
            (self.until.is_some(), "until"),
            (self.by.is_some(), "by"),
            (self.explanation.is_some(), "explanation"),
            (self.scores.is_some(), "scores"),
            (self.corrects.is_some(), "corrects"),
            (self.right_event.is_some(), "right_event"),
            (self.right_at.is_some(), "right_at"),
        ];
        filled.into_iter().find_map(|(is_filled, field)| is_filled.then_some(field))
    }
}

fn fault(path: &'static str, problem: String) -> KlokuurError {
    KlokuurError::InvalidDocument { document: "case event", path: path.into(), problem }
}

impl TryFrom<EventRecord> for CaseEvent {
    type Error = KlokuurError;

    /// Reads a row.
    ///
    /// # Errors
    /// - an empty case number or id
    /// - a field that the event needs and does not have (`scores`, `corrects`; `right_event` with `right_at`)
    /// - a field that the event does not carry
    fn try_from(mut record: EventRecord) -> Result<Self> {
        if record.case.is_empty() {
            return Err(fault("case", "it is empty: accepted is a case number".into()));
        }
        if record.id.as_deref() == Some("") {
            return Err(fault("id", "it is empty: accepted is an id, or none".into()));
        }
        let kind = record.event;
        let what = record.take(kind)?;
        if let Some(field) = record.left_over() {
            return Err(fault(field, format!("`{kind}` does not carry it: accepted is a row without it")));
        }
        Ok(Self { id: record.id, case: record.case, at: record.at, what })
    }
}

impl From<CaseEvent> for EventRecord {
    fn from(event: CaseEvent) -> Self {
        let mut record = Self::new(event.case, event.at, event.what.kind());
        record.id = event.id;
        fill(&mut record, event.what);
        record
    }
}

fn fill(record: &mut EventRecord, what: What) {
    match what {
        What::Opened(opening) => {
            record.origin = Some(opening.origin);
            record.kind = (opening.kind != CaseKind::Question).then_some(opening.kind);
            record.order = opening.order;
            record.ordered_at = opening.ordered_at;
            record.customer = opening.customer;
            record.subject = opening.subject;
            record.item = opening.item;
            record.defect = opening.defect;
            record.text = opening.text;
        }
        What::Reopened { by } => record.by = Some(by),
        What::CustomerMessage { text } => record.text = text,
        What::SellerMessage { text, automatic } => {
            record.text = text;
            record.automatic = automatic.then_some(true);
        }
        What::FollowUp { until } => record.until = until,
        What::Closed { by, explanation } => {
            record.by = Some(by);
            record.explanation = explanation;
        }
        What::SurveyAnswered { scores } => record.scores = Some(scores),
        What::Corrected { corrects, right } => {
            record.corrects = Some(corrects);
            if let Some(right) = right {
                record.right_at = Some(right.at);
                record.right_event = Some(right.what.kind());
                fill(record, right.what);
            }
        }
        What::Forwarded | What::HandedOver | What::Returned => {}
    }
}
