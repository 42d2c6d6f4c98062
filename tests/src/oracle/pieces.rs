//! The walk over the days, and the sums over what it found.

use chrono::{Days, NaiveDate};

use super::{Ends, FIRST, LIMIT, NANOS, Rules, ZoneClock};

/// Why there is no answer; the names are klokuur's error codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// An instant outside the supported years.
    OutOfRange,
    /// The open time ends before the budget does.
    NoOpenTimeLeft,
}

impl Failure {
    /// klokuur's code for it.
    pub fn code(self) -> &'static str {
        match self {
            Self::OutOfRange => "out_of_range",
            Self::NoOpenTimeLeft => "no_open_time_left",
        }
    }
}

/// The open pieces of a schedule, `from` up to, not including, `until`, in seconds since 1970.
#[derive(Debug)]
pub struct Oracle {
    pieces: Vec<(i64, i64)>,
    ends: Ends,
}

fn midnight(date: NaiveDate) -> i64 {
    date.and_hms_opt(0, 0, 0).unwrap().and_utc().timestamp()
}

impl Oracle {
    /// Walks over every day from 1899 to 2101.
    pub fn new(rules: &Rules) -> Self {
        let (mut open, mut cuts) = (Vec::new(), Vec::new());
        let mut date = NaiveDate::from_ymd_opt(1899, 12, 25).unwrap();
        while date < NaiveDate::from_ymd_opt(2101, 1, 5).unwrap() {
            let today = rules.on(date);
            let clock = ZoneClock::of(today.zone);
            let start = midnight(date);
            for stretch in today.stretches(date) {
                let from = clock.boundary(start + i64::from(stretch.open) * 60, today.reading);
                let until = clock.boundary(start + i64::from(stretch.close) * 60, today.reading);
                open.push((from, until));
            }
            for holidays in &today.holidays {
                if holidays.dates.contains(&date) && today.exception(date).is_none() {
                    let clock = ZoneClock::of(holidays.zone.unwrap_or(today.zone));
                    cuts.push((
                        clock.boundary(start, today.reading),
                        clock.boundary(start + 86_400, today.reading),
                    ));
                }
            }
            date = date + Days::new(1);
        }
        let (open, cuts) = (merged(open), merged(cuts));
        let mut pieces = Vec::with_capacity(open.len());
        let mut cuts = cuts.into_iter().peekable();
        for (mut from, until) in open {
            while cuts.next_if(|cut| cut.1 <= from).is_some() {}
            while let Some(cut) = cuts.peek().copied().filter(|cut| cut.0 < until) {
                pieces.push((from, cut.0));
                from = cut.1.max(from);
                if from >= until {
                    break;
                }
                cuts.next();
            }
            pieces.push((from, until));
        }
        pieces = pieces.into_iter().map(|(from, until)| (from.max(FIRST), until.min(LIMIT))).collect();
        Self { pieces: merged(pieces), ends: rules.ends }
    }

    /// The open pieces in seconds since 1970, in order, apart from each other.
    pub fn pieces(&self) -> &[(i64, i64)] {
        &self.pieces
    }

    /// The open pieces from the first that ends after `at`, in nanoseconds.
    fn from(&self, at: i128) -> impl Iterator<Item = (i128, i128)> + '_ {
        let first = self.pieces.partition_point(|piece| i128::from(piece.1) * NANOS <= at);
        self.pieces[first..].iter().map(nanos)
    }

    /// The open pieces back from the last that starts before `at`, in nanoseconds.
    fn before(&self, at: i128) -> impl Iterator<Item = (i128, i128)> + '_ {
        let end = self.pieces.partition_point(|piece| i128::from(piece.0) * NANOS < at);
        self.pieces[..end].iter().rev().map(nanos)
    }

    /// The open nanoseconds from `a` to `b`; negative when `b` is earlier.
    pub fn between(&self, a: i128, b: i128) -> Result<i128, Failure> {
        supported(a)?;
        supported(b)?;
        if b < a {
            return Ok(-self.between(b, a)?);
        }
        Ok(self
            .from(a)
            .take_while(|(from, _)| *from < b)
            .map(|(from, until)| until.min(b) - from.max(a))
            .sum())
    }

    /// The instant at which `budget` open nanoseconds after `at` are used up; before, when negative.
    pub fn add(&self, at: i128, budget: i128) -> Result<i128, Failure> {
        supported(at)?;
        if budget < 0 {
            return self.sub(at, -budget);
        }
        let mut left = budget;
        if left == 0 {
            return Ok(at);
        }
        let mut pieces = self.from(at);
        while let Some((from, until)) = pieces.next() {
            let from = from.max(at);
            if left < until - from || left == until - from && self.ends == Ends::AtClose {
                return Ok(from + left);
            }
            left -= until - from;
            if left == 0 {
                return pieces.next().map(|(from, _)| from).ok_or(Failure::NoOpenTimeLeft);
            }
        }
        Err(Failure::NoOpenTimeLeft)
    }

    /// The mirror of [`add`](Self::add): the instant from which `budget` open nanoseconds lead up to `at`.
    pub fn sub(&self, at: i128, budget: i128) -> Result<i128, Failure> {
        supported(at)?;
        if budget < 0 {
            return self.add(at, -budget);
        }
        let mut left = budget;
        if left == 0 {
            return Ok(at);
        }
        let mut pieces = self.before(at);
        while let Some((from, until)) = pieces.next() {
            let until = until.min(at);
            if left < until - from || left == until - from && self.ends == Ends::AtClose {
                return Ok(until - left);
            }
            left -= until - from;
            if left == 0 {
                return pieces.next().map(|(_, until)| until).ok_or(Failure::NoOpenTimeLeft);
            }
        }
        Err(Failure::NoOpenTimeLeft)
    }

    /// Whether `at` lies in a piece: at its opening yes, at its closing no.
    pub fn is_open(&self, at: i128) -> Result<bool, Failure> {
        supported(at)?;
        Ok(self.from(at).next().is_some_and(|(from, _)| from <= at))
    }

    /// `at` itself when open, otherwise the next opening.
    pub fn next_open(&self, at: i128) -> Result<i128, Failure> {
        supported(at)?;
        self.from(at).next().map(|(from, _)| from.max(at)).ok_or(Failure::NoOpenTimeLeft)
    }

    /// The first closing after `at`.
    pub fn next_close(&self, at: i128) -> Result<i128, Failure> {
        supported(at)?;
        self.from(at).next().map(|(_, until)| until).ok_or(Failure::NoOpenTimeLeft)
    }

    /// The open parts of the time from `a` to `b`.
    pub fn intervals(&self, a: i128, b: i128) -> Result<Vec<(i128, i128)>, Failure> {
        supported(a)?;
        supported(b)?;
        let pieces = self.from(a).take_while(|(from, _)| *from < b);
        Ok(pieces
            .map(|(from, until)| (from.max(a), until.min(b)))
            .filter(|(from, until)| from < until)
            .collect())
    }
}

fn nanos(piece: &(i64, i64)) -> (i128, i128) {
    (i128::from(piece.0) * NANOS, i128::from(piece.1) * NANOS)
}

fn supported(at: i128) -> Result<(), Failure> {
    let range = i128::from(FIRST) * NANOS..i128::from(LIMIT) * NANOS;
    if range.contains(&at) { Ok(()) } else { Err(Failure::OutOfRange) }
}

/// In order, without empty ones, what touches or overlaps joined.
fn merged(mut pieces: Vec<(i64, i64)>) -> Vec<(i64, i64)> {
    pieces.retain(|(from, until)| from < until);
    pieces.sort_unstable();
    let mut out: Vec<(i64, i64)> = Vec::with_capacity(pieces.len());
    for (from, until) in pieces {
        match out.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(until),
            _ => out.push((from, until)),
        }
    }
    out
}
