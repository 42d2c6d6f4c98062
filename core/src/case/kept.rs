//! Events in rows, kept small until a book is made of them.

use chrono::{DateTime, Utc};

use super::event::CaseEvent;
use super::log::Log;
use super::names::{NONE, Names};
use crate::sla::instant::{instant, nanos};

/// Events, each with a number of the caller's own: a fifth of what they take in memory as they are.
#[derive(Debug, Clone)]
pub(crate) struct KeptEvents {
    log: Log,
    names: Names,
    /// Of each event of the log its case and its row.
    rows: Vec<(u32, usize)>,
    /// What no log can hold, such as a time outside the supported years: a book refuses it by name.
    odd: Vec<(usize, CaseEvent)>,
}

impl KeptEvents {
    pub(crate) fn of(rows: impl IntoIterator<Item = (usize, CaseEvent)>) -> Self {
        let mut kept = Self { log: Log::new(), names: Names::new(), rows: Vec::new(), odd: Vec::new() };
        for (row, event) in rows {
            if !kept.keep(row, &event) {
                kept.odd.push((row, event));
            }
        }
        kept
    }

    fn keep(&mut self, row: usize, event: &CaseEvent) -> bool {
        let (Ok(at), Some((case, _))) = (nanos(&event.at), self.names.intern(&event.case)) else {
            return false;
        };
        // An event that is refused half-way leaves texts behind, and no event.
        let is_kept = self.log.keep(case, at, event, NONE).is_ok();
        if is_kept {
            self.rows.push((case, row));
        }
        is_kept
    }

    /// The events with their rows, in the order in which they came; those that no log can hold last.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (usize, CaseEvent)> {
        let kept = (0..).zip(&self.rows).filter_map(|(number, (case, row))| {
            let stored = self.log.events.get(number)?;
            Some((*row, self.log.event(self.names.get(*case)?, &stored)))
        });
        kept.chain(self.odd.iter().cloned())
    }

    /// When they happened.
    pub(crate) fn times(&self) -> impl Iterator<Item = DateTime<Utc>> {
        let kept = (0..self.log.events.len()).filter_map(|number| self.log.events.get(number));
        kept.map(|stored| instant(stored.at)).chain(self.odd.iter().map(|(_, event)| event.at))
    }
}
