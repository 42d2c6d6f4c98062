//! The events of all cases, kept small: texts and names apart, each event a short row that knows the one before it.

use std::cmp::Ordering;

use super::event::{CaseEvent, Description, EventKind, Opening, Replacement, What};
use super::events::{Content, Events, Stored};
use super::known::{Descriptions, FACTS, Known};
use super::names::{NONE, Names, full};
use super::scores::Scores;
use super::state::{Act, Opened};
use super::store::Store;
use super::texts::Texts;
use crate::error::Result;
use crate::shipping::ShippingMethod;
use crate::sla::instant::{NEVER, Nanos, instant, nanos};

macro_rules! kept_facts {
    ($($(#[$doc:meta])* $fact:ident in $pool:ident,)+) => {
        impl Log {
            /// How many texts there are of each.
            pub(super) fn pools(&self) -> [usize; FACTS] {
                [$(self.$pool.len()),+]
            }

            fn keep_opening(&mut self, case: u32, opening: &Opening) -> Result<u32> {
                let Opening { origin, kind, ordered_at, shipping_method, text, $($fact,)+ } = opening;
                let ordered = ordered_at.as_ref().map_or(Ok(NEVER), nanos)?;
                let text = self.text(text.as_deref())?;
                $(let $fact = self.$pool.keep_some($fact.as_deref())?;)+
                let (origin, kind, shipping_method) = (*origin, *kind, *shipping_method);
                self.keep_known(Known {
                    ordered, case, text, $($fact,)+ origin, kind, shipping_method, ..Known::NOTHING
                })
            }

            fn keep_description(&mut self, case: u32, text: Option<&str>, about: &Description) -> Result<u32> {
                let Description { $($fact,)+ } = about;
                let text = self.text(text)?;
                $(let $fact = self.$pool.keep_some($fact.as_deref())?;)+
                self.keep_known(Known { case, text, $($fact,)+ ..Known::NOTHING })
            }

            fn opening(&self, known: &Known) -> Opening {
                Opening {
                    origin: known.origin,
                    kind: known.kind,
                    ordered_at: (known.ordered != NEVER).then(|| instant(known.ordered)),
                    shipping_method: known.shipping_method,
                    text: self.texts.get(known.text).map(str::to_owned),
                    $($fact: self.$pool.get(known.$fact).map(str::to_owned),)+
                }
            }

            pub(super) fn description(&self, known: &Known) -> Description {
                Description { $($fact: self.$pool.get(known.$fact).map(str::to_owned),)+ }
            }

            /// The texts whose words lead to the case; customers and orders have a way of their own.
            fn labels_of(&self, known: Known) -> impl Iterator<Item = &str> {
                [$((stringify!($pool) == "labels").then(|| self.$pool.get(known.$fact)).flatten(),)+]
                    .into_iter()
                    .flatten()
            }

            /// All texts that are known of a case, for searching.
            pub(super) fn known_texts(&self, known: &Known) -> impl Iterator<Item = &str> {
                [$(self.$pool.get(known.$fact),)+].into_iter().flatten()
            }
        }
    };
}

facts!(kept_facts);

#[derive(Debug, Clone, Copy)]
pub(super) struct Correction {
    pub(super) corrects: u32,
    pub(super) right: Option<(Nanos, Content)>,
}

#[derive(Debug, Clone)]
pub(super) struct Log {
    pub(super) events: Events,
    /// Whether an event, with its texts, is in no case any more.
    pub(super) has_unlinked: bool,
    pub(super) known: Descriptions,
    pub(super) texts: Texts,
    pub(super) corrections: Store<Correction>,
    pub(super) untils: Store<Nanos>,
    /// Subjects, items and the like.
    pub(super) labels: Names,
    pub(super) customers: Names,
    /// The newest row that names each customer.
    pub(super) newest_of_customer: Vec<u32>,
    pub(super) orders: Names,
    /// The newest row that names each order.
    pub(super) newest_of_order: Vec<u32>,
}

impl Log {
    pub(super) fn new() -> Self {
        Self {
            events: Events::new(),
            has_unlinked: false,
            known: Descriptions::new(),
            texts: Texts::new(),
            corrections: Store::new(),
            untils: Store::new(),
            labels: Names::new(),
            customers: Names::new(),
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
        let content = self.content(case, &event.what)?;
        let stored = Stored { at, before, id, content };
        Ok((self.events.push(stored).ok_or_else(full)?, stored))
    }

    fn content(&mut self, case: u32, what: &What) -> Result<Content> {
        let (payload, detail) = match what {
            What::Opened(opening) => (self.keep_opening(case, opening)?, 0),
            What::PhoneContact { by, text, about } => {
                (self.keep_description(case, text.as_deref(), about)?, *by as u8)
            }
            What::Described(about) => (self.keep_description(case, None, about)?, 0),
            What::Forwarded | What::Received | What::HandedOver | What::Returned => (NONE, 0),
            What::Reopened { by } => (NONE, *by as u8),
            What::CustomerMessage { text } => (self.text(text.as_deref())?, 0),
            What::SellerMessage { text, automatic } => (self.text(text.as_deref())?, u8::from(*automatic)),
            What::FollowUp { until } => match until {
                None => (NONE, 0),
                Some(until) => (self.untils.push(nanos(until)?).ok_or_else(full)?, 0),
            },
            What::Handled { result } => (self.text(result.as_deref())?, 0),
            What::Closed { by, explanation } => (self.text(explanation.as_deref())?, *by as u8),
            What::SurveyAnswered { scores } => (self.text(Some(&scores.to_string()))?, 0),
            What::Corrected { corrects, right } => {
                let corrects = self.text(Some(corrects))?;
                let right = match right {
                    None => None,
                    Some(right) => Some((nanos(&right.at)?, self.content(case, &right.what)?)),
                };
                (self.corrections.push(Correction { corrects, right }).ok_or_else(full)?, 0)
            }
        };
        Ok(Content { payload, detail, kind: what.kind() })
    }

    /// Keeps a row and links it with those before that name the same order or customer.
    fn keep_known(&mut self, known: Known) -> Result<u32> {
        let number = self.known.len();
        let known = self.linked(known, number);
        self.known.push(known).ok_or_else(full)
    }

    /// A row that gets this number, linked with those before.
    pub(super) fn linked(&mut self, known: Known, number: u32) -> Known {
        self.newest_of_order.resize(self.orders.len(), NONE);
        self.newest_of_customer.resize(self.customers.len(), NONE);
        let link = |newest: Option<&mut u32>| newest.map_or(NONE, |newest| std::mem::replace(newest, number));
        let same_order = link(self.newest_of_order.get_mut(known.order as usize));
        let same_customer = link(self.newest_of_customer.get_mut(known.customer as usize));
        Known { same_order, same_customer, ..known }
    }

    /// Keeps what is known after several events; no search leads to it, but to those that said it.
    pub(super) fn keep_merged(&mut self, known: Known) -> Result<u32> {
        self.known.push(known.merged()).ok_or_else(full)
    }

    /// What an event says of its case; none when its kind says nothing.
    pub(super) fn said(&self, content: Content) -> Option<Known> {
        match content.kind {
            EventKind::Opened | EventKind::PhoneContact | EventKind::Described => {
                self.known.get(content.payload)
            }
            _ => None,
        }
    }

    fn text(&mut self, text: Option<&str>) -> Result<u32> {
        match text {
            None => Ok(NONE),
            Some(text) => self.texts.push(text).ok_or_else(full),
        }
    }

    /// The texts of an event whose words lead to its case (RULES K4); a customer's name leads there by itself.
    pub(super) fn searched(&self, content: Content) -> impl Iterator<Item = &str> {
        let content = match content.kind {
            // Of a correction what it puts in the place of the wrong event, which is no correction itself.
            EventKind::Corrected => self.corrections.get(content.payload).and_then(|c| Some(c.right?.1)),
            _ => Some(content),
        };
        let known = content.and_then(|content| self.said(content));
        let text = match content {
            Some(Content {
                kind: EventKind::CustomerMessage | EventKind::SellerMessage | EventKind::Closed,
                payload,
                ..
            }) => self.texts.get(payload),
            _ => known.and_then(|known| self.texts.get(known.text)),
        };
        known.map(|known| self.labels_of(known)).into_iter().flatten().chain(text)
    }

    /// Scores are kept as the text that they are written as.
    pub(super) fn scores(&self, payload: u32) -> Option<Scores> {
        self.texts.get(payload)?.parse().ok()
    }

    /// What the fold needs to know; none for a correction.
    pub(super) fn act(&self, content: Content) -> Option<Act> {
        Some(match content.kind {
            EventKind::Opened => {
                let known = self.known.get(content.payload)?;
                let lacks = [(known.order, "order"), (known.subject, "subject"), (known.item, "item")]
                    .into_iter()
                    .find_map(|(field, name)| (field == NONE).then_some(name));
                let ordered = (known.ordered != NEVER).then_some(known.ordered);
                Act::Opened(Opened {
                    origin: known.origin,
                    kind: known.kind,
                    ordered,
                    lacks,
                    marketplace_ships: known.shipping_method == Some(ShippingMethod::Lvb),
                })
            }
            EventKind::PhoneContact => Act::PhoneContact { by: content.by() },
            EventKind::Described => Act::Described,
            EventKind::Received => Act::Received,
            EventKind::Handled => Act::Handled,
            EventKind::Forwarded => Act::Forwarded,
            EventKind::Reopened => Act::Reopened,
            EventKind::CustomerMessage => Act::CustomerMessage,
            EventKind::SellerMessage => Act::SellerMessage { automatic: content.is_automatic() },
            EventKind::FollowUp => Act::FollowUp { until: self.untils.get(content.payload).copied() },
            EventKind::HandedOver => Act::HandedOver,
            EventKind::Returned => Act::Returned,
            EventKind::Closed => Act::Closed { by: content.by() },
            EventKind::SurveyAnswered => Act::SurveyAnswered,
            EventKind::Corrected => return None,
        })
    }

    /// The canonical order of two events of a case: by time, kind, id and all that they carry, never by arrival.
    pub(super) fn compare(&self, a: &Stored, b: &Stored) -> Ordering {
        let id = |stored: &Stored| self.texts.get(stored.id);
        a.at.cmp(&b.at)
            .then(a.content.kind.cmp(&b.content.kind))
            .then_with(|| id(a).cmp(&id(b)))
            .then_with(|| self.what(a.content).cmp(&self.what(b.content)))
    }

    /// The events of a case as they arrived, the newest arrival first.
    pub(super) fn chain(&self, last: u32) -> impl Iterator<Item = (u32, Stored)> {
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
            what: self.what(stored.content),
        }
    }

    pub(super) fn what(&self, content: Content) -> What {
        let text = |number: u32| self.texts.get(number).map(str::to_owned);
        let known = || self.known.get(content.payload).unwrap_or(Known::NOTHING);
        match content.kind {
            EventKind::Opened => What::Opened(self.opening(&known())),
            EventKind::PhoneContact => What::PhoneContact {
                by: content.by(),
                text: text(known().text),
                about: self.description(&known()),
            },
            EventKind::Described => What::Described(self.description(&known())),
            EventKind::Received => What::Received,
            EventKind::Handled => What::Handled { result: text(content.payload) },
            EventKind::Forwarded => What::Forwarded,
            EventKind::Reopened => What::Reopened { by: content.by() },
            EventKind::CustomerMessage => What::CustomerMessage { text: text(content.payload) },
            EventKind::SellerMessage => {
                What::SellerMessage { text: text(content.payload), automatic: content.is_automatic() }
            }
            EventKind::FollowUp => {
                What::FollowUp { until: self.untils.get(content.payload).map(|at| instant(*at)) }
            }
            EventKind::HandedOver => What::HandedOver,
            EventKind::Returned => What::Returned,
            EventKind::Closed => What::Closed { by: content.by(), explanation: text(content.payload) },
            EventKind::SurveyAnswered => {
                What::SurveyAnswered { scores: self.scores(content.payload).unwrap_or_default() }
            }
            EventKind::Corrected => {
                let correction = self.corrections.get(content.payload);
                What::Corrected {
                    corrects: correction.and_then(|c| text(c.corrects)).unwrap_or_default(),
                    right: correction.and_then(|c| c.right).map(|(at, content)| {
                        Box::new(Replacement { at: instant(at), what: self.what(content) })
                    }),
                }
            }
        }
    }
}
