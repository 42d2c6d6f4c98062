//! The case book: all cases of a seller, kept up to date event by event.

use std::borrow::Borrow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::sync::{Arc, OnceLock};

use super::applied::{Applied, not_after};
use super::archived::ArchivedCases;
use super::clocks::Clocks;
use super::domain_event::{DomainEvent, Happening};
use super::entry::Entry;
use super::event::{CaseEvent, EventKind, Opening, What};
use super::events::Stored;
use super::index::Index;
use super::known::Known;
use super::log::Log;
use super::names::{NONE, Names, full};
use super::ordered::Ordered;
use super::position::Positions;
use super::replay::{Effective, Folded, Story, learned};
use super::store::Store;
use crate::error::{KlokuurError, Result};
use crate::fingerprints::Fingerprints;
use crate::rulebook::RulesByWeek;
use crate::schedule::Schedule;
use crate::sla::instant::{Nanos, instant, nanos};
use crate::time::Moment;

/// The refused rows of a log, each with its error, by row.
///
/// ```
/// # use klokuur::case::RefusedRows;
/// # use klokuur::log::{Mapping, Rows, read_log};
/// let rows = [["K-1", "2026-03-13T14:00:00Z", "opened"], ["K-1", "yesterday", "seller_message"]];
/// let log = read_log(&Rows::new(["case", "at", "event"], rows), &Mapping::default())?;
/// let refused: &RefusedRows = &log.summary.refused;
/// assert_eq!((log.events.len(), refused[0].0), (1, 1)); // the second row, counted from 0
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
pub type RefusedRows = Vec<(usize, KlokuurError)>;

/// What became so, when, and whether it turned out never to have been.
type Told = (Nanos, Happening, bool);

/// All cases of a seller: overview, search, completed list, and what an application should tell.
///
/// The book's state depends on the set of events only, not on the order in which they came. One more event costs the
/// same however many cases there are. An event that its case cannot take is refused and changes nothing; the book
/// keeps it aside, and takes it if an earlier event that was still missing makes it possible
/// ([`refused`](Self::refused)).
///
/// ```
/// use chrono::{DateTime, Utc};
/// use klokuur::case::{CaseBook, CaseEvent, CaseStatus, Opening, Party, What};
/// use klokuur::Rulebook;
///
/// let at = |text: &str| text.parse::<DateTime<Utc>>();
/// let mut book = CaseBook::of(&Rulebook::bol())?;
/// book.apply(CaseEvent::new("K-1", at("2026-03-13T14:00:00Z")?, What::Opened(Opening::by(Party::Customer))))?.taken()?;
///
/// let now = at("2026-03-16T09:00:00Z")?; // Monday 10:00 in Amsterdam
/// let told = book.advance(now)?;
/// assert_eq!(told.len(), 1); // the warning at 18 clock hours, Monday 09:00
/// let overview = book.overview(now)?;
/// assert_eq!(overview[0].due.map(|due| due.to_string()).as_deref(), Some("2026-03-16 15:00:00 CET"));
///
/// book.apply(CaseEvent::new("K-1", now, What::seller_message()))?.taken()?;
/// assert_eq!(book.case("K-1", now)?.map(|case| case.row.status), Some(CaseStatus::WaitingForCustomer));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct CaseBook {
    /// Shared by all books that were made of one: what is computed of hours and rules is computed once.
    pub(super) clocks: Arc<Clocks>,
    /// Case numbers: the number of a name is the place of its case in `cases`.
    pub(super) numbers: Names,
    pub(super) cases: Store<Entry>,
    pub(super) log: Log,
    /// The words that a search finds: made when the first is searched for, and kept up to date from then on.
    pub(super) index: OnceLock<Box<Index>>,
    /// Open and the seller's; with the marketplace; closed.
    pub(super) lists: [Vec<u32>; 3],
    /// The same lists in their order: each is made when it is first asked for, and kept up to date from then on.
    pub(super) ordered: [OnceLock<Box<Ordered>>; 3],
    /// When time acts on a case; an entry that its case no longer waits for is dropped when it is met.
    pub(super) wakes: BinaryHeap<Reverse<(Nanos, u32)>>,
    /// How many cases wait for time.
    pub(super) waiting: usize,
    /// The newest time of all events.
    pub(super) newest: Nanos,
    /// How far time has passed: what it brings a case up to here is told with the event that makes it so.
    pub(super) advanced: Nanos,
    /// How often an event was tried.
    pub(super) steps: u64,
    pub(super) positions: Positions,
    /// What is known of the cases that left.
    pub(super) archived: Option<Box<ArchivedCases>>,
}

impl CaseBook {
    /// An empty book under these rules, whose clock hours are those of `clock`: its calendar and zone also serve the
    /// clocks of returns and cancellations.
    ///
    /// Of a history, each clock of a case goes by the rulebook of the week in which it starts (RULES C9). `clock`
    /// serves all whose clock hours are those of the newest; an older one with other hours has them, with the holidays
    /// of `clock`.
    ///
    /// # Errors
    /// - `rules` with faults, put together in code: every one, with its path
    /// - a clock in another zone than a rulebook's: its days and weeks would be others. Give the rulebook that zone to
    ///   choose so
    pub fn new<R: RulesByWeek + ?Sized>(rules: &R, clock: Schedule) -> Result<Self> {
        let history = rules.to_history()?;
        if let Some(rules) = history.rulebooks().iter().find(|rules| clock.zone() != rules.clock.zone) {
            return Err(KlokuurError::InvalidValue {
                what: "clock of a case book",
                given: format!("a schedule in {}", clock.zone()),
                accepted: format!(
                    "one in {}, the zone of rulebook {}, or a rulebook whose clock.zone is the schedule's",
                    rules.clock.zone, rules.name
                ),
            });
        }
        Ok(Self::empty(Arc::new(Clocks::new(&history, clock)?)))
    }

    /// An empty book under the same rules and hours: of another seller, for one. Whatever is computed of the rules and
    /// hours is computed once and shared, so that it takes less than a kilobyte; [`CaseBooks`](super::CaseBooks) keeps
    /// many.
    ///
    /// ```
    /// use klokuur::case::CaseBook;
    /// use klokuur::Rulebook;
    ///
    /// let book = CaseBook::of(&Rulebook::bol())?;
    /// let other = book.another();
    /// assert_eq!((other.len(), other.fingerprints()), (0, book.fingerprints()));
    /// # Ok::<(), klokuur::KlokuurError>(())
    /// ```
    #[must_use]
    pub fn another(&self) -> Self {
        Self::empty(Arc::clone(&self.clocks))
    }

    pub(super) fn empty(clocks: Arc<Clocks>) -> Self {
        Self {
            clocks,
            numbers: Names::new(),
            cases: Store::new(),
            log: Log::new(),
            index: OnceLock::new(),
            lists: [Vec::new(), Vec::new(), Vec::new()],
            ordered: [const { OnceLock::new() }; 3],
            wakes: BinaryHeap::new(),
            waiting: 0,
            newest: Nanos::MIN,
            advanced: Nanos::MIN,
            steps: 0,
            positions: Positions::NEW,
            archived: None,
        }
    }

    /// An empty book under these rules, with their own clock hours.
    ///
    /// # Errors
    /// - clock hours, zone or calendars in `rules` that mean nothing
    pub fn of<R: RulesByWeek + ?Sized>(rules: &R) -> Result<Self> {
        Self::new(rules, rules.newest_rules()?.schedule()?)
    }

    /// Takes one event and says what became of it: [`Applied`] tells whether its case took it, and what a log must
    /// hold.
    ///
    /// What it made of its case comes with the time up to it and up to the last [`advance`](Self::advance). An event
    /// that comes late is put in its place: its case is folded again, and what turns out never to have been is
    /// [retracted](DomainEvent::retracted). The same event a second time changes nothing. Only a log in which two
    /// different events of a case have one id can make an event lose its place to one that is itself refused; that
    /// counts as taken here, and stands in [`refused`](Self::refused).
    ///
    /// An event lets time pass for its case: one of 2062 makes a question of today late at once.
    /// [`apply_at`](Self::apply_at) refuses what `now` cannot know.
    ///
    /// # Errors
    /// The event is not kept, and nothing changed:
    /// - [`OutOfRange`](KlokuurError::OutOfRange): a time outside the supported years
    /// - [`InvalidDocument`](KlokuurError::InvalidDocument): an empty case number, or a correction of a correction
    /// - [`InvalidValue`](KlokuurError::InvalidValue): a case that is [archived](Self::archive)
    pub fn apply(&mut self, event: impl Borrow<CaseEvent>) -> Result<Applied> {
        let event = event.borrow();
        let mut told = Vec::new();
        match self.put(event, Some(&mut told)) {
            Ok(true) => return Ok(Applied::KnownAlready),
            Ok(false) => {}
            Err(error @ KlokuurError::ImpossibleTransition { .. }) => return Ok(Applied::KeptAside(error)),
            Err(error) => return Err(error),
        }
        let told = told.into_iter();
        Ok(Applied::Taken(
            told.map(|(at, what, retracted)| DomainEvent {
                case: event.case.clone(),
                at: instant(at),
                what,
                retracted,
            })
            .collect(),
        ))
    }

    /// The same, for an event that cannot be of the future: `now` is the time on the caller's clock, which may be
    /// behind the clock that dated the event by [`CLOCK_TOLERANCE`](super::CLOCK_TOLERANCE).
    ///
    /// # Errors
    /// - the same as [`apply`](Self::apply)
    /// - [`OutOfRange`](KlokuurError::OutOfRange): an event that is dated later, or a correction that puts one there
    /// - `now` outside the supported years
    pub fn apply_at<M: Moment>(&mut self, event: impl Borrow<CaseEvent>, now: M) -> Result<Applied> {
        let event = event.borrow();
        not_after(now, event)?;
        self.apply(event)
    }

    pub(super) fn know(&mut self, case: u32, known: Option<std::result::Result<u32, Known>>) -> Result<()> {
        let row = match known {
            None => NONE,
            Some(Ok(row)) => row,
            Some(Err(known)) => self.log.keep_merged(known)?,
        };
        self.cases.get_mut(case).ok_or_else(full)?.known = row;
        Ok(())
    }

    /// How often an event was tried so far: for tests of growth, which count work and not time.
    #[doc(hidden)]
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// How many cases were opened.
    pub fn len(&self) -> usize {
        self.lists.iter().map(Vec::len).sum()
    }

    /// Whether no case was opened.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The schedule whose hours are clock hours.
    pub fn schedule(&self) -> &Schedule {
        &self.clocks.schedule
    }

    /// The same as the rulebook has them that is in force at an instant: an older one may have had others (RULES C9).
    pub(crate) fn schedule_at<M: Moment>(&self, at: M) -> Result<&Schedule> {
        Ok(&self.clocks.on(nanos(&at)?).clock)
    }

    /// What all its answers are judged by: its clock hours, their holidays, its rules, the time zone data (RULES I5).
    pub fn fingerprints(&self) -> &Fingerprints {
        &self.clocks.fingerprints
    }

    /// The case of an event, a new one for a new number, and the event's time.
    pub(super) fn place(&mut self, event: &CaseEvent) -> Result<(u32, Nanos)> {
        let at = check(event)?;
        if self.archived.is_some() {
            self.refuse_archived(&event.case)?;
        }
        let (case, is_new) = self.numbers.intern(&event.case).ok_or_else(full)?;
        if is_new {
            self.cases.push(Entry::new()).ok_or_else(full)?;
        }
        Ok((case, at))
    }

    /// Keeps an event in the log and in the index; its case does not know of it yet.
    pub(super) fn keep(&mut self, case: u32, at: Nanos, event: &CaseEvent) -> Result<(u32, Stored)> {
        let before = self.cases.get(case).ok_or_else(full)?.last;
        let kept = self.log.keep(case, at, event, before)?;
        if let Some(index) = self.index.get_mut() {
            index.add(&self.log, case, kept.1.content)?;
        }
        self.newest = self.newest.max(at);
        Ok(kept)
    }

    /// The path of every event: straight on when it is the newest of its case, else by folding the case again. Says
    /// whether it was known already.
    pub(super) fn put(&mut self, event: &CaseEvent, told: Option<&mut Vec<Told>>) -> Result<bool> {
        let (case, at) = self.place(event)?;
        let entry = self.cases.get(case).ok_or_else(full)?;
        let straight = entry.goes_straight_on(at, event);
        let mut id_is_taken = false;
        if entry.is_late(at) || event.id.is_some() {
            let same_id = |text: u32| event.id.is_some() && self.log.texts.get(text) == event.id.as_deref();
            if let Some((number, _)) = self.log.chain(entry.last).find(|(_, other)| {
                id_is_taken |= same_id(other.id);
                other.at == at
                    && other.content.kind == event.what.kind()
                    && self.log.event(&event.case, other) == *event
            }) {
                return self.refusal_of(case, number).map(|()| true);
            }
        }
        let (number, stored) = self.keep(case, at, event)?;
        if straight && !id_is_taken {
            self.go_on(case, number, stored, told)?;
        } else {
            self.put_late(case, number, at, event, told)?;
        }
        Ok(false)
    }

    /// Takes an event that is the newest of its case.
    pub(super) fn go_on(
        &mut self,
        case: u32,
        number: u32,
        stored: Stored,
        told: Option<&mut Vec<Told>>,
    ) -> Result<()> {
        let entry = self.cases.get(case).ok_or_else(full)?;
        let (before, at) = (entry.state(), stored.at);
        let mut state = before;
        let act = self.log.act(stored.content);
        let mut heard: Vec<(Nanos, Happening)> = Vec::new();
        let mut hear = |at, what| {
            if told.is_some() {
                heard.push((at, what));
            }
        };
        state.pass(&self.clocks, at.saturating_sub(1), &mut hear);
        let taken = match act {
            Some(act) => state.take(&self.clocks, at, act, &mut hear),
            None => Ok(()),
        };
        if taken.is_ok() && at <= self.advanced {
            state.pass(&self.clocks, self.advanced, &mut hear);
        }
        self.steps += 1;
        let entry = self.cases.get_mut(case).ok_or_else(full)?;
        entry.last = number;
        entry.newest = at;
        if let Err(problem) = taken {
            entry.has_refused = true;
            let name = self.numbers.get(case).unwrap_or_default();
            return Err(self.clocks.impossible(name, stored.content.kind.as_str(), at, problem));
        }
        entry.set_state(&state);
        if self.log.said(stored.content).is_some() {
            let earlier = self.log.known.get(entry.known);
            entry.known = match learned(&self.log, earlier, stored.content) {
                Some(known) if earlier.is_some() => self.log.keep_merged(known)?,
                _ => stored.content.payload,
            };
        }
        if let Some(told) = told {
            // A breach is told of its deadline, which is before what showed it.
            heard.sort_by_key(|(at, _)| *at);
            told.extend(heard.into_iter().map(|(at, what)| (at, what, false)));
        }
        self.moved(case, &before, &state);
        Ok(())
    }

    fn put_late(
        &mut self,
        case: u32,
        number: u32,
        at: Nanos,
        event: &CaseEvent,
        told: Option<&mut Vec<Told>>,
    ) -> Result<()> {
        let (log, clocks) = (&self.log, &self.clocks);
        let entry = self.cases.get_mut(case).ok_or_else(full)?;
        let before = entry.state();
        // What a case has come to follows from its events and the time that was let pass, and from nothing else.
        let passed = self.advanced;
        let old = Story::of(log, entry.last).fold(log, clocks, entry.newest, passed);
        entry.last = number;
        entry.newest = entry.newest.max(at);
        entry.has_corrections |= event.what.kind() == EventKind::Corrected;
        let story = Story::of(log, number);
        let until = entry.newest.max(story.newest());
        let folded = story.fold(log, clocks, until, passed);
        let known = folded.known_row(log);
        let Folded { state, taken, refused, told: new, steps } = folded;
        self.steps += steps + old.steps;
        entry.newest = until;
        entry.has_refused = !refused.is_empty();
        // What was taken, as it was taken: a correction stands in the event that it corrects.
        let as_taken = |taken: &[Effective]| {
            taken.iter().map(|it| (it.number, it.event.at, it.event.content)).collect::<Vec<_>>()
        };
        if let Some((_, problem)) = refused.into_iter().find(|(refused, _)| *refused == number)
            // An impossible event may still take its id from one that was taken, or from a correction: then the case
            // has changed.
            && as_taken(&old.taken) == as_taken(&taken)
        {
            return Err(self.clocks.impossible(&event.case, event.what.kind().as_str(), at, problem));
        }
        entry.set_state(&state);
        self.know(case, known)?;
        if let Some(told) = told {
            told.extend(difference(old.told, new));
        }
        self.moved(case, &before, &state);
        Ok(())
    }
}

/// The times of an event that a book can keep.
pub(super) fn check(event: &CaseEvent) -> Result<Nanos> {
    event.check()?;
    let mut what = &event.what;
    if let What::Corrected { right: Some(right), .. } = what {
        nanos(&right.at)?;
        what = &right.what;
    }
    match what {
        What::FollowUp { until: Some(at) } | What::Opened(Opening { ordered_at: Some(at), .. }) => nanos(at)?,
        _ => 0,
    };
    nanos(&event.at)
}

/// What is only in the new story, and, as retracted, what is only in the old one; in order of time, and at one time
/// what never was before what became so instead (RULES K13). Each story keeps its own order: a case that lapsed is
/// opened again and then closed, another is closed and then opened again.
fn difference(old: Vec<(Nanos, Happening)>, new: Vec<(Nanos, Happening)>) -> Vec<Told> {
    let without = |mut told: Vec<(Nanos, Happening)>, other: &[(Nanos, Happening)]| {
        let mut left: BTreeMap<(Nanos, Happening), usize> = BTreeMap::new();
        for fact in other {
            *left.entry(*fact).or_default() += 1;
        }
        told.retain(|fact| match left.get_mut(fact).filter(|count| **count > 0) {
            Some(count) => {
                *count -= 1;
                false
            }
            None => true,
        });
        told
    };
    let gone = without(old.clone(), &new);
    let come = without(new, &old);
    let gone = gone.into_iter().map(|(at, what)| (at, what, true));
    let mut found: Vec<Told> = gone.chain(come.into_iter().map(|(at, what)| (at, what, false))).collect();
    found.sort_by_key(|(at, _, _)| *at);
    found
}
