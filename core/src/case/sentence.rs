//! What became of a case, as one sentence for the seller (RULES K13).

use chrono::TimeZone;

use super::domain_event::{CaseClock, DomainEvent, Happening};
use super::event::Party;
use crate::timeline::Language;

impl DomainEvent {
    /// One sentence, with its times on the wall clock of `zone`: what a notification says.
    pub fn to_sentence<Z: TimeZone>(&self, language: Language, zone: &Z) -> String {
        let case = &self.case;
        let moment =
            |at: chrono::DateTime<chrono::Utc>| language.moment(at.with_timezone(zone).naive_local());
        let at = moment(self.at);
        let sentence = match language {
            Language::English => match self.what {
                Happening::Opened { origin: Party::Customer } => format!("new case {case} of a customer"),
                Happening::Opened { origin: Party::Marketplace } => {
                    format!("new case {case}, forwarded by the marketplace")
                }
                Happening::Opened { origin: Party::Seller } => {
                    format!("new case {case}, started by the seller")
                }
                Happening::Forwarded => format!("case {case} was forwarded by the marketplace"),
                Happening::Warned { clock, due } => {
                    let due = moment(due);
                    let what = english(clock);
                    format!("case {case} has been open for a long time: {what} is due {due}")
                }
                Happening::Breached { clock } => {
                    format!("case {case} is late: {} was due {at}", english(clock))
                }
                Happening::Answered { clock, in_time: true } => {
                    format!("case {case}: {} came in time", english(clock))
                }
                Happening::Answered { clock, in_time: false } => {
                    format!("case {case}: {} came late", english(clock))
                }
                Happening::FollowUpDue => format!("case {case} is to be followed up since {at}"),
                Happening::ReturnedToMarketplace => format!("case {case} went back to the marketplace"),
                Happening::Lapsed => format!("case {case} has lapsed: the return did not come"),
                Happening::Closed { by: Party::Seller | Party::Customer } => {
                    format!("case {case} was closed by the seller")
                }
                Happening::Closed { by: Party::Marketplace } => {
                    format!("case {case} was closed by the marketplace")
                }
                Happening::Reopened => format!("case {case} is open again"),
                Happening::SurveyDue => format!("the survey of case {case} may go out"),
            },
            Language::Dutch => match self.what {
                Happening::Opened { origin: Party::Customer } => {
                    format!("nieuwe klantvraag {case} van een klant")
                }
                Happening::Opened { origin: Party::Marketplace } => {
                    format!("nieuwe klantvraag {case}, doorgestuurd door het platform")
                }
                Happening::Opened { origin: Party::Seller } => {
                    format!("nieuwe klantvraag {case}, gestart door de verkoper")
                }
                Happening::Forwarded => format!("klantvraag {case} is doorgestuurd door het platform"),
                Happening::Warned { clock, due } => {
                    let due = moment(due);
                    format!("klantvraag {case} staat al lang open: {} moet uiterlijk {due}", dutch(clock))
                }
                Happening::Breached { clock } => {
                    format!("klantvraag {case} is te laat: {} moest uiterlijk {at}", dutch(clock))
                }
                Happening::Answered { clock, in_time: true } => {
                    format!("klantvraag {case}: {} was op tijd", dutch(clock))
                }
                Happening::Answered { clock, in_time: false } => {
                    format!("klantvraag {case}: {} was te laat", dutch(clock))
                }
                Happening::FollowUpDue => format!("klantvraag {case} moet worden opgevolgd sinds {at}"),
                Happening::ReturnedToMarketplace => {
                    format!("klantvraag {case} is teruggegaan naar het platform")
                }
                Happening::Lapsed => format!("klantvraag {case} is vervallen: de retour kwam niet"),
                Happening::Closed { by: Party::Seller | Party::Customer } => {
                    format!("klantvraag {case} is gesloten door de verkoper")
                }
                Happening::Closed { by: Party::Marketplace } => {
                    format!("klantvraag {case} is gesloten door het platform")
                }
                Happening::Reopened => format!("klantvraag {case} is weer open"),
                Happening::SurveyDue => format!("de enquête van klantvraag {case} kan worden verstuurd"),
            },
        };
        if self.retracted {
            format!("{}: {sentence}", language.say("taken back", "ingetrokken"))
        } else {
            sentence
        }
    }
}

fn english(clock: CaseClock) -> &'static str {
    match clock {
        CaseClock::FirstResponse => "the first response",
        CaseClock::Request => "the handling",
        CaseClock::FollowUp => "the answer to the customer's reply",
        CaseClock::Forwarded => "the response",
    }
}

fn dutch(clock: CaseClock) -> &'static str {
    match clock {
        CaseClock::FirstResponse => "de eerste reactie",
        CaseClock::Request => "de afhandeling",
        CaseClock::FollowUp => "het antwoord op de reactie van de klant",
        CaseClock::Forwarded => "de reactie",
    }
}
