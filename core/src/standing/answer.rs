//! What a ledger answers.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::week::StrikeCause;
use crate::fingerprints::Fingerprints;
use crate::names::names;
use crate::week::IsoWeek;

/// The standing of an account (RULES S3).
///
/// ```
/// # use klokuur::standing::Standing;
/// let offline = Standing::Offline { since: "2026-02-04".parse()? };
/// assert!(!offline.is_online());
/// assert!(Standing::Active.is_online());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Standing {
    /// Online.
    Active,
    /// Online by an accepted improvement plan, although enough strikes count to be offline; the next strike ends that.
    OnlineWithPlan {
        /// When the plan was accepted, or the shop reopened.
        since: NaiveDate,
    },
    /// Temporarily offline, until an improvement plan is accepted.
    Offline {
        /// From which date on.
        since: NaiveDate,
    },
    /// Closed.
    Closed {
        /// From which date on.
        since: NaiveDate,
        /// The first date on which the seller may apply for reopening, with a good improvement plan; not guaranteed.
        may_apply_from: NaiveDate,
    },
}

impl Standing {
    /// Whether customers can order.
    pub fn is_online(&self) -> bool {
        matches!(self, Self::Active | Self::OnlineWithPlan { .. })
    }
}

/// A strike that counts.
///
/// ```
/// # use chrono::NaiveDate;
/// # use klokuur::{Rulebook, standing::{JudgedWeek, Ledger}};
/// let bad = JudgedWeek::bad("2026-W10".parse()?, &["response_time"]);
/// let ledger = Ledger::new(&Rulebook::bol(), vec![bad], vec![])?;
/// let strike = &ledger.strikes("2026-03-31".parse::<NaiveDate>()?)[0];
/// assert_eq!(strike.given_on.to_string(), "2026-03-11"); // the Wednesday after the week
/// assert_eq!(strike.causes[0].norm, "response_time");
/// assert_eq!(strike.expiry_week.to_string(), "2026-W32"); // 22 weeks on
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Strike {
    /// The week that gave it.
    pub week: IsoWeek,
    /// The date on which it began to count.
    pub given_on: NaiveDate,
    /// The missed norms, with their numbers.
    pub causes: Vec<StrikeCause>,
    /// The strike counts no more when this week is final.
    pub expiry_week: IsoWeek,
    /// The date on which that week is final: as recorded, else the earliest possible.
    pub expires_on: NaiveDate,
    /// The last date on which a complaint is possible (RULES S4).
    pub appeal_until: NaiveDate,
}

names! {
    /// A consequence of too many strikes (RULES S3).
    ///
    /// ```
    /// # use klokuur::Rulebook;
    /// # use klokuur::standing::{Consequence, JudgedWeek, Ledger};
    /// let ledger = Ledger::new(&Rulebook::bol(), vec![JudgedWeek::good("2026-W10".parse()?)], vec![])?;
    /// assert_eq!(ledger.bad_weeks_until(Consequence::Offline)?, 5);
    /// assert_eq!(ledger.bad_weeks_until(Consequence::Closed)?, 7);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub enum Consequence: "consequence" {
        /// Temporarily offline.
        Offline = "offline",
        /// Closed.
        Closed = "closed",
    }
}

/// The next strikes to expire.
///
/// ```
/// # use chrono::NaiveDate;
/// # use klokuur::{Rulebook, standing::{JudgedWeek, Ledger}};
/// let bad = JudgedWeek::bad("2026-W10".parse()?, &["response_time"]);
/// let ledger = Ledger::new(&Rulebook::bol(), vec![bad], vec![])?;
/// let expiry = ledger.standing("2026-03-31".parse::<NaiveDate>()?).next_expiry.ok_or("no strike")?;
/// assert_eq!((expiry.week.to_string(), expiry.strikes_after), ("2026-W32".to_owned(), 0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expiry {
    /// The week that has to be final for it.
    pub week: IsoWeek,
    /// The date on which it is: as recorded, else the earliest possible.
    pub on: NaiveDate,
    /// The strikes that then still count, when the weeks until then are good.
    pub strikes_after: u32,
}

/// A week that is not final, shown apart: it counts for nothing yet.
///
/// ```
/// # use chrono::NaiveDate;
/// # use klokuur::{Rulebook, standing::{JudgedWeek, Ledger}};
/// let running = JudgedWeek::bad("2026-W10".parse()?, &["response_time"]).provisional();
/// let ledger = Ledger::new(&Rulebook::bol(), vec![running], vec![])?;
/// let report = ledger.standing("2026-03-07".parse::<NaiveDate>()?);
/// assert_eq!(report.provisional[0].missed[0].norm, "response_time");
/// assert!(report.strikes.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProvisionalWeek {
    /// The week.
    pub week: IsoWeek,
    /// The strike-bearing norms that it misses so far.
    pub missed: Vec<StrikeCause>,
}

/// The standing of an account on a date, with everything behind it (RULES S5).
///
/// ```
/// # use chrono::NaiveDate;
/// # use klokuur::{IsoWeek, Rulebook, standing::{Consequence, JudgedWeek, Ledger}};
/// let bad = |week| JudgedWeek::bad(IsoWeek::new(2026, week).unwrap(), &["response_time"]);
/// let ledger = Ledger::new(&Rulebook::bol(), (1..=4).map(bad).collect(), vec![])?;
/// let report = ledger.standing("2026-03-31".parse::<NaiveDate>()?);
/// assert_eq!((report.strikes.len(), report.until_offline, report.until_closed), (4, Some(1), Some(3)));
/// assert_eq!(report.next_consequence, Some(Consequence::Offline));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StandingReport {
    /// The date.
    pub on: NaiveDate,
    /// The standing.
    pub standing: Standing,
    /// The strikes that count, oldest first.
    pub strikes: Vec<Strike>,
    /// The newest final week; the window ends with it. None while no week is final.
    pub newest_final_week: Option<IsoWeek>,
    /// How many further strikes take the shop offline; none when it is offline or closed.
    pub until_offline: Option<u32>,
    /// How many further strikes close it; none when it is closed.
    pub until_closed: Option<u32>,
    /// What comes first when strikes are added, before any expires; none when the shop is closed.
    pub next_consequence: Option<Consequence>,
    /// When the next strike expires; none without strikes.
    pub next_expiry: Option<Expiry>,
    /// The weeks that are not final on that date.
    pub provisional: Vec<ProvisionalWeek>,
    /// What it was judged by, as [`Ledger::fingerprints`](super::Ledger::fingerprints).
    pub fingerprints: Fingerprints,
}

/// The earliest way in which things get better (RULES S5).
///
/// ```
/// # use chrono::NaiveDate;
/// # use klokuur::{Rulebook, standing::{Improvement, JudgedWeek, Ledger}};
/// let bad = JudgedWeek::bad("2026-W10".parse()?, &["response_time"]);
/// let ledger = Ledger::new(&Rulebook::bol(), vec![bad], vec![])?;
/// let improvement = ledger.earliest_improvement("2026-03-31".parse::<NaiveDate>()?);
/// assert!(matches!(improvement, Some(Improvement::StrikeExpires(expiry)) if expiry.strikes_after == 0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Improvement {
    /// A strike expires, when the weeks until then are good.
    StrikeExpires(Expiry),
    /// The shop comes back as soon as an improvement plan is accepted; no date can be known.
    PlanAccepted {
        /// When the next strike expires meanwhile.
        next_expiry: Option<Expiry>,
    },
    /// The seller may apply for reopening, with a good improvement plan; not guaranteed.
    MayApply {
        /// From this date on.
        on: NaiveDate,
    },
}

/// What changed in a ledger.
///
/// Shown at [`LedgerEntry`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum LedgerChange {
    /// A strike was given.
    StrikeGiven {
        /// Its week.
        week: IsoWeek,
        /// The missed norms.
        causes: Vec<StrikeCause>,
    },
    /// A strike left the window.
    StrikeExpired {
        /// Its week.
        week: IsoWeek,
    },
    /// A strike was revoked, or its week excused.
    StrikeWithdrawn {
        /// Its week.
        week: IsoWeek,
    },
    /// The standing became another.
    StandingChanged {
        /// What it was.
        from: Standing,
        /// What it is from this date on.
        to: Standing,
    },
}

/// A line of a ledger's history.
///
/// ```
/// # use klokuur::{Rulebook, standing::{JudgedWeek, Ledger, LedgerChange}};
/// let bad = JudgedWeek::bad("2026-W10".parse()?, &["response_time"]);
/// let ledger = Ledger::new(&Rulebook::bol(), vec![bad], vec![])?;
/// let first = &ledger.history()[0];
/// assert_eq!((first.on.to_string(), first.strikes), ("2026-03-11".to_owned(), 1));
/// assert!(matches!(first.change, LedgerChange::StrikeGiven { .. }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerEntry {
    /// The date.
    pub on: NaiveDate,
    /// What changed.
    #[serde(flatten)]
    pub change: LedgerChange,
    /// The strikes that count when all changes of that date are made.
    pub strikes: u32,
}
