//! The fold over all events of one case, in their canonical order, corrections applied (RULES K14).

use std::collections::BTreeMap;

use super::clocks::Clocks;
use super::domain_event::Happening;
use super::event::EventKind;
use super::log::{Content, Known, Log, Stored};
use super::state::{Refusal, State};
use crate::sla::instant::Nanos;

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
}

/// What a fold came to.
#[derive(Debug, Clone)]
pub(super) struct Folded {
    pub(super) state: State,
    /// The events that were taken, in order.
    pub(super) taken: Vec<Effective>,
    pub(super) refused: Vec<(u32, Refusal)>,
    pub(super) told: Vec<(Nanos, Happening)>,
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
    let Some(said) = log.said(content).copied() else { return known };
    let Some(earlier) = known else { return Some(said) };
    Some(match content.kind {
        // A call made the case before: who opened it and how is known now.
        EventKind::Opened => said.after_call(earlier),
        _ => said.after(earlier),
    })
}

impl Story {
    /// The story of the events from `last` back, without the event `except`.
    pub(super) fn of(log: &Log, last: u32, except: Option<u32>) -> Self {
        let mut kept: Vec<Effective> = log
            .chain(last)
            .filter(|(number, _)| Some(*number) != except)
            .map(|(number, event)| Effective { number, event: *event })
            .collect();
        kept.sort_by(|a, b| log.compare(&a.event, &b.event).then(a.number.cmp(&b.number)));
        kept.dedup_by(|a, b| log.compare(&a.event, &b.event).is_eq());
        let mut story = Self::default();
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
    ///
    /// Of events with the same time, the first in the order of their kinds that is possible comes first, and so on
    /// until none is.
    pub(super) fn fold(self, log: &Log, clocks: &Clocks, until: Nanos, passed: Nanos) -> Folded {
        let mut state = State::NEW;
        let mut told = Vec::new();
        let mut taken = Vec::new();
        let mut refused = self.refused;
        let mut events = self.events.into_iter().filter(|e| e.event.at <= until).peekable();
        let mut group: Vec<Effective> = Vec::new();
        while let Some(first) = events.next() {
            let at = first.event.at;
            group.push(first);
            while let Some(next) = events.next_if(|e| e.event.at == at) {
                group.push(next);
            }
            state.pass(clocks, at.saturating_sub(1), |at, what| told.push((at, what)));
            let mut problems = Vec::new();
            let mut open = group.len();
            // Another round whenever something was taken after something else was refused.
            loop {
                problems.clear();
                let mut taken_after_refusal = false;
                group.retain(|effective| {
                    let Some(act) = log.act(effective.event.content) else { return false };
                    if taken_after_refusal {
                        return true;
                    }
                    match state.take(clocks, at, act, |at, what| told.push((at, what))) {
                        Ok(()) => {
                            taken.push(*effective);
                            taken_after_refusal = !problems.is_empty();
                            false
                        }
                        Err(problem) => {
                            problems.push((effective.number, problem));
                            true
                        }
                    }
                });
                if group.is_empty() || group.len() == open {
                    break;
                }
                open = group.len();
            }
            refused.append(&mut problems);
            group.clear();
        }
        state.pass(clocks, passed, |at, what| told.push((at, what)));
        Folded { state, taken, refused, told }
    }
}
