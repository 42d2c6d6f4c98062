//! The last month in words.

use super::behind::late_cases;
use super::manner::{Words, capital};
use crate::insight::OverviewGroup;
use crate::report::month::MonthPicture;
use crate::report::page::{Cell, Column, Section, SectionName};
use crate::sla::Amount;
use crate::timeline::Language;

impl MonthPicture {
    pub(super) fn section(&self, words: &Words) -> Section {
        let say = |english, dutch| words.say(english, dutch);
        let month = &self.overview;
        let name = words.month(month.period.first());
        let mut section = Section::new(SectionName::Month, capital(&name));
        let cases = words.cases(month.total.cases);
        section.text(match words.language() {
            Language::English => format!("{cases} closed in the last whole month."),
            Language::Dutch => format!("{cases} gesloten in de laatste hele maand."),
        });
        let columns = vec![
            Column::text(say("Subject", "Onderwerp")),
            Column::number(say("Cases", "Klantvragen")),
            Column::text(say("Median handling", "Mediane afhandeling")),
            Column::text(say("On time", "Op tijd")),
        ];
        let mut rows: Vec<Vec<Cell>> = month
            .groups
            .iter()
            .map(|group| row(words.subject(group.subject.as_deref()), group, words))
            .collect();
        if !rows.is_empty() {
            rows.push(row(say("All", "Alle").to_owned(), &month.total, words));
        }
        section.table(format!("{} {name}", say("Cases of", "Klantvragen van")), columns, rows);
        let late = say("Answered late or still late", "Te laat beantwoord of nog te laat");
        late_cases(&mut section, words, late.to_owned(), &self.late);
        section
    }
}

fn row(name: String, group: &OverviewGroup, words: &Words) -> Vec<Cell> {
    let none = || words.say("not reached", "niet bereikt").to_owned();
    let median = group.handling.median.map_or_else(none, |median| words.amount(Amount::Business(median)));
    let (on_time, judged) = group.on_time.map_or_else(Default::default, |share| {
        let [low, high] = [share.low, share.high].map(|share| words.percent(share, 0));
        let value = words.share(share.count, share.of);
        let judged = match words.language() {
            Language::English => format!("{} judged", words.count(share.of)),
            Language::Dutch => format!("{} beoordeeld", words.count(share.of)),
        };
        (format!("{value} ({low} {} {high})", words.say("to", "tot")), judged)
    });
    vec![
        Cell::of(name),
        Cell::of(words.count(group.cases)),
        Cell::of(median),
        Cell::of(on_time).beside(judged),
    ]
}
