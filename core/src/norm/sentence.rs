//! A forecast, and what becomes of a norm, as one sentence in English and Dutch. A forecast is true by trying: what it
//! promises and what it threatens.

use std::fmt;

use super::in_words::norm_in_words;
use super::names::*;
use super::{Forecast, NormHappening, NormTold};
use crate::timeline::Language;

/// What bad and good items are called: one, several; and what an item is when it is bad, and what the bad items of a
/// plan are.
struct Words {
    bad: [&'static str; 2],
    good: [&'static str; 2],
    /// As in "may be late".
    be_bad: &'static str,
}

fn english(norm: &str) -> Words {
    match norm {
        RESPONSE_TIME => Words {
            bad: ["late answer", "late answers"],
            good: ["answer on time", "answers on time"],
            be_bad: "late",
        },
        FULFILMENT | ON_TIME | HANDOVER => Words {
            bad: ["late item", "late items"],
            good: ["item on time", "items on time"],
            be_bad: "late",
        },
        CANCELLATIONS => Words {
            bad: ["cancelled item", "cancelled items"],
            good: ["item not cancelled", "items not cancelled"],
            be_bad: "cancelled",
        },
        PHONE_AVAILABILITY => Words {
            bad: ["missed call", "missed calls"],
            good: ["answered call", "answered calls"],
            be_bad: "missed",
        },
        _ => Words { bad: ["bad item", "bad items"], good: ["good item", "good items"], be_bad: "bad" },
    }
}

fn dutch(norm: &str) -> Words {
    match norm {
        RESPONSE_TIME => Words {
            bad: ["te laat antwoord", "te late antwoorden"],
            good: ["antwoord op tijd", "antwoorden op tijd"],
            be_bad: "te laat",
        },
        FULFILMENT | ON_TIME | HANDOVER => Words {
            bad: ["te laat artikel", "te late artikelen"],
            good: ["artikel op tijd", "artikelen op tijd"],
            be_bad: "te laat",
        },
        CANCELLATIONS => Words {
            bad: ["geannuleerd artikel", "geannuleerde artikelen"],
            good: ["niet geannuleerd artikel", "niet geannuleerde artikelen"],
            be_bad: "geannuleerd",
        },
        PHONE_AVAILABILITY => Words {
            bad: ["gemiste oproep", "gemiste oproepen"],
            good: ["beantwoorde oproep", "beantwoorde oproepen"],
            be_bad: "gemist",
        },
        _ => Words {
            bad: ["slecht item", "slechte items"],
            good: ["goed item", "goede items"],
            be_bad: "slecht",
        },
    }
}

fn counted(count: u64, words: [&'static str; 2]) -> (u64, &'static str) {
    let [one, several] = words;
    (count, if count == 1 { one } else { several })
}

/// What a forecast has to say.
enum Message {
    /// Nothing was counted and nothing will be.
    Empty,
    /// No number of bad items makes it a bad week.
    Safe,
    /// Good, and nothing is still to come that could change it.
    Done,
    /// Of those still to come, so many may be bad.
    OfThoseToCome { affordable: u64, to_come: u64 },
    /// So many more bad items are affordable.
    More(u64),
    /// Bad whatever is still to come by the plan; so many good ones beyond it repair it.
    BadByThePlan(Option<u64>),
    /// Bad as it stands.
    Bad(Option<u64>),
}

impl Forecast {
    fn message(&self) -> Message {
        // RULES N3: with a planned total the sentence speaks of what is still to come.
        let to_come = self.still_to_come.filter(|_| !self.takes_counted_items);
        match (self.missed, self.affordable, to_come) {
            _ if self.is_empty => Message::Empty,
            (true, _, _) if self.still_to_come.is_some_and(|items| items > 0) => {
                Message::BadByThePlan(self.to_repair)
            }
            (true, _, _) => Message::Bad(self.to_repair),
            (false, _, Some(0)) => Message::Done,
            (false, None, _) => Message::Safe,
            (false, Some(affordable), Some(to_come)) => Message::OfThoseToCome { affordable, to_come },
            (false, Some(affordable), None) => Message::More(affordable),
        }
    }
}

impl fmt::Display for Forecast {
    /// `4 more late answers are affordable: one beyond that makes this a bad week`, `all 6 still to come may be late`,
    /// or `this is a bad week; 12 answers on time in a row repair it`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Words { bad, good, be_bad } = english(&self.norm);
        match self.message() {
            Message::Empty => f.write_str("nothing is counted and nothing is to come: there is no verdict"),
            Message::Safe => f.write_str("this cannot become a bad week"),
            Message::Done => f.write_str("nothing is still to come: this stays a good week"),
            Message::OfThoseToCome { affordable: 1, to_come: 1 } => {
                write!(f, "the one still to come may be {be_bad}")
            }
            Message::OfThoseToCome { affordable, to_come } if affordable >= to_come => {
                write!(f, "all {to_come} still to come may be {be_bad}")
            }
            Message::OfThoseToCome { affordable: 0, to_come: 1 } => {
                write!(f, "the one still to come may not be {be_bad}: that makes this a bad week")
            }
            Message::OfThoseToCome { affordable: 0, to_come } => {
                write!(f, "none of the {to_come} still to come may be {be_bad}: one makes this a bad week")
            }
            Message::OfThoseToCome { affordable, to_come } => write!(
                f,
                "{affordable} of the {to_come} still to come may be {be_bad}: one beyond that makes this a bad week"
            ),
            Message::More(0) => {
                let [_, several] = bad;
                write!(f, "no more {several} are affordable: the next makes this a bad week")
            }
            Message::More(affordable) => {
                let (count, noun) = counted(affordable, bad);
                let verb = if affordable == 1 { "is" } else { "are" };
                write!(f, "{count} more {noun} {verb} affordable: one beyond that makes this a bad week")
            }
            Message::BadByThePlan(None) => {
                f.write_str("this is a bad week whatever is still to come, and cannot be repaired")
            }
            Message::BadByThePlan(Some(more)) => {
                let (count, noun) = counted(more, good);
                let s = if count == 1 { "s" } else { "" };
                write!(
                    f,
                    "this is a bad week whatever is still to come; {count} {noun} beyond the plan repair{s} it"
                )
            }
            Message::Bad(None) => f.write_str("this is a bad week and cannot be repaired"),
            Message::Bad(Some(more)) => {
                let (count, noun) = counted(more, good);
                let s = if count == 1 { "s" } else { "" };
                write!(f, "this is a bad week; {count} {noun} in a row repair{s} it")
            }
        }
    }
}

impl Forecast {
    /// The same sentence in Dutch.
    pub fn dutch(&self) -> String {
        let Words { bad, good, be_bad } = dutch(&self.norm);
        match self.message() {
            Message::Empty => "er is niets geteld en er komt niets meer: er is geen oordeel".into(),
            Message::Safe => "dit kan geen slechte week worden".into(),
            Message::Done => "er komt niets meer: dit blijft een goede week".into(),
            Message::OfThoseToCome { affordable: 1, to_come: 1 } => {
                format!("de enige die nog komt mag {be_bad} zijn")
            }
            Message::OfThoseToCome { affordable, to_come } if affordable >= to_come => {
                format!("alle {to_come} die nog komen mogen {be_bad} zijn")
            }
            Message::OfThoseToCome { affordable: 0, to_come: 1 } => {
                format!("de enige die nog komt mag niet {be_bad} zijn: dat maakt dit een slechte week")
            }
            Message::OfThoseToCome { affordable: 0, to_come } => {
                format!(
                    "geen van de {to_come} die nog komen mag {be_bad} zijn: één maakt dit een slechte week"
                )
            }
            Message::OfThoseToCome { affordable, to_come } => {
                let verb = if affordable == 1 { "mag" } else { "mogen" };
                format!(
                    "{affordable} van de {to_come} die nog komen {verb} {be_bad} zijn: één meer maakt dit een slechte week"
                )
            }
            Message::More(0) => {
                let [_, several] = bad;
                format!("geen ruimte meer voor {several}: de volgende maakt dit een slechte week")
            }
            Message::More(affordable) => {
                let (count, noun) = counted(affordable, bad);
                format!("nog ruimte voor {count} {noun}: één meer maakt dit een slechte week")
            }
            Message::BadByThePlan(None) => {
                "dit is een slechte week, wat er ook nog komt, en niet meer te herstellen".into()
            }
            Message::BadByThePlan(Some(more)) => {
                let (count, noun) = counted(more, good);
                let verb = if count == 1 { "herstelt" } else { "herstellen" };
                format!(
                    "dit is een slechte week, wat er ook nog komt; {count} {noun} boven het plan {verb} dat"
                )
            }
            Message::Bad(None) => "dit is een slechte week en niet meer te herstellen".into(),
            Message::Bad(Some(more)) => {
                let (count, noun) = counted(more, good);
                let verb = if count == 1 { "herstelt" } else { "herstellen" };
                format!("dit is een slechte week; {count} {noun} op rij {verb} dat")
            }
        }
    }
}

impl NormTold {
    /// One sentence: what has become so with which norm, in which week. The text of a notification.
    pub fn to_sentence(&self, language: Language) -> String {
        let (norm, week) = (norm_in_words(&self.norm, language), self.week);
        match (self.what, language) {
            (NormHappening::Missed, Language::English) => format!("{norm} misses its norm in week {week}"),
            (NormHappening::Missed, Language::Dutch) => format!("{norm} haalt de norm niet in week {week}"),
            (NormHappening::Repaired, Language::English) => {
                format!("{norm} does not miss its norm any more in week {week}")
            }
            (NormHappening::Repaired, Language::Dutch) => {
                format!("{norm} mist de norm niet meer in week {week}")
            }
            (NormHappening::BecameFinal, Language::English) => {
                format!("the numbers of week {week} are final: {norm}")
            }
            (NormHappening::BecameFinal, Language::Dutch) => {
                format!("de cijfers van week {week} zijn definitief: {norm}")
            }
        }
    }
}
