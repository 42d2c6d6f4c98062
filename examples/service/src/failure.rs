//! What can go wrong, in words for whoever runs the service or asks it.

use klokuur::KlokuurError;

/// Why the service cannot do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// What the library refuses.
    #[error(transparent)]
    Refused(#[from] KlokuurError),
    /// The database cannot be read or written. What was asked has not been done.
    #[error("the database: {0}")]
    Store(#[from] rusqlite::Error),
    /// The database holds what this version did not write.
    #[error("the database: {0}")]
    Damaged(String),
    /// A file or an address that cannot be used.
    #[error("{0}")]
    Setup(String),
    /// A turn that failed: it was not done.
    #[error("not done: {0}")]
    NotDone(String),
    /// More was asked than is waited for.
    #[error("too much is waiting: try again in a second")]
    Busy,
    /// The service has stopped, or is stopping.
    #[error("the service is stopping")]
    Stopping,
}

/// The result of everything that can fail.
pub type Result<T> = std::result::Result<T, Failure>;
