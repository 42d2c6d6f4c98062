//! Returns and cancellations: what ends their clocks, and how often (RULES K12, K5).

use klokuur::Rulebook;
use klokuur::case::{
    Applied, CaseBook, CaseClock, CaseEvent, CaseKind, CaseStatus, Happening, Opening, Party, What, evaluate,
};
use klokuur::sla::ClockState;

use super::{at, event, happenings, opening, refusal, with};

fn handled(result: &str) -> What {
    What::Handled { result: Some(result.to_owned()) }
}

fn opened_return(origin: Party) -> CaseEvent {
    event("02 10:00", What::Opened(Opening { kind: CaseKind::Return, ..opening(origin) }))
}

/// A return that came, and was handled within its time.
fn handled_return() -> Vec<CaseEvent> {
    vec![
        opened_return(Party::Customer),
        event("03 10:00", What::Received),
        event("04 10:00", handled("repaired")),
    ]
}

#[test]
fn k12_a_return_is_handled_once_and_its_closing_said_again_changes_nothing() {
    let mut book = with(&handled_return());
    let problem = refusal(&mut book, event("05 10:00", handled("refused")));
    assert!(problem.contains("closed already"), "{problem}");
    let again = event("06 10:00", What::closed(Party::Seller));
    let told = happenings(book.apply(&again).and_then(Applied::taken).unwrap());
    assert_eq!(told, [(at("05 10:00"), Happening::SurveyDue)], "that of the handling");
    // As before that, and as often as it is said.
    refusal(&mut book, event("07 10:00", handled("refused")));
    book.apply(event("08 10:00", What::closed(Party::Seller))).and_then(Applied::taken).unwrap();
    refusal(&mut book, event("09 10:00", What::closed(Party::Marketplace)));
    let outcome = book.outcomes(at("20 00:00")).unwrap().remove(0);
    assert_eq!((outcome.closed, outcome.handled), (Some(at("04 10:00")), Some(at("04 10:00"))));
    assert_eq!((outcome.result.as_deref(), outcome.verdict), (Some("repaired"), ClockState::Met));
    let mut log = handled_return();
    log.extend([again, event("07 10:00", handled("refused"))]);
    let found = evaluate(&log, &Rulebook::bol(), at("20 00:00")).unwrap();
    assert_eq!((&found.outcomes[0], found.refused.len()), (&outcome, 1));
    // Opened again, it is handled again.
    let mut book = with(&handled_return());
    book.apply(event("05 10:00", What::Reopened { by: Party::Seller })).and_then(Applied::taken).unwrap();
    book.apply(event("06 10:00", handled("refused"))).and_then(Applied::taken).unwrap();
    let outcome = book.outcomes(at("20 00:00")).unwrap().remove(0);
    assert_eq!((outcome.closed, outcome.result.as_deref()), (Some(at("06 10:00")), Some("refused")));
}

#[test]
fn k12_a_sellers_return_that_was_forwarded_has_its_clock_from_the_receipt() {
    for origin in [Party::Seller, Party::Customer] {
        let mut book = with(&[
            opened_return(origin),
            event("02 12:00", What::Forwarded),
            event("02 13:00", What::seller_message()),
            event("05 12:00", What::Received),
        ]);
        let row = book.case("K-1", at("05 12:00")).unwrap().unwrap().row;
        assert_eq!((row.clock, row.status), (Some(CaseClock::Request), CaseStatus::WaitingForSeller));
        assert_eq!(row.due.map(|due| due.to_utc()), Some(at("12 12:00")), "{origin}");
        // A message does not end it.
        book.apply(event("06 10:00", What::seller_message())).and_then(Applied::taken).unwrap();
        assert_eq!(book.outcomes(at("13 00:00")).unwrap()[0].verdict, ClockState::Breached);
        book.apply(event("07 10:00", handled("repaired"))).and_then(Applied::taken).unwrap();
        assert_eq!(book.outcomes(at("13 00:00")).unwrap()[0].verdict, ClockState::Met);
    }
    // One that the marketplace opened by forwarding it has its clock since then.
    let book = with(&[opened_return(Party::Marketplace), event("02 12:00", What::Received)]);
    let row = book.case("K-1", at("02 12:00")).unwrap().unwrap().row;
    assert_eq!(
        (row.clock, row.due.map(|due| due.to_utc())),
        (Some(CaseClock::Forwarded), Some(at("03 10:00")))
    );
}

#[test]
fn k12_handling_answers_the_clock_of_a_forwarding_too() {
    for (when, in_time) in [("03 12:00", true), ("03 13:00", false)] {
        let mut book = with(&[
            opened_return(Party::Customer),
            event("02 12:00", What::Forwarded),
            event("02 13:00", What::Received),
        ]);
        let told = happenings(book.apply(event(when, handled("repaired"))).and_then(Applied::taken).unwrap());
        let told: Vec<_> = told.into_iter().filter(|(time, _)| *time == at(when)).map(|it| it.1).collect();
        let answered = |clock, in_time| Happening::Answered { clock, in_time };
        let expected = [
            answered(CaseClock::Request, true),
            answered(CaseClock::Forwarded, in_time),
            Happening::Closed { by: Party::Seller },
        ];
        assert_eq!(told, expected);
    }
    let mut book = CaseBook::of(&Rulebook::bol()).unwrap();
    let open = What::Opened(Opening { kind: CaseKind::Cancellation, ..opening(Party::Customer) });
    let events = [event("02 10:00", open), event("02 11:00", What::Forwarded)];
    assert!(book.load_all(events).is_empty());
    let told = happenings(
        book.apply(event("02 12:00", What::closed(Party::Seller))).and_then(Applied::taken).unwrap(),
    );
    assert_eq!(told.len(), 3, "{told:?}");
}
