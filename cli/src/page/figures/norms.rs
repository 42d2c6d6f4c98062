//! Each norm over the past weeks, with its threshold.

use klokuur::norm::{Finality, Verdict, WeekResult};
use klokuur::report::{NormWeek, Picture, Words};

use super::say;
use crate::page::svg::{Anchor, Drawing, Mark};

/// How many weeks are drawn at most.
pub(in crate::page) const WEEKS: usize = 26;
const ROW: f64 = 92.0;

pub(super) fn draw(picture: &Picture, words: &Words, width: f64) -> Option<String> {
    let first = picture.weeks.len().saturating_sub(WEEKS);
    let weeks = picture.weeks.get(first..)?;
    let names = norms_drawn(weeks);
    if names.is_empty() {
        return None;
    }
    let columns = if width > 600.0 { 2 } else { 1 };
    let rows = names.len().div_ceil(columns);
    let cell = width / columns as f64;
    let mut drawing = Drawing::new(width, rows as f64 * ROW + 4.0);
    for (place, name) in names.iter().enumerate() {
        let results: Vec<Option<&WeekResult>> = weeks
            .iter()
            .map(|week| week.norms.iter().map(|norm| &norm.result).find(|result| result.norm == *name))
            .collect();
        let (left, top) = ((place % columns) as f64 * cell, (place / columns) as f64 * ROW);
        norm(&mut drawing, words, name, &results, (left, top), cell - 20.0);
    }
    let says = say(words, "Each norm by week, with its threshold", "Elke norm per week, met de grens");
    Some(drawing.end(says))
}

/// The norms that these weeks have numbers of.
pub(in crate::page) fn norms_drawn(weeks: &[NormWeek]) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for norm in weeks.iter().flat_map(|week| &week.norms) {
        if !names.contains(&norm.result.norm.as_str()) {
            names.push(&norm.result.norm);
        }
    }
    names
}

fn norm(
    drawing: &mut Drawing,
    words: &Words,
    name: &str,
    results: &[Option<&WeekResult>],
    (left, top): (f64, f64),
    width: f64,
) {
    let values =
        results.iter().flatten().filter_map(|result| Some((result.value()?, result.threshold.to_f64())));
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for (value, threshold) in values {
        low = low.min(value).min(threshold);
        high = high.max(value).max(threshold);
    }
    if !low.is_finite() {
        return;
    }
    let room = ((high - low) * 0.12).max(1e-9);
    (low, high) = (low - room, high + room);
    let (floor, ceiling) = (top + ROW - 22.0, top + 24.0);
    let x = |place: usize| left + 8.0 + (width - 16.0) * place as f64 / (results.len().max(2) - 1) as f64;
    let y = |value: f64| floor - (floor - ceiling) * (value - low) / (high - low);
    drawing.text("name", (left, top + 14.0), Anchor::Start, &words.norm(name));
    if let Some(newest) = results.iter().rev().flatten().next() {
        let shown = format!("{} · {} {}", newest.week, words.value(newest), words.threshold(newest));
        drawing.text("", (left + width, top + 14.0), Anchor::End, &shown);
    }
    // The threshold is that of each week: dynamic ones, and those of older rules, differ.
    let mut before: Option<(f64, f64)> = None;
    for (place, result) in results.iter().enumerate() {
        let here = result.map(|result| (x(place), y(result.threshold.to_f64())));
        if let (Some(from), Some(to)) = (before, here) {
            drawing.line("threshold", from, to);
        }
        before = here;
    }
    let mut course = Vec::new();
    for (place, result) in results.iter().enumerate() {
        match result.and_then(|result| result.value()) {
            Some(value) => course.push((x(place), y(value))),
            // A week without numbers breaks the line: nothing is known of it.
            None => drawing.course(&std::mem::take(&mut course)),
        }
    }
    drawing.course(&course);
    for (place, result) in results.iter().enumerate() {
        let Some((result, value)) = result.and_then(|result| Some((result, result.value()?))) else {
            continue;
        };
        let (mark, colour) = match (result.verdict, result.threshold_met) {
            // Red is for what bears a strike.
            (Verdict::Missed, _) if result.bears_strike() => (Mark::Cross, "bad"),
            (Verdict::Missed, _) => (Mark::Cross, "warn"),
            (_, Some(false)) => (Mark::Diamond, "warn"),
            _ => (Mark::Round, "accent"),
        };
        let kind = if result.finality == Finality::Final { "fill" } else { "ring" };
        let tip = format!(
            "{}: {}, {} / {}",
            result.week,
            words.value(result),
            result.numerator,
            result.denominator
        );
        drawing.mark(mark, &format!("{kind}-{colour}"), (x(place), y(value)), &tip);
    }
    drawing.line("line", (left, floor + 6.0), (left + width, floor + 6.0));
}
