//! A log in rows, as columns and files have it: what is refused names its row.

use super::book::CaseBook;
use super::event::CaseEvent;
use super::outcome::is_known;
use super::row::Outcomes;
use super::straight::StraightCases;
use crate::error::{KlokuurError, Result};
use crate::rulebook::RulesByWeek;
use crate::sla::instant::{Nanos, instant, nanos};
use crate::time::Moment;

/// How every case of a log came out at `now`, as [`evaluate`](super::evaluate) says it, and the rows that were refused,
/// each with its error, by row.
///
/// A row is a number of the caller's own, such as the line of a file. Of a refused event that stands in the log twice,
/// the first row is named.
///
/// # Errors
/// - clock hours in `rules` that mean nothing
/// - an instant outside the supported years as `now`
///
/// ```
/// use chrono::{DateTime, Utc};
/// use klokuur::case::{CaseEvent, What, evaluate_rows};
/// use klokuur::Rulebook;
///
/// let at = |text: &str| text.parse::<DateTime<Utc>>();
/// let answered = CaseEvent::new("K-1", at("2026-03-16T14:00:00Z")?, What::seller_message());
/// let found = evaluate_rows([(7, answered)], &Rulebook::bol(), at("2026-04-01T00:00:00Z")?)?;
/// assert!(found.outcomes.is_empty());
/// assert_eq!((found.refused[0].0, found.refused[0].1.code()), (7, "impossible_transition")); // it was never opened
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn evaluate_rows<R: RulesByWeek + ?Sized, M: Moment>(
    rows: impl IntoIterator<Item = (usize, CaseEvent)>,
    rules: &R,
    now: M,
) -> Result<Outcomes<(usize, KlokuurError)>> {
    let until = nanos(&now)?;
    let rows = rows.into_iter().filter(|(_, event)| is_known(event, until));
    outcomes_of(CaseBook::of(rules)?, rows, now)
}

fn outcomes_of<M: Moment>(
    mut book: CaseBook,
    rows: impl IntoIterator<Item = (usize, CaseEvent)>,
    now: M,
) -> Result<Outcomes<(usize, KlokuurError)>> {
    let refused = book.load_rows(rows);
    Ok(Outcomes { outcomes: book.outcomes(now)?, refused, fingerprints: book.fingerprints().clone() })
}

/// The same for a log that comes case by case: `next_case` adds all events of the next one. Only what is tangled goes
/// through the book, which is empty.
pub(super) fn evaluate_cases(
    mut next_case: impl FnMut(&mut Vec<(usize, CaseEvent)>) -> bool,
    book: CaseBook,
    until: Nanos,
) -> Result<Outcomes<(usize, KlokuurError)>> {
    let cases = StraightCases::new(&book.clocks, until);
    let (mut outcomes, mut tangled) = (Vec::new(), Vec::new());
    let mut events: Vec<(usize, CaseEvent)> = Vec::new();
    while next_case(&mut events) {
        events.retain(|(_, event)| is_known(event, until));
        if !events.is_sorted_by_key(|(_, event)| event.at) {
            events.sort_by_key(|(_, event)| event.at);
        }
        match cases.fold(&events) {
            Some(state) => outcomes.extend(cases.outcome(&state, events.drain(..).map(|(_, event)| event))?),
            None => tangled.append(&mut events),
        }
    }
    let mut found = outcomes_of(book, tangled, instant(until))?;
    outcomes.append(&mut found.outcomes);
    outcomes.sort_by(|a, b| a.case.cmp(&b.case));
    Ok(Outcomes { outcomes, ..found })
}
