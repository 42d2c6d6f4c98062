//! Random schedules: as klokuur reads them (a text and calendars) and as the oracle models them.

mod build;
mod calendars;
mod hours;
mod instants;

use std::fmt;

use chrono::{Datelike, Days, NaiveDate};
use klokuur::Zone;

pub use build::conventions;
pub use calendars::Source;
pub use instants::Instants;

use hours::Hours;

use crate::oracle::{Ends, Folds, Gaps, Habits, Oracle, Rules};
use crate::random::Random;

/// The zones that hurt.
pub const ZONES: [&str; 9] = [
    "Europe/Amsterdam",
    "America/New_York",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Casablanca",
    "Asia/Kathmandu",
    "Pacific/Chatham",
    "UTC",
];

/// One part of the history of a schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The hours, as klokuur reads them.
    pub text: String,
    /// Where its holidays come from.
    pub holidays: Vec<Source>,
}

/// A random schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scenario {
    /// The seed that makes it again.
    pub seed: u64,
    /// The zone.
    pub zone: Zone,
    /// The hours from the start.
    pub first: Part,
    /// Other hours from a date on.
    pub then: Vec<(NaiveDate, Part)>,
    /// The same, for the oracle.
    pub rules: Rules,
}

impl Scenario {
    /// The scenario of a seed.
    pub fn random(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let zone = zone(&mut random);
        let habits = habits(&mut random);
        let (first, mut rules) = part(&mut random, zone, habits);
        let mut then = Vec::new();
        if random.once_in(4) {
            let mut date = hours::date(&mut random);
            for _ in 0..random.range(1, 4) {
                if date.year() > 2100 {
                    break;
                }
                let (part, part_rules) = part(&mut random, zone, habits);
                then.push((date, part));
                rules.then.push((date, part_rules));
                date = date + Days::new(random.any_size(13).unsigned_abs());
            }
        }
        Self { seed, zone, first, then, rules }
    }

    /// Whether it, or a part of its history on its own, never opens: klokuur refuses such a schedule.
    pub fn has_a_closed_part(&self) -> bool {
        let alone = |rules: &Rules| Rules { then: Vec::new(), ..rules.clone() };
        let mut parts = self.rules.then.iter().map(|(_, rules)| rules).chain([&self.rules]).map(alone);
        Oracle::new(&self.rules).pieces().is_empty()
            || parts.any(|part| Oracle::new(&part).pieces().is_empty())
    }
}

impl fmt::Display for Scenario {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "scenario seed: {}", self.seed)?;
        writeln!(f, "zone:          {}", self.zone)?;
        writeln!(f, "schedule:      {}", self.first.text)?;
        writeln!(f, "holidays:      {:?}", self.first.holidays)?;
        for (date, part) in &self.then {
            writeln!(f, "from {date}: {}\n  holidays:    {:?}", part.text, part.holidays)?;
        }
        write!(f, "conventions:   {:?}", self.rules.habits)
    }
}

fn zone(random: &mut Random) -> Zone {
    if random.once_in(8) { random.pick(&chrono_tz::TZ_VARIANTS).into() } else { hard_zone(random) }
}

fn hard_zone(random: &mut Random) -> Zone {
    random.pick(&ZONES).parse().expect("a zone of the database")
}

fn habits(random: &mut Random) -> Habits {
    let mut habits = Habits::default();
    if random.once_in(2) {
        return habits;
    }
    habits.gap = random.pick(&[Gaps::Edge, Gaps::ShiftForward]);
    habits.fold = random.pick(&[Folds::Earlier, Folds::Later]);
    habits.ends = random.pick(&[Ends::AtClose, Ends::AtNextOpen]);
    habits.zero_rolls = random.once_in(2);
    habits.whole_shifts = random.once_in(2);
    habits.never_negative = random.once_in(4);
    habits
}

fn part(random: &mut Random, zone: Zone, habits: Habits) -> (Part, Rules) {
    loop {
        let hours = Hours::random(random);
        // A schedule that never opens is refused: another one.
        if !hours.open_at_all() {
            continue;
        }
        let holidays = calendars::random(random);
        let part_holidays = holidays.iter().map(Source::dates).collect();
        let part = Part { text: hours.texts.join("; "), holidays };
        let rules = Rules { rules: hours.rules, holidays: part_holidays, habits, ..Rules::closed(zone) };
        return (part, rules);
    }
}
