//! The service norms in words.

use super::behind;
use super::manner::Words;
use crate::norm::{Finality, RESPONSE_TIME, Verdict};
use crate::report::norms::{NormOfWeek, NormWeek};
use crate::report::page::{Cell, Column, FigureName, Mood, Section, SectionName};
use crate::report::picture::Picture;
use crate::timeline::Language;

/// The section of the last week and this one, with a place for the figure of all weeks.
pub(super) fn section(picture: &Picture, words: &Words) -> Section {
    let mut section = Section::new(SectionName::Norms, words.say("Service norms", "Servicenormen"));
    section.text(words.say(
        "Weeks are provisional first, then final; only final weeks bear strikes.",
        "Weken zijn eerst voorlopig en dan definitief; alleen definitieve weken geven strikes.",
    ));
    let names = [words.say("Last week", "Vorige week"), words.say("This week", "Deze week")];
    let guideline = picture.nps.as_ref().map(|nps| nps.guideline);
    for (name, week) in names.into_iter().zip([picture.last_week(), picture.this_week()]) {
        if let Some(week) = week {
            of_week(&mut section, words, name, week, guideline);
        }
    }
    section.figure(
        FigureName::Norms,
        words.say(
            "The past weeks. Dashed: the threshold. ● conforms, ✕ missed (red: it bears a strike), ◆ past the threshold but under the \
              count limit, so no miss; hollow: provisional.",
            "De afgelopen weken. Gestreept: de norm. ● voldoet, ✕ gemist (rood: dat geeft een strike), ◆ buiten de norm maar onder het \
              minimumaantal, dus niet gemist; open: voorlopig.",
        ),
    );
    section
}

fn of_week(section: &mut Section, words: &Words, name: &str, week: &NormWeek, guideline: Option<u32>) {
    let (first, last) = (words.date(week.first), words.date(week.last));
    section.heading(format!("{name}, {}: {first} {} {last}", week.week, words.say("to", "tot en met")));
    let columns = vec![
        Column::text(words.say("Norm", "Norm")),
        Column::number(words.say("Value", "Waarde")),
        Column::number(words.say("Numbers", "Aantallen")),
        Column::text(words.say("Asked", "Gevraagd")),
        Column::text(words.say("Verdict", "Oordeel")),
        Column::text(words.say("Still affordable", "Nog ruimte")),
    ];
    let rows: Vec<_> = week.norms.iter().map(|norm| row(words, norm, guideline)).collect();
    if rows.is_empty() {
        section.text(words.say("No numbers yet.", "Nog geen cijfers."));
    }
    section.table(
        format!("{} {}", words.say("Service norms of", "Servicenormen van"), week.week),
        columns,
        rows,
    );
    if !week.without_data.is_empty() {
        let norms = words.norms(&week.without_data);
        section.mooded(
            format!("{}: {norms}.", words.say("No data, no verdict", "Geen gegevens, geen oordeel")),
            Mood::Quiet,
        );
    }
    behind::orders(section, words, week);
    let Some(response) = week.norms.iter().find(|norm| norm.result.norm == RESPONSE_TIME) else { return };
    if let Some(forecast) = &response.forecast {
        let sentence = match words.language() {
            Language::English => forecast.to_string(),
            Language::Dutch => forecast.dutch(),
        };
        section.text(format!("{}: {sentence}.", words.say("Response time", "Reactietijd")));
    }
    let late = format!(
        "{} {}",
        words.say("Answered late or still late, of", "Te laat beantwoord of nog te laat, van"),
        week.week
    );
    behind::late_cases(section, words, late, &response.late);
}

fn row(words: &Words, norm: &NormOfWeek, guideline: Option<u32>) -> Vec<Cell> {
    let result = &norm.result;
    let spared = result.threshold_met == Some(false) && result.verdict != Verdict::Missed;
    let verdict = match (result.verdict, spared) {
        (_, true) => words.say("conforms, under the count limit", "voldoet, onder het minimumaantal"),
        (Verdict::Missed, _) if result.count_limit_reached == Some(true) => {
            words.say("missed, count limit reached", "gemist, minimumaantal bereikt")
        }
        (verdict, _) => words.verdict(Some(verdict)),
    };
    let mut beside = words.finality(result.finality).to_owned();
    if norm.is_indication {
        let few = words
            .say("only an indication: fewer answers than", "slechts een indicatie: minder antwoorden dan");
        // An NPS that is reported only comes without answers, and so without a picture of them.
        let guideline = guideline.map(|guideline| guideline.to_string());
        let guideline = guideline.unwrap_or_else(|| words.say("the guideline", "de richtlijn").to_owned());
        beside = format!("{beside}, {few} {guideline}");
    }
    let of = words.say("of", "van");
    vec![
        Cell::of(words.norm(&result.norm)),
        Cell::of(words.value(result)),
        Cell::of(format!("{} {of} {}", words.signed(result.numerator), words.count(result.denominator))),
        Cell::of(words.threshold(result)).beside(words.beside_threshold(result).unwrap_or_default()),
        Cell::of(verdict).beside(beside).mood(Words::mood_of(result)),
        Cell::of(spare(words, norm)),
    ]
}

/// What a week that can still change can take, or what repairs it.
fn spare(words: &Words, norm: &NormOfWeek) -> String {
    let Some(forecast) = norm.forecast.as_ref().filter(|_| norm.result.finality == Finality::Provisional)
    else {
        return String::new();
    };
    match (forecast.missed, forecast.to_repair, forecast.affordable) {
        (true, None, _) => words.say("not to be repaired", "niet te herstellen").to_owned(),
        (true, Some(good), _) => words.counted(
            good,
            ["good one repairs it", "good ones repair it"],
            ["goede herstelt het", "goede herstellen het"],
        ),
        (false, _, None) => words.say("any number", "elk aantal").to_owned(),
        (false, _, Some(0)) => words.say("no more bad ones", "geen slechte meer").to_owned(),
        (false, _, Some(bad)) => {
            words.counted(bad, ["more bad one", "more bad ones"], ["slechte erbij", "slechte erbij"])
        }
    }
}
