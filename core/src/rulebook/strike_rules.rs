//! Strikes and their consequences (RULES S).

use serde::Serialize;

use super::Sources;

/// What gives a strike (RULES S1).
///
/// Shown at [`StrikeRules`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum StrikeTrigger {
    /// A final week in which at least one strike-bearing norm is missed gives one strike, however many are missed.
    AnyNorm,
    /// A strike when this many norms are missed within the window (B, taken literally).
    SeveralNorms {
        /// How many different norms; 2 or more.
        norms: u32,
    },
}

/// Which strikes count (RULES S2).
///
/// Shown at [`StrikeRules`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum StrikeWindow {
    /// Those of the last final weeks, the newest included.
    Rolling {
        /// How many weeks.
        weeks: u32,
    },
    /// Those of a monitoring period that the first bad week opens.
    FromFirstBadWeek {
        /// How many weeks it lasts, the first included.
        weeks: u32,
        /// With so many strikes it is over too: a further one opens a new period.
        ends_at: u32,
    },
}

impl StrikeWindow {
    /// How many weeks it has.
    pub fn weeks(self) -> u32 {
        match self {
            Self::Rolling { weeks } | Self::FromFirstBadWeek { weeks, .. } => weeks,
        }
    }
}

/// Policy points, a ladder beside the strikes (RULES S7).
///
/// ```
/// # use klokuur::Rulebook;
/// let rules = Rulebook::bol();
/// let points = rules.policy_points_rules()?;
/// assert_eq!((points.start, points.return_after_days, points.closed_at), (100, 365, 0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PolicyPointsRules {
    /// The points of an account without violations.
    pub start: u32,
    /// After how many days deducted points come back.
    pub return_after_days: u32,
    /// With so few points the account is closed.
    pub closed_at: u32,
    /// The source of every value.
    pub sources: Sources,
}

/// Strikes and their consequences (RULES S1 to S4).
///
/// ```
/// # use klokuur::Rulebook;
/// # use klokuur::rulebook::{StrikeTrigger, StrikeWindow};
/// let rules = Rulebook::bol();
/// let strikes = rules.strike_rules()?;
/// assert_eq!((strikes.offline_at, strikes.closed_at, strikes.window.weeks()), (5, 7, 22));
/// assert_eq!(strikes.trigger, StrikeTrigger::AnyNorm);
/// assert!(matches!(strikes.window, StrikeWindow::Rolling { weeks: 22 }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StrikeRules {
    /// What gives a strike (RULES S1).
    pub trigger: StrikeTrigger,
    /// Which strikes count (RULES S2).
    pub window: StrikeWindow,
    /// With this many strikes in the window the shop is temporarily offline (RULES S3).
    pub offline_at: u32,
    /// With this many strikes in the window the shop is closed (RULES S3); above `offline_at`.
    pub closed_at: u32,
    /// How long after closing the seller may apply again (RULES S3).
    pub reapply_after_years: u32,
    /// The first orders of a new seller, which bear no strikes (RULES S4).
    pub starter_orders: u32,
    /// How many more bear none, once, when a norm was missed over the first ones (RULES S4); 0: none.
    pub starter_again: u32,
    /// How long complaints are possible (RULES S4).
    pub appeal_months: u32,
    /// The source of every value.
    pub sources: Sources,
}
