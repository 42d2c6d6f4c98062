//! The one public error of the library.

use std::borrow::Cow;
use std::fmt;

/// Everything that klokuur refuses, with what was wrong and what is accepted.
///
/// The [`code`](Self::code) is stable and the same in every language, and so is the message (`Display`).
/// Callers may match on the variant or the code; messages are for people.
///
/// ```
/// # use klokuur::{KlokuurError, Schedule};
/// let error = Schedule::parse_in("Mo-Fr 9-17", "Europe/Amsterdam").unwrap_err();
/// assert_eq!(error.code(), "schedule_syntax"); // for programs
/// assert!(error.to_string().contains("accepted is")); // for people
/// assert!(matches!(error, KlokuurError::ScheduleSyntax { .. }));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KlokuurError {
    /// A number, date or instant lies outside what is supported.
    OutOfRange {
        /// What was given, in the words of the documentation.
        what: &'static str,
        /// The value as given.
        given: String,
        /// The accepted range.
        accepted: String,
    },
    /// A value has no valid meaning.
    InvalidValue {
        /// What was given, in the words of the documentation.
        what: &'static str,
        /// The value as given.
        given: String,
        /// What would have been accepted.
        accepted: String,
    },
    /// A name (of a zone, country, rulebook, …) that is not known.
    UnknownName {
        /// What kind of name it should be.
        what: &'static str,
        /// The name as given.
        given: String,
        /// The accepted names, or where they are listed.
        accepted: String,
    },
    /// A schedule text has a mistake at a position (in characters, from 1).
    ScheduleSyntax {
        /// The position of the first character that is not accepted, counted in characters from 1.
        position: usize,
        /// What stands there.
        found: String,
        /// What would have been accepted.
        accepted: String,
    },
    /// The schedule has no open time at all.
    NeverOpen,
    /// The schedule has no open time left in the asked direction within the supported years.
    NoOpenTimeLeft {
        /// `after` or `before`.
        direction: &'static str,
        /// The instant that the search started from, RFC 3339.
        from: String,
    },
    /// Two columns that belong together have different lengths.
    LengthMismatch {
        /// Which columns.
        what: &'static str,
        /// The length of the first.
        left: usize,
        /// The length of the second.
        right: usize,
    },
    /// One row of a column is refused; nothing of the result may be used.
    Row {
        /// The row, from 0.
        row: usize,
        /// What is wrong with it.
        problem: Box<KlokuurError>,
    },
    /// An event that its case cannot take (RULES K14). Nothing was changed.
    ImpossibleTransition {
        /// The case number.
        case: String,
        /// The event's name.
        event: String,
        /// The event's time, RFC 3339.
        at: String,
        /// Why it cannot happen and what could.
        problem: String,
    },
    /// A document (a log row, a Retailer API answer, …) that cannot be read.
    InvalidDocument {
        /// What kind of document.
        document: &'static str,
        /// Where in it: a path, or a line.
        path: String,
        /// What is wrong and what is accepted.
        problem: String,
    },
    /// A rulebook with faults: all of them (RULES G2).
    InvalidRulebook {
        /// Every fault, each with its path.
        faults: Vec<Fault>,
    },
}

/// One fault of a document, with the path of the value at fault.
///
/// ```
/// # use klokuur::{KlokuurError, Rulebook};
/// let error = Rulebook::from_toml("format = 2").unwrap_err();
/// let KlokuurError::InvalidRulebook { faults } = error else { panic!("{error}") };
/// assert!(faults.iter().any(|fault| fault.path == "name")); // all faults at once, each with its path
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The path of the value, as `norms[2].threshold`.
    pub path: String,
    /// What is wrong and what is accepted.
    pub problem: String,
}

/// The first faults as a message tells them; the others are in the variant.
fn list(faults: &[Fault]) -> String {
    const MOST: usize = 20;
    let told = faults.iter().take(MOST).map(|f| format!("{}: {}", short(&f.path), long(&f.problem)));
    let mut told = told.collect::<Vec<_>>().join("; ");
    if faults.len() > MOST {
        told += &format!("; and {} more", faults.len() - MOST);
    }
    told
}

/// A value as a message shows it: its beginning when it is longer than anyone would read.
pub(crate) fn short(given: &str) -> Cow<'_, str> {
    beginning(given, 200)
}

/// A sentence, whose own values may be long.
fn long(problem: &str) -> Cow<'_, str> {
    beginning(problem, 1000)
}

fn beginning(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        Some((end, _)) if text.chars().count() > most + 1 => {
            let begun = text.get(..end).unwrap_or_default();
            Cow::Owned(format!("{begun}… ({} characters)", text.chars().count()))
        }
        _ => Cow::Borrowed(text),
    }
}

impl fmt::Display for KlokuurError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutOfRange { what, given, accepted } => {
                write!(f, "{what} {} is out of range: accepted is {accepted}", short(given))
            }
            Self::InvalidValue { what, given, accepted } => {
                write!(f, "{what} `{}` is not valid: accepted is {accepted}", short(given))
            }
            Self::UnknownName { what, given, accepted } => {
                write!(f, "unknown {what} `{}`: accepted is {accepted}", short(given))
            }
            Self::ScheduleSyntax { position, found, accepted } => write!(
                f,
                "schedule text is not valid at character {position}: found {}, accepted is {accepted}",
                short(found)
            ),
            Self::NeverOpen => f.write_str(
                "the schedule never opens: accepted is a schedule with some open time in the supported years",
            ),
            Self::NoOpenTimeLeft { direction, from } => write!(
                f,
                "no open time left {direction} {from} within the supported years: accepted is a budget that fits"
            ),
            Self::LengthMismatch { what, left, right } => {
                write!(f, "{what} have different lengths, {left} and {right}: accepted is equal lengths")
            }
            Self::Row { row, problem } => write!(f, "row {row}: {problem}"),
            Self::ImpossibleTransition { case, event, at, problem } => {
                write!(f, "case {}: event {event} at {at} is impossible: {}", short(case), long(problem))
            }
            Self::InvalidDocument { document, path, problem } => {
                write!(f, "{document} is not valid at {}: {}", short(path), long(problem))
            }
            Self::InvalidRulebook { faults } => {
                let s = if faults.len() == 1 { "" } else { "s" };
                write!(f, "the rulebook has {} fault{s}: {}", faults.len(), list(faults))
            }
        }
    }
}

impl std::error::Error for KlokuurError {}

impl KlokuurError {
    /// The stable, snake_case name of the kind of error, the same in every language.
    pub fn code(&self) -> &'static str {
        match self {
            Self::OutOfRange { .. } => "out_of_range",
            Self::InvalidValue { .. } => "invalid_value",
            Self::UnknownName { .. } => "unknown_name",
            Self::ScheduleSyntax { .. } => "schedule_syntax",
            Self::NeverOpen => "never_open",
            Self::NoOpenTimeLeft { .. } => "no_open_time_left",
            Self::LengthMismatch { .. } => "length_mismatch",
            // The row says where; the code says what.
            Self::Row { problem, .. } => problem.code(),
            Self::ImpossibleTransition { .. } => "impossible_transition",
            Self::InvalidDocument { .. } => "invalid_document",
            Self::InvalidRulebook { .. } => "invalid_rulebook",
        }
    }
}

/// The result of everything that can be refused.
pub type Result<T> = std::result::Result<T, KlokuurError>;
