//! Explanations in words: for the seller in one sentence, for the customer in one phrase (RULES C8).

use crate::names::names;
use std::fmt;

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};

use super::duration::BusinessDuration;
use super::explain::{ExplainedStretch, Explanation, StretchReason};

names! {
    /// A language that sentences come in.
    ///
    /// ```
    /// # use chrono::{DateTime, Utc};
    /// # use klokuur::{Language, Schedule};
    /// let clock = Schedule::parse_in("Mo-Fr 00:00-24:00", "UTC")?;
    /// let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
    /// let why = clock.explain(at("2026-03-13T15:00:00Z"), at("2026-03-16T15:00:00Z"))?;
    /// assert_eq!(why.to_sentence(Language::English), why.to_string());
    /// assert!(why.to_sentence(Language::Dutch).contains("weekend"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[derive(Default)]
    pub enum Language: "language" {
        /// English.
        #[default]
        English = "english",
        /// Dutch. Holidays have their local names.
        Dutch = "dutch",
    }
}

/// In nanoseconds.
const MINUTE: i128 = 60_000_000_000;
/// More parts than this are summed up.
const MOST_PARTS: usize = 12;

const WEEKDAYS: [[&str; 2]; 7] = [
    ["Monday", "maandag"],
    ["Tuesday", "dinsdag"],
    ["Wednesday", "woensdag"],
    ["Thursday", "donderdag"],
    ["Friday", "vrijdag"],
    ["Saturday", "zaterdag"],
    ["Sunday", "zondag"],
];

const MONTHS: [[&str; 2]; 12] = [
    ["January", "januari"],
    ["February", "februari"],
    ["March", "maart"],
    ["April", "april"],
    ["May", "mei"],
    ["June", "juni"],
    ["July", "juli"],
    ["August", "augustus"],
    ["September", "september"],
    ["October", "oktober"],
    ["November", "november"],
    ["December", "december"],
];

/// A part of a sentence.
enum Part {
    /// So much on the dates from the first to the last, and how many those are.
    Counted(BusinessDuration, NaiveDate, NaiveDate, usize),
    Skipped(String),
}

impl Explanation {
    /// The explanation of a deadline as one sentence; `Display` is the English one.
    ///
    /// Nights and breaks go without saying; weekends, holidays and closed days are named. A long span is summed up.
    ///
    /// ```
    /// # use chrono::TimeZone;
    /// # use klokuur::{BusinessDuration, HolidayCalendar, Schedule, timeline::Language};
    /// # use chrono_tz::Europe::Amsterdam;
    /// let clock = Schedule::parse("Mo-Fr 00:00-24:00", Amsterdam)?.with_holidays(HolidayCalendar::netherlands())?;
    /// let asked = Amsterdam.with_ymd_and_hms(2026, 5, 13, 20, 0, 0).unwrap();
    /// let due = clock.add(asked, BusinessDuration::hours(24))?;
    /// assert_eq!(
    ///     clock.explain(asked, due)?.to_sentence(Language::Dutch),
    ///     "uiterlijk vrijdag 15 mei 2026 20:00: 4 uur op woensdag 13 mei, Hemelvaartsdag overgeslagen, 20 uur op vrijdag 15 mei"
    /// );
    /// # Ok::<(), klokuur::KlokuurError>(())
    /// ```
    pub fn to_sentence(&self, language: Language) -> String {
        let due = language.say("due", "uiterlijk");
        format!(
            "{due} {} {}: {}",
            language.date(self.to.date_naive(), None),
            time(self.to.time()),
            self.story(language)
        )
    }

    /// The explanation of time that has passed as one sentence.
    ///
    /// ```
    /// # use chrono::TimeZone;
    /// # use klokuur::{Schedule, timeline::Language};
    /// # use chrono_tz::Europe::Amsterdam;
    /// let office = Schedule::parse("Mo-Fr 09:00-17:00", Amsterdam)?;
    /// let asked = Amsterdam.with_ymd_and_hms(2026, 3, 12, 16, 0, 0).unwrap();
    /// let answered = Amsterdam.with_ymd_and_hms(2026, 3, 13, 9, 30, 0).unwrap();
    /// assert_eq!(
    ///     office.explain(asked, answered)?.to_span_sentence(Language::English),
    ///     "1 h 30 min until Friday 13 March 2026 09:30: 1 h 30 min on Thursday 12 March and Friday 13 March"
    /// );
    /// # Ok::<(), klokuur::KlokuurError>(())
    /// ```
    pub fn to_span_sentence(&self, language: Language) -> String {
        let until = language.say("until", "tot");
        let date = language.date(self.to.date_naive(), None);
        format!(
            "{} {until} {date} {}: {}",
            language.amount(self.counted),
            time(self.to.time()),
            self.story(language)
        )
    }

    /// A phrase for the customer: when an answer is to be expected, rounded up to the minute, and which holidays or
    /// closed days are the reason that it takes so long.
    ///
    /// ```
    /// # use chrono::TimeZone;
    /// # use klokuur::{BusinessDuration, HolidayCalendar, Schedule, timeline::Language};
    /// # use chrono_tz::Europe::Amsterdam;
    /// let clock = Schedule::parse("Mo-Fr 00:00-24:00", Amsterdam)?.with_holidays(HolidayCalendar::netherlands())?;
    /// let asked = Amsterdam.with_ymd_and_hms(2026, 4, 24, 17, 30, 0).unwrap();
    /// let told = clock.explain(asked, clock.add(asked, BusinessDuration::hours(24))?)?;
    /// assert_eq!(told.to_customer_text(Language::English), "expected by Tuesday 17:30, closed for King's Day");
    /// assert_eq!(told.to_customer_text(Language::Dutch), "verwacht uiterlijk dinsdag 17:30, gesloten wegens Koningsdag");
    /// # Ok::<(), klokuur::KlokuurError>(())
    /// ```
    pub fn to_customer_text(&self, language: Language) -> String {
        let beyond = i64::from(self.to.second()) * 1_000_000_000 + i64::from(self.to.nanosecond());
        let up = if beyond == 0 { 0 } else { 60_000_000_000 - beyond };
        let to = self.to.checked_add_signed(TimeDelta::nanoseconds(up)).unwrap_or(self.to);
        // A weekday is clear within six days.
        let near = to.date_naive().signed_duration_since(self.from.date_naive()).num_days() < 7;
        let date = match near {
            true => language.weekday(to.date_naive()).to_owned(),
            false => language.date(to.date_naive(), Some(self.from.year())),
        };
        let expected = language.say("expected by", "verwacht uiterlijk");
        let mut text = format!("{expected} {date} {}", time(to.time()));
        let mut reasons: Vec<String> = Vec::new();
        for stretch in &self.stretches {
            let reason = match &stretch.reason {
                StretchReason::Holiday { holiday } => {
                    let name = language.say(&holiday.name_en, &holiday.name_local);
                    format!("{} {name}", language.say("closed for", "gesloten wegens"))
                }
                StretchReason::ClosedDate => {
                    let dates = stretch.dates_in_words(language, to.year());
                    format!("{} {dates}", language.say("closed on", "gesloten op"))
                }
                _ => continue,
            };
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        for reason in reasons {
            text = format!("{text}, {reason}");
        }
        text
    }

    /// What was counted and skipped.
    pub(crate) fn story(&self, language: Language) -> String {
        self.told(self.parts(language), language)
    }

    /// The same in whole minutes that add up, where the whole is so many minutes: for when no second decides.
    pub(crate) fn story_in_minutes(&self, language: Language) -> String {
        let mut parts = self.parts(language);
        let amounts = || {
            parts.iter().filter_map(|part| match part {
                Part::Counted(amount, ..) => Some(amount.as_nanoseconds()),
                Part::Skipped(_) => None,
            })
        };
        // Where a part ends is rounded, not how long it is: so the sum stays what it is.
        let ends = amounts().scan(0, |sum, amount| {
            *sum += amount;
            Some((*sum + MINUTE / 2).div_euclid(MINUTE))
        });
        let rounded = ends.scan(0, |told, end| Some(end - std::mem::replace(told, end)));
        let rounded: Vec<i64> = rounded.filter_map(|minutes| i64::try_from(minutes).ok()).collect();
        if amounts().sum::<i128>() % MINUTE == 0 && rounded.iter().all(|minutes| *minutes > 0) {
            let counted = parts.iter_mut().filter_map(|part| match part {
                Part::Counted(amount, ..) => Some(amount),
                Part::Skipped(_) => None,
            });
            for (amount, minutes) in counted.zip(rounded) {
                *amount = BusinessDuration::minutes(minutes);
            }
        }
        self.told(parts, language)
    }

    fn told(&self, mut parts: Vec<Part>, language: Language) -> String {
        if parts.len() > MOST_PARTS {
            parts = self.summary(language);
        }
        if parts.is_empty() {
            parts.push(Part::Skipped(language.say("nothing to count", "niets te tellen").to_owned()));
        }
        let year = self.to.year();
        let texts = parts.into_iter().map(|part| match part {
            Part::Skipped(text) => text,
            Part::Counted(amount, first, last, days) => {
                let (amount, on) = (language.amount(amount), language.say("on", "op"));
                let (from, to) = (language.date(first, Some(year)), language.date(last, Some(year)));
                match days {
                    1 => format!("{amount} {on} {from}"),
                    2 => format!("{amount} {on} {from} {} {to}", language.say("and", "en")),
                    _ => {
                        let dates = language.say("days from", "dagen van");
                        format!(
                            "{amount} {on} {days} {dates} {from} {} {to}",
                            language.say("to", "tot en met")
                        )
                    }
                }
            }
        });
        texts.collect::<Vec<_>>().join(", ")
    }

    fn parts(&self, language: Language) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        for (index, stretch) in self.stretches.iter().enumerate() {
            let date = stretch.from.date_naive();
            if stretch.reason.counts() {
                match parts.last_mut() {
                    Some(Part::Counted(amount, _, last, days)) => {
                        *amount += stretch.counted;
                        *days += usize::from(*last != date);
                        *last = date;
                    }
                    _ => parts.push(Part::Counted(stretch.counted, date, date, 1)),
                }
                continue;
            }
            let skipped = language.say("skipped", "overgeslagen");
            let what = match &stretch.reason {
                // Nights and breaks are no news, but waiting for the first opening is.
                StretchReason::ClosedHours if index > 0 => continue,
                StretchReason::ClosedHours => language.say("closed hours", "gesloten uren").to_owned(),
                StretchReason::Holiday { holiday } => {
                    language.say(&holiday.name_en, &holiday.name_local).to_owned()
                }
                StretchReason::ClosedDate | StretchReason::ClosedDay => {
                    let closed = language.say("closed", "gesloten");
                    format!("{closed} {}", stretch.dates_in_words(language, self.to.year()))
                }
                StretchReason::Paused => language.say("pause", "pauze").to_owned(),
                _ => "weekend".to_owned(),
            };
            parts.push(Part::Skipped(format!("{what} {skipped}")));
        }
        parts
    }

    /// The same for a long span, in a few parts whatever its length.
    fn summary(&self, language: Language) -> Vec<Part> {
        let counted = || self.stretches.iter().filter(|stretch| stretch.reason.counts());
        let mut dates: Vec<NaiveDate> = counted().map(|stretch| stretch.from.date_naive()).collect();
        dates.dedup();
        let mut parts = Vec::new();
        if let (Some(first), Some(last)) = (dates.first(), dates.last()) {
            parts.push(Part::Counted(self.counted, *first, *last, dates.len()));
        }
        let count = |wanted: fn(&StretchReason) -> bool| {
            self.stretches.iter().filter(|stretch| wanted(&stretch.reason)).count()
        };
        let skipped = language.say("skipped", "overgeslagen");
        let mut say = |number: usize, one: &str, more: &str| match number {
            0 => {}
            1 => parts.push(Part::Skipped(format!("1 {one} {skipped}"))),
            _ => parts.push(Part::Skipped(format!("{number} {more} {skipped}"))),
        };
        say(count(|r| matches!(r, StretchReason::Weekend)), "weekend", language.say("weekends", "weekenden"));
        let holidays = count(|r| matches!(r, StretchReason::Holiday { .. }));
        say(holidays, language.say("holiday", "feestdag"), language.say("holidays", "feestdagen"));
        let is_closed_day =
            |s: &&ExplainedStretch| matches!(s.reason, StretchReason::ClosedDate | StretchReason::ClosedDay);
        let closed: usize = self.stretches.iter().filter(is_closed_day).map(ExplainedStretch::days).sum();
        say(
            closed,
            language.say("closed day", "gesloten dag"),
            language.say("closed days", "gesloten dagen"),
        );
        parts
    }
}

impl ExplainedStretch {
    /// The last local date of which it has some time: a skipped stretch goes on over midnight.
    fn last_date(&self) -> NaiveDate {
        let last = self.to.checked_sub_signed(TimeDelta::nanoseconds(1)).unwrap_or(self.to);
        last.date_naive().max(self.from.date_naive())
    }

    fn days(&self) -> usize {
        let between = self.last_date().signed_duration_since(self.from.date_naive()).num_days();
        usize::try_from(between).unwrap_or_default() + 1
    }

    /// Its one date, or its first and its last; without the year where that is `known`.
    fn dates_in_words(&self, language: Language, known: i32) -> String {
        let (first, last) = (self.from.date_naive(), self.last_date());
        let date = language.date(first, Some(known));
        if first == last {
            return date;
        }
        format!("{date} {} {}", language.say("to", "tot en met"), language.date(last, Some(known)))
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.to_sentence(Language::English))
    }
}

impl Language {
    pub(crate) fn say<'a>(self, english: &'a str, dutch: &'a str) -> &'a str {
        match self {
            Self::English => english,
            Self::Dutch => dutch,
        }
    }

    fn amount(self, amount: BusinessDuration) -> String {
        match self {
            Self::English => amount.to_words("h", "min", "s"),
            Self::Dutch => amount.to_words("uur", "min", "s"),
        }
    }

    /// The name of the day of the week.
    pub(crate) fn weekday(self, date: NaiveDate) -> &'static str {
        let names = WEEKDAYS.get(date.weekday().num_days_from_monday() as usize);
        names.map_or("", |[english, dutch]| self.say(english, dutch))
    }

    /// A date in words.
    pub(crate) fn day(self, date: NaiveDate) -> String {
        self.date(date, None)
    }

    /// A moment on the wall clock, in words.
    pub(crate) fn moment(self, at: NaiveDateTime) -> String {
        format!("{} {}", self.day(at.date()), time(at.time()))
    }

    /// The name of the month.
    pub(crate) fn month(self, date: NaiveDate) -> &'static str {
        let names = MONTHS.get(date.month0() as usize);
        names.map_or("", |[english, dutch]| self.say(english, dutch))
    }

    /// A date in words, without its year when that is `known`.
    pub(crate) fn date(self, date: NaiveDate, known: Option<i32>) -> String {
        let text = format!("{} {} {}", self.weekday(date), date.day(), self.month(date));
        if known == Some(date.year()) { text } else { format!("{text} {}", date.year()) }
    }
}

/// A time on the wall clock, as short as it is exact.
fn time(at: NaiveTime) -> String {
    match (at.second(), at.nanosecond()) {
        (0, 0) => at.format("%H:%M").to_string(),
        (_, 0) => at.format("%H:%M:%S").to_string(),
        _ => at.format("%H:%M:%S%.f").to_string(),
    }
}
