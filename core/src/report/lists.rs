//! The cases behind a count.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::case::CaseOutcome;

/// The cases of one item and subject: what stands behind a count of them.
///
/// Shown at [`SubjectPicture`](super::SubjectPicture).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseList {
    /// The item; none for the cases without one.
    pub item: Option<String>,
    /// The subject; none for the cases without one.
    pub subject: Option<String>,
    /// The case numbers.
    pub cases: Vec<String>,
}

/// Every pair of item and subject that some cases have, by name.
pub(super) fn lists<'a>(cases: impl IntoIterator<Item = &'a CaseOutcome>) -> Vec<CaseList> {
    let mut found: BTreeMap<(Option<&str>, Option<&str>), Vec<String>> = BTreeMap::new();
    for one in cases {
        found.entry((one.item.as_deref(), one.subject.as_deref())).or_default().push(one.case.clone());
    }
    let list = |((item, subject), cases): ((Option<&str>, Option<&str>), Vec<String>)| CaseList {
        item: item.map(str::to_owned),
        subject: subject.map(str::to_owned),
        cases,
    };
    found.into_iter().map(list).collect()
}
