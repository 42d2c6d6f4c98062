//! Which clocks run when, and what stops them (RULES K2, K5–K8, K11, K12, C6, C8).

use chrono::TimeDelta;
use klokuur::Rulebook;
use klokuur::case::{
    Applied, CaseBook, CaseClock, CaseEvent, CaseKind, CaseStatus, Happening, Opening, Party, What,
};
use klokuur::rulebook::PausedWhile;
use klokuur::sla::{Amount, ClockState};

use super::{at, book, event, happenings, opened, opening, refusal, status, with};

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
fn k11_an_acknowledgement_brings_no_lapsed_return_back() {
    let open = What::Opened(Opening { kind: CaseKind::Return, ..opening(Party::Customer) });
    let answered = |automatic: bool, counts: bool| {
        let mut rules = Rulebook::bol();
        rules.case.automatic_reply_counts = counts;
        let mut book = CaseBook::of(&rules).unwrap();
        book.apply(event("02 10:00", open.clone())).and_then(Applied::taken).unwrap();
        let reply = What::SellerMessage { text: None, automatic };
        book.apply(event("28 10:00", reply)).and_then(Applied::taken).unwrap();
        book.case("K-1", at("28 10:00")).unwrap().unwrap().row.status
    };
    assert_eq!(answered(true, false), CaseStatus::Closed);
    assert_eq!(answered(false, false), CaseStatus::WaitingForCustomer);
    assert_eq!(answered(true, true), CaseStatus::WaitingForCustomer);
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
fn c8_a_due_time_explains_itself() {
    let book = with(&[event("13 15:00", opened(Party::Customer))]);
    let why = book.overview(at("13 16:00")).unwrap().remove(0).why.unwrap();
    assert_eq!(why.counted, klokuur::BusinessDuration::hours(24));
    assert_eq!(
        why.to_string(),
        "due Monday 16 March 2026 15:00: 9 h on Friday 13 March, weekend skipped, 15 h on Monday 16 March"
    );
}
