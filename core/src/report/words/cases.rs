//! The open cases in words.

use std::collections::HashMap;

use chrono::DateTime;

use super::manner::Words;
use crate::case::CaseRow;
use crate::report::cases::{FollowUp, OpenCases};
use crate::report::page::{Cell, Column, FigureName, Mood, Section, SectionName};
use crate::sla::{Amount, ClockState};
use crate::time::Zone;
use crate::timeline::Language;

/// In nanoseconds.
const MINUTE: i128 = 60_000_000_000;

impl OpenCases {
    pub(super) fn section(&self, words: &Words, now: DateTime<Zone>) -> Section {
        let say = |english, dutch| words.say(english, dutch);
        let mut section = Section::new(SectionName::Cases, say("Open cases", "Openstaande klantvragen"));
        let (risk, late) = (self.at_risk.len() as u64, self.late.len() as u64);
        let (open, waiting) = (words.cases(self.open), words.count(self.waiting.len() as u64));
        let answer = match (words.language(), self.waiting.len()) {
            (Language::English, 1) => "waits for your answer",
            (Language::English, _) => "wait for your answer",
            (Language::Dutch, 1) => "wacht op jouw antwoord",
            (Language::Dutch, _) => "wachten op jouw antwoord",
        };
        section.text(format!("{open} open, {waiting} {answer}."));
        match (risk, late) {
            (0, _) => section.mooded(
                say(
                    "No case is late, and none has been open for a long time.",
                    "Geen klantvraag is te laat en geen enkele staat al lang open.",
                ),
                Mood::Good,
            ),
            (_, late) => {
                let mood = if late > 0 { Mood::Bad } else { Mood::Warn };
                section.mooded(at_risk(words, risk, late), mood);
            }
        }
        let by_number: HashMap<&str, &CaseRow> =
            self.waiting.iter().map(|row| (row.number.as_str(), row)).collect();
        let urgent = self.at_risk.iter().filter_map(|number| by_number.get(number.as_str()).copied());
        let risky = rows(words, urgent, now);
        section.long_table(
            say("At risk, the most urgent first", "In gevaar, de dringendste eerst"),
            columns(words),
            risky,
        );
        if self.due.is_some() {
            section.figure(
                FigureName::Due,
                say(
                    "Answers still to be given, by the hours in which they are due at the latest. Shaded hours \
                      do not count.",
                    "Antwoorden die nog moeten komen, per uren waarin ze er uiterlijk moeten zijn. Gearceerde \
                      uren tellen niet.",
                ),
            );
        }
        if self.waiting.is_empty() {
            section
                .mooded(say("Nothing waits for your answer.", "Niets wacht op jouw antwoord."), Mood::Good);
        }
        section.long_table(
            say("Waiting for your answer, the oldest first", "Wacht op jouw antwoord, de oudste eerst"),
            columns(words),
            rows(words, self.waiting.iter(), now),
        );
        section.text(self.elsewhere(words));
        section.cases(say("Waiting for the customer", "Wacht op de klant"), &self.waiting_for_customer);
        section.cases(say("Nothing is due yet", "Er hoeft nog niets"), &self.others);
        section.cases(
            say("With the marketplace's customer service", "Bij de klantenservice van het platform"),
            &self.with_marketplace,
        );
        section.long_table(
            say("To follow up later", "Later opvolgen"),
            vec![
                Column::case(say("Case", "Klantvraag")),
                Column::text(say("To be followed up", "Op te volgen")),
            ],
            self.to_follow_up.iter().map(|one| follow_up(words, one, now)).collect(),
        );
        section.text(match self.next_change {
            Some(at) => format!(
                "{}: {}.",
                say("Next change of a case", "Volgende verandering van een klantvraag"),
                words.moment(at)
            ),
            None => say("No case waits for time.", "Geen klantvraag wacht op de klok.").to_owned(),
        });
        section
    }

    /// What does not wait for the seller.
    fn elsewhere(&self, words: &Words) -> String {
        let say = |english, dutch| words.say(english, dutch);
        let count = |list: usize| words.count(list as u64);
        let mut text = format!(
            "{}: {} {}, {} {}",
            say("Not waiting for you", "Wacht niet op jou"),
            count(self.waiting_for_customer.len()),
            say("for the customer", "op de klant"),
            count(self.to_follow_up.len()),
            say("to follow up later", "later opvolgen"),
        );
        if !self.others.is_empty() {
            text = format!(
                "{text}, {} {}",
                count(self.others.len()),
                say("for nothing that is due yet", "op iets dat nog niet hoeft")
            );
        }
        format!(
            "{text}. {}: {}.",
            say("With the marketplace's customer service", "Bij de klantenservice van het platform"),
            count(self.with_marketplace.len())
        )
    }
}

/// `3 cases have been open for a long time, 1 of them is late already.`
fn at_risk(words: &Words, risk: u64, late: u64) -> String {
    let cases = words.cases(risk);
    let long = match (words.language(), risk) {
        (Language::English, 1) => "has been open for a long time",
        (Language::English, _) => "have been open for a long time",
        (Language::Dutch, 1) => "staat al lang open",
        (Language::Dutch, _) => "staan al lang open",
    };
    let already = match (words.language(), late) {
        (Language::English, 0) => "none is late yet".to_owned(),
        (Language::English, 1) => "1 is late already".to_owned(),
        (Language::English, late) => format!("{} are late already", words.count(late)),
        (Language::Dutch, 0) => "nog niets is te laat".to_owned(),
        (Language::Dutch, 1) => "1 is al te laat".to_owned(),
        (Language::Dutch, late) => format!("{} zijn al te laat", words.count(late)),
    };
    format!("{cases} {long}; {already}.")
}

fn columns(words: &Words) -> Vec<Column> {
    vec![
        Column::case(words.say("Case", "Klantvraag")),
        Column::text(words.say("Due", "Uiterlijk")),
        Column::text(words.say("About", "Waarover")),
        Column::text(words.say("Why then", "Waarom dan")),
    ]
}

fn rows<'a>(words: &Words, cases: impl Iterator<Item = &'a CaseRow>, now: DateTime<Zone>) -> Vec<Vec<Cell>> {
    cases.map(|case| row(words, case, now)).collect()
}

fn row(words: &Words, case: &CaseRow, now: DateTime<Zone>) -> Vec<Cell> {
    // C3: late by the clock on the wall, though no hour that counts has passed since.
    let late = case.late.filter(|late| case.state == ClockState::Breached || !late.is_zero());
    let (left, mood) = match (late, case.remaining) {
        (Some(late), _) => {
            // All hours since the deadline, where days say it better than the clock's hours do.
            let since = case.due.map(|due| Amount::Elapsed(now.signed_duration_since(due)));
            let days = since.filter(|since| late.is_zero() || words.is_in_days(*since)).unwrap_or(late);
            (format!("{} {}", words.say("late by", "te laat:"), words.lateness(days)), Some(Mood::Bad))
        }
        (None, Some(left)) => {
            let left = words.amount(left);
            let text = match words.language() {
                Language::English => format!("{left} left"),
                Language::Dutch => format!("nog {left}"),
            };
            (text, case.is_open_long.then_some(Mood::Warn))
        }
        (None, None) => (String::new(), None),
    };
    let about: Vec<&str> = [&case.item, &case.defect].into_iter().flatten().map(String::as_str).collect();
    let opened = words.moment(case.opened_at.with_timezone(&now.timezone()));
    let clock = case.clock.map_or("", |clock| words.clock(clock));
    // Seconds are told where they decide.
    let is_close =
        [case.remaining, late].into_iter().flatten().any(|amount| amount.as_nanoseconds() < MINUTE);
    let why = case.why.as_ref().map_or_else(String::new, |why| match is_close {
        true => why.story(words.language()),
        false => why.story_in_minutes(words.language()),
    });
    vec![
        Cell::of(&case.number).beside(whose(
            words,
            case.customer.as_deref(),
            case.order.as_deref(),
            case.agent.as_deref(),
        )),
        Cell::of(case.due.map_or_else(String::new, |due| words.moment(due.with_timezone(&now.timezone()))))
            .beside(left)
            .mood(mood),
        Cell::of(case.subject.as_deref().unwrap_or("–")).beside(about.join(" · ")),
        Cell::of(why).beside(format!("{clock}, {} {opened}", words.say("opened", "geopend"))),
    ]
}

/// `customer 7, order 12-1, with Anna`: what of it is known.
pub(super) fn whose(
    words: &Words,
    customer: Option<&str>,
    order: Option<&str>,
    agent: Option<&str>,
) -> String {
    let named = |name: &str, text: Option<&str>| text.map(|text| format!("{name} {text}"));
    let parts = [
        customer.map(str::to_owned),
        named(words.say("order", "bestelling"), order),
        named(words.say("with", "bij"), agent),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn follow_up(words: &Words, one: &FollowUp, now: DateTime<Zone>) -> Vec<Cell> {
    let (text, mood) = match one.at {
        // RULES K17.
        Some(at) if at <= now => {
            (format!("{} {}", words.say("since", "sinds"), words.moment(at)), Some(Mood::Warn))
        }
        Some(at) => (words.moment(at), None),
        None => (words.say("without a date", "zonder datum").to_owned(), None),
    };
    vec![Cell::of(&one.case), Cell::of(text).mood(mood)]
}
