//! The one error of the library as typed exceptions: a class per code, the message word for word.

use klokuur::{KlokuurError as Core, Language};

/// Everything that klokuur refuses. The message says what was wrong and what is accepted, and is the same in every
/// language; the class stands for the stable `code`.
#[derive(Debug, thiserror::Error, uniffi::Error)]
#[uniffi(flat_error)]
pub enum KlokuurError {
    /// `out_of_range`: a number, date or instant outside what is supported.
    #[error("{0}")]
    OutOfRange(Core),
    /// `invalid_value`: a value without a valid meaning.
    #[error("{0}")]
    InvalidValue(Core),
    /// `unknown_name`: a name (of a zone, country, rulebook, …) that is not known.
    #[error("{0}")]
    UnknownName(Core),
    /// `schedule_syntax`: a schedule text has a mistake; the message has its position.
    #[error("{0}")]
    ScheduleSyntax(Core),
    /// `never_open`: the schedule has no open time at all.
    #[error("{0}")]
    NeverOpen(Core),
    /// `no_open_time_left`: no open time is left in that direction within the supported years.
    #[error("{0}")]
    NoOpenTimeLeft(Core),
    /// `length_mismatch`: lists that belong together have different lengths.
    #[error("{0}")]
    LengthMismatch(Core),
    /// `impossible_transition`: an event that its case cannot take. Nothing was changed.
    #[error("{0}")]
    ImpossibleTransition(Core),
    /// `invalid_document`: a document (a log row, JSON, TOML, …) that cannot be read.
    #[error("{0}")]
    InvalidDocument(Core),
    /// `invalid_rulebook`: a rulebook with faults; the message has all of them.
    #[error("{0}")]
    InvalidRulebook(Core),
}

pub(crate) type Result<T> = std::result::Result<T, KlokuurError>;

impl KlokuurError {
    /// The stable, snake_case name of the kind of error.
    pub fn code(&self) -> &'static str {
        match self {
            Self::OutOfRange(error)
            | Self::InvalidValue(error)
            | Self::UnknownName(error)
            | Self::ScheduleSyntax(error)
            | Self::NeverOpen(error)
            | Self::NoOpenTimeLeft(error)
            | Self::LengthMismatch(error)
            | Self::ImpossibleTransition(error)
            | Self::InvalidDocument(error)
            | Self::InvalidRulebook(error) => error.code(),
        }
    }
}

impl From<Core> for KlokuurError {
    fn from(error: Core) -> Self {
        // A row's error has the class of what is wrong in that row; the message keeps the row.
        let mut inner = &error;
        while let Core::Row { problem, .. } = inner {
            inner = problem;
        }
        // Exhaustive: a new variant of the core does not compile until it has its class here.
        let class = match inner {
            Core::OutOfRange { .. } => Self::OutOfRange,
            Core::InvalidValue { .. } => Self::InvalidValue,
            Core::UnknownName { .. } => Self::UnknownName,
            Core::ScheduleSyntax { .. } => Self::ScheduleSyntax,
            Core::NeverOpen => Self::NeverOpen,
            Core::NoOpenTimeLeft { .. } => Self::NoOpenTimeLeft,
            Core::LengthMismatch { .. } => Self::LengthMismatch,
            Core::ImpossibleTransition { .. } => Self::ImpossibleTransition,
            Core::InvalidDocument { .. } => Self::InvalidDocument,
            Core::InvalidRulebook { .. } => Self::InvalidRulebook,
            // Unwrapped above.
            Core::Row { .. } => Self::InvalidValue,
        };
        class(error)
    }
}

/// What an app tells its user of an error with this code; none when no error has it. The message of the error is for
/// whoever made the call.
#[uniffi::export]
pub fn error_sentence(code: &str, language: Language) -> Option<String> {
    klokuur::error_sentence(code, language).map(str::to_owned)
}
