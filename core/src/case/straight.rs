//! Cases whose events each come after the one before and are all possible, as most are: they are folded from their
//! events as they stand, and need no book that keeps, links and indexes them.

use super::book::check;
use super::clocks::Clocks;
use super::event::{CaseEvent, Description, Opening, What};
use super::measured::{CountedAmounts, Measured};
use super::ordered::list_of;
use super::outcome::{Said, outcome_of};
use super::row::CaseOutcome;
use super::state::{Act, Opened, State};
use super::survey::SurveyAnswer;
use crate::error::Result;
use crate::shipping::ShippingMethod;
use crate::sla::instant::{Nanos, nanos};

/// So many ids of a case are compared with each other.
const FEW: usize = 16;

/// Folds one case after the other, up to one instant.
pub(super) struct StraightCases<'c> {
    clocks: &'c Clocks,
    now: Nanos,
}

impl<'c> StraightCases<'c> {
    pub(super) fn new(clocks: &'c Clocks, now: Nanos) -> Self {
        Self { clocks, now }
    }

    /// The state that all events of a case bring it to; none where something about them is for the book to decide: an
    /// event that is refused or corrected, two of one instant or with one id.
    pub(super) fn fold(&self, events: &[(usize, CaseEvent)]) -> Option<State> {
        if has_one_id_twice(events) {
            return None;
        }
        let mut state = State::NEW;
        let mut before = Nanos::MIN;
        for (_, event) in events {
            let at = check(event).ok()?;
            // Two of one instant go in an order that the book knows and a list does not say.
            if at <= before {
                return None;
            }
            before = at;
            let act = act(&event.what)?;
            // Up to just before it: at its own instant an event goes first.
            state.pass(self.clocks, at.saturating_sub(1), |_, _| {});
            state.take(self.clocks, at, act, |_, _| {}).ok()?;
        }
        state.pass(self.clocks, self.now, |_, _| {});
        Some(state)
    }

    /// The same for what is left of events when all about them is possible but their order: instants that rise, and
    /// acts.
    pub(super) fn fold_steps(&self, steps: &[(Nanos, Act)]) -> Option<State> {
        let mut state = State::NEW;
        for (at, act) in steps.iter().copied() {
            state.pass(self.clocks, at.saturating_sub(1), |_, _| {});
            state.take(self.clocks, at, act, |_, _| {}).ok()?;
        }
        state.pass(self.clocks, self.now, |_, _| {});
        Some(state)
    }

    /// The numbers of a case that is in this state; none for what is in no list of the seller's.
    pub(super) fn measured(&self, state: &State, counted: CountedAmounts) -> Result<Option<Measured>> {
        list_of(state).map(|_| Measured::of(self.clocks, state, self.now, counted)).transpose()
    }

    /// How a case came out that is in this state after these events; none for what is in no list of the seller's.
    pub(super) fn outcome(
        &self,
        state: &State,
        events: impl IntoIterator<Item = CaseEvent>,
    ) -> Result<Option<CaseOutcome>> {
        let mut said = Said::default();
        let mut about: Option<(Description, Option<ShippingMethod>)> = None;
        for CaseEvent { case, at, what, id: _ } in events {
            said.case = case;
            match what {
                What::Opened(opening) => {
                    let shipping = opening.shipping_method;
                    about = Some((described(opening, about.map(|(before, _)| before)), shipping));
                }
                What::PhoneContact { about: more, .. } | What::Described(more) => {
                    about = Some(match about {
                        None => (more, None),
                        Some((before, shipping)) => (more.after(before), shipping),
                    });
                }
                What::Handled { result } => (said.handled, said.result) = (Some(at), result),
                What::SurveyAnswered { scores } => said.surveys.push(SurveyAnswer { at, scores }),
                _ => {}
            }
        }
        (said.about, said.shipping_method) = about.unwrap_or_default();
        list_of(state).map(|_| outcome_of(self.clocks, state, said, self.now)).transpose()
    }
}

fn has_one_id_twice(events: &[(usize, CaseEvent)]) -> bool {
    let ids = || events.iter().filter_map(|(_, event)| event.id.as_deref());
    let count = ids().count();
    // Pair by pair is quickest for a few; of many the book knows, which keeps them by name.
    count > FEW || ids().enumerate().any(|(place, id)| ids().skip(place + 1).any(|other| other == id))
}

/// What is known by an opening, and was before it: a call made the case (RULES K16).
fn described(opening: Opening, before: Option<Description>) -> Description {
    let about = Description::from(opening);
    match before {
        None => about,
        Some(before) => about.after(before),
    }
}

/// What the fold needs to know; none for a correction, which needs the events that it is about.
fn act(what: &What) -> Option<Act> {
    Some(match what {
        What::Opened(opening) => {
            let lacks = [(&opening.order, "order"), (&opening.subject, "subject"), (&opening.item, "item")];
            Act::Opened(Opened {
                origin: opening.origin,
                kind: opening.kind,
                ordered: opening.ordered_at.as_ref().map(nanos).transpose().ok()?,
                lacks: lacks.into_iter().find_map(|(field, name)| field.is_none().then_some(name)),
                marketplace_ships: opening.shipping_method == Some(ShippingMethod::Lvb),
            })
        }
        What::PhoneContact { by, .. } => Act::PhoneContact { by: *by },
        What::Described(_) => Act::Described,
        What::Received => Act::Received,
        What::Handled { .. } => Act::Handled,
        What::Forwarded => Act::Forwarded,
        What::Reopened { .. } => Act::Reopened,
        What::CustomerMessage { .. } => Act::CustomerMessage,
        What::SellerMessage { automatic, .. } => Act::SellerMessage { automatic: *automatic },
        What::FollowUp { until } => Act::FollowUp { until: until.as_ref().map(nanos).transpose().ok()? },
        What::HandedOver => Act::HandedOver,
        What::Returned => Act::Returned,
        What::Closed { by, .. } => Act::Closed { by: *by },
        What::SurveyAnswered { .. } => Act::SurveyAnswered,
        What::Corrected { .. } => return None,
    })
}
