//! A picture as plain text, for a terminal or a mail.

use std::fmt::Write;

use crate::report::page::{Block, Cell, Column, Page, Section, Table};
use crate::report::picture::Picture;
use crate::timeline::Language;

/// How many rows of a long table, or items of a list, a text shows.
const MOST: usize = 8;
/// A wider table has its last column on lines of their own.
const WIDEST: usize = 120;
/// How many cases behind a number it names at least, where it does not name them all.
const NAMED: usize = 12;
const GAP: &str = "  ";

impl Picture {
    /// The picture as plain text, with the first 8 rows of every long table: [`Page::to_text`] shows more.
    pub fn text(&self, language: Language) -> String {
        self.page(language).to_text(Some(MOST))
    }
}

impl Page {
    /// The page as plain text, with so many rows of a long table and items of a list; none: all of them. Figures are
    /// left out.
    pub fn to_text(&self, most: Option<usize>) -> String {
        let most = most.unwrap_or(usize::MAX);
        let mut text = format!("{}\n{}\n", self.title, self.subtitle);
        for note in &self.notes {
            text = format!("{text}! {note}\n");
        }
        for section in &self.sections {
            section.write(&mut text, most, self.language);
        }
        text
    }
}

impl Section {
    fn write(&self, text: &mut String, most: usize, language: Language) {
        let line = "─".repeat(self.title.chars().count());
        let mut lines = vec![String::new(), self.title.clone(), line];
        for block in &self.blocks {
            match block {
                Block::Heading { text } => lines.extend([String::new(), text.clone()]),
                Block::Text { text, .. } => lines.push(text.clone()),
                Block::List { items } => {
                    lines.extend(items.iter().take(most).map(|item| format!("{GAP}{item}")));
                    lines.extend(more(items.len(), most, language));
                }
                Block::Table(table) => {
                    lines.push(format!("{}:", table.caption));
                    let most = if table.is_long { most } else { usize::MAX };
                    table.write(&mut lines, most);
                    lines.extend(more(table.rows.len(), most, language));
                }
                Block::Cases { title, cases } => {
                    let named = most.max(NAMED);
                    let shown = cases.iter().take(named).map(String::as_str).collect::<Vec<_>>().join(", ");
                    let more = more(cases.len(), named, language).unwrap_or_default();
                    lines.push(format!("{GAP}{title}: {shown}{more}"));
                }
                Block::Figure { .. } => {}
            }
        }
        for line in lines {
            // Writing to a text cannot fail.
            let _ = writeln!(text, "{}", line.trim_end());
        }
    }
}

fn more(all: usize, most: usize, language: Language) -> Option<String> {
    let left = all.checked_sub(most).filter(|left| *left > 0)?;
    Some(match language {
        Language::English => format!("{GAP}… and {left} more"),
        Language::Dutch => format!("{GAP}… en nog {left}"),
    })
}

impl Table {
    fn write(&self, lines: &mut Vec<String>, most: usize) {
        let rows: Vec<Vec<String>> =
            self.rows.iter().take(most).map(|row| row.iter().map(Cell::to_text).collect()).collect();
        let titles: Vec<String> = self.columns.iter().map(|column| column.title.clone()).collect();
        let width = |place: usize| {
            let cells = rows.iter().chain([&titles]).filter_map(|row| row.get(place));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..titles.len()).map(width).collect();
        let is_wide = widths.iter().sum::<usize>() + GAP.len() * widths.len() > WIDEST;
        let beside = if is_wide { titles.split_last() } else { None };
        let shown = beside.map_or(titles.len(), |(_, others)| others.len());
        let line = |row: &[String]| {
            let cells = row.iter().zip(&self.columns).zip(&widths).take(shown);
            let padded: Vec<String> = cells.map(|((cell, column), width)| column.pad(cell, *width)).collect();
            format!("{GAP}{}", padded.join(GAP))
        };
        lines.push(line(&titles));
        for row in &rows {
            lines.push(line(row));
            let last = beside.zip(row.last()).filter(|(_, last)| !last.is_empty());
            lines.extend(last.map(|((title, _), last)| format!("{GAP}{GAP}{GAP}{title}: {last}")));
        }
    }
}

impl Column {
    fn pad(&self, text: &str, width: usize) -> String {
        let room = " ".repeat(width.saturating_sub(text.chars().count()));
        if self.is_number { format!("{room}{text}") } else { format!("{text}{room}") }
    }
}

impl Cell {
    fn to_text(&self) -> String {
        match &self.beside {
            None => self.text.clone(),
            Some(beside) if self.text.is_empty() => beside.clone(),
            Some(beside) => format!("{} ({beside})", self.text),
        }
    }
}
