//! The schedule itself: segments of rules in one zone.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, OnceLock};

use crate::time::{CalendarDate, YEARS, Zone, supported_date};
use chrono::NaiveDate;

use super::conventions::{Conventions, HolidayShift};
use super::day::{LocalDay, ScheduleDay};
use super::holidays::{Attached, DatedHolidays};
use super::hours::Hours;
use super::parse;
use super::rule::{Rule, Selector, normal_form};
use super::tables::Tables;
use crate::calendar::{Fingerprint, HolidayCalendar};
use crate::error::{KlokuurError, Result};
use crate::timeline::Compiled;

/// Open hours in a zone: weekly hours, exceptions, holidays, conventions and history (RULES C1, C5).
///
/// Immutable and cheap to clone. The [module](crate::schedule) documents the syntax and what each rule means.
///
/// ```
/// # use chrono::NaiveDate;
/// # use klokuur::{HolidayCalendar, Schedule};
/// # use chrono_tz::Europe;
/// let clock = Schedule::parse("Mo-Fr 00:00-24:00", Europe::Amsterdam)?
///     .with_holidays(HolidayCalendar::netherlands())?;
/// assert!(clock.day("2026-04-27".parse::<NaiveDate>()?)?.open.is_empty());   // King's Day
/// assert_eq!(clock.to_string(), "Mo-Fr 00:00-24:00");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Schedule {
    inner: Arc<Inner>,
}

struct Inner {
    zone: Zone,
    conventions: Conventions,
    /// In order of time; the first holds from the beginning, whatever its date.
    segments: Vec<Segment>,
    /// The timeline's room: what it compiles lives as long as the schedule, which knows nothing of it.
    compiled: Arc<Compiled>,
    /// Made when first asked for: every result that depends on the schedule carries it.
    fingerprint: OnceLock<Fingerprint>,
}

impl Inner {
    fn new(zone: Zone, conventions: Conventions, segments: Vec<Segment>) -> Self {
        Self { zone, conventions, segments, compiled: Arc::default(), fingerprint: OnceLock::new() }
    }

    /// The text that the fingerprint is taken of. Its form is fixed.
    fn canonical(&self) -> String {
        let mut text = format!("klokuur schedule 1\nzone\t{}\n", self.zone.name());
        text.push_str(&format!("conventions\t{}\n", self.conventions.canonical()));
        for segment in &self.segments {
            let from = segment.from.map_or_else(String::new, |d| d.to_string());
            let holidays = segment.calendar_fingerprint().map_or_else(String::new, |f| f.to_string());
            text.push_str(&format!("hours\t{from}\t{holidays}\t{}\n", rules_text(segment.rules())));
        }
        text
    }
}

/// What holds from a date on. Schedules share what they have in common: a history of many parts is put together one by
/// one.
#[derive(Clone, PartialEq)]
pub(super) struct Segment {
    /// The first local date; `None`: since ever.
    pub(super) from: Option<NaiveDate>,
    body: Arc<Body>,
}

struct Body {
    rules: Vec<Rule>,
    calendar: Option<Arc<Attached>>,
    /// Made when a date of the segment is first asked for; a schedule and all that is put together with it have one
    /// zone.
    tables: OnceLock<Tables>,
}

impl Segment {
    pub(super) fn new(from: Option<NaiveDate>, rules: Vec<Rule>, calendar: Option<Arc<Attached>>) -> Self {
        Self { from, body: Arc::new(Body { rules, calendar, tables: OnceLock::new() }) }
    }

    pub(super) fn rules(&self) -> &[Rule] {
        &self.body.rules
    }

    pub(super) fn calendar(&self) -> Option<&HolidayCalendar> {
        self.body.calendar.as_ref().map(|attached| &attached.calendar)
    }

    fn calendar_fingerprint(&self) -> Option<Fingerprint> {
        self.body.calendar.as_ref().map(|attached| attached.fingerprint())
    }

    fn tables(&self, zone: Zone) -> &Tables {
        self.body.tables.get_or_init(|| {
            let holidays = self.body.calendar.as_ref().map(|attached| attached.holidays(zone));
            Tables::new(&self.body.rules, holidays.unwrap_or_default())
        })
    }
}

impl PartialEq for Body {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other) || (&self.rules, &self.calendar) == (&other.rules, &other.calendar)
    }
}

impl Schedule {
    /// Reads a schedule in the syntax of OpenStreetMap opening hours; the [module](crate::schedule) lists what is
    /// accepted.
    ///
    /// # Errors
    /// - [`ScheduleSyntax`](KlokuurError::ScheduleSyntax) with the position of the first character that is not accepted
    /// - [`NeverOpen`](KlokuurError::NeverOpen): `off`, or dates that do not exist, such as `2026-2027 Feb 29`
    pub fn parse(text: &str, zone: impl Into<Zone>) -> Result<Self> {
        Self::from_rules(parse::rules(text)?, zone.into())
    }

    /// As [`parse`](Self::parse), with the zone by its IANA name.
    ///
    /// # Errors
    /// - those of [`parse`](Self::parse)
    /// - [`UnknownName`](KlokuurError::UnknownName): no IANA zone has that name
    pub fn parse_in(text: &str, zone: &str) -> Result<Self> {
        Self::parse(text, zone.parse::<Zone>()?)
    }

    pub(super) fn from_rules(rules: Vec<Rule>, zone: Zone) -> Result<Self> {
        let segment = Segment::new(None, normal_form(rules), None);
        Self::checked(zone, Conventions::default(), vec![segment])
    }

    fn checked(zone: Zone, conventions: Conventions, segments: Vec<Segment>) -> Result<Self> {
        let schedule = Self { inner: Arc::new(Inner::new(zone, conventions, segments)) };
        // C7: refused here, so that no later question can search without an end.
        if schedule.opens() { Ok(schedule) } else { Err(KlokuurError::NeverOpen) }
    }

    /// Whether any stretch opens in the supported years. An open week in the present answers for nearly all.
    fn opens(&self) -> bool {
        let days = |first: i32, last: i32| {
            let from = NaiveDate::from_ymd_opt(first, 1, 1);
            from.into_iter()
                .flat_map(|d| d.iter_days())
                .take_while(move |d| chrono::Datelike::year(d) <= last)
        };
        let open = |date: NaiveDate| {
            let day = self.local_day(date);
            !day.open.is_empty() || !day.kept.is_empty()
        };
        // One year answers nearly always; the whole range is walked only for hours that open in few years.
        days(2026, 2026).any(open) || days(*YEARS.start(), *YEARS.end()).any(open)
    }

    /// Other hours with the same zone, conventions and holidays, whose dates are found once for both: that
    /// costs more than all else about a schedule.
    pub(crate) fn with_hours(&self, text: &str) -> Result<Self> {
        let rules = normal_form(parse::rules(text)?);
        // C5: holidays that change on a date change on it for these hours too.
        let other =
            |segment: &Segment| Segment::new(segment.from, rules.clone(), segment.body.calendar.clone());
        let segments = self.inner.segments.iter().map(other).collect();
        Self::checked(self.inner.zone, self.inner.conventions, segments)
    }

    /// The same with a holiday calendar, in all of its history. It replaces the one attached before.
    ///
    /// # Errors
    /// - [`NeverOpen`](KlokuurError::NeverOpen): the holidays take all open time in the supported years
    pub fn with_holidays(&self, calendar: HolidayCalendar) -> Result<Self> {
        let attached = Attached::new(calendar);
        let attach = |s: &Segment| Segment::new(s.from, s.rules().to_vec(), Some(attached.clone()));
        let segments = self.inner.segments.iter().map(attach).collect();
        Self::checked(self.inner.zone, self.inner.conventions, segments)
    }

    /// The same by other conventions.
    #[must_use]
    pub fn with_conventions(&self, conventions: Conventions) -> Self {
        let Inner { zone, segments, .. } = &*self.inner;
        let inner = Inner::new(*zone, conventions, segments.clone());
        Self { inner: Arc::new(inner) }
    }

    /// The same with other hours on one date: a shortened day or an extra one. They win over all rules and holidays.
    ///
    /// ```
    /// # use chrono::NaiveDate;
    /// # use klokuur::{Schedule, schedule::Hours};
    /// # use chrono_tz::Europe;
    /// let shop = Schedule::parse("Mo-Fr 09:00-17:00", Europe::Amsterdam)?;
    /// let shop = shop.with_day("2026-12-24".parse::<NaiveDate>()?, Hours::between("09:00", "13:00")?)?;
    /// assert_eq!(shop.to_string(), "Mo-Fr 09:00-17:00; 2026 Dec 24 09:00-13:00");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// - a date outside the years 1900 to 2100
    /// - [`NeverOpen`](KlokuurError::NeverOpen): it was the only open day, and is no longer
    pub fn with_day(&self, date: impl CalendarDate, hours: Hours) -> Result<Self> {
        self.with_days([(date, hours)])
    }

    /// The same with other hours on many dates: [`with_day`](Self::with_day) for all of them at once. Of a date that is
    /// named twice the last counts.
    ///
    /// # Errors
    /// As [`with_day`](Self::with_day).
    pub fn with_days(&self, days: impl IntoIterator<Item = (impl CalendarDate, Hours)>) -> Result<Self> {
        let mut segments = self.inner.segments.clone();
        let mut rules: BTreeMap<usize, Vec<Rule>> = BTreeMap::new();
        for (date, hours) in days {
            let date = date.naive();
            rules.entry(self.segment_of(date)).or_default().push(on_date(date, hours)?);
        }
        for (index, days) in rules {
            if let Some(segment) = segments.get_mut(index) {
                let rules = normal_form([segment.rules(), &days].concat());
                *segment = Segment::new(segment.from, rules, segment.body.calendar.clone());
            }
        }
        Self::checked(self.inner.zone, self.inner.conventions, segments)
    }

    /// The same with one date closed: no shift starts on it.
    ///
    /// # Errors
    /// As [`with_day`](Self::with_day).
    pub fn with_closed(&self, date: impl CalendarDate) -> Result<Self> {
        self.with_day(date, Hours::closed())
    }

    /// The history: this schedule before `date`, the other from its 00:00 on, with the other's holidays.
    ///
    /// A shift belongs to the date that it starts on, also across the change. The zone and the conventions are those of
    /// the whole: they do not change within one schedule.
    ///
    /// ```
    /// # use chrono::NaiveDate;
    /// # use klokuur::Schedule;
    /// # use chrono_tz::Europe;
    /// let old = Schedule::parse("Mo-Fr 09:00-17:00", Europe::Amsterdam)?;
    /// let new = Schedule::parse("Mo-Sa 08:00-20:00", Europe::Amsterdam)?;
    /// let both = old.from("2027-01-01".parse::<NaiveDate>()?, new)?;
    /// assert_eq!(both.day("2026-12-31".parse::<NaiveDate>()?)?.open[0].to_string(), "09:00-17:00");
    /// assert_eq!(both.day("2027-01-01".parse::<NaiveDate>()?)?.open[0].to_string(), "08:00-20:00");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// - another zone, or other conventions, than this schedule's
    /// - a date outside the years 1900 to 2100
    /// - [`NeverOpen`](KlokuurError::NeverOpen): neither is open within its part of the time
    pub fn from(&self, date: impl CalendarDate, other: Self) -> Result<Self> {
        let date = date.naive();
        supported_date(DATE, date)?;
        // C5: one zone and one set of conventions, or the instant at which the hours change would have two meanings.
        if self.inner.zone != other.inner.zone {
            return Err(KlokuurError::InvalidValue {
                what: "zone of the later schedule",
                given: other.inner.zone.name().to_owned(),
                accepted: format!("{}, the zone of the schedule before", self.inner.zone.name()),
            });
        }
        if self.inner.conventions != other.inner.conventions {
            return Err(KlokuurError::InvalidValue {
                what: "conventions of the later schedule",
                given: format!("{:?}", other.inner.conventions),
                accepted: "the conventions of the schedule before".into(),
            });
        }
        // What began on the date or after it is replaced, not followed.
        let starts_before = |s: &&Segment| s.from.is_none_or(|from| from < date);
        let mut segments: Vec<Segment> =
            self.inner.segments.iter().take_while(starts_before).cloned().collect();
        // The other's own history goes on after the date; of what it had before, the last holds at the date.
        let first = other.segment_of(date);
        for segment in other.inner.segments.iter().skip(first) {
            let from = segment.from.map_or(date, |from| from.max(date));
            let before = segments.last();
            // C5: equal meaning is one schedule with one fingerprint, so a change that changes nothing is left out.
            if before.is_some_and(|before| before.body == segment.body) {
                continue;
            }
            let known = before.and_then(|before| before.body.calendar.as_ref());
            let body = match known {
                // The same holidays: once is enough.
                Some(known) if segment.calendar() == Some(&known.calendar) => {
                    Segment::new(None, segment.rules().to_vec(), Some(known.clone())).body
                }
                _ => segment.body.clone(),
            };
            segments.push(Segment { from: Some(from), body });
        }
        Self::checked(self.inner.zone, self.inner.conventions, segments)
    }

    /// The zone that all hours are local to.
    pub fn zone(&self) -> Zone {
        self.inner.zone
    }

    /// The conventions.
    #[inline]
    pub fn conventions(&self) -> Conventions {
        self.inner.conventions
    }

    /// The newest holiday calendar in its history, if any is attached.
    pub fn calendar(&self) -> Option<&HolidayCalendar> {
        self.inner.segments.last().and_then(Segment::calendar)
    }

    /// The holiday calendar in force on a date, if any is attached.
    pub fn calendar_on(&self, date: impl CalendarDate) -> Option<&HolidayCalendar> {
        self.inner.segments.get(self.segment_of(date.naive())).and_then(Segment::calendar)
    }

    /// The stable hash of all that decides a result: rules, zone, holidays, conventions, history.
    pub fn fingerprint(&self) -> Fingerprint {
        *self.inner.fingerprint.get_or_init(|| Fingerprint::of(&self.inner.canonical()))
    }

    /// The fingerprint of the newest holiday calendar in its history.
    pub(crate) fn calendar_fingerprint(&self) -> Option<Fingerprint> {
        self.inner.segments.last().and_then(Segment::calendar_fingerprint)
    }

    /// What the schedule says about one local date.
    ///
    /// # Errors
    /// - a date outside the years 1900 to 2100
    /// - a date that the zone's clocks skipped, such as 2011-12-30 in Samoa
    pub fn day(&self, date: impl CalendarDate) -> Result<ScheduleDay> {
        let date = date.naive();
        let day = self.local_day(self.inner.zone.checked_date(DATE, date)?);
        // Most dates have nothing that another zone's holidays leave alone: they need no second merging.
        let mut hours = Hours::merged(day.open.to_vec());
        if !day.kept.is_empty() {
            hours = Hours::merged(day.open.iter().chain(day.kept).copied().collect());
        }
        Ok(ScheduleDay {
            date,
            open: hours.stretches().to_vec(),
            reason: day.reason,
            holiday: day.holiday.and_then(|holidays| holidays.on(date)).cloned(),
        })
    }

    /// The stretches that start on a local date, in seconds of that day, and why. Quick: no allocation, no search.
    pub(crate) fn local_day(&self, date: NaiveDate) -> LocalDay<'_> {
        let whole_shift = self.inner.conventions.holiday_shift == HolidayShift::WholeShift;
        let next_is_cut = || {
            let next = date.succ_opt();
            next.is_some_and(|next| self.tables_of(next).is_some_and(|tables| tables.is_cut(next)))
        };
        match self.tables_of(date) {
            Some(tables) => tables.local_day(date, whole_shift, next_is_cut),
            None => LocalDay { open: &[], kept: &[], reason: super::DayReason::NoHours, holiday: None },
        }
    }

    /// Whether any holiday is bound to another zone than the schedule's; otherwise there are no foreign cuts.
    pub(crate) fn has_foreign_holidays(&self) -> bool {
        self.inner.segments.iter().any(|segment| segment.tables(self.inner.zone).has_foreign())
    }

    /// The holidays of a date that are bound to other zones than the schedule's: each takes its date's 00:00-24:00 in
    /// that zone out of whatever is open then (with `WholeShift`, the shifts that start within it). A rule that names
    /// the date overrides such a holiday as it does any other, and then it is not given here.
    pub(crate) fn foreign_cuts(&self, date: NaiveDate) -> impl Iterator<Item = (Zone, &DatedHolidays)> {
        self.tables_of(date).into_iter().flat_map(move |tables| tables.foreign_cuts(date))
    }

    /// What the timeline has compiled.
    #[inline]
    pub(crate) fn compiled(&self) -> &Arc<Compiled> {
        &self.inner.compiled
    }

    pub(super) fn segments(&self) -> &[Segment] {
        &self.inner.segments
    }

    pub(super) fn from_segments(
        zone: Zone,
        conventions: Conventions,
        segments: Vec<Segment>,
    ) -> Result<Self> {
        Self::checked(zone, conventions, segments)
    }

    fn tables_of(&self, date: NaiveDate) -> Option<&Tables> {
        Some(self.inner.segments.get(self.segment_of(date))?.tables(self.inner.zone))
    }

    /// The last segment that starts on or before a date; the first holds from the beginning.
    fn segment_of(&self, date: NaiveDate) -> usize {
        // The first segment has no date and holds from ever, so there is always one: at worst its index, 0.
        let started = |s: &Segment| s.from.is_none_or(|from| from <= date);
        self.inner.segments.partition_point(started).saturating_sub(1)
    }
}

/// What is refused outside of the supported years.
pub(super) const DATE: &str = "date of a schedule";

/// The rule for one date.
pub(super) fn on_date(date: NaiveDate, hours: Hours) -> Result<Rule> {
    supported_date(DATE, date)?;
    Ok(Rule { days: Selector::on(date), hours })
}

/// The canonical text of rules.
pub(super) fn rules_text(rules: &[Rule]) -> String {
    rules.iter().map(Rule::to_string).collect::<Vec<_>>().join("; ")
}

/// The canonical text, which [`parse`](Schedule::parse) reads back as an equal schedule. Zone, holidays and conventions
/// are not in it. A schedule with history shows its segments, each after the first as `from 2027-01-01: …`, to be read
/// by people; its [`document`](Schedule::document) reads back.
impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, segment) in self.inner.segments.iter().enumerate() {
            let line = if i == 0 { "" } else { "\n" };
            match segment.from {
                Some(from) => write!(f, "{line}from {from}: {}", rules_text(segment.rules()))?,
                None => write!(f, "{line}{}", rules_text(segment.rules()))?,
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Schedule({:?}, {}, {})", self.to_string(), self.inner.zone.name(), self.fingerprint())
    }
}

/// Equal schedules have the same rules in canonical form, zone, holidays, conventions and history.
impl PartialEq for Schedule {
    fn eq(&self, other: &Self) -> bool {
        let (left, right) = (&self.inner, &other.inner);
        Arc::ptr_eq(left, right)
            || (left.zone, left.conventions) == (right.zone, right.conventions)
                && left.segments == right.segments
    }
}

impl Eq for Schedule {}
