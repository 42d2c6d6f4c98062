//! The values of every mark of a figure, as a table: for a touch, a keyboard, paper, and whoever does not see it.

use std::collections::BTreeMap;

use klokuur::norm::{Verdict, WeekResult};
use klokuur::report::{CaseList, FigureName, Mood, NormWeek, Picture, StrikePicture};
use klokuur::timeline::Language;

use super::LIMIT;
use super::figures::{WEEKS, norms_drawn, say, state_in_words};
use super::view::{CellView, ColumnView, Maker, TableView};

/// None where there is nothing to show, or a table of the same section has all of it.
pub(super) fn of_figure(figure: FigureName, picture: &Picture, maker: &Maker<'_>) -> Option<TableView> {
    match figure {
        FigureName::Due => of_due(picture, maker),
        FigureName::Norms => of_norms(picture, maker),
        FigureName::Strikes => of_strikes(picture.strikes.as_ref()?, maker),
        FigureName::Subjects => of_lists(&picture.subjects.lists, maker),
        FigureName::Nps | FigureName::Signals => None,
    }
    .filter(|table| !table.rows.is_empty())
}

/// The cases of the month, behind its counts.
pub(super) fn of_month(picture: &Picture, maker: &Maker<'_>) -> Option<TableView> {
    let table = of_lists(&picture.month.lists, maker)?;
    (!table.rows.is_empty()).then_some(table)
}

fn text(text: impl Into<String>) -> CellView {
    CellView { text: text.into(), ..CellView::default() }
}

fn columns(titles: &[(&str, bool)]) -> Vec<ColumnView> {
    let column =
        |(title, is_number): &(&str, bool)| ColumnView { title: (*title).to_owned(), is_number: *is_number };
    titles.iter().map(column).collect()
}

fn of_due(picture: &Picture, maker: &Maker<'_>) -> Option<TableView> {
    let (words, due) = (&maker.words, picture.cases.due.as_ref()?);
    let rows = due.bars.iter().take(LIMIT).map(|bar| {
        let from = CellView { key: Some(bar.from.timestamp()), ..text(words.moment(bar.from)) };
        vec![
            CellView {
                beside: Some(format!("{} {}", say(words, "to", "tot"), words.moment(bar.until))),
                ..from
            },
            text(words.count(bar.cases.len() as u64)),
            text(words.count(bar.at_risk.len() as u64)),
            maker.listed(&bar.cases),
        ]
    });
    Some(TableView {
        caption: say(words, "Answers by the hours in which they are due", "Antwoorden per uren").into(),
        columns: columns(&[
            (say(words, "Hours", "Uren"), false),
            (say(words, "Answers", "Antwoorden"), true),
            (say(words, "At risk", "In gevaar"), true),
            (say(words, "Cases", "Klantvragen"), false),
        ]),
        rows: rows.collect(),
        left: due.bars.len().saturating_sub(LIMIT),
        ..TableView::default()
    })
}

fn of_norms(picture: &Picture, maker: &Maker<'_>) -> Option<TableView> {
    let words = &maker.words;
    let weeks = picture.weeks.get(picture.weeks.len().saturating_sub(WEEKS)..)?;
    let names = norms_drawn(weeks);
    let mut titles = vec![ColumnView { title: say(words, "Week", "Week").into(), is_number: false }];
    titles.extend(names.iter().map(|name| ColumnView { title: words.norm(name), is_number: true }));
    let cell = |week: &NormWeek, name: &str| {
        let norm = week.norms.iter().find(|norm| norm.result.norm == name);
        norm.map_or_else(|| text("–"), |norm| norm_cell(&norm.result, maker))
    };
    let rows = weeks.iter().rev().map(|week| {
        std::iter::once(text(week.week.to_string()))
            .chain(names.iter().map(|name| cell(week, name)))
            .collect()
    });
    Some(TableView {
        caption: say(words, "Each norm by week", "Elke norm per week").into(),
        columns: titles,
        rows: rows.collect(),
        ..TableView::default()
    })
}

fn norm_cell(result: &WeekResult, maker: &Maker<'_>) -> CellView {
    let words = &maker.words;
    let (above, under) = (words.signed(result.numerator), words.count(result.denominator));
    let mut beside = format!("{above} / {under}");
    let mood = match (result.verdict, result.threshold_met) {
        (Verdict::Missed, _) => {
            beside = format!("{beside} ✕ {}", say(words, "missed", "gemist"));
            Some(if result.bears_strike() { Mood::Bad } else { Mood::Warn })
        }
        (_, Some(false)) => {
            beside = format!("{beside} ◆ {}", say(words, "under the count limit", "onder het minimumaantal"));
            Some(Mood::Warn)
        }
        _ => None,
    };
    CellView { beside: Some(beside), mood, ..text(words.value(result)) }
}

fn of_strikes(strikes: &StrikePicture, maker: &Maker<'_>) -> Option<TableView> {
    let words = &maker.words;
    let rows = strikes.window.iter().rev().map(|week| {
        let (_, what) = state_in_words(week.state, words);
        let expires = week.expires_on.map(|on| words.date(on)).unwrap_or_default();
        vec![text(week.week.to_string()), text(what), text(expires)]
    });
    Some(TableView {
        caption: say(words, "The weeks of the window", "De weken van het venster").into(),
        columns: columns(&[
            (say(words, "Week", "Week"), false),
            (say(words, "State", "Stand"), false),
            (say(words, "Expires", "Vervalt"), false),
        ]),
        rows: rows.collect(),
        ..TableView::default()
    })
}

/// The cases by item and subject, the most first.
fn of_lists(lists: &[CaseList], maker: &Maker<'_>) -> Option<TableView> {
    let words = &maker.words;
    let none = match words.language() {
        Language::English => "(none)",
        Language::Dutch => "(geen)",
    };
    // The order of names stays among those of one count.
    let mut by_count: BTreeMap<(std::cmp::Reverse<usize>, usize), &CaseList> = BTreeMap::new();
    for (place, list) in lists.iter().enumerate() {
        by_count.insert((std::cmp::Reverse(list.cases.len()), place), list);
    }
    let rows = by_count.into_values().take(LIMIT).map(|list| {
        vec![
            text(list.item.as_deref().unwrap_or(none)),
            text(list.subject.as_deref().unwrap_or(none)),
            text(words.count(list.cases.len() as u64)),
            maker.listed(&list.cases),
        ]
    });
    Some(TableView {
        caption: say(words, "The cases by item and subject", "De klantvragen per artikel en onderwerp")
            .into(),
        columns: columns(&[
            (say(words, "Item", "Artikel"), false),
            (say(words, "Subject", "Onderwerp"), false),
            (say(words, "Count", "Aantal"), true),
            (say(words, "Cases", "Klantvragen"), false),
        ]),
        rows: rows.collect(),
        left: lists.len().saturating_sub(LIMIT),
        ..TableView::default()
    })
}
