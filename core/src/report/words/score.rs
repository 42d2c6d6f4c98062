//! The scores in words.

use super::manner::Words;
use crate::report::page::{Cell, Column, Mood, Section, SectionName};
use crate::report::score::ScorePicture;
use crate::score::{PerformanceScore, ScoreEstimate};
use crate::timeline::Language;

impl ScorePicture {
    pub(super) fn section(&self, words: &Words) -> Section {
        let say = |english, dutch| words.say(english, dutch);
        let mut section = Section::new(SectionName::Score, say("Performance score", "Prestatiescore"));
        for score in &self.reported {
            if let PerformanceScore::Reported { score, on, shipping_method } = score {
                let of = shipping_method.as_deref().map(|name| format!(", {name}")).unwrap_or_default();
                let head = say("Reported", "Gemeld");
                section.text(format!("{head}{of}: {} ({}).", words.exact(*score, 1.0), words.date(*on)));
            }
        }
        if let Some(quality) = self.quality {
            let head = say(
                "Quality score, as the marketplace reports it",
                "Kwaliteitsscore, zoals het platform die meldt",
            );
            section.text(format!("{head}: {}.", words.short(quality)));
        }
        if let Some(estimate) = &self.estimate {
            self.of_estimate(&mut section, estimate, words);
        }
        section
    }

    /// An estimate to two decimals, or to more where those would make it what is asked and it is not.
    pub(super) fn told(&self, score: f64, words: &Words) -> String {
        match self.minimum {
            Some(minimum) => words.decimal_beside(score, 2, minimum.to_f64()),
            None => words.decimal(score, 2),
        }
    }

    fn of_estimate(&self, section: &mut Section, estimate: &ScoreEstimate, words: &Words) {
        let say = |english, dutch| words.say(english, dutch);
        let Some(score) = estimate.score else {
            let none = say(
                "No estimate of the performance score: no data.",
                "Geen schatting van de prestatiescore: geen gegevens.",
            );
            section.mooded(none, Mood::Quiet);
            return;
        };
        let score = self.told(score, words);
        let asked = self.minimum.map(|minimum| words.exact(minimum, 1.0)).unwrap_or_default();
        let lead = match words.language() {
            Language::English => {
                format!(
                    "{score}, an estimate; at least {asked} is asked. The marketplace's formula is not public: \
                      this is a model of ours."
                )
            }
            Language::Dutch => {
                format!(
                    "{score}, een schatting; gevraagd is minstens {asked}. De formule van het platform is niet \
                      openbaar: dit is ons model."
                )
            }
        };
        let mood = if estimate.meets_minimum == Some(true) { Mood::Good } else { Mood::Bad };
        section.mooded(lead, mood);
        if let (Some(first), Some(last)) = (estimate.first_week, estimate.last_week) {
            let (weeks, to) = (say("Final weeks", "Definitieve weken"), say("to", "tot en met"));
            section.mooded(format!("{weeks} {first} {to} {last}."), Mood::Quiet);
        }
        let columns = vec![
            Column::text(say("Part", "Onderdeel")),
            Column::number(say("Score", "Score")),
            Column::number(say("Numbers", "Aantallen")),
        ];
        let of = say("of", "van");
        let rows = estimate.parts.iter().map(|part| {
            let numbers = format!("{} {of} {}", words.signed(part.numerator), words.count(part.denominator));
            let none = say("no data", "geen gegevens").to_owned();
            vec![
                Cell::of(words.norm(&part.norm)),
                Cell::of(part.score.map_or_else(|| "–".to_owned(), |score| words.decimal(score, 2))),
                Cell::of(if part.denominator == 0 { none } else { numbers }),
            ]
        });
        section.table(
            say("Parts of the performance score", "Onderdelen van de prestatiescore"),
            columns,
            rows.collect(),
        );
        if !estimate.missing.is_empty() {
            let without = say("Without data", "Zonder gegevens");
            section.mooded(format!("{without}: {}.", words.norms(&estimate.missing)), Mood::Quiet);
        }
    }
}
