//! The laws of the book on random logs.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use chrono::{DateTime, TimeDelta, Utc};
use klokuur::backtest::{Scenario, backtest};
use klokuur::case::{
    Applied, CaseBook, CaseEvent, CaseKind, CaseOutcome, CaseRow, CaseStatus, Description, DomainEvent,
    Happening, Opening, Party, Replacement, SavedBook, Scores, What, evaluate,
};
use klokuur::norm::ResponseWeeks;
use klokuur::schedule::BudgetEnd;
use klokuur::sla::{Amount, ClockState, Metric, Policy, Sla, SlaEvent, SlaSignal, Target};
use klokuur::{BusinessDuration, IsoWeek, KlokuurError, Rulebook, RulebookHistory, ShippingMethod};
use klokuur_tests::random::Random;

use super::at;

/// A log of a few cases over two weeks, half of it possible, in order of time.
pub(super) fn log(seed: u64) -> Vec<CaseEvent> {
    let mut random = Random::new(seed);
    let mut events = Vec::new();
    for case in 0..random.range(1, 5) {
        let mut minutes = random.range(0, 8_000);
        let mut ids = 0;
        let opens = !random.once_in(12);
        for step in 0..random.range(1, 12) {
            let when = at("09 08:00") + TimeDelta::minutes(minutes);
            let what =
                if step == 0 && opens { first(&mut random) } else { any(&mut random, when, ids, true) };
            let mut event = CaseEvent::new(format!("K-{case}"), when, what);
            if random.once_in(2) {
                event = event.with_id(format!("e{}", if random.once_in(20) { 0 } else { ids }));
                ids += 1;
            }
            events.push(event);
            minutes += if random.once_in(3) { 0 } else { random.any_size(12) };
        }
    }
    events.sort_by_key(|event| event.at);
    events
}

/// Rules under which, in every other log, a return lapses within the log's two weeks.
pub(super) fn rules(seed: u64) -> Rulebook {
    let mut rules = Rulebook::bol();
    if seed % 2 == 1 {
        rules.case.returns.lapses_after_days = Some(3);
    }
    rules
}

/// An empty book by these rules. They are made ready once: that costs more than all events of a log.
pub(super) fn empty(seed: u64) -> CaseBook {
    static READY: LazyLock<[CaseBook; 2]> =
        LazyLock::new(|| [0, 1].map(|seed| CaseBook::of(&rules(seed)).unwrap()));
    READY[(seed % 2) as usize].another()
}

fn first(random: &mut Random) -> What {
    What::Opened(Opening {
        kind: random.pick(&[
            CaseKind::Question,
            CaseKind::Question,
            CaseKind::Return,
            CaseKind::Cancellation,
        ]),
        order: Some(format!("A-{}", random.range(0, 3))),
        customer: Some(random.pick(&["Jan de Vries", "Joëlle Peeters", "Ali"]).to_owned()),
        subject: Some("delivery".into()),
        item: Some("kettle".into()),
        text: random.once_in(2).then(|| "hello there".into()),
        ..Opening::by(random.pick(&[Party::Customer, Party::Customer, Party::Marketplace, Party::Seller]))
    })
}

fn any(random: &mut Random, when: DateTime<Utc>, ids: i64, corrections: bool) -> What {
    let by = random.pick(&[Party::Seller, Party::Seller, Party::Marketplace]);
    match random.range(0, 29) {
        0..=3 => What::customer_message(),
        4..=8 => What::seller_message(),
        9 => What::SellerMessage { text: Some("thank you for your message".into()), automatic: true },
        10 => What::FollowUp {
            until: random.once_in(2).then(|| when + TimeDelta::minutes(random.range(-9, 4_000))),
        },
        11..=12 => What::HandedOver,
        13..=14 => What::Forwarded,
        15 => What::Returned,
        16..=18 => What::Closed { by, explanation: None },
        19 => What::Reopened { by },
        20..=21 => What::SurveyAnswered { scores: Scores::new([("recommendation", 8)]).unwrap() },
        22 if corrections => What::Corrected {
            corrects: format!("e{}", random.range(0, ids + 2)),
            right: random.once_in(2).then(|| {
                let at = when + TimeDelta::minutes(random.range(-2_000, 2_000));
                Box::new(Replacement { at, what: any(random, at, ids, false) })
            }),
        },
        23 => first(random),
        24 => What::PhoneContact { by: Party::Customer, text: None, about: described(random) },
        25 => What::Described(described(random)),
        26 => What::Received,
        27 => What::Handled { result: Some(random.pick(&["repaired", "refused"]).to_owned()) },
        _ => What::Opened(Opening { kind: CaseKind::Return, ..Opening::by(Party::Customer) }),
    }
}

fn described(random: &mut Random) -> Description {
    Description {
        subject: random.once_in(2).then(|| random.pick(&["delivery", "size"]).to_owned()),
        customer: random.once_in(3).then(|| "Joëlle Peeters".to_owned()),
        priority: Some(random.pick(&["low", "high"]).to_owned()),
        ..Description::default()
    }
}

pub(super) type View = (Vec<CaseRow>, Vec<CaseRow>, Vec<CaseRow>, Vec<CaseOutcome>, Vec<KlokuurError>);

pub(super) fn view(book: &CaseBook, now: DateTime<Utc>) -> View {
    (
        book.overview(now).unwrap(),
        book.with_marketplace(now).unwrap(),
        book.completed(now, 0, usize::MAX).unwrap(),
        book.outcomes(now).unwrap(),
        book.refused(),
    )
}

/// What is known after all retractions, each once.
fn sum(told: &[DomainEvent]) -> Vec<(DomainEvent, i32)> {
    let mut known: BTreeMap<DomainEvent, i32> = BTreeMap::new();
    for event in told {
        let fact = DomainEvent { retracted: false, ..event.clone() };
        *known.entry(fact).or_default() += if event.retracted { -1 } else { 1 };
    }
    known.into_iter().filter(|(_, count)| *count != 0).collect()
}

#[test]
fn k14_the_order_of_arrival_does_not_matter() {
    let end = at("30 00:00");
    for seed in 0..600 {
        let mut events = log(seed);
        let rules = rules(seed);
        let mut random = Random::new(seed);
        let mut books = Vec::new();
        for round in 0..4 {
            let mut book = empty(seed);
            let mut told = Vec::new();
            for event in &events {
                told.extend(book.apply(event).and_then(Applied::taken).unwrap_or_default());
                // Time goes on while late events are still to come.
                if round > 0 && random.once_in(3) {
                    told.extend(book.advance(event.at + TimeDelta::minutes(random.range(0, 3_000))).unwrap());
                }
            }
            told.extend(book.advance(end).unwrap());
            books.push((view(&book, end), view(&book, at("12 12:00")), sum(&told)));
            random.shuffle(&mut events);
            let again = events[random.index(events.len())].clone();
            events.push(again);
        }
        for other in &books[1..] {
            assert_eq!(other.0, books[0].0, "seed {seed}: {events:#?}");
            assert_eq!(other.1, books[0].1, "seed {seed}: {events:#?}");
            assert_eq!(other.2, books[0].2, "seed {seed}: {events:#?}");
        }
        let outcomes = evaluate(&events, &rules, end).unwrap().outcomes;
        assert_eq!(outcomes, books[0].0.3, "seed {seed}");
        let (replayed, refused) = CaseBook::replay(&rules, rules.schedule().unwrap(), &events).unwrap();
        assert_eq!(view(&replayed, end), books[0].0, "seed {seed}");
        assert_eq!(refused, books[0].0.4, "seed {seed}");
    }
}

#[test]
fn k14_a_restored_book_goes_on_where_the_saved_one_stopped() {
    let rules = Rulebook::bol();
    let end = at("30 00:00");
    let mut told_later = 0;
    for seed in 0..600 {
        let mut random = Random::new(seed);
        let mut events = log(seed);
        if random.once_in(2) {
            random.shuffle(&mut events);
        }
        let saved_after = random.index(events.len() + 1);
        let mut book = super::book();
        for event in &events[..saved_after] {
            let _ = book.apply(event);
            if random.once_in(3) {
                book.advance(event.at + TimeDelta::minutes(random.range(0, 3_000))).unwrap();
            }
        }
        let (clock, kept) = (rules.schedule().unwrap(), book.events());
        let mut again = CaseBook::restore(&rules, clock, &book.saved()).unwrap();
        assert_eq!((again.events(), again.advanced_to()), (kept, book.advanced_to()), "seed {seed}");
        assert_eq!(view(&again, end), view(&book, end), "seed {seed}");
        for event in &events[saved_after..] {
            let (one, other) = (book.apply(event), again.apply(event));
            assert_eq!(one, other, "seed {seed}: {event:?}");
            let now = event.at + TimeDelta::minutes(random.range(0, 3_000));
            assert_eq!(again.next_wake_up(now), book.next_wake_up(now), "seed {seed} at {now}");
            if random.once_in(3) {
                let told = book.advance(now).unwrap();
                assert_eq!(again.advance(now).unwrap(), told, "seed {seed} at {now}");
                told_later += told.len();
            }
        }
        assert_eq!(again.advance(end).unwrap(), book.advance(end).unwrap(), "seed {seed}");
        assert_eq!(view(&again, end), view(&book, end), "seed {seed}");
    }
    assert!(told_later > 100, "{told_later}");
}

#[test]
fn k14_a_hosts_log_of_what_apply_answered_makes_the_same_book() {
    let (rules, end) = (Rulebook::bol(), at("30 00:00"));
    let (mut taken, mut known, mut aside, mut not_kept) = (0, 0, 0, 0);
    for seed in 0..300 {
        let mut random = Random::new(seed);
        let mut events = log(seed);
        random.shuffle(&mut events);
        let (mut book, mut host, mut advanced_to) = (super::book(), Vec::new(), None);
        for place in 0..events.len() {
            let event = match random.index(6) {
                0 => events[random.index(place + 1)].clone(),
                1 => CaseEvent { case: String::new(), ..events[place].clone() },
                _ => events[place].clone(),
            };
            match book.apply(&event) {
                Ok(Applied::Taken(_)) => taken += 1,
                Ok(Applied::KnownAlready) => known += 1,
                Ok(Applied::KeptAside(_)) => aside += 1,
                Err(_) => {
                    not_kept += 1;
                    continue;
                }
            }
            if random.once_in(3) {
                let now = event.at + TimeDelta::minutes(random.range(0, 3_000));
                book.advance(now).unwrap();
                advanced_to = advanced_to.max(Some(now));
            }
            host.push(event);
        }
        random.shuffle(&mut host);
        let saved = SavedBook { events: host, advanced_to, ..SavedBook::default() };
        let mut again = CaseBook::restore(&rules, rules.schedule().unwrap(), &saved).unwrap();
        assert_eq!(again.advanced_to(), book.advanced_to(), "seed {seed}");
        assert_eq!(again.refused(), book.refused(), "seed {seed}");
        assert_eq!(view(&again, end), view(&book, end), "seed {seed}");
        assert_eq!(again.advance(end).unwrap(), book.advance(end).unwrap(), "seed {seed}");
    }
    assert!(taken.min(known).min(aside).min(not_kept) > 100, "{taken}, {known}, {aside}, {not_kept}");
}

#[test]
fn k13_one_timer_misses_nothing() {
    let end = at("30 00:00");
    for seed in 0..300 {
        let events = log(seed);
        let (mut by_timer, mut at_once) = (empty(seed), empty(seed));
        let (mut heard, mut all) = (Vec::new(), Vec::new());
        for event in &events {
            // The timer goes off at exactly the instants that it was told.
            while let Some(wake) =
                by_timer.next_wake_up(at("01 00:00")).unwrap().filter(|wake| *wake < event.at)
            {
                let early = by_timer.clone().advance(wake - TimeDelta::nanoseconds(1)).unwrap();
                assert!(early.is_empty(), "seed {seed}: {early:?} before {wake}");
                let told = by_timer.advance(wake).unwrap();
                assert!(!told.is_empty(), "seed {seed}: nothing at {wake}");
                heard.extend(told);
            }
            heard.extend(by_timer.apply(event).and_then(Applied::taken).unwrap_or_default());
            all.extend(at_once.apply(event).and_then(Applied::taken).unwrap_or_default());
        }
        heard.extend(by_timer.advance(end).unwrap());
        all.extend(at_once.advance(end).unwrap());
        assert_eq!(sum(&heard), sum(&all), "seed {seed}: {events:#?}");
        assert_eq!(view(&by_timer, end), view(&at_once, end), "seed {seed}");
    }
}

#[test]
fn k13_what_is_to_come_is_what_time_tells_then() {
    let mut to_come = 0;
    for seed in 0..300 {
        let mut book = empty(seed);
        for event in log(seed) {
            let _ = book.apply(&event);
            for until in [event.at, event.at + TimeDelta::hours(30), at("30 00:00")] {
                let coming = book.coming(until).unwrap();
                assert_eq!(coming, book.clone().advance(until).unwrap(), "seed {seed} until {until}");
                to_come += coming.len();
            }
        }
    }
    assert!(to_come > 1_000, "{to_come}");
}

#[test]
fn k13_a_loop_over_wake_ups_ends() {
    let cases = 5_000;
    let mut book = super::book();
    for case in 0..cases {
        let asked = at("13 15:00") + TimeDelta::nanoseconds(case * 37_000_123);
        book.apply(CaseEvent::new(format!("K-{case}"), asked, What::Opened(Opening::by(Party::Customer))))
            .and_then(Applied::taken)
            .unwrap();
    }
    let (mut now, mut rounds, mut told) = (at("13 15:00"), 0, 0);
    while let Some(next) = book.next_wake_up(now).unwrap() {
        told += book.advance(next).unwrap().len();
        (now, rounds) = (next, rounds + 1);
        assert!(rounds <= 2 * cases, "still a wake-up at {next}");
    }
    assert_eq!(told, 10_000);
}

#[test]
fn k14_the_past_is_as_it_was() {
    let mut corrected = 0;
    for seed in 0..200 {
        let events = log(seed);
        let now = at("12 12:00");
        let (mut whole, mut then) = (empty(seed), empty(seed));
        for event in &events {
            let _ = whole.apply(event);
            if event.at <= now {
                let _ = then.apply(event);
            }
        }
        // What is dated later was not known, a correction neither (RULES K16).
        corrected += events.iter().filter(|e| matches!(e.what, What::Corrected { .. }) && e.at > now).count();
        let found = evaluate(&events, &rules(seed), now).unwrap().outcomes;
        let (whole, then) = (view(&whole, now), view(&then, now));
        assert_eq!(
            (&whole.0, &whole.1, &whole.2, &whole.3),
            (&then.0, &then.1, &then.2, &then.3),
            "seed {seed}"
        );
        assert_eq!(found, whole.3, "seed {seed}");
    }
    assert!(corrected > 20, "{corrected}");
}

#[test]
fn c2_the_book_agrees_with_the_clocks_of_sla() {
    let policy =
        Policy::new("bol", vec![Target::new(Metric::FirstReply, Amount::business_hours(24))]).unwrap();
    let sla = Sla::new(policy, Rulebook::bol().schedule().unwrap());
    let mut seen = BTreeMap::new();
    for seed in 0..400 {
        let mut random = Random::new(seed);
        let opened = at("09 08:00") + TimeDelta::minutes(random.range(0, 20_000));
        let mut book = super::book();
        let mut events = vec![SlaEvent::new(opened, SlaSignal::opened_by_requester())];
        book.apply(CaseEvent::new("K-1", opened, super::opened(Party::Customer)))
            .and_then(Applied::taken)
            .unwrap();
        let due = sla.evaluate(&events, opened).unwrap().clocks[0].due.unwrap().to_utc();
        if !random.once_in(3) {
            let reply = if random.once_in(4) {
                due + TimeDelta::nanoseconds(random.range(-1, 2))
            } else {
                opened + TimeDelta::minutes(random.any_size(13))
            };
            events.push(SlaEvent::new(reply, SlaSignal::reply()));
            book.apply(CaseEvent::new("K-1", reply, What::seller_message()))
                .and_then(Applied::taken)
                .unwrap();
        }
        for minutes in [0, 60, 3_000, 9_000] {
            let now = opened + TimeDelta::minutes(minutes);
            let clock = sla.evaluate(&events, now).unwrap().clocks.remove(0);
            let outcome = book.outcomes(now).unwrap().remove(0);
            assert_eq!(outcome.verdict, clock.state, "seed {seed} at {now}");
            assert_eq!(outcome.elapsed, Some(clock.elapsed), "seed {seed} at {now}");
            assert_eq!(outcome.due, clock.due.map(|due| due.to_utc()), "seed {seed}");
            *seen.entry(outcome.verdict).or_insert(0) += 1;
        }
    }
    for state in [ClockState::Running, ClockState::OutsideHours, ClockState::Met, ClockState::Breached] {
        assert!(seen.get(&state).is_some_and(|count| *count > 20), "{seen:?}");
    }
}

#[test]
fn c3_every_door_gives_one_verdict() {
    let rules = Rulebook::bol();
    let norm = BusinessDuration::hours(24);
    let policy = || Policy::new("bol", vec![Target::new(Metric::FirstReply, Amount::business_hours(24))]);
    let mut seen = BTreeMap::new();
    for budget_end in [BudgetEnd::AtClose, BudgetEnd::AtNextOpen] {
        let clock = rules.schedule().unwrap();
        let conventions = clock.conventions().with_budget_end(budget_end);
        let clock = clock.with_conventions(conventions);
        let sla = Sla::new(policy().unwrap(), clock.clone());
        let scenario = Scenario::of(&rules).unwrap().with_clock(clock.clone());
        // Nothing is late in 48 hours that is in time in 24: what changes is what was late.
        let mut lenient = Rulebook::bol();
        lenient.case.first_response_hours = 48;
        let lenient = Scenario::of(&lenient).unwrap().with_clock(clock.clone());
        for seed in 0..150 {
            let mut random = Random::new(seed);
            // Half of them as Friday begins, so that the budget is used up as the weekend does.
            let opened = match random.once_in(2) {
                true => at("13 00:00") + TimeDelta::weeks(random.range(0, 2)),
                false => at("09 00:00") + TimeDelta::minutes(random.range(0, 17_000)),
            };
            let due = clock.add(opened, norm).unwrap();
            let answered = match random.below(4) {
                0 => due + TimeDelta::microseconds(random.range(-1, 2)),
                1 => due + TimeDelta::minutes(random.range(1, 4_000)),
                _ => opened + TimeDelta::minutes(random.range(0, 8_000)),
            };
            let now = answered.max(due) + TimeDelta::hours(1);
            let in_time = answered <= due;
            assert_eq!(clock.within(opened, answered, norm).unwrap(), in_time, "{opened} {answered}");
            let mut column = [!in_time];
            let (asked, came) = ([opened.timestamp_micros()], [answered.timestamp_micros()]);
            clock.timeline().within_many(&asked, &came, norm, &mut column).unwrap();
            assert_eq!(column[0], in_time, "{opened} {answered}");
            let events = [
                SlaEvent::new(opened, SlaSignal::opened_by_requester()),
                SlaEvent::new(answered, SlaSignal::reply()),
            ];
            let verdict = if in_time { ClockState::Met } else { ClockState::Breached };
            assert_eq!(sla.evaluate(&events, now).unwrap().clocks[0].state, verdict);
            let log = [
                CaseEvent::new("K-1", opened, super::opened(Party::Customer)),
                CaseEvent::new("K-1", answered, What::seller_message()),
            ];
            let (book, refused) = CaseBook::replay(&rules, clock.clone(), &log).unwrap();
            assert!(refused.is_empty());
            assert_eq!(book.outcomes(now).unwrap()[0].verdict, verdict, "{opened} {answered}");
            if budget_end == BudgetEnd::AtClose {
                assert_eq!(evaluate(&log, &rules, now).unwrap().outcomes[0].verdict, verdict);
            }
            let week = book.week(IsoWeek::of(opened.with_timezone(&clock.zone()).date_naive()), now).unwrap();
            assert_eq!((week.numerator, week.denominator), (i64::from(in_time), 1));
            let mut weeks = ResponseWeeks::new(clock.zone());
            weeks.add(opened, due, Some(answered), now).unwrap();
            assert_eq!(weeks.numbers()[0].numerator, i64::from(in_time));
            let tried = backtest(&log, &[], &scenario, &lenient, now).unwrap();
            assert_eq!(
                tried.cases.is_empty(),
                in_time || !clock.within(opened, answered, BusinessDuration::hours(48)).unwrap()
            );
            let closed = !clock.is_open(answered).unwrap()
                && !in_time
                && clock.between(opened, answered).unwrap() == norm;
            *seen.entry((in_time, closed)).or_insert(0) += 1;
        }
    }
    // Late without a further clock hour among them.
    assert!(seen.len() == 3 && seen.values().all(|count| *count > 20), "{seen:?}");
}

/// Without what the marketplace fulfils the seller's book would be the same, but for what is sent on to the seller.
#[test]
fn k15_what_the_marketplace_fulfils_is_nowhere_among_the_sellers_cases() {
    let end = at("30 00:00");
    let mut fulfilled_cases = 0;
    for seed in 0..400 {
        let mut random = Random::new(seed);
        let mut events = log(seed);
        // A phone call before the opening makes a case of the seller's own (RULES K9).
        let mut first: BTreeMap<&str, &What> = BTreeMap::new();
        for event in &events {
            first.entry(&event.case).or_insert(&event.what);
        }
        first.retain(|_, what| matches!(what, What::Opened(_)) && random.once_in(2));
        let cases: BTreeSet<String> = first.into_keys().map(str::to_owned).collect();
        let is_theirs = |event: &CaseEvent| cases.contains(&event.case);
        // What is sent on is the seller's, and a correction may say that of any event.
        let may_be_sent_on = |what: &What| matches!(what, What::Forwarded | What::Corrected { .. });
        events.retain(|event| !is_theirs(event) || !may_be_sent_on(&event.what));
        for event in events.iter_mut().filter(|event| is_theirs(event)) {
            if let What::Opened(opening) = &mut event.what {
                opening.origin = Party::Customer;
                opening.kind = random.pick(&[CaseKind::Question, CaseKind::Return]);
                opening.shipping_method = Some(ShippingMethod::Lvb);
                fulfilled_cases += 1;
            }
        }
        let mut sellers = events.clone();
        sellers.retain(|event| !is_theirs(event));
        let ((all, told_of_all), (own, told_of_own)) = (told_by(&events, end), told_by(&sellers, end));
        assert_eq!(told_of_all, told_of_own, "seed {seed}: {events:#?}");
        let (all, own) = (view(&all, end), view(&own, end));
        assert_eq!(
            (&all.0, &all.1, &all.2, &all.3),
            (&own.0, &own.1, &own.2, &own.3),
            "seed {seed}: {events:#?}"
        );
    }
    assert!(fulfilled_cases > 200);
}

/// A book of a log, and what it told up to a time.
fn told_by(events: &[CaseEvent], end: DateTime<Utc>) -> (CaseBook, Vec<(DomainEvent, i32)>) {
    let (mut book, mut told) = (super::book(), Vec::new());
    for event in events {
        told.extend(book.apply(event).and_then(Applied::taken).unwrap_or_default());
    }
    told.extend(book.advance(end).unwrap());
    (book, sum(&told))
}

/// A follow-up stays due since its day, however long, until something happens to the case.
#[test]
fn k17_a_follow_up_is_due_since_its_day_until_something_happens() {
    let until = at("18 09:00");
    let mut book = super::with(&[
        super::event("09 10:00", super::opened(Party::Customer)),
        super::event("09 11:00", What::FollowUp { until: Some(until) }),
    ]);
    let shown = |book: &CaseBook, now| {
        let rows = book.overview(now).unwrap();
        rows.first().and_then(|row| row.follow_up_at).map(|at| at.to_utc())
    };
    let told = |told: Vec<DomainEvent>| {
        told.into_iter().filter(|event| event.what == Happening::FollowUpDue).count()
    };
    let mut times_told = told(book.advance(until - TimeDelta::nanoseconds(1)).unwrap());
    assert_eq!(times_told, 0);
    for days in [0, 1, 30, 400] {
        let now = until + TimeDelta::days(days);
        times_told += told(book.advance(now).unwrap());
        assert_eq!((times_told, shown(&book, now)), (1, Some(until)), "after {days} days");
        assert_eq!(book.overview(now).unwrap()[0].status, CaseStatus::FollowUpLater);
    }
    let now = until + TimeDelta::days(401);
    book.apply(CaseEvent::new("K-1", now, What::seller_message())).and_then(Applied::taken).unwrap();
    assert_eq!(shown(&book, now), None);
}

/// Each clock goes by the rulebook of the week in which it starts, whatever the others of its history say: the same
/// case has the same deadlines under that rulebook alone.
#[test]
fn c9_a_history_times_a_case_as_the_rulebook_of_its_week_does() {
    let history = RulebookHistory::bol().unwrap();
    let mut checked = 0;
    for rules in history.rulebooks().iter().skip(1) {
        let first = klokuur::Zone::from(chrono_tz::Europe::Amsterdam).start_of(rules.valid_from).to_utc();
        // Every seven hours of the week before and of the week after.
        for step in -24..24 {
            let at = first + TimeDelta::hours(7 * step);
            let week = IsoWeek::at(&at, &chrono_tz::Europe::Amsterdam);
            let alone = history.for_week(week).unwrap();
            for (origin, kind) in [
                (Party::Customer, CaseKind::Question),
                (Party::Customer, CaseKind::Return),
                (Party::Customer, CaseKind::Cancellation),
                (Party::Marketplace, CaseKind::Question),
            ] {
                let opened = What::Opened(Opening { kind, ..Opening::by(origin) });
                let mut log = vec![CaseEvent::new("K-1", at, opened)];
                if kind == CaseKind::Return && step % 2 == 0 {
                    log.push(CaseEvent::new("K-1", at, What::Received));
                }
                let until = at + TimeDelta::days(60);
                let told = |mut book: CaseBook| {
                    book.load_all(&log);
                    (book.coming(until).unwrap(), book.outcomes(at).unwrap())
                };
                assert_eq!(
                    told(CaseBook::of(&history).unwrap()),
                    told(CaseBook::of(alone).unwrap()),
                    "{at} {origin} {kind}"
                );
                checked += 1;
            }
        }
    }
    assert_eq!(checked, 4 * 48 * 4);
    // And the regimes do differ.
    let friday = "2021-12-31T09:00:00+01:00".parse::<DateTime<Utc>>().unwrap();
    let due = |days: i64| {
        let mut book = CaseBook::of(&history).unwrap();
        let at = friday + TimeDelta::days(days);
        book.apply(CaseEvent::new("K-1", at, What::Opened(Opening::by(Party::Customer))))
            .and_then(Applied::taken)
            .unwrap();
        book.overview(at).unwrap()[0].due.unwrap().to_utc() - at
    };
    assert_eq!((due(0), due(3)), (TimeDelta::hours(8), TimeDelta::hours(24)));
}
