//! The scores of a survey.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize};

use crate::error::{KlokuurError, Result};

/// A survey's scores by area, each a whole number from 0 to 10 (RULES Q1, Q5).
///
/// In JSON an object; as text, for CSV, `area=score` joined by `;`.
///
/// ```
/// # use klokuur::case::Scores;
/// let scores: Scores = "recommendation=9;speed=7".parse()?;
/// assert_eq!(scores.get("speed"), Some(7));
/// assert_eq!(scores.to_string(), "recommendation=9;speed=7");
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(transparent)]
pub struct Scores(BTreeMap<String, u8>);

impl Scores {
    /// Scores by area.
    ///
    /// # Errors
    /// - a score above 10
    /// - an empty area, or one with `=` or `;` in it
    pub fn new(scores: impl IntoIterator<Item = (impl Into<String>, u8)>) -> Result<Self> {
        let mut all = BTreeMap::new();
        for (area, score) in scores {
            let area = area.into().trim().to_owned();
            if score > 10 {
                return Err(KlokuurError::OutOfRange {
                    what: "survey score",
                    given: score.to_string(),
                    accepted: "a whole number from 0 to 10".into(),
                });
            }
            if area.is_empty() || area.contains(['=', ';']) {
                return Err(KlokuurError::InvalidValue {
                    what: "survey area",
                    given: area,
                    accepted: "a name without `=` and `;`".into(),
                });
            }
            all.insert(area, score);
        }
        Ok(Self(all))
    }

    /// The score of an area, when it was answered.
    pub fn get(&self, area: &str) -> Option<u8> {
        self.0.get(area).copied()
    }

    /// The areas and their scores, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, u8)> {
        self.0.iter().map(|(area, score)| (area.as_str(), *score))
    }

    /// How many areas were answered.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether no area was answered.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Scores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (area, score)) in self.0.iter().enumerate() {
            write!(f, "{}{area}={score}", if index == 0 { "" } else { ";" })?;
        }
        Ok(())
    }
}

impl FromStr for Scores {
    type Err = KlokuurError;

    /// Reads `area=score;area=score`.
    ///
    /// # Errors
    /// - a part without `=`, or whose score is not a whole number from 0 to 10
    fn from_str(text: &str) -> Result<Self> {
        let malformed = || KlokuurError::InvalidValue {
            what: "survey scores",
            given: text.to_owned(),
            accepted: "area=score pairs joined by `;`, scores from 0 to 10".into(),
        };
        let parts = text.split(';').filter(|part| !part.trim().is_empty());
        let pairs: Result<Vec<(String, u8)>> = parts
            .map(|part| {
                let (area, score) = part.split_once('=').ok_or_else(malformed)?;
                Ok((area.trim().to_owned(), score.trim().parse().map_err(|_| malformed())?))
            })
            .collect();
        Self::new(pairs?)
    }
}

impl<'de> Deserialize<'de> for Scores {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Map(BTreeMap<String, u8>),
            Text(String),
        }
        match Written::deserialize(deserializer)? {
            Written::Map(map) => Self::new(map),
            Written::Text(text) => text.parse(),
        }
        .map_err(serde::de::Error::custom)
    }
}
