//! Where a rule comes from, and how sure it is.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::{KlokuurError, Result};
use crate::names::names;

names! {
    /// One kind of source of a rule.
    ///
    /// ```
    /// # use klokuur::rulebook::Source;
    /// assert_eq!(Source::NAMES, ["A", "B", "O", "3", "D"]);
    /// ```
    pub enum Source: "source" {
        /// `A`: the marketplace's help page on customer questions.
        HelpPage = "A",
        /// `B`: an agency that answers customers for sellers.
        Agency = "B",
        /// `O`: another official page of the marketplace.
        Official = "O",
        /// `3`: a third party.
        ThirdParty = "3",
        /// `D`: ours. No source settles it, so a default was chosen here.
        Ours = "D",
    }
}

/// The sources of one rule, written as letters: `A,O`.
///
/// ```
/// # use klokuur::rulebook::{Provenance, Source};
/// let published = Provenance::from_sources(&[Source::HelpPage, Source::Official]);
/// assert!(!published.is_ours() && Provenance::ours().is_ours());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Provenance(Vec<Source>);

/// What [`Provenance`] accepts as text.
pub(super) const ACCEPTED: &str =
    "letters joined by commas: A (help page), B (agency), O (official), 3 (third party), D (ours)";

impl Provenance {
    /// Chosen here, because no source settles it.
    pub fn ours() -> Self {
        Self(vec![Source::Ours])
    }

    /// From the given sources; none at all counts as ours.
    pub fn from_sources(sources: &[Source]) -> Self {
        if sources.is_empty() { Self::ours() } else { Self(sources.to_vec()) }
    }

    /// The sources, as written.
    pub fn sources(&self) -> &[Source] {
        &self.0
    }

    /// Whether the value was chosen here and no source settles it.
    pub fn is_ours(&self) -> bool {
        self.0.iter().all(|s| *s == Source::Ours)
    }
}

impl fmt::Display for Provenance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, source) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str(",")?;
            }
            f.write_str(source.as_str())?;
        }
        Ok(())
    }
}

impl FromStr for Provenance {
    type Err = KlokuurError;

    /// Reads `A,O`.
    ///
    /// # Errors
    /// - no letter, an unknown letter, the same letter twice
    fn from_str(text: &str) -> Result<Self> {
        let malformed = || KlokuurError::InvalidValue {
            what: "source",
            given: text.to_owned(),
            accepted: ACCEPTED.into(),
        };
        let mut sources = Vec::new();
        for part in text.split(',') {
            let part = part.trim();
            let source = part.parse().map_err(|_| malformed())?;
            if sources.contains(&source) {
                return Err(malformed());
            }
            sources.push(source);
        }
        Ok(Self(sources))
    }
}

impl TryFrom<String> for Provenance {
    type Error = KlokuurError;
    fn try_from(text: String) -> Result<Self> {
        text.parse()
    }
}

impl From<Provenance> for String {
    fn from(provenance: Provenance) -> String {
        provenance.to_string()
    }
}

/// The source of every value of a section, by the name of the field.
///
/// ```
/// # use klokuur::Rulebook;
/// # use klokuur::rulebook::Sources;
/// let rules = Rulebook::bol();
/// let of: &Sources = &rules.case.returns.sources;
/// assert_eq!(of["within_hours"].to_string(), "O"); // the marketplace's own texts
/// ```
pub type Sources = BTreeMap<String, Provenance>;

names! {
    /// How sure a rulebook or a norm is.
    ///
    /// ```
    /// # use klokuur::{Rulebook, rulebook::Confidence};
    /// assert_eq!(Rulebook::bol().confidence, Confidence::High);
    /// ```
    pub enum Confidence: "confidence" {
        /// The marketplace's own current pages say so.
        High = "high",
        /// Several others say so, or an older official page does.
        Medium = "medium",
        /// One other says so, or it is partly guessed: check before use.
        Low = "low",
    }
}
