//! A picture in words: what a page, a text or an app lays out, and nothing that it still has to compute.

use serde::{Deserialize, Serialize};

use crate::names::names;
use crate::timeline::Language;

/// A picture in the words of one language.
///
/// ```
/// # use chrono::{DateTime, Utc};
/// # use klokuur::case::{CaseEvent, Opening, Party, What};
/// # use klokuur::{Language, Rulebook};
/// # use klokuur::report::{Block, FigureName, Mood, Picture, SectionName, SellerData};
/// let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
/// let asked = CaseEvent::new("K-1", at("2026-03-13T14:00:00Z"), What::Opened(Opening::by(Party::Customer)));
/// let data = SellerData::of_events([asked]);
/// let page = Picture::of(&data, &Rulebook::bol(), at("2026-03-16T08:30:00Z"))?.page(Language::English);
/// let about = page.sections.iter().find(|section| section.name == SectionName::About).ok_or("none")?;
/// let words = about.blocks.iter().filter(|block| !matches!(block, Block::Figure { .. }));
/// assert!(words.count() > 0 && !page.title.is_empty()); // to be laid out, nothing to compute
/// let at_risk = &page.cards[1]; // the figures that a seller looks at first
/// assert_eq!((at_risk.label.as_str(), at_risk.figure.as_str(), at_risk.mood), ("At risk", "1", Some(Mood::Warn)));
/// let mut blocks = page.sections.iter().flat_map(|section| &section.blocks);
/// assert!(blocks.any(|one| matches!(one, Block::Figure { figure: FigureName::Due, .. })));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// The language.
    pub language: Language,
    /// The title.
    pub title: String,
    /// As of when, and of whom.
    pub subtitle: String,
    /// What has to be known before anything else: the log is old, rows were skipped.
    pub notes: Vec<String>,
    /// The figures that a seller looks at first.
    pub cards: Vec<Card>,
    /// The sections, in their order.
    pub sections: Vec<Section>,
}

names! {
    /// How good or bad something is: for its colour, never instead of its words.
    ///
    /// Shown at [`Page`].
    pub enum Mood: "mood" {
        /// As it should be.
        Good = "good",
        /// To be watched.
        Warn = "warn",
        /// Wrong.
        Bad = "bad",
        /// Said beside.
        Quiet = "quiet",
    }
}

/// A figure with its label.
///
/// Shown at [`Page`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
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

names! {
    /// The name of a section, the same in every language.
    ///
    /// Shown at [`Page`].
    pub enum SectionName: "section name" {
        /// The open cases.
        Cases = "cases",
        /// The service norms.
        Norms = "norms",
        /// Strikes and standing.
        Strikes = "strikes",
        /// The scores.
        Score = "score",
        /// The NPS.
        Nps = "nps",
        /// Subjects and items.
        Subjects = "subjects",
        /// Signals.
        Signals = "signals",
        /// The last whole month.
        Month = "month",
        /// What other holidays would change.
        Holidays = "holidays",
        /// How the picture came about, and what is missing.
        About = "about",
    }
}

/// One section.
///
/// Shown at [`Page`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Its name, for links.
    pub name: SectionName,
    /// Its title.
    pub title: String,
    /// What it says, in order.
    pub blocks: Vec<Block>,
}

/// A part of a section.
///
/// Shown at [`Page`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
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
    List {
        /// One item each.
        items: Vec<String>,
    },
    /// The cases behind a number, which a page can link to the help desk.
    Cases {
        /// Of what they are.
        title: String,
        /// Their numbers, all of them.
        cases: Vec<String>,
    },
    /// A table.
    Table(Table),
    /// A place for a figure, which is drawn from the picture's data; a text leaves it out.
    Figure {
        /// Which one.
        figure: FigureName,
        /// What stands under it.
        caption: String,
    },
}

names! {
    /// A figure, named after the part of the picture that it shows.
    ///
    /// Shown at [`Page`].
    pub enum FigureName: "figure name" {
        /// [`OpenCases::due`](super::OpenCases::due): the answers due by the hour.
        Due = "due",
        /// [`Picture::weeks`](super::Picture::weeks): each norm by week, with its threshold.
        Norms = "norms",
        /// [`StrikePicture::window`](super::StrikePicture::window): the weeks of the window.
        Strikes = "strikes",
        /// [`NpsPicture::months`](super::NpsPicture::months): the NPS by month, with its interval.
        Nps = "nps",
        /// [`SubjectPicture::overview`](super::SubjectPicture::overview): cases by item and subject.
        Subjects = "subjects",
        /// [`SignalPicture::report`](super::SignalPicture::report): expected and counted cases.
        Signals = "signals",
    }
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// What it shows.
    pub caption: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, a cell for each column.
    pub rows: Vec<Vec<Cell>>,
    /// Whether it can have any number of rows, such as one for each case: the first ones are enough at first sight.
    pub is_long: bool,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Its heading.
    pub title: String,
    /// Whether it holds numbers, which stand at the right.
    pub is_number: bool,
    /// Whether it holds case numbers, which a page can link to the help desk.
    pub is_case: bool,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    /// What it says; empty where there is nothing to say.
    pub text: String,
    /// What belongs to it, in small letters or on a line of its own; none where there is nothing.
    pub beside: Option<String>,
    /// How good it is; none where it is neither.
    pub mood: Option<Mood>,
}

impl Section {
    pub(super) fn new(name: SectionName, title: impl Into<String>) -> Self {
        Self { name, title: title.into(), blocks: Vec::new() }
    }

    pub(super) fn heading(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Heading { text: text.into() });
    }

    pub(super) fn text(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Text { text: text.into(), mood: None });
    }

    pub(super) fn mooded(&mut self, text: impl Into<String>, mood: Mood) {
        self.blocks.push(Block::Text { text: text.into(), mood: Some(mood) });
    }

    /// Nothing where there are no items.
    pub(super) fn list(&mut self, items: Vec<String>) {
        if !items.is_empty() {
            self.blocks.push(Block::List { items });
        }
    }

    /// Nothing where there are no cases.
    pub(super) fn cases(&mut self, title: impl Into<String>, cases: &[String]) {
        if !cases.is_empty() {
            self.blocks.push(Block::Cases { title: title.into(), cases: cases.to_vec() });
        }
    }

    /// Nothing where there are no rows.
    pub(super) fn table(&mut self, caption: impl Into<String>, columns: Vec<Column>, rows: Vec<Vec<Cell>>) {
        let table = Table { caption: caption.into(), columns, rows, is_long: false };
        self.blocks.extend((!table.rows.is_empty()).then_some(Block::Table(table)));
    }

    /// A table that can have any number of rows.
    pub(super) fn long_table(
        &mut self,
        caption: impl Into<String>,
        columns: Vec<Column>,
        rows: Vec<Vec<Cell>>,
    ) {
        let table = Table { caption: caption.into(), columns, rows, is_long: true };
        self.blocks.extend((!table.rows.is_empty()).then_some(Block::Table(table)));
    }

    pub(super) fn figure(&mut self, figure: FigureName, caption: impl Into<String>) {
        self.blocks.push(Block::Figure { figure, caption: caption.into() });
    }
}

impl Column {
    pub(super) fn text(title: &str) -> Self {
        Self { title: title.into(), is_number: false, is_case: false }
    }

    pub(super) fn number(title: &str) -> Self {
        Self { title: title.into(), is_number: true, is_case: false }
    }

    pub(super) fn case(title: &str) -> Self {
        Self { title: title.into(), is_number: false, is_case: true }
    }
}

impl Cell {
    pub(super) fn of(text: impl Into<String>) -> Self {
        Self { text: text.into(), beside: None, mood: None }
    }

    pub(super) fn beside(self, text: impl Into<String>) -> Self {
        Self { beside: Some(text.into()).filter(|text: &String| !text.is_empty()), ..self }
    }

    pub(super) fn mood(self, mood: impl Into<Option<Mood>>) -> Self {
        Self { mood: mood.into(), ..self }
    }
}
