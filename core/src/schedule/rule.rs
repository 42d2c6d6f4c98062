//! One rule of a schedule: the days it names and the hours it gives them.

use std::fmt;

use chrono::{Datelike, NaiveDate, Weekday};

use super::hours::Hours;

pub(crate) const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
pub(crate) const WEEKDAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

/// A set of weekdays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct WeekdaySet(u8);

impl WeekdaySet {
    pub(crate) const NONE: Self = Self(0);
    pub(crate) const ALL: Self = Self(0x7f);

    /// `day` counts from Monday, 0 to 6.
    pub(crate) const fn with(self, day: u8) -> Self {
        Self(self.0 | (1 << (day % 7)))
    }

    pub(crate) const fn has(self, day: u8) -> bool {
        self.0 & (1 << (day % 7)) != 0
    }

    pub(crate) const fn is_all(self) -> bool {
        self.0 == Self::ALL.0
    }

    pub(crate) const fn is_none(self) -> bool {
        self.0 == 0
    }
}

impl FromIterator<Weekday> for WeekdaySet {
    fn from_iter<I: IntoIterator<Item = Weekday>>(days: I) -> Self {
        days.into_iter().fold(Self::NONE, |set, day| set.with(day.num_days_from_monday() as u8))
    }
}

impl fmt::Display for WeekdaySet {
    /// Runs of three and more as a range, which may pass Sunday (`Sa-Mo`).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_all() {
            return f.write_str("Mo-Su");
        }
        let name = |day: u8| WEEKDAYS.get(usize::from(day % 7)).copied().unwrap_or_default();
        let mut separator = "";
        // Every run starts at a day whose eve is not in the set.
        for start in (0..7).filter(|&d| self.has(d) && !self.has(d + 6)) {
            let length = (1..7).take_while(|n| self.has(start + n)).count() as u8;
            match length {
                0 => write!(f, "{separator}{}", name(start))?,
                1 => write!(f, "{separator}{},{}", name(start), name(start + 1))?,
                _ => write!(f, "{separator}{}-{}", name(start), name(start + length))?,
            }
            separator = ",";
        }
        Ok(())
    }
}

/// A day of a month, whatever the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct MonthDay {
    /// 1 to 12.
    pub(crate) month: u32,
    /// 1 to 31.
    pub(crate) day: u32,
}

impl fmt::Display for MonthDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:02}", month_name(self.month), self.day)
    }
}

fn month_name(month: u32) -> &'static str {
    MONTHS.get(month.wrapping_sub(1) as usize).copied().unwrap_or_default()
}

/// The days of a year that recur.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Season {
    /// Every day of the year.
    Year,
    /// Whole months, `Jul-Aug`; a last month before the first passes New Year.
    Months(u32, u32),
    /// Days, `Dec 24-Jan 02`; a last day before the first passes New Year.
    Days(MonthDay, MonthDay),
}

/// An item of a rule's date list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Dates {
    /// Recurring days, in all years or in those of a range. What passes New Year belongs to the year it starts in.
    Season {
        /// First and last year. It stands first so that in a sorted list no year precedes an item without one:
        /// read back, a year would hold for that item too.
        years: Option<(i32, i32)>,
        season: Season,
    },
    /// From one full date to another.
    Span(NaiveDate, NaiveDate),
}

impl Dates {
    pub(crate) fn contains(&self, date: NaiveDate) -> bool {
        match *self {
            Self::Span(first, last) => first <= date && date <= last,
            Self::Season { season, years } => {
                let day = MonthDay { month: date.month(), day: date.day() };
                // Whether it lies in the season, and in the part of it after New Year.
                let (inside, second_year) = match season {
                    Season::Year => (true, false),
                    Season::Months(first, last) if first <= last => {
                        ((first..=last).contains(&day.month), false)
                    }
                    Season::Months(first, last) => {
                        (first <= day.month || day.month <= last, day.month < first)
                    }
                    Season::Days(first, last) if first <= last => (first <= day && day <= last, false),
                    Season::Days(first, last) => (first <= day || day <= last, day < first),
                };
                let start = date.year() - i32::from(second_year);
                inside && years.is_none_or(|(first, last)| (first..=last).contains(&start))
            }
        }
    }

    /// The one date it names, whatever the year.
    fn is_single_day(&self) -> bool {
        match self {
            Self::Season { season: Season::Days(first, last), .. } => first == last,
            Self::Season { .. } => false,
            Self::Span(first, last) => first == last,
        }
    }

    /// Whether it names days, not whole months or years.
    fn has_days(&self) -> bool {
        matches!(self, Self::Season { season: Season::Days(..), .. } | Self::Span(..))
    }
}

impl fmt::Display for Dates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let full = |d: &NaiveDate| format!("{:04} {} {:02}", d.year(), month_name(d.month()), d.day());
        match self {
            Self::Span(first, last) if first == last => f.write_str(&full(first)),
            Self::Span(first, last) => write!(f, "{}-{}", full(first), full(last)),
            Self::Season { season, years } => {
                match years {
                    None => {}
                    Some((first, last)) if first == last => write!(f, "{first:04}")?,
                    Some((first, last)) => write!(f, "{first:04}-{last:04}")?,
                }
                let space = if years.is_some() && *season != Season::Year { " " } else { "" };
                f.write_str(space)?;
                match season {
                    Season::Year => Ok(()),
                    Season::Months(first, last) if first == last => f.write_str(month_name(*first)),
                    Season::Months(first, last) => write!(f, "{}-{}", month_name(*first), month_name(*last)),
                    Season::Days(first, last) if first == last => write!(f, "{first}"),
                    Season::Days(first, last) if first.month == last.month && first < last => {
                        write!(f, "{first}-{:02}", last.day)
                    }
                    Season::Days(first, last) => write!(f, "{first}-{last}"),
                }
            }
        }
    }
}

/// The days that a rule names: the dates that are in its list (any, when empty), and of those the weekdays and
/// holidays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Selector {
    pub(crate) dates: Vec<Dates>,
    pub(crate) weekdays: WeekdaySet,
    pub(crate) holidays: bool,
}

impl Selector {
    pub(crate) const EVERY_DAY: Self = Self { dates: Vec::new(), weekdays: WeekdaySet::ALL, holidays: false };

    pub(crate) fn on(date: NaiveDate) -> Self {
        Self { dates: vec![Dates::Span(date, date)], ..Self::EVERY_DAY }
    }

    pub(crate) fn has_date(&self, date: NaiveDate) -> bool {
        self.dates.is_empty() || self.dates.iter().any(|d| d.contains(date))
    }

    /// Whether it names the date as a weekday or date, holiday or not.
    pub(crate) fn names(&self, date: NaiveDate) -> bool {
        self.weekdays.has(date.weekday().num_days_from_monday() as u8) && self.has_date(date)
    }

    /// Whether the user named each of its days, so that a holiday that nobody mentions does not close them.
    ///
    /// Single days always are; a range of days is when no weekdays pick from it. Months and years are seasons.
    pub(crate) fn is_explicit(&self) -> bool {
        !self.dates.is_empty()
            && (self.dates.iter().all(Dates::is_single_day)
                || (self.weekdays.is_all() && self.dates.iter().all(Dates::has_days)))
    }

    /// Whether it says nothing but weekdays.
    pub(crate) fn is_weekly(&self) -> bool {
        self.dates.is_empty() && !self.holidays && !self.weekdays.is_none()
    }

    /// The one full date it names and nothing else.
    pub(crate) fn single_date(&self) -> Option<NaiveDate> {
        match self.dates.as_slice() {
            [Dates::Span(first, last)] if first == last && self.weekdays.is_all() && !self.holidays => {
                Some(*first)
            }
            _ => None,
        }
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, dates) in self.dates.iter().enumerate() {
            let comma = if i == 0 { "" } else { "," };
            write!(f, "{comma}{dates}")?;
        }
        let space = if self.dates.is_empty() { "" } else { " " };
        match (self.weekdays.is_none(), self.holidays) {
            (true, _) => write!(f, "{space}PH"),
            (false, true) => write!(f, "{space}{},PH", self.weekdays),
            (false, false) if self.weekdays.is_all() && !self.dates.is_empty() => Ok(()),
            (false, false) => write!(f, "{space}{}", self.weekdays),
        }
    }
}

/// A rule: for the days that it names, these hours and no others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rule {
    pub(crate) days: Selector,
    pub(crate) hours: Hours,
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.days == Selector::EVERY_DAY && self.hours == Hours::all_day() {
            true => f.write_str("24/7"),
            false => write!(f, "{} {}", self.days, self.hours),
        }
    }
}

/// The same rules in their normal form, in which equal meaning is equal text as far as cheap rewriting goes:
/// neighbouring weekly rules become one per set of hours, and say nothing of closed weekdays where nothing stands
/// before them; neighbouring full dates are in order, lists too and without repeats; a rule is gone when a later one
/// names just the same days.
pub(crate) fn normal_form(mut rules: Vec<Rule>) -> Vec<Rule> {
    // A rule that goes may leave its neighbours more to join: until nothing changes. No pass adds a rule, so it ends.
    loop {
        let before = rules.clone();
        rules = rewrite(rules);
        if rules == before {
            return rules;
        }
    }
}

fn rewrite(rules: Vec<Rule>) -> Vec<Rule> {
    let mut normal: Vec<Rule> = Vec::with_capacity(rules.len());
    let mut week: [Option<Hours>; 7] = Default::default();
    for mut rule in rules {
        rule.days.dates.sort_unstable();
        rule.days.dates.dedup();
        if rule.days.is_weekly() {
            for (day, hours) in (0..).zip(week.iter_mut()) {
                if rule.days.weekdays.has(day) {
                    *hours = Some(rule.hours.clone());
                }
            }
        } else {
            push_week(&mut normal, &mut week);
            normal.push(rule);
        }
    }
    push_week(&mut normal, &mut week);
    // From the end, so that the last of equals stays.
    let mut kept: Vec<Rule> = Vec::with_capacity(normal.len());
    let mut seen = std::collections::HashSet::new();
    for rule in normal.into_iter().rev() {
        if seen.insert(rule.days.to_string()) {
            kept.push(rule);
        }
    }
    kept.reverse();
    for run in kept.chunk_by_mut(|a, b| a.days.single_date().is_some() && b.days.single_date().is_some()) {
        run.sort_by_key(|rule| rule.days.single_date());
    }
    kept
}

/// Adds the weekly rules: one for each set of hours, in the order of their first weekday.
fn push_week(normal: &mut Vec<Rule>, week: &mut [Option<Hours>; 7]) {
    let first = normal.len();
    for (day, hours) in (0..).zip(std::mem::take(week)) {
        let Some(hours) = hours.filter(|h| first > 0 || !h.is_closed()) else { continue };
        match normal.iter_mut().skip(first).find(|r| r.hours == hours) {
            Some(rule) => rule.days.weekdays = rule.days.weekdays.with(day),
            None => normal.push(Rule {
                days: Selector { weekdays: WeekdaySet::NONE.with(day), ..Selector::EVERY_DAY },
                hours,
            }),
        }
    }
}
