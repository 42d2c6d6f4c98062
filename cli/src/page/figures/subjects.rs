//! Cases by item and subject: the darker, the more.

use klokuur::report::{SubjectPicture, Words};

use super::say;
use crate::page::svg::{Anchor, Drawing, shortened};

const ITEMS: usize = 10;
const ROW: f64 = 26.0;
const HEAD: f64 = 40.0;

pub(super) fn draw(picture: &SubjectPicture, words: &Words, width: f64) -> Option<String> {
    let found = &picture.overview;
    let wide = width > 600.0;
    let subjects: Vec<Option<&str>> =
        found.subjects.iter().take(if wide { 8 } else { 4 }).map(|one| one.subject.as_deref()).collect();
    let items = found.items.get(..found.items.len().min(ITEMS))?;
    if items.is_empty() || subjects.is_empty() {
        return None;
    }
    let left = if wide { 220.0 } else { 104.0 };
    let step = (width - left) / subjects.len() as f64;
    let most = items.iter().flat_map(|item| &item.subjects).map(|one| one.cases).max()?.max(1);
    let mut drawing = Drawing::new(width, HEAD + ROW * items.len() as f64 + 4.0);
    let none = say(words, "none", "geen");
    for (place, subject) in subjects.iter().enumerate() {
        let x = left + step * (place as f64 + 0.5);
        let name = shortened(subject.unwrap_or(none), (2.0 * step / 6.6) as usize);
        // Names beside each other in two lines, so that they have room.
        let y = if place % 2 == 0 { 14.0 } else { 30.0 };
        drawing.text("", (x, y), Anchor::Middle, &name);
    }
    for (row, item) in items.iter().enumerate() {
        let y = HEAD + ROW * row as f64;
        let name = shortened(&item.item, (left / 6.6) as usize);
        drawing.text("figure", (left - 8.0, y + 17.0), Anchor::End, &name);
        for (place, subject) in subjects.iter().enumerate() {
            let cases = item
                .subjects
                .iter()
                .find(|one| one.subject.as_deref() == *subject)
                .map_or(0, |one| one.cases);
            let x = left + step * place as f64;
            drawing.bar("shade", x + 1.0, y + 1.0, step - 2.0, ROW - 2.0, "");
            if cases > 0 {
                let tip = format!("{}, {}: {cases}", item.item, subject.unwrap_or(none));
                // A bar from the left: its length is read more surely than a shade.
                let length = (step - 2.0) * cases as f64 / most as f64;
                drawing.bar("fill-accent", x + 1.0, y + ROW - 6.0, length, 4.0, &tip);
                drawing.text("figure", (x + step / 2.0, y + 16.0), Anchor::Middle, &words.count(cases));
            }
        }
    }
    Some(drawing.end(say(words, "Cases by item and subject", "Klantvragen per artikel en onderwerp")))
}
