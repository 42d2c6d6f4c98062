//! Columns of texts, whatever Arrow keeps them as; numbers and truths count as their texts.

use pyo3::prelude::*;

use super::foreign::{Chunk, Foreign, refused};
use super::kind::{Kind, Number};
use super::view::View;
use crate::error::invalid;

/// A column of texts in one piece.
pub(crate) enum TextColumn {
    /// A single chunk of texts stays where it is.
    Foreign(Chunk),
    /// All others are copied.
    Copied(Texts),
}

/// Texts one after the other.
#[derive(Default)]
pub(crate) struct Texts {
    all: String,
    /// Where each text ends, and whether there is one.
    rows: Vec<(u32, bool)>,
}

impl TextColumn {
    pub(crate) fn get(&self, row: usize) -> Option<&str> {
        match self {
            Self::Foreign(chunk) => chunk.view().text(row),
            Self::Copied(texts) => texts.get(row),
        }
    }

    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Foreign(chunk) => chunk.len(),
            Self::Copied(texts) => texts.rows.len(),
        }
    }
}

/// The texts of a column.
pub(crate) fn texts_of(mut column: Foreign) -> PyResult<TextColumn> {
    if !is_text(&column.kind) {
        return Err(invalid("column of texts", column.kind.to_string(), "texts, numbers or truths"));
    }
    let stays = match &column.kind {
        Kind::Text(_) => true,
        Kind::Dictionary(_, values) => matches!(**values, Kind::Text(_)),
        _ => false,
    };
    if stays
        && column.chunks.len() == 1
        && let Some(one) = column.chunks.pop()
    {
        return Ok(TextColumn::Foreign(one));
    }
    let mut texts = Texts::default();
    for chunk in &column.chunks {
        texts.take(chunk.view())?;
    }
    Ok(TextColumn::Copied(texts))
}

fn is_text(kind: &Kind) -> bool {
    match kind {
        Kind::Text(_) | Kind::Boolean | Kind::Null => true,
        Kind::Number(number) => number.is_integer(),
        Kind::Dictionary(_, values) => is_text(values),
        Kind::Timestamp(..) | Kind::Duration(_) => false,
    }
}

impl Texts {
    /// One more row.
    pub(crate) fn push(&mut self, text: Option<&str>) -> PyResult<()> {
        self.all.push_str(text.unwrap_or_default());
        let end = u32::try_from(self.all.len())
            .map_err(|_| refused("more than 4 GiB of texts in one column", "less: read the log in parts"))?;
        self.rows.push((end, text.is_some()));
        Ok(())
    }

    fn get(&self, row: usize) -> Option<&str> {
        let (end, is_there) = *self.rows.get(row)?;
        let start = row.checked_sub(1).and_then(|before| self.rows.get(before)).map_or(0, |(end, _)| *end);
        if is_there { self.all.get(start as usize..end as usize) } else { None }
    }

    fn take(&mut self, rows: View<'_>) -> PyResult<()> {
        match rows.kind {
            Kind::Dictionary(number, _) => return self.indexed(rows, *number),
            Kind::Boolean => {
                for row in 0..rows.len() {
                    self.push(rows.truth(row).map(|truth| if truth { "true" } else { "false" }))?;
                }
            }
            Kind::Number(number) => {
                for row in 0..rows.len() {
                    self.push(rows.number(*number, row).as_deref())?;
                }
            }
            _ => {
                for row in 0..rows.len() {
                    self.push(rows.text(row))?;
                }
            }
        }
        Ok(())
    }

    fn indexed(&mut self, rows: View<'_>, number: Number) -> PyResult<()> {
        let mut values = Self::default();
        if let Some(dictionary) = rows.dictionary() {
            values.take(dictionary)?;
        }
        for row in 0..rows.len() {
            let index = rows.index(number, row).and_then(Result::ok);
            self.push(index.and_then(|index| values.get(index)))?;
        }
        Ok(())
    }
}
