//! Which state of a log is which event.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::carried::named;
use crate::EventKind;
use crate::error::{KlokuurError, Result};

/// The states of a mapping, ready to look up.
#[derive(Debug)]
pub(super) struct States {
    /// None when the log's states are events already.
    events: Option<Events>,
    after: HashMap<String, Events>,
}

#[derive(Debug)]
struct Events {
    by_state: HashMap<String, Option<EventKind>>,
    /// How the joined states begin that are named, as `status` in `status / closed`.
    beginnings: HashSet<String>,
    /// As they are written, for messages.
    known: String,
}

impl Events {
    fn of<'a>(written: impl Iterator<Item = (&'a String, &'a String)>) -> Result<Self> {
        let mut by_state = HashMap::new();
        let (mut known, mut beginnings) = (Vec::new(), HashSet::new());
        for (state, event) in written {
            let kind = event_named(event)?;
            by_state.insert(state.trim().to_owned(), kind);
            by_state.insert(state.trim().to_lowercase(), kind);
            beginnings.extend(beginning(&state.to_lowercase()).map(str::to_owned));
            known.push(state.as_str());
        }
        Ok(Self { by_state, beginnings, known: known.join(", ") })
    }

    fn get(&self, state: &str) -> Option<Option<EventKind>> {
        let known = self.by_state.get(state).or_else(|| self.by_state.get(&state.to_lowercase()));
        known.or_else(|| self.by_state.get(ANY_OTHER).filter(|_| self.is_any_other(state))).copied()
    }

    /// Whether a state that is not named is one of the others. An empty cell is a state of its own, and so is one that
    /// begins as named ones do: of `status / waiting` nobody can know what it is where `status / closed` is named.
    fn is_any_other(&self, state: &str) -> bool {
        let begins_as_known =
            || beginning(&state.to_lowercase()).is_some_and(|first| self.beginnings.contains(first));
        !state.is_empty() && !begins_as_known()
    }
}

/// The state that stands for all that are not named.
const ANY_OTHER: &str = "*";

/// The first part of a state that is joined of several columns.
fn beginning(state: &str) -> Option<&str> {
    state.split_once(" / ").map(|(first, _)| first.trim())
}

/// An event by its name; nothing is no event.
pub(super) fn event_named(name: &str) -> Result<Option<EventKind>> {
    match name.trim() {
        "" => Ok(None),
        name => named(name).map(Some),
    }
}

impl States {
    /// The events by state, and by state after another one.
    pub(super) fn of(
        events: &BTreeMap<String, String>,
        after: &BTreeMap<String, BTreeMap<String, String>>,
    ) -> Result<Self> {
        let after = after
            .iter()
            .map(|(before, events)| Ok((before.trim().to_lowercase(), Events::of(events.iter())?)));
        let events = (!events.is_empty()).then(|| Events::of(events.iter())).transpose()?;
        Ok(Self { events, after: after.collect::<Result<_>>()? })
    }

    /// Whether an empty cell is a state.
    pub(super) fn knows_empty(&self) -> bool {
        self.events.as_ref().is_some_and(|events| events.by_state.contains_key(""))
    }

    /// The event of a state by itself; none where it is no event.
    ///
    /// # Errors
    /// - a state that the mapping does not know; without states in it, a name that is no event
    pub(super) fn event(&self, state: &str) -> Result<Option<EventKind>> {
        match &self.events {
            None => named(state).map(Some),
            Some(events) => events.get(state).ok_or_else(|| KlokuurError::UnknownName {
                what: "state",
                given: state.to_owned(),
                accepted: events.known.clone(),
            }),
        }
    }

    /// The event of a state after another one, where the mapping makes a difference. Up to and with the first row that
    /// is an event, "" stands for what was before: notes and updates that come sooner do not begin a case (RULES K14).
    pub(super) fn event_after(
        &self,
        before: Option<&str>,
        has_begun: bool,
        state: &str,
    ) -> Result<Option<EventKind>> {
        if self.after.is_empty() {
            return self.event(state);
        }
        let after = |before: &str| self.after.get(before).and_then(|events| events.get(state));
        let told = before.and_then(|before| after(&before.to_lowercase()));
        let first = || if has_begun { None } else { after("") };
        told.or_else(first).map_or_else(|| self.event(state), Ok)
    }
}
