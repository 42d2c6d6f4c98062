//! The picture of a seller: computed once, in words that an app lays out, and as data in one JSON text.

use std::sync::Arc;

use klokuur::Language;
use klokuur::report::{self, Block, FigureName, Mood, Picture, SectionName, SellerData};

use crate::case_book::CaseBook;
use crate::error::Result;
use crate::rulebook::Rulebook;
use crate::time::Instant;

/// How good or bad something is: for its colour, never instead of its words.
#[uniffi::remote(Enum)]
pub enum Mood {
    /// As it should be.
    Good,
    /// To be watched.
    Warn,
    /// Wrong.
    Bad,
    /// Said beside.
    Quiet,
}

/// The name of a section, the same in every language.
#[uniffi::remote(Enum)]
pub enum SectionName {
    /// The open cases.
    Cases,
    /// The service norms.
    Norms,
    /// Strikes and standing.
    Strikes,
    /// The scores.
    Score,
    /// The NPS.
    Nps,
    /// Subjects and items.
    Subjects,
    /// Signals.
    Signals,
    /// The last whole month.
    Month,
    /// What other holidays would change.
    Holidays,
    /// How the picture came about, and what is missing.
    About,
}

/// A figure, named after the part of the picture that it shows.
#[uniffi::remote(Enum)]
pub enum FigureName {
    /// The answers due by the hour: `cases.due` of the JSON.
    Due,
    /// Each norm by week, with its threshold: `weeks`.
    Norms,
    /// The weeks of the window: `strikes.window`.
    Strikes,
    /// The NPS by month, with its interval: `nps.months`.
    Nps,
    /// Cases by item and subject: `subjects.overview`.
    Subjects,
    /// Expected and counted cases: `signals.report`.
    Signals,
}

/// A picture in the words of one language: an app lays it out as it is.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct PicturePage {
    /// The language.
    pub language: Language,
    /// The title.
    pub title: String,
    /// As of when, and of whom.
    pub subtitle: String,
    /// What has to be known before anything else: the log is old, rows were skipped.
    pub notes: Vec<String>,
    /// The figures that a seller looks at first.
    pub cards: Vec<PageCard>,
    /// The sections, in their order.
    pub sections: Vec<PageSection>,
}

/// A figure with its label.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct PageCard {
    /// What it is.
    pub label: String,
    /// The figure.
    pub figure: String,
    /// What belongs beside it.
    pub beside: String,
    /// The section that tells more.
    pub section: SectionName,
    /// How good it is; none where it is neither.
    pub mood: Option<Mood>,
}

/// One section.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct PageSection {
    /// Its name, for links.
    pub name: SectionName,
    /// Its title.
    pub title: String,
    /// What it says, in order.
    pub blocks: Vec<PageBlock>,
}

/// A part of a section.
#[derive(Debug, Clone, PartialEq, uniffi::Enum)]
pub enum PageBlock {
    /// A heading within the section.
    Heading {
        /// The heading.
        text: String,
    },
    /// A paragraph.
    Text {
        /// The sentence or sentences.
        text: String,
        /// How good that is; none where it is neither.
        mood: Option<Mood>,
    },
    /// Some short sentences.
    Items {
        /// One item each.
        items: Vec<String>,
    },
    /// The cases behind a number.
    Cases {
        /// Of what they are.
        title: String,
        /// Their numbers, all of them.
        cases: Vec<String>,
    },
    /// A table.
    Table {
        /// The table.
        table: PageTable,
    },
    /// A place for a figure, which is drawn from the picture's data.
    Figure {
        /// Which one.
        figure: FigureName,
        /// What stands under it.
        caption: String,
    },
}

/// A table.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct PageTable {
    /// What it shows.
    pub caption: String,
    /// Its columns.
    pub columns: Vec<PageColumn>,
    /// Its rows, a cell for each column.
    pub rows: Vec<Vec<PageCell>>,
    /// Whether it can have any number of rows: the first ones are enough at first sight.
    pub is_long: bool,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct PageColumn {
    /// Its heading.
    pub title: String,
    /// Whether it holds numbers, which stand at the right.
    pub is_number: bool,
    /// Whether it holds case numbers, which an app can link to the help desk.
    pub is_case: bool,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct PageCell {
    /// What it says; empty where there is nothing to say.
    pub text: String,
    /// What belongs to it, in small letters or on a line of its own; none where there is nothing.
    pub beside: Option<String>,
    /// How good it is; none where it is neither.
    pub mood: Option<Mood>,
}

fn page(page: report::Page) -> PicturePage {
    let report::Page { language, title, subtitle, notes, cards, sections } = page;
    PicturePage {
        language,
        title,
        subtitle,
        notes,
        cards: cards.into_iter().map(card).collect(),
        sections: sections.into_iter().map(section).collect(),
    }
}

fn card(card: report::Card) -> PageCard {
    let report::Card { label, figure, beside, section, mood } = card;
    PageCard { label, figure, beside, section, mood }
}

fn section(section: report::Section) -> PageSection {
    let report::Section { name, title, blocks } = section;
    PageSection { name, title, blocks: blocks.into_iter().map(block).collect() }
}

fn block(block: Block) -> PageBlock {
    match block {
        Block::Heading { text } => PageBlock::Heading { text },
        Block::Text { text, mood } => PageBlock::Text { text, mood },
        Block::List { items } => PageBlock::Items { items },
        Block::Cases { title, cases } => PageBlock::Cases { title, cases },
        Block::Table(found) => PageBlock::Table { table: table(found) },
        Block::Figure { figure, caption } => PageBlock::Figure { figure, caption },
    }
}

fn table(table: report::Table) -> PageTable {
    let report::Table { caption, columns, rows, is_long } = table;
    let column = |report::Column { title, is_number, is_case }| PageColumn { title, is_number, is_case };
    let cell = |report::Cell { text, beside, mood }| PageCell { text, beside, mood };
    PageTable {
        caption,
        columns: columns.into_iter().map(column).collect(),
        rows: rows.into_iter().map(|row| row.into_iter().map(cell).collect()).collect(),
        is_long,
    }
}

/// A seller's cases, norms, standing, satisfaction and signals at one instant.
#[derive(Debug, uniffi::Object)]
pub struct SellerPicture(Picture);

#[uniffi::export]
impl SellerPicture {
    /// The picture of a case book at `now`, by its hours. `beside` is a JSON object of what else there is, each part as
    /// its records are written: `name`, `orders` (`row`, `order`, `item`, `line`), `surveys`, `calls`, `reviews`,
    /// `reported` (weekly numbers), `status` (the Retailer API's performance status), `decisions`, `points`. What is
    /// not there is told as missing.
    ///
    /// # Errors
    /// - a text that is no such object; the message has the path of what is wrong
    /// - rules that mean nothing
    /// - an instant outside the years 1900 to 2100
    #[uniffi::constructor(default(beside = "{}"))]
    pub fn of_book(book: &CaseBook, rules: &Rulebook, now: Instant, beside: String) -> Result<Arc<Self>> {
        let data = SellerData::of_book(book.copied()).with_json(&beside)?;
        Ok(Arc::new(Self(Picture::of(&data, rules.by_week(), now)?)))
    }

    /// The same of a JSON object that has the `events` of the cases too.
    ///
    /// # Errors
    /// - as `of_book`
    #[uniffi::constructor]
    pub fn of_json(data: &str, rules: &Rulebook, now: Instant) -> Result<Arc<Self>> {
        Ok(Arc::new(Self(Picture::of(&SellerData::from_json(data)?, rules.by_week(), now)?)))
    }

    /// The picture in words: titles, sentences, tables and places for figures.
    pub fn page(&self, language: Language) -> PicturePage {
        page(self.0.page(language))
    }

    /// The picture as plain text, with so many rows of a long table; without a number all of them.
    ///
    /// # Errors
    /// - a number below 0
    #[uniffi::method(default(most = None))]
    pub fn text(&self, language: Language, most: Option<i64>) -> Result<String> {
        let most = most.map(|most| crate::time::unsigned("count of rows", most)).transpose()?;
        let most = most.map(|most| usize::try_from(most).unwrap_or(usize::MAX));
        Ok(self.0.page(language).to_text(most))
    }

    /// The picture as data: one JSON text, the same in every language, with the cases behind every number.
    pub fn json(&self) -> String {
        self.0.to_json()
    }
}
