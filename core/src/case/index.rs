//! The words of a book, and the cases and customers that they lead to (RULES K4): made for the first search.

use super::events::Content;
use super::log::Log;
use super::names::full;
use super::search::Words;
use crate::error::Result;

#[derive(Debug, Clone)]
pub(super) struct Index {
    /// The words of labels and messages, each with the cases that have it.
    pub(super) cases: Words,
    /// The words of the customers' names, each with the customers that have it.
    pub(super) customers: Words,
    /// How many customers are in it.
    known: u32,
}

impl Index {
    /// The index of all cases, each with the number of its newest event.
    ///
    /// # Errors
    /// - no room for it
    pub(super) fn of(log: &Log, cases: impl Iterator<Item = (u32, u32)>) -> Result<Self> {
        let mut index = Self { cases: Words::new(), customers: Words::new(), known: 0 };
        for (case, last) in cases {
            for (_, stored) in log.chain(last) {
                index.add_words(log, case, stored.content)?;
            }
        }
        index.add_customers(log)?;
        Ok(index)
    }

    /// Adds the words of an event that the log has.
    pub(super) fn add(&mut self, log: &Log, case: u32, content: Content) -> Result<()> {
        self.add_customers(log)?;
        self.add_words(log, case, content)
    }

    fn add_words(&mut self, log: &Log, case: u32, content: Content) -> Result<()> {
        log.searched(content).try_for_each(|text| self.cases.add(case, text).ok_or_else(full))
    }

    fn add_customers(&mut self, log: &Log) -> Result<()> {
        while let Some(name) = log.customers.get(self.known) {
            self.customers.add(self.known, name).ok_or_else(full)?;
            self.known += 1;
        }
        Ok(())
    }
}
