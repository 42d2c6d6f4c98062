//! The NPS in words.

use super::manner::{Words, capital};
use crate::nps::NpsSummary;
use crate::report::nps::{NpsChange, NpsPicture, NpsWindow};
use crate::report::page::{Cell, Column, FigureName, Mood, Section, SectionName};
use crate::timeline::Language;

/// What a test of two months calls a change.
const SIGNIFICANT: f64 = 0.05;

impl NpsPicture {
    pub(super) fn section(&self, words: &Words) -> Section {
        let say = |english, dutch| words.say(english, dutch);
        let title = say("NPS after customer contact", "NPS na klantcontact");
        let mut section = Section::new(SectionName::Nps, title);
        let (days, recent) = (self.recent.period.days(), self.sentence(&self.recent.nps, words));
        section.text(match words.language() {
            Language::English => format!("Last {days} days: {recent}."),
            Language::Dutch => format!("Laatste {days} dagen: {recent}."),
        });
        section.figure(FigureName::Nps, self.caption(words));
        if let Some(change) = &self.change {
            section.text(changed(change, words));
        }
        if let Some(trend) = &self.trend {
            let slope = words.change(trend.points_per_period, 2);
            let p = words.probability(trend.p_two_sided, SIGNIFICANT);
            section.text(match words.language() {
                Language::English => format!("Trend: {slope} points a month, {p}."),
                Language::Dutch => format!("Trend: {slope} punten per maand, {p}."),
            });
        }
        if let Some(first) = self.months.first().filter(|_| self.earlier > 0) {
            let answers = answers(self.earlier, words);
            let month = words.month(first.period.first());
            section.text(match words.language() {
                Language::English => format!("{answers} of before {month} left out."),
                Language::Dutch => format!("{answers} van voor {month} niet getoond."),
            });
        }
        let columns = vec![
            Column::text(say("Month", "Maand")),
            Column::number(say("Promoters", "Promotors")),
            Column::number(say("Passives", "Passieven")),
            Column::number(say("Detractors", "Criticasters")),
            Column::text("NPS"),
        ];
        let rows = self.months.iter().map(|month| self.row(month, words)).collect();
        section.table(say("NPS by month", "NPS per maand"), columns, rows);
        section
    }

    fn row(&self, month: &NpsWindow, words: &Words) -> Vec<Cell> {
        let (nps, name) = (&month.nps, words.month(month.period.first()));
        let running = words.say("still runs", "loopt nog");
        vec![
            Cell::of(name).beside(if month.is_running { running } else { "" }),
            Cell::of(words.count(nps.promoters)),
            Cell::of(words.count(nps.passives)),
            Cell::of(words.count(nps.detractors)),
            Cell::of(self.sentence(nps, words)).mood(nps.below_guideline.then_some(Mood::Quiet)),
        ]
    }

    /// `21.3 (0 to 40 at 95 %), 61 answers`.
    pub(super) fn sentence(&self, nps: &NpsSummary, words: &Words) -> String {
        let (Some(score), Some(interval)) = (nps.score, nps.interval) else {
            return words.say("no answers, no score", "geen antwoorden, geen score").to_owned();
        };
        let score = words.points(score, 1);
        let (low, high) = (words.decimal(interval.low, 0), words.decimal(interval.high, 0));
        let (to, at) = (words.say("to", "tot"), words.say("at", "bij"));
        let few = match (nps.below_guideline, words.language()) {
            (false, _) => String::new(),
            (true, Language::English) => format!(", below the guideline of {} answers", self.guideline),
            (true, Language::Dutch) => format!(", onder de richtlijn van {} antwoorden", self.guideline),
        };
        let confidence = words.level(self.confidence);
        format!("{score} ({low} {to} {high} {at} {confidence}), {}{few}", answers(nps.answers, words))
    }

    fn caption(&self, words: &Words) -> String {
        let (confidence, guideline) = (words.level(self.confidence), self.guideline);
        let norm = self.norm.map(|norm| words.exact(norm, 1.0));
        match words.language() {
            Language::English => {
                let norm = norm.map(|norm| format!(" Dashed: the norm, {norm}.")).unwrap_or_default();
                format!(
                    "NPS by month with its {confidence} interval (adjusted Wald). Hollow: fewer than \
                      {guideline} answers, only an indication.{norm}"
                )
            }
            Language::Dutch => {
                let norm = norm.map(|norm| format!(" Gestreept: de norm, {norm}.")).unwrap_or_default();
                format!(
                    "NPS per maand met het interval van {confidence} (adjusted Wald). Open: minder dan \
                      {guideline} antwoorden, slechts een indicatie.{norm}"
                )
            }
        }
    }
}

fn answers(number: u64, words: &Words) -> String {
    words.counted(number, ["answer", "answers"], ["antwoord", "antwoorden"])
}

fn changed(change: &NpsChange, words: &Words) -> String {
    let (before, after) = (words.month(change.before.first()), capital(&words.month(change.after.first())));
    let test = &change.comparison;
    let points = words.change(test.difference, 1);
    let (low, high) = (words.decimal(test.low, 1), words.decimal(test.high, 1));
    let p = words.probability(test.p_two_sided, SIGNIFICANT);
    match words.language() {
        Language::English => {
            let verdict =
                if test.p_two_sided < SIGNIFICANT { "a real change at 5 %" } else { "no proof of a change" };
            let which = if change.is_last { "" } else { ", the last whole months with answers" };
            format!("{after} against {before}{which}: {points} points ({low} to {high}), {p}: {verdict}.")
        }
        Language::Dutch => {
            let verdict = if test.p_two_sided < SIGNIFICANT {
                "een echte verandering bij 5 %"
            } else {
                "geen bewijs van een verandering"
            };
            let which = if change.is_last { "" } else { ", de laatste hele maanden met antwoorden" };
            format!("{after} tegenover {before}{which}: {points} punten ({low} tot {high}), {p}: {verdict}.")
        }
    }
}
