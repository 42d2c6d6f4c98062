//! A first clock that stands still with the marketplace, where a rulebook says so (RULES C6, C8, N1).

use chrono::{DateTime, TimeDelta, Utc};
use klokuur::case::{Applied, CaseBook, CaseEvent, CaseKind, Opening, Party, What, evaluate};
use klokuur::norm::{CaseColumns, ResponseWeeks};
use klokuur::rulebook::PausedWhile;
use klokuur::sla::{Amount, ClockState};
use klokuur::timeline::StretchReason;
use klokuur::{BusinessDuration, Rulebook};
use klokuur_tests::random::Random;

use super::{at, event, opened, opening};

fn rules() -> Rulebook {
    let mut rules = Rulebook::bol();
    rules.case.pauses = vec![PausedWhile::WithMarketplace];
    rules
}

fn with(events: &[CaseEvent]) -> CaseBook {
    let mut book = CaseBook::of(&rules()).unwrap();
    for event in events {
        book.apply(event).and_then(Applied::taken).unwrap();
    }
    book
}

/// Asked on Monday at 10, given away at 11, closed there at 15.
fn cancelled() -> Vec<CaseEvent> {
    vec![
        event("02 10:00", opened(Party::Customer)),
        event("02 11:00", What::HandedOver),
        event("02 15:00", What::closed(Party::Marketplace)),
    ]
}

#[test]
fn c6_a_clock_that_is_cancelled_while_it_stands_still_counted_up_to_then() {
    let now = at("20 12:00");
    let book = with(&cancelled());
    let paused = book.outcomes(at("02 14:00")).unwrap().remove(0);
    assert_eq!((paused.verdict, paused.elapsed), (ClockState::Paused, Some(Amount::business_hours(1))));
    let outcomes = book.outcomes(now).unwrap();
    assert_eq!(outcomes, evaluate(&cancelled(), &rules(), now).unwrap().outcomes);
    let over = &outcomes[0];
    assert_eq!(
        (over.verdict, over.elapsed, over.due),
        (ClockState::Cancelled, Some(Amount::business_hours(1)), None)
    );
    // What was left stays so, whatever happens to the case later.
    let mut again = book.clone();
    for event in [
        event("03 10:00", What::Reopened { by: Party::Seller }),
        event("03 11:00", What::Forwarded),
        event("03 12:00", What::seller_message()),
        event("03 13:00", What::closed(Party::Seller)),
    ] {
        again.apply(event).and_then(Applied::taken).unwrap();
    }
    let over = again.outcomes(now).unwrap().remove(0);
    assert_eq!((over.verdict, over.elapsed), (ClockState::Cancelled, Some(Amount::business_hours(1))));
    let rules = rules();
    let restored = CaseBook::restore_snapshot(&rules, rules.schedule().unwrap(), &again.snapshot()).unwrap();
    assert_eq!(restored.outcomes(now).unwrap(), [over]);
}

/// The weeks of outcomes, as a host with columns counts them.
fn weeks_of_columns(book: &CaseBook, now: DateTime<Utc>) -> ResponseWeeks {
    let outcomes = book.outcomes(now).unwrap();
    let micros = |at: Option<DateTime<Utc>>| at.map_or(i64::MIN, |at| at.timestamp_micros());
    let column = |of: fn(&klokuur::case::CaseOutcome) -> Option<DateTime<Utc>>| -> Vec<i64> {
        outcomes.iter().map(|outcome| micros(of(outcome))).collect()
    };
    let (asked, due, answered) =
        (column(|it| Some(it.opened)), column(|it| it.due), column(|it| it.answered));
    let measured: Vec<bool> = outcomes.iter().map(|outcome| outcome.is_measured).collect();
    let verdict: Vec<ClockState> = outcomes.iter().map(|outcome| outcome.verdict).collect();
    let cases =
        CaseColumns { asked: &asked, due: &due, answered: &answered, measured: &measured, verdict: &verdict };
    let mut weeks = ResponseWeeks::new(book.schedule().zone()).with_fingerprints(book.fingerprints().clone());
    weeks.add_cases(&cases, now).unwrap();
    weeks
}

#[test]
fn n1_a_case_that_was_cancelled_without_a_deadline_holds_no_week() {
    let mut events = cancelled();
    events.extend([
        CaseEvent::new("K-2", at("02 10:00"), opened(Party::Customer)),
        CaseEvent::new("K-2", at("05 10:00"), What::seller_message()),
    ]);
    let mut book = with(&events);
    let paused = with(&events[..2]);
    for (book, now) in [(&paused, at("02 14:00")), (&book, at("20 12:00"))] {
        assert_eq!(book.response_weeks(now).unwrap(), weeks_of_columns(book, now));
    }
    let weeks = |book: &CaseBook| book.response_weeks(at("20 12:00")).unwrap().numbers();
    let counted = weeks(&book);
    assert_eq!(counted.len(), 1);
    assert_eq!((counted[0].numerator, counted[0].denominator), (0, 1));
    assert_eq!(counted[0].last_deadline, Some(at("03 10:00")));
    // Archived, it holds it neither.
    let archive = book.archive(at("20 12:00")).unwrap();
    assert_eq!((archive.len(), weeks(&book)), (1, counted.clone()));
    book.recall("K-1", &archive).unwrap();
    assert_eq!(weeks(&book), counted);
}

#[test]
fn c8_a_pause_is_told_and_counts_for_nothing() {
    let book = with(&[
        event("02 10:00", opened(Party::Customer)),
        event("02 11:00", What::HandedOver),
        event("04 11:00", What::Forwarded),
    ]);
    let why = book.case("K-1", at("04 12:00")).unwrap().unwrap().row.why.unwrap();
    assert_eq!(why.counted, BusinessDuration::hours(24));
    let stretches: Vec<_> = why.stretches.iter().map(|it| (it.from.to_utc(), it.reason.clone())).collect();
    assert!(stretches.contains(&(at("02 11:00"), StretchReason::Paused)), "{stretches:?}");
    assert!(why.to_string().contains("pause"), "{why}");
}

#[test]
fn c8_explanations_of_paused_clocks_sum_exactly_to_their_budget() {
    let (mut explained, mut twice) = (0, 0);
    for seed in 0..300 {
        let mut random = Random::new(seed);
        let kind = random.pick(&[CaseKind::Question, CaseKind::Cancellation]);
        let mut now = at("02 10:00") + TimeDelta::minutes(random.range(0, 6_000));
        let mut book = CaseBook::of(&rules()).unwrap();
        let open = What::Opened(Opening { kind, ..opening(Party::Customer) });
        book.apply(CaseEvent::new("K-1", now, open)).and_then(Applied::taken).unwrap();
        for _ in 0..random.range(1, 8) {
            now += TimeDelta::minutes(random.range(1, 700));
            let acts = [What::HandedOver, What::Forwarded, What::Returned, What::Forwarded];
            let _ = book.apply(CaseEvent::new("K-1", now, acts[random.index(4)].clone()));
        }
        let now = now + TimeDelta::minutes(random.range(0, 6_000));
        let row = book.case("K-1", now).unwrap().unwrap().row;
        let budget = match (row.clock, kind) {
            (Some(klokuur::case::CaseClock::FirstResponse), _) => BusinessDuration::hours(24),
            (Some(klokuur::case::CaseClock::Request), _) => BusinessDuration::hours(8),
            _ => continue,
        };
        let Some(why) = row.why else { continue };
        assert_eq!(why.counted, budget, "seed {seed}: {why:#?}");
        assert!(why.stretches.windows(2).all(|pair| pair[0].to == pair[1].from), "seed {seed}: {why:#?}");
        assert_eq!(why.stretches.first().map(|it| it.from), Some(why.from));
        assert_eq!(why.stretches.last().map(|it| it.to), Some(why.to));
        let pauses = why.stretches.iter().filter(|it| it.reason == StretchReason::Paused).count();
        explained += usize::from(pauses > 0);
        twice += usize::from(pauses > 1);
    }
    assert!(explained > 30 && twice > 5, "{explained} explained, {twice} with several pauses");
}
