//! A book as bytes: read back as the same book, or refused.

use chrono::{DateTime, TimeDelta, Utc};
use klokuur::case::{CaseBook, CaseBooks, CaseEvent, Party, SavedBook, What};
use klokuur::{HolidayCalendar, KlokuurError, Rulebook};
use klokuur_tests::random::Random;

use super::at;
use super::laws::{empty, log, rules, view};

fn restored(rules: &Rulebook, bytes: &[u8]) -> Result<CaseBook, KlokuurError> {
    CaseBook::restore_snapshot(rules, rules.schedule().unwrap(), bytes)
}

/// A book that some events of a random log have come to, in any order, and those still to come.
fn some_book(seed: u64) -> (CaseBook, Vec<klokuur::CaseEvent>, Random) {
    let (mut random, mut events) = (Random::new(seed), log(seed));
    if random.once_in(2) {
        random.shuffle(&mut events);
    }
    let mut book = empty(seed);
    let later = events.split_off(random.index(events.len() + 1));
    if random.once_in(4) {
        // The same twice in one load: the second is in no case.
        book.load_all(events.iter().chain(&events));
    }
    for event in &events {
        let _ = book.apply(event);
        if random.once_in(3) {
            book.advance(event.at + TimeDelta::minutes(random.range(0, 3_000))).unwrap();
        }
    }
    if random.once_in(6) {
        book.drop_refused();
    }
    if random.once_in(3) {
        // An index that was made before goes on as one that is made after.
        book.find("delivery", at("12 12:00")).unwrap();
    }
    (book, later, random)
}

fn found(book: &CaseBook, now: DateTime<Utc>) -> Vec<Vec<String>> {
    let words = ["K-1", "A-2", "joelle", "delivery", "hello there", "thank", "kettle high"];
    let numbers = |word| book.find(word, now).unwrap().into_iter().map(|row| row.number).collect();
    words.into_iter().map(numbers).collect()
}

#[test]
fn k14_a_snapshot_is_the_book() {
    let (end, middle) = (at("30 00:00"), at("12 12:00"));
    let (mut told_later, mut refused) = (0, 0);
    for seed in 0..600 {
        let (mut book, later, mut random) = some_book(seed);
        let bytes = book.snapshot();
        let mut again = restored(&rules(seed), &bytes).unwrap();
        assert_eq!(again.snapshot(), bytes, "seed {seed}");
        assert_eq!(again.saved(), book.saved(), "seed {seed}");
        for now in [end, middle] {
            assert_eq!(view(&again, now), view(&book, now), "seed {seed}");
            assert_eq!(found(&again, now), found(&book, now), "seed {seed}");
            assert_eq!(again.next_wake_up(now), book.next_wake_up(now), "seed {seed}");
            assert_eq!(again.coming(now), book.coming(now), "seed {seed}");
            assert_eq!(again.response_weeks(now), book.response_weeks(now), "seed {seed}");
        }
        assert_eq!(again.len(), book.len());
        refused += book.refused().len();
        // What came since is a journal, which a third book is caught up with.
        let (mut third, position) = (restored(&rules(seed), &bytes).unwrap(), book.position());
        for event in &later {
            assert_eq!(again.apply(event), book.apply(event), "seed {seed}: {event:?}");
            let now = event.at + TimeDelta::minutes(random.range(0, 3_000));
            assert_eq!(again.next_wake_up(now), book.next_wake_up(now), "seed {seed} at {now}");
            if random.once_in(3) {
                let told = book.advance(now).unwrap();
                assert_eq!(again.advance(now).unwrap(), told, "seed {seed} at {now}");
                told_later += told.len();
            }
        }
        let journal = SavedBook::from_json(&book.saved_since(position).to_json()).unwrap();
        third.catch_up(&journal).unwrap();
        assert_eq!(third.saved(), book.saved(), "seed {seed}");
        assert_eq!(again.advance(end).unwrap(), book.advance(end).unwrap(), "seed {seed}");
        third.advance(end).unwrap();
        for other in [&again, &third] {
            assert_eq!(view(other, end), view(&book, end), "seed {seed}");
            assert_eq!(found(other, end), found(&book, end), "seed {seed}");
        }
        if random.once_in(3) {
            assert_eq!(again.erase_customer("ali"), book.erase_customer("ali"));
            assert_eq!(again.saved().events, book.saved().events, "seed {seed}");
            assert_eq!(view(&restored(&rules(seed), &again.snapshot()).unwrap(), end), view(&book, end));
        }
    }
    assert!(told_later > 100 && refused > 100, "{told_later} {refused}");
}

#[test]
fn k18_what_no_case_has_any_more_is_in_no_snapshot() {
    let mut dropped = 0;
    for seed in 0..300 {
        let (mut book, ..) = some_book(seed);
        dropped += book.drop_refused();
        let events = format!("{:?}", book.events());
        let bytes = String::from_utf8_lossy(&book.snapshot()).into_owned();
        for word in ["Jan de Vries", "Joëlle Peeters", "thank you", "hello there"] {
            assert!(events.contains(word) || !bytes.contains(word), "seed {seed}: {word}");
        }
    }
    assert!(dropped > 100, "{dropped}");
}

#[test]
fn k14_a_changed_byte_or_a_cut_refuses_a_snapshot() {
    for seed in 0..40 {
        let (book, _, mut random) = some_book(seed);
        let bytes = book.snapshot();
        let mut books = CaseBooks::of(&rules(seed)).unwrap();
        for place in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[place] ^= 1 << random.index(8);
            let error = books.restore_snapshot("Lamp & Co", &changed).unwrap_err();
            assert!(matches!(error, KlokuurError::InvalidDocument { .. }), "{error}");
            books.restore_snapshot("Lamp & Co", &bytes[..place]).unwrap_err();
        }
        books.restore_snapshot("Lamp & Co", &[&bytes[..], &[0]].concat()).unwrap_err();
        assert!(books.is_empty());
        books.restore_snapshot("Lamp & Co", &bytes).unwrap();
        assert_eq!(books.get("Lamp & Co").unwrap().saved(), book.saved());
    }
}

#[test]
fn i5_a_snapshot_of_other_rules_is_refused_or_folded_anew() {
    let rules = Rulebook::bol();
    let (book, ..) = some_book(4);
    let bytes = book.snapshot();
    let belgian = rules.schedule().unwrap().with_holidays(HolidayCalendar::belgium()).unwrap();
    let error = CaseBook::restore_snapshot(&rules, belgian.clone(), &bytes).unwrap_err().to_string();
    assert!(error.starts_with("snapshot of a case book is not valid at fingerprints: "), "{error}");
    let anew = CaseBook::restore_snapshot_anew(&rules, belgian.clone(), &bytes).unwrap();
    let other = CaseBook::restore_anew(&rules, belgian, &book.saved()).unwrap();
    assert_eq!(anew.saved(), other.saved());
    assert_eq!(view(&anew, at("30 00:00")), view(&other, at("30 00:00")));
}

#[test]
fn k14_a_book_is_caught_up_from_where_it_stands_alone() {
    let rules = Rulebook::bol();
    let mut later = log(8);
    let mut book = CaseBook::replay(&rules, rules.schedule().unwrap(), later.drain(..5)).unwrap().0;
    let (bytes, position) = (book.snapshot(), book.position());
    later.iter().for_each(|event| drop(book.apply(event)));
    let step = book.saved_since(position);
    assert!(step.since.is_some() && !step.events.is_empty());
    let mut again = restored(&rules, &bytes).unwrap();
    again.catch_up(&step).unwrap();
    let error = again.catch_up(&step).unwrap_err().to_string();
    assert!(error.contains(&format!("it goes on from position {position}, and the book ends at")), "{error}");
    assert_eq!(again.saved(), book.saved());
    again.catch_up(&book.saved()).unwrap();
    assert_eq!(again.saved(), book.saved());
}

#[test]
fn k14_a_book_is_caught_up_with_all_of_a_save_or_with_nothing() {
    let rules = Rulebook::bol();
    let end = at("30 00:00");
    let events = |case: &str| {
        let close = What::Closed { by: Party::Seller, explanation: None };
        let all = [super::opened(Party::Customer), What::seller_message(), close];
        let at = |hours| at("09 12:00") + TimeDelta::hours(hours);
        (0..).zip(all).map(|(hours, what)| CaseEvent::new(case, at(hours), what)).collect::<Vec<_>>()
    };
    let mut book = CaseBook::of(&rules).unwrap();
    book.load_all(events("K-1"));
    book.advance(end).unwrap();
    book.archive(end).unwrap();
    book.load_all(&events("K-2")[..2]);
    let thanks = |case: &str, time| CaseEvent::new(case, time, What::customer_message());
    let (far, now) = ("2345-01-01T00:00:00Z".parse().unwrap(), at("10 12:00"));
    let bad = [
        (thanks("K-1", now), "customer_message of case K-1 at 2026-03-10T11:00:00+00:00 cannot be kept: "),
        (thanks("K-2", far), "customer_message of case K-2 at 2345-01-01T00:00:00+00:00 cannot be kept: "),
        (thanks("", now), "customer_message of case  at 2026-03-10T11:00:00+00:00 cannot be kept: "),
    ];
    let step = |last: Vec<CaseEvent>| SavedBook {
        events: [thanks("K-2", now), events("K-3").remove(0)].into_iter().chain(last).collect(),
        since: Some(book.position()),
        position: Some(book.position() + 3),
        advanced_to: Some(end + TimeDelta::hours(90)),
        ..SavedBook::default()
    };
    for (event, said) in bad {
        let mut other = book.clone();
        let error = other.catch_up(&step(vec![event])).unwrap_err();
        assert_eq!(error.code(), "invalid_document");
        let told = error.to_string();
        assert!(told.starts_with(&format!("saved case book is not valid at events[2]: {said}")), "{told}");
        assert_eq!((other.saved(), other.position()), (book.saved(), book.position()));
        assert_eq!(view(&other, end), view(&book, end));
        let before = book.saved_since(2);
        assert_eq!(other.saved_since(2), before);
    }
    let too_late = SavedBook { advanced_to: Some(far), ..step(Vec::new()) };
    let mut other = book.clone();
    other.catch_up(&too_late).unwrap_err();
    assert_eq!(other.saved(), book.saved());
    other.catch_up(&step(vec![thanks("K-2", end)])).unwrap();
    assert_eq!((other.len(), other.position()), (2, book.position() + 3));
}
