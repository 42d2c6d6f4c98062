//! In which order what one case becomes at one instant is told, by every door (RULES K12, K13, K5).

use chrono::{DateTime, Utc};
use klokuur::Rulebook;
use klokuur::case::{
    Applied, CaseBook, CaseEvent, CaseKind, CaseStatus, Description, Happening, Opening, Party, What,
};

use super::{at, book, event, opened, opening};

type Told = Vec<(DateTime<Utc>, Happening)>;

/// What a book tells of these events, as they come; each comes at last, late, in a book of its own.
fn told_by_every_door(book: &CaseBook, events: &[CaseEvent], until: DateTime<Utc>) -> Told {
    let tell = |book: &mut CaseBook, event: &CaseEvent| {
        let told = book.apply(event).and_then(Applied::taken).unwrap_or_default();
        told.into_iter().map(|told| (told.at, told.what, told.retracted)).collect::<Vec<_>>()
    };
    let advance = |book: &mut CaseBook| -> Told {
        let coming = book.coming(until).unwrap();
        let told = book.advance(until).unwrap();
        assert_eq!(told, coming);
        told.into_iter().map(|told| (told.at, told.what)).collect()
    };
    let mut straight = book.another();
    let mut all: Vec<_> = events.iter().flat_map(|event| tell(&mut straight, event)).collect();
    all.extend(advance(&mut straight).into_iter().map(|(at, what)| (at, what, false)));
    let all: Told = all
        .into_iter()
        .map(|(at, what, retracted)| {
            assert!(!retracted);
            (at, what)
        })
        .collect();
    for late in 0..events.len() {
        let mut late_book = book.another();
        for (place, event) in events.iter().enumerate() {
            if place != late {
                tell(&mut late_book, event);
            }
        }
        advance(&mut late_book);
        // What the late event makes anew stands among it as it does in the whole.
        let anew = tell(&mut late_book, &events[late]);
        let anew: Vec<_> = anew.into_iter().filter(|told| !told.2).map(|told| (told.0, told.1)).collect();
        let mut whole = all.iter();
        assert!(anew.iter().all(|told| whole.any(|other| other == told)), "{late}: {anew:?} of {all:?}");
        assert_eq!(late_book.outcomes(until).unwrap(), straight.outcomes(until).unwrap());
    }
    all
}

#[test]
fn k13_a_lapsed_return_is_open_again_before_what_is_done_with_it() {
    let open =
        event("02 10:00", What::Opened(Opening { kind: CaseKind::Return, ..opening(Party::Customer) }));
    let (lapsed, worked) = (at("16 10:00"), at("20 10:00"));
    for (work, then) in [
        (What::closed(Party::Seller), Some(Happening::Closed { by: Party::Seller })),
        (What::Handled { result: None }, Some(Happening::Closed { by: Party::Seller })),
        (What::Forwarded, Some(Happening::Forwarded)),
        (What::seller_message(), None),
    ] {
        let later = event(
            "20 12:00",
            What::Described(Description { item: Some("lamp".into()), ..Description::default() }),
        );
        let events = [open.clone(), event("20 10:00", work.clone()), later];
        let told = told_by_every_door(&book(), &events, at("20 13:00"));
        let mut expected = vec![
            (at("02 10:00"), Happening::Opened { origin: Party::Customer }),
            (lapsed, Happening::Lapsed),
            (worked, Happening::Reopened),
        ];
        expected.extend(then.map(|what| (worked, what)));
        assert_eq!(told, expected, "{work:?}");
    }
    // Closed and opened again at one instant is told as it was.
    let events = [
        event("12 10:00", opened(Party::Customer)),
        event("12 11:00", What::seller_message()),
        event("12 12:00", What::closed(Party::Seller)),
        event("12 12:00", What::Reopened { by: Party::Seller }),
    ];
    let told = told_by_every_door(&book(), &events, at("12 13:00"));
    let last: Vec<_> = told.iter().rev().take(2).map(|(_, what)| *what).collect();
    assert_eq!(last, [Happening::Reopened, Happening::Closed { by: Party::Seller }]);
}

#[test]
fn k12_the_marketplace_clears_a_lapsed_return_away_and_nothing_happens() {
    let open =
        event("02 10:00", What::Opened(Opening { kind: CaseKind::Return, ..opening(Party::Customer) }));
    let events = [open, event("20 10:00", What::closed(Party::Marketplace))];
    let told = told_by_every_door(&book(), &events, at("30 13:00"));
    let opened = (at("02 10:00"), Happening::Opened { origin: Party::Customer });
    assert_eq!(told, [opened, (at("16 10:00"), Happening::Lapsed)]);
    let mut book = super::with(&events);
    let row = book.case("K-1", at("30 13:00")).unwrap().unwrap().row;
    assert_eq!((row.status, row.closed_at.map(|at| at.to_utc())), (CaseStatus::Closed, Some(at("16 10:00"))));
    // The parcel may come all the same.
    book.apply(event("30 14:00", What::Received)).and_then(Applied::taken).unwrap();
    assert_eq!(super::status(&book, "30 14:00"), CaseStatus::WaitingForSeller);
}

#[test]
fn k15_the_marketplaces_own_case_has_no_survey_to_tell() {
    let mut rules = Rulebook::bol();
    rules.survey.when_closed_by_marketplace = true;
    let empty = CaseBook::of(&rules).unwrap();
    let open = |shipping_method| {
        event("02 10:00", What::Opened(Opening { shipping_method, ..opening(Party::Customer) }))
    };
    let close = event("03 10:00", What::closed(Party::Marketplace));
    let own = open(Some(klokuur::ShippingMethod::Lvb));
    assert_eq!(told_by_every_door(&empty, &[own.clone(), close.clone()], at("10 00:00")), []);
    let mut book = empty.another();
    book.load_all([own, close.clone()]);
    assert_eq!(book.next_wake_up(at("03 10:00")).unwrap(), None);
    // That of the seller has one.
    let told = told_by_every_door(&empty, &[open(None), close], at("10 00:00"));
    assert_eq!(told.last(), Some(&(at("04 10:00"), Happening::SurveyDue)));
}

#[test]
fn k5_what_goes_back_at_its_deadline_was_not_answered_in_time() {
    use klokuur::case::CaseClock::{FirstResponse, FollowUp, Forwarded};
    let mut rules = Rulebook::bol();
    rules.case.forwarded_returned_hours = rules.case.forwarded_expected_hours;
    let empty = CaseBook::of(&rules).unwrap();
    let back = at("10 10:00");
    let late = |clock| (back, Happening::Breached { clock });
    let returned = (back, Happening::ReturnedToMarketplace);
    let open = |origin| event("09 10:00", opened(origin));
    let own = |then: Option<What>| {
        let mut events = vec![open(Party::Marketplace)];
        events.extend(then.map(|what| event("10 10:00", what)));
        events
    };
    // By itself, and by the log's own word for it.
    for then in [None, Some(What::Returned)] {
        let told = told_by_every_door(&empty, &own(then.clone()), at("11 00:00"));
        assert_eq!(told[told.len() - 2..], [late(Forwarded), returned], "{then:?}");
    }
    // An answer at the deadline is in time.
    let told = told_by_every_door(&empty, &own(Some(What::seller_message())), at("11 00:00"));
    assert_eq!(told.last(), Some(&(back, Happening::Answered { clock: Forwarded, in_time: true })));
    // So it is of every clock that ends then: the customer's question, and a reply to it.
    let forwarded = event("09 10:00", What::Forwarded);
    let told = told_by_every_door(&empty, &[open(Party::Customer), forwarded], at("11 00:00"));
    assert_eq!(told[told.len() - 3..], [late(FirstResponse), late(Forwarded), returned]);
    // Both on a Saturday, so that both are due as Monday ends.
    let replied = [
        event("13 08:00", opened(Party::Customer)),
        event("13 09:00", What::seller_message()),
        event("14 10:00", What::customer_message()),
        event("14 12:00", What::Forwarded),
    ];
    let told = told_by_every_door(&empty, &replied, at("18 00:00"));
    let end = at("17 00:00");
    let late = |clock| (end, Happening::Breached { clock });
    assert_eq!(
        told[told.len() - 3..],
        [late(FollowUp), late(Forwarded), (end, Happening::ReturnedToMarketplace)]
    );
    let mut book = empty.another();
    book.load_all(own(None));
    let outcome = &book.outcomes(at("11 00:00")).unwrap()[0];
    assert_eq!((outcome.verdict, outcome.was_returned), (klokuur::sla::ClockState::Breached, true));
}
