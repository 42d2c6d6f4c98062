//! A case book of a million cases: events per second on one thread, bytes per case, the cost of a query.
//!
//! `cargo bench --bench case_book` (optionally `-- 100000` for another number of cases). The log is a made-up year of a
//! seller, in order of time; the events are made outside of the measured time.

use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use klokuur::Rulebook;
use klokuur::case::{Applied, CaseBook, CaseEvent, Opening, Party, Scores, What};

/// The system's allocator, with a count of the bytes that are in use.
struct Counting;

static IN_USE: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call goes to the system's allocator unchanged; only a counter is kept beside it.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        IN_USE.fetch_add(layout.size(), Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        IN_USE.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.dealloc(pointer, layout) }
    }
    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        IN_USE.fetch_add(size, Ordering::Relaxed);
        IN_USE.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const BATCH: usize = 20_000;
const SUBJECTS: [&str; 8] =
    ["delivery", "return", "defect", "invoice", "warranty", "cancellation", "product", "other"];
const FIRST: [&str; 10] =
    ["Jan", "Fatima", "Pieter", "Sanne", "Ali", "Emma", "Daan", "Lotte", "Noor", "Bram"];
const LAST: [&str; 10] =
    ["de Vries", "Jansen", "Bakker", "Peeters", "Visser", "Smit", "Meijer", "Mulder", "Bos", "Vos"];

/// What happens to a case, packed: it becomes an event when its turn comes.
#[derive(Clone, Copy)]
struct Planned {
    second: u32,
    case: u32,
    step: u8,
}

/// SplitMix64.
fn random(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// The processor time of this thread, so that other work on the machine does not count; the wall clock where the
/// system does not tell.
fn clock() -> Duration {
    static BEGAN: OnceLock<Instant> = OnceLock::new();
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|text| text.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| BEGAN.get_or_init(Instant::now).elapsed(), Duration::from_nanos)
}

fn plan(cases: u32) -> Vec<Planned> {
    let mut state = 7;
    let mut planned = Vec::with_capacity(cases as usize * 6);
    for case in 0..cases {
        let mut second = (u64::from(case) * 360 * 86_400 / u64::from(cases)) as u32;
        let mut add = |step: u8, wait: u64| {
            second = second.wrapping_add(wait as u32);
            planned.push(Planned { second, case, step });
        };
        add(0, 0);
        add(1, 20);
        add(2, 600 + random(&mut state) % 130_000);
        if random(&mut state) % 5 < 2 {
            add(3, 600 + random(&mut state) % 200_000);
            add(2, 600 + random(&mut state) % 90_000);
        }
        if !random(&mut state).is_multiple_of(20) {
            add(4, 60 + random(&mut state) % 200_000);
            if random(&mut state).is_multiple_of(10) {
                add(5, 90_000 + random(&mut state) % 200_000);
            }
        }
    }
    planned.sort_by_key(|p| (p.second, p.case, p.step));
    planned
}

fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_767_225_600, 0).unwrap_or_default()
}

fn event(planned: &Planned) -> CaseEvent {
    let case = planned.case;
    let pick = |list: &[&'static str], salt: u32| {
        let index = random(&mut u64::from(case ^ salt)) as usize % list.len();
        list.get(index).copied().unwrap_or_default()
    };
    let what = match planned.step {
        0 => What::Opened(Opening {
            order: Some(format!("A{:09}", case / 2 + 1_000_000)),
            customer: Some(format!("{} {} {}", pick(&FIRST, 1), pick(&LAST, 2), case / 3)),
            subject: Some(pick(&SUBJECTS, 3).to_owned()),
            item: Some(format!("item-{}", random(&mut u64::from(case)) % 2_000)),
            ..Opening::by(if case.is_multiple_of(16) { Party::Marketplace } else { Party::Customer })
        }),
        1 => What::acknowledgement(),
        2 => What::seller_message(),
        3 => What::customer_message(),
        4 => What::closed(Party::Seller),
        _ => What::SurveyAnswered { scores: Scores::new([("recommendation", 9)]).unwrap_or_default() },
    };
    CaseEvent::new(format!("K{case:08}"), start() + TimeDelta::seconds(planned.second.into()), what)
}

fn empty() -> CaseBook {
    match CaseBook::of(&Rulebook::bol()) {
        Ok(book) => book,
        Err(error) => unreachable!("{error}"),
    }
}

/// Takes all events and gives the time that it took, without the making of the events.
fn take(planned: &[Planned], mut each: impl FnMut(&CaseEvent)) -> Duration {
    let mut spent = Duration::ZERO;
    for batch in planned.chunks(BATCH) {
        let events: Vec<CaseEvent> = batch.iter().map(event).collect();
        let began = clock();
        for event in &events {
            each(event);
        }
        spent += clock() - began;
    }
    spent
}

fn report(what: &str, count: usize, spent: Duration) {
    let each = spent.as_nanos() as f64 / count.max(1) as f64;
    println!("{what:<52} {each:>10.0} ns each   {:>8.2} M/s", 1_000.0 / each);
}

/// Short work by the wall clock: the processor time is told too coarsely for it.
fn time<T>(what: &str, count: usize, mut call: impl FnMut(usize) -> T) {
    let began = Instant::now();
    for i in 0..count {
        black_box(call(i));
    }
    report(what, count, began.elapsed());
}

/// Writing a book as bytes and reading it back, with what is only made when it is first needed.
fn snapshots(book: &mut CaseBook, cases: usize, events: usize, now: DateTime<Utc>) {
    let began = clock();
    let bytes = book.snapshot();
    report("snapshot: written, a case", cases, clock() - began);
    println!("{:<52} {:>10} bytes a case", "snapshot", bytes.len() / cases.max(1));
    let (rules, another) = (Rulebook::bol(), empty());
    let hours = another.schedule().clone();
    let began = clock();
    drop(CaseBook::new(&rules, hours.clone()));
    let empty = clock() - began;
    for _ in 0..5 {
        let before = IN_USE.load(Ordering::Relaxed);
        let (began, waited) = (clock(), Instant::now());
        let Ok(mut again) = CaseBook::restore_snapshot(&rules, hours.clone(), &bytes) else { return };
        let (spent, waited) = ((clock() - began).saturating_sub(empty), waited.elapsed());
        report("restore_snapshot, a case, without the rules", cases, spent);
        println!("{:<52} {:>10.3} s", "the same by the clock on the wall, with them", waited.as_secs_f64());
        let bytes = IN_USE.load(Ordering::Relaxed) - before;
        println!("{:<52} {:>10} bytes a case", "memory of the restored book", bytes / cases.max(1));
        let began = clock();
        let event = CaseEvent::new("K00000001", now, What::customer_message());
        black_box(again.apply(&event).is_ok());
        let spent = clock() - began;
        println!("{:<52} {:>10.3} s", "its first event: numbers are put in a table", spent.as_secs_f64());
    }
    let Ok(saved) = CaseBook::restore_snapshot(&rules, hours.clone(), &bytes).map(|book| book.saved()) else {
        return;
    };
    let began = clock();
    black_box(CaseBook::restore(&rules, hours, &saved).is_ok());
    report(&format!("restore of {events} events, a case"), cases, clock() - began);
}

fn main() {
    let wanted = std::env::args().skip(1).find_map(|arg| arg.parse().ok());
    let cases: u32 = wanted.unwrap_or(1_000_000);
    let planned = plan(cases);
    println!("{cases} cases, {} events", planned.len());

    let before = IN_USE.load(Ordering::Relaxed);
    let mut book = empty();
    let mut refused = 0_usize;
    let spent = take(&planned, |event| refused += usize::from(book.load(event).is_err()));
    report("load: events of the past, nothing told", planned.len(), spent);
    println!("{:<52} {refused:>10}", "refused");
    let memory = |what: &str| {
        let bytes = IN_USE.load(Ordering::Relaxed) - before;
        println!("{what:<52} {:>10} bytes a case", bytes / cases.max(1) as usize);
    };
    memory("memory of the book, no survey sent yet");
    let now = start() + TimeDelta::days(360);
    let pick = |i: usize| random(&mut (i as u64)) as u32 % cases;
    let open = book.overview_page(now, 0, usize::MAX).map_or(0, |rows| rows.len());
    println!("{:<52} {open:>10}", "open cases");
    time("next_wake_up", 100_000, |_| book.next_wake_up(now));
    time("overview, first 50 of all open cases", 20, |_| book.overview_page(now, 0, 50));
    time("case by number", 10_000, |i| book.case(&format!("K{:08}", pick(i)), now));
    time("the first search: the words are indexed", 1, |_| book.find("nobody", now));
    memory("memory of the book with its index");
    time("find by order number", 100, |i| book.find(&format!("A{:09}", pick(i) / 2 + 1_000_000), now));
    time("find by a word of the customer's name", 100, |i| book.find(&format!("{}", pick(i) / 3), now));
    let began = clock();
    let told = book.advance(now).map_or(0, |told| told.len());
    report("advance: what time did, told", told, clock() - began);
    memory("memory of the book, up to date");
    time("outcomes, all cases at once", 1, |_| book.outcomes(now));
    time("response weeks, all cases at once", 1, |_| book.response_weeks(now));
    snapshots(&mut book, cases as usize, planned.len(), now);
    drop(book);

    let mut book = empty();
    let mut told = 0_usize;
    let spent = take(&planned, |event| {
        told += book.apply(event).and_then(Applied::taken).map_or(0, |told| told.len());
    });
    report("apply: everything told", planned.len(), spent);
    println!("{:<52} {told:>10}", "told");
    drop(book);

    // One more event with few cases and with all: the last tenth of each log, often enough to be measured.
    let empty = empty();
    for size in [10, 1_000, 100_000, cases] {
        let part: Vec<Planned> = planned.iter().filter(|p| p.case < size).copied().collect();
        let (most, rest) = part.split_at(part.len() * 9 / 10);
        let events: Vec<CaseEvent> = rest.iter().map(event).collect();
        let rounds = (20_000 / events.len().max(1)).max(1);
        let mut spent = Duration::ZERO;
        for _ in 0..rounds {
            let mut book = empty.clone();
            take(most, |event| {
                black_box(book.load(event).is_ok());
            });
            let began = Instant::now();
            for event in &events {
                black_box(book.apply(event).is_ok());
            }
            spent += began.elapsed();
        }
        report(&format!("one more event in a book of {size} cases"), events.len() * rounds, spent);
    }
}
