//! Customer cases: the events of the case log and what follows from them (RULES K).
//!
//! A case log is a list of [`CaseEvent`]s. Its written form is one flat [`CaseRecord`] an event, the same names in JSON
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

mod event;
mod record;
mod scores;

pub use event::{By, CaseEvent, CaseKind, CaseStatus, EventKind, Opening, Origin, Replacement, What};
pub use record::CaseRecord;
pub use scores::Scores;
