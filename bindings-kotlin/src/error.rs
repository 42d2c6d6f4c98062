//! The one error of the library as typed exceptions: a class per code, the message word for word.

use klokuur::KlokuurError as Core;

/// Everything that klokuur refuses. The message says what was wrong and what is accepted.
#[derive(Debug, thiserror::Error, uniffi::Error)]
#[uniffi(flat_error)]
pub enum KlokuurError {
    /// `out_of_range`: a number, date or instant outside what is supported.
    #[error("{0}")]
    OutOfRange(Core),
    /// `invalid_value`: a value without a valid meaning.
    #[error("{0}")]
    InvalidValue(Core),
}

impl From<Core> for KlokuurError {
    fn from(error: Core) -> Self {
        // A row's error is that of its value, with the row in the message.
        match error.code() {
            "out_of_range" => Self::OutOfRange(error),
            _ => Self::InvalidValue(error),
        }
    }
}
