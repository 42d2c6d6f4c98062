//! klokuur against the oracle, question by question.

use std::fmt;

use chrono::{DateTime, FixedOffset, SecondsFormat, TimeZone, Timelike, Utc};
use klokuur::{BusinessDuration, KlokuurError, Schedule};

use crate::oracle::{FIRST, Failure, LIMIT, NANOS, Oracle};
use crate::random::Random;
use crate::scenario::{Instants, Scenario};

mod columns;

/// Two answers that are not the same.
#[derive(Debug, Clone)]
pub struct Difference {
    /// What makes the schedule again.
    pub scenario: String,
    /// The question.
    pub question: String,
    /// klokuur's answer.
    pub klokuur: String,
    /// The oracle's answer.
    pub oracle: String,
    /// The first open stretches that are not the same, if any.
    pub stretches: Option<String>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.scenario)?;
        writeln!(f, "question:      {}", self.question)?;
        writeln!(f, "klokuur:       {}", self.klokuur)?;
        write!(f, "oracle:        {}", self.oracle)?;
        self.stretches.iter().try_for_each(|stretches| write!(f, "\n{stretches}"))
    }
}

/// How many answers were compared.
#[derive(Debug, Clone, Copy, Default)]
pub struct Count {
    /// Single questions.
    pub single: u64,
    /// Rows of columns.
    pub rows: u64,
    /// Answers, of both kinds, that were errors on both sides.
    pub refused: u64,
}

/// Asks `questions` about the schedule of a seed.
///
/// # Errors
/// - the first difference
pub fn compare(seed: u64, questions: u64) -> Result<Count, Box<Difference>> {
    let scenario = Scenario::random(seed);
    let oracle = Oracle::new(&scenario.rules);
    let mut pair = Pair { scenario: &scenario, oracle: &oracle, count: Count::default() };
    match scenario.schedule() {
        Ok(schedule) => {
            pair.ask(&schedule, questions)?;
            Ok(pair.count)
        }
        // Refused as a whole, rightly so when a part of it is never open.
        Err(KlokuurError::NeverOpen) if scenario.has_a_closed_part() => Ok(pair.count),
        Err(error) => Err(pair.difference("the schedule", &error, &"is a schedule")),
    }
}

struct Pair<'a> {
    scenario: &'a Scenario,
    oracle: &'a Oracle,
    count: Count,
}

impl Pair<'_> {
    fn ask(&mut self, schedule: &Schedule, questions: u64) -> Result<(), Box<Difference>> {
        let mut random = Random::new(self.scenario.seed ^ 0x5EED);
        let instants = Instants::new(self.scenario.zone, self.oracle.pieces());
        while self.count.single < questions {
            let mut a = instants.instant(&mut random);
            let mut b = instants.other(&mut random, a);
            if random.once_in(200) {
                (if random.once_in(2) { &mut a } else { &mut b }).clone_from(&instants.outside(&mut random));
            }
            let budget = self.budget(&mut random, a, b);
            let budget = (budget, BusinessDuration::from_nanoseconds(budget));
            let (from, to) = (instant(a), instant(b));
            let zone = self.scenario.zone;
            // The same instants as callers have them.
            match random.range(0, 6) {
                0 | 1 => self.questions(
                    schedule,
                    (a, from.with_timezone(&zone)),
                    (b, to.with_timezone(&zone)),
                    budget,
                )?,
                2 => {
                    let offset =
                        FixedOffset::east_opt(i32::try_from(random.range(-86_399, 86_400)).unwrap()).unwrap();
                    self.questions(schedule, (a, from.with_timezone(&offset)), (b, to), budget)?;
                }
                3 => self.questions(schedule, (a, as_leap_second(a)), (b, as_leap_second(b)), budget)?,
                _ => self.questions(schedule, (a, from), (b, to), budget)?,
            }
        }
        self.columns(schedule, &mut random, &instants)
    }

    /// Every question about two instants, each as nanoseconds and as it is asked.
    fn questions<A: TimeZone, B: TimeZone>(
        &mut self,
        schedule: &Schedule,
        (a, from): (i128, DateTime<A>),
        (b, to): (i128, DateTime<B>),
        (budget, duration): (i64, BusinessDuration),
    ) -> Result<(), Box<Difference>> {
        self.single(
            &format_args!("between {} and {}", text(a), text(b)),
            schedule.between(from.clone(), to.clone()).map(|d| d.as_nanoseconds()),
            self.oracle.between(a, b),
            |d| format!("{d} ns"),
        )?;
        self.single(
            &format_args!("add {budget} ns to {}", text(a)),
            schedule.add(from.clone(), duration).map(nanoseconds),
            self.oracle.add(a, budget.into()),
            |at| text(*at),
        )?;
        self.single(
            &format_args!("sub {budget} ns from {}", text(a)),
            schedule.sub(from.clone(), duration).map(nanoseconds),
            self.oracle.sub(a, budget.into()),
            |at| text(*at),
        )?;
        self.single(
            &format_args!("{} within {budget} ns of {}", text(b), text(a)),
            schedule.within(from.clone(), to.clone(), duration),
            self.oracle.within(a, b, budget.into()),
            bool::to_string,
        )?;
        self.single(
            &format_args!("is_open at {}", text(a)),
            schedule.is_open(from.clone()),
            self.oracle.is_open(a),
            bool::to_string,
        )?;
        self.single(
            &format_args!("next_open from {}", text(a)),
            schedule.next_open(from.clone()).map(nanoseconds),
            self.oracle.next_open(a),
            |at| text(*at),
        )?;
        self.single(
            &format_args!("next_close from {}", text(a)),
            schedule.next_close(from.clone()).map(|at| at.map(nanoseconds)),
            self.oracle.next_close(a),
            |at| at.map_or("never".into(), text),
        )?;
        if (b - a).abs() < 20 * 86_400 * NANOS {
            let found = schedule.intervals(from, to);
            self.single(
                &format_args!("intervals between {} and {}", text(a), text(b)),
                found.map(|found| {
                    found
                        .iter()
                        .map(|i| (nanoseconds(i.start.to_utc()), nanoseconds(i.end.to_utc())))
                        .collect()
                }),
                self.oracle.intervals(a, b),
                |found: &Vec<_>| {
                    let texts =
                        found.iter().map(|(from, until)| format!("{} – {}", text(*from), text(*until)));
                    texts.collect::<Vec<_>>().join(", ")
                },
            )?;
        }
        Ok(())
    }

    /// A budget in nanoseconds: of any size, or one that is used up at `b` or next to it.
    fn budget(&self, random: &mut Random, a: i128, b: i128) -> i64 {
        let exact = self.oracle.between(a, b).map_or(0, |d| i64::try_from(d).unwrap());
        let budget = match random.range(0, 10) {
            0 => 0,
            1 | 2 => exact,
            3 => exact + 1,
            4 => exact - 1,
            // Up to an opening or closing.
            5 | 6 => {
                let at = self.oracle.next_close(b).ok().flatten().unwrap_or(b);
                self.oracle.between(a, at).map_or(1, |d| i64::try_from(d).unwrap())
            }
            7 => random.range(1, 2000) * 3_600_000_000_000,
            8 => random.any_size(62),
            _ => random.range(1, 200) * 1_000_000_000,
        };
        if random.once_in(4) { -budget } else { budget }
    }

    fn single<T: PartialEq>(
        &mut self,
        question: &dyn fmt::Display,
        klokuur: Result<T, KlokuurError>,
        oracle: Result<T, Failure>,
        show: impl Fn(&T) -> String,
    ) -> Result<(), Box<Difference>> {
        self.count.single += 1;
        match (&klokuur, &oracle) {
            (Ok(found), Ok(expected)) if found == expected => return Ok(()),
            (Err(error), Err(failure)) if error.code() == failure.code() => {
                self.count.refused += 1;
                return Ok(());
            }
            _ => {}
        }
        let klokuur = klokuur.map_or_else(|e| format!("{}: {e}", e.code()), |found| show(&found));
        let oracle = oracle.map_or_else(|failure| failure.code().to_owned(), |expected| show(&expected));
        let mut difference = self.difference(question, &klokuur, &oracle);
        difference.stretches = self.first_other_stretch();
        Err(difference)
    }

    fn difference(
        &self,
        question: impl fmt::Display,
        klokuur: &dyn fmt::Display,
        oracle: &dyn fmt::Display,
    ) -> Box<Difference> {
        Box::new(Difference {
            scenario: self.scenario.to_string(),
            question: question.to_string(),
            klokuur: klokuur.to_string(),
            oracle: oracle.to_string(),
            stretches: None,
        })
    }

    fn first_other_stretch(&self) -> Option<String> {
        let (first, last) = (i128::from(FIRST) * NANOS, i128::from(LIMIT) * NANOS - 1);
        let found = self.scenario.schedule().ok()?.intervals(instant(first), instant(last)).ok()?;
        let found: Vec<_> =
            found.iter().map(|i| (nanoseconds(i.start.to_utc()), nanoseconds(i.end.to_utc()))).collect();
        let expected = self.oracle.intervals(first, last).ok()?;
        let at = found.iter().zip(&expected).take_while(|(a, b)| a == b).count();
        let show = |list: &[(i128, i128)]| {
            let near = list
                .iter()
                .skip(at)
                .take(2)
                .map(|(from, until)| format!("{} – {}", text(*from), text(*until)));
            near.collect::<Vec<_>>().join(", ")
        };
        (found != expected)
            .then(|| format!("first otherwise open: klokuur {}; oracle {}", show(&found), show(&expected)))
    }
}

/// Nanoseconds since 1970 as an instant.
pub fn instant(at: i128) -> DateTime<Utc> {
    let second = i64::try_from(at.div_euclid(NANOS)).unwrap();
    DateTime::from_timestamp(second, u32::try_from(at.rem_euclid(NANOS)).unwrap()).unwrap()
}

/// The same instant told as the second before, which takes longer: so chrono writes a leap second.
fn as_leap_second(at: i128) -> DateTime<Utc> {
    let before = instant(at - NANOS);
    before.with_nanosecond(before.nanosecond() + 1_000_000_000).unwrap_or_else(|| instant(at))
}

fn nanoseconds<Z: TimeZone>(at: DateTime<Z>) -> i128 {
    i128::from(at.timestamp()) * NANOS + i128::from(at.timestamp_subsec_nanos())
}

fn text(at: i128) -> String {
    instant(at).to_rfc3339_opts(SecondsFormat::AutoSi, true)
}
