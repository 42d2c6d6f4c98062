//! Policy points: a ladder beside the strikes.

use klokuur::standing;

use crate::error::Result;
use crate::fingerprints::Fingerprints;
use crate::rulebook::Rulebook;
use crate::time::LocalDate;

/// Points that were deducted or added, on a local date.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct PolicyPointsEvent {
    /// The date.
    pub on: LocalDate,
    /// How many: below 0 when they are deducted.
    pub points: i32,
    /// Why.
    pub reason: String,
}

/// A deduction that counts.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct Deduction {
    /// The date of the deduction.
    pub on: LocalDate,
    /// How many points it took.
    pub points: i64,
    /// Why.
    pub reason: String,
    /// The date from which on the points are back.
    pub returns_on: LocalDate,
}

/// The policy points of an account on a date.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct PolicyPointsReport {
    /// The date.
    pub on: LocalDate,
    /// The points that are left.
    pub points: i64,
    /// Whether so few are left that the account is closed.
    pub is_closed: bool,
    /// The deductions that count, oldest first.
    pub deductions: Vec<Deduction>,
    /// The next date on which points come back; none when none is out.
    pub next_return: Option<LocalDate>,
    /// What decided them: the rules, and the time zone data of its dates.
    pub fingerprints: Fingerprints,
}

/// The policy points of an account with these events on a date. What was deducted comes back after a year.
///
/// # Errors
/// - a rulebook without policy points
/// - an event of 0 points
#[uniffi::export]
pub fn policy_points(
    rules: &Rulebook,
    events: Vec<PolicyPointsEvent>,
    on: LocalDate,
) -> Result<PolicyPointsReport> {
    let events = events.into_iter().map(|event| standing::PolicyPointsEvent {
        on: event.on,
        points: event.points,
        reason: event.reason,
    });
    let report = standing::PolicyPoints::new(&rules.0, events.collect())?.on(on);
    let deduction = |one: standing::Deduction| Deduction {
        on: one.on,
        points: one.points.into(),
        reason: one.reason,
        returns_on: one.returns_on,
    };
    Ok(PolicyPointsReport {
        on: report.on,
        points: report.points.into(),
        is_closed: report.is_closed,
        deductions: report.deductions.into_iter().map(deduction).collect(),
        next_return: report.next_return,
        fingerprints: Fingerprints::from(&report.fingerprints),
    })
}
