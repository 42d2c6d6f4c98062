//! Many cases and many books: pages of a list, books that share their rules, one wake-up for all.

use std::collections::BTreeMap;
use std::hint::black_box;

use allocation_counter::measure;
use chrono::{DateTime, TimeDelta, Utc};
use klokuur::case::{
    Applied, CaseBook, CaseBooks, CaseEvent, CaseRow, CaseStatus, DomainEvent, Party, SavedBook, What,
};
use klokuur::{HolidayCalendar, KlokuurError, Rulebook};
use klokuur_tests::random::Random;

use super::laws::{empty, log};
use super::{at, book, opened};

/// The three lists, each put together from the cases one by one.
fn lists_of_the_cases(book: &CaseBook, cases: &[String], now: DateTime<Utc>) -> [Vec<CaseRow>; 3] {
    let rows = cases.iter().filter_map(|case| Some(book.case(case, now).unwrap()?.row));
    let (mut open, mut hidden, mut closed) = (Vec::new(), Vec::new(), Vec::new());
    for row in rows {
        match row.status {
            CaseStatus::Closed => closed.push(row),
            CaseStatus::WithMarketplace => hidden.push(row),
            _ => open.push(row),
        }
    }
    for list in [&mut open, &mut hidden] {
        list.sort_by(|a, b| (a.opened_at, &a.number).cmp(&(b.opened_at, &b.number)));
    }
    closed.sort_by(|a, b| (b.closed_at, &a.number).cmp(&(a.closed_at, &b.number)));
    [open, hidden, closed]
}

#[test]
fn k3_pages_are_parts_of_the_lists_whatever_came_and_whenever_they_are_asked() {
    let mut moved_by_time = 0;
    for seed in 0..300 {
        let mut random = Random::new(seed);
        let mut book = empty(seed);
        let (mut events, mut cases) = (log(seed), Vec::new());
        if random.once_in(3) {
            random.shuffle(&mut events);
        }
        for event in events {
            cases.push(event.case.clone());
            cases.sort();
            cases.dedup();
            let now = event.at + TimeDelta::minutes(random.range(-600, 6_000));
            drop(book.apply(event).unwrap());
            if random.once_in(4) {
                book.advance(now).unwrap();
            }
            let lists = lists_of_the_cases(&book, &cases, now);
            let [open, hidden, closed] = &lists;
            assert_eq!(&book.overview(now).unwrap(), open, "seed {seed} at {now}");
            assert_eq!(&book.with_marketplace(now).unwrap(), hidden, "seed {seed} at {now}");
            let (skip, count) = (random.range(0, 3) as usize, random.range(0, 3) as usize);
            let part = |list: &[CaseRow]| list.iter().skip(skip).take(count).cloned().collect::<Vec<_>>();
            assert_eq!(book.overview_page(now, skip, count).unwrap(), part(open), "seed {seed} at {now}");
            assert_eq!(book.completed(now, skip, count).unwrap(), part(closed), "seed {seed} at {now}");
            let advanced = book.advanced_to().is_none_or(|to| to < now);
            moved_by_time += usize::from(advanced && hidden.iter().any(|row| row.goes_back_at.is_none()));
        }
    }
    assert!(moved_by_time > 0, "no log has a case that goes back by itself");
}

/// A book of open and closed cases, opened in no order.
fn large(cases: i64) -> CaseBook {
    let mut book = book();
    let mut random = Random::new(7);
    for case in 0..cases {
        let number = format!("K-{case:07}");
        let opens = at("02 08:00") + TimeDelta::seconds(random.range(0, 400_000));
        book.load(CaseEvent::new(&*number, opens, opened(Party::Customer))).unwrap();
        if case % 2 == 0 {
            book.load(CaseEvent::new(&*number, opens + TimeDelta::hours(1), What::seller_message())).unwrap();
            book.load(CaseEvent::new(&*number, opens + TimeDelta::hours(2), What::closed(Party::Seller)))
                .unwrap();
        }
    }
    book.advance(at("09 08:00")).unwrap();
    book
}

#[test]
fn k3_a_page_costs_the_same_at_any_size_and_place() {
    let now = at("09 08:30");
    let cost = |cases: i64, skip: usize| {
        let book = large(cases);
        let pages = || (book.overview_page(now, skip, 50).unwrap(), book.completed(now, skip, 50).unwrap());
        // Once before: the order of a list is made when it is first asked for.
        assert_eq!((pages().0.len(), pages().1.len()), (50, 50));
        let cost = measure(|| drop(black_box(pages())));
        (cost.count_total, cost.bytes_total)
    };
    let once = cost(2_000, 0);
    for (cases, skip) in [(4_000, 0), (4_000, 1_900), (8_000, 100)] {
        let more = cost(cases, skip);
        // Rows differ a little in their texts.
        assert!(
            more.0 <= once.0 + once.0 / 20,
            "{more:?} allocations and bytes of {cases} cases, {once:?} of 2000"
        );
        assert!(
            more.1 <= once.1 + once.1 / 20,
            "{more:?} allocations and bytes of {cases} cases, {once:?} of 2000"
        );
    }
}

#[test]
fn an_empty_book_of_a_seller_takes_less_than_a_kilobyte() {
    let mut first = book();
    // What is computed of hours and rules is there once a case has come.
    first.apply(CaseEvent::new("K-1", at("09 10:00"), opened(Party::Customer))).unwrap().taken().unwrap();
    const BOOKS: usize = 10_000;
    let mut books = Vec::with_capacity(BOOKS);
    let made = measure(|| books.extend((0..BOOKS).map(|_| first.another())));
    let bytes = made.bytes_total as usize / BOOKS + size_of::<CaseBook>();
    assert!(bytes <= 1024, "{bytes} bytes of an empty book");
    // Nothing is computed again for the first case of a further book.
    let case = CaseEvent::new("K-1", at("09 10:00"), opened(Party::Customer));
    let applied = measure(|| drop(books[0].apply(&case).unwrap()));
    assert!(applied.bytes_total < 10_000, "{} bytes of the first case", applied.bytes_total);
    assert_eq!(books[0].case("K-1", at("09 11:00")).unwrap(), first.case("K-1", at("09 11:00")).unwrap());
}

#[test]
fn k13_one_wake_up_over_many_books_tells_what_each_would_tell() {
    let mut alone: BTreeMap<String, CaseBook> = BTreeMap::new();
    let mut together = CaseBooks::of(&Rulebook::bol()).unwrap();
    let mut events: Vec<(String, CaseEvent)> = Vec::new();
    for seed in 0..200 {
        events.extend(log(seed).into_iter().map(|event| (format!("seller {}", seed % 40), event)));
    }
    events.sort_by_key(|(_, event)| event.at);
    let mut told: Vec<(String, DomainEvent)> = Vec::new();
    let mut expected = told.clone();
    for (seller, event) in events {
        let now = event.at;
        while let Some(wake) = together.next_wake_up(at("01 00:00")).unwrap().filter(|wake| *wake <= now) {
            let some = together.advance(wake).unwrap();
            assert!(!some.is_empty(), "a wake-up at {wake} tells nothing");
            told.extend(some);
        }
        let one = alone.entry(seller.clone()).or_insert_with(|| CaseBook::of(&Rulebook::bol()).unwrap());
        expected.extend(
            one.advance(now - TimeDelta::nanoseconds(1)).unwrap().into_iter().map(|e| (seller.clone(), e)),
        );
        expected.extend(one.advance(now).unwrap().into_iter().map(|e| (seller.clone(), e)));
        assert_eq!(one.apply(&event).unwrap(), together.apply(&seller, &event).unwrap());
    }
    let end = at("30 00:00");
    for (seller, book) in &mut alone {
        expected.extend(book.advance(end).unwrap().into_iter().map(|event| (seller.clone(), event)));
    }
    told.extend(together.advance(end).unwrap());
    let in_order = |mut told: Vec<(String, DomainEvent)>| {
        told.sort_by(|(a, one), (b, other)| {
            (one.at, a, &one.case, one.what).cmp(&(other.at, b, &other.case, other.what))
        });
        told
    };
    assert!(told.len() > 100);
    assert_eq!(in_order(told), in_order(expected));
    let first = alone.values().filter_map(|book| book.next_wake_up(end).unwrap()).min();
    assert_eq!(together.next_wake_up(end).unwrap(), first);
    assert_eq!((together.len(), together.is_empty()), (40, false));
    for (seller, book) in together.iter() {
        assert_eq!(book.events(), alone[seller].events());
        assert_eq!(book.overview(end).unwrap(), alone[seller].overview(end).unwrap());
        assert_eq!(book.advanced_to(), Some(end));
    }
}

#[test]
fn books_come_and_go_with_their_wake_ups() {
    let mut books = CaseBooks::of(&Rulebook::bol()).unwrap();
    let now = at("09 09:00");
    let impossible = books.apply("Lamp & Co", CaseEvent::new("K-1", now, What::seller_message())).unwrap();
    assert!(matches!(impossible, Applied::KeptAside(_)));
    assert!(matches!(
        books.apply("Potten BV", CaseEvent::new("", now, What::seller_message())),
        Err(KlokuurError::InvalidDocument { .. })
    ));
    assert!(books.get("Potten BV").is_none(), "what no book can keep makes none");
    books.apply("Lamp & Co", CaseEvent::new("K-2", now, opened(Party::Customer))).unwrap().taken().unwrap();
    let wake = books.next_wake_up(now).unwrap();
    assert!(wake.is_some());

    let saved = books.get("Lamp & Co").unwrap().saved();
    let gone = books.remove("Lamp & Co").unwrap();
    assert_eq!((gone.len(), books.next_wake_up(now).unwrap(), books.len()), (1, None, 0));
    books.restore("Lamp & Co", &saved).unwrap();
    assert_eq!(books.next_wake_up(now).unwrap(), wake);
    assert_eq!(books.get("Lamp & Co").map(CaseBook::events), Some(gone.events()));

    let belgian = Rulebook::bol().schedule().unwrap().with_holidays(HolidayCalendar::belgium()).unwrap();
    let other: SavedBook = CaseBook::new(&Rulebook::bol(), belgian).unwrap().saved();
    assert!(books.restore("Lamp & Co", &other).unwrap_err().to_string().contains("judged by others"));
    assert_eq!(books.get("Lamp & Co").map(CaseBook::len), Some(1));
    books.change("Lamp & Co", |book| book.erase_customer("Jan de Vries")).unwrap();
    assert_eq!(books.next_wake_up(now).unwrap(), wake);
}

#[test]
fn k3_an_order_that_many_cases_come_into_stays_an_order() {
    let start = at("2026-03-02T08:00:00Z");
    let case = |number: i64| {
        CaseEvent::new(
            format!("K-{number:05}"),
            start + TimeDelta::minutes(number / 2),
            opened(Party::Customer),
        )
    };
    let many = 2_000_i64;
    for seed in 0..3 {
        let mut numbers: Vec<i64> = (0..many).collect();
        match seed {
            0 => {}
            1 => numbers.reverse(),
            _ => Random::new(seed).shuffle(&mut numbers),
        }
        let mut book = book();
        // The order is made when it is asked for; from then on each case is put in its place.
        drop(book.apply(case(many)).unwrap());
        let now = start + TimeDelta::hours(20);
        assert_eq!(book.overview_page(now, 0, 10).unwrap().len(), 1);
        for &number in &numbers {
            book.apply(case(number)).unwrap().taken().unwrap();
        }
        let mut expected: Vec<String> = (0..=many).map(|number| format!("K-{number:05}")).collect();
        let listed = |book: &CaseBook, skip, count| -> Vec<String> {
            book.overview_page(now, skip, count).unwrap().into_iter().map(|row| row.number).collect()
        };
        assert!(listed(&book, 0, 5_000) == expected, "seed {seed}");
        assert!(listed(&book, 700, 50) == expected[700..750], "seed {seed}");
        // And what leaves it leaves the others where they are.
        for number in (0..many).step_by(3) {
            let gone = CaseEvent::new(format!("K-{number:05}"), now, What::HandedOver);
            book.apply(gone).unwrap().taken().unwrap();
            expected.retain(|other| *other != format!("K-{number:05}"));
        }
        let found = listed(&book, 0, 5_000);
        let first = found.iter().zip(&expected).position(|(a, b)| a != b);
        assert!(found == expected, "seed {seed}: {} of {}, first {first:?}", found.len(), expected.len());
    }
}
