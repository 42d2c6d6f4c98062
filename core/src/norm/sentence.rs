//! A forecast as one sentence, in English and Dutch.

use std::fmt;

use super::Forecast;
use super::names::*;

/// What bad and good items are called: one, several; bad, then good.
struct Words {
    bad: [&'static str; 2],
    good: [&'static str; 2],
}

fn english(norm: &str) -> Words {
    match norm {
        RESPONSE_TIME => {
            Words { bad: ["late answer", "late answers"], good: ["answer on time", "answers on time"] }
        }
        FULFILMENT => Words { bad: ["late item", "late items"], good: ["item on time", "items on time"] },
        CANCELLATIONS => Words {
            bad: ["cancelled item", "cancelled items"],
            good: ["item not cancelled", "items not cancelled"],
        },
        PHONE_AVAILABILITY => {
            Words { bad: ["missed call", "missed calls"], good: ["answered call", "answered calls"] }
        }
        _ => Words { bad: ["bad item", "bad items"], good: ["good item", "good items"] },
    }
}

fn dutch(norm: &str) -> Words {
    match norm {
        RESPONSE_TIME => Words {
            bad: ["te laat antwoord", "te late antwoorden"],
            good: ["antwoord op tijd", "antwoorden op tijd"],
        },
        FULFILMENT => Words {
            bad: ["te laat artikel", "te late artikelen"],
            good: ["artikel op tijd", "artikelen op tijd"],
        },
        CANCELLATIONS => Words {
            bad: ["geannuleerd artikel", "geannuleerde artikelen"],
            good: ["niet geannuleerd artikel", "niet geannuleerde artikelen"],
        },
        PHONE_AVAILABILITY => Words {
            bad: ["gemiste oproep", "gemiste oproepen"],
            good: ["beantwoorde oproep", "beantwoorde oproepen"],
        },
        _ => Words { bad: ["slecht item", "slechte items"], good: ["goed item", "goede items"] },
    }
}

fn counted(count: u64, words: [&'static str; 2]) -> (u64, &'static str) {
    let [one, several] = words;
    (count, if count == 1 { one } else { several })
}

impl fmt::Display for Forecast {
    /// `4 more late answers are affordable: one beyond that makes this a bad week`, or
    /// `this is a bad week; 12 answers on time in a row repair it`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = english(&self.norm);
        if !self.missed {
            return match self.affordable {
                None => f.write_str("this cannot become a bad week"),
                Some(0) => {
                    write!(f, "no more {} are affordable: the next makes this a bad week", words.bad[1])
                }
                Some(affordable) => {
                    let (count, noun) = counted(affordable, words.bad);
                    let verb = if affordable == 1 { "is" } else { "are" };
                    write!(f, "{count} more {noun} {verb} affordable: one beyond that makes this a bad week")
                }
            };
        }
        match self.to_repair {
            None => f.write_str("this is a bad week and cannot be repaired"),
            Some(good) => {
                let (count, noun) = counted(good, words.good);
                write!(
                    f,
                    "this is a bad week; {count} {noun} in a row repair{} it",
                    if count == 1 { "s" } else { "" }
                )
            }
        }
    }
}

impl Forecast {
    /// The same sentence in Dutch.
    pub fn dutch(&self) -> String {
        let words = dutch(&self.norm);
        if !self.missed {
            return match self.affordable {
                None => "dit kan geen slechte week worden".into(),
                Some(0) => {
                    format!("geen ruimte meer voor {}: de volgende maakt dit een slechte week", words.bad[1])
                }
                Some(affordable) => {
                    let (count, noun) = counted(affordable, words.bad);
                    format!("nog ruimte voor {count} {noun}: één meer maakt dit een slechte week")
                }
            };
        }
        match self.to_repair {
            None => "dit is een slechte week en niet meer te herstellen".into(),
            Some(good) => {
                let (count, noun) = counted(good, words.good);
                let verb = if count == 1 { "herstelt" } else { "herstellen" };
                format!("dit is een slechte week; {count} {noun} op rij {verb} dat")
            }
        }
    }
}
