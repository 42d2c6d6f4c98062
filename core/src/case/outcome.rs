//! One row a case: how it came out, for norms, insights and overviews.

use chrono::{DateTime, Utc};

use super::book::CaseBook;
use super::clocks::Clocks;
use super::event::{CaseEvent, Description, EventKind};
use super::known::Known;
use super::measured::{CountedAmounts, Measured, is_measured};
use super::ordered::list_of;
use super::query::first_ended;
use super::replay::Folded;
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
/// use klokuur::case::{CaseEvent, Opening, Party, What, evaluate};
/// use klokuur::sla::ClockState;
/// use klokuur::Rulebook;
///
/// let at = |text: &str| text.parse::<DateTime<Utc>>();
/// let log = [
///     CaseEvent::new("K-1", at("2026-03-13T14:00:00Z")?, What::Opened(Opening::by(Party::Customer))),
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
    /// How every case stood at `now`, by case number, as it was known then: what is dated later is not looked at, a
    /// correction of what was before neither (RULES K14).
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

    /// The response-time numbers of every week with a question, at `now`, oldest first (RULES N). Archived cases count
    /// as they did in the book.
    ///
    /// # Errors
    /// - an instant outside the supported years, or before the last that happened to an archived case
    pub fn response_weeks<M: Moment>(&self, now: M) -> Result<ResponseWeeks> {
        let now = nanos(&now)?;
        let mut weeks = ResponseWeeks::new(self.clocks.zone()).with_fingerprints(self.fingerprints().clone());
        for case in 0..self.cases.len() {
            if let Some((state, _)) = self.state_at(case, now) {
                self.count_in(&mut weeks, &state, now)?;
            }
        }
        self.count_archived(&mut weeks, instant(now))?;
        Ok(weeks)
    }

    /// Counts a case in its week, if it is measured.
    pub(super) fn count_in(&self, weeks: &mut ResponseWeeks, state: &State, now: Nanos) -> Result<()> {
        if !is_measured(state) {
            return Ok(());
        }
        // No answer is owed any more, or not yet: the week still waits for the deadline (RULES N1).
        let held = match first_ended(state) {
            // It was cancelled while it stood still: there is no deadline to wait for any more.
            ClockState::Cancelled if state.has(flag::FIRST_PAUSED) => return Ok(()),
            ClockState::Cancelled => Some(state.first_due),
            ClockState::Paused => Some(now.saturating_add(1_000)),
            _ => None,
        };
        if let Some(due) = held {
            return weeks.add_deadline(instant(state.opened_at), instant(due));
        }
        let late = state.has(flag::FIRST_BREACHED);
        let answered = state.has(flag::FIRST_ANSWERED).then(|| {
            // The weeks count in microseconds: what is late by a nanosecond must not round to in time.
            let latest = state.first_due.saturating_add(1_000);
            instant(if late { state.first_end.max(latest) } else { state.first_end })
        });
        weeks.add(instant(state.opened_at), instant(state.first_due), answered, instant(now))
    }

    /// The response-time numbers of one week, at `now` (RULES N): judge them with [`crate::norm::judge`].
    ///
    /// # Errors
    /// - as [`response_weeks`](Self::response_weeks)
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
        Some(self.story_at(entry, now))
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
    Ok(outcome_of_measured(&Measured::of(clocks, state, now, CountedAmounts::ALL)?, said))
}

/// How a case came out, of its numbers and of what its events said.
pub(super) fn outcome_of_measured(measured: &Measured, said: Said) -> CaseOutcome {
    let some = |at: Nanos| (at != NEVER).then(|| instant(at));
    facts!(described_by { said.about, CaseOutcome {
        case: said.case,
        kind: measured.kind,
        origin: measured.origin,
        status: measured.status,
        opened: instant(measured.opened),
        is_measured: measured.is_measured,
        due: some(measured.due),
        answered: some(measured.answered),
        verdict: measured.verdict,
        elapsed: measured.elapsed.map(|used| Amount::of(used, measured.elapsed_basis)),
        closed: some(measured.closed),
        closed_by: measured.closed_by,
        handling: Amount::of(measured.handling, measured.handling_basis),
        follow_ups: measured.follow_ups.into(),
        follow_ups_late: measured.follow_ups_late.into(),
        was_forwarded: measured.was_forwarded,
        was_returned: measured.was_returned,
        handled: said.handled,
        result: said.result,
        phone_contacts: measured.phone_contacts.into(),
        shipping_method: said.shipping_method,
        scores: said.surveys.last().map(|answer| answer.scores.clone()),
        surveys: said.surveys,
    }})
}
