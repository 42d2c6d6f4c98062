//! Policy points (RULES S7): a ladder beside the strikes.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::error::{KlokuurError, Result};
use crate::fingerprints::Fingerprints;
use crate::rulebook::{PolicyPointsRules, Rulebook};
use crate::time::{CalendarDate, Moment};

/// Points that were deducted or added, on a local date. One violation may cost several accounts of an owner points: an
/// event each.
///
/// Shown at [`PolicyPointsReport`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyPointsEvent {
    /// The date.
    pub on: NaiveDate,
    /// How many: below 0 when they are deducted.
    pub points: i32,
    /// Why.
    pub reason: String,
}

/// A deduction that counts.
///
/// Shown at [`PolicyPointsReport`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deduction {
    /// The date of the deduction.
    pub on: NaiveDate,
    /// How many points are out for it: what it took, less what was added since.
    pub points: u32,
    /// Why.
    pub reason: String,
    /// The date from which on the points are back.
    pub returns_on: NaiveDate,
}

/// The points of an account on a date.
///
/// ```
/// # use chrono::NaiveDate;
/// # use klokuur::{Rulebook, standing::{PolicyPoints, PolicyPointsEvent}};
/// let event = PolicyPointsEvent { on: "2026-09-01".parse()?, points: -40, reason: "counterfeit".into() };
/// let report = PolicyPoints::new(&Rulebook::bol(), vec![event])?.on("2026-12-01".parse::<NaiveDate>()?);
/// assert_eq!((report.points, report.is_closed), (60, false));
/// assert_eq!(report.deductions[0].returns_on.to_string(), "2027-09-01");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyPointsReport {
    /// The date.
    pub on: NaiveDate,
    /// The points that are left, from 0 to the points of an account without violations.
    pub points: u32,
    /// Whether so few are left that the account is closed.
    pub is_closed: bool,
    /// The deductions that count, oldest first.
    pub deductions: Vec<Deduction>,
    /// The next date on which points come back; none when none is out.
    pub next_return: Option<NaiveDate>,
    /// What decided them: the rules, and the time zone data of its dates.
    pub fingerprints: Fingerprints,
}

/// The policy points of an account through time.
///
/// What was deducted comes back after 365 days. Points that are added give back what is out, the oldest first, and it
/// does not come back a second time; what is added beyond that is lost, so that points are never more than an account
/// without violations has. They are never below 0, but all that is out has to come back before they rise (all ours).
///
/// ```
/// # use klokuur::{Rulebook, standing::{PolicyPoints, PolicyPointsEvent}};
/// let date = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
/// let on = date("2026-09-01");
/// let deducted = PolicyPointsEvent { on, points: -40, reason: "counterfeit".into() };
/// let points = PolicyPoints::new(&Rulebook::bol(), vec![deducted])?;
/// assert_eq!(points.on(date("2027-08-31")).points, 60);
/// assert_eq!(points.on(date("2027-09-01")).points, 100);
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
#[derive(Debug, Clone)]
pub struct PolicyPoints {
    rules: PolicyPointsRules,
    zone: crate::time::Zone,
    events: Vec<PolicyPointsEvent>,
    fingerprints: Fingerprints,
}

impl PolicyPoints {
    /// The points of an account with these events, in any order.
    ///
    /// # Errors
    /// - a rulebook without policy points, or one with faults
    /// - an event of 0 points
    pub fn new(rules: &Rulebook, mut events: Vec<PolicyPointsEvent>) -> Result<Self> {
        let rules = rules.clone().validated()?;
        if let Some(nothing) = events.iter().find(|event| event.points == 0) {
            return Err(KlokuurError::InvalidValue {
                what: "policy points",
                given: format!("0 on {}", nothing.on),
                accepted: "points below 0 that are deducted, or above 0 that are added".into(),
            });
        }
        events.sort_by(|a, b| (a.on, a.points, &a.reason).cmp(&(b.on, b.points, &b.reason)));
        let fingerprints = Fingerprints::of_zone_data().with_rules(&rules);
        Ok(Self { rules: rules.policy_points_rules()?.clone(), zone: rules.clock.zone, events, fingerprints })
    }

    /// The points on a date; what happens on a date is true for all of it.
    pub fn on(&self, on: impl CalendarDate) -> PolicyPointsReport {
        let on = on.naive();
        let back = |event: &PolicyPointsEvent| {
            let days = Days::new(self.rules.return_after_days.into());
            event.on.checked_add_days(days).unwrap_or(NaiveDate::MAX)
        };
        let mut deductions: Vec<Deduction> = Vec::new();
        for event in self.events.iter().filter(|event| event.on <= on) {
            // S7: what was deducted is out for so many days and comes back on its date.
            deductions.retain(|deduction| deduction.returns_on > event.on);
            if event.points < 0 {
                deductions.push(Deduction {
                    on: event.on,
                    points: event.points.unsigned_abs(),
                    reason: event.reason.clone(),
                    returns_on: back(event),
                });
                continue;
            }
            let mut added = event.points.unsigned_abs();
            for deduction in &mut deductions {
                let given = added.min(deduction.points);
                deduction.points -= given;
                added -= given;
            }
        }
        deductions.retain(|deduction| deduction.returns_on > on && deduction.points > 0);
        let out = deductions.iter().fold(0_u32, |sum, deduction| sum.saturating_add(deduction.points));
        let points = self.rules.start.saturating_sub(out);
        PolicyPointsReport {
            on,
            points,
            is_closed: points <= self.rules.closed_at,
            next_return: deductions.iter().map(|deduction| deduction.returns_on).min(),
            deductions,
            fingerprints: self.fingerprints.clone(),
        }
    }

    /// The points at an instant: those of its date in the marketplace's zone.
    pub fn at<M: Moment>(&self, at: M) -> PolicyPointsReport {
        self.on(self.zone.date_of(at.utc()))
    }

    /// The events, oldest first.
    pub fn events(&self) -> &[PolicyPointsEvent] {
        &self.events
    }
}
