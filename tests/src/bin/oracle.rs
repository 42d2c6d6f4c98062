//! Compares klokuur with the oracle on random schedules: `oracle --n 1000000 --seed 1`.
//!
//! `--threads N` sets the number of threads, `--scenario S` asks about one schedule only, as a difference names it.

use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use klokuur_tests::compare::{Count, Difference, compare};
use klokuur_tests::random::Random;

/// Questions about one schedule: enough to be worth its walk over all days.
const QUESTIONS: u64 = 500;

struct Options {
    n: u64,
    seed: u64,
    threads: u64,
    scenario: Option<u64>,
}

/// What was compared on how many schedules, and the first difference with the number of its schedule.
type Outcome = (Count, u64, Option<(u64, Box<Difference>)>);

fn options() -> Result<Options, String> {
    let threads = std::thread::available_parallelism().map_or(1, |n| n.get() as u64);
    let mut options = Options { n: 100_000, seed: 1, threads, scenario: None };
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        let value = arguments.next().and_then(|value| value.replace('_', "").parse().ok());
        let value: u64 = value.ok_or_else(|| format!("{name} wants a whole number"))?;
        match name.as_str() {
            "--n" => options.n = value,
            "--seed" => options.seed = value,
            "--threads" => options.threads = value.max(1),
            "--scenario" => options.scenario = Some(value),
            _ => {
                return Err(format!(
                    "unknown option {name}: accepted are --n, --seed, --threads and --scenario"
                ));
            }
        }
    }
    Ok(options)
}

fn main() -> ExitCode {
    let options = match options() {
        Ok(options) => options,
        Err(problem) => {
            eprintln!("{problem}");
            return ExitCode::from(2);
        }
    };
    let scenarios = if options.scenario.is_some() { 1 } else { options.n.div_ceil(QUESTIONS) };
    let started = Instant::now();
    let (next, asked) = (AtomicU64::new(0), AtomicU64::new(0));
    let result: Mutex<Outcome> = Mutex::default();
    let work = || loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        // A schedule that klokuur rightly refuses leaves its questions to one more.
        let enough = options.scenario.is_some() || asked.load(Ordering::Relaxed) >= options.n;
        if number >= scenarios && enough || number >= 2 * scenarios + 10 {
            return;
        }
        let seed = options.scenario.unwrap_or_else(|| Random::new(options.seed ^ (number << 32)).bits());
        let questions = QUESTIONS.min(options.n);
        let outcome = compare(seed, questions);
        let Ok(mut result) = result.lock() else { return };
        match outcome {
            Ok(count) => {
                asked.fetch_add(count.single, Ordering::Relaxed);
                result.0.single += count.single;
                result.0.rows += count.rows;
                result.0.refused += count.refused;
                result.1 += 1;
                if result.1 % scenarios.div_ceil(20).max(50) == 0 {
                    let seconds = started.elapsed().as_secs();
                    eprintln!("{} comparisons on {} schedules, {seconds} s", result.0.single, result.1);
                }
            }
            Err(difference) => {
                next.store(2 * scenarios + 10, Ordering::Relaxed);
                if result.2.as_ref().is_none_or(|(first, _)| number < *first) {
                    result.2 = Some((number, difference));
                }
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..options.threads.min(scenarios) {
            scope.spawn(work);
        }
    });
    let Ok((count, schedules, difference)) = result.into_inner() else { return ExitCode::FAILURE };
    let seconds = started.elapsed().as_secs_f64();
    println!(
        "{} single answers and {} rows of columns on {schedules} random schedules ({} rightly refused), {seconds:.0} s, seed {}",
        count.single, count.rows, count.refused, options.seed
    );
    match difference {
        None => {
            println!("no difference");
            ExitCode::SUCCESS
        }
        Some((_, difference)) => {
            println!("DIFFERENCE\n{difference}");
            ExitCode::FAILURE
        }
    }
}
