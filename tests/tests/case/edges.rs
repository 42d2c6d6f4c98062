//! Small things that no other test of cases would miss.

use klokuur::case::{CaseBook, Description, Opening, Party, Replacement, What};

use super::{at, book, event, opened};

#[test]
fn k14_a_book_is_empty_until_a_case_is_opened() {
    let mut book = book();
    assert!(book.is_empty());
    book.apply(event("13 15:00", opened(Party::Customer))).unwrap().taken().unwrap();
    assert!(!book.is_empty());
}

#[test]
fn k14_times_inside_an_event_are_in_range_too() {
    let far = chrono::DateTime::parse_from_rfc3339("2200-01-01T00:00:00Z").unwrap().to_utc();
    let opening = Opening { ordered_at: Some(far), ..Opening::by(Party::Customer) };
    let right = Replacement { at: at("13 16:00"), what: What::FollowUp { until: Some(far) } };
    for what in [
        What::Opened(opening),
        What::FollowUp { until: Some(far) },
        What::Corrected { corrects: "m1".into(), right: Some(Box::new(right)) },
    ] {
        let refused = book().apply(event("13 15:00", what)).unwrap_err();
        assert_eq!(refused.code(), "out_of_range");
    }
}

#[test]
fn k18_a_customer_whom_only_a_correction_names_is_erased() {
    let mut book = book();
    book.apply(event("13 15:00", opened(Party::Customer))).unwrap().taken().unwrap();
    let named =
        |name: &str| What::Described(Description { customer: Some(name.into()), ..Description::default() });
    let mut described = event("13 16:00", named("Invented One"));
    described.id = Some("d1".into());
    book.apply(described).unwrap().taken().unwrap();
    let right = Replacement { at: at("13 16:00"), what: named("Invented Two") };
    let corrected = What::Corrected { corrects: "d1".into(), right: Some(Box::new(right)) };
    book.apply(event("13 17:00", corrected)).unwrap().taken().unwrap();
    assert_eq!(book.erase_customer("Invented Two").unwrap().len(), 1);
    assert!(!format!("{:?}", book.events()).contains("Invented Two"));
}

fn with_a_case_that_is_over() -> CaseBook {
    let mut book: CaseBook = book();
    for (time, what) in [
        ("13 15:00", opened(Party::Customer)),
        ("13 16:00", What::seller_message()),
        ("13 17:00", What::closed(Party::Seller)),
    ] {
        book.apply(event(time, what)).unwrap().taken().unwrap();
    }
    book.advance(at("20 00:00")).unwrap();
    book
}

#[test]
fn n1_weeks_with_archived_cases_are_told_from_their_last_event_on() {
    let mut book = with_a_case_that_is_over();
    assert_eq!(book.archive(at("20 00:00")).unwrap().len(), 1);
    assert!(book.response_weeks(at("13 17:00")).is_ok());
    assert!(book.response_weeks(at("13 16:59")).is_err());
}

#[test]
fn n1_a_book_whose_last_archived_case_came_back_is_as_before() {
    let mut book = with_a_case_that_is_over();
    let before = book.response_weeks(at("13 15:30")).unwrap().numbers();
    let archive = book.archive(at("20 00:00")).unwrap();
    let number = archive.events()[0].case.clone();
    assert!(book.response_weeks(at("13 15:30")).is_err());
    book.recall(&number, &archive).unwrap();
    assert_eq!(book.response_weeks(at("13 15:30")).unwrap().numbers(), before);
}
