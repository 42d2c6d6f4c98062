//! The order of a book's lists, kept so that a place in it is found without going through all.

use std::cmp::Ordering;

use super::event::CaseStatus;
use super::names::Names;
use super::state::{State, flag};
use crate::sla::instant::Nanos;

/// The lists of a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    Overview = 0,
    Hidden = 1,
    Completed = 2,
}

pub(super) fn list_of(state: &State) -> Option<List> {
    // What the marketplace fulfils is in no list of the seller's (RULES K15).
    let is_the_sellers = state.has(flag::OPENED) && !state.has(flag::NOT_THE_SELLERS);
    is_the_sellers.then_some(match state.status {
        CaseStatus::WaitingForSeller | CaseStatus::WaitingForCustomer | CaseStatus::FollowUpLater => {
            List::Overview
        }
        CaseStatus::WithMarketplace => List::Hidden,
        CaseStatus::Closed => List::Completed,
    })
}

/// A case in the order of a list: what the list goes by, then, of one instant, by its number as a text.
pub(super) type Key = (Nanos, u32);

/// The list in which a case in this state stands, and what it is put in order by (RULES K3).
pub(super) fn place_of(state: &State) -> Option<(List, Nanos)> {
    list_of(state).map(|list| match list {
        List::Overview | List::Hidden => (list, state.opened_at),
        // All bits turned over: the latest first.
        List::Completed => (list, !state.closed_at),
    })
}

pub(super) fn compare(numbers: &Names, a: &Key, b: &Key) -> Ordering {
    a.0.cmp(&b.0).then_with(|| numbers.get(a.1).cmp(&numbers.get(b.1)))
}

/// How many keys a part has at most: few enough to move, many enough that there are few parts to step over.
const PART: usize = 512;

/// Cases in order, in parts: one more is put in its place, and the place so many further on is found, without going
/// through all.
#[derive(Debug, Clone)]
pub(super) struct Ordered {
    parts: Vec<Vec<Key>>,
}

impl Ordered {
    pub(super) fn of(mut keys: Vec<Key>, numbers: &Names) -> Self {
        keys.sort_unstable_by(|a, b| compare(numbers, a, b));
        // Parts have room for some more.
        Self { parts: keys.chunks(PART / 4 * 3).map(<[Key]>::to_vec).collect() }
    }

    /// The keys after the first `skip`.
    pub(super) fn after(&self, mut skip: usize) -> impl Iterator<Item = Key> {
        let mut first = self.parts.len();
        for (part, keys) in self.parts.iter().enumerate() {
            if skip < keys.len() {
                first = part;
                break;
            }
            skip -= keys.len();
        }
        self.parts.iter().skip(first).flatten().skip(skip).copied()
    }

    /// The part in which a key stands or belongs.
    fn part_of(&self, key: &Key, numbers: &Names) -> usize {
        let is_before =
            |part: &Vec<Key>| part.last().is_some_and(|last| compare(numbers, last, key) == Ordering::Less);
        let part = self.parts.partition_point(is_before);
        part.min(self.parts.len().saturating_sub(1))
    }

    pub(super) fn insert(&mut self, key: Key, numbers: &Names) {
        if self.parts.is_empty() {
            self.parts.push(Vec::new());
        }
        let part = self.part_of(&key, numbers);
        let Some(keys) = self.parts.get_mut(part) else { return };
        let place = keys.partition_point(|other| compare(numbers, other, &key) == Ordering::Less);
        keys.insert(place, key);
        if keys.len() > PART {
            // What comes in order fills its parts; else a part is halved.
            let at = if place == PART { PART } else { PART / 2 };
            let rest = keys.split_off(at);
            self.parts.insert(part + 1, rest);
        }
    }

    pub(super) fn remove(&mut self, key: Key, numbers: &Names) {
        let part = self.part_of(&key, numbers);
        let Some(keys) = self.parts.get_mut(part) else { return };
        if let Ok(place) = keys.binary_search_by(|other| compare(numbers, other, &key)) {
            keys.remove(place);
            if keys.is_empty() {
                self.parts.remove(part);
            }
        }
    }
}
