//! How a picture came about, and what is missing, in words.

use super::manner::Words;
use crate::report::as_of::{CountedIn, JudgedBy};
use crate::report::missing::{Missing, MissingPart, MissingReason};
use crate::report::page::{Cell, Column, Mood, Section, SectionName};
use crate::report::picture::Picture;
use crate::rulebook::Confidence;
use crate::timeline::Language;

pub(super) fn section(picture: &Picture, words: &Words) -> Section {
    let say = |english, dutch| words.say(english, dutch);
    let mut section = Section::new(SectionName::About, say("About this picture", "Over dit overzicht"));
    section.list(picture.missing.iter().map(|one| one.to_sentence(words)).collect());
    section.list(picture.read.told.clone());
    let columns = vec![Column::text(say("What", "Wat")), Column::text(say("Which", "Welke"))];
    let rows = facts(picture, words).into_iter().map(|(name, fact)| vec![Cell::of(name), Cell::of(fact)]);
    section.table(say("Judged by", "Beoordeeld volgens"), columns, rows.collect());
    let columns = vec![
        Column::text(say("File", "Bestand")),
        Column::number(say("Line", "Regel")),
        Column::text(say("Why", "Waarom")),
    ];
    let skipped = picture
        .read
        .skipped
        .iter()
        .map(|row| vec![Cell::of(&row.file), Cell::of(row.line.to_string()), Cell::of(&row.why)]);
    section.long_table(say("Skipped rows", "Overgeslagen regels"), columns, skipped.collect());
    section.mooded(
        say(
            "A provisional week can still change. The performance score is an estimate. An NPS of fewer answers \
              than the guideline is only an indication.",
            "Een voorlopige week kan nog veranderen. De prestatiescore is een schatting. Een NPS van minder \
              antwoorden dan de richtlijn is slechts een indicatie.",
        ),
        Mood::Quiet,
    );
    section
}

fn facts(picture: &Picture, words: &Words) -> Vec<(String, String)> {
    let say = |english: &'static str, dutch: &'static str| words.say(english, dutch).to_owned();
    let JudgedBy { rulebook, marketplace, confidence, hours, zone, counted_in, holidays, fingerprints } =
        &picture.judged_by;
    let sure = match confidence {
        Confidence::High => say("high confidence", "grote zekerheid"),
        Confidence::Medium => say("medium confidence", "middelmatige zekerheid"),
        Confidence::Low => say("low confidence", "kleine zekerheid"),
    };
    let hours_name = match counted_in {
        CountedIn::ClockHours => say("Clock hours", "Klokuren"),
        CountedIn::OfficeHours => say("Office hours", "Kantooruren"),
    };
    let holidays = holidays.clone().unwrap_or_else(|| say("none", "geen"));
    vec![
        (say("Rows", "Regels"), rows(picture, words)),
        (say("Rulebook", "Regelboek"), format!("{rulebook} ({marketplace}), {sure}")),
        (hours_name, format!("{hours}, {}", zone.name())),
        (say("Holidays", "Feestdagen"), holidays),
        (say("Fingerprints", "Vingerafdrukken"), fingerprints.to_string()),
        (say("Made by", "Gemaakt met"), format!("klokuur {}", env!("CARGO_PKG_VERSION"))),
    ]
}

/// `17,950 rows read, none skipped`.
pub(super) fn rows(picture: &Picture, words: &Words) -> String {
    let (read, skipped) = (&picture.read, picture.read.skipped.len() as u64);
    let none = words.say("none", "geen").to_owned();
    let skipped = if skipped == 0 { none } else { words.count(skipped) };
    let mut parts = Vec::new();
    if let Some(rows) = read.rows {
        let rows = words.counted(rows as u64, ["row", "rows"], ["regel", "regels"]);
        parts.push(format!("{rows} {}", words.say("read", "gelezen")));
    }
    parts.push(format!("{skipped} {}", words.say("skipped", "overgeslagen")));
    if read.updates > 0 {
        let updates = words.count(read.updates as u64);
        parts.push(format!(
            "{updates} {}",
            words.say("updates without an event", "wijzigingen zonder gebeurtenis")
        ));
    }
    if read.later > 0 {
        let later = words.count(read.later as u64);
        let text = words.say("of later, not looked at", "van later, niet meegeteld");
        parts.push(format!("{later} {text}"));
    }
    parts.join(", ")
}

impl Missing {
    /// One sentence: what is missing, why, and which norms have no verdict for it.
    pub fn to_sentence(&self, words: &Words) -> String {
        let say = |english, dutch| words.say(english, dutch);
        let (given, lacks) = match self.part {
            MissingPart::Questions => {
                (say("questions", "vragen"), say("the response time", "de reactietijd"))
            }
            MissingPart::Orders => (
                say("orders", "bestellingen"),
                say(
                    "the norms measured on orders, the performance score and cases per ordered item",
                    "de normen over bestellingen, de prestatiescore en klantvragen per besteld artikel",
                ),
            ),
            MissingPart::Surveys => {
                (say("surveys", "enquêtes"), say("the NPS after customer contact", "de NPS na klantcontact"))
            }
            MissingPart::Calls => {
                (say("calls", "telefoontjes"), say("phone availability", "de telefonische bereikbaarheid"))
            }
            MissingPart::Reviews => {
                (say("reviews", "beoordelingen"), say("the review grade", "het beoordelingscijfer"))
            }
            MissingPart::Strikes => {
                (say("strikes", "strikes"), say("strikes and standing", "strikes en status"))
            }
            MissingPart::Points => {
                (say("policy points", "beleidspunten"), say("policy points", "beleidspunten"))
            }
            MissingPart::Score => {
                (say("performance score", "prestatiescore"), say("a performance score", "een prestatiescore"))
            }
        };
        let has_several = matches!(self.part, MissingPart::Orders | MissingPart::Score);
        let norms = match self.norms.as_slice() {
            [_, ..] if has_several => format!(" ({})", words.norms(&self.norms)),
            _ => String::new(),
        };
        let is_part = !matches!(self.reason, MissingReason::NotInRules | MissingReason::NoFinalWeek);
        match (words.language(), self.reason) {
            // A part of the score is measured on what another sentence says of.
            (Language::English, _) if is_part && self.part == MissingPart::Score => {
                format!("The performance score is without a part{norms}.")
            }
            (Language::Dutch, _) if is_part && self.part == MissingPart::Score => {
                format!("De prestatiescore mist een onderdeel{norms}.")
            }
            (Language::English, MissingReason::NotGiven) => {
                format!("No {given} were given; left out: {lacks}{norms}.")
            }
            (Language::Dutch, MissingReason::NotGiven) => {
                format!("Er zijn geen {given} opgegeven; niet te zien: {lacks}{norms}.")
            }
            (Language::English, MissingReason::Empty) => {
                format!("There are no {given} up to now; left out: {lacks}{norms}.")
            }
            (Language::Dutch, MissingReason::Empty) => {
                format!("Er zijn tot nu toe geen {given}; niet te zien: {lacks}{norms}.")
            }
            (Language::English, MissingReason::NoneOfThatWeek) if has_several => {
                format!("Of the last whole week nothing is there for some norms{norms}.")
            }
            (Language::Dutch, MissingReason::NoneOfThatWeek) if has_several => {
                format!("Van de laatste hele week is er voor sommige normen niets{norms}.")
            }
            (Language::English, MissingReason::NoneOfThatWeek) => {
                format!("There are no {given} of the last whole week; left out: {lacks}.")
            }
            (Language::Dutch, MissingReason::NoneOfThatWeek) => {
                format!("Er zijn geen {given} van de laatste hele week; niet te zien: {lacks}.")
            }
            (Language::English, MissingReason::NotInRules) => {
                format!("This marketplace's rules have no {given}.")
            }
            (Language::Dutch, MissingReason::NotInRules) => {
                format!("In de regels van dit platform komt {lacks} niet voor.")
            }
            (Language::English, MissingReason::NoFinalWeek) => {
                format!("No week is final yet: there is no basis for {lacks}.")
            }
            (Language::Dutch, MissingReason::NoFinalWeek) => {
                format!("Er is nog geen week definitief: er is geen grond voor {lacks}.")
            }
        }
    }
}
