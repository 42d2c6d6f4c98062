//! The events of all cases, kept small: texts and names apart, each event a short row that knows the one before it.

use std::cmp::Ordering;

use super::event::{By, CaseEvent, CaseKind, EventKind, Opening, Origin, Replacement, What};
use super::names::{NO_NAME, Names};
use super::scores::Scores;
use super::search::Words;
use super::state::{Act, NEVER};
use super::store::Store;
use super::texts::Texts;
use crate::error::{KlokuurError, Result};
use crate::sla::instant::{Nanos, instant, nanos};

/// Means "none" wherever a row's number is kept.
pub(super) const NONE: u32 = u32::MAX;

#[derive(Debug, Clone, Copy)]
pub(super) struct Stored {
    pub(super) at: Nanos,
    /// The event of the same case that arrived before this one.
    pub(super) before: u32,
    /// Its id among the texts.
    pub(super) id: u32,
    pub(super) deed: Deed,
}

/// What happened, with the number of the row that holds what it carries.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deed {
    pub(super) payload: u32,
    pub(super) kind: EventKind,
    /// An acknowledgement; the marketplace instead of the seller.
    pub(super) detail: bool,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Opened {
    pub(super) ordered: Nanos,
    pub(super) case: u32,
    pub(super) order: u32,
    /// The opening before this one about the same order.
    pub(super) same_order: u32,
    pub(super) customer: u32,
    /// The opening before this one by the same customer.
    pub(super) same_customer: u32,
    pub(super) subject: u32,
    pub(super) item: u32,
    pub(super) defect: u32,
    pub(super) text: u32,
    pub(super) origin: Origin,
    pub(super) kind: CaseKind,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Correction {
    pub(super) corrects: u32,
    pub(super) right: Option<(Nanos, Deed)>,
}

#[derive(Debug, Clone)]
pub(super) struct Log {
    pub(super) events: Store<Stored>,
    pub(super) openings: Store<Opened>,
    pub(super) texts: Texts,
    pub(super) corrections: Store<Correction>,
    untils: Store<Nanos>,
    /// Subjects, items and defects.
    pub(super) labels: Names,
    pub(super) customers: Names,
    /// The words of the customers' names, each with the customers that have it.
    pub(super) customer_words: Words,
    /// The newest opening by each customer.
    pub(super) newest_of_customer: Vec<u32>,
    pub(super) orders: Names,
    /// The newest opening about each order.
    pub(super) newest_of_order: Vec<u32>,
}

impl Log {
    pub(super) fn new() -> Self {
        Self {
            events: Store::new(),
            openings: Store::new(),
            texts: Texts::new(),
            corrections: Store::new(),
            untils: Store::new(),
            labels: Names::new(),
            customers: Names::new(),
            customer_words: Words::new(),
            newest_of_customer: Vec::new(),
            orders: Names::new(),
            newest_of_order: Vec::new(),
        }
    }

    /// Keeps an event; it is not linked to its case yet.
    pub(super) fn keep(
        &mut self,
        case: u32,
        at: Nanos,
        event: &CaseEvent,
        before: u32,
    ) -> Result<(u32, Stored)> {
        let id = self.text(event.id.as_deref())?;
        let deed = self.deed(case, &event.what)?;
        let stored = Stored { at, before, id, deed };
        Ok((self.events.push(stored).ok_or_else(full)?, stored))
    }

    fn deed(&mut self, case: u32, what: &What) -> Result<Deed> {
        let (payload, detail) = match what {
            What::Opened(opening) => (self.opening(case, opening)?, false),
            What::Forwarded | What::HandedOver | What::Returned => (NONE, false),
            What::Reopened { by } => (NONE, *by == By::Marketplace),
            What::CustomerMessage { text } => (self.text(text.as_deref())?, false),
            What::SellerMessage { text, automatic } => (self.text(text.as_deref())?, *automatic),
            What::FollowUp { until } => match until {
                None => (NONE, false),
                Some(until) => (self.untils.push(nanos(until)?).ok_or_else(full)?, false),
            },
            What::Closed { by, explanation } => (self.text(explanation.as_deref())?, *by == By::Marketplace),
            What::SurveyAnswered { scores } => (self.text(Some(&scores.to_string()))?, false),
            What::Corrected { corrects, right } => {
                let corrects = self.text(Some(corrects))?;
                let right = match right {
                    None => None,
                    Some(right) => Some((nanos(&right.at)?, self.deed(case, &right.what)?)),
                };
                (self.corrections.push(Correction { corrects, right }).ok_or_else(full)?, false)
            }
        };
        Ok(Deed { payload, kind: what.kind(), detail })
    }

    fn opening(&mut self, case: u32, opening: &Opening) -> Result<u32> {
        let ordered = match &opening.ordered_at {
            None => NEVER,
            Some(at) => nanos(at)?,
        };
        let order = match opening.order.as_deref() {
            None => NONE,
            Some(order) => {
                let (number, new) = self.orders.intern(order).ok_or_else(full)?;
                if new {
                    self.newest_of_order.push(NONE);
                }
                number
            }
        };
        let customer = match opening.customer.as_deref() {
            None => NONE,
            Some(customer) => {
                let (number, new) = self.customers.intern(customer).ok_or_else(full)?;
                if new {
                    self.newest_of_customer.push(NONE);
                    self.customer_words.add(number, customer).ok_or_else(full)?;
                }
                number
            }
        };
        let mut label = |text: &Option<String>| match text.as_deref() {
            None => Ok(NO_NAME),
            Some(text) => self.labels.intern(text).map(|(number, _)| number).ok_or_else(full),
        };
        let (subject, item, defect) =
            (label(&opening.subject)?, label(&opening.item)?, label(&opening.defect)?);
        let text = self.text(opening.text.as_deref())?;
        let same_order = self.newest_of_order.get(order as usize).copied().unwrap_or(NONE);
        let same_customer = self.newest_of_customer.get(customer as usize).copied().unwrap_or(NONE);
        let (origin, kind) = (opening.origin, opening.kind);
        let opened = Opened {
            ordered,
            case,
            order,
            same_order,
            customer,
            same_customer,
            subject,
            item,
            defect,
            text,
            origin,
            kind,
        };
        let number = self.openings.push(opened).ok_or_else(full)?;
        for (list, of) in [(&mut self.newest_of_order, order), (&mut self.newest_of_customer, customer)] {
            if let Some(newest) = list.get_mut(of as usize) {
                *newest = number;
            }
        }
        Ok(number)
    }

    fn text(&mut self, text: Option<&str>) -> Result<u32> {
        match text {
            None => Ok(NONE),
            Some(text) => self.texts.push(text).ok_or_else(full),
        }
    }

    /// Scores are kept as the text that they are written as.
    pub(super) fn scores(&self, payload: u32) -> Option<Scores> {
        self.texts.get(payload)?.parse().ok()
    }

    pub(super) fn label(&self, number: u32) -> Option<&str> {
        self.labels.get(number)
    }

    /// What the fold needs to know; none for a correction.
    pub(super) fn act(&self, deed: Deed) -> Option<Act> {
        let by = if deed.detail { By::Marketplace } else { By::Seller };
        Some(match deed.kind {
            EventKind::Opened => {
                let opened = self.openings.get(deed.payload)?;
                let lacks = [(opened.order, "order"), (opened.subject, "subject"), (opened.item, "item")]
                    .into_iter()
                    .find_map(|(field, name)| (field == NONE).then_some(name));
                let ordered = (opened.ordered != NEVER).then_some(opened.ordered);
                Act::Opened { origin: opened.origin, kind: opened.kind, ordered, lacks }
            }
            EventKind::Forwarded => Act::Forwarded,
            EventKind::Reopened => Act::Reopened,
            EventKind::CustomerMessage => Act::CustomerMessage,
            EventKind::SellerMessage => Act::SellerMessage { automatic: deed.detail },
            EventKind::FollowUp => Act::FollowUp { until: self.untils.get(deed.payload).copied() },
            EventKind::HandedOver => Act::HandedOver,
            EventKind::Returned => Act::Returned,
            EventKind::Closed => Act::Closed { by },
            EventKind::SurveyAnswered => Act::SurveyAnswered,
            EventKind::Corrected => return None,
        })
    }

    /// The canonical order of two events of a case: by time, kind, id and content, never by arrival.
    pub(super) fn compare(&self, a: &Stored, b: &Stored) -> Ordering {
        let id = |stored: &Stored| self.texts.get(stored.id);
        a.at.cmp(&b.at)
            .then(a.deed.kind.cmp(&b.deed.kind))
            .then_with(|| id(a).cmp(&id(b)))
            .then_with(|| self.compare_deeds(a.deed, b.deed))
    }

    fn compare_deeds(&self, a: Deed, b: Deed) -> Ordering {
        let text = |deed: Deed| self.texts.get(deed.payload);
        let order = a.kind.cmp(&b.kind).then(a.detail.cmp(&b.detail));
        order.then_with(|| match a.kind {
            EventKind::Opened => {
                let content = |deed: Deed| {
                    self.openings.get(deed.payload).map(|o| {
                        let labels = [o.subject, o.item, o.defect].map(|label| self.label(label));
                        (
                            o.origin,
                            o.kind,
                            o.ordered,
                            self.orders.get(o.order),
                            labels,
                            self.texts.get(o.text),
                        )
                    })
                };
                content(a).cmp(&content(b))
            }
            EventKind::CustomerMessage
            | EventKind::SellerMessage
            | EventKind::Closed
            | EventKind::SurveyAnswered => text(a).cmp(&text(b)),
            EventKind::FollowUp => self.untils.get(a.payload).cmp(&self.untils.get(b.payload)),
            EventKind::Corrected => self.compare_corrections(a.payload, b.payload),
            EventKind::Forwarded | EventKind::Reopened | EventKind::HandedOver | EventKind::Returned => {
                Ordering::Equal
            }
        })
    }

    fn compare_corrections(&self, a: u32, b: u32) -> Ordering {
        let (Some(a), Some(b)) = (self.corrections.get(a), self.corrections.get(b)) else {
            return a.cmp(&b);
        };
        self.texts.get(a.corrects).cmp(&self.texts.get(b.corrects)).then_with(|| match (a.right, b.right) {
            (Some((x, left)), Some((y, right))) => x.cmp(&y).then_with(|| self.compare_deeds(left, right)),
            (left, right) => left.is_some().cmp(&right.is_some()),
        })
    }

    /// The events of a case as they arrived, the newest arrival first.
    pub(super) fn chain(&self, last: u32) -> impl Iterator<Item = (u32, &Stored)> {
        let mut next = last;
        std::iter::from_fn(move || {
            let number = next;
            let stored = self.events.get(number)?;
            next = stored.before;
            Some((number, stored))
        })
    }

    /// The written form of a kept event.
    pub(super) fn event(&self, case: &str, stored: &Stored) -> CaseEvent {
        CaseEvent {
            id: self.texts.get(stored.id).map(str::to_owned),
            case: case.to_owned(),
            at: instant(stored.at),
            what: self.what(stored.deed),
        }
    }

    pub(super) fn what(&self, deed: Deed) -> What {
        let text = |number: u32| self.texts.get(number).map(str::to_owned);
        let by = if deed.detail { By::Marketplace } else { By::Seller };
        match deed.kind {
            EventKind::Opened => {
                What::Opened(self.openings.get(deed.payload).map_or_else(Opening::default, |opened| {
                    let label = |number: u32| self.label(number).map(str::to_owned);
                    Opening {
                        origin: opened.origin,
                        kind: opened.kind,
                        order: self.orders.get(opened.order).map(str::to_owned),
                        ordered_at: (opened.ordered != NEVER).then(|| instant(opened.ordered)),
                        customer: self.customers.get(opened.customer).map(str::to_owned),
                        subject: label(opened.subject),
                        item: label(opened.item),
                        defect: label(opened.defect),
                        text: text(opened.text),
                    }
                }))
            }
            EventKind::Forwarded => What::Forwarded,
            EventKind::Reopened => What::Reopened { by },
            EventKind::CustomerMessage => What::CustomerMessage { text: text(deed.payload) },
            EventKind::SellerMessage => {
                What::SellerMessage { text: text(deed.payload), automatic: deed.detail }
            }
            EventKind::FollowUp => {
                What::FollowUp { until: self.untils.get(deed.payload).map(|at| instant(*at)) }
            }
            EventKind::HandedOver => What::HandedOver,
            EventKind::Returned => What::Returned,
            EventKind::Closed => What::Closed { by, explanation: text(deed.payload) },
            EventKind::SurveyAnswered => {
                What::SurveyAnswered { scores: self.scores(deed.payload).unwrap_or_default() }
            }
            EventKind::Corrected => {
                let correction = self.corrections.get(deed.payload);
                What::Corrected {
                    corrects: correction.and_then(|c| text(c.corrects)).unwrap_or_default(),
                    right: correction
                        .and_then(|c| c.right)
                        .map(|(at, deed)| Box::new(Replacement { at: instant(at), what: self.what(deed) })),
                }
            }
        }
    }
}

pub(super) fn full() -> KlokuurError {
    KlokuurError::OutOfRange {
        what: "size of the case book",
        given: "one more".into(),
        accepted: "up to 4,294,967,294 cases, events and texts, and 4 GiB of names".into(),
    }
}
