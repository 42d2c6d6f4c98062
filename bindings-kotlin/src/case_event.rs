//! The events of cases, as rows of the case log.

use std::collections::HashMap;

use klokuur::ShippingMethod;
use klokuur::case::{CaseEvent as CoreEvent, CaseKind, EventKind, EventRecord, Party, Scores};

use crate::case::scores;
use crate::error::Result;
use crate::time::{Instant, score};

/// One event of a case, as one row of the case log. Which fields an event takes the log's format says.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct CaseEvent {
    /// The case number.
    pub case: String,
    /// When it happened.
    pub at: Instant,
    /// What happened.
    pub event: EventKind,
    /// The event's own name; needed where it may come twice or be corrected.
    #[uniffi(default = None)]
    pub id: Option<String>,
    /// Of `opened`: who opened it; the customer when left out.
    #[uniffi(default = None)]
    pub origin: Option<Party>,
    /// Of `opened`: the kind; a question when left out.
    #[uniffi(default = None)]
    pub kind: Option<CaseKind>,
    /// Of `opened`, `described` and `phone_contact`: the order number.
    #[uniffi(default = None)]
    pub order: Option<String>,
    /// Of `opened`: when the order was placed.
    #[uniffi(default = None)]
    pub ordered_at: Option<Instant>,
    /// Of `opened`, `described` and `phone_contact`: the customer's name.
    #[uniffi(default = None)]
    pub customer: Option<String>,
    /// Of `opened`, `described` and `phone_contact`: the subject.
    #[uniffi(default = None)]
    pub subject: Option<String>,
    /// Of `opened`, `described` and `phone_contact`: the item.
    #[uniffi(default = None)]
    pub item: Option<String>,
    /// Of `opened`, `described` and `phone_contact`: the defect.
    #[uniffi(default = None)]
    pub defect: Option<String>,
    /// Of `opened`, `described` and `phone_contact`: who answers.
    #[uniffi(default = None)]
    pub agent: Option<String>,
    /// Of `opened`, `described` and `phone_contact`: how urgent it is, in the seller's own words.
    #[uniffi(default = None)]
    pub priority: Option<String>,
    /// Of `opened`: how the order is shipped.
    #[uniffi(default = None)]
    pub shipping_method: Option<ShippingMethod>,
    /// Of `opened`, messages and `phone_contact`: the text.
    #[uniffi(default = None)]
    pub text: Option<String>,
    /// Of `seller_message`: whether it is an acknowledgement that was sent by itself.
    #[uniffi(default = None)]
    pub automatic: Option<bool>,
    /// Of `follow_up`: until when.
    #[uniffi(default = None)]
    pub until: Option<Instant>,
    /// Of `closed` and `reopened`: by whom; the seller when left out. Of `phone_contact`: who called; the customer when
    /// left out.
    #[uniffi(default = None)]
    pub by: Option<Party>,
    /// Of `closed`: why.
    #[uniffi(default = None)]
    pub explanation: Option<String>,
    /// Of `handled`: the result.
    #[uniffi(default = None)]
    pub result: Option<String>,
    /// Of `survey_answered`: 0 to 10 by area.
    #[uniffi(default = None)]
    pub scores: Option<HashMap<String, i32>>,
    /// Of `corrected`: the id of the event that was wrong.
    #[uniffi(default = None)]
    pub corrects: Option<String>,
    /// Of `corrected`: what happened in truth, if anything.
    #[uniffi(default = None)]
    pub right_event: Option<EventKind>,
    /// Of `corrected`: when that happened.
    #[uniffi(default = None)]
    pub right_at: Option<Instant>,
}

impl CaseEvent {
    pub(crate) fn core(self) -> Result<CoreEvent> {
        let answers = self.scores.map(|scores| {
            let one =
                |(area, given)| Ok((area, score("survey score", given, "a whole number from 0 to 10")?));
            Scores::new(scores.into_iter().map(one).collect::<klokuur::Result<Vec<(String, u8)>>>()?)
        });
        let record = EventRecord {
            id: self.id,
            case: self.case,
            at: self.at,
            event: self.event,
            origin: self.origin,
            kind: self.kind,
            order: self.order,
            ordered_at: self.ordered_at,
            customer: self.customer,
            subject: self.subject,
            item: self.item,
            defect: self.defect,
            agent: self.agent,
            priority: self.priority,
            shipping_method: self.shipping_method,
            text: self.text,
            automatic: self.automatic,
            until: self.until,
            by: self.by,
            explanation: self.explanation,
            result: self.result,
            scores: answers.transpose()?,
            corrects: self.corrects,
            right_event: self.right_event,
            right_at: self.right_at,
        };
        Ok(record.try_into()?)
    }
}

impl From<CoreEvent> for CaseEvent {
    fn from(event: CoreEvent) -> Self {
        // All fields are named: one that is missing here does not compile.
        let EventRecord {
            case,
            at,
            event,
            id,
            origin,
            kind,
            order,
            ordered_at,
            customer,
            subject,
            item,
            defect,
            agent,
            priority,
            shipping_method,
            text,
            automatic,
            until,
            by,
            explanation,
            result,
            scores: given,
            corrects,
            right_event,
            right_at,
        } = EventRecord::from(event);
        Self {
            case,
            at,
            event,
            id,
            origin,
            kind,
            order,
            ordered_at,
            customer,
            subject,
            item,
            defect,
            agent,
            priority,
            shipping_method,
            text,
            automatic,
            until,
            by,
            explanation,
            result,
            scores: scores(given),
            corrects,
            right_event,
            right_at,
        }
    }
}
