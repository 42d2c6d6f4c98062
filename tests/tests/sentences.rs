//! What people read, in English and Dutch: every kind of thing that is told has a sentence of its own in both.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Europe::Amsterdam;
use klokuur::case::{CaseClock, DomainEvent, Happening, Party};
use klokuur::standing::{JudgedWeek, Ledger, LedgerChange, Standing, StandingEvent, StandingTold};
use klokuur::{IsoWeek, KlokuurError, Language, Rulebook, error_sentence};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The same in both languages.
fn both(told: &dyn Fn(Language) -> String) -> [String; 2] {
    [told(Language::English), told(Language::Dutch)]
}

#[test]
fn k13_every_happening_is_a_sentence_in_both_languages() {
    let due = at("2026-03-16T14:00:00Z");
    let clocks = [
        (CaseClock::FirstResponse, "the first response", "de eerste reactie"),
        (CaseClock::Request, "the handling", "de afhandeling"),
        (
            CaseClock::FollowUp,
            "the answer to the customer's reply",
            "het antwoord op de reactie van de klant",
        ),
        (CaseClock::Forwarded, "the response", "de reactie"),
    ];
    let mut expected: Vec<(Happening, String, String)> = [
        (
            Happening::Opened { origin: Party::Customer },
            "new case K-1 of a customer",
            "nieuwe klantvraag K-1 van een klant",
        ),
        (
            Happening::Opened { origin: Party::Marketplace },
            "new case K-1, forwarded by the marketplace",
            "nieuwe klantvraag K-1, doorgestuurd door het platform",
        ),
        (
            Happening::Opened { origin: Party::Seller },
            "new case K-1, started by the seller",
            "nieuwe klantvraag K-1, gestart door de verkoper",
        ),
        (
            Happening::Forwarded,
            "case K-1 was forwarded by the marketplace",
            "klantvraag K-1 is doorgestuurd door het platform",
        ),
        (
            Happening::FollowUpDue,
            "case K-1 is to be followed up since Friday 13 March 2026 15:00",
            "klantvraag K-1 moet worden opgevolgd sinds vrijdag 13 maart 2026 15:00",
        ),
        (
            Happening::ReturnedToMarketplace,
            "case K-1 went back to the marketplace",
            "klantvraag K-1 is teruggegaan naar het platform",
        ),
        (
            Happening::Lapsed,
            "case K-1 has lapsed: the return did not come",
            "klantvraag K-1 is vervallen: de retour kwam niet",
        ),
        (
            Happening::Closed { by: Party::Seller },
            "case K-1 was closed by the seller",
            "klantvraag K-1 is gesloten door de verkoper",
        ),
        (
            Happening::Closed { by: Party::Marketplace },
            "case K-1 was closed by the marketplace",
            "klantvraag K-1 is gesloten door het platform",
        ),
        (Happening::Reopened, "case K-1 is open again", "klantvraag K-1 is weer open"),
        (
            Happening::SurveyDue,
            "the survey of case K-1 may go out",
            "de enquête van klantvraag K-1 kan worden verstuurd",
        ),
    ]
    .map(|(what, english, dutch)| (what, english.to_owned(), dutch.to_owned()))
    .into();
    for (clock, english, dutch) in clocks {
        expected.extend([
            (
                Happening::Warned { clock, due },
                format!(
                    "case K-1 has been open for a long time: {english} is due Monday 16 March 2026 15:00"
                ),
                format!(
                    "klantvraag K-1 staat al lang open: {dutch} moet uiterlijk maandag 16 maart 2026 15:00"
                ),
            ),
            (
                Happening::Breached { clock },
                format!("case K-1 is late: {english} was due Friday 13 March 2026 15:00"),
                format!("klantvraag K-1 is te laat: {dutch} moest uiterlijk vrijdag 13 maart 2026 15:00"),
            ),
            (
                Happening::Answered { clock, in_time: true },
                format!("case K-1: {english} came in time"),
                format!("klantvraag K-1: {dutch} was op tijd"),
            ),
            (
                Happening::Answered { clock, in_time: false },
                format!("case K-1: {english} came late"),
                format!("klantvraag K-1: {dutch} was te laat"),
            ),
        ]);
    }
    let mut seen = BTreeSet::new();
    for (what, english, dutch) in expected {
        // In winter the wall clock of Amsterdam is an hour ahead.
        let event =
            DomainEvent { case: "K-1".into(), at: at("2026-03-13T14:00:00Z"), what, retracted: false };
        let told = both(&|language| event.to_sentence(language, &Amsterdam));
        assert_eq!(told, [english.clone(), dutch.clone()]);
        let taken_back = DomainEvent { retracted: true, ..event };
        let back = both(&|language| taken_back.to_sentence(language, &Amsterdam));
        assert_eq!(back, [format!("taken back: {english}"), format!("ingetrokken: {dutch}")]);
        assert!(seen.insert(told), "{what:?} is told as another is");
    }
}

#[test]
fn s3_every_standing_and_change_is_a_sentence_in_both_languages() {
    let (since, later) = (day("2026-02-18"), day("2027-02-18"));
    let standings = [
        (Standing::Active, "the shop is online", "de winkel is online"),
        (
            Standing::OnlineWithPlan { since },
            "the shop is online with an improvement plan since Wednesday 18 February 2026",
            "de winkel is online met een verbeterplan sinds woensdag 18 februari 2026",
        ),
        (
            Standing::Offline { since },
            "the shop is offline since Wednesday 18 February 2026, until an improvement plan is accepted",
            "de winkel is offline sinds woensdag 18 februari 2026, tot een verbeterplan is geaccepteerd",
        ),
        (
            Standing::Closed { since, may_apply_from: later },
            "the shop is closed since Wednesday 18 February 2026, and may apply for reopening from Thursday 18 February 2027",
            "de winkel is gesloten sinds woensdag 18 februari 2026, en mag heropening aanvragen vanaf donderdag 18 februari 2027",
        ),
    ];
    for (standing, english, dutch) in standings {
        assert_eq!(both(&|language| standing.to_sentence(language)), [english, dutch]);
    }
    let week: IsoWeek = "2026-W10".parse().unwrap();
    let told = |change| {
        let told = StandingTold { on: since, change, retracted: false };
        both(&|language| told.to_sentence(language))
    };
    assert_eq!(
        told(LedgerChange::StrikeWithdrawn { week }),
        [
            "the strike of week 2026-W10 was withdrawn on Wednesday 18 February 2026",
            "de strike van week 2026-W10 is ingetrokken op woensdag 18 februari 2026"
        ]
    );
    let back = LedgerChange::StandingChanged { from: Standing::Offline { since }, to: Standing::Active };
    assert_eq!(
        told(back),
        [
            "the shop is online from Wednesday 18 February 2026",
            "de winkel is online vanaf woensdag 18 februari 2026"
        ]
    );
}

#[test]
fn s5_a_report_counts_its_strikes_in_words() {
    let rules = Rulebook::bol();
    let weeks = |count: u32| {
        let bad = |n| JudgedWeek::bad(IsoWeek::new(2026, 30 + n).unwrap(), &["response_time"]);
        (0..count).map(bad).collect::<Vec<_>>()
    };
    let on = day("2026-09-20");
    let told = |count| {
        let report = Ledger::new(&rules, weeks(count), vec![]).unwrap().standing(on);
        both(&|language| report.to_sentence(language))
    };
    let [none, aucun] = told(0);
    assert!(none.contains("no strike counts") && aucun.contains("er telt geen strike"), "{none} {aucun}");
    let [one, een] = told(1);
    assert!(one.contains("1 strike counts, 4 more strikes take it offline"), "{one}");
    assert!(een.contains("er telt 1 strike, bij nog 4 strikes gaat hij offline"), "{een}");
    let [four, vier] = told(4);
    assert!(four.contains("4 strikes count, 1 more strike takes it offline"), "{four}");
    assert!(vier.contains("er tellen 4 strikes, bij nog 1 strike gaat hij offline"), "{vier}");
    // An excuse takes a strike back, and the count with it.
    let excuse =
        StandingEvent::WeekExcused { week: "2026-W31".parse().unwrap(), norm: None, on: day("2026-09-01") };
    let ledger = Ledger::new(&rules, weeks(4), vec![excuse]).unwrap();
    assert!(ledger.standing(on).to_sentence(Language::English).contains("3 strikes count"));
}

#[test]
fn every_error_has_a_sentence_for_the_user_of_an_app() {
    let text = String::new;
    let errors = [
        KlokuurError::OutOfRange { what: "x", given: text(), accepted: text() },
        KlokuurError::InvalidValue { what: "x", given: text(), accepted: text() },
        KlokuurError::UnknownName { what: "x", given: text(), accepted: text() },
        KlokuurError::ScheduleSyntax { position: 1, found: text(), accepted: text() },
        KlokuurError::NeverOpen,
        KlokuurError::NoOpenTimeLeft { direction: "after", from: text() },
        KlokuurError::LengthMismatch { what: "x", left: 1, right: 2 },
        KlokuurError::ImpossibleTransition { case: text(), event: text(), at: text(), problem: text() },
        KlokuurError::InvalidDocument { document: "x", path: text(), problem: text() },
        KlokuurError::InvalidRulebook { faults: vec![] },
    ];
    let mut seen = BTreeSet::new();
    for error in errors {
        let told = both(&|language| error.to_sentence(language).to_owned());
        assert_eq!(error_sentence(error.code(), Language::Dutch), Some(told[1].as_str()));
        assert!(
            told.iter().all(|sentence| seen.insert(sentence.clone())),
            "{told:?} is told of another error too"
        );
        // The row says where, the error in it what.
        let row = KlokuurError::Row { row: 3, problem: Box::new(error) };
        assert_eq!(both(&|language| row.to_sentence(language).to_owned()), told);
    }
    assert!(!seen.contains(""));
    assert_eq!(error_sentence("no_such_code", Language::English), None);
}
