//! One row a case: how it came out, for norms, insights and overviews.

use chrono::{DateTime, Utc};

use super::book::{CaseBook, list_of};
use super::clocks::Clocks;
use super::event::{By, CaseEvent, CaseKind, CaseStatus, Description, EventKind, Origin};
use super::log::Known;
use super::query::first_ended;
use super::replay::{Folded, Story};
use super::row::{CaseOutcome, Outcomes};
use super::state::{State, flag};
use super::survey::SurveyAnswer;
use crate::error::Result;
use crate::norm::{RESPONSE_TIME, ResponseWeeks, WeekNumbers};
use crate::rulebook::RulesByWeek;
use crate::shipping::ShippingMethod;
use crate::sla::instant::{NEVER, Nanos, instant, nanos};
use crate::sla::{Amount, ClockState};
use crate::time::Moment;
use crate::week::IsoWeek;

/// How every case of a log came out at `now`, by case number, and the events that were refused, each with its error.
///
/// Events after `now` are not looked at. The fold is the book's: see [`CaseBook`].
///
/// # Errors
/// - clock hours in `rules` that mean nothing
/// - an instant outside the supported years
///
/// ```
/// use chrono::{DateTime, Utc};
/// use klokuur::case::{CaseEvent, Opening, Origin, What, evaluate};
/// use klokuur::sla::ClockState;
/// use klokuur::Rulebook;
///
/// let at = |text: &str| text.parse::<DateTime<Utc>>();
/// let log = [
///     CaseEvent::new("K-1", at("2026-03-13T14:00:00Z")?, What::Opened(Opening::by(Origin::Customer))),
///     CaseEvent::new("K-1", at("2026-03-16T14:00:00Z")?, What::seller_message()),
/// ];
/// let found = evaluate(&log, &Rulebook::bol(), at("2026-04-01T00:00:00Z")?)?;
/// assert_eq!(found.outcomes[0].verdict, ClockState::Met);
/// assert!(found.refused.is_empty());
/// assert_eq!(found.fingerprints, Rulebook::bol().fingerprints()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn evaluate<R: RulesByWeek + ?Sized, M: Moment>(
    events: &[CaseEvent],
    rules: &R,
    now: M,
) -> Result<Outcomes> {
    let until = nanos(&now)?;
    let known = events.iter().filter(|event| is_known(event, until));
    let (book, refused) = CaseBook::replay(rules, rules.newest_rules()?.schedule()?, known)?;
    Ok(Outcomes { outcomes: book.outcomes(now)?, refused, fingerprints: book.fingerprints().clone() })
}

/// Events after `now` are not looked at; one that no book can keep is refused there.
pub(super) fn is_known(event: &CaseEvent, until: Nanos) -> bool {
    event.at.timestamp_nanos_opt().is_none_or(|at| at <= until)
}

impl CaseBook {
    /// How every case stood at `now`, by case number.
    ///
    /// # Errors
    /// - an instant outside the supported years
    pub fn outcomes<M: Moment>(&self, now: M) -> Result<Vec<CaseOutcome>> {
        let mut outcomes = Vec::with_capacity(self.len());
        self.each_outcome(now, |outcome| outcomes.push(outcome))?;
        outcomes.sort_by(|a, b| a.case.cmp(&b.case));
        Ok(outcomes)
    }

    /// The same one by one, in the order in which the cases came.
    pub(crate) fn each_outcome<M: Moment>(&self, now: M, mut take: impl FnMut(CaseOutcome)) -> Result<()> {
        let now = nanos(&now)?;
        for case in 0..self.cases.len() {
            if let Some((state, known)) =
                self.state_at(case, now).filter(|(state, _)| list_of(state).is_some())
            {
                take(self.outcome(case, &state, &known, now)?);
            }
        }
        Ok(())
    }

    /// The response-time numbers of every week with a question, at `now`, oldest first (RULES N).
    ///
    /// # Errors
    /// - an instant outside the supported years
    pub fn response_weeks<M: Moment>(&self, now: M) -> Result<ResponseWeeks> {
        let now = nanos(&now)?;
        let mut weeks = ResponseWeeks::new(self.clocks.zone()).with_fingerprints(self.fingerprints().clone());
        for case in 0..self.cases.len() {
            let Some((state, _)) = self.state_at(case, now).filter(|(state, _)| is_measured(state)) else {
                continue;
            };
            // No answer is owed any more, or not yet: the week still waits for the deadline (RULES N1).
            let held = match first_verdict(&state) {
                ClockState::Cancelled => Some(state.first_due),
                ClockState::Paused => Some(now.saturating_add(1_000)),
                _ => None,
            };
            if let Some(due) = held {
                weeks.add_deadline(instant(state.opened_at), instant(due))?;
                continue;
            }
            let late = state.has(flag::FIRST_BREACHED);
            let answered = state.has(flag::FIRST_ANSWERED).then(|| {
                // The weeks count in microseconds: what is late by a nanosecond must not round to in time.
                let latest = state.first_due.saturating_add(1_000);
                instant(if late { state.first_end.max(latest) } else { state.first_end })
            });
            weeks.add(instant(state.opened_at), instant(state.first_due), answered, instant(now))?;
        }
        Ok(weeks)
    }

    /// The response-time numbers of one week, at `now` (RULES N): judge them with [`crate::norm::judge`].
    ///
    /// # Errors
    /// - an instant outside the supported years
    pub fn week<M: Moment>(&self, week: IsoWeek, now: M) -> Result<WeekNumbers> {
        let weeks = self.response_weeks(now)?.numbers();
        let found = weeks.into_iter().find(|numbers| numbers.week == week);
        let none =
            || WeekNumbers::new(RESPONSE_TIME, week, 0, 0).with_fingerprints(self.fingerprints().clone());
        Ok(found.unwrap_or_else(none))
    }

    fn outcome(&self, case: u32, state: &State, known: &Known, now: Nanos) -> Result<CaseOutcome> {
        let story = self.told_in_events(case, state, now);
        let handled = story
            .as_ref()
            .and_then(|folded| folded.taken.iter().rfind(|e| e.event.content.kind == EventKind::Handled));
        let said = Said {
            case: self.numbers.get(case).unwrap_or_default().to_owned(),
            about: self.log.description(known),
            shipping_method: known.shipping_method,
            handled: handled.map(|e| instant(e.event.at)),
            result: handled.and_then(|e| self.log.texts.get(e.event.content.payload)).map(str::to_owned),
            surveys: story.as_ref().map(|folded| self.surveys_of(folded)).unwrap_or_default(),
        };
        outcome_of(&self.clocks, state, said, now)
    }

    /// The story of a case that has more to tell than its state does; most have not.
    fn told_in_events(&self, case: u32, state: &State, now: Nanos) -> Option<Folded> {
        if !state.has(flag::EVER_ANSWERED | flag::EVER_HANDLED) {
            return None;
        }
        let entry = self.cases.get(case)?;
        Some(Story::of(&self.log, entry.last).fold(&self.log, &self.clocks, now, now))
    }
}

/// What its events say of a case, beside the state that they bring it to.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub(super) case: String,
    pub(super) about: Description,
    pub(super) shipping_method: Option<ShippingMethod>,
    /// When a return or a cancellation was handled last, and how.
    pub(super) handled: Option<DateTime<Utc>>,
    pub(super) result: Option<String>,
    pub(super) surveys: Vec<SurveyAnswer>,
}

/// How a case came out that is in this state at `now`.
pub(super) fn outcome_of(clocks: &Clocks, state: &State, said: Said, now: Nanos) -> Result<CaseOutcome> {
    let some = |at: Nanos| (at != NEVER).then(|| instant(at));
    let budget = state.first_budget(clocks);
    let has_due = state.has(flag::FIRST) && !state.has(flag::FIRST_PAUSED);
    let stop = state.first_end.min(now);
    let elapsed = match state.has(flag::FIRST) {
        false => None,
        true if state.has(flag::FIRST_PAUSED) => Some(budget.due.saturating_sub(state.first_due)),
        // A pause moved the deadline, so what is left to it says what was counted.
        true if state.first_due == NEVER => Some(budget.counter().between(state.first_from, stop)?),
        true => Some(budget.due.saturating_sub(budget.counter().between(stop, state.first_due)?)),
    };
    let closed_by = match (state.closed_at != NEVER, state.has(flag::CLOSED_BY_MARKETPLACE)) {
        (false, _) => None,
        (true, true) => Some(By::Marketplace),
        (true, false) => Some(By::Seller),
    };
    let clock = &clocks.on(state.opened_at).question;
    let handling = clock.counter().between(state.opened_at, state.closed_at.min(now))?;
    Ok(facts!(described_by { said.about, CaseOutcome {
        case: said.case,
        kind: state.kind,
        origin: state.origin,
        status: state.status,
        opened: instant(state.opened_at),
        is_measured: is_measured(state),
        due: some(state.first_due).filter(|_| has_due),
        answered: some(state.first_end).filter(|_| state.has(flag::FIRST_ANSWERED)),
        verdict: match first_verdict(state) {
            ClockState::Running if !budget.counter().counts(now)? => ClockState::OutsideHours,
            verdict => verdict,
        },
        elapsed: elapsed.map(|used| Amount::of(used, budget.basis())),
        closed: some(state.closed_at),
        closed_by,
        handling: Amount::of(handling, clock.basis()),
        follow_ups: state.follow_ups.into(),
        follow_ups_late: state.follow_ups_late.into(),
        was_forwarded: state.has(flag::WAS_FORWARDED),
        was_returned: state.has(flag::WAS_RETURNED),
        handled: said.handled,
        result: said.result,
        phone_contacts: state.phone_contacts.into(),
        shipping_method: said.shipping_method,
        scores: said.surveys.last().map(|answer| answer.scores.clone()),
        surveys: said.surveys,
    }}))
}

/// A first response to a new question of a customer: the only thing that the norm measures (RULES K8).
fn is_measured(state: &State) -> bool {
    // Where forwarding started the first clock, the marketplace's own question is measured as forwarded (RULES K5, K15).
    let asked = state.has(flag::FIRST) && !state.has(flag::FIRST_FORWARDED);
    asked && state.origin == Origin::Customer && state.kind == CaseKind::Question
}

fn first_verdict(state: &State) -> ClockState {
    let ended = first_ended(state);
    debug_assert!(ended != ClockState::Running || state.status != CaseStatus::Closed);
    ended
}
