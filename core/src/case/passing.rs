//! What time does to the cases of a book, and when: one timer for all of them (RULES K13).

use std::cmp::Reverse;

use super::book::CaseBook;
use super::domain_event::{DomainEvent, Happening};
use crate::error::Result;
use crate::sla::instant::{NEVER, Nanos, instant, nanos};
use crate::time::Moment;

impl CaseBook {
    /// Lets time pass up to `now` and gives what it made of the cases, in order of time.
    ///
    /// `now` is believed: the book has no other clock, and what was told of a year to come is not taken back.
    ///
    /// # Errors
    /// - an instant outside the supported years
    pub fn advance<M: Moment>(&mut self, now: M) -> Result<Vec<DomainEvent>> {
        let now = nanos(&now)?;
        self.advanced = self.advanced.max(now);
        let mut told: Vec<(Nanos, u32, Happening)> = Vec::new();
        while let Some(&Reverse((at, case))) = self.wakes.peek() {
            if at > now {
                break;
            }
            self.wakes.pop();
            let Some(entry) = self.cases.get_mut(case) else { continue };
            let before = entry.state();
            if before.wake() != at {
                continue;
            }
            let mut after = before;
            after.pass(&self.clocks, at, |at, what| told.push((at, case, what)));
            entry.set_state(&after);
            self.moved(case, &before, &after);
        }
        if self.wakes.len() < self.wakes.capacity() / 4 {
            self.wakes.shrink_to(self.wakes.len() * 2);
        }
        Ok(self.in_order(told))
    }

    /// What cases become, in the order of its own time: what was overdue comes there too. What one case becomes at one
    /// instant stays in the order in which it became so.
    pub(super) fn in_order(&self, mut told: Vec<(Nanos, u32, Happening)>) -> Vec<DomainEvent> {
        told.sort_by(|a, b| (a.0, self.numbers.get(a.1)).cmp(&(b.0, self.numbers.get(b.1))));
        let number = |case| self.numbers.get(case).unwrap_or_default().to_owned();
        let told = told.into_iter();
        told.map(|(at, case, what)| DomainEvent {
            case: number(case),
            at: instant(at),
            what,
            retracted: false,
        })
        .collect()
    }

    /// When [`advance`](Self::advance) has something to tell, if no event comes before: one timer for the whole book.
    ///
    /// `now` itself when something is overdue; none when no case waits for time.
    ///
    /// # Errors
    /// - an instant outside the supported years
    pub fn next_wake_up<M: Moment>(&self, now: M) -> Result<Option<M>> {
        let from = nanos(&now)?;
        Ok(self.wakes.peek().map(|Reverse((at, _))| now.like(instant((*at).max(from)))))
    }

    /// When time acts first; never when no case waits for it.
    pub(super) fn first_wake(&self) -> Nanos {
        self.wakes.peek().map_or(NEVER, |Reverse((at, _))| *at)
    }

    /// Keeps the first of the queue true, and the queue no longer than twice the cases that wait.
    pub(super) fn drop_stale(&mut self) {
        let cases = &self.cases;
        let is_true =
            |wake: &Reverse<(Nanos, u32)>| cases.get(wake.0.1).is_some_and(|e| e.state().wake() == wake.0.0);
        while self.wakes.peek().is_some_and(|first| !is_true(first)) {
            self.wakes.pop();
        }
        if self.wakes.len() > self.waiting.saturating_mul(2).saturating_add(1024) {
            self.wakes.retain(is_true);
        }
    }
}
