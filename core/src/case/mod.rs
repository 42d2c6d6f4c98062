//! Customer cases: the events of the case log and what follows from them (RULES K).
//!
//! A case log is a list of [`CaseEvent`]s. Its written form is one flat [`EventRecord`] an event, the same names in JSON
//! lines, CSV and columns:
//!
//! ```
//! use klokuur::case::{CaseEvent, EventKind, What};
//!
//! let line = r#"{"case":"K-1","at":"2026-03-13T15:00:00+01:00","event":"opened","origin":"customer","subject":"delivery"}"#;
//! let event: CaseEvent = serde_json::from_str(line)?;
//! assert_eq!(event.kind(), EventKind::Opened);
//! assert!(matches!(&event.what, What::Opened(opening) if opening.subject.as_deref() == Some("delivery")));
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! A [`CaseBook`] takes the events one by one, or a whole log at once, and answers: the overview, one case, a search,
//! what to tell and when to look again. [`evaluate`] gives one [`CaseOutcome`] a case. Both are the same fold, and it
//! depends on the set of events only:
//!
//! - Events of a case are taken by time. Of those with the same time, the first in the order of [`EventKind`] that is
//!   possible goes first, then the next, until none is; among equals the id decides, then the content.
//! - The same event twice is one event. Two different events with one id: the first in that order has it.
//! - An event that is not possible in its place is refused, with an error that names case, event and time, and changes
//!   nothing (RULES K14).
//! - `corrected` puts the right event in the place of an earlier one, whenever it comes; the last correction is right.

#[macro_use]
mod fact;

mod applied;
mod book;
mod clocks;
mod coming;
#[macro_use]
mod column;
mod domain_event;
mod erase;
mod event;
mod kept;
mod log;
mod measured;
mod names;
mod outcome;
mod outcome_columns;
mod position;
mod query;
mod record;
mod replay;
mod row;
mod rows;
mod saved;
mod scores;
mod search;
mod sentence;
mod state;
mod store;
mod straight;
mod survey;
mod terms;
mod texts;

pub use applied::{Applied, CLOCK_TOLERANCE};
pub use book::{CaseBook, RefusedRows};
pub use column::{Cell, Column, ColumnKind, EventSource};
pub use domain_event::{CaseClock, DomainEvent, Happening};
pub use event::{
    By, CaseEvent, CaseKind, CaseStatus, Description, EventKind, Opening, Origin, Replacement, What,
};
pub(crate) use kept::KeptEvents;
pub use outcome::evaluate;
pub use outcome_columns::OutcomeColumns;
pub(crate) use outcome_columns::{SaidOf, StraightOutcomes};
pub use record::EventRecord;
pub use row::{Case, CaseOutcome, CaseRow, Message, Outcomes, Sender};
pub use rows::evaluate_rows;
pub use saved::SavedBook;
pub use scores::Scores;
pub(crate) use state::{Act, Opened};
pub use survey::SurveyAnswer;
