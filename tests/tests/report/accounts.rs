//! The picture of an account: its kind, its decisions, its quiet weeks and what was archived.

use klokuur::CaseKind;
use klokuur::case::{CaseBook, CaseEvent, Opening, Party, What};
use klokuur::exchange::PerformanceStatus;
use klokuur::log::ExportedLine;
use klokuur::norm::{CASE_ITEM_RATIO, OrderLine, RESPONSE_TIME, RETURNS, WeekNumbers};
use klokuur::report::{Picture, SellerData, StrikePicture, WindowState};
use klokuur::rulebook::RulebookHistory;
use klokuur::standing::{Improvement, StandingEvent};

use super::at;

/// Twenty questions of Monday 20 July 2026, answered on Wednesday: late, unless the Belgian holiday between them
/// counts.
fn questions() -> Vec<CaseEvent> {
    let question = |number: usize| {
        let case = format!("K-{number}");
        let opened = CaseEvent::new(
            case.clone(),
            at("2026-07-20T10:00:00+02:00"),
            What::Opened(Opening::by(Party::Customer)),
        );
        [opened, CaseEvent::new(case, at("2026-07-22T09:00:00+02:00"), What::seller_message())]
    };
    (0..20).flat_map(question).collect()
}

fn hundred_lines() -> Vec<ExportedLine> {
    let delivered_at = Some(at("2026-07-22T10:00:00+02:00"));
    let promised = at("2026-07-22T00:00:00+02:00").date_naive().succ_opt().unwrap();
    let line = OrderLine {
        delivered_at,
        tracked: true,
        ..OrderLine::new(at("2026-07-20T12:00:00+02:00"), 1, promised)
    };
    (0..100)
        .map(|row| ExportedLine { row, order: format!("A-{row}"), item: None, line: line.clone() })
        .collect()
}

fn picture(data: SellerData, now: &str) -> Picture {
    Picture::of(&data, &RulebookHistory::bol().unwrap(), at(now)).unwrap()
}

fn strikes(data: SellerData, now: &str) -> StrikePicture {
    picture(data, now).strikes.unwrap()
}

const NOW: &str = "2026-08-20T08:00:00+02:00";

#[test]
fn s4_the_account_of_a_starter_bears_no_strikes() {
    let status = |system: &str| {
        let text = format!("{{\"monitoringSystem\": \"{system}\"}}");
        SellerData::of_events(questions())
            .with_standing(PerformanceStatus::from_json(&text).unwrap().standing())
    };
    assert_eq!(strikes(status("GROEISTART"), NOW).report.strikes.len(), 0);
    assert_eq!(strikes(status("GROEIKRACHT"), NOW).report.strikes.len(), 1);
    assert_eq!(strikes(SellerData::of_events(questions()), NOW).report.strikes.len(), 1);
}

#[test]
fn h4_the_other_reading_is_compared_with_the_report_beside_it() {
    let gone = |data: SellerData| {
        let changes = picture(data, NOW).other_holidays.unwrap().changes;
        (changes.weeks.len(), changes.standing.map_or(0, |standing| standing.strikes_gone.len()))
    };
    let data = || SellerData::of_events(questions());
    assert_eq!(gone(data()), (1, 1));
    let on = "2026-08-10".parse().unwrap();
    assert_eq!(
        gone(
            data()
                .with_decisions(vec![StandingEvent::StrikeRevoked { week: "2026-W30".parse().unwrap(), on }])
        ),
        (1, 0)
    );
    let reported = WeekNumbers::new(RESPONSE_TIME, "2026-W30".parse().unwrap(), 20, 20).measured_elsewhere();
    assert_eq!(gone(data().with_reported(vec![reported])), (0, 0));
}

#[test]
fn s5_a_quiet_account_loses_its_strikes_in_time() {
    let before = strikes(SellerData::of_events(questions()), "2026-12-29T08:00:00+01:00");
    assert_eq!(before.report.strikes.len(), 1);
    match before.improvement {
        Some(Improvement::StrikeExpires(expiry)) => assert_eq!(expiry.on.to_string(), "2026-12-30"),
        other => panic!("{other:?}"),
    }
    let last = before.window.last().unwrap();
    assert_eq!((last.week.to_string().as_str(), last.state), ("2026-W51", WindowState::NoData));
    let after = strikes(SellerData::of_events(questions()), "2026-12-30T08:00:00+01:00");
    assert!(after.report.strikes.is_empty() && after.improvement.is_none());
}

#[test]
fn n_returns_cancellations_and_cases_of_the_seller_are_no_questions() {
    let of_kind = |number: usize, kind, by| {
        let opening = Opening {
            kind,
            order: Some("A-1".into()),
            subject: Some("a bell".into()),
            item: Some("bell".into()),
            text: Some("Hello".into()),
            ordered_at: Some(at("2026-07-19T10:00:00+02:00")),
            ..Opening::by(by)
        };
        CaseEvent::new(format!("R-{number}"), at("2026-07-20T10:00:00+02:00"), What::Opened(opening))
    };
    let mut events = vec![
        of_kind(0, CaseKind::Return, Party::Customer),
        of_kind(1, CaseKind::Cancellation, Party::Customer),
        of_kind(2, CaseKind::Question, Party::Seller),
        of_kind(3, CaseKind::Question, Party::Marketplace),
    ];
    events.extend(questions());
    let ratio = |events| {
        let picture = picture(SellerData::of_events(events).with_orders(hundred_lines()), NOW);
        assert!(picture.read.skipped.is_empty(), "{:?}", picture.read.skipped);
        let norms = picture.weeks.iter().flat_map(|week| &week.norms);
        let found = norms.map(|norm| &norm.result).find(|one| one.norm == CASE_ITEM_RATIO).unwrap();
        (found.numerator, found.denominator)
    };
    assert_eq!(ratio(events), (21, 100));
}

#[test]
fn n2_questions_that_are_archived_are_no_questions_that_were_not_asked() {
    let mut book = CaseBook::of(&RulebookHistory::bol().unwrap()).unwrap();
    let mut events = questions();
    events.extend((0..20).map(|number| {
        CaseEvent::new(format!("K-{number}"), at("2026-07-23T09:00:00+02:00"), What::closed(Party::Seller))
    }));
    assert!(book.load_all(events).is_empty());
    book.advance(at("2026-08-01T08:00:00+02:00")).unwrap();
    let archive = book.archive(at("2026-08-01T08:00:00+02:00")).unwrap();
    assert_eq!((book.len(), archive.len()), (0, 20));
    let found = picture(SellerData::of_book(book).with_orders(hundred_lines()), NOW);
    let norms = found.weeks.iter().flat_map(|week| &week.norms).map(|norm| &norm.result);
    let of =
        |name: &str| norms.clone().find(|one| one.norm == name).map(|one| (one.numerator, one.denominator));
    assert_eq!((of(RESPONSE_TIME), of(CASE_ITEM_RATIO)), (Some((0, 20)), None));
    // Nor are returns that may be among them none.
    assert_eq!(of(RETURNS), None);
}
