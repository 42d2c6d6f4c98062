//! The NPS by month, with its interval.

use klokuur::report::{NpsPicture, Words};

use super::{say, short};
use crate::page::svg::{Anchor, Drawing, Mark};

const HEIGHT: f64 = 190.0;
const FLOOR: f64 = 160.0;
const TOP: f64 = 12.0;

pub(super) fn draw(nps: &NpsPicture, words: &Words, width: f64) -> Option<String> {
    let most = if width > 600.0 { 24 } else { 9 };
    let months = nps.months.get(nps.months.len().saturating_sub(most)..)?;
    months.iter().find(|month| month.nps.score.is_some())?;
    let left = 36.0;
    let step = (width - left) / months.len() as f64;
    let (mut low, mut high) = (0.0_f64, 0.0_f64);
    for nps in months.iter().map(|month| &month.nps) {
        for points in nps
            .score
            .map(|score| score.points())
            .into_iter()
            .chain(nps.interval.iter().flat_map(|i| [i.low, i.high]))
        {
            low = low.min(points.max(-100.0));
            high = high.max(points.min(100.0));
        }
    }
    (low, high) = ((low / 20.0).floor() * 20.0, ((high / 20.0).ceil() * 20.0).max(low + 20.0));
    let y = |points: f64| FLOOR - (FLOOR - TOP) * (points.clamp(-100.0, 100.0) - low) / (high - low);
    let x = |place: usize| left + step * (place as f64 + 0.5);
    let mut drawing = Drawing::new(width, HEIGHT);
    let mut grid = low;
    while grid <= high {
        drawing.line("line", (left, y(grid)), (width, y(grid)));
        drawing.text("", (left - 6.0, y(grid) + 4.0), Anchor::End, &words.signed(grid as i64));
        grid += if high - low > 100.0 { 40.0 } else { 20.0 };
    }
    if let Some(norm) = nps.norm.map(|norm| norm.to_f64()).filter(|norm| (low..=high).contains(norm)) {
        drawing.line("threshold", (left, y(norm)), (width, y(norm)));
    }
    let mut course = Vec::new();
    for (place, month) in months.iter().enumerate() {
        match month.nps.score {
            Some(score) => course.push((x(place), y(score.points()))),
            None => drawing.course(&std::mem::take(&mut course)),
        }
    }
    drawing.course(&course);
    for (place, month) in months.iter().enumerate() {
        let Some(score) = month.nps.score else { continue };
        if let Some(interval) = &month.nps.interval {
            drawing.line("bar-interval", (x(place), y(interval.low)), (x(place), y(interval.high)));
        }
        let name = words.month(month.period.first());
        let answers = words.count(month.nps.answers);
        let tip = format!(
            "{name}: {} ({answers} {})",
            words.decimal(score.points(), 1),
            say(words, "answers", "antwoorden")
        );
        let class = if month.nps.below_guideline { "ring-accent" } else { "fill-accent" };
        drawing.mark(Mark::Round, class, (x(place), y(score.points())), &tip);
    }
    let mut before = String::new();
    let every = (months.len() as f64 * 44.0 / (width - left)).ceil().max(1.0) as usize;
    for (place, month) in months.iter().enumerate().filter(|(place, _)| place % every == 0) {
        let name = words.month(month.period.first());
        let mut parts = name.split(' ');
        let (name, year) = (short::month(parts.next().unwrap_or_default()), parts.next().unwrap_or_default());
        drawing.text("", (x(place), FLOOR + 15.0), Anchor::Middle, &name);
        if year != before {
            drawing.text("", (x(place), FLOOR + 28.0), Anchor::Middle, year);
            before = year.to_owned();
        }
    }
    Some(drawing.end(say(words, "The NPS by month, with its interval", "De NPS per maand, met marge")))
}
