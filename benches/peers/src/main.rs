//! Business time by other crates, one round at a time, so that another program can run its rounds in between.
//!
//! `klokuur-bench-peers FILE HOLIDAYS BUDGET`: the file holds two columns of 64-bit microseconds, one after the other;
//! the holidays are dates, joined by commas. For each line of standard input, as `workclock between`, one round over
//! all rows; the answer is its nanoseconds of processor time, and `FILE.answers` holds what came out, in microseconds.

use std::error::Error;
use std::hint::black_box;
use std::io::{BufRead, Write};

use chrono::{DateTime, NaiveDate};
use chrono_tz::Europe::Amsterdam;
use jiff::civil::time;
use jiff::{SignedDuration, Timestamp};
use opening_hours::localization::TzLocation;
use opening_hours::{Context, OpeningHours};
use rustix::time::{ClockId, clock_gettime};

type Done<T> = Result<T, Box<dyn Error>>;
/// One question over all rows.
type Round = Box<dyn Fn(&[i64], &[i64], &mut Vec<i64>) -> Done<()>>;

fn main() -> Done<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, holidays, budget] = arguments.as_slice() else { return Err("FILE HOLIDAYS BUDGET".into()) };
    let (dates, budget): (Vec<&str>, i64) = (holidays.split(',').collect(), budget.parse()?);
    let bytes = std::fs::read(file)?;
    let all: Vec<i64> = bytes.chunks_exact(8).map(|eight| i64::from_le_bytes(eight.try_into().unwrap_or_default())).collect();
    let (from, to) = all.split_at(all.len() / 2);
    let rounds = [
        ("workclock between", workclock(&dates, None)?),
        ("workclock add", workclock(&dates, Some(budget))?),
        ("ule-hours between", ule_hours(&dates, None)?),
        ("ule-hours add", ule_hours(&dates, Some(budget))?),
        ("opening-hours between", opening_hours(&dates)?),
    ];
    let mut out = Vec::with_capacity(from.len());
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let (_, round) = rounds.iter().find(|(name, _)| *name == line).ok_or("no such peer and question")?;
        out.clear();
        let start = spent();
        round(black_box(from), black_box(to), &mut out)?;
        let taken = spent() - start;
        let answers: Vec<u8> = out.iter().flat_map(|answer| answer.to_le_bytes()).collect();
        std::fs::write(format!("{file}.answers"), answers)?;
        println!("{taken}");
        std::io::stdout().flush()?;
    }
    Ok(())
}

fn workclock(dates: &[&str], add: Option<i64>) -> Done<Round> {
    use workclock::{Holidays, Schedule, Weekdays, WorkDay};
    let holidays = dates.iter().map(|date| date.parse()).collect::<Result<Vec<jiff::civil::Date>, _>>()?;
    let schedule = Schedule::builder()
        .time_zone("Europe/Amsterdam")
        .rule(WorkDay::new(time(9, 0, 0, 0), time(17, 0, 0, 0), Weekdays::MON_TO_FRI))
        .rule(Holidays::new(holidays))
        .build()?;
    Ok(match add {
        None => between(move |from, to| schedule.between(from, to)),
        Some(hours) => adding(move |from| Ok(schedule.add(from, SignedDuration::from_hours(hours))?)),
    })
}

fn ule_hours(dates: &[&str], add: Option<i64>) -> Done<Round> {
    use ule_hours::{Holiday, Schedule};
    let holidays = dates.iter().map(|date| Ok(Holiday::On(date.parse()?)));
    let schedule = Schedule::builder("Europe/Amsterdam")?
        .mon_fri("09:00-17:00")?
        .holidays(holidays.collect::<Result<Vec<_>, jiff::Error>>()?)
        .build();
    Ok(match add {
        None => between(move |from, to| schedule.between(from, to)),
        Some(hours) => adding(move |from| Ok(schedule.add(from, SignedDuration::from_hours(hours))?)),
    })
}

fn opening_hours(dates: &[&str]) -> Done<Round> {
    let mut text = "Mo-Fr 09:00-17:00".to_owned();
    for date in dates {
        text += &format!("; {} off", date.parse::<NaiveDate>()?.format("%Y %b %d"));
    }
    let hours: OpeningHours = text.parse()?;
    let hours = hours.with_context(Context::default().with_locale(TzLocation::new(Amsterdam)));
    Ok(Box::new(move |from, to, out| {
        let local = |at| DateTime::from_timestamp_micros(at).map(|at| at.with_timezone(&Amsterdam)).ok_or("no instant");
        for (a, b) in from.iter().zip(to) {
            let stretches = hours.iter_range(local(*a)?, local(*b)?).filter(|one| one.kind == opening_hours::RuleKind::Open);
            let open = stretches.map(|one| (one.range.end - one.range.start).num_microseconds().unwrap_or_default());
            out.push(open.sum());
        }
        Ok(())
    }))
}

/// A round of elapsed time, by a peer that takes jiff's instants.
fn between(elapsed: impl Fn(Timestamp, Timestamp) -> SignedDuration + 'static) -> Round {
    Box::new(move |from, to, out| {
        for (a, b) in from.iter().zip(to) {
            out.push(microseconds(elapsed(timestamp(*a)?, timestamp(*b)?)));
        }
        Ok(())
    })
}

/// A round of what is due, by such a peer.
fn adding(due: impl Fn(Timestamp) -> Done<Timestamp> + 'static) -> Round {
    Box::new(move |from, _, out| {
        for a in from {
            out.push(due(timestamp(*a)?)?.as_microsecond());
        }
        Ok(())
    })
}

fn timestamp(at: i64) -> Result<Timestamp, jiff::Error> {
    Timestamp::from_microsecond(at)
}

fn microseconds(amount: SignedDuration) -> i64 {
    i64::try_from(amount.as_micros()).unwrap_or(i64::MAX)
}

/// Nanoseconds that this thread has run.
fn spent() -> i64 {
    let at = clock_gettime(ClockId::ThreadCPUTime);
    at.tv_sec * 1_000_000_000 + at.tv_nsec
}
