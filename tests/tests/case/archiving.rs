//! Cases that left the book: nothing of them is lost, and each comes back as it was.

use chrono::TimeDelta;
use klokuur::case::{Applied, CaseBook, CaseEvent, CaseOutcome, Party, SavedBook, What};
use klokuur::{HolidayCalendar, KlokuurError, Rulebook};
use klokuur_tests::random::Random;

use super::at;
use super::laws::{empty, log, rules, view};

/// A book of a random log up to an end, by which some cases are over.
fn lived(seed: u64) -> CaseBook {
    let mut book = empty(seed);
    let mut random = Random::new(seed);
    let mut events = log(seed);
    if random.once_in(2) {
        random.shuffle(&mut events);
    }
    book.load_all(&events);
    if random.once_in(2) {
        // What no case can take keeps its case in the book.
        book.drop_refused();
    }
    book.advance(at("30 00:00")).unwrap();
    book
}

fn together(one: &CaseBook, other: &CaseBook) -> Vec<CaseOutcome> {
    let mut all = one.outcomes(at("30 00:00")).unwrap();
    all.extend(other.outcomes(at("30 00:00")).unwrap());
    all.sort_by(|a, b| a.case.cmp(&b.case));
    all
}

fn archived_numbers(archive: &CaseBook) -> Vec<String> {
    archive.outcomes(at("30 00:00")).unwrap().into_iter().map(|outcome| outcome.case).collect()
}

#[test]
fn n1_archived_cases_count_and_come_back_as_they_were() {
    let (end, later) = (at("30 00:00"), at("31 00:00"));
    let (mut archived, mut refused) = (0, 0);
    for seed in 0..800 {
        let whole = lived(seed);
        let mut random = Random::new(seed);
        let mut book = whole.clone();
        let before = if random.once_in(2) { end } else { at("12 12:00") };
        let archive = book.archive(before).unwrap();
        archived += archive.len();
        // Nothing is lost, and what is over is not told again.
        assert_eq!(together(&book, &archive), whole.outcomes(end).unwrap(), "seed {seed}");
        assert_eq!(view(&book, end).0, view(&whole, end).0, "seed {seed}");
        assert_eq!(book.refused(), whole.refused(), "seed {seed}");
        for now in [end, later] {
            assert_eq!(book.response_weeks(now), whole.response_weeks(now), "seed {seed}");
            assert_eq!(book.next_wake_up(now), whole.next_wake_up(now), "seed {seed}");
        }
        assert_eq!(archive.next_wake_up(end).unwrap(), None, "seed {seed}");
        for row in archive.completed(end, 0, usize::MAX).unwrap() {
            assert!(row.closed_at.unwrap() < before, "seed {seed}");
        }
        // Kept and read back, it is the same book.
        let hours = || rules(seed).schedule().unwrap();
        let saved = SavedBook::from_json(&book.saved().to_json()).unwrap();
        let restored = CaseBook::restore(&rules(seed), hours(), &saved).unwrap();
        let read = CaseBook::restore_snapshot(&rules(seed), hours(), &book.snapshot()).unwrap();
        for mut other in [restored, read] {
            assert_eq!(other.saved(), book.saved(), "seed {seed}");
            assert_eq!(other.response_weeks(end), whole.response_weeks(end), "seed {seed}");
            other.erase_customer("ali").unwrap();
            assert_eq!(other.response_weeks(end), whole.response_weeks(end), "seed {seed}");
        }
        // An event of a case that left is refused, and taken once the case is back.
        let mut live = whole.clone();
        let archived_after = book.archived_len();
        for number in archived_numbers(&archive) {
            assert!(book.is_archived(&number) && book.case(&number, end).unwrap().is_none());
            let event = CaseEvent::new(number.clone(), end + TimeDelta::hours(1), What::customer_message());
            let kept = book.clone();
            let error = book.apply(&event).unwrap_err();
            assert_eq!((error.code(), book.saved()), ("invalid_value", kept.saved()), "seed {seed}: {error}");
            let (by_load, _) = (book.load_all([&event]), refused += 1);
            assert_eq!(by_load, [(0, error)], "seed {seed}");
            if random.once_in(2) {
                book.recall(&number, &archive).unwrap();
                assert_eq!(book.response_weeks(end), whole.response_weeks(end), "seed {seed}: {number}");
                assert_eq!(book.case(&number, end), whole.case(&number, end), "seed {seed}: {number}");
                assert_eq!(book.apply(&event), live.apply(&event), "seed {seed}: {number}");
                assert_eq!(book.response_weeks(later), live.response_weeks(later), "seed {seed}: {number}");
                book.recall(&number, &archive).unwrap_err();
            }
        }
        assert!(archive.is_empty() == (archived_after == 0));
        for number in &archived_numbers(&archive) {
            if book.is_archived(number) {
                book.recall(number, &archive).unwrap();
            }
        }
        assert_eq!((book.archived_len(), book.advance(later)), (0, live.advance(later)), "seed {seed}");
        let (back, was) = (view(&book, later), view(&live, later));
        assert_eq!(back, was, "seed {seed}");
    }
    assert!(archived > 100 && refused > 100, "{archived} {refused}");
}

#[test]
fn n1_the_past_of_archived_cases_and_older_copies_are_refused() {
    let rules = Rulebook::bol();
    let opened = at("09 12:00");
    let mut book = CaseBook::of(&rules).unwrap();
    let event = |hours: i64, what: What| CaseEvent::new("K-1", opened + TimeDelta::hours(hours), what);
    let close = || What::Closed { by: Party::Seller, explanation: None };
    for event in
        [event(0, super::opened(Party::Customer)), event(1, What::seller_message()), event(2, close())]
    {
        book.apply(event).and_then(Applied::taken).unwrap();
    }
    // The survey has not gone out yet.
    let (soon, end) = (opened + TimeDelta::hours(3), at("20 00:00"));
    book.advance(soon).unwrap();
    assert_eq!((book.archive(end).unwrap().len(), book.archived_len()), (0, 0));
    book.advance(end).unwrap();
    let position = book.position();
    let first = book.archive(end).unwrap();
    assert_eq!(book.saved_since(position).since, None);
    let error = book.response_weeks(opened).unwrap_err();
    assert!(matches!(error, KlokuurError::OutOfRange { .. }), "{error}");
    book.response_weeks(end).unwrap();

    book.recall("K-1", &first).unwrap();
    book.apply(event(300, What::customer_message())).and_then(Applied::taken).unwrap();
    book.apply(event(301, What::seller_message())).and_then(Applied::taken).unwrap();
    book.apply(event(302, close())).and_then(Applied::taken).unwrap();
    book.advance(at("30 00:00")).unwrap();
    let (weeks, second) = (book.response_weeks(at("30 00:00")), book.archive(at("30 00:00")).unwrap());
    assert_eq!((second.len(), book.response_weeks(at("30 00:00"))), (1, weeks));
    let kept = book.saved();
    let error = book.recall("K-1", &first).unwrap_err().to_string();
    assert!(error.contains("of which this archive has 3 events of 6"), "{error}");
    book.recall("K-2", &second).unwrap_err();
    assert_eq!(book.saved(), kept);
    book.recall("K-1", &second).unwrap();
    assert_eq!((book.len(), book.archived_len()), (1, 0));
}

#[test]
fn n1_a_case_of_the_same_number_from_another_archive_is_refused() {
    let end = at("30 00:00");
    let archived = |opened_at: &str| {
        let mut book = CaseBook::of(&Rulebook::bol()).unwrap();
        let close = || What::Closed { by: Party::Seller, explanation: None };
        for (hours, what) in [(0, super::opened(Party::Customer)), (1, What::seller_message()), (2, close())]
        {
            let event = CaseEvent::new("K-1", at(opened_at) + TimeDelta::hours(hours), what);
            book.apply(event).and_then(Applied::taken).unwrap();
        }
        book.advance(end).unwrap();
        let archive = book.archive(end).unwrap();
        assert_eq!((book.archived_len(), archive.len()), (1, 1));
        (book, archive)
    };
    let (mut book, archive) = archived("09 12:00");
    // A week earlier, where nothing was counted, and a day later in the same week.
    for other in ["02 12:00", "10 12:00"] {
        let (kept, before) = (book.saved(), book.response_weeks(end));
        let error = book.recall("K-1", &archived(other).1).unwrap_err().to_string();
        assert!(error.contains("K-1, which was never counted here as this archive has it"), "{error}");
        assert_eq!((book.saved(), book.response_weeks(end)), (kept, before));
    }
    book.recall("K-1", &archive).unwrap();
    assert_eq!((book.len(), book.archived_len()), (1, 0));
}

#[test]
fn n1_a_recalled_case_that_comes_out_otherwise_now_is_counted_once() {
    let (rules, end) = (Rulebook::bol(), at("30 00:00"));
    let mut book = CaseBook::of(&rules).unwrap();
    let close = || What::Closed { by: Party::Seller, explanation: None };
    // Friday noon to Monday 15:00 is late by the hours of the rules, and in time where Monday is a holiday.
    for (hours, what) in [(0, super::opened(Party::Customer)), (75, What::seller_message()), (76, close())] {
        book.apply(CaseEvent::new("K-1", at("13 12:00") + TimeDelta::hours(hours), what))
            .and_then(Applied::taken)
            .unwrap();
    }
    book.advance(end).unwrap();
    let archive = book.archive(end).unwrap();
    let counted = |book: &CaseBook| {
        let numbers = book.week("2026-W11".parse().unwrap(), end).unwrap();
        (numbers.numerator, numbers.denominator)
    };
    assert_eq!(counted(&book), (0, 1));
    let monday =
        HolidayCalendar::netherlands().with_date(at("16 12:00").date_naive(), "Works outing").unwrap();
    let hours = rules.schedule().unwrap().with_holidays(monday).unwrap();
    let mut anew = CaseBook::restore_anew(&rules, hours, &book.saved()).unwrap();
    assert_eq!(counted(&anew), (0, 1));
    anew.recall("K-1", &archive).unwrap();
    assert_eq!(counted(&anew), (1, 1));
}
