//! Standards and ladders as one sentence each, in English and Dutch.

use std::fmt;

use super::result::{LadderResult, NoVerdict, StandardResult, StandardVerdict, StandardsReport};
use crate::error::{KlokuurError, Result};
use crate::rulebook::{Direction, LadderKind, Ratio, StandardUnit};
use crate::timeline::Language;

impl StandardsReport {
    /// The result of one standard.
    ///
    /// # Errors
    /// - a name that is not judged
    pub fn standard(&self, name: &str) -> Result<&StandardResult> {
        self.standards.iter().find(|result| result.standard == name).ok_or_else(|| {
            KlokuurError::UnknownName {
                what: "standard",
                given: name.to_owned(),
                accepted: self.standards.iter().map(|it| it.standard.as_str()).collect::<Vec<_>>().join(", "),
            }
        })
    }

    /// The result of one ladder.
    ///
    /// # Errors
    /// - a name that the rulebook does not have
    pub fn ladder(&self, name: &str) -> Result<&LadderResult> {
        self.ladders.iter().find(|result| result.ladder == name).ok_or_else(|| KlokuurError::UnknownName {
            what: "ladder",
            given: name.to_owned(),
            accepted: self.ladders.iter().map(|it| it.ladder.as_str()).collect::<Vec<_>>().join(", "),
        })
    }
}

impl StandardResult {
    /// Whether it is missed, by what and what is asked for; `Display` is the English one.
    pub fn to_sentence(&self, language: Language) -> String {
        let say = |english: &str, dutch: &str| language.say(english, dutch).to_owned();
        let period = format!("{}, {} {} {}", self.standard, self.from, say("to", "tot en met"), self.until);
        let rest = match (self.verdict, self.why) {
            (StandardVerdict::NoVerdict, Some(NoVerdict::NoData)) => say(
                "nothing was measured, so there is no verdict",
                "er is niets gemeten, dus er is geen oordeel",
            ),
            (StandardVerdict::NoVerdict, Some(NoVerdict::BelowMinimumPopulation)) => {
                let there = self.population.map_or_else(|| "?".to_owned(), |count| count.to_string());
                let least = self.minimum_population.unwrap_or(0);
                format!(
                    "{there} {} {least}{}",
                    say("of at least", "van minstens"),
                    say(" that a verdict needs", " die voor een oordeel nodig zijn",)
                )
            }
            (StandardVerdict::NoVerdict, Some(NoVerdict::CountNotKnown)) => format!(
                "{}{}",
                self.measured(language),
                say(
                    "; what is to be counted is not told, so there is no verdict",
                    "; wat geteld moet worden is niet verteld, dus er is geen oordeel",
                )
            ),
            (StandardVerdict::NoVerdict, _) => format!(
                "{}{}",
                self.measured(language),
                say(
                    "; what is asked for is not public, so there is no verdict",
                    "; wat gevraagd wordt is niet openbaar, dus er is geen oordeel",
                )
            ),
            (StandardVerdict::Conforms, _) => {
                let mildest = self.limits.iter().find(|limit| limit.reached == Some(false));
                let asked = self.asked(mildest.and_then(|limit| limit.threshold), language);
                format!("{} {} {asked}", self.measured(language), say("conforms:", "voldoet:"))
            }
            (StandardVerdict::Missed, _) => {
                let limit = self.limits.iter().rev().find(|limit| limit.reached == Some(true));
                let asked = self.asked(limit.and_then(|limit| limit.threshold), language);
                let name = limit.map_or("", |limit| limit.name.as_str());
                format!(
                    "{} {} {name}: {asked}",
                    self.measured(language),
                    say("reaches the limit", "bereikt de grens")
                )
            }
        };
        format!("{period}: {rest}")
    }

    /// What was measured: `5 of 100`, `17.5 hours on average`, `3 in a row`.
    fn measured(&self, language: Language) -> String {
        let of = language.say("of", "van de");
        match self.unit {
            StandardUnit::Share => format!("{} {of} {}", self.numerator, self.denominator),
            StandardUnit::Average => {
                let what = self.averaged.as_deref().unwrap_or_default();
                let mean = self.value.map_or_else(String::new, |value| value.to_string());
                format!("{mean} ({what}) {}", language.say("on average", "gemiddeld"))
            }
            StandardUnit::Run => format!("{} {}", self.numerator, language.say("in a row", "op rij")),
            StandardUnit::Count => self.numerator.to_string(),
        }
    }

    /// What is asked for: `less than 4 % is asked for`.
    fn asked(&self, threshold: Option<Ratio>, language: Language) -> String {
        let bound = match (self.direction, self.strict) {
            (Direction::AtLeast, false) => language.say("at least", "minstens"),
            (Direction::AtLeast, true) => language.say("more than", "meer dan"),
            (Direction::AtMost, false) => language.say("at most", "hoogstens"),
            (Direction::AtMost, true) => language.say("less than", "minder dan"),
        };
        let threshold = match (threshold, self.unit) {
            (None, _) => {
                return language
                    .say("what is asked for is not public", "wat gevraagd wordt is niet openbaar")
                    .into();
            }
            (Some(share), StandardUnit::Share) => percent(share),
            (Some(number), _) => number.to_string(),
        };
        format!("{bound} {threshold} {}", language.say("is asked for", "wordt gevraagd"))
    }
}

/// A share as a percentage, exact.
fn percent(share: Ratio) -> String {
    match Ratio::new(share.numerator().saturating_mul(100), share.denominator()) {
        Ok(hundredths) => format!("{hundredths} %"),
        Err(_) => share.to_string(),
    }
}

impl fmt::Display for StandardResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_sentence(Language::English))
    }
}

impl LadderResult {
    /// The level, step or fee, and why; `Display` is the English one.
    pub fn to_sentence(&self, language: Language) -> String {
        let say = |english: &str, dutch: &str| language.say(english, dutch).to_owned();
        let because = match self.because.as_slice() {
            [] => String::new(),
            names => format!(", {} {}", say("because of", "door"), names.join(", ")),
        };
        let since = self
            .since
            .map_or_else(String::new, |date| format!(", {} {date}", say("missed since", "gemist sinds")));
        let next = self.next_evaluation.map_or_else(String::new, |date| {
            format!("; {} {date}", say("the next evaluation is on", "de volgende beoordeling is op"))
        });
        let may = match self.possible.as_slice() {
            [] => String::new(),
            names => {
                let which = match self.kind {
                    LadderKind::Levels => say("possible are", "mogelijk zijn"),
                    _ => say("not public is when these follow", "niet openbaar is wanneer deze volgen"),
                };
                format!("; {which}: {}", names.join(", "))
            }
        };
        let step = match (&self.step, self.kind) {
            (Some(step), _) => step.clone(),
            (None, LadderKind::Levels) => say("the level cannot be told", "het niveau is niet te zeggen"),
            (None, LadderKind::Fees) => say("no fee", "geen boete"),
            (None, LadderKind::Escalation) if self.because.is_empty() => say("no step", "geen stap"),
            (None, LadderKind::Escalation) => {
                say("no step is known to have come", "van geen stap is bekend dat die kwam")
            }
        };
        format!("{}: {step}{because}{since}{may}{next}", self.ladder)
    }
}

impl fmt::Display for LadderResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_sentence(Language::English))
    }
}
