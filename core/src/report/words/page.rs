//! The whole page of a picture.

use chrono::Timelike;

use super::manner::capital;
use super::{about, cards, norms, strikes};
use crate::report::page::{Page, Section};
use crate::report::picture::Picture;
use crate::timeline::Language;

impl Picture {
    /// The picture in words: titles, sentences, tables and places for figures, which a page or an app lays out as they
    /// are.
    pub fn page(&self, language: Language) -> Page {
        let words = self.words(language);
        let now = self.as_of.now;
        let day = language.weekday(now.date_naive());
        let is_morning = now.hour() < 12;
        let mut subtitle = match language {
            Language::English => format!("As of {}, week {}", words.full_moment(now), self.as_of.week),
            Language::Dutch => format!("Stand van {}, week {}", words.full_moment(now), self.as_of.week),
        };
        if let Some(name) = &self.as_of.name {
            subtitle = format!("{subtitle} · {name}");
        }
        let sections = [
            Some(self.cases.section(&words, now)),
            Some(norms::section(self, &words)),
            strikes::section(self.strikes.as_ref(), self.points.as_ref(), &words),
            self.score.as_ref().map(|score| score.section(&words)),
            self.nps.as_ref().map(|nps| nps.section(&words)),
            Some(self.subjects.section(&words)),
            Some(self.signals.section(&words)),
            Some(self.month.section(&words)),
            self.other_holidays.as_ref().map(|other| other.section(&words)),
            Some(about::section(self, &words)),
        ];
        Page {
            language,
            title: match (language, is_morning) {
                (Language::English, true) => format!("{day} morning"),
                (Language::Dutch, true) => capital(&format!("{day}ochtend")),
                (_, false) => language.say("Where things stand", "De stand van zaken").to_owned(),
            },
            subtitle,
            notes: self.notes(language),
            cards: cards::cards(self, &words),
            sections: sections.into_iter().flatten().collect::<Vec<Section>>(),
        }
    }

    /// What has to be known before anything else.
    fn notes(&self, language: Language) -> Vec<String> {
        let words = self.words(language);
        let mut notes = Vec::new();
        if let (Some(days), Some(newest)) = (self.as_of.days_old, self.as_of.newest_event) {
            let (at, then) = (words.full_moment(newest), newest.to_rfc3339());
            notes.push(match language {
                Language::English => format!(
                    "This log is old: its last event is of {at}, {days} days ago. What has been done since is \
                      not in it. The picture of then is that of now = {then}."
                ),
                Language::Dutch => format!(
                    "Dit logboek is oud: de laatste gebeurtenis is van {at}, {days} dagen geleden. Wat daarna \
                      is gedaan, staat er niet in. Het overzicht van toen is dat van now = {then}."
                ),
            });
        }
        let skipped = self.read.skipped.len() as u64;
        if skipped > 0 {
            let rows = words.counted(skipped, ["row", "rows"], ["regel", "regels"]);
            let of = self.read.rows.map(|rows| words.count(rows as u64));
            notes.push(match (language, of) {
                (Language::English, Some(of)) => {
                    format!("{rows} of {of} could not be used: not in these figures.")
                }
                (Language::English, None) => format!("{rows} could not be used: not in these figures."),
                (Language::Dutch, Some(of)) => {
                    format!("{rows} van {of} niet bruikbaar: niet in deze cijfers.")
                }
                (Language::Dutch, None) => format!("{rows} niet bruikbaar: niet in deze cijfers."),
            });
        }
        notes
    }
}
