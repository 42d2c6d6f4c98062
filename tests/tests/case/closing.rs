//! Closing, reopening and the survey (RULES K9, K10, Q2).

use klokuur::Rulebook;
use klokuur::case::{Applied, CaseBook, CaseEvent, CaseStatus, Happening, Party, Scores, What, evaluate};

use super::{at, book, event, happenings, opened, refusal, with};

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
fn k16_a_survey_that_went_out_is_answered_however_late_and_once() {
    let answer = |when: &str, score: u8| {
        let scores = Scores::new([("recommendation", score)]).unwrap();
        event(when, What::SurveyAnswered { scores })
    };
    let close = |when: &str, by| event(when, What::closed(by));
    let twice = |second: &str, by| {
        vec![
            event("09 10:00", opened(Party::Customer)),
            event("09 11:00", What::seller_message()),
            close("09 12:00", Party::Seller),
            event("11 10:00", What::Reopened { by: Party::Seller }),
            close(second, by),
        ]
    };
    let scores = |book: &CaseBook| -> Vec<Option<u8>> {
        let case = book.case("K-1", at("30 00:00")).unwrap().unwrap();
        case.surveys.iter().map(|survey| survey.scores.get("recommendation")).collect()
    };
    // An hour after the second closing the first survey alone has gone out; a day after it, both. The marketplace's
    // closing sends none (Q2).
    for (by, first, taken) in [
        (Party::Seller, "11 13:00", vec![Some(2), Some(9)]),
        (Party::Seller, "13 13:00", vec![Some(2), Some(9)]),
        (Party::Marketplace, "11 13:00", vec![Some(2)]),
    ] {
        let mut events = twice("11 12:00", by);
        events.extend([answer(first, 2), answer("14 10:00", 9)]);
        let refused = events.len() - 5 - taken.len();
        let mut one_by_one = book();
        let aside =
            |book: &mut CaseBook, event: &CaseEvent| matches!(book.apply(event), Ok(Applied::KeptAside(_)));
        assert_eq!(events.iter().filter(|event| aside(&mut one_by_one, event)).count(), refused, "{first}");
        assert_eq!(scores(&one_by_one), taken, "{first}");
        let problem = refusal(&mut one_by_one, answer("15 10:00", 5));
        assert!(problem.contains("answered already"), "{problem}");
        let mut loaded = book();
        assert_eq!(loaded.load_all(events.iter().rev()).len(), refused);
        assert_eq!(scores(&loaded), taken);
        let found = evaluate(&events, &Rulebook::bol(), at("30 00:00")).unwrap();
        assert_eq!((found.outcomes[0].surveys.len(), found.refused.len()), (taken.len(), refused));
        // A snapshot between both answers knows how many are out.
        let mut book = with(&events[..6]);
        let rules = Rulebook::bol();
        let mut again =
            CaseBook::restore_snapshot(&rules, rules.schedule().unwrap(), &book.snapshot()).unwrap();
        assert_eq!(again.apply(&events[6]), book.apply(&events[6]));
        assert_eq!(scores(&again), taken);
    }
    let mut book = with(&twice("11 12:00", Party::Seller)[..4]);
    assert_eq!(book.case("K-1", at("11 11:00")).unwrap().unwrap().survey_at, None);
    book.apply(close("11 12:00", Party::Marketplace)).and_then(Applied::taken).unwrap();
    assert_eq!(book.case("K-1", at("11 13:00")).unwrap().unwrap().survey_at, None);
}
