//! The picture of an instant: a past one, one that is just too late, one under other hours.

use klokuur::case::{CaseBook, CaseEvent, Opening, Party, What};
use klokuur::norm::WeekNumbers;
use klokuur::report::{CountedIn, Picture, SellerData};
use klokuur::rulebook::RulebookHistory;
use klokuur::timeline::Language;
use klokuur::{IsoWeek, Rulebook};

use super::at;

fn asked(case: &str, time: &str) -> CaseEvent {
    CaseEvent::new(case, at(time), What::Opened(Opening::by(Party::Customer)))
}

fn history() -> RulebookHistory {
    RulebookHistory::bol().unwrap()
}

#[test]
fn s5_a_book_that_knows_more_gives_the_picture_of_its_events_up_to_then() {
    let mut events = vec![asked("K-1", "2025-12-09T10:00:00+01:00")];
    events.push(CaseEvent::new("K-1", at("2025-12-10T18:00:00+01:00"), What::seller_message()));
    let mut book = CaseBook::of(&history()).unwrap();
    assert!(book.load_all(events.clone()).is_empty());
    book.advance(at("2025-12-11T18:00:00+01:00")).unwrap();
    let now = at("2025-12-10T09:00:00+01:00");
    let of_book = Picture::of(&SellerData::of_book(book), &history(), now).unwrap();
    let of_events = Picture::of(&SellerData::of_events(events), &history(), now).unwrap();
    assert_eq!(of_book.cases, of_events.cases);
    assert_eq!(of_book.cases.next_change.unwrap().timestamp(), at("2025-12-10T10:00:00+01:00").timestamp());
}

#[test]
fn c9_the_hours_of_a_picture_are_those_of_its_day() {
    let events = [asked("K-1", "2021-06-07T16:00:00+02:00"), asked("K-2", "2021-06-08T11:00:00+02:00")];
    let now = at("2021-06-08T12:00:00+02:00");
    let by_history = Picture::of(&SellerData::of_events(events.clone()), &history(), now).unwrap();
    let old = Rulebook::shipped("bol-2019").unwrap();
    let by_old = Picture::of(&SellerData::of_events(events), &old, now).unwrap();
    assert_eq!(by_history.judged_by.hours, by_old.judged_by.hours);
    assert_eq!(by_history.judged_by.counted_in, CountedIn::OfficeHours);
    assert_eq!(by_history.cases.due, by_old.cases.due);
    assert_eq!(by_history.other_holidays.is_some(), by_old.other_holidays.is_some());
}

#[test]
fn c3_a_case_is_late_in_the_first_hours_that_do_not_count() {
    let event = asked("K-1", "2026-03-06T00:00:00+01:00");
    let now = at("2026-03-07T10:00:00+01:00");
    let picture = Picture::of(&SellerData::of_events([event]), &Rulebook::bol(), now).unwrap();
    let (english, dutch) = (picture.text(Language::English), picture.text(Language::Dutch));
    assert!(!english.contains("0 clock hours left") && english.contains("late by"), "{english}");
    assert!(!dutch.contains("nog 0 klokuren") && dutch.contains("te laat:"), "{dutch}");
}

#[test]
fn n_a_reported_norm_that_no_rules_have_is_a_slip() {
    let told = |norm: &str| {
        let week: IsoWeek = "2026-W30".parse().unwrap();
        let data = SellerData::of_events([]).with_reported(vec![WeekNumbers::new(norm, week, 50, 100)]);
        Picture::of(&data, &history(), at("2026-09-15T08:00:00+02:00"))
    };
    assert_eq!(told("respons_time").unwrap_err().code(), "unknown_name");
    assert!(told("response_time").is_ok());
}
