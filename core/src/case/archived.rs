//! What a book keeps of the cases that left it: their numbers, and what they counted.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::week::IsoWeek;

/// What a book keeps of the cases that were archived, for what is saved of it.
///
/// ```
/// # use klokuur::{CaseBook, Rulebook};
/// let book = CaseBook::of(&Rulebook::bol())?;
/// assert_eq!(book.saved().archived, None);
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArchivedCases {
    /// The number of each case, with how many events it had: an older copy of it is not recalled.
    pub cases: BTreeMap<String, u32>,
    /// What they counted, by the week that they were asked in.
    pub weeks: BTreeMap<IsoWeek, ArchivedWeek>,
    /// The newest event or closing of all that were ever archived: before it, weeks cannot be told any more.
    pub until: DateTime<Utc>,
}

/// What archived cases counted in the response time of a week.
///
/// Shown at [`ArchivedCases`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArchivedWeek {
    /// How many were answered in time.
    pub on_time: u32,
    /// How many were late.
    pub late: u32,
    /// The last deadline, which the week waits for to be final (RULES N1).
    pub last_due: DateTime<Utc>,
}
