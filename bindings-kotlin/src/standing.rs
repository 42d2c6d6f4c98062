//! Strikes, the ledger and the standing of an account.

use std::sync::Arc;

use klokuur::Language;
use klokuur::standing::{self, Consequence, Ledger as Core, Standing};

use crate::error::Result;
use crate::fingerprints::Fingerprints;
use crate::norm::{WeekNumbers, judge_core};
use crate::rulebook::Rulebook;
use crate::time::{Instant, IsoWeek, LocalDate, signed, unsigned};

/// The standing of an account.
#[uniffi::remote(Enum)]
pub enum Standing {
    /// Online.
    Active,
    /// Online by an accepted improvement plan, although enough strikes count to be offline.
    OnlineWithPlan {
        /// When the plan was accepted, or the shop reopened.
        since: LocalDate,
    },
    /// Temporarily offline, until an improvement plan is accepted.
    Offline {
        /// From which date on.
        since: LocalDate,
    },
    /// Closed.
    Closed {
        /// From which date on.
        since: LocalDate,
        /// The first date on which the seller may apply for reopening; not guaranteed.
        may_apply_from: LocalDate,
    },
}

/// A consequence of too many strikes.
#[uniffi::remote(Enum)]
pub enum Consequence {
    /// Temporarily offline.
    Offline,
    /// Closed.
    Closed,
}

/// A decision of the marketplace, on a local date. The caller supplies it; none is ever guessed.
#[derive(Debug, Clone, PartialEq, uniffi::Enum)]
pub enum StandingEvent {
    /// The marketplace accepted an exception: the week's misses count no more.
    WeekExcused {
        /// The week.
        week: IsoWeek,
        /// The date of the decision.
        on: LocalDate,
        /// The only norm that is excused; without it the whole week is.
        #[uniffi(default = None)]
        norm: Option<String>,
    },
    /// A strike was revoked on appeal.
    StrikeRevoked {
        /// The week of the strike.
        week: IsoWeek,
        /// The date of the decision.
        on: LocalDate,
    },
    /// The improvement plan was accepted: the shop comes back online.
    PlanAccepted {
        /// The date of the decision.
        on: LocalDate,
    },
    /// The marketplace reopened a closed shop.
    Reopened {
        /// The date of the decision.
        on: LocalDate,
    },
}

impl StandingEvent {
    fn core(&self) -> Result<standing::StandingEvent> {
        Ok(match self {
            Self::WeekExcused { week, on, norm } => {
                standing::StandingEvent::WeekExcused { week: week.core()?, norm: norm.clone(), on: *on }
            }
            Self::StrikeRevoked { week, on } => {
                standing::StandingEvent::StrikeRevoked { week: week.core()?, on: *on }
            }
            Self::PlanAccepted { on } => standing::StandingEvent::PlanAccepted { on: *on },
            Self::Reopened { on } => standing::StandingEvent::Reopened { on: *on },
        })
    }
}

impl From<&standing::StandingEvent> for StandingEvent {
    fn from(event: &standing::StandingEvent) -> Self {
        match event.clone() {
            standing::StandingEvent::WeekExcused { week, norm, on } => {
                Self::WeekExcused { week: week.into(), on, norm }
            }
            standing::StandingEvent::StrikeRevoked { week, on } => {
                Self::StrikeRevoked { week: week.into(), on }
            }
            standing::StandingEvent::PlanAccepted { on } => Self::PlanAccepted { on },
            standing::StandingEvent::Reopened { on } => Self::Reopened { on },
        }
    }
}

/// A missed norm, with its numbers.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct StrikeCause {
    /// The norm.
    pub norm: String,
    /// The week.
    pub week: IsoWeek,
    /// Above the line.
    pub numerator: i64,
    /// Under the line.
    pub denominator: i64,
    /// The bad items, where the norm counts them.
    pub bad: Option<i64>,
}

impl StrikeCause {
    fn core(&self) -> Result<standing::StrikeCause> {
        Ok(standing::StrikeCause {
            norm: self.norm.clone(),
            week: self.week.core()?,
            numerator: self.numerator,
            denominator: unsigned("denominator", self.denominator)?,
            bad: self.bad.map(|bad| unsigned("bad", bad)).transpose()?,
        })
    }
}

fn causes(causes: Vec<standing::StrikeCause>) -> Vec<StrikeCause> {
    let cause = |cause: standing::StrikeCause| StrikeCause {
        norm: cause.norm,
        week: cause.week.into(),
        numerator: cause.numerator,
        denominator: signed(cause.denominator),
        bad: cause.bad.map(signed),
    };
    causes.into_iter().map(cause).collect()
}

/// A week as the ledger takes it: which strike-bearing norms it missed, and when it was final.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct JudgedWeek {
    /// The week.
    pub week: IsoWeek,
    /// The strike-bearing norms that it missed.
    #[uniffi(default = [])]
    pub missed: Vec<String>,
    /// The date on which it was final; the earliest possible when left out. It moves no other week.
    #[uniffi(default = None)]
    pub final_on: Option<LocalDate>,
    /// Whether it is not final yet.
    #[uniffi(default = false)]
    pub provisional: bool,
    /// All orders until the end of the week, where that is known.
    #[uniffi(default = None)]
    pub orders_to_date: Option<i64>,
    /// The numbers behind the misses, where they are known.
    #[uniffi(default = [])]
    pub causes: Vec<StrikeCause>,
}

impl JudgedWeek {
    fn core(&self) -> Result<standing::JudgedWeek> {
        let missed: Vec<&str> = self.missed.iter().map(String::as_str).collect();
        let mut week = standing::JudgedWeek::bad(self.week.core()?, &missed);
        week.final_on = self.final_on.or(week.final_on);
        week.orders_to_date =
            self.orders_to_date.map(|orders| unsigned("orders to date", orders)).transpose()?;
        for cause in &self.causes {
            let cause = cause.core()?;
            week.missed.retain(|miss| miss.norm != cause.norm);
            week.missed.push(cause);
        }
        Ok(if self.provisional { week.provisional() } else { week })
    }
}

impl From<&standing::JudgedWeek> for JudgedWeek {
    fn from(judged: &standing::JudgedWeek) -> Self {
        Self {
            week: judged.week.into(),
            missed: judged.missed.iter().map(|miss| miss.norm.clone()).collect(),
            final_on: judged.final_on,
            provisional: judged.final_on.is_none(),
            orders_to_date: judged.orders_to_date.map(signed),
            causes: causes(judged.missed.clone()),
        }
    }
}

/// A strike that counts.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct Strike {
    /// The week that gave it.
    pub week: IsoWeek,
    /// The date on which it began to count.
    pub given_on: LocalDate,
    /// The missed norms, with their numbers.
    pub causes: Vec<StrikeCause>,
    /// The strike counts no more when this week is final.
    pub expiry_week: IsoWeek,
    /// The date on which that week is final.
    pub expires_on: LocalDate,
    /// The last date for an appeal.
    pub appeal_until: LocalDate,
    /// In one English sentence.
    pub english: String,
    /// In one Dutch sentence.
    pub dutch: String,
}

fn strikes(strikes: Vec<standing::Strike>) -> Vec<Strike> {
    let strike = |strike: standing::Strike| Strike {
        english: strike.to_sentence(Language::English),
        dutch: strike.to_sentence(Language::Dutch),
        week: strike.week.into(),
        given_on: strike.given_on,
        causes: causes(strike.causes),
        expiry_week: strike.expiry_week.into(),
        expires_on: strike.expires_on,
        appeal_until: strike.appeal_until,
    };
    strikes.into_iter().map(strike).collect()
}

/// The next strikes to expire.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Expiry {
    /// The week that has to be final for it.
    pub week: IsoWeek,
    /// The date on which it is.
    pub on: LocalDate,
    /// The strikes that then still count, when the weeks until then are good.
    pub strikes_after: i64,
}

impl From<standing::Expiry> for Expiry {
    fn from(expiry: standing::Expiry) -> Self {
        Self { week: expiry.week.into(), on: expiry.on, strikes_after: expiry.strikes_after.into() }
    }
}

/// A week that is not final, shown apart: it counts for nothing yet.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct ProvisionalWeek {
    /// The week.
    pub week: IsoWeek,
    /// The strike-bearing norms that it misses so far.
    pub missed: Vec<StrikeCause>,
}

/// The standing of an account on a date, with everything behind it.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct StandingReport {
    /// The date.
    pub on: LocalDate,
    /// The standing.
    pub standing: Standing,
    /// The strikes that count, oldest first.
    pub strikes: Vec<Strike>,
    /// The newest final week; the window ends with it.
    pub newest_final_week: Option<IsoWeek>,
    /// How many further strikes take the shop offline; none when it is offline or closed.
    pub until_offline: Option<i64>,
    /// How many further strikes close it; none when it is closed.
    pub until_closed: Option<i64>,
    /// What comes next with enough strikes.
    pub next_consequence: Option<Consequence>,
    /// The next strikes to expire.
    pub next_expiry: Option<Expiry>,
    /// Weeks that are not final.
    pub provisional: Vec<ProvisionalWeek>,
    /// The standing in one English sentence.
    pub english: String,
    /// The standing in one Dutch sentence.
    pub dutch: String,
    /// What it was judged by.
    pub fingerprints: Fingerprints,
}

impl From<standing::StandingReport> for StandingReport {
    fn from(r: standing::StandingReport) -> Self {
        let provisional = |week: standing::ProvisionalWeek| ProvisionalWeek {
            week: week.week.into(),
            missed: causes(week.missed),
        };
        Self {
            english: r.to_sentence(Language::English),
            dutch: r.to_sentence(Language::Dutch),
            on: r.on,
            standing: r.standing,
            strikes: strikes(r.strikes),
            newest_final_week: r.newest_final_week.map(IsoWeek::from),
            until_offline: r.until_offline.map(i64::from),
            until_closed: r.until_closed.map(i64::from),
            next_consequence: r.next_consequence,
            next_expiry: r.next_expiry.map(Expiry::from),
            fingerprints: Fingerprints::from(&r.fingerprints),
            provisional: r.provisional.into_iter().map(provisional).collect(),
        }
    }
}

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

/// A week with a strike, as the marketplace reports it.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct StrikeAsReported {
    /// The week.
    pub week: IsoWeek,
    /// The norms that it names as reasons.
    #[uniffi(default = [])]
    pub reasons: Vec<String>,
}

/// The strikes of an account as the marketplace reports them; never altered.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct StandingAsReported {
    /// The date of the report.
    pub on: LocalDate,
    /// How many strikes it counts.
    pub count: i64,
    /// The weeks that it names.
    #[uniffi(default = [])]
    pub strikes: Vec<StrikeAsReported>,
}

/// What the marketplace reports beside what is computed here.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct StandingComparison {
    /// The date.
    pub on: LocalDate,
    /// How many strikes are reported.
    pub reported: i64,
    /// How many are computed.
    pub computed: i64,
    /// Weeks with a strike in the report only.
    pub only_reported: Vec<IsoWeek>,
    /// Weeks with a computed strike only.
    pub only_computed: Vec<IsoWeek>,
    /// Weeks with a strike in both, for other norms.
    pub other_reasons: Vec<IsoWeek>,
    /// Whether both say the same.
    pub agrees: bool,
    /// The difference in one English sentence.
    pub english: String,
    /// In one Dutch sentence.
    pub dutch: String,
    /// What the computed ones were judged by.
    pub fingerprints: Fingerprints,
}
