//! A log in columns to outcomes in columns: events per second on one thread, and bytes an event above the input.
//!
//! `cargo bench --bench log_columns` (optionally `-- 100000 time` for another number of cases and one order alone).
//! Three events a case, made up, in three columns as Arrow has them: texts in one piece, instants as numbers.

// A benchmark may stop where it breaks.
#![allow(clippy::expect_used, clippy::indexing_slicing)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use klokuur::Rulebook;
use klokuur::log::{Cell, LogReader, Mapping, Table};

/// The system's allocator, with a count of the bytes that are in use and of the most there were.
struct Counting;

static IN_USE: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

fn more(bytes: usize) {
    let now = IN_USE.fetch_add(bytes, Ordering::Relaxed) + bytes;
    MOST.fetch_max(now, Ordering::Relaxed);
}

// SAFETY: every call goes to the system's allocator unchanged; only counters are kept beside it.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        more(layout.size());
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        IN_USE.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.dealloc(pointer, layout) }
    }
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        more(layout.size());
        unsafe { System.alloc_zeroed(layout) }
    }
    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        more(size);
        IN_USE.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Texts one after the other.
#[derive(Default)]
struct Texts {
    all: String,
    ends: Vec<usize>,
}

impl Texts {
    fn push(&mut self, text: &str) {
        self.all.push_str(text);
        self.ends.push(self.all.len());
    }

    fn get(&self, row: usize) -> &str {
        let start = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.all[start..self.ends[row]]
    }
}

/// A log as a frame holds it.
struct Columns {
    case: Texts,
    at: Vec<i64>,
    event: Texts,
}

impl Table for Columns {
    fn names(&self) -> Vec<&str> {
        vec!["case", "at", "event"]
    }

    fn len(&self) -> usize {
        self.at.len()
    }

    fn cell(&self, row: usize, column: usize) -> klokuur::Result<Cell<'_>> {
        Ok(match column {
            0 => Cell::Text(self.case.get(row)),
            1 => Cell::Instant(DateTime::from_timestamp_nanos(self.at[row])),
            _ => Cell::Text(self.event.get(row)),
        })
    }

    fn nanoseconds(&self, row: usize, column: usize) -> Option<i64> {
        if column == 1 { self.at.get(row).copied() } else { None }
    }
}

/// SplitMix64.
fn random(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// A question, an answer within three days and a closing within two more: case, nanoseconds, event; case by case.
fn log(cases: u64) -> Vec<(u64, i64, &'static str)> {
    let (mut state, mut rows) = (7, Vec::with_capacity(cases as usize * 3));
    let start = 1_735_689_600_u64;
    for case in 0..cases {
        let mut at = start + case * 360 * 86_400 / cases;
        for (event, wait) in [("opened", 1), ("seller_message", 3 * 86_400), ("closed", 2 * 86_400)] {
            at += 1 + random(&mut state) % wait;
            rows.push((case, at as i64 * 1_000_000_000, event));
        }
    }
    rows
}

fn columns(rows: &[(u64, i64, &str)]) -> Columns {
    let mut columns = Columns { case: Texts::default(), at: Vec::new(), event: Texts::default() };
    for (case, at, event) in rows {
        columns.case.push(&format!("K-{case:07}"));
        columns.at.push(*at);
        columns.event.push(event);
    }
    columns
}

/// The processor time of this thread, so that other work on the machine does not count; the wall clock where the
/// system does not tell.
fn clock() -> Duration {
    static BEGAN: OnceLock<Instant> = OnceLock::new();
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|text| text.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| BEGAN.get_or_init(Instant::now).elapsed(), Duration::from_nanos)
}

fn main() {
    let asked: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let cases = asked.iter().find_map(|argument| argument.parse().ok()).unwrap_or(333_333);
    let only = asked.iter().find(|argument| argument.parse::<u64>().is_err());
    let mut rows = log(cases);
    for order in ["case", "time", "shuffled"] {
        match order {
            "time" => rows.sort_by_key(|(_, at, _)| *at),
            "shuffled" => {
                let mut state = 11;
                rows.sort_by_cached_key(|_| random(&mut state));
            }
            _ => {}
        }
        if only.is_none_or(|only| only == order) {
            measure(order, &columns(&rows));
        }
    }
}

/// The fastest of five, and the most memory of one.
fn measure(order: &str, log: &Columns) {
    let mapping = Mapping::default();
    let reader = LogReader::new(log, &mapping).expect("the columns are there");
    let (rules, now) =
        (Rulebook::bol(), "2026-06-01T00:00:00Z".parse::<DateTime<Utc>>().expect("an instant"));
    let mut best = Duration::MAX;
    let mut most = 0;
    for _ in 0..5 {
        let before = IN_USE.load(Ordering::Relaxed);
        MOST.store(before, Ordering::Relaxed);
        let began = clock();
        let (columns, summary) =
            reader.evaluate_columns(0..log.len(), &rules, now).expect("what can be evaluated");
        best = best.min(clock() - began);
        most = MOST.load(Ordering::Relaxed) - before;
        assert_eq!((columns.len() * 3, summary.events), (log.len(), log.len()));
        black_box(columns);
    }
    let events = log.len() as f64;
    println!(
        "{order:>8}: {:.2} million events/s, {:.0} ns an event, {:.0} bytes an event above the input",
        events / best.as_secs_f64() / 1e6,
        best.as_secs_f64() * 1e9 / events,
        most as f64 / events,
    );
}
