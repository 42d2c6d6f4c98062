//! What can be asked of the book.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use chrono::DateTime;

use super::book::CaseBook;
use super::domain_event::CaseClock;
use super::entry::Entry;
use super::event::{EventKind, Party};
use super::events::Content;
use super::index::Index;
use super::known::Known;
use super::names::NONE;
use super::names::Names;
use super::ordered::{List, list_of};
use super::replay::{Effective, Folded, Story};
use super::row::{Case, CaseRow, Message};
use super::search::{begins, folded, words};
use super::state::{State, flag};
use super::survey::SurveyAnswer;
use super::terms::Budget;
use crate::error::Result;
use crate::sla::instant::{NEVER, Nanos, instant, nanos};
use crate::sla::why::Why;
use crate::sla::{Amount, ClockState};
use crate::time::{Moment, Zone};

/// Words with more rows than this are all common.
const RARE: usize = 10_000;

/// Of how many words of a search it is counted how rare they are.
const COUNTED: usize = 8;

/// A case as it stands, what is known of it, and its number.
pub(super) type Found = (State, Known, u32);

/// What a case number or an order number leads to.
#[derive(Default)]
struct ByNumber {
    numbers: BTreeSet<u32>,
    orders: BTreeSet<u32>,
    /// The cases of both; what is true of them now is still to be seen.
    cases: Vec<u32>,
}

/// A running clock of a case.
pub(super) struct Running<'a> {
    clock: CaseClock,
    from: Nanos,
    due: Nanos,
    budget: &'a Budget,
    is_paused: bool,
}

impl CaseBook {
    /// The cases that the seller sees as open at `now`, the oldest first, because it has priority (RULES K3). What is
    /// with the marketplace's customer service is not among them.
    ///
    /// # Errors
    /// - an instant outside the supported years
    pub fn overview<M: Moment>(&self, now: M) -> Result<Vec<CaseRow>> {
        self.page(List::Overview, nanos(&now)?, 0, usize::MAX)
    }

    /// A part of the [`overview`](Self::overview): `count` rows after the first `skip`. The book keeps its lists in
    /// order from the first time that they are asked for, so that a part is found without going through all cases; at a
    /// `now` before the newest event or the last [`advance`](Self::advance) it does go through all.
    ///
    /// # Errors
    /// - an instant outside the supported years
    pub fn overview_page<M: Moment>(&self, now: M, skip: usize, count: usize) -> Result<Vec<CaseRow>> {
        self.page(List::Overview, nanos(&now)?, skip, count)
    }

    /// The cases that are with the marketplace's customer service at `now`, hidden from the overview, the oldest first.
    ///
    /// # Errors
    /// - an instant outside the supported years
    pub fn with_marketplace<M: Moment>(&self, now: M) -> Result<Vec<CaseRow>> {
        self.page(List::Hidden, nanos(&now)?, 0, usize::MAX)
    }

    /// The closed cases at `now`, the one closed last first (RULES K3): `count` rows after the first `skip`.
    ///
    /// # Errors
    /// - an instant outside the supported years
    pub fn completed<M: Moment>(&self, now: M, skip: usize, count: usize) -> Result<Vec<CaseRow>> {
        self.page(List::Completed, nanos(&now)?, skip, count)
    }

    /// The cases whose case number or order number is `text`, or begins so when none is, and those that have a word
    /// with the beginning of each of its words among what is known of them and the messages (RULES K4), the oldest
    /// first. Upper and lower case are one, and accents are left aside. The first search indexes the words of all cases,
    /// and from then on each event adds its own.
    ///
    /// # Errors
    /// - an instant outside the supported years
    pub fn find<M: Moment>(&self, text: &str, now: M) -> Result<Vec<CaseRow>> {
        let now = nanos(&now)?;
        let mut found: Vec<Found> = Vec::new();
        let by_number = self.by_number(&folded(text.trim()));
        let wanted: Vec<String> = words(text).map(folded).collect();
        let mut candidates: Vec<u32> = by_number.cases.clone();
        // Every word is in a message or in what is known: so each leads to all cases that can match. The rarest of the
        // longest few does it soonest; to count more of them would cost more than it saves.
        let mut longest: Vec<&String> = wanted.iter().collect();
        longest.sort_by_key(|word| Reverse(word.len()));
        longest.truncate(COUNTED);
        let index = self.index()?;
        let hits = |word: &&String| {
            index.cases.rows(word).take(RARE).count() + index.customers.rows(word).take(RARE).count()
        };
        if let Some(rarest) = longest.into_iter().min_by_key(hits) {
            candidates.extend(index.cases.rows(rarest));
            for customer in index.customers.rows(rarest) {
                let newest = self.log.newest_of_customer.get(customer as usize).copied();
                let mut next = newest.unwrap_or(NONE);
                while let Some(known) = self.log.known.get(next) {
                    candidates.push(known.case);
                    next = known.same_customer;
                }
            }
        }
        candidates.sort_unstable();
        candidates.dedup();
        for case in candidates {
            let Some((state, known)) = self.state_at(case, now) else { continue };
            let has_number = by_number.numbers.contains(&case) || by_number.orders.contains(&known.order);
            if list_of(&state).is_some() && (has_number || self.has_words(case, &known, &wanted, now)) {
                found.push((state, known, case));
            }
        }
        self.sort_by_age(&mut found);
        found.into_iter().map(|(state, known, case)| self.row(case, &state, &known, now)).collect()
    }

    /// The index, made when it is first asked for: who never searches has none.
    fn index(&self) -> Result<&Index> {
        if let Some(index) = self.index.get() {
            return Ok(index);
        }
        let index = Index::of(&self.log, self.cases.iter().map(|(case, entry)| (case, entry.last)))?;
        Ok(self.index.get_or_init(|| Box::new(index)))
    }

    /// The cases by a case number or an order number: those that have it, else those whose number begins so.
    fn by_number(&self, text: &str) -> ByNumber {
        let mut found = ByNumber::default();
        if text.is_empty() {
            return found;
        }
        for whole in [true, false] {
            let those = |names: &Names| -> BTreeSet<u32> {
                (0..)
                    .zip(names.iter())
                    .filter(|(_, name)| begins(name, text, whole))
                    .map(|(n, _)| n)
                    .collect()
            };
            found.numbers = those(&self.numbers);
            found.orders = those(&self.log.orders);
            if !found.numbers.is_empty() || !found.orders.is_empty() {
                break;
            }
        }
        found.cases = found.numbers.iter().copied().collect();
        for order in &found.orders {
            let mut next = self.log.newest_of_order.get(*order as usize).copied().unwrap_or(NONE);
            while let Some(known) = self.log.known.get(next) {
                found.cases.push(known.case);
                next = known.same_order;
            }
        }
        found
    }

    /// One case as it stood at `now`, with its messages; none when it had not been opened.
    ///
    /// # Errors
    /// - an instant outside the supported years
    pub fn case<M: Moment>(&self, number: &str, now: M) -> Result<Option<Case>> {
        let now = nanos(&now)?;
        let Some((case, entry)) =
            self.numbers.find(number).and_then(|case| Some((case, self.cases.get(case)?)))
        else {
            return Ok(None);
        };
        let folded = self.story_at(entry, now);
        let Some(known) = folded.known(&self.log).filter(|_| folded.state.has(flag::OPENED)) else {
            return Ok(None);
        };
        let row = self.row(case, &folded.state, &known, now)?;
        let refused = folded.refused.iter().filter_map(|(number, problem)| {
            let event = self.log.events.get(*number).filter(|event| event.at <= now)?;
            let kind = event.content.kind.as_str();
            Some(self.clocks.impossible(&row.number, kind, event.at, problem.clone()))
        });
        let explanations = folded.taken.iter().filter(|e| e.event.content.kind == EventKind::Closed);
        let explanations =
            explanations.filter_map(|e| self.log.texts.get(e.event.content.payload).map(str::to_owned));
        let surveys = self.surveys_of(&folded);
        let has_survey = folded.state.later != NEVER;
        Ok(Some(Case {
            refused: refused.collect(),
            // While it is closed: else it is when to follow up.
            survey_at: row.closed_at.filter(|_| has_survey).map(|_| self.shown(folded.state.later)),
            scores: surveys.last().map(|answer| answer.scores.clone()),
            surveys,
            messages: folded.taken.iter().filter_map(|e| self.message(e.event.at, e.event.content)).collect(),
            explanations: explanations.collect(),
            fingerprints: self.clocks.fingerprints.clone(),
            row,
        }))
    }

    /// The answers to surveys, oldest first (RULES K16).
    pub(super) fn surveys_of(&self, folded: &Folded) -> Vec<SurveyAnswer> {
        let answers = folded.taken.iter().filter(|e| e.event.content.kind == EventKind::SurveyAnswered);
        let answer = |e: &Effective| {
            let scores = self.log.scores(e.event.content.payload)?;
            Some(SurveyAnswer { at: instant(e.event.at), scores })
        };
        answers.filter_map(answer).collect()
    }

    fn message(&self, at: Nanos, content: Content) -> Option<Message> {
        let text = |number: u32| self.log.texts.get(number).map(str::to_owned);
        let (from, text) = match content.kind {
            EventKind::CustomerMessage => (Party::Customer, text(content.payload)),
            EventKind::SellerMessage => (Party::Seller, text(content.payload)),
            EventKind::Opened => {
                let opened = self.log.known.get(content.payload)?;
                (opened.origin, text(opened.text))
            }
            _ => return None,
        };
        Some(Message { at: instant(at), from, automatic: content.is_automatic(), text })
    }

    /// The index may know more than is true now: texts of refused events, openings that were corrected.
    fn has_words(&self, case: u32, known: &Known, wanted: &[String], now: Nanos) -> bool {
        let Some(entry) = self.cases.get(case).filter(|_| !wanted.is_empty()) else { return false };
        let story = Story::known_at(&self.log, entry.last, now);
        let story = story.fold(&self.log, &self.clocks, now, Nanos::MIN);
        let said = story.taken.iter().filter_map(|e| match e.event.content.kind {
            EventKind::CustomerMessage | EventKind::SellerMessage | EventKind::Closed => {
                self.log.texts.get(e.event.content.payload)
            }
            EventKind::Opened | EventKind::PhoneContact => {
                self.log.said(e.event.content).and_then(|said| self.log.texts.get(said.text))
            }
            _ => None,
        });
        let texts = self.log.known_texts(known).chain(said);
        let has: BTreeSet<String> = texts.flat_map(words).map(folded).collect();
        wanted.iter().all(|word| {
            has.range(word.clone()..).next().is_some_and(|found| found.starts_with(word.as_str()))
        })
    }

    /// The state of a case at `now` and what is known of it then; none when it had not been opened.
    pub(super) fn state_at(&self, case: u32, now: Nanos) -> Option<(State, Known)> {
        let entry = self.cases.get(case)?;
        let (state, known) = self.entry_at(entry, now);
        Some((state, known?)).filter(|(state, _)| state.has(flag::OPENED))
    }

    fn entry_at(&self, entry: &Entry, now: Nanos) -> (State, Option<Known>) {
        if now < entry.newest || now < entry.passed() {
            let folded = self.story_at(entry, now);
            return (folded.state, folded.known(&self.log));
        }
        let mut state = entry.state();
        state.pass(&self.clocks, now, |_, _| {});
        (state, self.log.known.get(entry.known))
    }

    /// What became of a case by `now`, as it was known then.
    pub(super) fn story_at(&self, entry: &Entry, now: Nanos) -> Folded {
        Story::known_at(&self.log, entry.last, now).fold(&self.log, &self.clocks, now, now)
    }

    pub(super) fn sort_by_age(&self, found: &mut [Found]) {
        found.sort_by(|(a, _, x), (b, _, y)| {
            a.opened_at.cmp(&b.opened_at).then_with(|| self.numbers.get(*x).cmp(&self.numbers.get(*y)))
        });
    }

    pub(super) fn shown(&self, at: Nanos) -> DateTime<Zone> {
        instant(at).with_timezone(&self.clocks.zone())
    }

    /// The running clock with the earliest deadline; a paused one only when there is no other.
    fn running(&self, state: &State) -> Option<Running<'_>> {
        let first = state.first_is_active().then(|| Running {
            clock: state.first_clock(),
            from: state.first_from,
            due: state.first_due,
            budget: state.first_budget(&self.clocks),
            is_paused: state.has(flag::FIRST_PAUSED),
        });
        let reply = state.reply_is_active().then(|| Running {
            clock: CaseClock::FollowUp,
            from: state.reply_from,
            due: state.reply_due,
            budget: state.reply_budget(&self.clocks),
            is_paused: false,
        });
        let forwarded = state.forwarded_is_active().then(|| Running {
            clock: CaseClock::Forwarded,
            from: state.forwarded_from,
            due: state.forwarded_due,
            budget: state.forwarded_budget(&self.clocks),
            is_paused: false,
        });
        let running = reply.into_iter().chain(forwarded).chain(first);
        running.min_by_key(|running| (running.is_paused, running.due))
    }

    pub(super) fn row(&self, case: u32, state: &State, known: &Known, now: Nanos) -> Result<CaseRow> {
        let some = |at: Nanos| (at != NEVER).then(|| self.shown(at));
        let running = self.running(state);
        let mut row = facts!(told_of { self.log, known, CaseRow {
            number: self.numbers.get(case).unwrap_or_default().to_owned(),
            shipping_method: known.shipping_method,
            kind: state.kind,
            origin: state.origin,
            status: state.status,
            opened_at: self.shown(state.opened_at),
            closed_at: some(state.closed_at),
            clock: running.as_ref().map(|running| running.clock),
            state: first_ended(state),
            due: None,
            elapsed: None,
            remaining: None,
            late: None,
            is_open_long: state.is_open_long(),
            goes_back_at: some(state.goes_back),
            follow_up_at: match state.status {
                super::CaseStatus::FollowUpLater => some(state.later),
                _ => None,
            },
            customer_messages: state.counts.customer_messages.into(),
            seller_messages: state.counts.seller_messages.into(),
            why: None,
        }});
        if let Some(running) = running {
            self.fill(&mut row, case, &running, now)?;
        }
        Ok(row)
    }

    fn fill(&self, row: &mut CaseRow, case: u32, running: &Running<'_>, now: Nanos) -> Result<()> {
        let counter = running.budget.counter();
        let basis = running.budget.basis();
        let target = running.budget.due;
        let used = if running.is_paused {
            target.saturating_sub(running.due)
        } else {
            // After a pause the clock's start is not where counting began; its deadline is what it counts towards.
            target.saturating_sub(counter.between(now, running.due)?)
        };
        row.state = match () {
            () if running.is_paused => ClockState::Paused,
            () if now > running.due => ClockState::Breached,
            () if counter.counts(now)? => ClockState::Running,
            () => ClockState::OutsideHours,
        };
        row.elapsed = Some(Amount::of(used.max(0), basis));
        row.remaining = Some(Amount::of(target.saturating_sub(used).clamp(0, target), basis));
        row.late = Some(Amount::of(used.saturating_sub(target).max(0), basis));
        if !running.is_paused {
            row.due = Some(self.shown(running.due));
            let mut why = Why::new(self.clocks.zone(), self.clocks.fingerprints.clone());
            let mut from = running.from;
            // C8: a pause is no time that counted, though the clock's deadline lies behind it.
            if running.clock.may_pause() && self.clocks.on(running.from).paused_with_marketplace {
                for (paused, resumed) in self.pauses(case, now) {
                    why.counted(counter, from, paused)?;
                    why.paused(paused, resumed);
                    from = resumed;
                }
            }
            why.counted(counter, from, running.due)?;
            row.why = Some(why.told(running.from, running.due));
        }
        Ok(())
    }
}

/// How the first response stands when no clock runs.
pub(super) fn first_ended(state: &State) -> ClockState {
    match () {
        () if !state.has(flag::FIRST) => ClockState::NotStarted,
        () if state.has(flag::FIRST_BREACHED) => ClockState::Breached,
        () if state.has(flag::FIRST_ANSWERED) => ClockState::Met,
        () if state.has(flag::FIRST_CANCELLED) => ClockState::Cancelled,
        () if state.has(flag::FIRST_PAUSED) => ClockState::Paused,
        () => ClockState::Running,
    }
}
