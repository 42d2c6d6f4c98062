//! A book in parts: saved in steps, and without a customer who asked to be forgotten.

use chrono::TimeDelta;
use klokuur::case::{CaseBook, CaseEvent, CaseOutcome, CaseRow, Description, Party, SavedBook, What};
use klokuur::{KlokuurError, Rulebook};
use klokuur_tests::random::Random;

use super::at;
use super::laws::{View, log, view};

/// What every name and text of these tests has, and nothing else.
const PERSONAL: &str = "zzq";

/// A random log in which people are named and quoted, in more than one way at one instant too.
fn personal_log(seed: u64) -> Vec<CaseEvent> {
    let mut random = Random::new(seed);
    let mut events = log(seed);
    for event in &mut events {
        name(&mut random, &mut event.what);
    }
    let named = |event: &CaseEvent| matches!(event.what, What::Opened(_));
    if let Some(opening) = events.iter().find(|event| named(event)).cloned() {
        let about = Description { customer: word(&mut random), ..Description::default() };
        events.push(CaseEvent::new(opening.case, opening.at + TimeDelta::minutes(5), What::Described(about)));
    }
    events
}

fn word(random: &mut Random) -> Option<String> {
    let words = ["zzq Ann", "zzq Bert", "zzq Ann again"];
    Some(random.pick(&words).to_owned())
}

fn name(random: &mut Random, what: &mut What) {
    match what {
        What::Opened(opening) => (opening.customer, opening.text) = (word(random), word(random)),
        What::Described(about) => about.customer = word(random),
        What::PhoneContact { text, about, .. } => (about.customer, *text) = (None, word(random)),
        What::CustomerMessage { text } | What::SellerMessage { text, .. } => *text = word(random),
        What::Closed { explanation, .. } => *explanation = word(random),
        What::Corrected { right: Some(right), .. } => name(random, &mut right.what),
        _ => {}
    }
}

/// What a book shows, but for the names.
fn nameless((mut open, mut hidden, mut closed, mut outcomes, refused): View) -> View {
    let rows = open.iter_mut().chain(&mut hidden).chain(&mut closed);
    rows.for_each(|row: &mut CaseRow| row.customer = None);
    outcomes.iter_mut().for_each(|outcome: &mut CaseOutcome| outcome.customer = None);
    (open, hidden, closed, outcomes, refused)
}

fn every_case(book: &CaseBook) -> Vec<String> {
    let mut cases: Vec<String> = book.events().into_iter().map(|event| event.case).collect();
    cases.sort();
    cases.dedup();
    cases
}

#[test]
fn k18_erasing_takes_every_name_and_text_and_changes_no_verdict() {
    let (end, middle) = (at("30 00:00"), at("12 12:00"));
    let mut found = 0;
    for seed in 0..500 {
        let mut random = Random::new(seed);
        let mut events = personal_log(seed);
        if random.once_in(2) {
            random.shuffle(&mut events);
        }
        let mut book = super::book();
        for event in &events {
            let _ = book.apply(event);
            if random.once_in(4) {
                book.advance(event.at + TimeDelta::minutes(random.range(0, 3_000))).unwrap();
            }
        }
        found += usize::from(format!("{:?}", book.saved()).contains(PERSONAL));
        let mut erased = book.clone();
        for case in every_case(&book) {
            assert!(erased.erase_case(&case).unwrap(), "seed {seed}: {case}");
        }
        for text in [erased.saved().to_json(), format!("{erased:?}"), format!("{:?}", view(&erased, end))] {
            assert!(!text.contains(PERSONAL), "seed {seed}: {text}");
        }
        assert_eq!(erased.find(PERSONAL, end).unwrap(), [], "seed {seed}");
        for now in [end, middle] {
            assert_eq!(nameless(view(&erased, now)), nameless(view(&book, now)), "seed {seed}: {events:#?}");
        }
        assert_eq!(erased.fingerprints(), book.fingerprints());
        assert_eq!(erased.events().len(), book.events().len(), "seed {seed}");
        for case in every_case(&book) {
            let numbers = |book: &CaseBook| {
                book.find(&case, end).unwrap().into_iter().map(|row| row.number).collect::<Vec<_>>()
            };
            assert_eq!(numbers(&erased), numbers(&book), "seed {seed}");
            let messages = |book: &CaseBook| {
                let case = book.case(&case, end).unwrap();
                case.map(|case| case.messages.iter().map(|said| (said.at, said.from)).collect::<Vec<_>>())
            };
            assert_eq!(messages(&erased), messages(&book), "seed {seed}");
        }
        // It goes on as the other does, and erasing again changes nothing.
        let mut again = erased.clone();
        for case in every_case(&book) {
            again.erase_case(&case).unwrap();
        }
        assert_eq!(again.events(), erased.events(), "seed {seed}");
        assert_eq!(erased.next_wake_up(middle).unwrap(), book.next_wake_up(middle).unwrap(), "seed {seed}");
        for case in every_case(&book) {
            let answer = CaseEvent::new(case, at("29 09:00"), What::seller_message());
            assert_eq!(erased.apply(&answer), book.apply(&answer), "seed {seed}");
        }
        assert_eq!(erased.advance(end).unwrap(), book.advance(end).unwrap(), "seed {seed}");
    }
    assert!(found > 400, "{found}");
}

#[test]
fn k18_a_customer_is_erased_from_every_case_that_names_one() {
    let mut book = super::book();
    let mut number = 0;
    let mut open = |book: &mut CaseBook, customer: &str| {
        number += 1;
        let mut opening =
            CaseEvent::new(format!("K-{number}"), at("13 15:00"), super::opened(Party::Customer));
        if let What::Opened(opening) = &mut opening.what {
            opening.customer = Some(customer.to_owned());
        }
        book.apply(opening).unwrap().taken().unwrap();
    };
    for name in ["Joëlle Peeters", "JOELLE PEETERS", "Joëlle Peeters-Smit", "Ali"] {
        open(&mut book, name);
    }
    // Named by an event that its case refuses, and by none that it took.
    let refused = Description { customer: Some("joelle peeters".into()), ..Description::default() };
    let refused = book.apply(CaseEvent::new("K-9", at("13 15:00"), What::Described(refused))).unwrap();
    assert!(refused.taken().is_err());

    assert_eq!(book.erase_customer("Joelle Peeters").unwrap(), ["K-1", "K-2", "K-9"]);
    assert_eq!(book.erase_customer("Joelle Peeters").unwrap(), [""; 0]);
    let customers: Vec<_> =
        book.overview(at("13 16:00")).unwrap().into_iter().map(|row| row.customer).collect();
    assert_eq!(customers, [None, None, Some("Joëlle Peeters-Smit".into()), Some("Ali".into())]);
    assert_eq!(book.refused().len(), 1);
    assert!(!book.erase_case("K-10").unwrap());
}

#[test]
fn k14_a_journal_is_the_book() {
    let (rules, end) = (Rulebook::bol(), at("30 00:00"));
    let (mut steps, mut wholes) = (0, 0);
    for seed in 0..400 {
        let mut random = Random::new(seed);
        let mut events = personal_log(seed);
        if random.once_in(2) {
            random.shuffle(&mut events);
        }
        let mut book = super::book();
        let (mut journal, mut position) = (String::new(), 0);
        for event in &events {
            match random.range(0, 20) {
                0 => drop(book.drop_refused()),
                1 => drop(book.erase_customer("zzq bert").unwrap()),
                // What is restored writes on in the same journal.
                2..=3 if !journal.is_empty() => {
                    journal += &(book.saved_since(position).to_json() + "\n");
                    let saved = SavedBook::from_json(&journal).unwrap();
                    let again = CaseBook::restore(&rules, rules.schedule().unwrap(), &saved).unwrap();
                    assert_eq!(again.events(), book.events(), "seed {seed}");
                    assert_eq!(again.position(), book.position(), "seed {seed}");
                    (book, position) = (again, saved.position.unwrap());
                }
                _ => {}
            }
            let _ = book.apply(event);
            if random.once_in(3) {
                book.advance(event.at + TimeDelta::minutes(random.range(0, 3_000))).unwrap();
            }
            if random.once_in(2) {
                let step = book.saved_since(position);
                match step.since {
                    Some(_) => steps += 1,
                    None => wholes += 1,
                }
                position = step.position.unwrap();
                journal += &(step.to_json() + "\n");
            }
        }
        journal += &book.saved_since(position).to_json();
        let saved = SavedBook::from_json(&journal).unwrap();
        assert_eq!(saved.events, book.events(), "seed {seed}");
        let again = CaseBook::restore(&rules, rules.schedule().unwrap(), &saved).unwrap();
        assert_eq!((again.position(), again.advanced_to()), (book.position(), book.advanced_to()));
        assert_eq!(view(&again, end), view(&book, end), "seed {seed}");
    }
    assert!(steps > 1_000 && wholes > 50, "{steps} steps, {wholes} whole saves");
}

#[test]
fn k14_a_journal_with_a_hole_is_refused() {
    let mut book = super::book();
    let mut lines = Vec::new();
    for minute in 0..4 {
        let position = book.position();
        let at = at("13 15:00") + TimeDelta::minutes(minute);
        let what = if minute == 0 { super::opened(Party::Customer) } else { What::customer_message() };
        book.apply(CaseEvent::new("K-1", at, what)).unwrap().taken().unwrap();
        lines.push(book.saved_since(position).to_json());
    }
    let read = |lines: &[&str]| SavedBook::from_json(&lines.join("\n"));
    let problem = |lines: &[&str]| read(lines).unwrap_err().to_string();
    let all: Vec<&str> = lines.iter().map(String::as_str).collect();
    assert_eq!(read(&all).unwrap().events.len(), 4);
    assert_eq!(
        problem(&[all[0], "", all[2]]),
        "saved case book is not valid at line 3, since: it goes on from position 2, and the save before it ends at 1: \
         accepted is what came since that one, or a whole save"
    );
    let torn = &all[2][..all[2].len() - 40];
    assert!(problem(&[all[0], all[1], torn]).starts_with("saved case book is not valid at line 3, column "));
    let other = all[1].replace("\"zone_data\":\"", "\"zone_data\":\"1");
    assert!(problem(&[all[0], &other]).starts_with("saved case book is not valid at line 2, fingerprints: "));
    let alone = SavedBook::from_json(all[3]).unwrap();
    let rules = Rulebook::bol();
    let refused = CaseBook::restore(&rules, rules.schedule().unwrap(), &alone).unwrap_err();
    assert!(matches!(&refused, KlokuurError::InvalidDocument { path, .. } if path == "since"), "{refused}");
    // A save of several lines is one save still.
    let pretty = serde_json::to_string_pretty(&book.saved()).unwrap();
    assert_eq!(SavedBook::from_json(&pretty).unwrap(), book.saved());
}
