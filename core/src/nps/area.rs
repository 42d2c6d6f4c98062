//! Surveys that ask about several areas (RULES Q5).

use std::collections::BTreeMap;
use std::fmt::Display;

use serde::{Deserialize, Serialize};

use super::column::NpsGroup;
use super::tally::{Nps, bad_score};
use crate::error::Result;

/// The NPS of each area that a survey asks about: every area is scored 0 to 10 of its own.
///
/// ```
/// # use klokuur::nps::NpsAreas;
/// let areas = NpsAreas::from_answers([("delivery", 10), ("contact", 6), ("delivery", 9)])?;
/// assert_eq!(areas.area("delivery").promoters(), 2);
/// assert!(areas.area("returns").is_empty());
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NpsAreas {
    areas: BTreeMap<String, Nps>,
}

impl NpsAreas {
    /// Counts pairs of an area and a whole score from 0 to 10.
    ///
    /// # Errors
    /// - a score below 0 or above 10: the error names its row
    pub fn from_answers<S, T>(answers: impl IntoIterator<Item = (S, T)>) -> Result<Self>
    where
        S: AsRef<str>,
        T: Copy + Display + TryInto<u8>,
    {
        let mut all = Self::default();
        for (row, (area, score)) in answers.into_iter().enumerate() {
            let one = score.try_into().ok().and_then(Nps::from_score).ok_or_else(|| bad_score(row, score))?;
            all.add(area.as_ref(), one);
        }
        Ok(all)
    }

    /// Adds answers to an area.
    pub fn add(&mut self, area: &str, nps: Nps) {
        match self.areas.get_mut(area) {
            Some(sum) => *sum += nps,
            None => {
                self.areas.insert(area.to_owned(), nps);
            }
        }
    }

    /// Both surveys together, area by area.
    #[must_use]
    pub fn merge(mut self, other: &Self) -> Self {
        for (area, nps) in &other.areas {
            self.add(area, *nps);
        }
        self
    }

    /// The answers about one area; empty when nobody answered about it.
    pub fn area(&self, area: &str) -> Nps {
        self.areas.get(area).copied().unwrap_or_default()
    }

    /// All areas, sorted by name.
    pub fn groups(&self) -> Vec<NpsGroup> {
        self.areas.iter().map(|(key, nps)| NpsGroup { key: key.clone(), nps: *nps }).collect()
    }
}
