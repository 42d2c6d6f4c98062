//! What a case shows, the lists of a book, and the search (RULES K1, K3, K4).

use klokuur::case::{Applied, CaseEvent, CaseKind, CaseStatus, Opening, Party, What};

use super::{at, book, event, opened, opening, with};

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
