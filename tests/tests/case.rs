//! The rules of cases (RULES K, Q2), each by its name, and the laws of the book.

mod archiving;
mod in_rows;
mod laws;
mod many;
mod saving;
mod snapshots;

use chrono::{DateTime, TimeDelta, Utc};
use klokuur::case::{
    Applied, CLOCK_TOLERANCE, CaseBook, CaseClock, CaseEvent, CaseKind, CaseStatus, Description, EventRecord,
    Happening, Opening, Outcomes, Party, Replacement, Scores, What, evaluate,
};
use klokuur::rulebook::PausedWhile;
use klokuur::sla::{Amount, ClockState};
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

fn happenings(events: Vec<klokuur::case::DomainEvent>) -> Vec<(DateTime<Utc>, Happening)> {
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

#[test]
fn k1_a_case_shows_what_is_known_of_it() {
    let first = Opening {
        defect: Some("leaks".into()),
        text: Some("Where is it?".into()),
        ..opening(Party::Customer)
    };
    let book = with(&[event("13 15:00", What::Opened(first))]);
    let case = book.case("K-1", at("13 16:00")).unwrap().unwrap();
    let row = &case.row;
    assert_eq!(row.number, "K-1");
    let texts = [&row.order, &row.customer, &row.subject, &row.item, &row.defect];
    let known = ["A-77", "Jan de Vries", "delivery", "kettle", "leaks"];
    assert_eq!(texts.map(|text| text.as_deref().unwrap()), known);
    assert_eq!(
        (row.origin, row.status, row.kind),
        (Party::Customer, CaseStatus::WaitingForSeller, CaseKind::Question)
    );
    assert_eq!(row.opened_at.to_rfc3339(), "2026-03-13T15:00:00+01:00");
    assert_eq!(case.messages[0].text.as_deref(), Some("Where is it?"));
    assert_eq!(case.messages[0].from, Party::Customer);
}

#[test]
fn k2_origins_start_their_own_clocks() {
    for (origin, status, clock) in [
        (Party::Customer, CaseStatus::WaitingForSeller, Some(CaseClock::FirstResponse)),
        (Party::Marketplace, CaseStatus::WaitingForSeller, Some(CaseClock::Forwarded)),
        (Party::Seller, CaseStatus::WaitingForCustomer, None),
    ] {
        let book = with(&[event("13 15:00", opened(origin))]);
        let row = book.case("K-1", at("13 16:00")).unwrap().unwrap().row;
        assert_eq!((row.status, row.clock), (status, clock));
    }
}

#[test]
fn k3_overview_oldest_first_and_a_list_of_the_completed() {
    let mut book = book();
    let case = |number: &str, when: &str, what| CaseEvent::new(number, at(when), what);
    for (number, day) in [("b", "11 10:00"), ("a", "10 10:00"), ("d", "09 10:00"), ("c", "12 10:00")] {
        book.apply(case(number, day, opened(Party::Customer))).and_then(Applied::taken).unwrap();
    }
    book.apply(case("a", "10 12:00", What::seller_message())).and_then(Applied::taken).unwrap();
    book.apply(case("b", "11 12:00", What::FollowUp { until: Some(at("20 09:00")) }))
        .and_then(Applied::taken)
        .unwrap();
    book.apply(case("c", "12 12:00", What::HandedOver)).and_then(Applied::taken).unwrap();
    book.apply(case("d", "09 12:00", What::seller_message())).and_then(Applied::taken).unwrap();
    book.apply(case("d", "09 13:00", What::closed(Party::Seller))).and_then(Applied::taken).unwrap();
    let now = at("12 13:00");
    let numbers = |rows: Vec<klokuur::case::CaseRow>| rows.into_iter().map(|r| r.number).collect::<Vec<_>>();
    assert_eq!(numbers(book.overview(now).unwrap()), ["a", "b"]);
    assert_eq!(numbers(book.overview_page(now, 1, 5).unwrap()), ["b"]);
    assert_eq!(numbers(book.with_marketplace(now).unwrap()), ["c"]);
    assert_eq!(numbers(book.completed(now, 0, 10).unwrap()), ["d"]);
    assert_eq!(book.overview(now).unwrap()[1].follow_up_at.map(|t| t.to_utc()), Some(at("20 09:00")));
    // As it was before: nothing answered, only two opened.
    assert_eq!(numbers(book.overview(at("10 11:00")).unwrap()), ["a"]);
    assert_eq!(numbers(book.overview(at("09 11:00")).unwrap()), ["d"]);
}

#[test]
fn k4_search_by_number_order_customer_and_text() {
    let mut book = book();
    let mut open = |number: &str, order: &str, customer: &str, text: &str| {
        let known = Opening {
            order: Some(order.into()),
            customer: Some(customer.into()),
            text: Some(text.into()),
            ..Opening::by(Party::Customer)
        };
        book.apply(CaseEvent::new(number, at("09 10:00"), What::Opened(known)))
            .and_then(Applied::taken)
            .unwrap();
    };
    open("K-1", "A-77", "Jan de Vries", "Waar blijft mijn pakket?");
    open("K-2", "A-77", "Joëlle Peeters", "The kettle leaks");
    open("K-3", "A-78", "Piet Jansen", "Kettle broken, JAN");
    book.apply(CaseEvent::new(
        "K-3",
        at("09 11:00"),
        What::SellerMessage { text: Some("We send a new one".into()), automatic: false },
    ))
    .and_then(Applied::taken)
    .unwrap();
    let now = at("10 10:00");
    let find = |text: &str| book.find(text, now).unwrap().into_iter().map(|r| r.number).collect::<Vec<_>>();
    assert_eq!(find("K-2"), ["K-2"]);
    assert_eq!(find("A-77"), ["K-1", "K-2"]);
    assert_eq!(find("joëlle"), ["K-2"]);
    assert_eq!(find("KETTLE"), ["K-2", "K-3"]);
    assert_eq!(find("jan kettle"), ["K-3"]);
    assert_eq!(find("new one"), ["K-3"]);
    assert!(find("nothing").is_empty() && find("").is_empty() && find("...").is_empty());
}

#[test]
fn k5_forwarded_case_is_sent_back_at_48() {
    // Friday 15:00: expected Monday 15:00, back Tuesday 15:00.
    let mut book = with(&[event("13 15:00", opened(Party::Marketplace))]);
    let row = book.case("K-1", at("14 10:00")).unwrap().unwrap().row;
    assert_eq!(row.due.map(|t| t.to_utc()), Some(at("16 15:00")));
    assert_eq!(row.goes_back_at.map(|t| t.to_utc()), Some(at("17 15:00")));
    assert_eq!(row.state, ClockState::OutsideHours);
    let nanosecond = TimeDelta::nanoseconds(1);
    assert_eq!(book.next_wake_up(at("13 15:00")).unwrap(), Some(at("16 09:00")));
    let told = happenings(book.advance(at("16 15:00") + nanosecond).unwrap());
    let (clock, due) = (CaseClock::Forwarded, at("16 15:00"));
    assert_eq!(
        told,
        [(at("16 09:00"), Happening::Warned { clock, due }), (due, Happening::Breached { clock })]
    );
    // Still the seller's until 48, and answerable at that very instant.
    let before = at("17 15:00") - nanosecond;
    assert_eq!(book.overview(before).unwrap().len(), 1);
    assert!(book.overview(at("17 15:00")).unwrap().is_empty());
    let mut answered = book.clone();
    answered.apply(event("17 15:00", What::seller_message())).and_then(Applied::taken).unwrap();
    assert_eq!(status(&answered, "18 15:00"), CaseStatus::WaitingForCustomer);
    assert_eq!(book.next_wake_up(before).unwrap(), Some(at("17 15:00")));
    let told = happenings(book.advance(at("17 15:00")).unwrap());
    assert_eq!(told, [(at("17 15:00"), Happening::ReturnedToMarketplace)]);
    assert_eq!(status(&book, "17 15:00"), CaseStatus::WithMarketplace);
    assert_eq!(book.with_marketplace(at("17 15:00")).unwrap().len(), 1);
    let problem = refusal(&mut book, event("17 16:00", What::seller_message()));
    assert!(problem.contains("with the marketplace"), "{problem}");
    // The log's own word for it changes nothing; forwarded again, the clock starts anew.
    assert!(book.apply(event("17 17:00", What::Returned)).and_then(Applied::taken).unwrap().is_empty());
    book.apply(event("18 09:00", What::Forwarded)).and_then(Applied::taken).unwrap();
    let row = book.case("K-1", at("18 09:00")).unwrap().unwrap().row;
    assert_eq!(row.due.map(|t| t.to_utc()), Some(at("19 09:00")));
}

#[test]
fn k5_forwarded_hours_can_be_elapsed_hours() {
    let mut rules = Rulebook::bol();
    rules.case.forwarded_basis = klokuur::rulebook::Basis::Elapsed;
    let mut book = CaseBook::of(&rules).unwrap();
    book.apply(event("13 15:00", opened(Party::Marketplace))).and_then(Applied::taken).unwrap();
    let row = book.case("K-1", at("13 15:00")).unwrap().unwrap().row;
    assert_eq!(row.goes_back_at.map(|t| t.to_utc()), Some(at("15 15:00")));
    assert_eq!(row.remaining, Some(Amount::elapsed_hours(24)));
}

#[test]
fn k6_handed_over_is_hidden_and_its_first_clock_never_pauses() {
    let events = [event("13 15:00", opened(Party::Customer)), event("13 16:00", What::HandedOver)];
    let mut book = with(&events);
    assert_eq!(status(&book, "13 17:00"), CaseStatus::WithMarketplace);
    let case = book.case("K-1", at("13 17:00")).unwrap().unwrap();
    assert_eq!(case.row.due.map(|t| t.to_utc()), Some(at("16 15:00")));
    let problem = refusal(&mut book, event("13 18:00", What::HandedOver));
    assert!(problem.contains("with the marketplace"), "{problem}");
    book.apply(event("13 19:00", What::closed(Party::Marketplace))).and_then(Applied::taken).unwrap();
    assert_eq!(book.outcomes(at("20 00:00")).unwrap()[0].verdict, ClockState::Cancelled);
}

#[test]
fn c6_the_first_clock_pauses_with_the_marketplace_where_a_rulebook_says_so() {
    let mut rules = Rulebook::bol();
    rules.case.pauses = vec![PausedWhile::WithMarketplace];
    let mut book = CaseBook::of(&rules).unwrap();
    book.apply(event("09 10:00", opened(Party::Customer))).and_then(Applied::taken).unwrap();
    book.apply(event("09 12:00", What::HandedOver)).and_then(Applied::taken).unwrap();
    let row = book.case("K-1", at("11 12:00")).unwrap().unwrap().row;
    assert_eq!(
        (row.state, row.due, row.remaining),
        (ClockState::Paused, None, Some(Amount::business_hours(22)))
    );
    book.apply(event("11 12:00", What::Forwarded)).and_then(Applied::taken).unwrap();
    book.apply(event("12 10:00", What::seller_message())).and_then(Applied::taken).unwrap();
    let outcome = book.outcomes(at("20 00:00")).unwrap().remove(0);
    assert_eq!((outcome.verdict, outcome.due), (ClockState::Met, Some(at("12 10:00"))));
    assert_eq!(outcome.elapsed, Some(Amount::business_hours(24)));
}

#[test]
fn k7_started_by_the_seller_up_to_two_years_after_the_order() {
    let start = |ordered: &str, when: &str| {
        let known = Opening { ordered_at: Some(at(ordered)), ..opening(Party::Seller) };
        CaseEvent::new("K-1", at(when), What::Opened(known))
    };
    // The day two years later is the last one, until its end in Amsterdam.
    book()
        .apply(start("2024-03-13T23:30:00+01:00", "2026-03-13T23:59:59+01:00"))
        .and_then(Applied::taken)
        .unwrap();
    let problem = refusal(&mut book(), start("2024-03-13T23:30:00+01:00", "2026-03-14T00:00:00+01:00"));
    assert_eq!(problem, "the order of 2024-03-13 is too old: accepted is up to 2 years after it, 2026-03-13");
    // 29 February: 28 February.
    book()
        .apply(start("2024-02-29T12:00:00+01:00", "2026-02-28T23:00:00+01:00"))
        .and_then(Applied::taken)
        .unwrap();
    refusal(&mut book(), start("2024-02-29T12:00:00+01:00", "2026-03-01T00:00:00+01:00"));
    let problem = refusal(&mut book(), start("2026-03-13T12:00:00+01:00", "2026-03-13T11:00:00+01:00"));
    assert!(problem.contains("in the future"), "{problem}");
    let no_item = Opening { item: None, ..opening(Party::Seller) };
    let problem = refusal(&mut book(), event("13 12:00", What::Opened(no_item)));
    assert!(problem.contains("item is missing"), "{problem}");
}

#[test]
fn k8_a_reply_has_24_clock_hours_and_stays_out_of_the_norm() {
    let mut book = with(&[
        event("12 10:00", opened(Party::Customer)),
        event("12 11:00", What::seller_message()),
        event("13 15:00", What::customer_message()),
    ]);
    let row = book.case("K-1", at("13 15:00")).unwrap().unwrap().row;
    assert_eq!((row.clock, row.due.map(|t| t.to_utc())), (Some(CaseClock::FollowUp), Some(at("16 15:00"))));
    // A second message does not move the deadline.
    book.apply(event("15 12:00", What::customer_message())).and_then(Applied::taken).unwrap();
    assert_eq!(
        book.case("K-1", at("15 12:00")).unwrap().unwrap().row.due.map(|t| t.to_utc()),
        Some(at("16 15:00"))
    );
    book.apply(event("17 15:00", What::seller_message())).and_then(Applied::taken).unwrap();
    let outcome = book.outcomes(at("20 00:00")).unwrap().remove(0);
    assert_eq!((outcome.verdict, outcome.follow_ups, outcome.follow_ups_late), (ClockState::Met, 1, 1));
    let week = book.week("2026-W11".parse().unwrap(), at("20 00:00")).unwrap();
    assert_eq!((week.numerator, week.denominator), (1, 1));
}

#[test]
fn k8_replies_to_a_case_of_the_seller_and_to_a_closed_case() {
    let mut book =
        with(&[event("12 10:00", opened(Party::Seller)), event("13 15:00", What::customer_message())]);
    assert_eq!(book.case("K-1", at("13 15:00")).unwrap().unwrap().row.clock, Some(CaseClock::FollowUp));
    assert!(!book.outcomes(at("13 15:00")).unwrap()[0].is_measured);
    book.apply(event("13 16:00", What::seller_message())).and_then(Applied::taken).unwrap();
    book.apply(event("13 17:00", What::closed(Party::Seller))).and_then(Applied::taken).unwrap();
    let told =
        happenings(book.apply(event("13 18:00", What::customer_message())).and_then(Applied::taken).unwrap());
    assert_eq!(told, [(at("13 18:00"), Happening::Reopened)]);
    let row = book.case("K-1", at("13 18:00")).unwrap().unwrap().row;
    assert_eq!(
        (row.status, row.due.map(|t| t.to_utc())),
        (CaseStatus::WaitingForSeller, Some(at("16 18:00")))
    );
}

#[test]
fn k9_closing_needs_contact_inside_the_system() {
    let mut book =
        with(&[event("12 10:00", opened(Party::Customer)), event("12 10:01", What::acknowledgement())]);
    let problem = refusal(&mut book, event("12 11:00", What::closed(Party::Seller)));
    assert!(problem.contains("there was no contact"), "{problem}");
    book.apply(event("12 12:00", What::seller_message())).and_then(Applied::taken).unwrap();
    book.apply(event("12 13:00", What::customer_message())).and_then(Applied::taken).unwrap();
    // A thank-you needs no answer.
    let close = What::Closed { by: Party::Seller, explanation: Some("she is happy".into()) };
    let told = happenings(book.apply(event("12 14:00", close)).and_then(Applied::taken).unwrap());
    assert_eq!(told, [(at("12 14:00"), Happening::Closed { by: Party::Seller })]);
    let case = book.case("K-1", at("12 14:00")).unwrap().unwrap();
    assert_eq!((case.row.clock, case.row.due), (None, None));
    assert_eq!(case.explanations, ["she is happy"]);
    // The marketplace's customer service needs no contact.
    let closed = What::closed(Party::Marketplace);
    with(&[event("12 10:00", opened(Party::Customer)), event("12 11:00", closed)]);
}

#[test]
fn k10_reopening_revives_no_deadline_and_cancels_the_survey() {
    let mut book = with(&[
        event("12 10:00", opened(Party::Customer)),
        event("12 11:00", What::seller_message()),
        event("12 12:00", What::customer_message()),
        event("12 13:00", What::closed(Party::Seller)),
        event("12 14:00", What::Reopened { by: Party::Seller }),
    ]);
    let case = book.case("K-1", at("12 14:00")).unwrap().unwrap();
    assert_eq!((case.row.status, case.row.due, case.survey_at), (CaseStatus::WaitingForSeller, None, None));
    assert_eq!(book.next_wake_up(at("12 14:00")).unwrap(), None);
    assert!(book.advance(at("30 00:00")).unwrap().is_empty());
    book.apply(event("30 10:00", What::seller_message())).and_then(Applied::taken).unwrap();
    refusal(&mut book, event("30 11:00", What::Reopened { by: Party::Seller }));
}

#[test]
fn k11_an_acknowledgement_stops_no_clock() {
    let mut book =
        with(&[event("13 15:00", opened(Party::Customer)), event("13 15:01", What::acknowledgement())]);
    let row = book.case("K-1", at("13 16:00")).unwrap().unwrap().row;
    assert_eq!((row.status, row.seller_messages), (CaseStatus::WaitingForSeller, 0));
    assert_eq!(row.due.map(|t| t.to_utc()), Some(at("16 15:00")));
    assert!(book.case("K-1", at("13 16:00")).unwrap().unwrap().messages[1].automatic);
    let told =
        happenings(book.apply(event("16 15:00", What::seller_message())).and_then(Applied::taken).unwrap());
    assert_eq!(
        told[1],
        (at("16 15:00"), Happening::Answered { clock: CaseClock::FirstResponse, in_time: true })
    );
}

#[test]
fn k12_returns_and_cancellations_have_their_own_clocks() {
    let open = |kind| What::Opened(Opening { kind, ..opening(Party::Customer) });
    // Cancellation: 8 office hours from Friday 15:00 is Monday 15:00.
    let mut book = with(&[event("13 15:00", open(CaseKind::Cancellation))]);
    let row = book.case("K-1", at("13 18:00")).unwrap().unwrap().row;
    assert_eq!((row.clock, row.state), (Some(CaseClock::Request), ClockState::OutsideHours));
    assert_eq!(row.due.map(|t| t.to_utc()), Some(at("16 15:00")));
    // Handled by closing, without words.
    let told = happenings(
        book.apply(event("16 10:00", What::closed(Party::Seller))).and_then(Applied::taken).unwrap(),
    );
    assert_eq!(told[0].1, Happening::Answered { clock: CaseClock::Request, in_time: true });
    let outcome = book.outcomes(at("20 00:00")).unwrap().remove(0);
    assert!(!outcome.is_measured);
    assert_eq!((outcome.verdict, outcome.elapsed), (ClockState::Met, Some(Amount::business_hours(3))));
    // Return: seven days of the calendar from the receipt.
    let book = with(&[event("09 10:00", open(CaseKind::Return)), event("12 10:00", What::Received)]);
    assert_eq!(
        book.case("K-1", at("12 10:00")).unwrap().unwrap().row.due.map(|t| t.to_utc()),
        Some(at("19 10:00"))
    );
}

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
fn q2_survey_a_day_after_closing_unless_reopened_or_closed_by_the_marketplace() {
    let closed = |by| {
        with(&[
            event("12 10:00", opened(Party::Customer)),
            event("12 11:00", What::seller_message()),
            event("13 15:00", What::closed(by)),
        ])
    };
    let mut book = closed(Party::Seller);
    // 24 hours of all time: Saturday 15:00.
    let survey = book.case("K-1", at("13 15:00")).unwrap().unwrap().survey_at;
    assert_eq!(survey.map(|t| t.to_utc()), Some(at("14 15:00")));
    let answer = What::SurveyAnswered { scores: Scores::new([("recommendation", 9), ("speed", 7)]).unwrap() };
    let problem = refusal(&mut book, event("14 14:59", answer.clone()));
    assert!(problem.contains("no survey has gone out"), "{problem}");
    assert_eq!(book.next_wake_up(at("14 14:59")).unwrap(), Some(at("14 15:00")));
    assert_eq!(happenings(book.advance(at("14 15:00")).unwrap()), [(at("14 15:00"), Happening::SurveyDue)]);
    book.apply(event("15 10:00", answer.clone())).and_then(Applied::taken).unwrap();
    refusal(&mut book, event("15 11:00", answer));
    let outcome = book.outcomes(at("20 00:00")).unwrap().remove(0);
    assert_eq!(outcome.scores.unwrap().get("speed"), Some(7));
    let mut book = closed(Party::Marketplace);
    assert_eq!(book.next_wake_up(at("13 15:00")).unwrap(), None);
    assert!(book.advance(at("30 00:00")).unwrap().is_empty());
    let mut book = closed(Party::Seller);
    book.apply(event("14 15:00", What::Reopened { by: Party::Seller })).and_then(Applied::taken).unwrap();
    assert!(book.advance(at("30 00:00")).unwrap().is_empty());
}

#[test]
fn c8_a_due_time_explains_itself() {
    let book = with(&[event("13 15:00", opened(Party::Customer))]);
    let why = book.overview(at("13 16:00")).unwrap().remove(0).why.unwrap();
    assert_eq!(why.counted, klokuur::BusinessDuration::hours(24));
    assert_eq!(
        why.to_string(),
        "due Monday 16 March 2026 15:00: 9 h on Friday 13 March, weekend skipped, 15 h on Monday 16 March"
    );
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
