//! Strikes, judged weeks, the marketplace's decisions, and the standing of an account.

use klokuur::Language;
use klokuur::standing::{self, Consequence, Standing};

use crate::error::Result;
use crate::fingerprints::Fingerprints;
use crate::time::{IsoWeek, LocalDate, signed, unsigned};

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
    pub(crate) fn core(&self) -> Result<standing::StandingEvent> {
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
    pub(crate) fn core(&self) -> Result<standing::StrikeCause> {
        Ok(standing::StrikeCause {
            norm: self.norm.clone(),
            week: self.week.core()?,
            numerator: self.numerator,
            denominator: unsigned("denominator", self.denominator)?,
            bad: self.bad.map(|bad| unsigned("bad", bad)).transpose()?,
        })
    }
}

pub(crate) fn causes(causes: Vec<standing::StrikeCause>) -> Vec<StrikeCause> {
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
    pub(crate) fn core(&self) -> Result<standing::JudgedWeek> {
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

pub(crate) fn strikes(strikes: Vec<standing::Strike>) -> Vec<Strike> {
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
