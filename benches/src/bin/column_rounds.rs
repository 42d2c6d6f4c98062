//! The core's own bulk speed, one round at a time, so that another program can run its rounds in between.
//!
//! `column_rounds HOURS BUDGET FILE`: the file holds two columns of 64-bit microseconds, one after the other. For each
//! line of standard input, `between` or `add`, one round over all rows; the answer is its nanoseconds of processor
//! time.

// A benchmark may stop where it breaks.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::hint::black_box;
use std::io::{BufRead, Write};

use klokuur::{BusinessDuration, HolidayCalendar, Schedule};
use rustix::time::{ClockId, clock_gettime};

fn main() {
    let [hours, budget, file]: [String; 3] =
        std::env::args().skip(1).collect::<Vec<_>>().try_into().expect("HOURS BUDGET FILE");
    let budget = BusinessDuration::hours(budget.parse::<i64>().expect("whole hours"));
    let schedule = Schedule::parse(&hours, chrono_tz::Europe::Amsterdam)
        .and_then(|schedule| schedule.with_holidays(HolidayCalendar::netherlands()))
        .expect("a schedule");
    let timeline = schedule.timeline();
    let bytes = std::fs::read(file).expect("a file of two columns");
    let all: Vec<i64> =
        bytes.chunks_exact(8).map(|eight| i64::from_le_bytes(eight.try_into().unwrap_or_default())).collect();
    let (from, to) = all.split_at(all.len() / 2);
    let mut out = vec![0; from.len()];
    for line in std::io::stdin().lock().lines() {
        let start = spent();
        match line.expect("a line").as_str() {
            "between" => timeline.between_many(from, to, black_box(&mut out)),
            _ => timeline.add_many(from, budget, black_box(&mut out)),
        }
        .expect("answers");
        let taken = spent() - start;
        let mut shown = std::io::stdout();
        writeln!(shown, "{taken}").and_then(|()| shown.flush()).expect("someone to tell");
    }
}

/// Nanoseconds that this thread has run.
fn spent() -> i64 {
    let at = clock_gettime(ClockId::ThreadCPUTime);
    at.tv_sec * 1_000_000_000 + at.tv_nsec
}
