//! Order exports in rows: the seller account's own, and what people keep in a spreadsheet (RULES R6).

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

use super::carried::trimmed;
use super::header::{check_width, place_of};
use super::order_mapping::{NEEDED, OrderMapping};
use super::table::{Cell, Table};
use super::time::Times;
use super::value::{YES_OR_NO, may_be_thousands, read_date, read_whole, read_yes_no, read_yes_no_or_code};
use crate::error::{KlokuurError, Result, short};
use crate::norm::{Cancelled, OrderLine};
use crate::shipping::ShippingMethod;
use crate::sla::instant::nanos;
use crate::time::{YEARS, Zone};

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
    let rows = rows.iter().enumerate().skip(mapping.lead_lines as usize + 1);
    reader.export(rows.map(|(row, cells)| {
        let cells = cells.as_ref();
        (row, Ok(cells.iter().map(|cell| trimmed(Cell::Text(cell.as_ref()))).collect()), Some(cells.len()))
    }))
}

/// The same of a table, whose columns have their names already and whose rows go by their own numbers: a file, or a
/// frame. A column of instants is taken as it is, and a pattern of times or dates in text does not touch it: a date is
/// that of the day in the mapping's zone.
///
/// ```
/// use klokuur::log::{OrderMapping, Rows, read_order_table};
///
/// let names = ["order", "ordered_at", "promised_on"];
/// let rows = Rows::new(names, [["A-1", "2026-03-09T12:00:00+01:00", "2026-03-10"]]).with_lines(vec![2]);
/// let export = read_order_table(&rows, &OrderMapping::default())?;
/// assert_eq!((export.lines[0].row, export.lines[0].order.as_str()), (2, "A-1"));
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
///
/// # Errors
/// - a table that lacks a needed column or has one twice
/// - a table of which no line can be read: the error names the first row
pub fn read_order_table<T: Table>(table: &T, mapping: &OrderMapping) -> Result<OrderExport> {
    let names: Vec<&str> = table.names().into_iter().map(str::trim).collect();
    let reader = Reader::new(&names, mapping)?;
    let row = |row: usize| {
        let cells = (0..names.len()).map(|column| table.cell(row, column).map(trimmed)).collect();
        (table.number(row), cells, table.width(row))
    };
    reader.export((0..table.len()).map(row))
}

/// Where each field stands, and how its cells are read.
struct Reader<'a> {
    mapping: &'a OrderMapping,
    places: BTreeMap<&'static str, usize>,
    width: usize,
    times: Times,
    /// In which the dates of instants are meant.
    zone: Zone,
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
        let zone = mapping.zone.as_deref().map_or(Ok(Zone::UTC), str::parse)?;
        Ok(Self { mapping, places, width: names.len(), times, zone })
    }

    /// The lines of rows, each with its number, its cells and how many it really has. A row of empty cells is none.
    fn export<'c>(
        &self,
        rows: impl Iterator<Item = (usize, Result<Vec<Cell<'c>>>, Option<usize>)>,
    ) -> Result<OrderExport> {
        let mut export = OrderExport { lines: Vec::new(), refused: Vec::new() };
        for (row, cells, width) in rows {
            if cells.as_ref().is_ok_and(|cells| cells.iter().all(|cell| *cell == Cell::Missing)) {
                continue;
            }
            match cells.and_then(|cells| self.line(&cells, width)) {
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

    fn line(&self, cells: &[Cell<'_>], width: Option<usize>) -> Result<(String, Option<String>, OrderLine)> {
        width.map_or(Ok(()), |width| check_width(width, self.width))?;
        let any = |field: &str| {
            let cell = self.places.get(field).and_then(|place| cells.get(*place)).copied();
            cell.filter(|cell| *cell != Cell::Missing)
        };
        let needed =
            |field: &str| any(field).ok_or_else(|| self.fault(field, "nothing, accepted is a value".into()));
        let text = |field: &str| any(field).map(|cell| self.text(field, cell)).transpose();
        let time = |field: &str| any(field).map(|cell| self.time(field, cell)).transpose();
        let day = |field: &str| any(field).map(|cell| self.date(field, cell)).transpose();
        let truth = |field: &str| text(field)?.map(|text| self.truth(field, text)).transpose();
        let ordered_at = self.time("ordered_at", needed("ordered_at")?)?;
        let line = OrderLine {
            delivered_at: time("delivered_at")?,
            cancelled: self.cancelled(
                ordered_at,
                truth("cancelled")?,
                time("cancelled_at")?,
                text("cancelled_by")?,
            )?,
            tracked: text("tracked")?.map(|text| self.tracked(text)).transpose()?.unwrap_or(false),
            returned_at: time("returned_at")?,
            returned_quantity: text("returned_quantity")?
                .map(|text| self.pieces("returned_quantity", text))
                .transpose()?,
            shipping_method: self.method(text("shipping_method")?)?,
            shipped_at: time("shipped_at")?,
            handed_over_at: time("handed_over_at")?,
            expires_on: day("expires_on")?,
            track_exempt: truth("track_exempt")?.unwrap_or(false),
            ..OrderLine::new(
                ordered_at,
                self.quantity(text("quantity")?)?,
                self.date("promised_on", needed("promised_on")?)?,
            )
        };
        line.check(|at| at.date_naive())?;
        let order = self.text("order", needed("order")?)?.to_owned();
        Ok((order, text("item")?.map(str::to_owned), line))
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

    fn text<'c>(&self, field: &str, cell: Cell<'c>) -> Result<&'c str> {
        match cell {
            Cell::Text(text) => Ok(text),
            Cell::Instant(at) => Err(self.fault(field, format!("the time `{at}`, accepted is a text"))),
            Cell::Missing => Err(self.fault(field, "nothing, accepted is a value".into())),
        }
    }

    fn time(&self, field: &str, cell: Cell<'_>) -> Result<DateTime<Utc>> {
        let read = match cell {
            Cell::Instant(at) => nanos(&at).map(|_| at),
            cell => self.times.read(self.text(field, cell)?),
        };
        read.map_err(|error| self.fault(field, error.to_string()))
    }

    fn date(&self, field: &str, cell: Cell<'_>) -> Result<NaiveDate> {
        let pattern = self.mapping.date_format.as_deref();
        let accepted = pattern.unwrap_or("2026-03-13");
        let (date, given): (_, Cow<'_, str>) = match cell {
            // A date is held as its midnight.
            Cell::Instant(at) => {
                let local = at.with_timezone(&self.zone).naive_local();
                (Some(local.date()).filter(|_| local.time() == NaiveTime::MIN), local.to_string().into())
            }
            cell => {
                let text = self.text(field, cell)?;
                let date = match pattern {
                    None => read_date(text),
                    Some(pattern) => NaiveDate::parse_from_str(text, pattern).ok(),
                };
                (date, text.into())
            }
        };
        let date = date.filter(|date| YEARS.contains(&date.year()));
        date.ok_or_else(|| {
            self.fault(field, format!("`{}`, accepted is a date as {accepted}", short(&given)))
        })
    }

    fn truth(&self, field: &str, text: &str) -> Result<bool> {
        read_yes_no(text)
            .ok_or_else(|| self.fault(field, format!("`{}`, accepted is {YES_OR_NO}", short(text))))
    }

    /// A code says that there is one; a word that is neither yes nor no says nothing that could be known.
    fn tracked(&self, text: &str) -> Result<bool> {
        read_yes_no_or_code(text).ok_or_else(|| {
            self.fault(
                "tracked",
                format!("`{}`, accepted is a code with a digit, or {YES_OR_NO}", short(text)),
            )
        })
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
            let accepted = match may_be_thousands(text) {
                true => "a whole number, 1 or more, without a mark for thousands",
                false => "a whole number, 1 or more",
            };
            self.fault(field, format!("`{}`, accepted is {accepted}", short(text)))
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
