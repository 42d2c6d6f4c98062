//! Logs in rows: cells of text or columns, and a [`Mapping`] that says what they mean, become events of cases.
//!
//! It reads what the cells of a file or a frame say: [yes and no](read_yes_no), [whole
//! numbers](read_whole), [dates](read_date), [times](Times) with and without an offset, the names of events, origins
//! and kinds in upper and lower case. A log comes as a [`Table`], in columns or in [`Rows`]; nothing is read from a
//! disk here.
//!
//! ```
//! use klokuur::log::{Mapping, Rows, read_log};
//!
//! let mapping = Mapping::from_toml(r#"
//!     zone = "Europe/Amsterdam"
//!     first_row_opens = true
//!     [columns]
//!     case = "ticket"
//!     at = "updated"
//!     event = "state"
//!     [events]
//!     new = ""
//!     answered = "seller_message"
//! "#)?;
//! let rows = Rows::new(
//!     ["ticket", "updated", "state", "subject"],
//!     [["7", "2026-03-13 16:30:00", "Answered", "delivery"], ["7", "2026-03-13 15:00:00", "New", "delivery"]],
//! );
//! let log = read_log(&rows, &mapping)?;
//! let names: Vec<_> = log.events.iter().map(|(row, event)| (*row, event.kind().as_str())).collect();
//! assert_eq!(names, [(1, "opened"), (0, "seller_message")]);
//! assert_eq!(log.summary.told[0].to_string(), "column `subject`: 1 row repeats what is known of its case, first row 0: read once");
//! # Ok::<(), klokuur::KlokuurError>(())
//! ```
//!
//! - The order of the rows changes nothing (RULES K14): rows of a case are taken by time; those of one time by the
//!   mapping's `sequence`, then in the order of [`EventKind`](crate::EventKind), then by their texts.
//! - What a row says of its case beside its event is compared with what is known: the same is read once, subject, item
//!   and whatever else may be learned on the way is read as described where it differs (RULES K16), the rest is
//!   ignored. Each is [told](Told) once a column, not once a row.
//! - A row that cannot be read is refused whole, with its number and what is accepted, and is as if it were not there.
//! - A log of which nothing can be read is an error.
//!
//! An export of orders is read by [`read_orders`] with an [`OrderMapping`], one in columns by [`read_order_table`].
//!
//! # Where what is
//!
//! - `carried`: which fields an event carries, and how its row is read
//! - `cases`: the rows of a log, case by case: without a comparison of texts, and without a text a row
//! - `encoding`: the bytes of a whole file as text: in one encoding, never row by row
//! - `evaluate`: how the cases of a log came out
//! - `header`: the header of a table: where a column stands, and how many cells a row has
//! - `mapping`: how another system's log is read as the case log
//! - `order_mapping`: how another system's order export is read (RULES R6)
//! - `orders`: order exports in rows: the seller account's own, and what people keep in a spreadsheet (RULES R6)
//! - `plain`: rows that are read without an event a row: what the fold asks of them, as numbers
//! - `reader`: a table and a mapping, put together: where each field stands, and what a row says
//! - `reading`: the rows of a log, case by case, and the events that they are
//! - `short`: short texts as numbers: compared and hashed without a look at memory
//! - `states`: which state of a log is which event
//! - `summary`: what a log was besides its events
//! - `table`: a log as it comes: named columns, and cells
//! - `time`: times as logs write them
//! - `value`: what one cell says: yes or no, a whole number, a date

mod carried;
mod cases;
mod encoding;
mod evaluate;
mod header;
mod mapping;
mod order_mapping;
mod orders;
mod plain;
mod reader;
mod reading;
mod short;
mod states;
mod summary;
mod table;
mod time;
mod value;

pub use encoding::{Encoding, separator_line, text_of};
pub use evaluate::LogEvaluation;
pub use mapping::Mapping;
pub use order_mapping::OrderMapping;
pub use orders::{ExportedLine, OrderExport, read_order_table, read_orders};
pub use reader::LogReader;
pub use reading::{CaseLog, Reading, read_log};
pub use summary::{Beside, Summary, Told};
pub use table::{Cell, Rows, Table};
pub use time::Times;
pub use value::{YES_OR_NO, read_date, read_whole, read_yes_no};
