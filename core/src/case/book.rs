//! The case book: all cases of a seller, kept up to date event by event.

use std::borrow::Borrow;
use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use super::applied::{Applied, not_after};
use super::clocks::Clocks;
use super::domain_event::{DomainEvent, Happening};
use super::event::{CaseEvent, CaseStatus, EventKind, Opening, What};
use super::log::{Known, Log, Stored};
use super::names::{NONE, Names, full};
use super::position::Positions;
use super::replay::{Effective, Folded, Story, learned};
use super::search::Words;
use super::state::{State, flag};
use super::store::Store;
use crate::error::{KlokuurError, Result};
use crate::fingerprints::Fingerprints;
use crate::rulebook::RulesByWeek;
use crate::schedule::Schedule;
use crate::sla::instant::{NEVER, Nanos, instant, nanos};
use crate::time::Moment;

/// The refused rows of a log, each with its error, by row.
pub type RefusedRows = Vec<(usize, KlokuurError)>;

/// What became so, when, and whether it turned out never to have been.
type Told = (Nanos, Happening, bool);

/// All cases of a seller: overview, search, completed list, and what an application should tell.
///
/// The book's state depends on the set of events only, not on the order in which they came. One more event costs the
/// same however many cases there are. An event that its case cannot take is refused and changes nothing; the book
/// keeps it aside, and takes it if an earlier event that was still missing makes it possible ([`refused`](Self::refused)).
///
/// ```
/// use chrono::{DateTime, Utc};
/// use klokuur::case::{CaseBook, CaseEvent, CaseStatus, Opening, Origin, What};
/// use klokuur::Rulebook;
///
/// let at = |text: &str| text.parse::<DateTime<Utc>>();
/// let mut book = CaseBook::of(&Rulebook::bol())?;
/// book.apply(CaseEvent::new("K-1", at("2026-03-13T14:00:00Z")?, What::Opened(Opening::by(Origin::Customer))))?.taken()?;
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
    pub(super) clocks: Clocks,
    /// Case numbers: the number of a name is the place of its case in `cases`.
    pub(super) numbers: Names,
    pub(super) cases: Store<Entry>,
    pub(super) log: Log,
    pub(super) words: Words,
    /// Open and the seller's; with the marketplace; closed.
    pub(super) lists: [Vec<u32>; 3],
    /// When time acts on a case; an entry that its case no longer waits for is dropped when it is met.
    wakes: BinaryHeap<Reverse<(Nanos, u32)>>,
    /// How many cases wait for time.
    waiting: usize,
    /// The newest time of all events.
    pub(super) newest: Nanos,
    /// How far time has passed: what it brings a case up to here is told with the event that makes it so.
    pub(super) advanced: Nanos,
    /// How often an event was tried.
    steps: u64,
    pub(super) positions: Positions,
}

#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) state: State,
    /// The newest time of its events, refused ones and those that were corrected included.
    pub(super) newest: Nanos,
    /// The event that arrived last.
    pub(super) last: u32,
    /// The row that says what is known of it.
    pub(super) known: u32,
    /// Its place in its list.
    place: u32,
    has_corrections: bool,
    pub(super) has_refused: bool,
    /// Events were kept that it has not been folded with yet.
    is_unsettled: bool,
}

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

impl Entry {
    /// Whether an event comes after all that the case knows.
    fn goes_straight_on(&self, at: Nanos, event: &CaseEvent) -> bool {
        let is_late = at <= self.newest || at <= self.state.passed;
        !is_late && !self.has_corrections && event.what.kind() != EventKind::Corrected
    }
}

impl CaseBook {
    /// An empty book under these rules, whose clock hours are those of `clock`: its calendar and zone also serve the
    /// clocks of returns and cancellations.
    ///
    /// Of a history, each clock of a case goes by the rulebook of the week in which it starts (RULES C9). `clock` serves all whose clock
    /// hours are those of the newest; an older one with other hours has them, with the holidays of `clock`.
    ///
    /// # Errors
    /// - `rules` with faults, put together in code: every one, with its path
    /// - a clock in another zone than a rulebook's: its days and weeks would be others. Give the rulebook that zone to choose so
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
        Ok(Self::empty(Clocks::new(&history, clock)?))
    }

    pub(super) fn empty(clocks: Clocks) -> Self {
        Self {
            clocks,
            numbers: Names::new(),
            cases: Store::new(),
            log: Log::new(),
            words: Words::new(),
            lists: [Vec::new(), Vec::new(), Vec::new()],
            wakes: BinaryHeap::new(),
            waiting: 0,
            newest: Nanos::MIN,
            advanced: Nanos::MIN,
            steps: 0,
            positions: Positions::NEW,
        }
    }

    /// An empty book under these rules, with their own clock hours.
    ///
    /// # Errors
    /// - clock hours, zone or calendars in `rules` that mean nothing
    pub fn of<R: RulesByWeek + ?Sized>(rules: &R) -> Result<Self> {
        Self::new(rules, rules.newest_rules()?.schedule()?)
    }

    /// A book of a whole log, in any order, and the events that it refused, each with its error.
    ///
    /// Nothing is told: what lies in the past is known. Call [`advance`](Self::advance) with the time of the log's end
    /// and drop its answer before the book goes live, or it will tell the past then.
    ///
    /// # Errors
    /// - rules that mean nothing, as in [`new`](Self::new)
    pub fn replay<E: Borrow<CaseEvent>>(
        rules: &(impl RulesByWeek + ?Sized),
        clock: Schedule,
        events: impl IntoIterator<Item = E>,
    ) -> Result<(Self, Vec<KlokuurError>)> {
        let mut book = Self::new(rules, clock)?;
        let mut refused = book.load_all(events);
        // Those that no case is there for come first, then the others by case.
        refused.sort_by_key(|(_, error)| matches!(error, KlokuurError::ImpossibleTransition { .. }));
        let outside = refused.into_iter().map(|(_, error)| error);
        let outside = outside.filter(|error| !matches!(error, KlokuurError::ImpossibleTransition { .. }));
        let outside: Vec<_> = outside.chain(book.refused()).collect();
        Ok((book, outside))
    }

    /// Takes one event and says what became of it: [`Applied`] tells whether its case took it, and what a log must hold.
    ///
    /// What it made of its case comes with the time up to it and up to the last [`advance`](Self::advance). An event that comes
    /// late is put in its place: its case is folded again, and what turns out never to have been is
    /// [retracted](DomainEvent::retracted). The same event a second time changes nothing. Only a log in which two different events of
    /// a case have one id can make an event lose its place to one that is itself refused; that counts as taken here, and stands in
    /// [`refused`](Self::refused).
    ///
    /// An event lets time pass for its case: one of 2062 makes a question of today late at once. [`apply_at`](Self::apply_at)
    /// refuses what `now` cannot know.
    ///
    /// # Errors
    /// The event is not kept, and nothing changed:
    /// - [`OutOfRange`](KlokuurError::OutOfRange): a time outside the supported years
    /// - [`InvalidDocument`](KlokuurError::InvalidDocument): an empty case number, or a correction of a correction
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

    /// The same, for an event that cannot be of the future: `now` is the time on the caller's clock, which may be behind the clock
    /// that dated the event by [`CLOCK_TOLERANCE`](super::CLOCK_TOLERANCE).
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

    /// Takes one event of the past: as [`apply`](Self::apply), but nothing is told of it.
    ///
    /// # Errors
    /// - the same as [`apply`](Self::apply), and [`ImpossibleTransition`](KlokuurError::ImpossibleTransition) for an event that is kept aside
    pub fn load(&mut self, event: impl Borrow<CaseEvent>) -> Result<()> {
        self.put(event.borrow(), None).map(|_| ())
    }

    /// Takes many events of the past in one go, in any order; nothing is told of them. Gives the refused ones, each with its
    /// place among those given, as things stand when all have come.
    ///
    /// However its events come, a case is folded once: this is the way to take a whole log.
    pub fn load_all<E: Borrow<CaseEvent>>(
        &mut self,
        events: impl IntoIterator<Item = E>,
    ) -> Vec<(usize, KlokuurError)> {
        self.load_rows(events.into_iter().enumerate())
    }

    /// The same for a log in rows: a row is a number of the caller's own. Of a refused event that stands in the log twice, the
    /// first row is named.
    pub fn load_rows<E: Borrow<CaseEvent>>(
        &mut self,
        rows: impl IntoIterator<Item = (usize, E)>,
    ) -> RefusedRows {
        let first = self.log.events.len();
        let (mut refused, mut unsettled) = (Vec::new(), Vec::new());
        // The row of each event that the log keeps.
        let mut kept: Vec<usize> = Vec::new();
        for (row, event) in rows {
            match self.gather(event.borrow(), &mut unsettled) {
                // Whether it stays refused is known when all have come.
                Ok(()) | Err(KlokuurError::ImpossibleTransition { .. }) => {}
                Err(error) => refused.push((row, error)),
            }
            kept.resize(self.log.events.len().saturating_sub(first) as usize, row);
        }
        for case in unsettled {
            if let Err(error) = self.settle(case) {
                refused.push((kept.first().copied().unwrap_or_default(), error));
            }
        }
        let row_of = |number: u32| kept.get(number.checked_sub(first)? as usize).copied();
        let impossible = self.refused_events().into_iter();
        refused.extend(impossible.filter_map(|(number, error)| Some((row_of(number)?, error))));
        refused.sort_by_key(|(row, _)| *row);
        refused
    }

    /// Keeps an event: its case goes straight on when that is possible, and waits to be settled when not.
    fn gather(&mut self, event: &CaseEvent, unsettled: &mut Vec<u32>) -> Result<()> {
        let (case, at) = self.place(event)?;
        let entry = self.cases.get(case).ok_or_else(full)?;
        let is_straight = event.id.is_none() && !entry.is_unsettled && entry.goes_straight_on(at, event);
        let (number, stored) = self.keep(case, at, event)?;
        if is_straight {
            return self.go_on(case, number, stored, None);
        }
        let entry = self.cases.get_mut(case).ok_or_else(full)?;
        entry.last = number;
        entry.newest = entry.newest.max(at);
        entry.has_corrections |= event.what.kind() == EventKind::Corrected;
        if !entry.is_unsettled {
            entry.is_unsettled = true;
            unsettled.push(case);
        }
        Ok(())
    }

    /// Folds a case with all its events, once.
    fn settle(&mut self, case: u32) -> Result<()> {
        let (log, clocks) = (&self.log, &self.clocks);
        let entry = self.cases.get_mut(case).ok_or_else(full)?;
        entry.is_unsettled = false;
        let before = entry.state;
        let mut story = Story::of(log, entry.last);
        let repeated = std::mem::take(&mut story.repeated);
        let until = entry.newest.max(story.newest());
        let folded = story.fold(log, clocks, until, self.advanced);
        entry.newest = until;
        entry.has_refused = !folded.refused.is_empty();
        entry.state = folded.state;
        self.steps += folded.steps;
        let known = folded.known_row(log);
        self.know(case, known)?;
        if !repeated.is_empty() {
            self.unlink(case, &repeated);
        }
        self.moved(case, &before, &folded.state);
        Ok(())
    }

    fn know(&mut self, case: u32, known: Option<std::result::Result<u32, Known>>) -> Result<()> {
        let row = match known {
            None => NONE,
            Some(Ok(row)) => row,
            Some(Err(known)) => self.log.keep_merged(known)?,
        };
        self.cases.get_mut(case).ok_or_else(full)?.known = row;
        Ok(())
    }

    /// Takes events out of their case, as if they had not come.
    fn unlink(&mut self, case: u32, gone: &[u32]) {
        let Some(entry) = self.cases.get_mut(case) else { return };
        let gone: BTreeSet<u32> = gone.iter().copied().collect();
        let kept: Vec<u32> = self
            .log
            .chain(entry.last)
            .map(|(number, _)| number)
            .filter(|number| !gone.contains(number))
            .collect();
        entry.last = kept.first().copied().unwrap_or(NONE);
        for (place, number) in kept.iter().enumerate() {
            if let Some(stored) = self.log.events.get_mut(*number) {
                stored.before = kept.get(place + 1).copied().unwrap_or(NONE);
            }
        }
    }

    /// Drops the events that their cases cannot take, and says how many: none of them will find its place any more.
    pub fn drop_refused(&mut self) -> usize {
        let with_refused: Vec<u32> =
            self.cases.iter().filter(|(_, entry)| entry.has_refused).map(|(case, _)| case).collect();
        let mut dropped = 0;
        for case in with_refused {
            // A correction of what is dropped corrects nothing any more, and goes with it.
            while let Some(entry) = self.cases.get_mut(case).filter(|entry| entry.has_refused) {
                let folded =
                    Story::of(&self.log, entry.last).fold(&self.log, &self.clocks, NEVER, Nanos::MIN);
                let refused: Vec<u32> = folded.refused.iter().map(|(number, _)| *number).collect();
                entry.has_refused = !refused.is_empty();
                dropped += refused.len();
                self.unlink(case, &refused);
            }
        }
        if dropped > 0 {
            self.positions = Positions::beyond(self.position(), self.log.events.len());
        }
        dropped
    }

    /// How often an event was tried so far: for tests of growth, which count work and not time.
    #[doc(hidden)]
    pub fn steps(&self) -> u64 {
        self.steps
    }

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
            if entry.state.wake() != at {
                continue;
            }
            let before = entry.state;
            entry.state.pass(&self.clocks, at, |at, what| told.push((at, case, what)));
            let after = entry.state;
            self.moved(case, &before, &after);
        }
        if self.wakes.len() < self.wakes.capacity() / 4 {
            self.wakes.shrink_to(self.wakes.len() * 2);
        }
        Ok(self.in_order(told))
    }

    /// What cases become, in the order of its own time: what was overdue comes there too.
    pub(super) fn in_order(&self, mut told: Vec<(Nanos, u32, Happening)>) -> Vec<DomainEvent> {
        told.sort_by(|a, b| (a.0, self.numbers.get(a.1), a.2).cmp(&(b.0, self.numbers.get(b.1), b.2)));
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

    /// What all its answers are judged by: its clock hours, their holidays, its rules, the time zone data (RULES I5).
    pub fn fingerprints(&self) -> &Fingerprints {
        &self.clocks.fingerprints
    }

    /// The events that their cases cannot take, by case, each as the error that names case, event and time.
    pub fn refused(&self) -> Vec<KlokuurError> {
        self.refused_events().into_iter().map(|(_, error)| error).collect()
    }

    /// The same, each with the number of its event in the log.
    pub(super) fn refused_events(&self) -> Vec<(u32, KlokuurError)> {
        let mut refused = Vec::new();
        let mut cases: Vec<_> = self
            .cases
            .iter()
            .filter(|(_, entry)| entry.has_refused)
            .map(|(case, entry)| (self.numbers.get(case).unwrap_or_default(), entry))
            .collect();
        cases.sort_by_key(|(number, _)| *number);
        for (number, entry) in cases {
            let folded = Story::of(&self.log, entry.last).fold(&self.log, &self.clocks, NEVER, Nanos::MIN);
            let mut problems: Vec<_> = folded
                .refused
                .into_iter()
                .filter_map(|(event, problem)| Some((event, *self.log.events.get(event)?, problem)))
                .collect();
            problems.sort_by(|(_, a, _), (_, b, _)| self.log.compare(a, b));
            refused.extend(problems.into_iter().map(|(which, event, problem)| {
                (which, self.clocks.impossible(number, event.content.kind.as_str(), event.at, problem))
            }));
        }
        refused
    }

    /// The case of an event, a new one for a new number, and the event's time.
    fn place(&mut self, event: &CaseEvent) -> Result<(u32, Nanos)> {
        let at = check(event)?;
        let (case, is_new) = self.numbers.intern(&event.case).ok_or_else(full)?;
        if is_new {
            let (last, known, place) = (NONE, NONE, NONE);
            let entry = Entry {
                state: State::NEW,
                newest: Nanos::MIN,
                last,
                known,
                place,
                has_corrections: false,
                has_refused: false,
                is_unsettled: false,
            };
            self.cases.push(entry).ok_or_else(full)?;
        }
        Ok((case, at))
    }

    /// Keeps an event in the log and in the index; its case does not know of it yet.
    fn keep(&mut self, case: u32, at: Nanos, event: &CaseEvent) -> Result<(u32, Stored)> {
        let before = self.cases.get(case).ok_or_else(full)?.last;
        let kept = self.log.keep(case, at, event, before)?;
        self.index(case, &event.what)?;
        self.newest = self.newest.max(at);
        Ok(kept)
    }

    /// The path of every event: straight on when it is the newest of its case, else by folding the case again. Says whether
    /// it was known already.
    fn put(&mut self, event: &CaseEvent, told: Option<&mut Vec<Told>>) -> Result<bool> {
        let (case, at) = self.place(event)?;
        let entry = self.cases.get(case).ok_or_else(full)?;
        let straight = entry.goes_straight_on(at, event);
        let is_late = at <= entry.newest || at <= entry.state.passed;
        let mut id_is_taken = false;
        if is_late || event.id.is_some() {
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
    fn go_on(&mut self, case: u32, number: u32, stored: Stored, told: Option<&mut Vec<Told>>) -> Result<()> {
        let entry = self.cases.get(case).ok_or_else(full)?;
        let (before, at) = (entry.state, stored.at);
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
        entry.state = state;
        if self.log.said(stored.content).is_some() {
            let earlier = self.log.known.get(entry.known).copied();
            entry.known = match learned(&self.log, earlier, stored.content) {
                Some(known) if earlier.is_some() => self.log.keep_merged(known)?,
                _ => stored.content.payload,
            };
        }
        if let Some(told) = told {
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
        let before = entry.state;
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
        let numbers =
            |taken: &[Effective]| taken.iter().map(|effective| effective.number).collect::<Vec<_>>();
        if let Some((_, problem)) = refused.into_iter().find(|(refused, _)| *refused == number)
            // An impossible event may still take its id from one that was taken: then the case has changed.
            && numbers(&old.taken) == numbers(&taken)
        {
            return Err(self.clocks.impossible(&event.case, event.what.kind().as_str(), at, problem));
        }
        entry.state = state;
        self.know(case, known)?;
        if let Some(told) = told {
            told.extend(difference(old.told, new));
        }
        self.moved(case, &before, &state);
        Ok(())
    }

    /// The refusal of an event that came before, if it was refused.
    fn refusal_of(&self, case: u32, number: u32) -> Result<()> {
        let Some(entry) = self.cases.get(case).filter(|entry| entry.has_refused) else { return Ok(()) };
        let folded = Story::of(&self.log, entry.last).fold(&self.log, &self.clocks, NEVER, Nanos::MIN);
        let refused = folded.refused.into_iter().find(|(refused, _)| *refused == number);
        match (refused, self.log.events.get(number)) {
            (Some((_, problem)), Some(event)) => {
                let name = self.numbers.get(case).unwrap_or_default();
                Err(self.clocks.impossible(name, event.content.kind.as_str(), event.at, problem))
            }
            _ => Ok(()),
        }
    }

    /// Adds the words of an event to those that lead to its case (RULES K4); a customer's name leads there by itself.
    fn index(&mut self, case: u32, what: &What) -> Result<()> {
        let mut texts: Vec<&str> = Vec::new();
        match what {
            What::Opened(opening) => {
                texts.extend(opening.searched());
                texts.extend(opening.text.as_deref());
            }
            What::PhoneContact { text, about, by: _ } => {
                texts.extend(about.searched());
                texts.extend(text.as_deref());
            }
            What::Described(about) => texts.extend(about.searched()),
            What::CustomerMessage { text } | What::SellerMessage { text, automatic: _ } => {
                texts.extend(text.as_deref());
            }
            What::Closed { explanation, by: _ } => texts.extend(explanation.as_deref()),
            What::Corrected { right: Some(right), .. } => return self.index(case, &right.what),
            _ => {}
        }
        texts.into_iter().try_for_each(|text| self.words.add(case, text).ok_or_else(full))
    }

    /// Puts a case whose state has changed in its list and in the queue for time.
    fn moved(&mut self, case: u32, before: &State, after: &State) {
        let (from, to) = (list_of(before), list_of(after));
        if from != to {
            if let Some(from) = from {
                self.leave(case, from);
            }
            if let Some(to) = to {
                self.enter(case, to);
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

    /// Keeps the first of the queue true, and the queue no longer than twice the cases that wait.
    fn drop_stale(&mut self) {
        let cases = &self.cases;
        let is_true =
            |wake: &Reverse<(Nanos, u32)>| cases.get(wake.0.1).is_some_and(|e| e.state.wake() == wake.0.0);
        while self.wakes.peek().is_some_and(|first| !is_true(first)) {
            self.wakes.pop();
        }
        if self.wakes.len() > self.waiting.saturating_mul(2).saturating_add(1024) {
            self.wakes.retain(is_true);
        }
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

/// What is only in the new story, and, as retracted, what is only in the old one; in order of time.
fn difference(mut old: Vec<(Nanos, Happening)>, mut new: Vec<(Nanos, Happening)>) -> Vec<Told> {
    old.sort_unstable();
    new.sort_unstable();
    let (mut old, mut new) = (old.into_iter().peekable(), new.into_iter().peekable());
    let mut found = Vec::new();
    loop {
        let order = match (old.peek(), new.peek()) {
            (None, None) => return found,
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (Some(was), Some(is)) => was.cmp(is),
        };
        match order {
            std::cmp::Ordering::Less => found.extend(old.next().map(|(at, what)| (at, what, true))),
            std::cmp::Ordering::Greater => found.extend(new.next().map(|(at, what)| (at, what, false))),
            std::cmp::Ordering::Equal => {
                old.next();
                new.next();
            }
        }
    }
}
