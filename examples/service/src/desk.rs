//! The book and its store: what is asked in one turn is done within one transaction, or not at all.

use std::path::Path;
use std::time::Duration;

use chrono::{DateTime, Utc};
use klokuur::case::{Applied, Case, CaseBook, CaseEvent, CaseRow, DomainEvent};
use klokuur::time::Zone;
use klokuur::{KlokuurError, Rulebook};

use crate::failure::Result;
use crate::store::{Numbered, Store};

/// The longest sleep: a machine that was suspended, or whose clock was set, is noticed after it.
const LONGEST_SLEEP: Duration = Duration::from_secs(60);

/// What can be asked.
#[derive(Debug, Clone)]
pub enum Question {
    /// This happened.
    Happened(Box<CaseEvent>),
    /// The open cases: so many after the first few.
    Overview {
        /// How many to leave out.
        skip: usize,
        /// How many to give at most.
        count: usize,
    },
    /// One case by its number.
    Case(String),
    /// Cases by a number or words.
    Find(String),
    /// Events after that number, so many at most.
    Events(i64, u32),
    /// What was told after that number, so many at most.
    Told(i64, u32),
    /// How the service is.
    Health,
}

/// What is answered.
#[derive(Debug)]
pub enum Answer {
    /// What became of an event.
    Applied(Applied),
    /// An event that the book cannot keep; it is nowhere.
    Refused(KlokuurError),
    /// Rows, the zone of their clock, and the instant that they are of.
    Rows(Vec<CaseRow>, Zone, DateTime<Utc>),
    /// One case, or none.
    Case(Option<Box<Case>>),
    /// Events with their numbers.
    Events(Vec<Numbered<CaseEvent>>),
    /// What was told, with its numbers, and the zone of its times.
    Told(Vec<Numbered<DomainEvent>>, Zone),
    /// How the service is.
    Health {
        /// The number of cases that were opened.
        cases: usize,
        /// How far time was let pass.
        advanced_to: Option<DateTime<Utc>>,
        /// When time acts on a case next.
        next_wake_up: Option<DateTime<Utc>>,
    },
}

/// The case book of a seller, with its store.
#[derive(Debug)]
pub struct Desk {
    rules: Rulebook,
    book: CaseBook,
    store: Store,
}

impl Desk {
    /// The book of a database. Nothing that was told is told again; what time did in the meantime is told in the first turn.
    ///
    /// # Errors
    /// - a database that cannot be opened or read
    /// - one whose cases were judged by other rules, hours, holidays or zone data: `anew` takes them as they are judged now
    pub fn open(rules: Rulebook, path: &Path, anew: bool) -> Result<Self> {
        let mut store = Store::open(path)?;
        let book = restored(&rules, &store, anew)?;
        // Which rules are these by? So that the first event need not say it.
        store.keep(&[], &[], book.advanced_to(), book.fingerprints())?;
        Ok(Self { rules, book, store })
    }

    /// How long nothing can happen by itself: the one timer of all cases.
    ///
    /// # Errors
    /// - `now` outside the supported years
    pub fn sleep(&self, now: DateTime<Utc>) -> Result<Duration> {
        let next = self.book.next_wake_up(now)?;
        let until = next.map(|at| (at - now).to_std().unwrap_or_default());
        Ok(until.unwrap_or(LONGEST_SLEEP).min(LONGEST_SLEEP))
    }

    /// Lets time pass up to `now` and answers what was asked, in this order.
    ///
    /// # Errors
    /// - a database that cannot be written: nothing of this turn happened, and none of it may be told
    pub fn turn(&mut self, questions: &[Question], now: DateTime<Utc>) -> Result<Vec<Answer>> {
        match self.work(questions, now) {
            Ok(answers) => Ok(answers),
            Err(failure) => {
                // The book may be ahead of the file. What is on the disk is what happened.
                self.book = restored(&self.rules, &self.store, false)?;
                Err(failure)
            }
        }
    }

    fn work(&mut self, questions: &[Question], now: DateTime<Utc>) -> Result<Vec<Answer>> {
        let (mut happened, mut told) = (Vec::new(), Vec::new());
        let is_time = self.book.next_wake_up(now)?.is_some_and(|at| at <= now);
        if is_time {
            told = self.book.advance(now)?;
        }
        let mut answers = Vec::with_capacity(questions.len());
        for question in questions {
            if let Question::Happened(event) = question {
                let before = self.book.position();
                answers.push(match self.book.apply_at(event.as_ref(), now) {
                    Ok(applied) => {
                        if let Applied::Taken(items) = &applied {
                            told.extend_from_slice(items);
                        }
                        Answer::Applied(applied)
                    }
                    Err(problem) => Answer::Refused(problem),
                });
                // One that came a second time, taken or kept aside, is kept already (K14).
                if self.book.position() > before {
                    happened.push(event.as_ref().clone());
                }
            } else {
                answers.push(self.answer(question, now)?);
            }
        }
        if is_time || !happened.is_empty() {
            self.store.keep(&happened, &told, self.book.advanced_to(), self.book.fingerprints())?;
        }
        Ok(answers)
    }

    fn answer(&self, question: &Question, now: DateTime<Utc>) -> Result<Answer> {
        let zone = self.book.schedule().zone();
        Ok(match question {
            Question::Overview { skip, count } => {
                Answer::Rows(self.book.overview_page(now, *skip, *count)?, zone, now)
            }
            Question::Find(text) => Answer::Rows(self.book.find(text, now)?, zone, now),
            Question::Case(number) => Answer::Case(self.book.case(number, now)?.map(Box::new)),
            Question::Events(since, count) => Answer::Events(self.store.events(*since, *count)?),
            Question::Told(since, count) => Answer::Told(self.store.told(*since, *count)?, zone),
            Question::Happened(_) | Question::Health => Answer::Health {
                cases: self.book.len(),
                advanced_to: self.book.advanced_to(),
                next_wake_up: self.book.next_wake_up(now)?,
            },
        })
    }
}

fn restored(rules: &Rulebook, store: &Store, anew: bool) -> Result<CaseBook> {
    let (clock, saved) = (rules.schedule()?, store.saved()?);
    let restore = if anew { CaseBook::restore_anew } else { CaseBook::restore };
    Ok(restore(rules, clock, &saved)?)
}

#[cfg(test)]
mod tests {
    use klokuur::case::{Opening, Party, What};

    use super::*;

    #[test]
    fn an_event_that_cannot_be_written_did_not_happen() {
        let folder = tempfile::tempdir().unwrap();
        let mut desk = Desk::open(Rulebook::bol(), &folder.path().join("cases.sqlite"), false).unwrap();
        let now: DateTime<Utc> = "2026-04-24T15:30:00Z".parse().unwrap();
        let asked = |case: &str| {
            let opened = CaseEvent::new(case, now, What::Opened(Opening::by(Party::Customer)));
            Question::Happened(Box::new(opened))
        };
        desk.turn(&[asked("K-1")], now).unwrap();
        let told = desk.store.told(0, 10).unwrap();
        desk.store.is_full(true).unwrap();
        // More than the free places of its pages hold.
        let many: Vec<Question> = (2..500).map(|number| asked(&format!("K-{number}"))).collect();
        desk.turn(&many, now).unwrap_err();
        assert_eq!((desk.book.len(), desk.store.events(0, 10).unwrap().len()), (1, 1));
        assert_eq!(desk.store.told(0, 10).unwrap(), told);
        // Once there is room, the same is taken and told.
        desk.store.is_full(false).unwrap();
        desk.turn(&many, now).unwrap();
        assert_eq!((desk.book.len(), desk.store.events(0, 1000).unwrap().len()), (499, 499));
    }
}
