//! What business time costs per row and per call, beside a plain `b - a` over the same columns.
//!
//! `cargo bench -p klokuur-benches --bench timeline` prints the rounds of divan and then a table of ratios: medians of
//! interleaved rounds, so that what else the machine does falls on all alike.

// A benchmark may stop where it breaks, and a checked index is part of what it measures.
#![allow(clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::hint::black_box;
use std::time::Instant;

use chrono::{DateTime, Utc};
use divan::Bencher;
use divan::counter::ItemsCount;
use klokuur::{BusinessDuration, HolidayCalendar, Schedule, Timeline};

const ROWS: usize = 1_000_000;
const DAY: i64 = 86_400_000_000;
const START_2016: i64 = 1_451_606_400_000_000;

const SCHEDULES: [&str; 3] = ["clock", "office", "lunch"];
const SPANS: [(&str, i64); 3] = [("day", 1), ("year", 365), ("ten years", 3652)];

fn schedule(name: &str) -> Schedule {
    let text = match name {
        "clock" => "Mo-Fr 00:00-24:00",
        "office" => "Mo-Fr 09:00-17:00",
        _ => "Mo-Fr 09:00-12:30,13:00-17:30; Sa 10:00-14:00",
    };
    let schedule = Schedule::parse(text, chrono_tz::Europe::Amsterdam);
    schedule.and_then(|s| s.with_holidays(HolidayCalendar::netherlands())).unwrap_or_else(|e| panic!("{e}"))
}

/// Random starts within ten years, and ends up to `days` later.
fn columns(rows: usize, days: i64) -> (Vec<i64>, Vec<i64>) {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut below = |limit: i64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % limit as u64) as i64
    };
    let from: Vec<i64> = (0..rows).map(|_| START_2016 + below(3652 * DAY)).collect();
    let to = from.iter().map(|at| at + below(days * DAY)).collect();
    (from, to)
}

fn minus(from: &[i64], to: &[i64], out: &mut [i64]) {
    for ((out, from), to) in out.iter_mut().zip(from).zip(to) {
        *out = to.wrapping_sub(*from);
    }
}

fn instants(column: &[i64]) -> Vec<DateTime<Utc>> {
    column.iter().filter_map(|at| DateTime::from_timestamp_micros(*at)).collect()
}

fn main() {
    divan::main();
    if !std::env::args().any(|arg| arg == "--test" || arg == "--list") {
        ratios();
    }
}

#[divan::bench(args = SPANS.map(|s| s.0))]
fn plain_minus(bencher: Bencher<'_, '_>, span: &str) {
    let (from, to) = columns(ROWS, days(span));
    let mut out = vec![0; ROWS];
    bencher.counter(ItemsCount::new(ROWS)).bench_local(|| minus(&from, &to, black_box(&mut out)));
}

#[divan::bench(args = SPANS.map(|s| s.0), consts = [0, 1, 2])]
fn between_many<const SCHEDULE: usize>(bencher: Bencher<'_, '_>, span: &str) {
    let (from, to) = columns(ROWS, days(span));
    let mut out = vec![0; ROWS];
    let timeline = schedule(SCHEDULES[SCHEDULE]).timeline();
    bencher
        .counter(ItemsCount::new(ROWS))
        .bench_local(|| timeline.between_many(&from, &to, black_box(&mut out)));
}

#[divan::bench(consts = [0, 1, 2])]
fn add_many<const SCHEDULE: usize>(bencher: Bencher<'_, '_>) {
    let (from, _) = columns(ROWS, 1);
    let mut out = vec![0; ROWS];
    let timeline = schedule(SCHEDULES[SCHEDULE]).timeline();
    let budget = BusinessDuration::hours(24);
    bencher
        .counter(ItemsCount::new(ROWS))
        .bench_local(|| timeline.add_many(&from, budget, black_box(&mut out)));
}

#[divan::bench(args = SPANS.map(|s| s.0))]
fn between_single(bencher: Bencher<'_, '_>, span: &str) {
    let (from, to) = columns(1 << 12, days(span));
    let (from, to) = (instants(&from), instants(&to));
    let timeline = schedule("clock").timeline();
    let mut row = 0;
    bencher.bench_local(move || {
        row = (row + 1) & 0xFFF;
        timeline.between(black_box(from[row]), black_box(to[row]))
    });
}

#[divan::bench]
fn add_single(bencher: Bencher<'_, '_>) {
    let from = instants(&columns(1 << 12, 1).0);
    let timeline = schedule("clock").timeline();
    let mut row = 0;
    bencher.bench_local(move || {
        row = (row + 1) & 0xFFF;
        timeline.add(black_box(from[row]), black_box(BusinessDuration::hours(24)))
    });
}

/// The thirty years that a first question compiles.
#[divan::bench(args = SCHEDULES)]
fn compile(bencher: Bencher<'_, '_>, name: &str) {
    let schedule = schedule(name);
    let at = DateTime::<Utc>::from_timestamp(1_773_000_000, 0);
    bencher.bench_local(|| {
        let timeline = Timeline::compile(&schedule, 2011..=2041);
        timeline.map(|t| at.map(|at| t.is_open(at)))
    });
}

fn days(span: &str) -> i64 {
    SPANS.iter().find(|s| s.0 == span).map_or(1, |s| s.1)
}

/// Nanoseconds per item of one round.
fn time(items: usize, work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64() * 1e9 / items as f64
}

fn median(mut rounds: Vec<f64>) -> f64 {
    rounds.sort_by(f64::total_cmp);
    rounds[rounds.len() / 2]
}

/// Rows timed at a time: shorter than the time slice of a busy machine, so that medians are undisturbed.
const CHUNK: usize = 1 << 15;

fn ratios() {
    let rows = std::env::var("ROWS").ok().and_then(|rows| rows.parse().ok()).unwrap_or(4_000_000);
    println!(
        "\n{rows} random rows over ten years, microseconds, one thread; medians of interleaved rounds, ns per row"
    );
    println!(
        "{:8} {:10} {:>6} {:>8} {:>6} {:>6} {:>6}",
        "hours", "span", "b - a", "between", "ratio", "add", "ratio"
    );
    let budget = BusinessDuration::hours(24);
    for name in SCHEDULES {
        let timeline = schedule(name).timeline();
        let data: Vec<_> = SPANS.iter().map(|(_, days)| columns(rows, *days)).collect();
        let mut out = vec![0; rows];
        let mut found = vec![[const { Vec::new() }; 3]; SPANS.len()];
        for _ in 0..5 {
            for ((from, to), [plain, between, add]) in data.iter().zip(&mut found) {
                for ((out, from), to) in out.chunks_mut(CHUNK).zip(from.chunks(CHUNK)).zip(to.chunks(CHUNK)) {
                    plain.push(time(out.len(), || minus(from, to, black_box(out))));
                }
                for ((out, from), to) in out.chunks_mut(CHUNK).zip(from.chunks(CHUNK)).zip(to.chunks(CHUNK)) {
                    let work = || timeline.between_many(from, to, black_box(&mut *out)).unwrap_or_default();
                    between.push(time(from.len(), work));
                }
                for (out, from) in out.chunks_mut(CHUNK).zip(from.chunks(CHUNK)) {
                    let work = || timeline.add_many(from, budget, black_box(&mut *out)).unwrap_or_default();
                    add.push(time(from.len(), work));
                }
            }
        }
        let mut day = 0.0;
        for ((span, _), found) in SPANS.iter().zip(found) {
            let [plain, between, add] = found.map(median);
            if day == 0.0 {
                day = between;
            }
            println!(
                "{name:8} {span:10} {plain:6.2} {between:8.2} {:5.2}x {add:6.2} {:5.2}x   between is {:.2}x of one day",
                between / plain,
                add / plain,
                between / day
            );
        }
        println!("{name:8} compiled: {} KB", timeline.memory() / 1024);
    }
    singles();
}

fn singles() {
    let timeline = schedule("clock").timeline();
    let budget = BusinessDuration::hours(24);
    println!("\nsingle calls on DateTime<Utc>, ns");
    for (span, days) in SPANS {
        let (from, to) = columns(1 << 12, days);
        let (from, to) = (instants(&from), instants(&to));
        let rounds = |work: &dyn Fn()| median((0..500).map(|_| time(from.len(), work)).collect());
        let between = rounds(&|| {
            for (a, b) in from.iter().zip(&to) {
                black_box(timeline.between(black_box(*a), black_box(*b)).ok());
            }
        });
        let add = rounds(&|| {
            for a in &from {
                black_box(timeline.add(black_box(*a), black_box(budget)).ok());
            }
        });
        let open = rounds(&|| {
            for a in &from {
                black_box(timeline.is_open(black_box(*a)).ok());
            }
        });
        println!("{span:10} between {between:5.1}   add {add:5.1}   is_open {open:5.1}");
    }
    for name in SCHEDULES {
        let schedule = schedule(name);
        let near = median(
            (0..25).map(|_| time(1, || drop(black_box(Timeline::compile(&schedule, 2011..=2041))))).collect(),
        );
        let far = median(
            (0..5).map(|_| time(1, || drop(black_box(Timeline::compile(&schedule, 1900..=2100))))).collect(),
        );
        println!("compile {name:8} 31 years {:5.2} ms   all 201 years {:5.2} ms", near / 1e6, far / 1e6);
    }
}
