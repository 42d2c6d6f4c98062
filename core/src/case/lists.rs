//! In which lists of the book its cases stand.

use std::cmp::Reverse;
use std::sync::OnceLock;

use super::book::CaseBook;
use super::names::NONE;
use super::ordered::{List, Ordered, place_of};
use super::state::State;
use crate::sla::instant::NEVER;

impl CaseBook {
    /// A list in its order.
    pub(super) fn in_its_order(&self, list: List) -> Option<&Ordered> {
        let ordered = self.ordered.get(list as usize)?;
        Some(ordered.get_or_init(|| {
            let cases = self.lists.get(list as usize).into_iter().flatten();
            let key = |case: &u32| Some((place_of(&self.cases.get(*case)?.state())?.1, *case));
            Box::new(Ordered::of(cases.filter_map(key).collect(), &self.numbers))
        }))
    }

    /// Puts a case whose state has changed in its list and in the queue for time.
    pub(super) fn moved(&mut self, case: u32, before: &State, after: &State) {
        let (from, to) = (place_of(before), place_of(after));
        if from.map(|(list, _)| list) != to.map(|(list, _)| list) {
            if let Some((from, _)) = from {
                self.leave(case, from);
            }
            if let Some((to, _)) = to {
                self.enter(case, to);
            }
        }
        if from != to {
            if let Some((list, at)) = from
                && let Some(ordered) = self.ordered.get_mut(list as usize).and_then(OnceLock::get_mut)
            {
                ordered.remove((at, case), &self.numbers);
            }
            if let Some((list, at)) = to
                && let Some(ordered) = self.ordered.get_mut(list as usize).and_then(OnceLock::get_mut)
            {
                ordered.insert((at, case), &self.numbers);
            }
        }
        let (was, is) = (before.wake(), after.wake());
        if was != is {
            self.waiting = self.waiting + usize::from(is != NEVER) - usize::from(was != NEVER);
            if is != NEVER {
                self.wakes.push(Reverse((is, case)));
            }
        }
        self.drop_stale();
    }

    fn leave(&mut self, case: u32, from: List) {
        let place = self.cases.get(case).map_or(NONE, |entry| entry.place);
        let Some(list) = self.lists.get_mut(from as usize) else { return };
        if (place as usize) < list.len() {
            list.swap_remove(place as usize);
        }
        if let Some(moved) = list.get(place as usize).copied().and_then(|moved| self.cases.get_mut(moved)) {
            moved.place = place;
        }
    }

    fn enter(&mut self, case: u32, to: List) {
        let Some(list) = self.lists.get_mut(to as usize) else { return };
        let place = u32::try_from(list.len()).unwrap_or(NONE);
        list.push(case);
        if let Some(entry) = self.cases.get_mut(case) {
            entry.place = place;
        }
    }
}
