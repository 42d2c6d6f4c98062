//! Strikes and their consequences (RULES S).

use serde::Serialize;

use super::Sources;

/// What gives a strike (RULES S1).
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

/// Strikes and their consequences (RULES S1 to S4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StrikeRules {
    /// What gives a strike (RULES S1).
    pub trigger: StrikeTrigger,
    /// The window in final weeks, the newest included (RULES S2).
    pub window_weeks: u32,
    /// With this many strikes in the window the shop is temporarily offline (RULES S3).
    pub offline_at: u32,
    /// With this many strikes in the window the shop is closed (RULES S3); above `offline_at`.
    pub closed_at: u32,
    /// How long after closing the seller may apply again (RULES S3).
    pub reapply_after_years: u32,
    /// The first orders of a new seller, which bear no strikes (RULES S4).
    pub starter_orders: u32,
    /// How long complaints are possible (RULES S4).
    pub appeal_months: u32,
    /// The source of every value.
    pub sources: Sources,
}
