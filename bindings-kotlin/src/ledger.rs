//! The ledger of strikes: what stands when, what changed, and what if.

use std::sync::Arc;

use klokuur::standing::{self, Consequence, Ledger as Core, Standing};

use crate::error::Result;
use crate::fingerprints::Fingerprints;
use crate::norm::{WeekNumbers, judge_core};
use crate::rulebook::Rulebook;
use crate::standing::{
    Expiry, JudgedWeek, StandingEvent, StandingReport, Strike, StrikeCause, causes, strikes,
};
use crate::standing_reported::{StandingAsReported, StandingComparison, StrikeAsReported};
use crate::time::{Instant, IsoWeek, LocalDate, unsigned};

/// The first thing that makes the standing better by itself or by the seller's doing.
#[derive(Debug, Clone, PartialEq, uniffi::Enum)]
pub enum Improvement {
    /// A strike expires.
    StrikeExpires {
        /// Which, and when.
        expiry: Expiry,
    },
    /// An improvement plan that is accepted.
    PlanAccepted {
        /// What then expires first.
        next_expiry: Option<Expiry>,
    },
    /// The seller may apply for reopening.
    MayApply {
        /// From which date on.
        on: LocalDate,
    },
}

/// What changed in the ledger.
#[derive(Debug, Clone, PartialEq, uniffi::Enum)]
pub enum LedgerChange {
    /// A strike began to count.
    StrikeGiven {
        /// Its week.
        week: IsoWeek,
        /// The missed norms.
        causes: Vec<StrikeCause>,
    },
    /// A strike counts no more.
    StrikeExpired {
        /// Its week.
        week: IsoWeek,
    },
    /// A strike was taken away.
    StrikeWithdrawn {
        /// Its week.
        week: IsoWeek,
    },
    /// The standing changed.
    StandingChanged {
        /// What it was.
        from: Standing,
        /// What it is.
        to: Standing,
    },
}

/// One line of the ledger.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct LedgerEntry {
    /// The date.
    pub on: LocalDate,
    /// What changed.
    pub change: LedgerChange,
    /// The strikes that count after it.
    pub strikes: i64,
}

/// One week of a what-if.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct WhatIfStep {
    /// The week.
    pub week: IsoWeek,
    /// Whether it is a bad one.
    pub bad: bool,
    /// The date on which it is final.
    pub on: LocalDate,
    /// The strikes that then count.
    pub strikes: i64,
    /// The standing then.
    pub standing: Standing,
}

/// The strikes of an account and the marketplace's decisions. Immutable.
#[derive(Debug, uniffi::Object)]
pub struct Ledger(pub(crate) Core);

#[uniffi::export]
impl Ledger {
    /// From judged weeks and decisions, in any order.
    ///
    /// # Errors
    /// - a rulebook without strikes
    /// - one week twice, a norm that bears no strikes, or a decision that could not be made then
    #[uniffi::constructor(default(events = []))]
    pub fn new(rules: &Rulebook, weeks: Vec<JudgedWeek>, events: Vec<StandingEvent>) -> Result<Arc<Self>> {
        let weeks = weeks.iter().map(JudgedWeek::core).collect::<Result<Vec<_>>>()?;
        let events = events.iter().map(StandingEvent::core).collect::<Result<Vec<_>>>()?;
        Ok(Arc::new(Self(Core::new(rules.by_week(), weeks, events)?)))
    }

    /// From the numbers of weeks, which are judged at `now`.
    ///
    /// # Errors
    /// - a rulebook without strikes
    /// - a norm that the rulebook does not have, or numbers that it cannot have
    /// - a norm twice in one week
    ///
    /// `ordered_at` are the times of all orders that a new seller ever had: their first orders bear no strikes. Leave
    /// them out for a seller who started before the log.
    #[uniffi::constructor(default(ordered_at = []))]
    pub fn from_numbers(
        rules: &Rulebook,
        numbers: Vec<WeekNumbers>,
        now: Instant,
        ordered_at: Vec<Instant>,
    ) -> Result<Arc<Self>> {
        let mut weeks = standing::judged_weeks(rules.by_week(), &judge_core(rules, &numbers, now)?)?;
        if !ordered_at.is_empty() {
            weeks = standing::count_orders(rules.by_week(), weeks, &ordered_at)?;
        }
        Ok(Arc::new(Self(Core::new(rules.by_week(), weeks, Vec::new())?)))
    }

    /// With more decisions of the marketplace.
    ///
    /// # Errors
    /// - a decision about a week that the ledger does not have
    pub fn with_events(&self, events: Vec<StandingEvent>) -> Result<Arc<Self>> {
        let events = events.iter().map(StandingEvent::core).collect::<Result<Vec<_>>>()?;
        Ok(Arc::new(Self(self.0.with_events(&events)?)))
    }

    /// What if: the same ledger with more weeks; a week that it already has is replaced.
    ///
    /// # Errors
    /// - as for a new ledger; a decision that no longer makes sense with those weeks is one
    pub fn with_weeks(&self, weeks: Vec<JudgedWeek>) -> Result<Arc<Self>> {
        let weeks = weeks.iter().map(JudgedWeek::core).collect::<Result<Vec<_>>>()?;
        Ok(Arc::new(Self(self.0.with_weeks(&weeks)?)))
    }

    /// The same ledger with every week without numbers that is final by a date, as a good one: strikes expire in an
    /// account that has no orders too. Weeks from its first on; an empty ledger stays empty.
    ///
    /// # Errors
    /// - as for a new ledger
    pub fn with_quiet_weeks(&self, until: LocalDate) -> Result<Arc<Self>> {
        Ok(Arc::new(Self(self.0.with_quiet_weeks(until)?)))
    }

    /// The judged weeks, oldest first.
    pub fn weeks(&self) -> Vec<JudgedWeek> {
        self.0.weeks().iter().map(JudgedWeek::from).collect()
    }

    /// The decisions, in the order in which they are applied.
    pub fn events(&self) -> Vec<StandingEvent> {
        self.0.events().iter().map(StandingEvent::from).collect()
    }

    /// The standing on a date, with everything behind it.
    ///
    /// # Errors
    /// - a date beyond the years that can be counted
    pub fn standing(&self, on: LocalDate) -> Result<StandingReport> {
        Ok(self.0.standing(on).into())
    }

    /// The standing at an instant: that of its date in the marketplace's zone.
    ///
    /// # Errors
    /// - an instant beyond the years that can be counted
    pub fn standing_at(&self, at: Instant) -> Result<StandingReport> {
        Ok(self.0.standing_at(at).into())
    }

    /// What it judges by: its rules, all of the history, and the time zone data of its dates.
    pub fn fingerprints(&self) -> Fingerprints {
        Fingerprints::from(self.0.fingerprints())
    }

    /// What the marketplace reports beside what is computed here for the same date: neither is changed.
    ///
    /// # Errors
    /// - a reported week without a rulebook
    pub fn compare(&self, reported: StandingAsReported) -> Result<StandingComparison> {
        let strike = |strike: &StrikeAsReported| -> Result<standing::StrikeAsReported> {
            Ok(standing::StrikeAsReported { week: strike.week.core()?, reasons: strike.reasons.clone() })
        };
        let strikes = reported.strikes.iter().map(strike).collect::<Result<Vec<_>>>()?;
        let count = u32::try_from(unsigned("count", reported.count)?).unwrap_or(u32::MAX);
        let found = self.0.compare(&standing::StandingAsReported { on: reported.on, count, strikes })?;
        let weeks = |weeks: &[klokuur::IsoWeek]| weeks.iter().copied().map(IsoWeek::from).collect();
        Ok(StandingComparison {
            on: found.on,
            reported: found.reported.into(),
            computed: found.computed.into(),
            only_reported: weeks(&found.only_reported),
            only_computed: weeks(&found.only_computed),
            other_reasons: weeks(&found.other_reasons),
            agrees: found.agrees(),
            english: found.to_string(),
            dutch: found.dutch(),
            fingerprints: Fingerprints::from(&found.fingerprints),
        })
    }

    /// The strikes that count on a date, oldest first.
    ///
    /// # Errors
    /// - a date beyond the years that can be counted
    pub fn strikes(&self, on: LocalDate) -> Result<Vec<Strike>> {
        Ok(strikes(self.0.strikes(on)))
    }

    /// The first thing that makes the standing better; none when nothing is wrong.
    ///
    /// # Errors
    /// - a date beyond the years that can be counted
    pub fn earliest_improvement(&self, on: LocalDate) -> Result<Option<Improvement>> {
        Ok(self.0.earliest_improvement(on).map(|improvement| match improvement {
            standing::Improvement::StrikeExpires(expiry) => {
                Improvement::StrikeExpires { expiry: expiry.into() }
            }
            standing::Improvement::PlanAccepted { next_expiry } => {
                Improvement::PlanAccepted { next_expiry: next_expiry.map(Expiry::from) }
            }
            standing::Improvement::MayApply { on } => Improvement::MayApply { on },
        }))
    }

    /// Everything that changed, in order.
    pub fn history(&self) -> Vec<LedgerEntry> {
        let entry = |entry: standing::LedgerEntry| LedgerEntry {
            on: entry.on,
            change: change(entry.change),
            strikes: entry.strikes.into(),
        };
        self.0.history().into_iter().map(entry).collect()
    }

    /// What comes of the weeks after the newest, each good or bad.
    ///
    /// # Errors
    /// - a ledger without weeks, or too many weeks
    pub fn what_if(&self, bad: &[bool]) -> Result<Vec<WhatIfStep>> {
        let step = |step: standing::WhatIfStep| WhatIfStep {
            week: step.week.into(),
            bad: step.bad,
            on: step.on,
            strikes: step.strikes.into(),
            standing: step.standing,
        };
        Ok(self.0.what_if(bad)?.into_iter().map(step).collect())
    }

    /// How many bad weeks in a row from now bring a consequence.
    ///
    /// # Errors
    /// - a ledger without weeks
    pub fn bad_weeks_until(&self, consequence: Consequence) -> Result<i64> {
        Ok(self.0.bad_weeks_until(consequence)?.into())
    }
}

pub(crate) fn change(change: standing::LedgerChange) -> LedgerChange {
    match change {
        standing::LedgerChange::StrikeGiven { week, causes: missed } => {
            LedgerChange::StrikeGiven { week: week.into(), causes: causes(missed) }
        }
        standing::LedgerChange::StrikeExpired { week } => LedgerChange::StrikeExpired { week: week.into() },
        standing::LedgerChange::StrikeWithdrawn { week } => {
            LedgerChange::StrikeWithdrawn { week: week.into() }
        }
        standing::LedgerChange::StandingChanged { from, to } => LedgerChange::StandingChanged { from, to },
    }
}
