//! The rulebooks that come with the library.

use super::{Rulebook, RulebookHistory};
use crate::error::{KlokuurError, Result};

/// Name and document. `bol` stands for the newest regime (RULES G3, G4).
const SHIPPED: [(&str, &str); 16] = [
    ("bol-2026", include_str!("shipped/bol-2026.toml")),
    ("bol-2024", include_str!("shipped/bol-2024.toml")),
    ("bol-2023", include_str!("shipped/bol-2023.toml")),
    ("bol-2022", include_str!("shipped/bol-2022.toml")),
    ("bol-2019", include_str!("shipped/bol-2019.toml")),
    ("bol-literal-b", include_str!("shipped/bol-literal-b.toml")),
    ("amazon", include_str!("shipped/amazon.toml")),
    ("amazon-2015-season", include_str!("shipped/amazon-2015-season.toml")),
    ("kaufland", include_str!("shipped/kaufland.toml")),
    ("ebay", include_str!("shipped/ebay.toml")),
    ("walmart", include_str!("shipped/walmart.toml")),
    ("conrad", include_str!("shipped/conrad.toml")),
    ("cdiscount", include_str!("shipped/cdiscount.toml")),
    ("allegro", include_str!("shipped/allegro.toml")),
    ("zalando", include_str!("shipped/zalando.toml")),
    ("otto", include_str!("shipped/otto.toml")),
];

impl Rulebook {
    /// A rulebook that comes with the library: one of [`names`](Self::names), or `bol` for the newest of bol.
    ///
    /// Those of other marketplaces are to be checked before use; [`confidence`](Self#structfield.confidence) says how
    /// sure they are.
    ///
    /// ```
    /// # use klokuur::Rulebook;
    /// let amazon = Rulebook::shipped("amazon")?;
    /// assert_eq!(amazon.schedule()?.to_string(), "24/7");
    /// # Ok::<(), klokuur::KlokuurError>(())
    /// ```
    ///
    /// # Errors
    /// - a name that is not shipped
    pub fn shipped(name: &str) -> Result<Self> {
        if name == "bol" {
            return Ok(Self::bol());
        }
        match SHIPPED.iter().find(|(shipped, _)| *shipped == name) {
            Some((_, document)) => Self::from_toml(document),
            None => Err(KlokuurError::UnknownName {
                what: "rulebook",
                given: name.to_owned(),
                accepted: format!("bol, {}", Self::names().join(", ")),
            }),
        }
    }

    /// The names of the rulebooks that come with the library.
    pub fn names() -> Vec<&'static str> {
        SHIPPED.iter().map(|(name, _)| *name).collect()
    }

    /// The document of a shipped rulebook, with its remarks: a start for one's own.
    ///
    /// # Errors
    /// - a name that is not shipped
    pub fn shipped_toml(name: &str) -> Result<&'static str> {
        let name = if name == "bol" { "bol-2026" } else { name };
        SHIPPED.iter().find(|(shipped, _)| *shipped == name).map(|(_, document)| *document).ok_or_else(|| {
            KlokuurError::UnknownName {
                what: "rulebook",
                given: name.to_owned(),
                accepted: format!("bol, {}", Self::names().join(", ")),
            }
        })
    }
}

impl RulebookHistory {
    /// The regimes of bol, from bol-2019 to bol-2026 (RULES G4).
    ///
    /// # Errors
    /// - none: the shipped documents are tested
    pub fn bol() -> Result<Self> {
        let older = ["bol-2019", "bol-2022", "bol-2023", "bol-2024"].map(Rulebook::shipped);
        let mut rulebooks = older.into_iter().collect::<Result<Vec<_>>>()?;
        rulebooks.push(Rulebook::bol());
        Self::new(rulebooks)
    }
}
