//! The fold over all events of one case, in their canonical order, corrections applied (RULES K14).

use std::collections::{BTreeMap, VecDeque};

use super::clocks::Clocks;
use super::domain_event::Happening;
use super::event::EventKind;
use super::events::{Content, Stored};
use super::known::Known;
use super::log::Log;
use super::state::{Act, Refusal, State};
use crate::sla::instant::{NEVER, Nanos};

/// An event after corrections.
#[derive(Debug, Clone, Copy)]
pub(super) struct Effective {
    /// The number of the kept event that it comes from.
    pub(super) number: u32,
    pub(super) event: Stored,
}

/// The events of a case as they really were, in order, and those that cannot be told apart or mean nothing.
#[derive(Debug, Clone, Default)]
pub(super) struct Story {
    pub(super) events: Vec<Effective>,
    pub(super) refused: Vec<(u32, Refusal)>,
    /// Events that say nothing new: another says the same.
    pub(super) repeated: Vec<u32>,
}

/// What a fold came to.
#[derive(Debug, Clone)]
pub(super) struct Folded {
    pub(super) state: State,
    /// The events that were taken, in order.
    pub(super) taken: Vec<Effective>,
    pub(super) refused: Vec<(u32, Refusal)>,
    pub(super) told: Vec<(Nanos, Happening)>,
    /// How often an event was tried.
    pub(super) steps: u64,
}

impl Folded {
    /// What is known of the case by the events that were taken; none before it was opened.
    pub(super) fn known(&self, log: &Log) -> Option<Known> {
        self.taken.iter().fold(None, |known, taken| learned(log, known, taken.event.content))
    }

    /// The number of the row that says all that is known, if one alone does; the row to be kept else.
    pub(super) fn known_row(&self, log: &Log) -> Option<Result<u32, Known>> {
        let mut said = self.taken.iter().filter(|taken| log.said(taken.event.content).is_some());
        let first = said.next()?.event.content.payload;
        match said.next() {
            None => Some(Ok(first)),
            Some(_) => self.known(log).map(Err),
        }
    }
}

/// What is known of a case after one more event (RULES K16).
pub(super) fn learned(log: &Log, known: Option<Known>, content: Content) -> Option<Known> {
    let Some(said) = log.said(content) else { return known };
    let Some(earlier) = known else { return Some(said) };
    Some(match content.kind {
        // A call made the case before: who opened it and how is known now.
        EventKind::Opened => said.after_call(earlier),
        _ => said.after(earlier),
    })
}

impl Story {
    /// The story of the events from `last` back.
    pub(super) fn of(log: &Log, last: u32) -> Self {
        Self::known_at(log, last, NEVER)
    }

    /// The story as it was known at `now`: what is dated later was not, a correction neither, whatever it corrects.
    pub(super) fn known_at(log: &Log, last: u32, now: Nanos) -> Self {
        let known = log.chain(last).filter(|(_, event)| event.at <= now);
        let mut kept: Vec<Effective> = known.map(|(number, event)| Effective { number, event }).collect();
        kept.sort_by(|a, b| log.compare(&a.event, &b.event).then(a.number.cmp(&b.number)));
        let mut story = Self::default();
        kept.dedup_by(|a, b| {
            let is_repeated = log.compare(&a.event, &b.event).is_eq();
            if is_repeated {
                story.repeated.push(a.number);
            }
            is_repeated
        });
        let mut by_id: BTreeMap<&str, usize> = BTreeMap::new();
        for effective in kept {
            if let Some(id) = log.texts.get(effective.event.id) {
                if by_id.contains_key(id) {
                    let problem =
                        format!("the id {id} belongs to another event of this case: accepted is a new id");
                    story.refused.push((effective.number, problem));
                    continue;
                }
                by_id.insert(id, story.events.len());
            }
            story.events.push(effective);
        }
        story.correct(log, &by_id);
        story
    }

    fn correct(&mut self, log: &Log, by_id: &BTreeMap<&str, usize>) {
        let is_correction = |e: &Effective| e.event.content.kind == EventKind::Corrected;
        if !self.events.iter().any(is_correction) {
            return;
        }
        // The last correction of an event is the right one.
        let mut right: BTreeMap<usize, Option<(Nanos, Content)>> = BTreeMap::new();
        for effective in self.events.iter().filter(|e| is_correction(e)) {
            let Some(correction) = log.corrections.get(effective.event.content.payload) else { continue };
            let id = log.texts.get(correction.corrects).unwrap_or_default();
            match by_id.get(id).and_then(|place| Some((*place, self.events.get(*place)?))) {
                None => {
                    let problem =
                        format!("no event of this case has the id {id}: accepted is an id that has come");
                    self.refused.push((effective.number, problem));
                }
                Some((_, target)) if is_correction(target) => {
                    let problem = format!(
                        "the event {id} is a correction: accepted is another correction of the first event"
                    );
                    self.refused.push((effective.number, problem));
                }
                Some((place, _)) => {
                    right.insert(place, correction.right);
                }
            }
        }
        let events = std::mem::take(&mut self.events);
        for (place, mut effective) in events.into_iter().enumerate() {
            match right.get(&place) {
                _ if is_correction(&effective) => continue,
                None => {}
                Some(None) => continue,
                Some(Some((at, content))) => {
                    effective.event.at = *at;
                    effective.event.content = *content;
                }
            }
            self.events.push(effective);
        }
        self.events.sort_by(|a, b| log.compare(&a.event, &b.event).then(a.number.cmp(&b.number)));
    }

    /// The newest time of an event.
    pub(super) fn newest(&self) -> Nanos {
        self.events.last().map_or(Nanos::MIN, |e| e.event.at)
    }

    /// Folds the events up to and with `until`; time passes up to and with `passed` as well, when that is later.
    pub(super) fn fold(self, log: &Log, clocks: &Clocks, until: Nanos, passed: Nanos) -> Folded {
        let Self { events, refused, repeated: _ } = self;
        let mut folded = Folded {
            state: State::NEW,
            taken: Vec::with_capacity(events.len()),
            refused,
            told: Vec::new(),
            steps: 0,
        };
        let mut events = events.into_iter().filter(|e| e.event.at <= until).peekable();
        let mut group: Vec<Effective> = Vec::new();
        while let Some(first) = events.next() {
            let at = first.event.at;
            let (before, told, taken) = (folded.state, folded.told.len(), folded.taken.len());
            folded.pass(clocks, at.saturating_sub(1));
            if events.peek().is_none_or(|next| next.event.at != at) {
                folded.take_alone(log, clocks, first);
            } else {
                group.push(first);
                while let Some(next) = events.next_if(|e| e.event.at == at) {
                    group.push(next);
                }
                folded.take_group(log, clocks, at, &group);
                group.clear();
            }
            // What is refused changes nothing, the time that has passed included (RULES K14).
            if folded.taken.len() == taken {
                folded.state = before;
                folded.told.truncate(told);
            }
        }
        folded.pass(clocks, passed);
        folded
    }
}

impl Folded {
    fn pass(&mut self, clocks: &Clocks, until: Nanos) {
        let told = &mut self.told;
        self.state.pass(clocks, until, |at, what| told.push((at, what)));
    }

    /// Takes an event, or says why not.
    fn take(&mut self, clocks: &Clocks, act: Act, effective: Effective) -> Result<(), Refusal> {
        self.steps += 1;
        let told = &mut self.told;
        self.state.take(clocks, effective.event.at, act, |at, what| told.push((at, what)))?;
        self.taken.push(effective);
        Ok(())
    }

    fn take_alone(&mut self, log: &Log, clocks: &Clocks, effective: Effective) {
        let Some(act) = log.act(effective.event.content) else { return };
        if let Err(problem) = self.take(clocks, act, effective) {
            self.refused.push((effective.number, problem));
        }
    }

    /// Takes events of one time: the first in their order that is possible comes first, then the next, until none is.
    ///
    /// What is possible for one event is possible for all of its class, so that each step tries a class once.
    fn take_group(&mut self, log: &Log, clocks: &Clocks, at: Nanos, group: &[Effective]) {
        let mut classes: Vec<(Class, VecDeque<(usize, Act)>)> = Vec::new();
        for (place, effective) in group.iter().enumerate() {
            let Some(act) = log.act(effective.event.content) else { continue };
            let class = class_of(act, at);
            match classes.iter_mut().find(|(known, _)| *known == class) {
                Some((_, members)) => members.push_back((place, act)),
                None => classes.push((class, VecDeque::from([(place, act)]))),
            }
        }
        while self.take_first(clocks, group, &mut classes) {}
        // What is left is possible nowhere in this instant.
        let mut left: Vec<(usize, Act)> = classes.into_iter().flat_map(|(_, members)| members).collect();
        left.sort_unstable_by_key(|(place, _)| *place);
        for (place, act) in left {
            let Some(effective) = group.get(place) else { continue };
            self.steps += 1;
            if let Err(problem) = self.state.clone().take(clocks, at, act, |_, _| {}) {
                self.refused.push((effective.number, problem));
            }
        }
    }

    fn take_first(
        &mut self,
        clocks: &Clocks,
        group: &[Effective],
        classes: &mut [(Class, VecDeque<(usize, Act)>)],
    ) -> bool {
        classes.sort_by_key(|(_, members)| members.front().map_or(usize::MAX, |(place, _)| *place));
        for (_, members) in classes {
            while let Some((place, act)) = members.front().copied() {
                let Some(effective) = group.get(place).copied() else { return false };
                match self.take(clocks, act, effective) {
                    Ok(()) => {
                        members.pop_front();
                        return true;
                    }
                    // An opening that does not open is refused for what it says; another one may.
                    Err(problem) if matches!(act, Act::Opened(_)) && self.state.may_open() => {
                        members.pop_front();
                        self.refused.push((effective.number, problem));
                    }
                    Err(_) => break,
                }
            }
        }
        false
    }
}

/// What decides, beside the state, whether an event is possible.
type Class = (u8, u8);

fn class_of(act: Act, at: Nanos) -> Class {
    match act {
        Act::Opened(_) => (0, 0),
        Act::PhoneContact { .. } => (1, 0),
        Act::Described => (2, 0),
        Act::Received => (3, 0),
        Act::Handled => (4, 0),
        Act::Forwarded => (5, 0),
        Act::Reopened => (6, 0),
        Act::CustomerMessage => (7, 0),
        Act::SellerMessage { automatic } => (8, automatic.into()),
        Act::FollowUp { until } => (9, until.is_some_and(|until| until <= at).into()),
        Act::HandedOver => (10, 0),
        Act::Returned => (11, 0),
        Act::Closed { by } => (12, by as u8),
        Act::SurveyAnswered => (13, 0),
    }
}
