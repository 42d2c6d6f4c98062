//! How another system's order export is read (RULES R6).

use std::collections::BTreeMap;

use chrono::format::{Item, StrftimeItems};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::encoding::Encoding;
use super::time::Times;
use crate::document;
use crate::error::{KlokuurError, Result};
use crate::shipping::ShippingMethod;

/// Those that an export cannot do without.
pub(super) const NEEDED: [&str; 3] = ["order", "ordered_at", "promised_on"];

const DOCUMENT: &str = "order mapping";

/// How an order export is read: which column is what, and how dates, times and ways of shipping are written. A document
/// in TOML or JSON; what is absent is as in the fields' own names.
///
/// Yes and no are read in English and Dutch, whole numbers with a decimal point or comma.
///
/// ```
/// # use klokuur::log::{OrderMapping, read_orders};
/// let mapping = OrderMapping::from_toml(r#"
///     zone = "Europe/Amsterdam"
///     [columns]
///     order = "number"
/// "#)?;
/// let export = read_orders(&[
///     ["number", "ordered_at", "promised_on", "quantity"],
///     ["A-1", "2026-03-09 12:00", "2026-03-10", "2"],
///     ["A-2", "2026-03-09 12:00", "soon", "1"],
/// ], &mapping)?;
/// assert_eq!((export.lines[0].order.as_str(), export.lines[0].line.quantity), ("A-1", 2));
/// assert_eq!(export.refused[0].0, 2); // the row of A-2, with what is accepted
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OrderMapping {
    /// How many lines stand before the header.
    pub lead_lines: u32,
    /// The encoding of a file, such as `windows-1252`; without it, what its bytes say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<Encoding>,
    /// The zone of times that carry no offset; without it such times are refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// The pattern of times, as `strftime` has it; without it, times are as [`Times`] reads them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_format: Option<String>,
    /// The pattern of dates; without it `2026-03-13`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_format: Option<String>,
    /// Field → column of this export. Fields are `order`, `item`, `ordered_at`, `promised_on`, `quantity`,
    /// `delivered_at`, `cancelled`, `cancelled_at`, `cancelled_by`, `tracked` (yes or no, or a code), `track_exempt`,
    /// `returned_at`, `returned_quantity` (without it all), `shipping_method`, `shipped_at`, `handed_over_at`,
    /// `expires_on`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub columns: BTreeMap<String, String>,
    /// A way of shipping as this export writes it, in upper or lower case → `own`, `vvb` or `lvb`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub shipping_methods: BTreeMap<String, ShippingMethod>,
}

impl OrderMapping {
    /// The fields that a column can have, as [`column`](Self::column) takes them.
    pub const FIELDS: [&str; 17] = [
        "order",
        "item",
        "ordered_at",
        "promised_on",
        "quantity",
        "delivered_at",
        "cancelled",
        "cancelled_at",
        "cancelled_by",
        "tracked",
        "track_exempt",
        "returned_at",
        "returned_quantity",
        "shipping_method",
        "shipped_at",
        "handed_over_at",
        "expires_on",
    ];

    /// Reads a mapping from TOML.
    ///
    /// # Errors
    /// - a text that is no TOML, with its line
    /// - as [`from_json`](Self::from_json)
    pub fn from_toml(text: &str) -> Result<Self> {
        Self::from_value(document::from_toml(DOCUMENT, text)?)
    }

    /// Reads a mapping from JSON.
    ///
    /// # Errors
    /// - a text that is no JSON, with its line and column
    /// - a key that an order mapping does not have, or a value of another kind, with its path
    /// - an unknown field, zone or pattern
    pub fn from_json(text: &str) -> Result<Self> {
        Self::from_value(document::from_json(DOCUMENT, text)?)
    }

    /// Reads a mapping from a generic value.
    ///
    /// # Errors
    /// - as [`from_json`](Self::from_json)
    pub fn from_value(value: Value) -> Result<Self> {
        let mapping: Self = document::read(DOCUMENT, value)?;
        if let Some(unknown) =
            mapping.columns.keys().find(|field| !OrderMapping::FIELDS.contains(&field.as_str()))
        {
            return Err(invalid(
                &format!("columns.{unknown}"),
                format!("accepted is {}", OrderMapping::FIELDS.join(", ")),
            ));
        }
        Times::new(mapping.zone.as_deref(), None).map_err(|error| invalid("zone", error.to_string()))?;
        Times::new(None, mapping.time_format.as_deref())
            .map_err(|error| invalid("time_format", error.to_string()))?;
        let pattern = mapping.date_format.as_deref().unwrap_or_default();
        if StrftimeItems::new(pattern).any(|item| item == Item::Error) {
            return Err(invalid("date_format", "accepted is a strftime pattern, as %d/%m/%Y".into()));
        }
        Ok(mapping)
    }

    /// The column that holds a field.
    pub fn column<'m>(&'m self, field: &'m str) -> &'m str {
        self.columns.get(field).map_or(field, String::as_str)
    }
}

fn invalid(path: &str, problem: String) -> KlokuurError {
    KlokuurError::InvalidDocument { document: DOCUMENT, path: path.to_owned(), problem }
}
