//! Order exports in rows: the seller account's own, and what people keep in a spreadsheet (RULES R6).

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::header::{check_width, place_of};
use super::order_mapping::{NEEDED, OrderMapping};
use super::time::Times;
use super::value::{YES_OR_NO, read_date, read_whole, read_yes_no};
use crate::error::{KlokuurError, Result, short};
use crate::norm::{Cancelled, OrderLine};
use crate::shipping::ShippingMethod;
use crate::time::YEARS;

/// What an export is called in its errors.
const EXPORT: &str = "order export";

/// A line of an order export.
///
/// Shown at [`OrderMapping`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportedLine {
    /// The row that it was read from, from 0: what stands before the header, and the header, are rows too.
    #[serde(default)]
    pub row: usize,
    /// The order's number.
    pub order: String,
    /// The product, where it is told.
    #[serde(default)]
    pub item: Option<String>,
    /// What the norms are measured on.
    pub line: OrderLine,
}

/// An order export that was read.
///
/// Shown at [`OrderMapping`].
#[derive(Debug, Clone, PartialEq)]
pub struct OrderExport {
    /// The lines, in their order.
    pub lines: Vec<ExportedLine>,
    /// The rows that could not be read, each with what is wrong and what is accepted.
    pub refused: Vec<(usize, KlokuurError)>,
}

/// Reads an order export: all rows of the file, those before the header and the header among them. A row of empty cells
/// is none.
///
/// What the norms need and an export does not say has a default, and each is ours: who cancelled is the seller; a
/// cancellation of the seller without a time is as of the order; a line says nothing of a code unless a column does.
///
/// ```
/// use klokuur::log::{OrderMapping, read_orders};
///
/// let mapping = OrderMapping::from_toml(r#"
///     lead_lines = 1
///     zone = "Europe/Amsterdam"
///     time_format = "%d-%b-%Y %H:%M"
///     date_format = "%d-%b-%Y"
///     [columns]
///     order = "Bestelnummer"
///     ordered_at = "Besteldatum"
///     promised_on = "Leverdatum"
///     quantity = "Aantal"
///     cancelled = "Geannuleerd"
/// "#)?;
/// let export = read_orders(
///     &[
///         ["Bestellingen", "", "", "", ""],
///         ["Bestelnummer", "Besteldatum", "Leverdatum", "Aantal", "Geannuleerd"],
///         ["A-1", "29-Aug-2018 11:08", "30-Aug-2018", "2,0", "Nee"],
///     ],
///     &mapping,
/// )?;
/// let line = &export.lines[0].line;
/// assert_eq!((line.quantity, line.ordered_at.to_rfc3339()), (2, "2018-08-29T09:08:00+00:00".into()));
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
///
/// # Errors
/// - an export that ends before its header, or whose header lacks a needed column or has one twice
/// - an export of which no line can be read: the error names the first row
pub fn read_orders<R: AsRef<[S]>, S: AsRef<str>>(rows: &[R], mapping: &OrderMapping) -> Result<OrderExport> {
    let header = rows.get(mapping.lead_lines as usize).ok_or_else(|| {
        let accepted = format!("a header after {} lines, as lead_lines says", mapping.lead_lines);
        no_export("the header", format!("missing, accepted is {accepted}"))
    })?;
    let names: Vec<&str> = header.as_ref().iter().map(|name| name.as_ref().trim()).collect();
    let reader = Reader::new(&names, mapping)?;
    let mut export = OrderExport { lines: Vec::new(), refused: Vec::new() };
    for (row, cells) in rows.iter().enumerate().skip(mapping.lead_lines as usize + 1) {
        let cells: Vec<&str> = cells.as_ref().iter().map(|cell| cell.as_ref().trim()).collect();
        if cells.iter().all(|cell| cell.is_empty()) {
            continue;
        }
        match reader.line(&cells) {
            Ok((order, item, line)) => export.lines.push(ExportedLine { row, order, item, line }),
            Err(error) => export.refused.push((row, error)),
        }
    }
    match export.refused.first() {
        Some((row, problem)) if export.lines.is_empty() => {
            Err(KlokuurError::Row { row: *row, problem: Box::new(problem.clone()) })
        }
        _ => Ok(export),
    }
}

/// Where each field stands, and how its cells are read.
struct Reader<'a> {
    mapping: &'a OrderMapping,
    places: BTreeMap<&'static str, usize>,
    width: usize,
    times: Times,
}

impl<'a> Reader<'a> {
    fn new(names: &[&str], mapping: &'a OrderMapping) -> Result<Self> {
        let mut places = BTreeMap::new();
        for field in OrderMapping::FIELDS {
            let column = mapping.column(field);
            match place_of(EXPORT, names, column)? {
                Some(place) => {
                    places.insert(field, place);
                }
                // A column that the mapping names is meant to be there.
                None if NEEDED.contains(&field) || mapping.columns.contains_key(field) => {
                    let there = names.join(", ");
                    let problem = format!("missing, there are {there}: rename the column, or map it");
                    return Err(no_export(column, problem));
                }
                None => {}
            }
        }
        let times = Times::new(mapping.zone.as_deref(), mapping.time_format.as_deref())?;
        Ok(Self { mapping, places, width: names.len(), times })
    }

    fn line(&self, cells: &[&str]) -> Result<(String, Option<String>, OrderLine)> {
        check_width(cells.len(), self.width)?;
        let cell = |field: &str| {
            let cell = self.places.get(field).and_then(|place| cells.get(*place)).copied();
            cell.filter(|text| !text.is_empty())
        };
        let needed =
            |field: &str| cell(field).ok_or_else(|| self.fault(field, "nothing, accepted is a value".into()));
        let time = |field: &str| cell(field).map(|text| self.time(field, text)).transpose();
        let day = |field: &str| cell(field).map(|text| self.date(field, text)).transpose();
        let truth = |field: &str| cell(field).map(|text| self.truth(field, text)).transpose();
        let ordered_at = self.time("ordered_at", needed("ordered_at")?)?;
        let line = OrderLine {
            delivered_at: time("delivered_at")?,
            cancelled: self.cancelled(
                ordered_at,
                truth("cancelled")?,
                time("cancelled_at")?,
                cell("cancelled_by"),
            )?,
            // A code says that there is one.
            tracked: cell("tracked").is_some_and(|text| read_yes_no(text).unwrap_or(true)),
            returned_at: time("returned_at")?,
            returned_quantity: cell("returned_quantity")
                .map(|text| self.pieces("returned_quantity", text))
                .transpose()?,
            shipping_method: self.method(cell("shipping_method"))?,
            shipped_at: time("shipped_at")?,
            handed_over_at: time("handed_over_at")?,
            expires_on: day("expires_on")?,
            track_exempt: truth("track_exempt")?.unwrap_or(false),
            ..OrderLine::new(
                ordered_at,
                self.quantity(cell("quantity"))?,
                self.date("promised_on", needed("promised_on")?)?,
            )
        };
        line.check(|at| at.date_naive())?;
        Ok((needed("order")?.to_owned(), cell("item").map(str::to_owned), line))
    }

    fn cancelled(
        &self,
        ordered_at: DateTime<Utc>,
        is_cancelled: Option<bool>,
        at: Option<DateTime<Utc>>,
        by: Option<&str>,
    ) -> Result<Option<Cancelled>> {
        if !is_cancelled.unwrap_or(at.is_some()) {
            return Ok(None);
        }
        let by_customer = match by {
            None => false,
            Some(who) if ["customer", "klant"].iter().any(|name| name.eq_ignore_ascii_case(who)) => true,
            Some(who) if ["seller", "verkoper"].iter().any(|name| name.eq_ignore_ascii_case(who)) => false,
            Some(who) => {
                return Err(self.fault(
                    "cancelled_by",
                    format!("`{}`, accepted is customer or seller, klant or verkoper", short(who)),
                ));
            }
        };
        if by_customer && at.is_none() {
            // Whether it counts depends on when: before the promised date it does not.
            return Err(self.fault("cancelled_at", "nothing, accepted is when the customer cancelled".into()));
        }
        Ok(Some(Cancelled { at: at.unwrap_or(ordered_at), by_customer, processed_at: None }))
    }

    fn time(&self, field: &str, text: &str) -> Result<DateTime<Utc>> {
        self.times.read(text).map_err(|error| self.fault(field, error.to_string()))
    }

    fn date(&self, field: &str, text: &str) -> Result<NaiveDate> {
        let (date, accepted) = match &self.mapping.date_format {
            None => (read_date(text), "2026-03-13"),
            Some(pattern) => (NaiveDate::parse_from_str(text, pattern).ok(), pattern.as_str()),
        };
        let date = date.filter(|date| YEARS.contains(&date.year()));
        date.ok_or_else(|| self.fault(field, format!("`{}`, accepted is a date as {accepted}", short(text))))
    }

    fn truth(&self, field: &str, text: &str) -> Result<bool> {
        read_yes_no(text)
            .ok_or_else(|| self.fault(field, format!("`{}`, accepted is {YES_OR_NO}", short(text))))
    }

    /// One, where no column tells it.
    fn quantity(&self, text: Option<&str>) -> Result<u32> {
        let Some(text) = text else {
            return match self.places.contains_key("quantity") {
                true => Err(self.fault("quantity", "nothing, accepted is a whole number".into())),
                false => Ok(1),
            };
        };
        self.pieces("quantity", text)
    }

    fn pieces(&self, field: &str, text: &str) -> Result<u32> {
        let whole = read_whole(text).and_then(|whole| u32::try_from(whole).ok()).filter(|whole| *whole > 0);
        whole.ok_or_else(|| {
            self.fault(field, format!("`{}`, accepted is a whole number, 1 or more", short(text)))
        })
    }

    fn method(&self, text: Option<&str>) -> Result<ShippingMethod> {
        let Some(text) = text else { return Ok(ShippingMethod::default()) };
        let named = self.mapping.shipping_methods.iter().find(|(name, _)| name.eq_ignore_ascii_case(text));
        let method = named.map_or(text, |(_, method)| method.as_str());
        method.parse().map_err(|_| {
            let more =
                self.mapping.shipping_methods.keys().map(|name| format!(", {name}")).collect::<String>();
            self.fault("shipping_method", format!("`{}`, accepted is own, vvb, lvb{more}", short(text)))
        })
    }

    fn fault(&self, field: &str, found: String) -> KlokuurError {
        no_export(self.mapping.column(field), format!("found {found}"))
    }
}

fn no_export(path: &str, problem: String) -> KlokuurError {
    KlokuurError::InvalidDocument { document: EXPORT, path: path.to_owned(), problem }
}
