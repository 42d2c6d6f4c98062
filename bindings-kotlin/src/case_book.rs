//! The case book: all cases of a seller.

use std::sync::{Arc, MutexGuard};

use klokuur::Language;
use klokuur::case::{self, CaseBook as Core, DomainEvent, SavedBook};

use crate::case::{Case, CaseOutcome, CaseRow, Refusal, scores, surveys};
use crate::case_event::CaseEvent;
use crate::error::{KlokuurError, Result};
use crate::fingerprints::Fingerprints;
use crate::norm::WeekNumbers;
use crate::rulebook::Rulebook;
use crate::schedule::Schedule;
use crate::shared::Shared;
use crate::time::{Instant, IsoWeek, signed, unsigned};

/// All outcomes of a log, and the events that were refused.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct Outcomes {
    /// One for each case.
    pub outcomes: Vec<CaseOutcome>,
    /// The events that no case could take.
    pub refused: Vec<Refusal>,
    /// What the cases were judged by.
    pub fingerprints: Fingerprints,
}

/// What became of an event that a book keeps. One that it does not keep is an error of `apply`.
///
/// An app that keeps a log of its own keeps every event for which `apply` answered, whichever of the three it answered,
/// and the latest `now` that it advanced to. A book made of these answers as the one before and tells nothing twice;
/// their order does not matter, and an event that stands in the log twice is one.
#[derive(Debug, Clone, PartialEq, uniffi::Enum)]
pub enum Applied {
    /// Its case took it.
    Taken {
        /// What it, and the time up to it, made of the case.
        happened: Vec<DomainEvent>,
    },
    /// The book has had it before, and its case took it then: nothing changed.
    KnownAlready,
    /// Its case cannot take it: nothing changed, but the book keeps it, and takes it should an earlier event that is
    /// still missing make it possible.
    KeptAside {
        /// Why, naming case, event and time.
        refusal: Refusal,
    },
}

/// What a batch of events did.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct AppliedAll {
    /// What became so, in order.
    pub happened: Vec<DomainEvent>,
    /// The events that their case cannot take, which the book keeps aside: a log holds them with the others.
    pub kept_aside: Vec<Refusal>,
    /// The events that the book does not keep: a log has no place for them.
    pub not_kept: Vec<Refusal>,
}

/// A line of the journal that a book is saved as.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct SavedPart {
    /// The line, a JSON text.
    pub text: String,
    /// What the next part goes on from.
    pub position: i64,
    /// Whether it takes the place of all lines before it: then the file is written anew.
    pub is_whole: bool,
}

/// The outcome of each case of a log, at an instant. The order of the events does not matter.
///
/// # Errors
/// - an event whose fields do not fit it
/// - an instant outside the years 1900 to 2100
#[uniffi::export]
pub fn evaluate_cases(events: Vec<CaseEvent>, rules: &Rulebook, now: Instant) -> Result<Outcomes> {
    let events = events.into_iter().map(CaseEvent::core).collect::<Result<Vec<_>>>()?;
    let case::Outcomes { outcomes, refused, fingerprints } = case::evaluate(&events, rules.by_week(), now)?;
    Ok(Outcomes {
        outcomes: outcomes.into_iter().map(CaseOutcome::from).collect(),
        refused: refused.iter().map(Refusal::from).collect(),
        fingerprints: Fingerprints::from(&fingerprints),
    })
}

/// All cases of a seller: what is open, until when, and what comes next. Use one from any number of threads: calls take
/// turns.
#[derive(uniffi::Object)]
pub struct CaseBook(Shared<Core>);

impl CaseBook {
    pub(crate) fn book(&self) -> MutexGuard<'_, Core> {
        self.0.get()
    }

    /// The book as it is now, for work that takes long.
    pub(crate) fn copied(&self) -> Core {
        self.book().clone()
    }
}

fn rows(rows: Vec<case::CaseRow>, explained: bool) -> Vec<CaseRow> {
    rows.into_iter().map(|row| CaseRow::of(row, explained)).collect()
}

fn size(what: &'static str, count: i64) -> Result<usize> {
    Ok(usize::try_from(unsigned(what, count)?).unwrap_or(usize::MAX))
}

fn clock(rules: &Rulebook, schedule: Option<Arc<Schedule>>) -> Result<klokuur::Schedule> {
    Ok(match schedule {
        Some(schedule) => schedule.0.clone(),
        None => rules.0.schedule()?,
    })
}

/// How many rows to skip and how many to give: all without a count.
fn page(skip: i64, count: Option<i64>) -> Result<(usize, usize)> {
    let count = count.map(|count| size("count of rows", count)).transpose()?;
    Ok((size("count of skipped rows", skip)?, count.unwrap_or(usize::MAX)))
}

#[uniffi::export]
impl CaseBook {
    /// An empty book under the rules of a rulebook; its open hours are the rulebook's unless given.
    ///
    /// # Errors
    /// - open hours that the rules cannot use
    #[uniffi::constructor(default(schedule = None))]
    pub fn new(rules: &Rulebook, schedule: Option<Arc<Schedule>>) -> Result<Arc<Self>> {
        let book = match schedule {
            Some(schedule) => Core::new(rules.by_week(), schedule.0.clone())?,
            None => Core::of(rules.by_week())?,
        };
        Ok(Arc::new(Self(Shared::of(book))))
    }

    /// All that there is to save, as a JSON text that every language reads. An app writes it when it is closed.
    pub fn saved(&self) -> String {
        let saved = self.book().saved();
        saved.to_json()
    }

    /// How many events came to the book, through saving and restoring: what the next save goes on from.
    pub fn position(&self) -> i64 {
        signed(self.book().position())
    }

    /// What came since the save that ended at `position`: the next line of a journal, which `restored` takes as it
    /// takes one save. A whole save at position 0, and when the book cannot go on from there, as after
    /// `erase_customer`: then write the file anew.
    ///
    /// # Errors
    /// - a position below 0
    pub fn saved_since(&self, position: i64) -> Result<SavedPart> {
        let position = unsigned("position of a save", position)?;
        let saved = self.book().saved_since(position);
        Ok(SavedPart {
            text: saved.to_json(),
            position: signed(saved.position.unwrap_or_default()),
            is_whole: saved.since.is_none(),
        })
    }

    /// Erases the customer's name and all texts of one case, and says whether there is such a case. Status, clocks,
    /// counts and outcomes stay. What was saved before still holds them: write the next save, a whole one, in its
    /// place. It costs as much as restoring the book.
    ///
    /// # Errors
    /// - no room for the book made anew: nothing was changed
    pub fn erase_case(&self, number: &str) -> Result<bool> {
        Ok(self.book().erase_case(number)?)
    }

    /// The same for every case of which an event names this customer, and the numbers of these cases. Accents, upper
    /// and lower case make no difference, and two customers of one name are one.
    ///
    /// # Errors
    /// - no room for the book made anew: nothing was changed
    pub fn erase_customer(&self, name: &str) -> Result<Vec<String>> {
        Ok(self.book().erase_customer(name)?)
    }

    /// The book that was `saved`, or a journal of it, a save a line: it answers as that one did, and tells nothing a
    /// second time.
    ///
    /// # Errors
    /// - open hours that the rules cannot use
    /// - a text that is no save
    /// - other hours, holidays, rules or time zone data than those that the save was judged by: every one that changed
    ///   is named
    /// - an event that no book can keep
    #[uniffi::constructor(default(schedule = None))]
    pub fn restored(rules: &Rulebook, saved: &str, schedule: Option<Arc<Schedule>>) -> Result<Arc<Self>> {
        let saved = SavedBook::from_json(saved)?;
        Ok(Arc::new(Self(Shared::of(Core::restore(rules.by_week(), clock(rules, schedule)?, &saved)?))))
    }

    /// The book that was `saved`, judged by these hours and rules whatever it was judged by before. Nothing is told of
    /// verdicts that are others now.
    ///
    /// # Errors
    /// - as `restored`, but for what changed
    #[uniffi::constructor(default(schedule = None))]
    pub fn restored_anew(
        rules: &Rulebook,
        saved: &str,
        schedule: Option<Arc<Schedule>>,
    ) -> Result<Arc<Self>> {
        let saved = SavedBook::from_json(saved)?;
        Ok(Arc::new(Self(Shared::of(Core::restore_anew(rules.by_week(), clock(rules, schedule)?, &saved)?))))
    }

    /// The whole book as bytes, with where each case stands: `of_snapshot` reads them without folding a case again. It is
    /// a whole save at `position`: what `saved_since` gives from there on is what came after it, for `catch_up`.
    pub fn snapshot(&self) -> Vec<u8> {
        self.book().snapshot()
    }

    /// The book of a `snapshot`: it answers as that one did, and tells nothing a second time.
    ///
    /// # Errors
    /// - open hours that the rules cannot use
    /// - bytes that are no snapshot, are cut off or were changed
    /// - other hours, holidays, rules or time zone data than those that the snapshot was judged by: every one that
    ///   changed is named
    #[uniffi::constructor(default(schedule = None))]
    pub fn of_snapshot(
        rules: &Rulebook,
        snapshot: Vec<u8>,
        schedule: Option<Arc<Schedule>>,
    ) -> Result<Arc<Self>> {
        let clock = clock(rules, schedule)?;
        Ok(Arc::new(Self(Shared::of(Core::restore_snapshot(rules.by_week(), clock, &snapshot)?))))
    }

    /// The book of a `snapshot`, judged by these hours and rules whatever it was judged by before.
    ///
    /// # Errors
    /// - as `of_snapshot`, but for what changed
    #[uniffi::constructor(default(schedule = None))]
    pub fn of_snapshot_anew(
        rules: &Rulebook,
        snapshot: Vec<u8>,
        schedule: Option<Arc<Schedule>>,
    ) -> Result<Arc<Self>> {
        let clock = clock(rules, schedule)?;
        Ok(Arc::new(Self(Shared::of(Core::restore_snapshot_anew(rules.by_week(), clock, &snapshot)?))))
    }

    /// Takes what came since this book was saved at its `position`: lines that `saved_since` gave. Nothing is told of
    /// it. A whole save takes the place of all that the book holds.
    ///
    /// # Errors
    /// Nothing changed:
    /// - a text that is no save, or one that goes on from another position or was judged by others
    /// - an event that the book cannot keep, named with its place among the events of the journal
    pub fn catch_up(&self, journal: &str) -> Result<()> {
        Ok(self.book().catch_up(&SavedBook::from_json(journal)?)?)
    }

    /// Takes the cases out that were closed before an instant and that nothing waits for, as a book of their own, an
    /// archive: time has to have passed for their surveys by `advance`. The archive is asked, searched and kept as any
    /// book. This one goes on counting its cases in its weeks; in its lists they are no more, and an event of one is
    /// refused until it is recalled. The next save is a whole one. It costs as much as restoring the book.
    ///
    /// # Errors
    /// - an instant outside the years 1900 to 2100
    pub fn archive(&self, closed_before: Instant) -> Result<Arc<Self>> {
        Ok(Arc::new(Self(Shared::of(self.book().archive(closed_before)?))))
    }

    /// Brings an archived case back, as it left; the archive keeps its copy, which is the older one from then on.
    ///
    /// # Errors
    /// Nothing changed:
    /// - a case that is not archived
    /// - an archive that does not have it as it was when it was archived last
    pub fn recall(&self, number: &str, archive: &Self) -> Result<()> {
        // One book is locked at a time, whichever they are.
        let kept = archive.book().events_of(number);
        Ok(self.book().recall_events(number, &kept)?)
    }

    /// Whether a case was archived, and not recalled since: then an archive has it.
    pub fn is_archived(&self, number: &str) -> bool {
        self.book().is_archived(number)
    }

    /// The number of archived cases.
    pub fn archived_size(&self) -> i64 {
        signed(self.book().archived_len())
    }

    /// The book of the `events` and `advanced_to` of one before, which say nothing of what it was judged by.
    ///
    /// # Errors
    /// - open hours that the rules cannot use
    /// - an event that no book can keep
    #[uniffi::constructor(default(advanced_to = None, schedule = None))]
    pub fn of_events(
        rules: &Rulebook,
        events: Vec<CaseEvent>,
        advanced_to: Option<Instant>,
        schedule: Option<Arc<Schedule>>,
    ) -> Result<Arc<Self>> {
        let events = events.into_iter().map(CaseEvent::core).collect::<Result<Vec<_>>>()?;
        let saved = SavedBook { events, advanced_to, ..SavedBook::default() };
        Ok(Arc::new(Self(Shared::of(Core::restore(rules.by_week(), clock(rules, schedule)?, &saved)?))))
    }

    /// What all its answers are judged by: its open hours, their holidays, its rules, the time zone data.
    pub fn fingerprints(&self) -> Fingerprints {
        Fingerprints::from(self.book().fingerprints())
    }

    /// Every event that the book keeps, in the order in which they came, refused ones too.
    pub fn events(&self) -> Vec<CaseEvent> {
        self.book().events().into_iter().map(CaseEvent::from).collect()
    }

    /// The latest `now` that `advance` was called with; none before the first call.
    pub fn advanced_to(&self) -> Option<Instant> {
        self.book().advanced_to()
    }

    /// Takes one event, and tells what became of it: `Applied` says what a log must hold.
    ///
    /// With `now`, the time on the caller's clock, an event dated more than five minutes later is refused: without it,
    /// one of a year to come lets time pass for its case, whose deadlines are all missed then.
    ///
    /// # Errors
    /// The event is not kept, and nothing changed:
    /// - fields that do not fit the event
    /// - a time outside the years 1900 to 2100, or one that `now` cannot know
    #[uniffi::method(default(now = None))]
    pub fn apply(&self, event: CaseEvent, now: Option<Instant>) -> Result<Applied> {
        apply(&mut self.book(), event, now)
    }

    /// Takes many events in one call, those dated more than five minutes after `now` not where it is given.
    ///
    /// # Errors
    /// - an instant outside the years 1900 to 2100
    #[uniffi::method(default(now = None))]
    pub fn apply_all(&self, events: Vec<CaseEvent>, now: Option<Instant>) -> Result<AppliedAll> {
        let mut all = AppliedAll { happened: Vec::new(), kept_aside: Vec::new(), not_kept: Vec::new() };
        let mut book = self.book();
        for event in events {
            match apply(&mut book, event, now) {
                Ok(Applied::Taken { happened }) => all.happened.extend(happened),
                Ok(Applied::KnownAlready) => {}
                Ok(Applied::KeptAside { refusal }) => all.kept_aside.push(refusal),
                Err(error) => all.not_kept.push(refusal(&error)),
            }
        }
        Ok(all)
    }

    /// Lets the time pass, and tells what became so by it: warned, breached, returned, survey due.
    ///
    /// # Errors
    /// - an instant outside the years 1900 to 2100
    pub fn advance(&self, now: Instant) -> Result<Vec<DomainEvent>> {
        Ok(self.book().advance(now)?)
    }

    /// What `advance` up to `until` would tell, if no event comes before: for what is planned ahead, as notifications
    /// and widgets. The book does not change.
    ///
    /// # Errors
    /// - an instant outside the years 1900 to 2100
    pub fn coming(&self, until: Instant) -> Result<Vec<DomainEvent>> {
        Ok(self.book().coming(until)?)
    }

    /// What was told, as one sentence with its times on the wall clock of the book's zone: the text of a notification.
    ///
    /// # Errors
    /// - an instant outside the years that can be counted
    pub fn sentence(&self, event: DomainEvent, language: Language) -> Result<String> {
        let zone = self.book().schedule().zone();
        Ok(event.to_sentence(language, &zone))
    }

    /// When `advance` next has something to tell; none when nothing will happen by itself.
    ///
    /// # Errors
    /// - an instant outside the years 1900 to 2100
    pub fn next_wake_up(&self, now: Instant) -> Result<Option<Instant>> {
        Ok(self.book().next_wake_up(now)?)
    }

    /// The seller's open cases, the oldest first, because it has priority; a page of them where `count` is given. The
    /// rows tell why only when `explained`: six sentences cost several times what the rest of a row does.
    ///
    /// # Errors
    /// - an instant outside the years 1900 to 2100
    /// - a count below 0
    #[uniffi::method(default(skip = 0, count = None, explained = false))]
    pub fn overview(
        &self,
        now: Instant,
        skip: i64,
        count: Option<i64>,
        explained: bool,
    ) -> Result<Vec<CaseRow>> {
        let (skip, count) = page(skip, count)?;
        Ok(rows(self.book().overview_page(now, skip, count)?, explained))
    }

    /// The cases that are with the marketplace's customer service.
    ///
    /// # Errors
    /// - an instant outside the years 1900 to 2100
    #[uniffi::method(default(explained = false))]
    pub fn with_marketplace(&self, now: Instant, explained: bool) -> Result<Vec<CaseRow>> {
        Ok(rows(self.book().with_marketplace(now)?, explained))
    }

    /// The closed cases, newest first; a page of them where `count` is given.
    ///
    /// # Errors
    /// - an instant outside the years 1900 to 2100
    /// - a count below 0
    #[uniffi::method(default(skip = 0, count = None, explained = false))]
    pub fn completed(
        &self,
        now: Instant,
        skip: i64,
        count: Option<i64>,
        explained: bool,
    ) -> Result<Vec<CaseRow>> {
        let (skip, count) = page(skip, count)?;
        Ok(rows(self.book().completed(now, skip, count)?, explained))
    }

    /// The cases with this case number or order number, or with the beginnings of all these words in what is known and
    /// said. Upper and lower case are one, and accents are left aside.
    ///
    /// # Errors
    /// - an instant outside the years 1900 to 2100
    #[uniffi::method(default(explained = false))]
    pub fn find(&self, text: &str, now: Instant, explained: bool) -> Result<Vec<CaseRow>> {
        Ok(rows(self.book().find(text, now)?, explained))
    }

    /// One case with everything that is known of it, its row explained; none when there is none with this number.
    ///
    /// # Errors
    /// - an instant outside the years 1900 to 2100
    #[uniffi::method(name = "case_of")]
    pub fn case(&self, number: &str, now: Instant) -> Result<Option<Case>> {
        Ok(self.book().case(number, now)?.map(|case| Case {
            row: CaseRow::of(case.row, true),
            survey_at: case.survey_at.map(|at| at.to_utc()),
            scores: scores(case.scores),
            surveys: surveys(case.surveys),
            messages: case.messages,
            explanations: case.explanations,
            fingerprints: Fingerprints::from(&case.fingerprints),
            refused: case.refused.iter().map(Refusal::from).collect(),
        }))
    }

    /// How each case was handled.
    ///
    /// # Errors
    /// - an instant outside the years 1900 to 2100
    pub fn outcomes(&self, now: Instant) -> Result<Vec<CaseOutcome>> {
        Ok(self.book().outcomes(now)?.into_iter().map(CaseOutcome::from).collect())
    }

    /// The numbers of the response time in every week.
    ///
    /// # Errors
    /// - an instant outside the years 1900 to 2100
    pub fn response_weeks(&self, now: Instant) -> Result<Vec<WeekNumbers>> {
        Ok(self.book().response_weeks(now)?.numbers().into_iter().map(WeekNumbers::from).collect())
    }

    /// The numbers of the response time in one week.
    ///
    /// # Errors
    /// - a week that does not exist
    /// - an instant outside the years 1900 to 2100
    pub fn week(&self, week: IsoWeek, now: Instant) -> Result<WeekNumbers> {
        Ok(self.book().week(week.core()?, now)?.into())
    }

    /// The number of cases.
    pub fn size(&self) -> i64 {
        signed(self.book().len())
    }

    /// The open hours that the book counts by.
    pub fn schedule(&self) -> Arc<Schedule> {
        crate::schedule::made(self.book().schedule().clone())
    }

    /// The events that their cases could not take so far.
    pub fn refused(&self) -> Vec<Refusal> {
        self.book().refused().iter().map(Refusal::from).collect()
    }
}

/// The first wake-up of several books, as of the accounts of a seller: one timer for all of them.
///
/// # Errors
/// - an instant outside the years 1900 to 2100
#[uniffi::export]
pub fn next_wake_up_of(books: Vec<Arc<CaseBook>>, now: Instant) -> Result<Option<Instant>> {
    let wakes = books.iter().map(|book| book.next_wake_up(now)).collect::<Result<Vec<_>>>()?;
    Ok(wakes.into_iter().flatten().min())
}

fn apply(book: &mut Core, event: CaseEvent, now: Option<Instant>) -> Result<Applied> {
    let event = event.core()?;
    let applied = match now {
        Some(now) => book.apply_at(event, now)?,
        None => book.apply(event)?,
    };
    Ok(match applied {
        case::Applied::Taken(happened) => Applied::Taken { happened },
        case::Applied::KnownAlready => Applied::KnownAlready,
        case::Applied::KeptAside(error) => Applied::KeptAside { refusal: Refusal::from(&error) },
    })
}

fn refusal(error: &KlokuurError) -> Refusal {
    Refusal { code: error.code().to_owned(), message: error.to_string() }
}
