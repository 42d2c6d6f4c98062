//! One hot piece of work, to be counted in instructions: `counts NAME N` does it N times; `counts` lists the names.
//!
//! `tools/counts.sh` runs each under callgrind and counts what [`measured`] does alone, not the making of its input. An
//! instruction is the same on a busy machine, so a slower build shows where time would not tell.

// A benchmark may stop where it breaks.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::hint::black_box;

use chrono::{DateTime, TimeDelta, Utc};
use klokuur::case::{CaseBook, CaseEvent, Opening, Party, What};
use klokuur::log::{LogReader, Mapping, Rows};
use klokuur::norm::{ResponseWeeks, WeekNumbers, judge_weeks};
use klokuur::standing::{JudgedWeek, Ledger};
use klokuur::{BusinessDuration, HolidayCalendar, IsoWeek, Nps, Rulebook, Schedule, Timeline};

const MICROSECONDS_OF_A_DAY: i64 = 86_400_000_000;

type Work = fn(usize);

const WORK: [(&str, Work); 20] = [
    ("chrono-there-and-back", chrono_there_and_back),
    ("add", add),
    ("between", between),
    ("explain", explain),
    ("add-row", add_row),
    ("between-row", between_row),
    ("between-row-lunch", between_row_lunch),
    ("between-row-ten-years", between_row_ten_years),
    ("schedule", schedule),
    ("apply-event", apply_event),
    ("load-event", load_event),
    ("evaluate-event", evaluate_event),
    ("empty-book", empty_book),
    ("another-book", another_book),
    ("overview-page", overview_page),
    ("week-of-a-case", week_of_a_case),
    ("judged-week", judged_week),
    ("week-of-a-ledger", week_of_a_ledger),
    ("nps-score", nps_score),
    ("nps-interval", nps_interval),
];

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (Some(name), Some(n)) = (arguments.next(), arguments.next()) else {
        WORK.iter().for_each(|(name, _)| println!("{name}"));
        return;
    };
    let (_, work) = WORK.iter().find(|(known, _)| *known == name).expect("a name of the list");
    work(n.parse().expect("a number"));
}

/// What is counted. Callgrind begins and stops at this name.
#[inline(never)]
fn measured<T>(work: impl FnOnce() -> T) -> T {
    black_box(work())
}

fn clock(hours: &str) -> Timeline {
    let schedule = Schedule::parse(hours, chrono_tz::Europe::Amsterdam).unwrap();
    schedule.with_holidays(HolidayCalendar::netherlands()).unwrap().timeline().clone()
}

/// SplitMix64.
fn random(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// Random starts within ten years from 2016, and ends up to `days` later.
fn columns(n: usize, days: i64) -> (Vec<i64>, Vec<i64>) {
    let mut state = 1;
    let mut below = |limit: i64| (random(&mut state) % limit as u64) as i64;
    let from: Vec<i64> =
        (0..n).map(|_| 1_451_606_400_000_000 + below(3652 * MICROSECONDS_OF_A_DAY)).collect();
    let to = from.iter().map(|at| at + below(days * MICROSECONDS_OF_A_DAY)).collect();
    (from, to)
}

fn instants(n: usize, days: i64) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
    let (from, to) = columns(n, days);
    let at = |micros: &i64| DateTime::from_timestamp_micros(*micros).unwrap();
    from.iter().zip(&to).map(|(from, to)| (at(from), at(to))).collect()
}

/// What chrono alone asks for a date and time as a number and for the number as a date and time: the floor of `add`.
fn chrono_there_and_back(n: usize) {
    let rows = instants(n, 30);
    let moved =
        |at: DateTime<Utc>| DateTime::from_timestamp(at.timestamp() + 86_400, at.timestamp_subsec_nanos());
    measured(|| {
        for row in &rows {
            black_box(moved(black_box(row.0)));
        }
    });
}

fn add(n: usize) {
    let (timeline, rows) = (clock("Mo-Fr 00:00-24:00"), instants(n, 30));
    let budget = BusinessDuration::hours(24);
    timeline.add(rows[0].0, budget).unwrap();
    measured(|| rows.iter().for_each(|row| drop(black_box(timeline.add(row.0, budget)))));
}

fn between(n: usize) {
    let (timeline, rows) = (clock("Mo-Fr 00:00-24:00"), instants(n, 30));
    timeline.between(rows[0].0, rows[0].1).unwrap();
    measured(|| rows.iter().for_each(|row| drop(black_box(timeline.between(row.0, row.1)))));
}

fn explain(n: usize) {
    let (timeline, rows) = (clock("Mo-Fr 00:00-24:00"), instants(n, 7));
    timeline.explain(rows[0].0, rows[0].1).unwrap();
    measured(|| rows.iter().for_each(|row| drop(black_box(timeline.explain(row.0, row.1)))));
}

fn add_row(n: usize) {
    let (timeline, (from, _), mut out) = (clock("Mo-Fr 09:00-17:00"), columns(n, 30), vec![0; n]);
    let budget = BusinessDuration::hours(24);
    timeline.add_many(&from[..1], budget, &mut out[..1]).unwrap();
    measured(|| timeline.add_many(&from[..], budget, &mut out).unwrap());
}

fn between_rows(hours: &str, n: usize, days: i64) {
    let (timeline, (from, to), mut out) = (clock(hours), columns(n, days), vec![0; n]);
    timeline.between_many(&from[..1], &to[..1], &mut out[..1]).unwrap();
    measured(|| timeline.between_many(&from[..], &to[..], &mut out).unwrap());
}

fn between_row(n: usize) {
    between_rows("Mo-Fr 09:00-17:00", n, 30);
}

fn between_row_lunch(n: usize) {
    between_rows("Mo-Fr 09:00-12:30,13:00-17:30; Sa 10:00-14:00", n, 30);
}

fn between_row_ten_years(n: usize) {
    between_rows("Mo-Fr 09:00-17:00", n, 3652);
}

fn schedule(n: usize) {
    measured(|| (0..n).for_each(|_| drop(black_box(clock("Mo-Fr 09:00-17:00")))));
}

/// Cases of three events each, in the order of time, every other answered late.
fn events(n: usize) -> Vec<CaseEvent> {
    let start = "2026-03-02T08:00:00Z".parse::<DateTime<Utc>>().unwrap();
    let event = |i: usize| {
        let (case, step) = (i / 3, i % 3);
        let waited = [0, if case.is_multiple_of(2) { 90 } else { 6_000 }, 6_100][step];
        let what = match step {
            0 => What::Opened(Opening::by(Party::Customer)),
            1 => What::seller_message(),
            _ => What::closed(Party::Seller),
        };
        CaseEvent::new(format!("K-{case}"), start + TimeDelta::minutes((case * 7 + waited) as i64), what)
    };
    let mut events: Vec<CaseEvent> = (0..n).map(event).collect();
    events.sort_by_key(|event| event.at);
    events
}

fn apply_event(n: usize) {
    let (mut book, events) = (CaseBook::of(&Rulebook::bol()).unwrap(), events(n));
    measured(|| events.into_iter().for_each(|event| drop(black_box(book.apply(event)))));
}

fn load_event(n: usize) {
    let (mut book, events) = (CaseBook::of(&Rulebook::bol()).unwrap(), events(n));
    measured(|| drop(black_box(book.load_all(events))));
}

fn empty_book(n: usize) {
    let rules = Rulebook::bol();
    CaseBook::of(&rules).unwrap();
    measured(|| (0..n).for_each(|_| drop(black_box(CaseBook::of(&rules)))));
}

/// An empty book of a further seller, by the rules that another book has ready.
fn another_book(n: usize) {
    let book = CaseBook::of(&Rulebook::bol()).unwrap();
    measured(|| (0..n).for_each(|_| drop(black_box(book.another()))));
}

/// The first 50 of 10,000 open cases, in a book that has its order.
fn overview_page(n: usize) {
    let mut book = CaseBook::of(&Rulebook::bol()).unwrap();
    let opened: Vec<CaseEvent> =
        events(30_000).into_iter().filter(|event| matches!(event.what, What::Opened(_))).collect();
    let now = opened.last().unwrap().at;
    drop(book.load_all(opened));
    book.advance(now).unwrap();
    book.overview_page(now, 0, 1).unwrap();
    measured(|| (0..n).for_each(|_| drop(black_box(book.overview_page(now, 0, 50)))));
}

fn evaluate_event(n: usize) {
    let row = |event: CaseEvent| {
        let name = match event.what {
            What::Opened(_) => "opened",
            What::Closed { .. } => "closed",
            _ => "seller_message",
        };
        [event.case, event.at.to_rfc3339(), name.to_owned()]
    };
    let (log, mapping) =
        (Rows::new(["case", "at", "event"], events(n).into_iter().map(row)), Mapping::default());
    let (reader, rules) = (LogReader::new(&log, &mapping).unwrap(), Rulebook::bol());
    let now = "2026-12-01T00:00:00Z".parse::<DateTime<Utc>>().unwrap();
    measured(|| reader.evaluate_columns(0..n, &rules, now).unwrap());
}

fn week_of_a_case(n: usize) {
    let ((asked, answered), mut due) = (columns(n, 3), vec![0; n]);
    clock("Mo-Fr 00:00-24:00").add_many(&asked[..], BusinessDuration::hours(24), &mut due).unwrap();
    let now = "2026-12-01T00:00:00Z".parse::<DateTime<Utc>>().unwrap();
    let mut weeks = ResponseWeeks::new(chrono_tz::Europe::Amsterdam);
    measured(|| weeks.add_many(&asked, &due, &answered, now).unwrap());
}

fn judged_week(n: usize) {
    let first: IsoWeek = "1950-W01".parse().unwrap();
    let week = |i: usize| WeekNumbers::new("response_time", first.plus(i as i32), 90, 100);
    let (numbers, rules): (Vec<WeekNumbers>, _) = ((0..n).map(week).collect(), Rulebook::bol());
    let now = "2026-12-01T00:00:00Z".parse::<DateTime<Utc>>().unwrap();
    measured(|| judge_weeks(&rules, &numbers, now).unwrap());
}

fn week_of_a_ledger(n: usize) {
    let first: IsoWeek = "1950-W01".parse().unwrap();
    let bad = |i: usize| {
        JudgedWeek::bad(first.plus(i as i32), if i.is_multiple_of(5) { &["response_time"] } else { &[] })
    };
    let (weeks, rules): (Vec<JudgedWeek>, _) = ((0..n).map(bad).collect(), Rulebook::bol());
    measured(|| Ledger::new(&rules, weeks, Vec::new()).unwrap().history());
}

fn nps_score(n: usize) {
    let mut state = 1;
    let scores: Vec<u8> = (0..n).map(|_| (random(&mut state) % 11) as u8).collect();
    measured(|| Nps::from_column(&scores).unwrap());
}

fn nps_interval(n: usize) {
    let tally = Nps::from_counts(120, 40, 30).unwrap();
    measured(|| (0..n).for_each(|_| drop(black_box(black_box(tally).interval(0.95)))));
}
