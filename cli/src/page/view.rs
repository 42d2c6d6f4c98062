//! The words of a page, ready for its template: cases with their links, values to sort by, tables in parts.

use std::collections::{HashMap, HashSet};

use klokuur::report::{Block, Card, Cell, Column, Mood, Page, Picture, SectionName, Table, Words};
use klokuur::sla::Amount;
use serde::Serialize;

use super::{LIMIT, PageOptions};
use super::{figures, numbers};

/// How many cases a cell of a table names.
const IN_A_CELL: usize = 25;

/// A page as its template takes it.
#[derive(Debug, Serialize)]
pub(super) struct PageView<'a> {
    pub(super) title: &'a str,
    pub(super) subtitle: &'a str,
    pub(super) notes: &'a [String],
    pub(super) cards: &'a [Card],
    pub(super) sections: Vec<SectionView<'a>>,
}

#[derive(Debug, Serialize)]
pub(super) struct SectionView<'a> {
    pub(super) name: SectionName,
    pub(super) title: &'a str,
    pub(super) blocks: Vec<BlockView<'a>>,
}

#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum BlockView<'a> {
    Heading {
        text: &'a str,
    },
    Text {
        text: &'a str,
        mood: Option<Mood>,
    },
    List {
        items: &'a [String],
    },
    Cases {
        title: String,
        cases: Vec<CaseView>,
        count: usize,
    },
    Table(TableView),
    /// A figure, and the values of its marks where no table of the section has them.
    Figure {
        drawing: Option<String>,
        numbers: Option<TableView>,
    },
    /// A table that is shown when it is asked for.
    Folded {
        summary: String,
        table: TableView,
    },
}

/// A table of which the first rows are shown at once.
#[derive(Debug, Default, Serialize)]
pub(super) struct TableView {
    pub(super) caption: String,
    pub(super) columns: Vec<ColumnView>,
    pub(super) rows: Vec<Vec<CellView>>,
    /// Whether it can have any number of rows.
    pub(super) is_long: bool,
    /// How many rows are only in the data.
    pub(super) left: usize,
}

#[derive(Debug, Serialize)]
pub(super) struct ColumnView {
    pub(super) title: String,
    pub(super) is_number: bool,
}

#[derive(Debug, Default, Serialize)]
pub(super) struct CellView {
    pub(super) text: String,
    pub(super) beside: Option<String>,
    pub(super) mood: Option<Mood>,
    /// Where the case is to be seen.
    pub(super) link: Option<String>,
    /// What it is sorted by, where that is not its text or number.
    pub(super) key: Option<i64>,
    /// The cases that it counts, the first of them.
    pub(super) cases: Vec<CaseView>,
    /// How many more there are.
    pub(super) cases_left: usize,
}

/// A case number, and where it is to be seen.
#[derive(Debug, Serialize)]
pub(super) struct CaseView {
    number: String,
    link: Option<String>,
}

/// What the parts of a page are made with.
pub(super) struct Maker<'a> {
    pub(super) words: Words,
    options: &'a PageOptions,
    keys: HashMap<String, i64>,
}

impl<'a> Maker<'a> {
    pub(super) fn new(picture: &Picture, page: &Page, options: &'a PageOptions) -> Self {
        let words = picture.words(page.language);
        Self { words, options, keys: keys(picture, &words) }
    }

    fn cases(&self, cases: &[String], most: usize) -> Vec<CaseView> {
        let one = |number: &String| CaseView { number: number.clone(), link: self.link(number) };
        cases.iter().take(most).map(one).collect()
    }

    /// A cell with the cases that another one counts.
    pub(super) fn listed(&self, cases: &[String]) -> CellView {
        CellView {
            cases: self.cases(cases, IN_A_CELL),
            cases_left: cases.len().saturating_sub(IN_A_CELL),
            ..CellView::default()
        }
    }

    fn link(&self, case: &str) -> Option<String> {
        self.options.link.as_ref().map(|link| link.of(case))
    }

    fn cell(&self, cell: &Cell, column: &Column) -> CellView {
        CellView {
            text: cell.text.clone(),
            beside: cell.beside.clone(),
            mood: cell.mood,
            link: if column.is_case { self.link(&cell.text) } else { None },
            key: if column.is_number { None } else { self.keys.get(&cell.text).copied() },
            ..CellView::default()
        }
    }

    fn table(&self, table: &Table) -> TableView {
        let row = |row: &Vec<Cell>| {
            row.iter().zip(&table.columns).map(|(cell, column)| self.cell(cell, column)).collect()
        };
        let column =
            |column: &Column| ColumnView { title: column.title.clone(), is_number: column.is_number };
        TableView {
            caption: table.caption.clone(),
            columns: table.columns.iter().map(column).collect(),
            rows: table.rows.iter().take(LIMIT).map(row).collect(),
            is_long: table.is_long,
            left: table.rows.len().saturating_sub(LIMIT),
        }
    }

    /// The whole page; `draw` draws a figure.
    pub(super) fn page<'p>(
        &self,
        picture: &Picture,
        page: &'p Page,
        draw: impl Fn(klokuur::report::FigureName, &str) -> Option<String>,
    ) -> PageView<'p> {
        let block = |block: &'p Block| match block {
            Block::Heading { text } => BlockView::Heading { text },
            Block::Text { text, mood } => BlockView::Text { text, mood: *mood },
            Block::List { items } => BlockView::List { items },
            Block::Cases { title, cases } => {
                BlockView::Cases { title: title.clone(), cases: self.cases(cases, LIMIT), count: cases.len() }
            }
            Block::Table(table) => BlockView::Table(self.table(table)),
            Block::Figure { figure, caption } => BlockView::Figure {
                drawing: draw(*figure, caption),
                numbers: numbers::of_figure(*figure, picture, self),
            },
        };
        let sections = page.sections.iter().map(|section| {
            let mut blocks: Vec<BlockView<'_>> = section.blocks.iter().map(block).collect();
            if section.name == SectionName::Month {
                blocks.extend(
                    numbers::of_month(picture, self)
                        .map(|table| BlockView::Folded { summary: table.caption.clone(), table }),
                );
            }
            SectionView { name: section.name, title: &section.title, blocks }
        });
        PageView {
            title: &page.title,
            subtitle: &page.subtitle,
            notes: &page.notes,
            cards: &page.cards,
            sections: sections.collect(),
        }
    }
}

/// The texts of dates and amounts that a page shows, with what they are sorted by. What has the same text has the same
/// place.
fn keys(picture: &Picture, words: &Words) -> HashMap<String, i64> {
    let mut keys: HashMap<String, i64> = HashMap::new();
    let cases = &picture.cases;
    let at_risk: HashSet<&str> = cases.at_risk.iter().take(LIMIT).map(String::as_str).collect();
    let shown = cases
        .waiting
        .iter()
        .enumerate()
        .filter(|(place, row)| *place < LIMIT || at_risk.contains(&*row.number));
    keys.extend(shown.filter_map(|(_, row)| row.due).map(|at| (words.moment(at), at.timestamp())));
    for at in cases.to_follow_up.iter().take(LIMIT).filter_map(|one| one.at) {
        let text = words.moment(at);
        keys.insert(format!("{} {text}", figures::say(words, "since", "sinds")), at.timestamp());
        keys.insert(text, at.timestamp());
    }
    let weeks = || [picture.last_week(), picture.this_week()].into_iter().flatten();
    let norms = || weeks().flat_map(|week| &week.norms);
    let late =
        norms().flat_map(|norm| norm.late.iter().take(LIMIT)).chain(picture.month.late.iter().take(LIMIT));
    let late: Vec<_> = late.collect();
    let moments = late.iter().flat_map(|case| [case.due, case.answered]).flatten();
    keys.extend(moments.map(|at| (words.moment(at), at.timestamp())));
    for (text, late) in late.iter().filter_map(|case| Some((words.lateness(case.late?), case.late?))) {
        if let Amount::Elapsed(late) = late {
            keys.insert(text, late.num_seconds());
        }
    }
    for order in norms().flat_map(|norm| norm.orders.iter().take(LIMIT)) {
        let day = order.promised_on.signed_duration_since(chrono::NaiveDate::default()).num_days();
        keys.insert(words.date(order.promised_on), day);
    }
    keys
}
