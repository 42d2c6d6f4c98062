//! How an order reaches the customer.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::{KlokuurError, Result};

/// How an order is shipped: norms and cases differ by it (RULES N, K15).
///
/// ```
/// # use klokuur::ShippingMethod;
/// assert_eq!("vvb".parse::<ShippingMethod>()?, ShippingMethod::Vvb);
/// assert_eq!(ShippingMethod::Lvb.as_str(), "lvb");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[repr(u8)]
pub enum ShippingMethod {
    /// By the seller, in a way of its own.
    #[default]
    #[serde(rename = "own")]
    Own,
    /// By the seller, with the marketplace's labels: *Verzenden via bol*.
    #[serde(rename = "vvb")]
    Vvb,
    /// By the marketplace, from its own stock: *Logistiek via bol*, FBB.
    #[serde(rename = "lvb")]
    Lvb,
}

impl ShippingMethod {
    /// Every value, in order.
    pub const ALL: &[Self] = &[Self::Own, Self::Vvb, Self::Lvb];

    /// The names of all values, in order.
    pub const NAMES: &[&str] = &["own", "vvb", "lvb"];

    /// The name used in logs and in every language.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Vvb => "vvb",
            Self::Lvb => "lvb",
        }
    }
}

impl fmt::Display for ShippingMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for ShippingMethod {
    type Err = KlokuurError;

    /// Reads the name used in logs.
    ///
    /// # Errors
    /// - any other text
    fn from_str(text: &str) -> Result<Self> {
        Self::ALL.iter().copied().find(|v| v.as_str() == text).ok_or_else(|| KlokuurError::UnknownName {
            what: "shipping method",
            given: text.to_owned(),
            accepted: "own, vvb, lvb".into(),
        })
    }
}
