//! What a policy takes at its limits, and what schedules that change are told apart by.

use chrono::TimeDelta;
use klokuur::sla::{Amount, ClockState, Metric, Policy, Sla, Target};
use klokuur::{BusinessDuration, Schedule};

use super::{at, bol};

fn policy(within: Amount) -> klokuur::Result<Policy> {
    Policy::new("questions", vec![Target::new(Metric::FirstReply, within)])
}

#[test]
fn c6_a_target_is_less_than_292_years() {
    let most = BusinessDuration::from_nanoseconds(i64::MAX);
    assert!(policy(Amount::Business(most)).is_ok());
    let refused =
        policy(Amount::Business(most + BusinessDuration::from_nanoseconds(1))).unwrap_err().to_string();
    assert!(refused.ends_with("accepted is more than zero and less than 292 years"), "{refused}");
    assert!(policy(Amount::Business(BusinessDuration::hours(0))).is_err());
}

#[test]
fn c6_an_amount_says_which_time_it_is() {
    assert_eq!(Amount::business_hours(24).to_string(), BusinessDuration::hours(24).to_string());
    let elapsed = Amount::Elapsed(TimeDelta::milliseconds(1_500));
    assert_eq!(elapsed.to_string(), format!("{} elapsed", BusinessDuration::from_nanoseconds(1_500_000_000)));
    let text = serde_json::to_string(&elapsed).unwrap();
    assert_eq!(serde_json::from_str::<Amount>(&text).unwrap(), elapsed);
}

#[test]
fn c6_a_clock_is_active_until_its_end() {
    let active: Vec<ClockState> = ClockState::ALL.iter().copied().filter(|state| state.is_active()).collect();
    assert_eq!(active, [ClockState::Running, ClockState::OutsideHours, ClockState::Paused]);
}

#[test]
fn c5_schedules_are_told_apart_by_when_they_begin() {
    let office = || Schedule::parse("Mo-Fr 09:00-17:00", chrono_tz::Europe::Amsterdam).unwrap();
    let sla = || Sla::new(policy(Amount::business_hours(24)).unwrap(), bol());
    let print = |sla: &Sla| sla.fingerprints().schedule;
    let (march, april) = (at("2026-03-02T00:00:00Z"), at("2026-04-06T00:00:00Z"));
    let one = sla().switched(march, office()).unwrap();
    assert_ne!(print(&one), Some(office().fingerprint()));
    assert_ne!(print(&one), print(&sla().switched(april, office()).unwrap()));
    // Of one instant the last counts.
    let again = sla().switched(march, bol()).unwrap().switched(march, office()).unwrap();
    assert_eq!(print(&again), print(&one));
    let both = one.switched(april, bol()).unwrap();
    assert_ne!(print(&both), print(&again));
}
