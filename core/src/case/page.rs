//! A part of a list of the book, found without going through all of it.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeSet;

use super::book::CaseBook;
use super::ordered::{Key, List, compare, place_of};
use super::row::CaseRow;
use crate::error::Result;
use crate::sla::instant::Nanos;

impl CaseBook {
    pub(super) fn page(&self, list: List, now: Nanos, skip: usize, count: usize) -> Result<Vec<CaseRow>> {
        // In the past a case may have stood in another list, and in another place.
        if now < self.newest.max(self.advanced) {
            return self.page_of_the_past(list, now, skip, count);
        }
        let Some(ordered) = self.in_its_order(list) else { return Ok(Vec::new()) };
        let (gone, come) = self.moved_by_time(list, now);
        let cases: Vec<u32> = if gone.is_empty() && come.is_empty() {
            ordered.after(skip).take(count).map(|(_, case)| case).collect()
        } else {
            let mut come = come.into_iter().peekable();
            let mut stayed = ordered.after(0).filter(|(_, case)| !gone.contains(case)).peekable();
            let merged = std::iter::from_fn(|| match (stayed.peek(), come.peek()) {
                (Some(a), Some(b)) if compare(&self.numbers, b, a) == Ordering::Less => come.next(),
                (None, _) => come.next(),
                _ => stayed.next(),
            });
            merged.skip(skip).take(count).map(|(_, case)| case).collect()
        };
        let found = cases.into_iter().filter_map(|case| Some((case, self.state_at(case, now)?)));
        found.map(|(case, (state, known))| self.row(case, &state, &known, now)).collect()
    }

    /// What time alone takes from a list and brings to it, where it was not told to the book yet: what is forwarded
    /// goes back (RULES K5), and a return that does not come lapses (RULES K12). After [`advance`](Self::advance) there
    /// is nothing.
    fn moved_by_time(&self, list: List, now: Nanos) -> (BTreeSet<u32>, Vec<Key>) {
        let (mut gone, mut come) = (BTreeSet::new(), Vec::new());
        if self.wakes.peek().is_none_or(|Reverse((at, _))| *at > now) {
            return (gone, come);
        }
        // Closed cases stay where they are.
        let [open, hidden, _] = &self.lists;
        for case in open.iter().chain(hidden).copied() {
            let Some(entry) = self.cases.get(case) else { continue };
            let now_is = entry.state();
            if now_is.goes_back > now && now_is.lapses > now {
                continue;
            }
            let Some((state, _)) = self.state_at(case, now) else { continue };
            let (was, is) = (place_of(&now_is), place_of(&state));
            if was == is {
                continue;
            }
            if was.is_some_and(|(was, _)| was == list) {
                gone.insert(case);
            }
            if let Some((_, at)) = is.filter(|(is, _)| *is == list) {
                come.push((at, case));
            }
        }
        come.sort_unstable_by(|a, b| compare(&self.numbers, a, b));
        (gone, come)
    }

    fn page_of_the_past(&self, list: List, now: Nanos, skip: usize, count: usize) -> Result<Vec<CaseRow>> {
        let of_list = |case: u32| {
            let (state, known) = self.state_at(case, now)?;
            let (_, at) = place_of(&state).filter(|(is, _)| *is == list)?;
            Some(((at, case), state, known))
        };
        let mut found: Vec<_> = (0..self.cases.len()).filter_map(of_list).collect();
        found.sort_unstable_by(|(a, ..), (b, ..)| compare(&self.numbers, a, b));
        let page = found.into_iter().skip(skip).take(count);
        page.map(|((_, case), state, known)| self.row(case, &state, &known, now)).collect()
    }
}
