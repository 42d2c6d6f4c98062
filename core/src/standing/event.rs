//! What the marketplace decided about an account.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::week::IsoWeek;

/// A decision of the marketplace, on a local date. The caller supplies it; none is ever guessed.
///
/// ```
/// # use chrono::NaiveDate;
/// # use klokuur::{Rulebook, standing::{JudgedWeek, Ledger, StandingEvent}};
/// let bad = JudgedWeek::bad("2026-W10".parse()?, &["response_time"]);
/// let revoked = StandingEvent::StrikeRevoked { week: bad.week, on: "2026-04-01".parse()? };
/// let ledger = Ledger::new(&Rulebook::bol(), vec![bad], vec![revoked])?;
/// assert_eq!(ledger.strikes("2026-03-31".parse::<NaiveDate>()?).len(), 1); // as it was known then
/// assert!(ledger.strikes("2026-04-01".parse::<NaiveDate>()?).is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case", deny_unknown_fields)]
pub enum StandingEvent {
    /// The marketplace accepted an exception: the week's misses count no more (RULES S4). The week need not be final
    /// yet.
    WeekExcused {
        /// The week.
        week: IsoWeek,
        /// The only norm that is excused; without it the whole week is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        norm: Option<String>,
        /// The date of the decision.
        on: NaiveDate,
    },
    /// A strike was revoked on appeal (RULES S4).
    StrikeRevoked {
        /// The week of the strike.
        week: IsoWeek,
        /// The date of the decision.
        on: NaiveDate,
    },
    /// The improvement plan was accepted: the shop comes back online (RULES S3).
    PlanAccepted {
        /// The date of the decision.
        on: NaiveDate,
    },
    /// The marketplace reopened a closed shop (RULES S3).
    Reopened {
        /// The date of the decision.
        on: NaiveDate,
    },
}

impl StandingEvent {
    /// The date of the decision.
    pub fn on(&self) -> NaiveDate {
        match self {
            Self::WeekExcused { on, .. } | Self::StrikeRevoked { on, .. } => *on,
            Self::PlanAccepted { on } | Self::Reopened { on } => *on,
        }
    }

    /// Withdrawals come before plans and reopenings of the same date: a strike that is gone needs no plan.
    pub(crate) fn order(&self) -> (NaiveDate, u8, Option<IsoWeek>, Option<&str>) {
        match self {
            Self::WeekExcused { week, norm, on } => (*on, 0, Some(*week), norm.as_deref()),
            Self::StrikeRevoked { week, on } => (*on, 1, Some(*week), None),
            Self::PlanAccepted { on } => (*on, 2, None, None),
            Self::Reopened { on } => (*on, 3, None, None),
        }
    }
}
