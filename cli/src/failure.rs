//! What can go wrong, in words for whoever ran the command.

use std::fmt;
use std::path::Path;

use klokuur::KlokuurError;

/// Why a command failed. Its text says what is wrong and what is accepted.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// What the library refuses.
    #[error(transparent)]
    Refused(#[from] KlokuurError),
    /// A file that cannot be read, or is not what it should be.
    #[error("{file}: {problem}")]
    File {
        /// The file's name.
        file: String,
        /// What is wrong with it and what is accepted.
        problem: String,
    },
    /// What the library refuses of a file or a table.
    #[error("{file}: {problem}")]
    RefusedFile {
        /// The file's name.
        file: String,
        /// What is wrong with it and what is accepted.
        problem: KlokuurError,
    },
    /// An argument that means nothing here.
    #[error("{0}")]
    Argument(String),
    /// The output could not be written.
    #[error("the output cannot be written: {0}")]
    Output(#[from] std::io::Error),
}

/// The result of everything that can fail.
pub type Result<T> = std::result::Result<T, Failure>;

impl Failure {
    /// A problem with a file.
    pub(crate) fn of_file(file: &Path, problem: impl fmt::Display) -> Self {
        Self::File { file: shown(file), problem: problem.to_string() }
    }

    /// What the library refuses of a file.
    pub fn refused(file: &Path, problem: KlokuurError) -> Self {
        Self::RefusedFile { file: shown(file), problem }
    }

    /// What the program returns: 2 for arguments that mean nothing, else 1.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Argument(_) => 2,
            Self::Refused(_) | Self::File { .. } | Self::RefusedFile { .. } | Self::Output(_) => 1,
        }
    }
}

/// A path as a message can bear it: the end of one that is longer than any that there is.
fn shown(path: &Path) -> String {
    const MOST: usize = 400;
    let text = path.display().to_string();
    let signs = text.chars().count();
    if signs <= MOST { text } else { format!("…{}", text.chars().skip(signs - MOST).collect::<String>()) }
}
