//! The picture of a seller on a Monday morning, as data: computed once, shown by text, page and app alike.
//!
//! [`SellerData`] holds what a seller has: the events of cases, and where they are there order lines, answers to
//! surveys, calls, reviews and what the marketplace reports. [`Picture::of`] makes one [`Picture`] of it at an instant
//! that the caller names. It is a tree of plain records, one for each section, with the cases behind every number and
//! what is [missing](Missing) and why.
//!
//! [`Picture::page`] puts it into words, in English or Dutch: titles, sentences and tables that a page or an app only
//! has to lay out. [`Picture::text`] is the same as plain text.
//!
//! ```
//! use chrono::{DateTime, Utc};
//! use klokuur::case::{CaseEvent, Opening, Party, What};
//! use klokuur::report::{Picture, SellerData};
//! use klokuur::{Language, Rulebook};
//!
//! let at = |text: &str| text.parse::<DateTime<Utc>>();
//! let asked = CaseEvent::new("K-1", at("2026-03-13T14:00:00Z")?, What::Opened(Opening::by(Party::Customer)));
//! let data = SellerData::of_events([asked]);
//! let picture = Picture::of(&data, &Rulebook::bol(), at("2026-03-16T08:30:00Z")?)?;
//! assert_eq!(picture.cases.at_risk, ["K-1"]); // open for more than 18 clock hours
//! assert!(picture.text(Language::Dutch).contains("maandag 16 maart 15:00"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Where what is
//!
//! - `as_of`: as of when, and judged by what
//! - `cases`: the open cases: what waits for an answer, what is at risk, and what waits for someone else (RULES K3)
//! - `document`: what a seller has, as one document: the way in for hosts of other languages
//! - `due`: when answers are due: how many in each stretch of hours, and the hours that do not count
//! - `holidays`: what another list of holidays would have changed (RULES H4)
//! - `input`: what a picture is made of
//! - `late`: a late case, as it stands behind a share
//! - `lists`: the cases behind a count
//! - `missing`: what a picture lacks, and why: nothing that is not there looks like zero
//! - `month`: the last whole month (RULES I3)
//! - `norms`: the service norms week by week (RULES N)
//! - `nps`: the NPS after customer contact (RULES Q)
//! - `numbers`: the weekly numbers of every norm, from all that a seller has (RULES N)
//! - `orders`: the order lines behind the norms that are measured on orders (RULES N6)
//! - `page`: a picture in words: what a page, a text or an app lays out, and nothing that it still has to compute
//! - `picture`: the whole picture, computed once
//! - `points`: policy points (RULES S7)
//! - `rows`: what was read, and what was not
//! - `score`: the performance score and the quality score (RULES P)
//! - `signals`: what comes up more often than it used to (RULES I4)
//! - `strikes`: the strikes in the window, the standing, and what would be (RULES S)
//! - `subjects`: what the cases of the past weeks are about (RULES I1)
//! - `words`: the words of a picture, in English and Dutch: a file for each section

mod as_of;
mod cases;
mod document;
mod due;
mod holidays;
mod input;
mod late;
mod lists;
mod missing;
mod month;
mod norms;
mod nps;
mod numbers;
mod orders;
mod page;
mod picture;
mod points;
mod rows;
mod score;
mod signals;
mod strikes;
mod subjects;
mod words;

pub use as_of::{AsOf, CountedIn, JudgedBy};
pub use cases::{FollowUp, OpenCases};
pub use due::{DueBar, DueChart};
pub use holidays::OtherHolidays;
pub use input::{RECOMMENDATION, SellerData};
pub use late::LateCase;
pub use lists::CaseList;
pub use missing::{Missing, MissingPart, MissingReason};
pub use month::MonthPicture;
pub use norms::{NormOfWeek, NormWeek};
pub use nps::{NpsChange, NpsPicture, NpsWindow};
pub use orders::CountedOrder;
pub use page::{Block, Card, Cell, Column, FigureName, Mood, Page, Section, SectionName, Table};
pub use picture::Picture;
pub use points::PointsPicture;
pub use rows::{ReadRows, SkippedRow};
pub use score::ScorePicture;
pub use signals::SignalPicture;
pub use strikes::{ReportedBeside, StrikePicture, WhatIf, WindowState, WindowWeek};
pub use subjects::SubjectPicture;
pub use words::Words;
