//! Phone availability (RULES T1, T2) beyond the vectors.

use chrono::{DateTime, TimeZone, Utc};
use klokuur::Rulebook;
use klokuur::norm::{Verdict, judge};
use klokuur::phone::{CallAttempt, PhoneHours, phone_weeks, phone_weeks_of_columns};
use klokuur::rulebook::RulebookHistory;

fn at(hour: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 9, hour, 0, 0).unwrap()
}

fn calls(answered: usize, missed: usize, hour: u32) -> Vec<CallAttempt> {
    let call = |answered| CallAttempt { at: at(hour), answered };
    [vec![call(true); answered], vec![call(false); missed]].concat()
}

#[test]
fn t1_ninety_percent_of_attempts_in_office_hours() {
    let rules = Rulebook::bol();
    let hours = PhoneHours::of(&rules).unwrap();
    let now = Utc.with_ymd_and_hms(2026, 4, 1, 0, 0, 0).unwrap();
    let verdict = |calls: &[CallAttempt]| {
        judge(&rules, &phone_weeks(calls, &hours).unwrap()[0].numbers(), now).unwrap().verdict
    };
    assert_eq!(verdict(&calls(9, 1, 10)), Verdict::Conforms);
    assert_eq!(verdict(&calls(89, 11, 10)), Verdict::Missed);
    // 04:00 UTC is 05:00 there: not counted, so no data and no verdict.
    assert_eq!(verdict(&calls(0, 5, 4)), Verdict::NoData);
}

#[test]
fn t2_wider_hours_do_not_change_the_norm_unless_the_rulebook_says_so() {
    let mut rules = Rulebook::bol();
    let evening = calls(0, 3, 19);
    let counted = |rules: &Rulebook| {
        let hours = PhoneHours::of(rules).unwrap().reachable("Mo-Fr 08:00-22:00").unwrap();
        assert!(hours.is_reachable(at(19)).unwrap());
        assert!(hours.reachable_hours().to_string().contains("08:00-22:00"));
        phone_weeks(&evening, &hours).unwrap()[0].attempts
    };
    assert_eq!(counted(&rules), 0);
    if let Some(phone) = &mut rules.phone {
        phone.extra_hours_count = true;
    }
    assert_eq!(counted(&rules), 3);
}

#[test]
fn t1_columns_agree_with_rows_and_name_a_bad_row() {
    let hours = PhoneHours::of(&Rulebook::bol()).unwrap();
    let rows = [calls(3, 2, 9), calls(1, 1, 18)].concat();
    let mut times: Vec<i64> = rows.iter().map(|call| call.at.timestamp_micros()).collect();
    let mut answered: Vec<bool> = rows.iter().map(|call| call.answered).collect();
    times.push(i64::MIN);
    answered.push(true);
    let by_rows = phone_weeks(&rows, &hours).unwrap();
    assert_eq!(phone_weeks_of_columns(&times, &answered, &hours).unwrap(), by_rows);
    times[2] = i64::MAX;
    let error = phone_weeks_of_columns(&times, &answered, &hours).unwrap_err();
    assert!(error.to_string().starts_with("row 2:"), "{error}");
    assert_eq!(error.code(), "out_of_range");
    assert_eq!(phone_weeks_of_columns(&[0], &[], &hours).unwrap_err().code(), "length_mismatch");
}

#[test]
fn s6_calls_count_by_the_hours_of_the_rulebook_of_their_week() {
    let mut old = Rulebook::shipped("bol-2024").unwrap();
    old.phone.as_mut().unwrap().hours = "Mo-Fr 08:00-20:00; PH off".into();
    let history = RulebookHistory::new(vec![old.clone(), Rulebook::bol()]).unwrap();
    let attempts = |rules: &dyn Fn() -> PhoneHours, at| {
        phone_weeks(&[CallAttempt { at, answered: false }], &rules()).unwrap()[0].attempts
    };
    let evening = at(18); // 19:00 there
    assert_eq!(attempts(&|| PhoneHours::of(&old).unwrap(), evening), 1);
    assert_eq!(attempts(&|| PhoneHours::of(&history).unwrap(), evening), 1);
    assert_eq!(attempts(&|| PhoneHours::of(&Rulebook::bol()).unwrap(), evening), 0);
    // From 29 June on the newest counts; its first week begins then.
    let last = Utc.with_ymd_and_hms(2026, 6, 26, 17, 30, 0).unwrap();
    assert_eq!(attempts(&|| PhoneHours::of(&history).unwrap(), last), 1);
    assert_eq!(attempts(&|| PhoneHours::of(&history).unwrap(), last + chrono::TimeDelta::days(3)), 0);
}
