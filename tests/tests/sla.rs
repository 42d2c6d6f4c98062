//! The clocks of `sla` beside a slow simulation that steps through time and adds up quarter hours.

mod edges;
mod simulation;

use chrono::{DateTime, TimeDelta, Utc};
use klokuur::schedule::{BudgetEnd, Conventions, ScheduleChange};
use klokuur::sla::{
    Amount, ClockState, Metric, MetricStatus, OnMessage, OnReopened, OnSolved, Policy, Sla, SlaEvent,
    SlaSignal, Target, TicketStatus, Warning,
};
use klokuur::{HolidayCalendar, KlokuurError, Schedule};
use klokuur_tests::random::Random;

use simulation::{Scenario, Signature};

fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

fn bol() -> Schedule {
    Schedule::parse("Mo-Fr 00:00-24:00; PH off", chrono_tz::Europe::Amsterdam)
        .unwrap()
        .with_holidays(HolidayCalendar::netherlands())
        .unwrap()
}

fn first_reply() -> Sla {
    let target = Target::new(Metric::FirstReply, Amount::business_hours(24))
        .with_warning(Warning::After(Amount::business_hours(18)));
    Sla::new(Policy::new("questions", vec![target]).unwrap(), bol())
}

fn signature(sla: &Sla, events: &[SlaEvent], now: DateTime<Utc>) -> Signature {
    let clocks = sla.evaluate(events, now).unwrap().clocks;
    clocks
        .iter()
        .map(|c| (c.metric, c.cycle, c.state, c.thresholds.iter().filter(|t| t.reached).count()))
        .collect()
}

#[test]
fn c6_clocks_agree_with_a_walk_through_time() {
    for seed in 0..300 {
        let scenario = Scenario::random(seed);
        let sla = scenario.sla();
        for now in scenario.probes() {
            let found = sla.evaluate(&scenario.events, now).unwrap();
            let expected = scenario.simulate(now);
            assert_eq!(found.clocks.len(), expected.len(), "{scenario:#?} at {now}");
            for (clock, sim) in found.clocks.iter().zip(&expected) {
                let reached = clock.thresholds.iter().filter(|t| t.reached).count();
                let found = (clock.metric, clock.cycle, clock.state, reached);
                assert_eq!(found, sim.signature(), "{scenario:#?} at {now}: {clock:#?}");
                assert_eq!(clock.elapsed.as_nanoseconds(), sim.used, "{scenario:#?} at {now}: {clock:#?}");
                assert_eq!(clock.started.map(|t| t.to_utc()), sim.started, "{scenario:#?} at {now}");
                if let Some(due) = sim.due {
                    assert_eq!(
                        clock.due.map(|t| t.to_utc()),
                        Some(due),
                        "{scenario:#?} at {now}: {clock:#?}"
                    );
                }
                let counted = clock.why.as_ref().map_or(0, |why| why.counted.as_nanoseconds());
                assert_eq!(counted, sim.used, "{scenario:#?} at {now}: {clock:#?}");
            }
        }
    }
}

#[test]
fn c6_nothing_changes_between_two_next_events() {
    let nanosecond = TimeDelta::nanoseconds(1);
    for seed in 0..150 {
        let scenario = Scenario::random(seed);
        let sla = scenario.sla();
        let probes = scenario.probes();
        // Only what time does: the events up to some instant, none after it.
        let from = Random::new(seed).pick(&probes);
        let known: Vec<SlaEvent> = scenario.events.iter().copied().filter(|e| e.at <= from).collect();
        let mut now = from;
        for _ in 0..12 {
            let before = signature(&sla, &known, now);
            let next = sla.next_event(&known, now).unwrap().map(|next| next.at.to_utc());
            let quiet = probes.iter().filter(|p| **p > now && next.is_none_or(|next| **p < next));
            for &probe in quiet {
                assert_eq!(
                    signature(&sla, &known, probe),
                    before,
                    "{scenario:#?}: {now} to {next:?} at {probe}"
                );
            }
            let Some(next) = next else { break };
            assert!(next > now);
            assert_eq!(signature(&sla, &known, next - nanosecond), before, "{scenario:#?}: before {next}");
            assert_ne!(signature(&sla, &known, next), before, "{scenario:#?}: at {next}");
            now = next;
        }
    }
}

#[test]
fn c6_the_order_of_arrival_does_not_matter() {
    for seed in 0..100 {
        let scenario = Scenario::random(seed);
        let (sla, now) = (scenario.sla(), scenario.end());
        let mut events = scenario.events.clone();
        let expected = sla.evaluate(&events, now).unwrap();
        let mut random = Random::new(seed);
        for _ in 0..3 {
            for i in (1..events.len()).rev() {
                events.swap(i, random.index(i + 1));
            }
            events.push(random.pick(&events));
            assert_eq!(sla.evaluate(&events, now).unwrap(), expected);
        }
    }
}

#[test]
fn c3_answered_at_the_deadline_is_met_and_one_nanosecond_later_is_late_forever() {
    let sla = first_reply();
    let opened = SlaEvent::new(at("2026-03-13T15:00:00+01:00"), SlaSignal::opened_by_requester());
    let due = at("2026-03-16T15:00:00+01:00");
    let late = due + TimeDelta::nanoseconds(1);
    let state = |events: &[SlaEvent], now| sla.evaluate(events, now).unwrap().clocks[0].state;
    assert_eq!(state(&[opened], due), ClockState::Running);
    assert_eq!(state(&[opened], late), ClockState::Breached);
    let much_later = at("2026-05-01T00:00:00Z");
    assert_eq!(state(&[opened, SlaEvent::new(due, SlaSignal::reply())], much_later), ClockState::Met);
    let answered_late = [opened, SlaEvent::new(late, SlaSignal::reply())];
    assert_eq!(state(&answered_late, late), ClockState::Breached);
    assert_eq!(state(&answered_late, much_later), ClockState::Breached);
    let status = sla.evaluate(&answered_late, much_later).unwrap();
    assert_eq!(status.clocks[0].late.as_nanoseconds(), 1);
    assert_eq!(status.clocks[0].late_wall, TimeDelta::nanoseconds(1));
    assert!(status.clocks[0].remaining.is_zero());
}

#[test]
fn c2_warned_at_18_and_breached_after_24() {
    let sla = first_reply();
    let opened = [SlaEvent::new(at("2026-03-14T10:00:00+01:00"), SlaSignal::opened_by_requester())];
    let mut now = opened[0].at;
    let mut seen = Vec::new();
    while let Some(next) = sla.next_event(&opened, now).unwrap() {
        now = next.at.to_utc();
        seen.push((now, next.changes[0].to, next.changes[0].warnings.len()));
    }
    let breach = at("2026-03-17T00:00:00+01:00") + TimeDelta::nanoseconds(1);
    let expected = [
        (at("2026-03-16T00:00:00+01:00"), ClockState::Running, 0),
        (at("2026-03-16T18:00:00+01:00"), ClockState::Running, 1),
        (breach, ClockState::Breached, 0),
    ];
    assert_eq!(seen, expected);
}

#[test]
fn c6_next_reply_has_a_cycle_for_every_message_after_a_reply() {
    let target = Target::new(Metric::NextReply, Amount::elapsed_hours(2));
    let sla = Sla::new(Policy::new("replies", vec![target]).unwrap(), bol());
    let event = |hour: u32, what| SlaEvent::new(at(&format!("2026-03-10T{hour:02}:00:00Z")), what);
    let events = [
        event(1, SlaSignal::opened_by_requester()),
        event(2, SlaSignal::RequesterMessage),
        event(3, SlaSignal::reply()),
        event(4, SlaSignal::RequesterMessage),
        event(5, SlaSignal::RequesterMessage),
        event(6, SlaSignal::reply()),
        event(7, SlaSignal::RequesterMessage),
        event(8, SlaSignal::AgentReply { automatic: true }),
        event(10, SlaSignal::reply()),
        event(11, SlaSignal::RequesterMessage),
    ];
    let clocks = sla.evaluate(&events, at("2026-03-10T12:00:00Z")).unwrap().clocks;
    let states: Vec<_> = clocks.iter().map(|c| (c.cycle, c.state)).collect();
    let expected = [(1, ClockState::Met), (2, ClockState::Breached), (3, ClockState::Running)];
    assert_eq!(states, expected);
}

#[test]
fn c6_reopening_does_what_the_policy_says() {
    let event = |hour: u32, what| SlaEvent::new(at(&format!("2026-03-10T{hour:02}:00:00Z")), what);
    let events = [
        event(1, SlaSignal::opened_by_requester()),
        event(3, SlaSignal::Solved),
        event(5, SlaSignal::Status(TicketStatus::Open)),
    ];
    let clocks = |rule| {
        let target = Target::new(Metric::TotalResolution, Amount::elapsed_hours(10)).with_on_reopened(rule);
        let sla = Sla::new(Policy::new("resolution", vec![target]).unwrap(), bol());
        let clocks = sla.evaluate(&events, at("2026-03-10T06:00:00Z")).unwrap().clocks;
        clocks.iter().map(|c| (c.state, c.elapsed)).collect::<Vec<_>>()
    };
    assert_eq!(clocks(OnReopened::Nothing), [(ClockState::Met, Amount::elapsed_hours(2))]);
    assert_eq!(clocks(OnReopened::Resume), [(ClockState::Running, Amount::elapsed_hours(3))]);
    let restarted =
        [(ClockState::Met, Amount::elapsed_hours(2)), (ClockState::Running, Amount::elapsed_hours(1))];
    assert_eq!(clocks(OnReopened::Restart), restarted);
}

#[test]
fn c6_a_policy_is_refused_with_a_reason() {
    let target = |within| Target::new(Metric::FirstReply, within);
    let refused = |targets: Vec<Target>| match Policy::new("p", targets) {
        Err(error @ KlokuurError::InvalidValue { .. }) => error.to_string(),
        other => panic!("{other:?}"),
    };
    assert!(refused(vec![]).contains("at least one target"));
    assert!(refused(vec![target(Amount::business_hours(0))]).contains("more than zero"));
    let twice = vec![target(Amount::business_hours(1)), target(Amount::business_hours(2))];
    assert!(refused(twice).contains("one target a metric"));
    let hours = Amount::business_hours(4);
    assert!(refused(vec![target(hours).with_warning(Warning::Percent(101))]).contains("within the target"));
    let other_time = Warning::After(Amount::elapsed_hours(1));
    assert!(refused(vec![target(hours).with_warning(other_time)]).contains("same kind of time"));
    assert!(refused(vec![target(hours).with_pauses([TicketStatus::Solved])]).contains("solved ticket"));
}

#[test]
fn c6_a_policy_is_a_document() {
    let policy = Policy::new(
        "all",
        vec![
            Target::new(Metric::RequesterWait, Amount::business_hours(8))
                .with_warning(Warning::Percent(80))
                .with_on_solved(OnSolved::Fulfil)
                .with_on_message(OnMessage::Restart),
            Target::new(Metric::TotalResolution, Amount::elapsed_hours(72)),
        ],
    )
    .unwrap()
    .with_schedule_change(ScheduleChange::AsOfStart);
    let text = serde_json::to_string(&policy).unwrap();
    assert_eq!(serde_json::from_str::<Policy>(&text).unwrap(), policy);
    assert!(serde_json::from_str::<Policy>(r#"{"name":"x","targets":[]}"#).is_err());
    assert!(serde_json::from_str::<Policy>(r#"{"name":"x","targets":[],"colour":"red"}"#).is_err());
}

#[test]
fn c8_elapsed_time_is_told_from_the_start_of_each_local_date() {
    // In Córdoba, 20 October 1991 begins at 02:00: two hours were skipped at midnight.
    let zone = chrono_tz::America::Argentina::Cordoba;
    let target = Target::new(Metric::TotalResolution, Amount::elapsed_hours(240));
    let sla = Sla::new(Policy::new("p", vec![target]).unwrap(), Schedule::parse("24/7", zone).unwrap());
    let (opened, now) = (at("1991-10-18T16:00:00Z"), at("1991-10-22T16:00:00Z"));
    let found = sla.evaluate(&[SlaEvent::new(opened, SlaSignal::opened_by_requester())], now).unwrap();
    let why = found.clocks[0].why.as_ref().unwrap();
    let told: Vec<_> =
        why.stretches.iter().map(|stretch| (stretch.from.to_rfc3339(), stretch.to.to_rfc3339())).collect();
    assert_eq!(told[1], ("1991-10-19T00:00:00-04:00".into(), "1991-10-20T02:00:00-02:00".into()));
    // As a schedule that is always open explains the same time.
    let explained = Schedule::parse("24/7", zone).unwrap().explain(opened, now).unwrap();
    let expected: Vec<_> = explained
        .stretches
        .iter()
        .map(|stretch| (stretch.from.to_rfc3339(), stretch.to.to_rfc3339()))
        .collect();
    assert_eq!(told, expected);
}

#[test]
fn c6_a_budget_used_up_just_before_a_rest_ends_where_the_schedule_says() {
    let office = Schedule::parse("Mo-Fr 09:00-17:00", chrono_tz::Europe::Amsterdam).unwrap();
    let due = |budget_end| {
        let target = Target::new(Metric::TotalResolution, Amount::business_hours(4))
            .with_pauses([TicketStatus::Pending]);
        let schedule = office.with_conventions(Conventions::default().with_budget_end(budget_end));
        let sla = Sla::new(Policy::new("resolution", vec![target]).unwrap(), schedule);
        let event = |hour: u32, what| SlaEvent::new(at(&format!("2026-03-10T{hour:02}:00:00+01:00")), what);
        let events = [
            event(9, SlaSignal::opened_by_requester()),
            // All four hours are used, and the clock rests at once: it is due when it goes on.
            event(13, SlaSignal::Status(TicketStatus::Pending)),
            event(20, SlaSignal::Status(TicketStatus::Open)),
        ];
        let clocks = sla.evaluate(&events, at("2026-03-10T21:00:00+01:00")).unwrap().clocks;
        clocks[0].due.unwrap().to_utc()
    };
    assert_eq!(due(BudgetEnd::AtClose), at("2026-03-10T20:00:00+01:00"));
    assert_eq!(due(BudgetEnd::AtNextOpen), at("2026-03-11T09:00:00+01:00"));
}

#[test]
fn c5_a_schedule_that_begins_when_another_does_takes_its_place() {
    let (asked, change) = (at("2026-03-10T08:00:00Z"), at("2026-03-10T09:00:00Z"));
    let hours = |text: &str| Schedule::parse(text, chrono_tz::UTC).unwrap();
    let once = first_reply().switched(change, hours("Mo-Fr 12:00-18:00")).unwrap();
    let twice = first_reply()
        .switched(change, hours("24/7"))
        .unwrap()
        .switched(change + TimeDelta::days(30), hours("24/7"))
        .unwrap()
        .switched(change, hours("Mo-Fr 12:00-18:00"))
        .unwrap();
    let due = |sla: &Sla| {
        let opened = [SlaEvent::new(asked, SlaSignal::opened_by_requester())];
        sla.evaluate(&opened, change).unwrap().clocks[0].due
    };
    assert_eq!(due(&twice), due(&once));
}

#[test]
fn c6_an_evaluation_answers_by_metric_and_by_what_is_due_first() {
    let targets = vec![
        Target::new(Metric::FirstReply, Amount::elapsed_hours(1)),
        Target::new(Metric::NextReply, Amount::elapsed_hours(9)),
        Target::new(Metric::TotalResolution, Amount::elapsed_hours(5)),
    ];
    let policy = Policy::new("all", targets).unwrap();
    assert_eq!(policy.name(), "all");
    let event = |hour: u32, what| SlaEvent::new(at(&format!("2026-03-10T{hour:02}:00:00Z")), what);
    let mut events = vec![event(1, SlaSignal::opened_by_requester()), event(2, SlaSignal::reply())];
    for (asked, answered) in [(3, 4), (5, 6)] {
        events.extend([event(asked, SlaSignal::RequesterMessage), event(answered, SlaSignal::reply())]);
    }
    let sla = Sla::new(policy, bol());
    let found = sla.evaluate(&events[..5], at("2026-03-10T05:00:00Z")).unwrap();
    let named = |clock: Option<&MetricStatus>| clock.map(|clock| (clock.metric, clock.cycle, clock.state));
    assert_eq!(named(found.last(Metric::NextReply)), Some((Metric::NextReply, 2, ClockState::Running)));
    assert_eq!(named(found.last(Metric::FirstReply)), Some((Metric::FirstReply, 1, ClockState::Met)));
    assert_eq!(named(found.last(Metric::RequesterWait)), None);
    // What ended is due no more: of the two that run, one is due at 06:00 and one at 14:00.
    assert_eq!(found.first_due().map(|clock| clock.metric), Some(Metric::TotalResolution));
}
