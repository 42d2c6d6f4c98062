//! What can be asked of the book.

use chrono::{DateTime, TimeZone};
use chrono_tz::Tz;

use super::book::{CaseBook, Entry, List, list_of};
use super::clocks::Budget;
use super::domain_event::CaseClock;
use super::event::EventKind;
use super::log::{NONE, Opened};
use super::replay::{Folded, Story};
use super::row::{Case, CaseRow, Message, Sender};
use super::search::{lower_into, words};
use super::state::{Duty, NEVER, State, flag};
use crate::error::Result;
use crate::sla::instant::{Nanos, instant, nanos};
use crate::sla::why::Why;
use crate::sla::{Amount, ClockState};

/// Words with more rows than this are all common.
const RARE: usize = 10_000;

/// A running clock of a case.
pub(super) struct Running<'a> {
    clock: CaseClock,
    from: Nanos,
    due: Nanos,
    budget: &'a Budget,
    is_paused: bool,
    has_warned: bool,
}

impl CaseBook {
    /// The cases that the seller sees as open at `now`, the oldest first, because it has priority (RULES K3). What is
    /// with the marketplace's customer service is not among them.
    ///
    /// # Errors
    /// - an instant outside the supported years
    pub fn overview<Z: TimeZone>(&self, now: DateTime<Z>) -> Result<Vec<CaseRow>> {
        self.page(List::Overview, nanos(&now)?, 0, usize::MAX)
    }

    /// A part of the [`overview`](Self::overview): `count` rows after the first `skip`.
    ///
    /// # Errors
    /// - an instant outside the supported years
    pub fn overview_page<Z: TimeZone>(
        &self,
        now: DateTime<Z>,
        skip: usize,
        count: usize,
    ) -> Result<Vec<CaseRow>> {
        self.page(List::Overview, nanos(&now)?, skip, count)
    }

    /// The cases that are with the marketplace's customer service at `now`, hidden from the overview, the oldest first.
    ///
    /// # Errors
    /// - an instant outside the supported years
    pub fn with_marketplace<Z: TimeZone>(&self, now: DateTime<Z>) -> Result<Vec<CaseRow>> {
        self.page(List::Hidden, nanos(&now)?, 0, usize::MAX)
    }

    /// The closed cases at `now`, the one closed last first (RULES K3): `count` rows after the first `skip`.
    ///
    /// # Errors
    /// - an instant outside the supported years
    pub fn completed<Z: TimeZone>(
        &self,
        now: DateTime<Z>,
        skip: usize,
        count: usize,
    ) -> Result<Vec<CaseRow>> {
        self.page(List::Completed, nanos(&now)?, skip, count)
    }

    /// The cases whose case number or order number is `text`, and those that have all its words in the customer's name
    /// and the messages (RULES K4), the oldest first. Upper and lower case are one.
    ///
    /// # Errors
    /// - an instant outside the supported years
    pub fn find<Z: TimeZone>(&self, text: &str, now: DateTime<Z>) -> Result<Vec<CaseRow>> {
        let now = nanos(&now)?;
        let mut found: Vec<(State, u32, u32)> = Vec::new();
        let mut candidates: Vec<u32> = self.numbers.find(text.trim()).into_iter().collect();
        candidates.extend(self.cases_of_order(text.trim()));
        let wanted: Vec<&str> = words(text).collect();
        // Every word is in a message or in the name: so the rarest one is, and it leads to all cases that can match.
        let hits = |word: &str| {
            let customers = self.log.customer_words.rows(word).take(RARE).count();
            self.words.rows(word).take(RARE).count() + customers
        };
        if let Some(rarest) = wanted.iter().min_by_key(|word| hits(word)) {
            candidates.extend(self.words.rows(rarest));
            for customer in self.log.customer_words.rows(rarest) {
                let newest = self.log.newest_of_customer.get(customer as usize).copied();
                let mut next = newest.unwrap_or(NONE);
                while let Some(opened) = self.log.openings.get(next) {
                    candidates.push(opened.case);
                    next = opened.same_customer;
                }
            }
        }
        candidates.sort_unstable();
        candidates.dedup();
        for case in candidates {
            let Some((state, opening)) = self.state_at(case, now) else { continue };
            if self.matches(case, opening, text.trim(), &wanted, now) {
                found.push((state, opening, case));
            }
        }
        self.sort_by_age(&mut found);
        found.into_iter().map(|(state, opening, case)| self.row(case, &state, opening, now)).collect()
    }

    /// One case as it stood at `now`, with its messages; none when it had not been opened.
    ///
    /// # Errors
    /// - an instant outside the supported years
    pub fn case<Z: TimeZone>(&self, number: &str, now: DateTime<Z>) -> Result<Option<Case>> {
        let now = nanos(&now)?;
        let Some((case, entry)) =
            self.numbers.find(number).and_then(|case| Some((case, self.cases.get(case)?)))
        else {
            return Ok(None);
        };
        let folded = Story::of(&self.log, entry.last, None).fold(&self.log, &self.clocks, now, now);
        let Some(opening) = opening_of(&folded).filter(|_| folded.state.has(flag::OPENED)) else {
            return Ok(None);
        };
        let row = self.row(case, &folded.state, opening, now)?;
        let survey = folded.state.has(flag::SURVEY_WAITS | flag::SURVEY_SENT) && row.closed_at.is_some();
        let refused = folded.refused.iter().filter_map(|(number, problem)| {
            let event = self.log.events.get(*number).filter(|event| event.at <= now)?;
            let kind = event.deed.kind.as_str();
            Some(super::clocks::impossible(&row.number, kind, event.at, problem.clone()))
        });
        let explanations = folded.taken.iter().filter(|e| e.event.deed.kind == EventKind::Closed);
        let explanations =
            explanations.filter_map(|e| self.log.texts.get(e.event.deed.payload).map(str::to_owned));
        let scores = self.scores_of(&folded);
        Ok(Some(Case {
            refused: refused.collect(),
            survey_at: survey.then(|| self.shown(folded.state.later)),
            scores,
            messages: folded.taken.iter().filter_map(|e| self.message(e.event.at, e.event.deed)).collect(),
            explanations: explanations.collect(),
            row,
        }))
    }

    pub(super) fn scores_of(&self, folded: &Folded) -> Option<super::Scores> {
        let mut answers = folded.taken.iter().filter(|e| e.event.deed.kind == EventKind::SurveyAnswered);
        answers.next_back().and_then(|e| self.log.scores(e.event.deed.payload))
    }

    fn message(&self, at: Nanos, deed: super::log::Deed) -> Option<Message> {
        let text = |number: u32| self.log.texts.get(number).map(str::to_owned);
        let (from, text) = match deed.kind {
            EventKind::CustomerMessage => (Sender::Customer, text(deed.payload)),
            EventKind::SellerMessage => (Sender::Seller, text(deed.payload)),
            EventKind::Opened => {
                let opened = self.log.openings.get(deed.payload)?;
                let from = match opened.origin {
                    super::Origin::Customer => Sender::Customer,
                    super::Origin::Seller => Sender::Seller,
                    super::Origin::Marketplace => Sender::Marketplace,
                };
                (from, text(opened.text))
            }
            _ => return None,
        };
        Some(Message { at: instant(at), from, automatic: deed.detail, text })
    }

    fn cases_of_order(&self, order: &str) -> Vec<u32> {
        let mut cases = Vec::new();
        let number = self.log.orders.find(order);
        let mut next = number.and_then(|n| self.log.newest_of_order.get(n as usize)).copied().unwrap_or(NONE);
        while let Some(opened) = self.log.openings.get(next) {
            cases.push(opened.case);
            next = opened.same_order;
        }
        cases
    }

    /// The index may know more than is true now: texts of refused events, openings that were corrected.
    fn matches(&self, case: u32, opening: u32, text: &str, wanted: &[&str], now: Nanos) -> bool {
        let opened = self.log.openings.get(opening);
        let order = opened.and_then(|o| self.log.orders.get(o.order));
        if self.numbers.get(case) == Some(text) || order == Some(text) {
            return true;
        }
        let Some(entry) = self.cases.get(case).filter(|_| !wanted.is_empty()) else { return false };
        let folded = Story::of(&self.log, entry.last, None).fold(&self.log, &self.clocks, now, Nanos::MIN);
        let customer = opened.and_then(|o| self.log.customers.get(o.customer));
        let said = folded.taken.iter().filter_map(|e| match e.event.deed.kind {
            EventKind::CustomerMessage | EventKind::SellerMessage | EventKind::Closed => {
                self.log.texts.get(e.event.deed.payload)
            }
            EventKind::Opened => {
                self.log.openings.get(e.event.deed.payload).and_then(|o| self.log.texts.get(o.text))
            }
            _ => None,
        });
        let mut lower = String::new();
        let mut has = std::collections::BTreeSet::new();
        for word in customer.into_iter().chain(said).flat_map(words) {
            lower_into(&mut lower, word);
            if !has.contains(&lower) {
                has.insert(lower.clone());
            }
        }
        wanted.iter().all(|word| {
            lower_into(&mut lower, word);
            has.contains(&lower)
        })
    }

    /// The state of a case at `now` and its opening; none when it had not been opened.
    pub(super) fn state_at(&self, case: u32, now: Nanos) -> Option<(State, u32)> {
        let entry = self.cases.get(case)?;
        let found = self.entry_at(entry, now);
        Some(found).filter(|(state, _)| state.has(flag::OPENED))
    }

    fn entry_at(&self, entry: &Entry, now: Nanos) -> (State, u32) {
        if now < entry.newest || now < entry.state.passed {
            let folded = Story::of(&self.log, entry.last, None).fold(&self.log, &self.clocks, now, now);
            let opening = opening_of(&folded).unwrap_or(NONE);
            return (folded.state, opening);
        }
        let mut state = entry.state;
        state.pass(&self.clocks, now, |_, _| {});
        (state, entry.opening)
    }

    fn page(&self, list: List, now: Nanos, skip: usize, count: usize) -> Result<Vec<CaseRow>> {
        // In the past a case may have stood in another list; forwarded cases leave the overview with time alone.
        let from_lists: Vec<u32> = if now < self.newest {
            (0..self.cases.len()).collect()
        } else {
            let lists = self.lists.iter().enumerate();
            let may = lists.filter(|(index, _)| {
                *index == list as usize || (list == List::Hidden && *index == List::Overview as usize)
            });
            may.flat_map(|(_, cases)| cases.iter().copied()).collect()
        };
        let mut found: Vec<(State, u32, u32)> = from_lists
            .into_iter()
            .filter_map(|case| self.state_at(case, now).map(|(state, opening)| (state, opening, case)))
            .filter(|(state, ..)| list_of(state) == Some(list))
            .collect();
        if list == List::Completed {
            let number = |case: u32| self.numbers.get(case);
            found.sort_by(|(a, _, x), (b, _, y)| {
                b.closed_at.cmp(&a.closed_at).then_with(|| number(*x).cmp(&number(*y)))
            });
        } else {
            self.sort_by_age(&mut found);
        }
        let page = found.into_iter().skip(skip).take(count);
        page.map(|(state, opening, case)| self.row(case, &state, opening, now)).collect()
    }

    fn sort_by_age(&self, found: &mut [(State, u32, u32)]) {
        found.sort_by(|(a, _, x), (b, _, y)| {
            a.opened_at.cmp(&b.opened_at).then_with(|| self.numbers.get(*x).cmp(&self.numbers.get(*y)))
        });
    }

    pub(super) fn shown(&self, at: Nanos) -> DateTime<Tz> {
        instant(at).with_timezone(&self.clocks.zone())
    }

    /// The running clock with the earliest deadline; a paused one only when there is no other.
    fn running(&self, state: &State) -> Option<Running<'_>> {
        let duty = match state.duty {
            Duty::None => None,
            Duty::FollowUp => Some((CaseClock::FollowUp, &self.clocks.follow_up)),
            Duty::Forwarded => Some((CaseClock::Forwarded, &self.clocks.forwarded)),
        };
        let duty = duty.map(|(clock, budget)| Running {
            clock,
            from: state.duty_from,
            due: state.duty_due,
            budget,
            is_paused: false,
            has_warned: state.has(flag::DUTY_WARNED),
        });
        let first = state.first_is_active().then(|| Running {
            clock: state.first_clock(),
            from: state.opened_at,
            due: state.first_due,
            budget: self.clocks.first(state.kind),
            is_paused: state.has(flag::FIRST_PAUSED),
            has_warned: state.has(flag::FIRST_WARNED),
        });
        duty.into_iter().chain(first).min_by_key(|running| (running.is_paused, running.due))
    }

    pub(super) fn row(&self, case: u32, state: &State, opening: u32, now: Nanos) -> Result<CaseRow> {
        let opened = self.log.openings.get(opening);
        let label = |field: fn(&Opened) -> u32| {
            opened.and_then(|opened| self.log.label(field(opened))).map(str::to_owned)
        };
        let some = |at: Nanos| (at != NEVER).then(|| self.shown(at));
        let running = self.running(state);
        let mut row = CaseRow {
            number: self.numbers.get(case).unwrap_or_default().to_owned(),
            order: opened.and_then(|opened| self.log.orders.get(opened.order)).map(str::to_owned),
            customer: opened.and_then(|opened| self.log.customers.get(opened.customer)).map(str::to_owned),
            subject: label(|opened| opened.subject),
            item: label(|opened| opened.item),
            defect: label(|opened| opened.defect),
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
            is_open_long: running.as_ref().is_some_and(|running| running.has_warned),
            goes_back_at: (state.duty == Duty::Forwarded).then(|| self.shown(state.duty_next)),
            follow_up_at: match state.status {
                super::CaseStatus::FollowUpLater => some(state.later),
                _ => None,
            },
            customer_messages: state.customer_messages.into(),
            seller_messages: state.seller_messages.into(),
            why: None,
        };
        if let Some(running) = running {
            self.fill(&mut row, &running, now)?;
        }
        Ok(row)
    }

    fn fill(&self, row: &mut CaseRow, running: &Running<'_>, now: Nanos) -> Result<()> {
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
            let mut why = Why::new(self.clocks.zone());
            why.counted(counter, running.from, running.due)?;
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

pub(super) fn opening_of(folded: &Folded) -> Option<u32> {
    let opening = folded.taken.iter().find(|e| e.event.deed.kind == EventKind::Opened)?;
    Some(opening.event.deed.payload)
}
