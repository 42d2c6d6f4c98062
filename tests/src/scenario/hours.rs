//! Random hours, as a text and as the oracle's rules.

use std::fmt::Write;

use chrono::{Datelike, Days, NaiveDate};

use crate::oracle::{Dates, Rule, Stretch};
use crate::random::Random;

const DAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The last date that a schedule can name.
const LAST: NaiveDate = NaiveDate::from_ymd_opt(2100, 12, 31).expect("a date");

/// Any date that the engine reaches, the years around now more often.
pub(super) fn date(random: &mut Random) -> NaiveDate {
    let years = random.pick(&[(1900, 2101), (1900, 2101), (2005, 2035), (2090, 2101)]);
    let first = NaiveDate::from_ymd_opt(years.0, 1, 1).unwrap();
    let days = i64::from(years.1 - years.0) * 365;
    first + Days::new(random.range(0, days).unsigned_abs())
}

/// Rules and the text they are read from.
#[derive(Default)]
pub(super) struct Hours {
    /// The text of each rule.
    pub(super) texts: Vec<String>,
    /// The same for the oracle.
    pub(super) rules: Vec<Rule>,
}

impl Hours {
    /// Hours that often open, or only now and then, or hardly ever.
    pub(super) fn random(random: &mut Random) -> Self {
        let mut hours = Self::default();
        hours.week(random);
        let exceptions = random.pick(&[0, 0, 1, 2, 3, 20]).max(i32::from(hours.rules.is_empty()) * 2);
        let mut near = date(random);
        for _ in 0..exceptions {
            if random.once_in(4) {
                near = date(random);
            }
            hours.exception(random, near);
        }
        if random.once_in(6) {
            let stretches = stretches(random, &[0, 0, 1]);
            hours.rule(Vec::new(), "PH", [false; 7], true, stretches);
        }
        // Almost always the order in which people write; now and then any.
        if random.once_in(8) && hours.rules.len() > 1 {
            let (a, b) = (random.index(hours.rules.len()), random.index(hours.rules.len()));
            hours.rules.swap(a, b);
            hours.texts.swap(a, b);
        }
        hours
    }

    /// Whether a rule gives open time at all.
    pub(super) fn open_at_all(&self) -> bool {
        self.rules.iter().any(|rule| !rule.stretches.is_empty() && rule.weekdays != [false; 7])
    }

    fn rule(
        &mut self,
        dates: Vec<Dates>,
        days: &str,
        weekdays: [bool; 7],
        holidays: bool,
        stretches: Vec<Stretch>,
    ) {
        self.texts.push(format!("{days} {}", times(&stretches)));
        self.rules.push(Rule { dates, weekdays, holidays, stretches });
    }

    fn week(&mut self, random: &mut Random) {
        let (days, stretches): (_, &[(u32, u32)]) = match random.range(0, 12) {
            0 => ("Mo-Fr", &[(0, 1440)]),
            1 => ("Mo-Fr", &[(540, 1020)]),
            2 => ("Mo-Sa", &[(540, 750), (780, 1050)]),
            3 => ("Mo-Su", &[(1320, 1800)]),
            4 => {
                self.rule(Vec::new(), "24/7", [true; 7], false, vec![Stretch { open: 0, close: 1440 }]);
                self.texts = vec!["24/7".into()];
                return;
            }
            5 => ("Fr-Mo", &[(60, 300)]),
            6 => ("Mo-Su", &[(0, 150)]),
            7 => ("Sa,Su", &[(150, 210)]),
            8 => ("Mo,We,Su", &[(1200, 1560)]),
            9 => return,
            _ => return self.every_day_its_own(random),
        };
        let weekdays = std::array::from_fn(|day| match days {
            "Mo-Fr" => day < 5,
            "Mo-Sa" => day < 6,
            "Sa,Su" => day > 4,
            "Fr-Mo" => day > 3 || day == 0,
            "Mo,We,Su" => [0, 2, 6].contains(&day),
            _ => true,
        });
        let stretches = stretches.iter().map(|&(open, close)| Stretch { open, close }).collect();
        self.rule(Vec::new(), days, weekdays, false, stretches);
    }

    fn every_day_its_own(&mut self, random: &mut Random) {
        let nights = random.once_in(2);
        for (day, name) in DAYS.iter().enumerate() {
            if !random.once_in(3) {
                let stretches = (0..random.range(1, 4)).map(|_| stretch(random, nights)).collect();
                self.rule(Vec::new(), name, std::array::from_fn(|d| d == day), false, stretches);
            }
        }
    }

    fn exception(&mut self, random: &mut Random, near: NaiveDate) {
        let first = (near + Days::new(random.range(0, 40).unsigned_abs())).min(LAST);
        let last = first + Days::new(random.range(0, 60).unsigned_abs());
        let full =
            |date: NaiveDate| format!("{} {} {:02}", date.year(), MONTHS[date.month0() as usize], date.day());
        let days = |date: NaiveDate| (date.month(), date.day());
        let name = |date: NaiveDate| format!("{} {:02}", MONTHS[date.month0() as usize], date.day());
        let (mut text, dates) = match random.range(0, 10) {
            0..5 => (full(first), Dates::Span(first, first)),
            5 | 6 => (name(first), Dates::EveryYear(days(first), days(first))),
            7 if last.year() < 2101 => (format!("{}-{}", full(first), full(last)), Dates::Span(first, last)),
            8 => (format!("{}-{}", name(first), name(last)), Dates::EveryYear(days(first), days(last))),
            _ if random.once_in(2) => {
                let (first, last) = (first.month(), last.month());
                let month = |month: u32| MONTHS[month as usize - 1];
                let text = if first == last {
                    month(first).into()
                } else {
                    format!("{}-{}", month(first), month(last))
                };
                (text, Dates::Months(first, last))
            }
            _ => (format!("{:04}", first.year()), Dates::Years(first.year(), first.year())),
        };
        let mut weekdays = [true; 7];
        if random.once_in(4) {
            let (day, other) = (random.index(7), random.index(7));
            weekdays = std::array::from_fn(|d| d == day || d == other);
            let and = if day == other { String::new() } else { format!(",{}", DAYS[other]) };
            write!(text, " {}{and}", DAYS[day]).unwrap();
        }
        self.rule(vec![dates], &text, weekdays, false, stretches(random, &[0, 0, 1, 1, 2]));
    }
}

fn stretches(random: &mut Random, counts: &[i64]) -> Vec<Stretch> {
    (0..random.pick(counts)).map(|_| stretch(random, true)).collect()
}

/// Any stretch; at night often, where clocks are changed.
fn stretch(random: &mut Random, nights: bool) -> Stretch {
    let steps = random.pick(&[1, 5, 30, 60]);
    let minute = |random: &mut Random, until: i64| (random.range(0, until / steps) * steps) as u32;
    let open = if nights && random.once_in(2) { minute(random, 240) } else { minute(random, 1440) };
    let close = match random.range(0, 6) {
        0 => 1440,
        // Up to the same time of the next day.
        1 => open + 1 + minute(random, 1439),
        2 => open + 30,
        3 => 1440 + open.min(minute(random, 360)),
        _ => open + 1 + minute(random, 600),
    };
    Stretch { open, close: if close > open { close } else { open + 1 } }
}

/// As in a text; a closing on the next day is told by being earlier than the opening, or by 24 and more hours.
fn times(stretches: &[Stretch]) -> String {
    if stretches.is_empty() {
        return "off".into();
    }
    let mut text = String::new();
    for Stretch { open, close } in stretches {
        let close =
            if *close > 1440 && close - 1440 < *open && open % 2 == 0 { close - 1440 } else { *close };
        let comma = if text.is_empty() { "" } else { "," };
        write!(text, "{comma}{:02}:{:02}-{:02}:{:02}", open / 60, open % 60, close / 60, close % 60).unwrap();
    }
    text
}
