//! Customer cases: the events of the case log and what follows from them (RULES K).
//!
//! A case log is a list of [`CaseEvent`]s. Its written form is one flat [`EventRecord`] an event, the same names in
//! JSON lines, CSV and columns:
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
//!
//! # Where what is
//!
//! The way of an event is `record` (as written), `event` (as meant), `log` (as kept), `replay` (its place among the
//! others), `state` (what it does). `book` holds all cases, `query` and `outcome` answer; `rows`, `straight` and
//! `outcome_columns` are the short way of many cases.
//!
//! - `fact`: what is known of a case, said once: the texts of which openings, later descriptions, rows of the overview
//!   and outcomes all carry the same
//! - `applied`: what became of an event that a book was given
//! - `archive`: cases that are over leave the book, and can be found and brought back
//! - `archived`: what a book keeps of the cases that left it: their numbers, and what they counted
//! - `book`: the case book: all cases of a seller, kept up to date event by event
//! - `books`: the books of many sellers under one set of rules: each takes little, and one timer serves them all
//! - `clocks`: which rulebook times a case: that of the week in which its clock starts (RULES C9, S6)
//! - `columns_of_bytes`: columns of whole numbers and texts as bytes: what a snapshot is written with and read from
//! - `coming`: what is to come: what time alone will make of the cases
//! - `column`: columns: the written names of fields, and what they hold
//! - `domain_event`: what the book tells the application: the sending of it is the application's (RULES K13)
//! - `erase`: erasing a customer: the name and the texts go, what was counted stays (RULES K18)
//! - `entry`: what a book keeps of each case, in few bytes
//! - `event`: what can happen to a case
//! - `events`: the events of a log in columns: few bytes each, and an id takes none where there is none
//! - `index`: the words of a book, and the cases and customers that they lead to (RULES K4): made for the first search
//! - `kept`: events in rows, kept small until a book is made of them
//! - `known`: what is known of a case: numbers of texts, kept in as many words as there are of them
//! - `lists`: in which lists of the book its cases stand
//! - `loading`: taking a whole log: its events in any order, each case folded once
//! - `log`: the events of all cases, kept small: texts and names apart, each event a short row that knows the one
//!   before it
//! - `measured`: how a case came out as far as its state alone says it: whole numbers, made without a text
//! - `names`: texts that come back often, each kept once and known by a number
//! - `ordered`: the order of a book's lists, kept so that a place in it is found without going through all
//! - `outcome`: one row a case: how it came out, for norms, insights and overviews
//! - `outcome_columns`: how the cases of a log came out, in columns: numbers side by side, and texts that stay where
//!   the log has them
//! - `page`: a part of a list of the book, found without going through all of it
//! - `passing`: what time does to the cases of a book, and when (RULES K13)
//! - `pauses`: when the first clock of a case stood still, for its explanation (RULES C6, C8)
//! - `position`: how far a book was saved: what a save that goes on from an earlier one has to hold
//! - `query`: what can be asked of the book
//! - `record`: the written form of an event: one flat row
//! - `refused`: events that their cases cannot take: kept aside, told of, dropped (RULES K14)
//! - `replay`: the fold over all events of one case, in their canonical order, corrections applied (RULES K14)
//! - `row`: what the book shows of a case
//! - `rows`: a log in rows, as columns and files have it: what is refused names its row
//! - `saved`: what a book is saved as: its events, how far time was told to have passed, and what it judged by
//! - `scores`: the scores of a survey
//! - `search`: words, and what has them: the customers of names, the cases of messages (RULES K4)
//! - `sentence`: what became of a case, as one sentence for the seller (RULES K13)
//! - `snapshot`: a book as bytes, which is read back without folding a case again
//! - `snapshot_cases`: the cases of a snapshot: where each stands, so that none has to be folded again
//! - `snapshot_log`: the events of a snapshot, with the texts and names that they carry
//! - `state`: the fold: where one case stands, and how an event or the passing of time changes that
//! - `store`: a growing list that never moves what it holds: one more row costs the same however many there are
//! - `straight`: cases whose events each come after the one before and are all possible, as most are: they are folded
//!   from their events as they stand, and need no book that keeps, links and indexes them
//! - `survey`: one answer to a survey
//! - `terms`: the numbers of one rulebook for a case, made ready for the fold
//! - `texts`: texts that do not come back: messages, explanations, ids of events
//! - `wanted`: which columns of outcomes are asked for

#[macro_use]
mod fact;

mod applied;
mod archive;
mod archived;
mod book;
mod books;
mod clocks;
mod columns_of_bytes;
mod coming;
#[macro_use]
mod column;
mod domain_event;
mod entry;
mod erase;
mod event;
mod events;
mod index;
mod kept;
mod known;
mod lists;
mod loading;
mod log;
mod measured;
mod names;
mod ordered;
mod outcome;
mod outcome_columns;
mod page;
mod passing;
mod pauses;
mod position;
mod query;
mod record;
mod refused;
mod replay;
mod row;
mod rows;
mod saved;
mod scores;
mod search;
mod sentence;
mod snapshot;
mod snapshot_cases;
mod snapshot_log;
mod state;
mod store;
mod straight;
mod survey;
mod terms;
mod texts;
mod wanted;

pub use applied::{Applied, CLOCK_TOLERANCE};
pub use archived::{ArchivedCases, ArchivedWeek};
pub use book::{CaseBook, RefusedRows};
pub use books::CaseBooks;
pub use column::{Cell, Column, ColumnKind, EventSource};
pub use domain_event::{CaseClock, DomainEvent, Happening};
pub use event::{CaseEvent, CaseKind, CaseStatus, Description, EventKind, Opening, Party, Replacement, What};
pub(crate) use kept::KeptEvents;
pub use outcome::evaluate;
pub use outcome_columns::OutcomeColumns;
pub(crate) use outcome_columns::{SaidOf, StraightOutcomes};
pub use record::EventRecord;
pub use row::{Case, CaseOutcome, CaseRow, Message, Outcomes};
pub use rows::evaluate_rows;
pub use saved::SavedBook;
pub use scores::Scores;
pub(crate) use state::{Act, Opened};
pub use survey::SurveyAnswer;
pub(crate) use wanted::Wanted;
