//! The numbers of one rulebook for a case, made ready for the fold.

use chrono::{Datelike, NaiveDate};

use super::event::CaseKind;
use crate::error::Result;
use crate::rulebook::{Basis, CaseRules, PausedWhile, RequestRules, Rulebook};
use crate::schedule::Schedule;
use crate::sla::counter::Counter;
use crate::sla::instant::{NEVER, Nanos, instant};
use crate::time::Zone;

const HOUR: Nanos = 3_600_000_000_000;

/// What a case is timed by under one rulebook.
#[derive(Debug, Clone)]
pub(super) struct CaseTerms {
    /// The clock hours.
    pub(super) clock: Schedule,
    pub(super) question: Budget,
    pub(super) returns: Budget,
    pub(super) cancellations: Budget,
    pub(super) follow_up: Budget,
    pub(super) forwarded: Budget,
    /// When a forwarded case goes back.
    goes_back: Budget,
    /// How long a return may be on its way before its notification lapses.
    lapses: Option<Nanos>,
    pub(super) survey: Budget,
    pub(super) survey_for_marketplace: bool,
    pub(super) close_needs_contact: bool,
    pub(super) automatic_counts: bool,
    pub(super) paused_with_marketplace: bool,
    start_within_years: u32,
    zone: Zone,
}

/// A budget of hours and what it counts.
#[derive(Debug, Clone)]
pub(super) struct Budget {
    hours: Hours,
    pub(super) due: Nanos,
    pub(super) warn: Nanos,
}

#[derive(Debug, Clone)]
enum Hours {
    All,
    Open(Schedule),
}

impl Budget {
    fn new(basis: Basis, schedule: &Schedule, due_hours: u32, warn_hours: u32) -> Self {
        let hours = match basis {
            Basis::Business => Hours::Open(schedule.clone()),
            Basis::Elapsed => Hours::All,
        };
        Self {
            hours,
            due: HOUR.saturating_mul(due_hours.into()),
            warn: HOUR.saturating_mul(warn_hours.into()),
        }
    }

    pub(super) fn counter(&self) -> Counter<'_> {
        match &self.hours {
            Hours::All => Counter::All,
            Hours::Open(schedule) => Counter::Open(schedule),
        }
    }

    pub(super) fn basis(&self) -> Basis {
        match self.hours {
            Hours::All => Basis::Elapsed,
            Hours::Open(_) => Basis::Business,
        }
    }

    pub(super) fn due_from(&self, at: Nanos) -> Result<Nanos> {
        self.counter().reach(at, self.due)
    }

    pub(super) fn warn_from(&self, at: Nanos) -> Result<Nanos> {
        self.counter().reach(at, self.warn)
    }
}

/// The schedules of the hours that rulebooks name, each made once: with the zone, holidays and conventions of the
/// book's clock.
pub(super) struct NamedHours<'a> {
    clock: &'a Schedule,
    made: Vec<(String, Schedule)>,
}

impl<'a> NamedHours<'a> {
    /// `clock` itself stands for the hours that the newest rulebook calls clock hours, under whatever rulebook.
    pub(super) fn new(clock: &'a Schedule) -> Self {
        Self { clock, made: Vec::new() }
    }

    fn of(&mut self, hours: &str) -> Result<Schedule> {
        if let Some((_, made)) = self.made.iter().find(|(named, _)| named == hours) {
            return Ok(made.clone());
        }
        let schedule = self.clock.with_hours(hours)?;
        // Shared by all rulebooks that say the same: what is compiled of it is compiled once.
        self.made.push((hours.to_owned(), schedule.clone()));
        Ok(schedule)
    }

    fn request(&mut self, rules: &RequestRules) -> Result<Budget> {
        Ok(Budget::new(rules.basis, &self.of(&rules.hours)?, rules.within_hours, rules.warn_after_hours))
    }
}

impl CaseTerms {
    pub(super) fn new(rules: &Rulebook, newest: &Rulebook, hours: &mut NamedHours<'_>) -> Result<Self> {
        let case = &rules.case;
        let CaseRules { basis, .. } = *case;
        let survey = &rules.survey;
        let schedule = match rules.clock.hours == newest.clock.hours {
            true => hours.clock.clone(),
            false => hours.of(&rules.clock.hours)?,
        };
        Ok(Self {
            clock: schedule.clone(),
            question: Budget::new(basis, &schedule, case.first_response_hours, case.warn_after_hours),
            follow_up: Budget::new(basis, &schedule, case.follow_up_hours, case.warn_after_hours),
            forwarded: Budget::new(
                case.forwarded_basis,
                &schedule,
                case.forwarded_expected_hours,
                // No warning comes after its deadline.
                case.warn_after_hours.min(case.forwarded_expected_hours),
            ),
            goes_back: Budget::new(
                case.forwarded_basis,
                &schedule,
                case.forwarded_returned_hours,
                case.forwarded_returned_hours,
            ),
            lapses: case
                .returns
                .lapses_after_days
                .map(|days| HOUR.saturating_mul(24).saturating_mul(days.into())),
            returns: hours.request(&case.returns)?,
            cancellations: hours.request(&case.cancellations)?,
            survey: Budget::new(survey.basis, &schedule, survey.after_hours, survey.after_hours),
            survey_for_marketplace: survey.when_closed_by_marketplace,
            close_needs_contact: case.close_needs_contact,
            automatic_counts: case.automatic_reply_counts,
            paused_with_marketplace: case.pauses.contains(&PausedWhile::WithMarketplace),
            start_within_years: case.start_within_years,
            zone: schedule.zone(),
        })
    }

    /// The first clock of a case that a customer opened.
    pub(super) fn first(&self, kind: CaseKind) -> &Budget {
        match kind {
            CaseKind::Question => &self.question,
            CaseKind::Return => &self.returns,
            CaseKind::Cancellation => &self.cancellations,
        }
    }

    pub(super) fn goes_back_from(&self, at: Nanos) -> Result<Nanos> {
        self.goes_back.due_from(at)
    }

    /// When a return that was registered then lapses; never when the rules know no such thing (RULES K12).
    pub(super) fn lapse_from(&self, at: Nanos) -> Result<Nanos> {
        self.lapses.map_or(Ok(NEVER), |days| Counter::All.reach(at, days))
    }

    /// Whether a case may still be started on the day of `at` about an order of the day of `ordered` (RULES K7).
    pub(super) fn may_start(&self, ordered: Nanos, at: Nanos) -> std::result::Result<(), String> {
        let (from, on) = (self.zone.date_of(instant(ordered)), self.zone.date_of(instant(at)));
        if at < ordered {
            return Err(format!(
                "the order of {from} lies in the future: accepted is an order placed before"
            ));
        }
        let last = anniversary(from, self.start_within_years);
        if on > last {
            let years = self.start_within_years;
            return Err(format!(
                "the order of {from} is too old: accepted is up to {years} years after it, {last}"
            ));
        }
        Ok(())
    }
}

/// The same day so many years later; 28 February for a 29 February that is not there.
fn anniversary(date: NaiveDate, years: u32) -> NaiveDate {
    let year = date.year().saturating_add(i32::try_from(years).unwrap_or(i32::MAX));
    date.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, date.month(), 28)).unwrap_or(NaiveDate::MAX)
}
