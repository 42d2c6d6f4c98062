//! Signals in words.

use super::manner::Words;
use crate::insight::{Signal, SignalKind, SignalLevel, SignalReport};
use crate::report::page::{Cell, Column, FigureName, Mood, Section, SectionName};
use crate::report::signals::SignalPicture;
use crate::timeline::Language;

impl SignalPicture {
    pub(super) fn section(&self, words: &Words) -> Section {
        let say = |english, dutch| words.say(english, dutch);
        let report = &self.report;
        let mut section = Section::new(SectionName::Signals, say("Signals", "Signalen"));
        let signals =
            words.counted(report.signals.len() as u64, ["signal", "signals"], ["signaal", "signalen"]);
        let tested = words.counted(report.tested, ["count", "counts"], ["telling", "tellingen"]);
        let rate = words.level(report.false_alarm_rate);
        let lead = match words.language() {
            Language::English => format!(
                "{signals} in {tested} of a subject or defect, by item and of all; at most {rate} of such \
                  reports have a false alarm."
            ),
            Language::Dutch => format!(
                "{signals} in {tested} van een onderwerp of defect, per artikel en van alle; hoogstens {rate} \
                  van zulke rapporten heeft een vals alarm."
            ),
        };
        section.mooded(lead, mood(report));
        if !report.signals.is_empty() {
            section.figure(FigureName::Signals, self.caption(words));
        }
        let columns = vec![
            Column::text(say("Item", "Artikel")),
            Column::text(say("What", "Wat")),
            Column::number(say("Cases", "Klantvragen")),
            Column::number(say("Expected", "Verwacht")),
            Column::number(say("Times as many", "Keer zoveel")),
            Column::number(say("Adjusted p", "Gecorrigeerde p")),
        ];
        let rows = report.signals.iter().map(|signal| row(signal, words)).collect();
        section.long_table(say("Signals", "Signalen"), columns, rows);
        for (signal, cases) in report.signals.iter().zip(&self.cases) {
            section.cases(format!("{}, {}", place(signal, words), what(signal, words)), cases);
        }
        section
    }

    fn caption(&self, words: &Words) -> String {
        let report = &self.report;
        let (before, recent) = (report.baseline, report.recent);
        let dates = [before.first(), before.last(), recent.first(), recent.last()].map(|on| words.date(on));
        let [b1, b2, r1, r2] = dates;
        let is_new = |signal: &&Signal| signal.level == SignalLevel::NewItem;
        let new = report.signals.iter().filter(is_new).count();
        let (has_old, has_new) = (new < report.signals.len(), new > 0);
        match words.language() {
            Language::English => {
                let of_past = format!("how many {b1} to {b2} leads to expect");
                let of_others = "how many the other items of the same days lead to expect";
                let expected = match (has_old, has_new) {
                    (_, false) => of_past,
                    (false, true) => of_others.to_owned(),
                    (true, true) => format!("{of_past}, and of a new item {of_others}"),
                };
                format!("Bars: the cases that came from {r1} to {r2}; dashed: {expected}.")
            }
            Language::Dutch => {
                let of_past = format!("hoeveel {b1} tot en met {b2} doet verwachten");
                let of_others = "hoeveel de andere artikelen van dezelfde dagen doen verwachten";
                let expected = match (has_old, has_new) {
                    (_, false) => of_past,
                    (false, true) => of_others.to_owned(),
                    (true, true) => format!("{of_past}, en van een nieuw artikel {of_others}"),
                };
                format!("Balken: de klantvragen van {r1} tot en met {r2}; gestreept: {expected}.")
            }
        }
    }
}

/// No signal is good only where something was looked at.
pub(super) fn mood(report: &SignalReport) -> Mood {
    match (report.signals.is_empty(), report.tested) {
        (false, _) => Mood::Warn,
        (true, 0) => Mood::Quiet,
        (true, _) => Mood::Good,
    }
}

fn row(signal: &Signal, words: &Words) -> Vec<Cell> {
    let (low, high) = (words.decimal(signal.ratio_low, 1), signal.ratio_high);
    let high = high.map_or_else(|| "∞".to_owned(), |high| words.decimal(high, 1));
    let ratio =
        signal.ratio.map_or_else(|| words.say("new", "nieuw").to_owned(), |ratio| words.decimal(ratio, 1));
    vec![
        Cell::of(place(signal, words)).beside(against(signal, words)),
        Cell::of(what(signal, words)).beside(kind(signal.kind, words)),
        Cell::of(words.count(signal.recent)),
        Cell::of(words.decimal(signal.expected, 1)),
        Cell::of(ratio).beside(format!("{low} {} {high}", words.say("to", "tot"))),
        Cell::of(words.power(signal.p_adjusted)),
    ]
}

fn place(signal: &Signal, words: &Words) -> String {
    match (&signal.item, signal.level) {
        (Some(item), _) => item.clone(),
        (None, SignalLevel::WithoutItem) => {
            words.say("cases without an item", "klantvragen zonder artikel").to_owned()
        }
        (None, _) => words.say("all items", "alle artikelen").to_owned(),
    }
}

/// What a signal of a new item is measured against: it has no past of its own.
fn against(signal: &Signal, words: &Words) -> &'static str {
    match signal.level {
        SignalLevel::NewItem => {
            words.language().say("new, against the other items", "nieuw, tegenover de andere artikelen")
        }
        _ => "",
    }
}

fn what(signal: &Signal, words: &Words) -> String {
    let any = match signal.kind {
        SignalKind::Subject => words.say("any subject", "elk onderwerp"),
        SignalKind::Defect => words.say("any defect", "elk defect"),
    };
    signal.name.clone().unwrap_or_else(|| any.to_owned())
}

fn kind(kind: SignalKind, words: &Words) -> String {
    match kind {
        SignalKind::Subject => words.say("subject", "onderwerp").to_owned(),
        SignalKind::Defect => words.say("defect", "defect").to_owned(),
    }
}
