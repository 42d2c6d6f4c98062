//! The rules of cases (RULES K, Q2), each by its name, and the laws of the book; what its parts build their logs of.

mod archiving;
mod clocks;
mod closing;
mod edges;
mod eras;
mod in_rows;
mod laws;
mod lists;
mod many;
mod pauses;
mod replay;
mod requests;
mod saving;
mod snapshots;
mod told;

use chrono::{DateTime, Utc};
use klokuur::case::{Applied, CaseBook, CaseEvent, CaseStatus, DomainEvent, Happening, Opening, Party, What};
use klokuur::{KlokuurError, Rulebook};

/// Monday to Friday 00:00 to 24:00 in Amsterdam, the days of March 2026: the 9th, 16th and 23rd are Mondays.
fn at(text: &str) -> DateTime<Utc> {
    let text = if text.contains('T') {
        text.to_owned()
    } else {
        format!("2026-03-{}:00+01:00", text.replace(' ', "T"))
    };
    DateTime::parse_from_rfc3339(&text).unwrap().to_utc()
}

fn book() -> CaseBook {
    CaseBook::of(&Rulebook::bol()).unwrap()
}

fn opening(origin: Party) -> Opening {
    let text = |t: &str| Some(t.to_owned());
    Opening {
        order: text("A-77"),
        customer: text("Jan de Vries"),
        subject: text("delivery"),
        item: text("kettle"),
        ..Opening::by(origin)
    }
}

fn opened(origin: Party) -> What {
    What::Opened(opening(origin))
}

fn event(when: &str, what: What) -> CaseEvent {
    CaseEvent::new("K-1", at(when), what)
}

fn happenings(events: Vec<DomainEvent>) -> Vec<(DateTime<Utc>, Happening)> {
    assert!(events.iter().all(|event| !event.retracted && event.case == "K-1"));
    events.into_iter().map(|event| (event.at, event.what)).collect()
}

fn with(events: &[CaseEvent]) -> CaseBook {
    let mut book = book();
    for event in events {
        book.apply(event).and_then(Applied::taken).unwrap();
    }
    book
}

fn status(book: &CaseBook, when: &str) -> CaseStatus {
    book.case("K-1", at(when)).unwrap().unwrap().row.status
}

fn refusal(book: &mut CaseBook, event: CaseEvent) -> String {
    let now = event.at;
    let before =
        (book.overview(now).unwrap(), book.completed(now, 0, 9).unwrap(), book.next_wake_up(now).unwrap());
    let zone = book.schedule().zone();
    let (case, when) = (event.case.clone(), event.at.with_timezone(&zone).to_rfc3339());
    let Err(error) = book.apply(&event).and_then(Applied::taken) else { panic!("{event:?} was taken") };
    assert_eq!(error.code(), "impossible_transition");
    let KlokuurError::ImpossibleTransition { case: named, event: kind, at, problem } = error else {
        panic!()
    };
    assert_eq!((named, kind, at), (case, event.kind().to_string(), when));
    let after =
        (book.overview(now).unwrap(), book.completed(now, 0, 9).unwrap(), book.next_wake_up(now).unwrap());
    assert_eq!(before, after);
    problem
}
