//! What became of an event that a book was given.

use chrono::{DateTime, TimeDelta, Utc};

use super::domain_event::DomainEvent;
use super::event::{CaseEvent, What};
use crate::error::{KlokuurError, Result};
use crate::sla::instant::{instant, nanos};
use crate::time::Moment;

/// How far a clock that dates events may be ahead of the one that says `now`: five minutes.
pub const CLOCK_TOLERANCE: TimeDelta = TimeDelta::minutes(5);

/// What became of an event that a book keeps. One that it does not keep is an error of [`CaseBook::apply`].
///
/// **What a log must hold.** An application that keeps a log of its own keeps every event for which `apply` answered,
/// whichever of the three it answered, and the latest `now` that it advanced to. A book made of these answers as the
/// one before and tells nothing twice. The order of the events does not matter, and one that stands in the log twice is
/// one; what `apply` made an error of is in no book, so it has no place in the log.
///
/// ```
/// use chrono::{DateTime, Utc};
/// use klokuur::Rulebook;
/// use klokuur::case::{Applied, CaseBook, CaseEvent, Opening, Party, SavedBook, What};
///
/// let at = |text: &str| text.parse::<DateTime<Utc>>();
/// let answer = CaseEvent::new("K-1", at("2026-03-13T15:00:00Z")?, What::seller_message());
/// let question = CaseEvent::new("K-1", at("2026-03-13T14:00:00Z")?, What::Opened(Opening::by(Party::Customer)));
///
/// let rules = Rulebook::bol();
/// let (mut book, mut log) = (CaseBook::of(&rules)?, Vec::new());
/// for event in [answer, question] {
///     match book.apply(&event)? {
///         Applied::Taken(told) => println!("to tell: {told:?}"),
///         Applied::KeptAside(why) => println!("waits for an earlier event: {why}"),
///         Applied::KnownAlready => println!("came before"),
///     }
///     log.push(event); // the answer too, though its question came after it
/// }
/// let (advanced_to, fingerprints) = (book.advanced_to(), Some(book.fingerprints().clone()));
/// let saved = SavedBook { events: log, advanced_to, fingerprints, ..SavedBook::default() };
/// let now = at("2026-03-20T09:00:00Z")?;
/// assert_eq!(CaseBook::restore(&rules, rules.schedule()?, &saved)?.outcomes(now)?, book.outcomes(now)?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// [`CaseBook::apply`]: super::CaseBook::apply
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "an event that is kept aside is no error, but it was not taken"]
pub enum Applied {
    /// Its case took it: what it, and the time up to it, made of the case.
    Taken(Vec<DomainEvent>),
    /// The book has had it before, and its case took it then: nothing changed.
    KnownAlready,
    /// Its case cannot take it (RULES K14): nothing changed, but the book keeps it, now or since it first came, and
    /// takes it should an earlier event that is still missing make it possible. The error names case, event and time.
    KeptAside(KlokuurError),
}

impl Applied {
    /// What the event made of its case, nothing if it was known already: for those to whom an event kept aside is an
    /// error.
    ///
    /// # Errors
    /// - [`ImpossibleTransition`](KlokuurError::ImpossibleTransition): the event was kept aside
    pub fn taken(self) -> Result<Vec<DomainEvent>> {
        match self {
            Self::Taken(told) => Ok(told),
            Self::KnownAlready => Ok(Vec::new()),
            Self::KeptAside(why) => Err(why),
        }
    }
}

/// Refuses an event that is dated after `now`, or puts another in its place there.
pub(super) fn not_after<M: Moment>(now: M, event: &CaseEvent) -> Result<()> {
    let now = nanos(&now)?;
    let latest = now.saturating_add(CLOCK_TOLERANCE.num_nanoseconds().unwrap_or_default());
    let right = match &event.what {
        What::Corrected { right: Some(right), .. } => Some(&right.at),
        _ => None,
    };
    for at in std::iter::once(&event.at).chain(right) {
        if nanos(at)? > latest {
            let written = |at: DateTime<Utc>| at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true);
            return Err(KlokuurError::OutOfRange {
                what: "time of an event",
                given: written(at.to_utc()),
                accepted: format!(
                    "up to {} minutes after now, {}",
                    CLOCK_TOLERANCE.num_minutes(),
                    written(instant(now))
                ),
            });
        }
    }
    Ok(())
}
