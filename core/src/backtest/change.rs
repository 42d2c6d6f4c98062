//! What a backtest lists.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::fingerprints::Fingerprints;
use crate::norm::Verdict;
use crate::sla::ClockState;
use crate::standing::Standing;
use crate::week::IsoWeek;

/// Every verdict that differs between two scenarios.
///
/// ```
/// # use chrono::{DateTime, Utc};
/// # use klokuur::Rulebook;
/// # use klokuur::backtest::{Scenario, backtest};
/// # use klokuur::case::{CaseEvent, Opening, Party, What};
/// let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
/// let log = [CaseEvent::new("K-1", at("2026-04-24T15:30:00Z"), What::Opened(Opening::by(Party::Customer)))];
/// let dutch = Scenario::of(&Rulebook::bol())?;
/// let belgian = Scenario::of(&Rulebook::bol().for_country("BE")?)?; // without King's Day
/// let changes = backtest(&log, &[], &dutch, &belgian, at("2026-05-20T00:00:00Z"))?;
/// assert!(changes.is_empty()); // late by both, with another deadline
/// assert_eq!((changes.judged, changes.moved_deadlines), (1, 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Backtest {
    /// The cases whose first response is judged otherwise, by case number.
    pub cases: Vec<CaseChange>,
    /// The weeks in which a norm is judged otherwise, by week and norm.
    pub weeks: Vec<WeekChange>,
    /// The standing and the strikes, where they differ and both rulebooks have strikes.
    pub standing: Option<StandingChange>,
    /// How many cases were judged in both.
    pub judged: u64,
    /// How many of them have another deadline, whether or not that changes the verdict.
    pub moved_deadlines: u64,
    /// What judged before: hours, holidays, the rulebook or the whole history, and the time zone data (RULES I5).
    pub fingerprints_before: Fingerprints,
    /// What judged after.
    pub fingerprints_after: Fingerprints,
}

/// A case whose first response is judged otherwise.
///
/// ```
/// # use klokuur::{backtest::CaseChange, sla::ClockState};
/// let change = CaseChange {
///     case: "K-1".into(),
///     before: Some(ClockState::Met),
///     after: Some(ClockState::Breached),
///     due_before: None,
///     due_after: None,
/// };
/// assert_eq!(change.to_string(), "case K-1: met before, breached after");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseChange {
    /// The case number.
    pub case: String,
    /// The verdict before; none where the case was refused or owed no first response.
    pub before: Option<ClockState>,
    /// The verdict after.
    pub after: Option<ClockState>,
    /// The deadline before.
    pub due_before: Option<DateTime<Utc>>,
    /// The deadline after.
    pub due_after: Option<DateTime<Utc>>,
}

/// A week in which a norm is judged otherwise.
///
/// ```
/// # use chrono::{DateTime, Utc};
/// # use klokuur::{Rulebook, rulebook::Ratio};
/// # use klokuur::backtest::{Scenario, backtest};
/// # use klokuur::norm::{ON_TIME, WeekNumbers};
/// let at = "2026-03-23T08:00:00Z".parse::<DateTime<Utc>>()?;
/// let today = Rulebook::bol();
/// let mut stricter = today.clone();
/// let norm = stricter.norms.iter_mut().find(|norm| norm.name == ON_TIME).ok_or("no such norm")?;
/// norm.threshold = Ratio::new(97, 100)?;
/// let numbers = [WeekNumbers::new(ON_TIME, "2026-W10".parse()?, 950, 1000)];
/// let changes = backtest(&[], &numbers, &Scenario::of(&today)?, &Scenario::of(&stricter)?, at)?;
/// assert_eq!(changes.weeks[0].week.to_string(), "2026-W10");
/// let standing = changes.standing.ok_or("the same strikes")?;
/// assert_eq!(standing.strikes_new, [changes.weeks[0].week]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WeekChange {
    /// The norm.
    pub norm: String,
    /// The week.
    pub week: IsoWeek,
    /// The verdict before; none where the norm has no numbers or is not in the rulebook.
    pub before: Option<Verdict>,
    /// The verdict after.
    pub after: Option<Verdict>,
    /// Numerator and denominator before.
    pub numbers_before: Option<(i64, u64)>,
    /// Numerator and denominator after.
    pub numbers_after: Option<(i64, u64)>,
}

/// Strikes and standing as they differ.
///
/// Shown at [`WeekChange`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StandingChange {
    /// The standing before.
    pub before: Standing,
    /// The standing after.
    pub after: Standing,
    /// Weeks with a strike in the window before, and none after.
    pub strikes_gone: Vec<IsoWeek>,
    /// Weeks with a strike in the window after, and none before.
    pub strikes_new: Vec<IsoWeek>,
}

impl Backtest {
    /// Whether nothing is judged otherwise.
    pub fn is_empty(&self) -> bool {
        self.cases.is_empty() && self.weeks.is_empty() && self.standing.is_none()
    }
}

impl fmt::Display for CaseChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "case {}: {} before, {} after", self.case, state(self.before), state(self.after))
    }
}

impl fmt::Display for WeekChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = |verdict: Option<Verdict>| match verdict {
            Some(Verdict::Conforms) => "conforms",
            Some(Verdict::Missed) => "missed",
            Some(Verdict::NoData) | None => "no verdict",
        };
        write!(f, "{} {}: {} before, {} after", self.week, self.norm, words(self.before), words(self.after))
    }
}

fn state(state: Option<ClockState>) -> &'static str {
    match state {
        Some(ClockState::NotStarted) => "not started",
        Some(ClockState::Running) => "running",
        Some(ClockState::OutsideHours) => "outside hours",
        Some(ClockState::Paused) => "paused",
        Some(ClockState::Met) => "met",
        Some(ClockState::Breached) => "breached",
        Some(ClockState::Cancelled) => "cancelled",
        None => "no verdict",
    }
}
