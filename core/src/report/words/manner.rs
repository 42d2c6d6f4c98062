//! How numbers, dates and amounts are written: `1.5 %` and `1,5 %`, `Tuesday 28 April` and `dinsdag 28 april`.

use chrono::{DateTime, Datelike, NaiveDate};

use super::exact;
use crate::exact::Exact;
use crate::nps::NpsScore;
use crate::report::as_of::CountedIn;
use crate::report::picture::Picture;
use crate::rulebook::Ratio;
use crate::sla::Amount;
use crate::time::Zone;
use crate::timeline::Language;

/// From so many hours on, lateness is better said in days.
const DAYS_FROM_HOURS: i128 = 48;
/// From so many days on, their hours say nothing more.
const WHOLE_DAYS_FROM: i128 = 7;
const SECOND: i128 = 1_000_000_000;

/// Writes the numbers, dates and amounts of a picture in the manner of a language: for figures and for what an app
/// adds.
///
/// A date has its year when it is not that of the picture; hours say what they count.
///
/// ```
/// # use chrono::{DateTime, Utc};
/// # use klokuur::report::{Picture, SellerData};
/// # use klokuur::{Language, Rulebook};
/// # let now = "2026-03-16T08:30:00Z".parse::<DateTime<Utc>>()?;
/// # let picture = Picture::of(&SellerData::of_events([]), &Rulebook::bol(), now)?;
/// let words = picture.words(Language::Dutch);
/// assert_eq!(words.percent(0.015, 1), "1,5 %");
/// assert_eq!(words.date("2026-04-28".parse()?), "dinsdag 28 april");
/// assert_eq!(words.date("2027-04-28".parse()?), "woensdag 28 april 2027");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Words {
    language: Language,
    year: i32,
    counted_in: CountedIn,
}

impl Picture {
    /// The manner in which its numbers and dates are written.
    pub fn words(&self, language: Language) -> Words {
        Words { language, year: self.as_of.now.year(), counted_in: self.judged_by.counted_in }
    }
}

impl Words {
    /// The language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The text in the language.
    pub(super) fn say<'a>(&self, english: &'a str, dutch: &'a str) -> &'a str {
        self.language.say(english, dutch)
    }

    /// A whole number, in groups of three: `17,950`, `17.950`.
    pub fn count(&self, number: u64) -> String {
        grouped(&number.to_string(), self.say(",", "."))
    }

    /// A whole number that may be below zero.
    pub fn signed(&self, number: i64) -> String {
        let sign = if number < 0 { "-" } else { "" };
        format!("{sign}{}", self.count(number.unsigned_abs()))
    }

    /// A number with so many decimals: `21.3`, `21,3`. What rounds to zero has no sign.
    pub fn decimal(&self, number: f64, decimals: usize) -> String {
        let text = format!("{number:.decimals$}");
        let is_zero = !text.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
        self.in_manner(if is_zero { text.trim_start_matches('-') } else { &text })
    }

    /// Digits as they are written in the language.
    fn in_manner(&self, text: &str) -> String {
        match text.split_once('.') {
            Some((whole, rest)) => {
                let (sign, whole) = whole.strip_prefix('-').map_or(("", whole), |whole| ("-", whole));
                format!("{sign}{}{}{rest}", grouped(whole, self.say(",", ".")), self.say(".", ","))
            }
            None => {
                let (sign, whole) = text.strip_prefix('-').map_or(("", text), |whole| ("-", whole));
                format!("{sign}{}", grouped(whole, self.say(",", ".")))
            }
        }
    }

    /// A number with its sign: `+1.29`, `-20,4`.
    pub fn change(&self, number: f64, decimals: usize) -> String {
        let text = self.decimal(number, decimals);
        if text.starts_with('-') { text } else { format!("+{text}") }
    }

    /// A small number as one digit and a power of ten: `1.3e-10`.
    pub fn power(&self, number: f64) -> String {
        format!("{number:.1e}").replace('.', self.say(".", ","))
    }

    /// A share as a percentage: `96.6 %`.
    pub fn percent(&self, share: f64, decimals: usize) -> String {
        format!("{} %", self.decimal(100.0 * share, decimals))
    }

    /// A quotient to so many decimals, or to more where those would put it on another side of a bound.
    pub(super) fn quotient(&self, quotient: Exact, decimals: u32, bounds: &[Exact]) -> String {
        self.in_manner(&exact::to_text(quotient, decimals, bounds))
    }

    /// A share of a whole in whole percent; all and none are told of all and none only.
    pub(super) fn share(&self, count: u64, of: u64) -> String {
        let ends = [0, 100].map(Exact::from);
        let text = exact::percent(count, of).map(|share| self.quotient(share, 0, &ends));
        text.map_or_else(|| "–".to_owned(), |text| format!("{text} %"))
    }

    /// A number that was not counted, to so many decimals, or to more where those would put it on another side of a
    /// bound: 7.9996 is not the 8 that is asked.
    pub(super) fn decimal_beside(&self, number: f64, decimals: usize, bound: f64) -> String {
        let side = number.partial_cmp(&bound);
        let is_true = |decimals: &usize| {
            let rounded = format!("{number:.decimals$}").parse::<f64>();
            rounded.is_ok_and(|rounded| rounded.partial_cmp(&bound) == side)
        };
        self.decimal(number, (decimals..=9).find(is_true).unwrap_or(decimals))
    }

    /// An NPS in points, rounded as it is everywhere.
    pub(super) fn points(&self, score: NpsScore, decimals: usize) -> String {
        self.in_manner(&format!("{score:.decimals$}"))
    }

    /// A level of confidence or of false alarms, as short as it is: `95 %`, `97.5 %`, `0.1 %`.
    pub(super) fn level(&self, level: f64) -> String {
        let text = format!("{:.6}", 100.0 * level);
        match text.trim_end_matches('0').trim_end_matches('.') {
            "0" if level > 0.0 => format!("{} %", self.power(100.0 * level)),
            short => format!("{} %", self.in_manner(short)),
        }
    }

    /// A probability, on the side of a level that it is on: `p = 0.031`, `p < 0.001`.
    pub(super) fn probability(&self, p: f64, level: f64) -> String {
        const LEAST: f64 = 0.001;
        if p < LEAST {
            return format!("p < {}", self.decimal(LEAST, 3));
        }
        format!("p = {}", self.decimal_beside(p, 3, level))
    }

    /// An exact number, as short as it is.
    pub fn exact(&self, ratio: Ratio, factor: f64) -> String {
        let text = format!("{:.4}", factor * ratio.to_f64());
        let short = text.trim_end_matches('0').trim_end_matches('.');
        short.replace('.', self.say(".", ","))
    }

    /// A number as short as it is, such as points that are reported.
    pub(super) fn short(&self, number: f64) -> String {
        number.to_string().replace('.', self.say(".", ","))
    }

    /// A date: `Tuesday 28 April`, with its year when that is another one.
    pub fn date(&self, on: NaiveDate) -> String {
        self.language.date(on, Some(self.year))
    }

    /// A date and time on the wall clock, to the minute.
    pub fn moment(&self, at: DateTime<Zone>) -> String {
        format!("{} {}", self.date(at.date_naive()), at.format("%H:%M"))
    }

    /// Two instants on the wall clock: to the second where the minute is the same and the second decides, else to the
    /// minute.
    pub(super) fn moments(&self, one: DateTime<Zone>, other: DateTime<Zone>) -> [String; 2] {
        let [first, second] = [one, other].map(|at| self.moment(at));
        if first != second {
            return [first, second];
        }
        [one, other].map(|at| format!("{} {}", self.date(at.date_naive()), at.format("%H:%M:%S")))
    }

    /// A date and time with year and zone.
    pub fn full_moment(&self, at: DateTime<Zone>) -> String {
        format!("{} {}", self.language.day(at.date_naive()), at.format("%H:%M %Z"))
    }

    /// A month with its year: `October 2026`.
    pub fn month(&self, on: NaiveDate) -> String {
        format!("{} {}", self.language.month(on), on.year())
    }

    /// An amount with what it counts: `16 clock hours`, `11 clock hours 3 min`, `16 klokuren`; of all hours `16 hours`.
    /// Whole minutes that have passed, and seconds below a minute.
    pub fn amount(&self, amount: Amount) -> String {
        let all = amount.as_nanoseconds();
        let seconds = all.unsigned_abs() / SECOND.unsigned_abs();
        let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        let (one, several) = match (amount, self.counted_in) {
            (Amount::Elapsed(_), _) => (self.say("hour", "uur"), self.say("hours", "uur")),
            (Amount::Business(_), CountedIn::ClockHours) => {
                (self.say("clock hour", "klokuur"), self.say("clock hours", "klokuren"))
            }
            (Amount::Business(_), CountedIn::OfficeHours) => {
                (self.say("office hour", "kantooruur"), self.say("office hours", "kantooruren"))
            }
        };
        let mut parts = Vec::new();
        if hours > 0 {
            parts.push(format!("{hours} {}", if hours == 1 { one } else { several }));
        }
        if minutes > 0 {
            parts.push(format!("{minutes} min"));
        }
        if parts.is_empty() {
            parts.push(if rest > 0 { format!("{rest} s") } else { format!("0 {several}") });
        }
        format!("{}{}", if all < 0 { "-" } else { "" }, parts.join(" "))
    }

    /// How late something is: in days and hours from two days on, in whole days from a week on.
    pub fn lateness(&self, late: Amount) -> String {
        if !self.is_in_days(late) {
            return self.amount(late);
        }
        let hours = late.as_nanoseconds() / SECOND / 3600;
        let (days, rest) = (hours / 24, hours % 24);
        let text = format!("{days} {}", self.say("days", "dagen"));
        if days >= WHOLE_DAYS_FROM || rest == 0 {
            return text;
        }
        format!(
            "{text} {rest} {}",
            if rest == 1 { self.say("hour", "uur") } else { self.say("hours", "uur") }
        )
    }

    /// Whether days say it better than hours. Hours of a clock are no part of a day.
    pub(super) fn is_in_days(&self, late: Amount) -> bool {
        matches!(late, Amount::Elapsed(_)) && late.as_nanoseconds() / SECOND / 3600 >= DAYS_FROM_HOURS
    }

    /// `1 case`, `2 cases`.
    pub(super) fn counted(&self, number: u64, english: [&str; 2], dutch: [&str; 2]) -> String {
        let [one, several] = [self.say(english[0], dutch[0]), self.say(english[1], dutch[1])];
        format!("{} {}", self.count(number), if number == 1 { one } else { several })
    }

    /// `1 case`, `2 klantvragen`.
    pub(super) fn cases(&self, number: u64) -> String {
        self.counted(number, ["case", "cases"], ["klantvraag", "klantvragen"])
    }
}

/// The digits of a whole number in groups of three.
fn grouped(digits: &str, mark: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push_str(mark);
        }
        text.push(digit);
    }
    text
}

/// With a capital, as a title or a sentence begins in every language.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().collect::<String>()).unwrap_or_default();
    format!("{first}{}", letters.as_str())
}
