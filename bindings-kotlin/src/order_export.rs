//! Order exports in rows of text, and the mappings by which they become order lines.

use std::sync::Arc;

use klokuur::log::{self, OrderMapping as Core};

use crate::error::Result;
use crate::log::RefusedRow;
use crate::orders::OrderLine;
use crate::time::signed;

/// How an order export is read: which column is what, and how dates, times and ways of shipping are written. Immutable.
#[derive(Debug, uniffi::Object)]
pub struct OrderMapping(Core);

#[uniffi::export]
impl OrderMapping {
    /// The mapping of an export whose columns are named as the fields are.
    #[uniffi::constructor]
    pub fn own() -> Arc<Self> {
        Arc::new(Self(Core::default()))
    }

    /// A mapping from TOML: `lead_lines`, `zone`, `time_format`, `date_format`, `columns` (field to column) and
    /// `shipping_methods` (a way of shipping as it is written to `own`, `vvb` or `lvb`).
    ///
    /// # Errors
    /// - a document that is no mapping: the message has the place
    #[uniffi::constructor]
    pub fn from_toml(text: &str) -> Result<Arc<Self>> {
        Ok(Arc::new(Self(Core::from_toml(text)?)))
    }

    /// A mapping from JSON.
    ///
    /// # Errors
    /// - a document that is no mapping: the message has the place
    #[uniffi::constructor]
    pub fn from_json(text: &str) -> Result<Arc<Self>> {
        Ok(Arc::new(Self(Core::from_json(text)?)))
    }
}

/// A line of an order export.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct ExportedLine {
    /// The row that it was read from, from 0: what stands before the header, and the header, are rows too.
    pub row: i64,
    /// The order's number.
    pub order: String,
    /// The product, where it is told.
    pub item: Option<String>,
    /// The line, ready to be measured.
    pub line: OrderLine,
}

/// An order export that was read.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct OrderExport {
    /// The lines, in their order.
    pub lines: Vec<ExportedLine>,
    /// The rows that could not be read.
    pub refused: Vec<RefusedRow>,
}

/// Reads an order export: all rows of the file as texts, those before the header and the header among them. A row of
/// empty cells is none.
///
/// What an export does not say has a default, and each is ours: who cancelled is the seller; a cancellation of the
/// seller without a time is as of the order.
///
/// # Errors
/// - an export that ends before its header, or whose header lacks a needed column or has one twice
/// - an export of which no line can be read: the message names the first row
#[uniffi::export]
pub fn read_orders(rows: Vec<Vec<String>>, mapping: &OrderMapping) -> Result<OrderExport> {
    let export = log::read_orders(&rows, &mapping.0)?;
    let line = |one: log::ExportedLine| ExportedLine {
        row: signed(one.row),
        order: one.order,
        item: one.item,
        line: one.line.into(),
    };
    Ok(OrderExport {
        lines: export.lines.into_iter().map(line).collect(),
        refused: export.refused.iter().map(RefusedRow::from).collect(),
    })
}
