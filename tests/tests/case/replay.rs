//! What is told of a case, and that the order in which its events come is nothing (RULES K13, K14, C2).

use chrono::{DateTime, TimeDelta};
use klokuur::case::{
    Applied, CLOCK_TOLERANCE, CaseBook, CaseClock, CaseEvent, CaseStatus, Description, EventRecord,
    Happening, Outcomes, Party, Replacement, What, evaluate,
};
use klokuur::sla::ClockState;
use klokuur::{KlokuurError, Rulebook};

use super::{at, book, event, happenings, opened, refusal, status, with};

#[test]
fn k13_domain_events_tell_what_became_so() {
    let mut book = book();
    let told =
        happenings(book.apply(event("13 15:00", opened(Party::Customer))).and_then(Applied::taken).unwrap());
    assert_eq!(told, [(at("13 15:00"), Happening::Opened { origin: Party::Customer })]);
    let clock = CaseClock::FirstResponse;
    // Nothing is polled: the answer to a late event tells what time did before it.
    let told =
        happenings(book.apply(event("16 16:00", What::seller_message())).and_then(Applied::taken).unwrap());
    let due = at("16 15:00");
    let expected = [
        (at("16 09:00"), Happening::Warned { clock, due }),
        (due, Happening::Breached { clock }),
        (at("16 16:00"), Happening::Answered { clock, in_time: false }),
    ];
    assert_eq!(told, expected);
    book.apply(event("16 17:00", What::FollowUp { until: Some(at("18 09:00")) }))
        .and_then(Applied::taken)
        .unwrap();
    assert_eq!(book.next_wake_up(at("16 17:00")).unwrap(), Some(at("18 09:00")));
    // Overdue is now.
    assert_eq!(book.next_wake_up(at("19 09:00")).unwrap(), Some(at("19 09:00")));
    assert_eq!(happenings(book.advance(at("19 09:00")).unwrap()), [(at("18 09:00"), Happening::FollowUpDue)]);
    book.apply(event("19 10:00", What::closed(Party::Seller))).and_then(Applied::taken).unwrap();
    assert_eq!(happenings(book.advance(at("23 00:00")).unwrap()), [(at("20 10:00"), Happening::SurveyDue)]);
    assert_eq!(book.next_wake_up(at("23 00:00")).unwrap(), None);
}

#[test]
fn k13_a_late_answer_takes_back_what_was_told() {
    let mut book = with(&[event("13 15:00", opened(Party::Customer))]);
    assert_eq!(book.advance(at("17 00:00")).unwrap().len(), 2);
    let told = book.apply(event("16 08:00", What::seller_message())).and_then(Applied::taken).unwrap();
    let told: Vec<_> = told.into_iter().map(|event| (event.at, event.what, event.retracted)).collect();
    let (clock, due) = (CaseClock::FirstResponse, at("16 15:00"));
    let expected = [
        (at("16 08:00"), Happening::Answered { clock, in_time: true }, false),
        (at("16 09:00"), Happening::Warned { clock, due }, true),
        (due, Happening::Breached { clock }, true),
    ];
    assert_eq!(told, expected);
    assert_eq!(book.outcomes(at("20 00:00")).unwrap()[0].verdict, ClockState::Met);
}

#[test]
fn k14_an_impossible_event_names_case_event_and_time_and_changes_nothing() {
    let mut book = book();
    let error = book.apply(event("13 15:00", What::seller_message())).and_then(Applied::taken).unwrap_err();
    assert_eq!(
        error.to_string(),
        "case K-1: event seller_message at 2026-03-13T15:00:00+01:00 is impossible: it has not been opened: accepted is `opened` first"
    );
    assert!(book.is_empty() && book.case("K-1", at("20 00:00")).unwrap().is_none());
    book.apply(event("12 10:00", opened(Party::Customer))).and_then(Applied::taken).unwrap();
    // What came too early is taken in its place.
    assert_eq!(status(&book, "13 15:00"), CaseStatus::WaitingForCustomer);
    assert!(book.refused().is_empty());
    refusal(&mut book, event("14 10:00", opened(Party::Customer)));
    refusal(&mut book, event("14 11:00", What::Returned));
    refusal(&mut book, event("14 12:00", What::Reopened { by: Party::Seller }));
    refusal(&mut book, event("14 13:00", What::FollowUp { until: Some(at("14 13:00")) }));
    book.apply(event("14 14:00", What::closed(Party::Seller))).and_then(Applied::taken).unwrap();
    refusal(&mut book, event("14 15:00", What::closed(Party::Marketplace)));
    refusal(&mut book, event("14 16:00", What::seller_message()));
    refusal(&mut book, event("14 17:00", What::Forwarded));
    let again = refusal(&mut book, event("14 17:00", What::Forwarded));
    assert!(again.contains("closed"), "{again}");
    assert_eq!(book.refused().len(), 7);
}

#[test]
fn k14_out_of_range_times_are_refused_and_not_kept() {
    let mut book = book();
    let far = DateTime::parse_from_rfc3339("2101-01-01T00:00:00Z").unwrap();
    let error =
        book.apply(CaseEvent::new("K-1", far, opened(Party::Customer))).and_then(Applied::taken).unwrap_err();
    assert_eq!(error.code(), "out_of_range");
    assert!(book.refused().is_empty());
    let error = book
        .apply(CaseEvent::new("", at("12 10:00"), opened(Party::Customer)))
        .and_then(Applied::taken)
        .unwrap_err();
    assert_eq!(error.code(), "invalid_document");
}

#[test]
fn k14_a_correction_by_id_whenever_it_comes() {
    let wrong = event("16 16:00", What::seller_message()).with_id("e2");
    let right = Replacement { at: at("16 14:00"), what: What::seller_message() };
    let fix = |right| What::Corrected { corrects: "e2".into(), right };
    let corrected = event("17 10:00", fix(Some(Box::new(right))));
    let open = event("13 15:00", opened(Party::Customer));
    let verdict = |book: &CaseBook| book.outcomes(at("20 00:00")).unwrap()[0].verdict;
    assert_eq!(verdict(&with(&[open.clone(), wrong.clone()])), ClockState::Breached);
    let mut book = with(&[open.clone(), wrong.clone(), corrected.clone()]);
    assert_eq!(verdict(&book), ClockState::Met);
    // Before it came nobody knew of it.
    assert_eq!(book.outcomes(at("17 09:00")).unwrap()[0].verdict, ClockState::Breached);
    // It never was: withdrawn by a later correction.
    book.apply(event("18 10:00", fix(None))).and_then(Applied::taken).unwrap();
    assert_eq!(verdict(&book), ClockState::Breached);
    assert_eq!(status(&book, "19 00:00"), CaseStatus::WaitingForSeller);
    // A correction that comes first waits for its event.
    let mut book = with(&[open]);
    let problem = refusal(&mut book, corrected);
    assert!(problem.contains("no event of this case has the id e2"), "{problem}");
    book.apply(wrong).and_then(Applied::taken).unwrap();
    assert_eq!(verdict(&book), ClockState::Met);
    assert!(book.refused().is_empty());
}

#[test]
fn k14_what_became_of_an_event_is_told_by_type() {
    let mut book = book();
    let question = event("13 15:00", opened(Party::Customer));
    let answer = event("13 16:00", What::seller_message());
    assert!(matches!(book.apply(&answer), Ok(Applied::KeptAside(KlokuurError::ImpossibleTransition { .. }))));
    assert!(matches!(book.apply(&answer), Ok(Applied::KeptAside(_))), "it is kept aside still");
    let Ok(Applied::Taken(told)) = book.apply(&question) else { panic!("{question:?} was not taken") };
    assert_eq!(told.len(), 2, "the opening, and the answer that waited for it: {told:?}");
    assert_eq!(book.apply(&question), Ok(Applied::KnownAlready));
    assert_eq!(book.apply(&answer), Ok(Applied::KnownAlready));
    let nobody = CaseEvent::new("", at("13 15:00"), What::seller_message());
    assert_eq!(book.apply(nobody).unwrap_err().code(), "invalid_document");
    assert_eq!(book.events(), [answer, question], "what is not kept is not there");
}

#[test]
fn k14_an_event_of_the_future_is_refused_where_now_is_told() {
    let mut book = book();
    let now = at("13 15:00");
    let on_the_edge = CaseEvent::new("K-1", now + CLOCK_TOLERANCE, opened(Party::Customer)).with_id("e1");
    let later =
        CaseEvent::new("K-2", now + CLOCK_TOLERANCE + TimeDelta::nanoseconds(1), opened(Party::Customer));
    let right = Replacement { at: later.at, what: opened(Party::Customer) };
    let correction =
        event("13 15:01", What::Corrected { corrects: "e1".into(), right: Some(Box::new(right)) });
    assert!(matches!(book.apply_at(&on_the_edge, now), Ok(Applied::Taken(_))));
    for refused in [&later, &correction] {
        let error = book.apply_at(refused, now).unwrap_err();
        assert_eq!(error.code(), "out_of_range");
        assert!(
            error.to_string().ends_with("accepted is up to 5 minutes after now, 2026-03-13T14:00:00Z"),
            "{error}"
        );
    }
    assert_eq!(book.events(), [on_the_edge]);
    // A follow-up is of the future by its nature.
    book.apply_at(event("13 15:05", What::FollowUp { until: Some(at("20 09:00")) }), now)
        .and_then(Applied::taken)
        .unwrap();
}

#[test]
fn k14_one_id_is_one_event() {
    let mut book = with(&[event("13 15:00", opened(Party::Customer)).with_id("e1")]);
    assert!(
        book.apply(event("13 15:00", opened(Party::Customer)).with_id("e1"))
            .and_then(Applied::taken)
            .unwrap()
            .is_empty()
    );
    let problem = refusal(&mut book, event("13 16:00", What::seller_message()).with_id("e1"));
    assert!(problem.contains("the id e1 belongs to another event"), "{problem}");
    // Without ids, the same content at the same time is the same event.
    let message = event("13 17:00", What::customer_message());
    book.apply(&message).and_then(Applied::taken).unwrap();
    book.apply(&message).and_then(Applied::taken).unwrap();
    assert_eq!(book.case("K-1", at("13 18:00")).unwrap().unwrap().row.customer_messages, 2);
}

#[test]
fn k14_a_correction_that_loses_its_id_corrects_nothing() {
    let corrected = What::Corrected {
        corrects: "e1".to_owned(),
        right: Some(Box::new(Replacement { at: at("13 15:00"), what: opened(Party::Customer) })),
    };
    // The message comes last, is dated before the correction and has its id: the earlier of two different events keeps
    // it, although the case was sent back by then (K5) and takes none.
    let events = [
        event("13 15:00", opened(Party::Marketplace)).with_id("e1"),
        event("19 12:00", corrected).with_id("e2"),
        event("18 12:00", What::seller_message()).with_id("e2"),
    ];
    let (book, whole) = (with(&events), {
        let mut book = CaseBook::of(&Rulebook::bol()).unwrap();
        book.load_all(&events);
        book
    });
    let end = at("20 12:00");
    assert_eq!(book.outcomes(end).unwrap(), whole.outcomes(end).unwrap());
    assert_eq!(book.outcomes(end).unwrap()[0].origin, Party::Marketplace);
    assert_eq!(book.refused(), whole.refused());
}

#[test]
fn k14_events_of_one_instant_are_taken_in_the_order_that_is_possible() {
    let instant = "13 15:00";
    let events = [
        event(instant, What::Reopened { by: Party::Seller }),
        event(instant, What::closed(Party::Seller)),
        event(instant, What::seller_message()),
        event(instant, opened(Party::Customer)),
    ];
    let (book, refused) =
        CaseBook::replay(&Rulebook::bol(), Rulebook::bol().schedule().unwrap(), &events).unwrap();
    assert!(refused.is_empty(), "{refused:?}");
    assert_eq!(status(&book, instant), CaseStatus::WaitingForSeller);
}

#[test]
fn k14_records_refuse_what_their_event_does_not_carry() {
    let read = |text: &str| serde_json::from_str::<CaseEvent>(text).map_err(|e| e.to_string());
    let base = r#""case":"K-1","at":"2026-03-13T15:00:00+01:00""#;
    let ok = read(&format!(r#"{{{base},"event":"corrected","corrects":"e1","right_event":"closed","right_at":"2026-03-13T15:00:00Z","by":"marketplace"}}"#)).unwrap();
    let line = serde_json::to_string(&ok).unwrap();
    assert_eq!(read(&line).unwrap(), ok);
    assert_eq!(CaseEvent::try_from(EventRecord::from(ok.clone())).unwrap(), ok);
    for (rest, problem) in [
        (r#""event":"closed","order":"A""#, "`closed` does not carry it"),
        (r#""event":"survey_answered""#, "`survey_answered` needs it"),
        (r#""event":"survey_answered","scores":{"speed":11}"#, "0 to 10"),
        (
            r#""event":"corrected","corrects":"a","right_event":"corrected","right_at":"2026-03-13T15:00:00Z""#,
            "cannot be the right event",
        ),
        (r#""event":"corrected","corrects":"a","right_event":"closed""#, "right_at"),
        (r#""event":"opened","colour":"red""#, "unknown field"),
        (r#""event":"vanished""#, "unknown variant"),
    ] {
        let error = read(&format!("{{{base},{rest}}}")).unwrap_err();
        assert!(error.contains(problem), "{rest}: {error}");
    }
    // What a book takes, its own saved events are read again as.
    for slip in [
        event("13 15:00", opened(Party::Customer)).with_id(""),
        event(
            "13 15:00",
            What::PhoneContact { by: Party::Marketplace, text: None, about: Description::default() },
        ),
        event("13 15:00", What::closed(Party::Customer)),
        event("13 15:00", What::Described(Description::default())),
    ] {
        assert_eq!(
            book().apply(&slip).and_then(Applied::taken).unwrap_err().code(),
            "invalid_document",
            "{slip:?}"
        );
    }
    let naive = read(r#"{"case":"K-1","at":"2026-03-13T15:00:00","event":"opened"}"#);
    assert!(naive.is_err(), "a time without an offset");
}

#[test]
fn c2_evaluate_gives_one_row_a_case() {
    let log = [
        CaseEvent::new("b", at("13 15:00"), opened(Party::Customer)),
        CaseEvent::new("a", at("13 15:00"), opened(Party::Customer)),
        CaseEvent::new("a", at("16 15:00"), What::seller_message()),
        CaseEvent::new("a", at("18 15:00"), What::closed(Party::Marketplace)),
        CaseEvent::new("c", at("18 15:00"), What::closed(Party::Marketplace)),
    ];
    let Outcomes { outcomes, refused, .. } = evaluate(&log, &Rulebook::bol(), at("17 00:00")).unwrap();
    assert!(refused.is_empty());
    let rows: Vec<_> = outcomes.iter().map(|o| (o.case.as_str(), o.verdict, o.answered)).collect();
    assert_eq!(rows, [("a", ClockState::Met, Some(at("16 15:00"))), ("b", ClockState::Breached, None)]);
    let Outcomes { outcomes, refused, .. } = evaluate(&log, &Rulebook::bol(), at("19 00:00")).unwrap();
    assert_eq!(outcomes[0].closed_by, Some(Party::Marketplace));
    assert_eq!(refused.len(), 1);
}

#[test]
fn k14_a_late_event_takes_back_what_a_later_one_let_pass() {
    let rules = Rulebook::bol();
    let (warned, due) = (at("16 09:00"), at("16 15:00"));
    let mut book =
        with(&[event("13 15:00", opened(Party::Customer)), event("16 10:00", What::seller_message())]);
    // It was with the marketplace: the message was none of the seller's.
    let told = book.apply(event("13 16:00", What::HandedOver)).and_then(Applied::taken).unwrap();
    let warning = Happening::Warned { clock: CaseClock::FirstResponse, due };
    assert!(
        told.iter().any(|event| event.retracted && (event.at, event.what) == (warned, warning)),
        "{told:?}"
    );
    let mut again = CaseBook::restore(&rules, rules.schedule().unwrap(), &book.saved()).unwrap();
    let told = book.advance(at("16 11:00")).unwrap();
    assert_eq!(again.advance(at("16 11:00")).unwrap(), told);
    assert_eq!(happenings(told), [(warned, warning)]);
}

#[test]
fn k14_a_case_is_folded_once_however_its_events_come() {
    let work = |count: i64, order: fn(i64, i64) -> i64, equal: bool| {
        let events = (0..count).map(|place| {
            let minutes = if equal { 0 } else { order(place, count) };
            let what = if place % 2 == 0 { What::customer_message() } else { What::acknowledgement() };
            let at = at("09 08:00") + TimeDelta::minutes(minutes);
            CaseEvent::new("K-1", at, what).with_id(format!("e{place}"))
        });
        let mut book = book();
        let opening = CaseEvent::new("K-1", at("09 08:00"), opened(Party::Customer));
        let refused = book.load_all(events.chain([opening]));
        assert!(refused.is_empty(), "{refused:?}");
        book.steps()
    };
    let shuffled: fn(i64, i64) -> i64 = |place, count| (place * 7_919) % count;
    let backwards: fn(i64, i64) -> i64 = |place, count| count - place;
    for (order, equal) in [(shuffled, false), (backwards, false), (shuffled, true)] {
        let (once, twice) = (work(1_000, order, equal), work(2_000, order, equal));
        assert!(twice < once * 9 / 4, "{once} steps for 1,000 events, {twice} for 2,000");
    }
}
