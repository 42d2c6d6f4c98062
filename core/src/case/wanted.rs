//! Which columns of outcomes are asked for.

use super::row::CaseOutcome;
use crate::error::{KlokuurError, Result};

/// Some columns of [`CaseOutcome::COLUMNS`], by their places there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wanted(u64);

const _: () = assert!(CaseOutcome::COLUMNS.len() < u64::BITS as usize);

impl Wanted {
    /// All that there are.
    pub(crate) const ALL: Self = Self((1 << CaseOutcome::COLUMNS.len()) - 1);

    /// Those with these names.
    ///
    /// # Errors
    /// - a name of no column, with those that there are
    pub(crate) fn of<N: AsRef<str>>(names: impl IntoIterator<Item = N>) -> Result<Self> {
        names.into_iter().try_fold(Self(0), |Self(wanted), name| {
            let name = name.as_ref();
            place_of(name).map(|place| Self(wanted | 1 << place)).ok_or_else(|| {
                let accepted: Vec<&str> = CaseOutcome::COLUMNS.iter().map(|column| column.name).collect();
                KlokuurError::UnknownName {
                    what: "column of cases",
                    given: name.to_owned(),
                    accepted: accepted.join(", "),
                }
            })
        })
    }

    /// Whether a column is among them.
    pub(crate) fn has(self, name: &str) -> bool {
        self.place(name).is_some()
    }

    /// The place of a column among [`CaseOutcome::COLUMNS`]; none of one that is not asked for.
    pub(super) fn place(self, name: &str) -> Option<usize> {
        place_of(name).filter(|place| self.0 >> place & 1 == 1)
    }
}

fn place_of(name: &str) -> Option<usize> {
    CaseOutcome::COLUMNS.iter().position(|column| column.name == name)
}
