//! What other holidays would change, in words.

use super::manner::Words;
use crate::report::holidays::OtherHolidays;
use crate::report::page::{Section, SectionName};
use crate::timeline::Language;
use crate::week::IsoWeek;

impl OtherHolidays {
    pub(super) fn section(&self, words: &Words) -> Section {
        let say = |english, dutch| words.say(english, dutch);
        let (other, changes) = (&self.other, &self.changes);
        let title = match words.language() {
            Language::English => format!("What if the holidays of {other} counted"),
            Language::Dutch => format!("Wat als de feestdagen van {other} telden"),
        };
        let mut section = Section::new(SectionName::Holidays, title);
        section.text(say(
            "The marketplace speaks of Dutch and Belgian holidays for sellers in the Netherlands, and publishes \
              no list.",
            "Het platform spreekt voor verkopers in Nederland van Nederlandse en Belgische feestdagen, en \
              publiceert geen lijst.",
        ));
        let (moved, judged) = (words.count(changes.moved_deadlines), words.count(changes.judged));
        let verdicts = (changes.cases.len() + changes.weeks.len()) as u64;
        section.text(match words.language() {
            Language::English => {
                let change = if verdicts == 1 { "verdict changes" } else { "verdicts change" };
                format!("{moved} of {judged} deadlines move, {} {change}.", words.count(verdicts))
            }
            Language::Dutch => {
                let change = if verdicts == 1 { "oordeel verandert" } else { "oordelen veranderen" };
                format!("{moved} van {judged} termijnen verschuiven, {} {change}.", words.count(verdicts))
            }
        });
        let arrow = |before: &str, after: &str| match words.language() {
            Language::English => format!("{before} before, {after} after"),
            Language::Dutch => format!("{before} ervoor, {after} erna"),
        };
        let cases = changes.cases.iter().map(|change| {
            let told = arrow(words.state(change.before), words.state(change.after));
            format!("{} {}: {told}", say("case", "klantvraag"), change.case)
        });
        let weeks = changes.weeks.iter().map(|change| {
            let told = arrow(words.verdict(change.before), words.verdict(change.after));
            format!("{}, {}: {told}", change.week, words.norm(&change.norm))
        });
        section.list(cases.chain(weeks).collect());
        if let Some(standing) = &changes.standing {
            let none = say("none", "geen");
            let list = |weeks: &[IsoWeek]| match weeks {
                [] => none.to_owned(),
                weeks => weeks.iter().map(IsoWeek::to_string).collect::<Vec<_>>().join(", "),
            };
            let (gone, new) = (list(&standing.strikes_gone), list(&standing.strikes_new));
            let (before, after) = (words.standing(standing.before), words.standing(standing.after));
            section.text(match words.language() {
                Language::English => {
                    format!("Strikes gone: {gone}; new: {new}. Standing: {before} before, {after} after.")
                }
                Language::Dutch => {
                    format!("Strikes weg: {gone}; nieuw: {new}. Status: {before} ervoor, {after} erna.")
                }
            });
        }
        section
    }
}
