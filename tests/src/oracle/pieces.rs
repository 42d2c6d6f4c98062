//! The walk over the days, and the sums over what it found.

use chrono::{Days, NaiveDate};

use super::{Ends, FIRST, Habits, LIMIT, NANOS, Rules, Stretch, ZoneClock};

/// Why there is no answer; the names are klokuur's error codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// An instant outside the supported years.
    OutOfRange,
    /// The open time ends before the budget does.
    NoOpenTimeLeft,
    /// There is no open time at all.
    NeverOpen,
}

impl Failure {
    /// klokuur's code for it.
    pub fn code(self) -> &'static str {
        match self {
            Self::OutOfRange => "out_of_range",
            Self::NoOpenTimeLeft => "no_open_time_left",
            Self::NeverOpen => "never_open",
        }
    }
}

/// The open pieces of a schedule, `from` up to, not including, `until`, in seconds since 1970.
#[derive(Debug)]
pub struct Oracle {
    pieces: Vec<(i64, i64)>,
    habits: Habits,
}

/// 00:00 on the wall.
fn midnight(date: NaiveDate) -> i64 {
    date.and_hms_opt(0, 0, 0).unwrap().and_utc().timestamp()
}

impl Oracle {
    /// Walks over every day from 1899 to 2101.
    pub fn new(rules: &Rules) -> Self {
        let habits = rules.habits;
        let (mut open, mut cuts, mut kept) = (Vec::new(), Vec::new(), Vec::new());
        let mut date = NaiveDate::from_ymd_opt(1899, 12, 25).unwrap();
        while date < NaiveDate::from_ymd_opt(2101, 1, 5).unwrap() {
            let today = rules.on(date);
            let clock = ZoneClock::of(today.zone);
            let day = today.day(date);
            let instants = |stretch: &Stretch| {
                let at = |minutes: u32| clock.boundary(midnight(date) + i64::from(minutes) * 60, habits);
                (at(stretch.open), at(stretch.close))
            };
            kept.extend(joined(day.kept).iter().map(instants));
            if !(day.cut && habits.whole_shifts) {
                open.extend(joined(day.stretches).iter().map(instants));
            }
            if day.cut && !habits.whole_shifts {
                cuts.push(whole_day(&clock, date, habits));
            }
            if day.closes {
                let zones = today.foreign().filter(|(_, dates)| dates.contains(&date));
                cuts.extend(zones.map(|(zone, _)| whole_day(&ZoneClock::of(zone), date, habits)));
            }
            date = date + Days::new(1);
        }
        let cuts = merged(cuts);
        let mut pieces = if habits.whole_shifts {
            let starts_in = |at: i64| {
                cuts[..cuts.partition_point(|cut| cut.0 <= at)].last().is_some_and(|cut| at < cut.1)
            };
            open.retain(|shift| !starts_in(shift.0));
            open
        } else {
            without(&merged(open), &cuts)
        };
        pieces.extend(kept);
        let pieces = pieces.into_iter().map(|(from, until)| (from.max(FIRST), until.min(LIMIT))).collect();
        Self { pieces: merged(pieces), habits }
    }

    /// The open pieces in seconds since 1970, in order, apart from each other.
    pub fn pieces(&self) -> &[(i64, i64)] {
        &self.pieces
    }

    fn no_time(&self) -> Failure {
        if self.pieces.is_empty() { Failure::NeverOpen } else { Failure::NoOpenTimeLeft }
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
            return if self.habits.never_negative { Ok(0) } else { Ok(-self.between(b, a)?) };
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
        if budget == 0 {
            return if self.habits.zero_rolls { self.next_open(at) } else { Ok(at) };
        }
        let mut left = budget;
        let mut pieces = self.from(at);
        while let Some((from, until)) = pieces.next() {
            let from = from.max(at);
            if left < until - from || left == until - from && self.habits.ends == Ends::AtClose {
                // The end of the supported time is no closing.
                return if from + left < i128::from(LIMIT) * NANOS {
                    Ok(from + left)
                } else {
                    Err(self.no_time())
                };
            }
            left -= until - from;
            if left == 0 {
                return pieces.next().map(|(from, _)| from).ok_or_else(|| self.no_time());
            }
        }
        Err(self.no_time())
    }

    /// The mirror of [`add`](Self::add): the instant from which `budget` open nanoseconds lead up to `at`.
    pub fn sub(&self, at: i128, budget: i128) -> Result<i128, Failure> {
        supported(at)?;
        if budget < 0 {
            return self.add(at, -budget);
        }
        if budget == 0 {
            return if self.habits.zero_rolls { self.next_open(at) } else { Ok(at) };
        }
        let mut left = budget;
        let mut pieces = self.before(at);
        while let Some((from, until)) = pieces.next() {
            let until = until.min(at);
            if left < until - from || left == until - from && self.habits.ends == Ends::AtClose {
                return Ok(until - left);
            }
            left -= until - from;
            if left == 0 {
                return pieces.next().map(|(_, until)| until).ok_or_else(|| self.no_time());
            }
        }
        Err(self.no_time())
    }

    /// Whether `b` is not after the instant at which the budget that starts at `a` is used up; one outside of the
    /// supported time is after all of it, or before.
    ///
    /// # Errors
    /// - an instant that is not supported
    pub fn within(&self, a: i128, b: i128, budget: i128) -> Result<bool, Failure> {
        supported(a)?;
        supported(b)?;
        match self.add(a, budget) {
            Ok(due) => Ok(b <= due),
            Err(Failure::OutOfRange) => Err(Failure::OutOfRange),
            Err(_) => Ok(budget >= 0),
        }
    }

    /// Whether `at` lies in a piece: at its opening yes, at its closing no.
    pub fn is_open(&self, at: i128) -> Result<bool, Failure> {
        supported(at)?;
        Ok(self.from(at).next().is_some_and(|(from, _)| from <= at))
    }

    /// `at` itself when open, otherwise the next opening.
    pub fn next_open(&self, at: i128) -> Result<i128, Failure> {
        supported(at)?;
        self.from(at).next().map(|(from, _)| from.max(at)).ok_or_else(|| self.no_time())
    }

    /// The first closing after `at`, if any; the end of the supported time is none.
    pub fn next_close(&self, at: i128) -> Result<Option<i128>, Failure> {
        supported(at)?;
        Ok(self.from(at).next().map(|(_, until)| until).filter(|until| *until < i128::from(LIMIT) * NANOS))
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

/// The stretches of a day, on its wall, with what touches or overlaps joined: that is one shift.
fn joined(stretches: &[Stretch]) -> Vec<Stretch> {
    let shifts = stretches.iter().map(|s| (i64::from(s.open), i64::from(s.close))).collect();
    let minutes = |at: i64| u32::try_from(at).unwrap();
    merged(shifts)
        .into_iter()
        .map(|(open, close)| Stretch { open: minutes(open), close: minutes(close) })
        .collect()
}

/// A date from 00:00 to 24:00.
fn whole_day(clock: &ZoneClock, date: NaiveDate, habits: Habits) -> (i64, i64) {
    (clock.boundary(midnight(date), habits), clock.boundary(midnight(date) + 86_400, habits))
}

/// The pieces less the cuts; both in order and apart from each other.
fn without(pieces: &[(i64, i64)], cuts: &[(i64, i64)]) -> Vec<(i64, i64)> {
    let mut left = Vec::with_capacity(pieces.len());
    let mut first = 0;
    for &(mut from, until) in pieces {
        while cuts.get(first).is_some_and(|cut| cut.1 <= from) {
            first += 1;
        }
        for cut in cuts[first..].iter().take_while(|cut| cut.0 < until) {
            left.push((from, cut.0));
            from = cut.1;
        }
        left.push((from, until));
    }
    merged(left)
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
