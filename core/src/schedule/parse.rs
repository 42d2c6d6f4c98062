//! Reads the syntax of OpenStreetMap opening hours, as far as RULES C5 needs it.

use std::str::FromStr;

use chrono::NaiveDate;

use super::hours::{DAY, DayTime, Hours, Stretch, stretch};
use super::lexer::{Kind, Token, tokens};
use super::rule::{Dates, MONTHS, MonthDay, Rule, Season, Selector, WEEKDAYS, WeekdaySet};
use crate::error::{KlokuurError, Result};
use crate::time::YEARS;

impl FromStr for Hours {
    type Err = KlokuurError;

    /// Reads `09:00-12:30,13:00-17:30`, `off` or `closed`.
    ///
    /// # Errors
    /// - [`ScheduleSyntax`](KlokuurError::ScheduleSyntax) for anything else
    fn from_str(text: &str) -> Result<Self> {
        hours(text)
    }
}

const RULE: &str = "weekdays such as Mo-Fr, `PH`, a date such as Dec 24 or 2026 Dec 24, a year, `24/7`, or hours such as 09:00-17:00";
const DAYS_OR_HOURS: &str = "weekdays, `PH`, hours such as 09:00-17:00, `off` or `closed`";
const HOURS: &str = "hours such as 09:00-17:00, `off` or `closed`";
const WEEKDAY: &str = "a weekday (Mo, Tu, We, Th, Fr, Sa, Su)";
const OPENING: &str = "an opening time from 00:00 to 23:59; a rule for other days starts after `;`";
const CLOSING: &str = "a closing time from 00:00 to 48:00";
const NEXT_RULE: &str = "`,` and more hours, `;` and the next rule, or the end";
const MONTH: &str = "a month (Jan, Feb, Mar, Apr, May, Jun, Jul, Aug, Sep, Oct, Nov, Dec)";

/// The rules of a text, in its order.
pub(crate) fn rules(text: &str) -> Result<Vec<Rule>> {
    let mut parser = Parser { tokens: tokens(text), at: 0 };
    let mut rules = Vec::new();
    loop {
        rules.push(parser.rule()?);
        if parser.take_sign(';') {
            // A last `;` separates nothing.
            if parser.peek().kind == Kind::End {
                return Ok(rules);
            }
        } else if parser.peek().kind == Kind::End {
            return Ok(rules);
        } else {
            return Err(parser.peek().refused(NEXT_RULE));
        }
    }
}

/// The hours of a day alone, such as `09:00-12:30,13:00-17:30` or `off`.
pub(crate) fn hours(text: &str) -> Result<Hours> {
    let mut parser = Parser { tokens: tokens(text), at: 0 };
    let hours = parser.hours(HOURS)?;
    match parser.peek() {
        Token { kind: Kind::End, .. } => Ok(hours),
        other => Err(other.refused("`,` and more hours, or the end")),
    }
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
}

/// A day of a month as written, with a year where one was.
type DateText = (Option<i32>, MonthDay);

impl Parser {
    fn peek(&self) -> &Token {
        self.peek_after(0)
    }

    fn peek_after(&self, ahead: usize) -> &Token {
        static END: Token = Token { kind: Kind::End, position: 1, text: String::new() };
        self.tokens.get(self.at.saturating_add(ahead)).or(self.tokens.last()).unwrap_or(&END)
    }

    fn next(&mut self) -> Token {
        let token = self.peek().clone();
        self.at = self.at.saturating_add(1).min(self.tokens.len());
        token
    }

    fn is_sign(&self, ahead: usize, sign: char) -> bool {
        self.peek_after(ahead).kind == Kind::Sign(sign)
    }

    fn take_sign(&mut self, sign: char) -> bool {
        let found = self.is_sign(0, sign);
        if found {
            self.next();
        }
        found
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(&self.peek().kind, Kind::Word(w) if w == word)
    }

    /// A number that is not the first half of a time.
    fn day_number(&self) -> Option<u32> {
        match self.peek().kind {
            Kind::Number { value, digits: 1 | 2 } if !self.is_sign(1, ':') => Some(value),
            _ => None,
        }
    }

    fn is_year(&self) -> bool {
        matches!(self.peek().kind, Kind::Number { digits: 4, .. })
    }

    fn month(&self) -> Option<u32> {
        index_of(&MONTHS, self.peek()).map(|i| i + 1)
    }

    fn weekday(&self) -> Option<u8> {
        index_of(&WEEKDAYS, self.peek()).map(|i| i as u8)
    }

    fn rule(&mut self) -> Result<Rule> {
        if self.peek().text == "24" && self.is_sign(1, '/') {
            self.next();
            self.next();
            let week = self.next();
            if week.text != "7" {
                return Err(week.refused("`7`, as in 24/7"));
            }
            if !matches!(self.peek().kind, Kind::End | Kind::Sign(';')) {
                return Err(self.peek().refused("`;` and the next rule, or the end"));
            }
            return Ok(Rule { days: Selector::EVERY_DAY, hours: Hours::all_day() });
        }
        if self.is_word("easter") {
            return Err(self.peek().refused("a date, or `PH` with a holiday calendar, which knows Easter"));
        }
        let dates = if self.is_year() || self.month().is_some() { self.dates()? } else { Vec::new() };
        let mut days = Selector { dates, ..Selector::EVERY_DAY };
        let names_days = self.weekday().is_some() || self.is_word("ph");
        if names_days {
            (days.weekdays, days.holidays) = self.weekdays()?;
        }
        let expected = match (days.dates.is_empty(), names_days) {
            (_, true) => HOURS,
            (false, false) => DAYS_OR_HOURS,
            (true, false) => RULE,
        };
        Ok(Rule { days, hours: self.hours(expected)? })
    }

    /// `2026 Dec 24-26,Dec 31`. A year holds for what follows it in the list.
    fn dates(&mut self) -> Result<Vec<Dates>> {
        let mut dates = Vec::new();
        let mut years = None;
        let mut month = None;
        loop {
            if self.is_year() {
                years = Some(self.years()?);
                month = None;
                // A year alone, or one before a month.
                if self.month().is_none() {
                    dates.push(Dates::Season { season: Season::Year, years });
                    if !self.take_sign(',') {
                        return Ok(dates);
                    }
                    continue;
                }
            }
            if let Some(found) = self.month() {
                self.next();
                month = Some(found);
                match self.day_number() {
                    Some(_) => dates.push(self.days_from(years, found)?),
                    None => dates.push(self.months_from(years, found)?),
                }
            } else if let (Some(_), Some(month)) = (self.day_number(), month) {
                // `Dec 24,26`: another day of the month before.
                dates.push(self.days_from(years, month)?);
            } else {
                return Err(self.peek().refused(format!("a day of the month, a year, or {MONTH}")));
            }
            if !self.take_sign(',') {
                return Ok(dates);
            }
        }
    }

    fn year_from(&mut self, earliest: i32) -> Result<i32> {
        let token = self.next();
        let year = match token.kind {
            Kind::Number { value, digits: 4 } => i32::try_from(value).ok(),
            _ => None,
        };
        let latest = *YEARS.end();
        year.filter(|year| (earliest..=latest).contains(year))
            .ok_or_else(|| token.refused(format!("a year from {earliest} to {latest}")))
    }

    fn years(&mut self) -> Result<(i32, i32)> {
        let first = self.year_from(*YEARS.start())?;
        match self.take_sign('-') {
            true => Ok((first, self.year_from(first)?)),
            false => Ok((first, first)),
        }
    }

    fn months_from(&mut self, years: Option<(i32, i32)>, first: u32) -> Result<Dates> {
        let mut last = first;
        if self.take_sign('-') {
            last = self.month().ok_or_else(|| self.peek().refused(MONTH))?;
            self.next();
        }
        Ok(Dates::Season { season: Season::Months(first, last), years })
    }

    /// From the day number on, with an end where there is one: `24`, `24-26`, `24-Jan 02`, `24-2027 Jan 02`.
    fn days_from(&mut self, years: Option<(i32, i32)>, month: u32) -> Result<Dates> {
        let year = years.filter(|(first, last)| first == last).map(|(first, _)| first);
        let first = self.day(year, month)?;
        let mut last: DateText = (None, first);
        let mut end = self.peek().clone();
        if self.take_sign('-') {
            end = self.peek().clone();
            last = self.last_day(year, first)?;
        }
        let full = |year: i32, day: MonthDay| match year > *YEARS.end() {
            true => NaiveDate::from_ymd_opt(*YEARS.end(), 12, 31),
            false => NaiveDate::from_ymd_opt(year, day.month, day.day),
        };
        let (first_year, last_year) = match (year, last) {
            (None, (Some(_), _)) => return Err(end.refused("an end without a year, as its start has none")),
            (None, (None, last)) => return Ok(Dates::Season { season: Season::Days(first, last), years }),
            (Some(year), (Some(last_year), _)) => (year, last_year),
            // What ends on an earlier day ends in the next year.
            (Some(year), (None, last)) => (year, year + i32::from(last < first)),
        };
        match (full(first_year, first), full(last_year, last.1)) {
            (Some(from), Some(to)) if from <= to => Ok(Dates::Span(from, to)),
            _ => Err(end.refused(format!("a date that is not before {first_year} {first}"))),
        }
    }

    fn last_day(&mut self, year: Option<i32>, first: MonthDay) -> Result<DateText> {
        if self.is_year() {
            let year = self.year_from(*YEARS.start())?;
            let month = self.month().ok_or_else(|| self.peek().refused(MONTH))?;
            self.next();
            return Ok((Some(year), self.day(Some(year), month)?));
        }
        if let Some(month) = self.month() {
            self.next();
            let year = year.map(|y| y + i32::from(month < first.month));
            return Ok((None, self.day(year, month)?));
        }
        let token = self.peek().clone();
        match self.day_number() {
            Some(_) => {
                let last = self.day(year, first.month)?;
                match last < first {
                    true => Err(token.refused(format!("a day after {first}, or a month and a day"))),
                    false => Ok((None, last)),
                }
            }
            None => Err(token.refused("a day, or a month and a day")),
        }
    }

    fn day(&mut self, year: Option<i32>, month: u32) -> Result<MonthDay> {
        // Without a year 29 February exists, in leap years.
        const LEAP_YEAR: i32 = 2000;
        let last = (28..=31)
            .rev()
            .find(|&day| NaiveDate::from_ymd_opt(year.unwrap_or(LEAP_YEAR), month, day).is_some())
            .unwrap_or(28);
        let name = MONTHS.get(month.wrapping_sub(1) as usize).copied().unwrap_or_default();
        let number = self.day_number();
        let token = self.next();
        match number {
            Some(day) if (1..=last).contains(&day) => Ok(MonthDay { month, day }),
            _ => Err(token.refused(format!("a day of {name} from 1 to {last}"))),
        }
    }

    /// `Mo-Fr,PH`; a range may pass Sunday.
    fn weekdays(&mut self) -> Result<(WeekdaySet, bool)> {
        let mut days = WeekdaySet::NONE;
        let mut holidays = false;
        loop {
            if self.is_word("ph") {
                self.next();
                holidays = true;
            } else {
                let first =
                    self.weekday().ok_or_else(|| self.peek().refused(format!("{WEEKDAY} or `PH`")))?;
                self.next();
                let mut last = first;
                if self.take_sign('-') {
                    last = self.weekday().ok_or_else(|| self.peek().refused(WEEKDAY))?;
                    self.next();
                }
                // `Sa-Mo` runs over the end of the week.
                let length = (last + 7 - first) % 7;
                days = (0..=length).fold(days, |set, n| set.with(first + n));
            }
            if !self.take_sign(',') {
                return Ok((days, holidays));
            }
        }
    }

    fn hours(&mut self, expected: &str) -> Result<Hours> {
        if self.is_word("off") || self.is_word("closed") {
            self.next();
            return Ok(Hours::closed());
        }
        if !matches!(self.peek().kind, Kind::Number { .. }) || !self.is_sign(1, ':') {
            return Err(self.peek().refused(expected));
        }
        let mut stretches = Vec::new();
        loop {
            stretches.push(self.stretch()?);
            if !self.take_sign(',') {
                return Ok(Hours::merged(stretches));
            }
        }
    }

    fn stretch(&mut self) -> Result<Stretch> {
        let (start, from) = self.time(OPENING)?;
        if from.seconds() >= DAY {
            return Err(start.refused(OPENING));
        }
        if !self.take_sign('-') {
            return Err(self.peek().refused("`-` and a closing time"));
        }
        let (end, to) = self.time(CLOSING)?;
        stretch(from, to)
            .ok_or_else(|| end.refused("a closing time other than the opening; a whole day is 00:00-24:00"))
    }

    /// `9:00`, `09:00` or `09:00:30`, with its first token.
    fn time(&mut self, expected: &str) -> Result<(Token, DayTime)> {
        let start = self.peek().clone();
        let mut hour = self.next();
        let hours = match hour.kind {
            Kind::Number { value, digits: 1 | 2 } => value,
            _ => return Err(start.refused(expected)),
        };
        if !self.take_sign(':') {
            return Err(self.peek().refused("`:` and minutes"));
        }
        let minutes = self.sixtieth("minutes")?;
        let mut seconds = 0;
        hour.text.push_str(&format!(":{minutes:02}"));
        if self.take_sign(':') {
            seconds = self.sixtieth("seconds")?;
            hour.text.push_str(&format!(":{seconds:02}"));
        }
        match DayTime::hms(hours, minutes, seconds) {
            Ok(time) => Ok((hour, time)),
            Err(_) => Err(hour.refused(expected)),
        }
    }

    fn sixtieth(&mut self, unit: &str) -> Result<u32> {
        let token = self.next();
        match token.kind {
            Kind::Number { value, digits: 2 } if value < 60 => Ok(value),
            _ => Err(token.refused(format!("{unit} from 00 to 59"))),
        }
    }
}

/// The place of a token's word in a list of names, from 0.
fn index_of(names: &[&str], token: &Token) -> Option<u32> {
    let Kind::Word(word) = &token.kind else { return None };
    names.iter().zip(0..).find(|(name, _)| name.eq_ignore_ascii_case(word)).map(|(_, index)| index)
}
