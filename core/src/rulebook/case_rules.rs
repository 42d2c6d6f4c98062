//! The numbers of a case (RULES K, C2).

use crate::names::names;
use serde::Serialize;

use super::{Basis, Sources};

names! {
    /// When a clock stands still (RULES C6).
    ///
    /// Shown at [`CaseRules`].
    pub enum PausedWhile: "case status that pauses" {
        /// While the marketplace's customer service has the case.
        WithMarketplace = "with_marketplace",
    }
}

/// The clock of a kind of case of its own: a return, from its receipt; a cancellation, from the request (RULES K12).
///
/// ```
/// # use klokuur::{Rulebook, rulebook::Basis};
/// let returns = Rulebook::bol().case.returns;
/// assert_eq!((returns.basis, returns.lapses_after_days), (Basis::Elapsed, Some(14)));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RequestRules {
    /// The hours that count, as schedule text, in the rulebook's zone and with its calendars.
    pub hours: String,
    /// The budget, in hours of `basis`.
    pub within_hours: u32,
    /// When to warn, in hours of `basis`; below `within_hours`.
    pub warn_after_hours: u32,
    /// What the budget counts.
    pub basis: Basis,
    /// Of a return: how many days after its registration it lapses when it has not come; none when it never does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lapses_after_days: Option<u32>,
    /// The source of every value.
    pub sources: Sources,
}

/// The numbers of a case (RULES K, C2).
///
/// ```
/// # use klokuur::{Rulebook, rulebook::Basis};
/// let case = Rulebook::bol().case;
/// assert_eq!((case.first_response_hours, case.warn_after_hours, case.basis), (24, 18, Basis::Business));
/// assert_eq!((case.forwarded_expected_hours, case.forwarded_returned_hours), (24, 48));
/// assert!(case.pauses.is_empty() && case.close_needs_contact);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CaseRules {
    /// The budget of the first response to a new customer question (RULES C2).
    pub first_response_hours: u32,
    /// After how long a question is shown as open for a long time (RULES C2); below `first_response_hours`.
    pub warn_after_hours: u32,
    /// What the budgets of the first response and of follow-ups count.
    pub basis: Basis,
    /// The budget of the answer to a customer's reply (RULES K8); not part of the response-time norm.
    pub follow_up_hours: u32,
    /// When the response to a forwarded case is expected (RULES K5).
    pub forwarded_expected_hours: u32,
    /// When a forwarded case goes back by itself (RULES K5); not below `forwarded_expected_hours`.
    pub forwarded_returned_hours: u32,
    /// What the budgets of a forwarded case count (RULES K5).
    pub forwarded_basis: Basis,
    /// How long after the order the seller may start a case (RULES K7).
    pub start_within_years: u32,
    /// Whether an automatic acknowledgement stops the clock (RULES K11).
    pub automatic_reply_counts: bool,
    /// Whether closing needs a seller message inside the system (RULES K9).
    pub close_needs_contact: bool,
    /// When the first-response clock stands still (RULES C6); bol's never does.
    pub pauses: Vec<PausedWhile>,
    /// The clock of a return (RULES K12).
    pub returns: RequestRules,
    /// The clock of a cancellation request (RULES K12).
    pub cancellations: RequestRules,
    /// The source of every value.
    pub sources: Sources,
}
