//! Subjects and items in words.

use super::manner::Words;
use crate::report::page::{Cell, Column, FigureName, Section, SectionName};
use crate::report::subjects::SubjectPicture;
use crate::timeline::Language;

impl SubjectPicture {
    pub(super) fn section(&self, words: &Words) -> Section {
        let say = |english, dutch| words.say(english, dutch);
        let found = &self.overview;
        let mut section =
            Section::new(SectionName::Subjects, say("Subjects and items", "Onderwerpen en artikelen"));
        let (cases, days) = (words.cases(found.cases), found.period.days());
        section.text(match (words.language(), found.cases) {
            (Language::English, 1) => format!("What the {cases} of the last {days} days is about."),
            (Language::English, _) => format!("What the {cases} of the last {days} days are about."),
            (Language::Dutch, 1) => format!("Waar de {cases} van de laatste {days} dagen over gaat."),
            (Language::Dutch, _) => format!("Waar de {cases} van de laatste {days} dagen over gaan."),
        });
        if !found.items.is_empty() {
            section.figure(FigureName::Subjects, self.caption(words));
        }
        let columns = vec![
            Column::text(say("Subject", "Onderwerp")),
            Column::number(say("Cases", "Klantvragen")),
            Column::number(say("Share", "Aandeel")),
        ];
        let subjects = found.subjects.iter().map(|one| {
            vec![
                Cell::of(words.subject(one.subject.as_deref())),
                Cell::of(words.count(one.cases)),
                Cell::of(words.percent(one.share, 0)),
            ]
        });
        section.long_table(say("Subjects", "Onderwerpen"), columns, subjects.collect());
        let columns = vec![
            Column::text(say("Item", "Artikel")),
            Column::number(say("Cases", "Klantvragen")),
            Column::number(say("Of ordered items", "Van bestelde artikelen")),
        ];
        let items = found.relatively_many.iter().map(|item| {
            vec![
                Cell::of(&item.item),
                Cell::of(words.count(item.cases)),
                Cell::of(item.rate.map_or_else(String::new, |rate| words.percent(rate, 1))),
            ]
        });
        let many = say("Items with relatively many cases", "Artikelen met relatief veel klantvragen");
        section.long_table(many, columns, items.collect());
        section
    }

    fn caption(&self, words: &Words) -> String {
        let (first, last) =
            (words.date(self.overview.period.first()), words.date(self.overview.period.last()));
        match words.language() {
            Language::English => format!("Cases of {first} to {last}, by item and subject."),
            Language::Dutch => {
                format!("Klantvragen van {first} tot en met {last}, per artikel en onderwerp.")
            }
        }
    }
}

impl Words {
    /// A subject; that of the cases without one too.
    pub(super) fn subject(&self, subject: Option<&str>) -> String {
        subject.unwrap_or_else(|| self.say("(none)", "(geen)")).to_owned()
    }
}
