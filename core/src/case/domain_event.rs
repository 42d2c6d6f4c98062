//! What the book tells the application: the sending of it is the application's (RULES K13).

use crate::names::names;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::event::Party;

/// Something that an application may want to tell the seller.
///
/// ```
/// # use chrono::{DateTime, Utc};
/// # use klokuur::case::{CaseClock, Happening};
/// # use klokuur::{CaseBook, CaseEvent, Language, Opening, Party, Rulebook, What};
/// let mut book = CaseBook::of(&Rulebook::bol())?;
/// let asked: DateTime<Utc> = "2026-03-13T14:00:00Z".parse()?;
/// book.apply(CaseEvent::new("K-1", asked, What::Opened(Opening::by(Party::Customer))))?;
/// let told = book.advance("2026-03-16T08:00:00Z".parse::<DateTime<Utc>>()?)?;
/// assert!(matches!(told[0].what, Happening::Warned { clock: CaseClock::FirstResponse, .. }));
/// assert!(told[0].to_sentence(Language::English, &Utc).contains("K-1"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DomainEvent {
    /// The case number.
    pub case: String,
    /// When it became so.
    pub at: DateTime<Utc>,
    /// What became so.
    pub what: Happening,
    /// An event that arrived late, or a correction, shows that it was never so: what was told earlier is taken back.
    pub retracted: bool,
}

/// What became so.
///
/// Shown at [`DomainEvent`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Happening {
    /// There is a new case.
    Opened {
        /// Who opened it.
        origin: Party,
    },
    /// The marketplace's customer service gave the case to the seller.
    Forwarded,
    /// The case has been open for a long time.
    Warned {
        /// The clock.
        clock: CaseClock,
        /// Its deadline.
        due: DateTime<Utc>,
    },
    /// The deadline has passed; the time is the deadline's.
    Breached {
        /// The clock.
        clock: CaseClock,
    },
    /// The clock reached its goal.
    Answered {
        /// The clock.
        clock: CaseClock,
        /// Whether at the deadline or before.
        in_time: bool,
    },
    /// The day to follow up has come.
    FollowUpDue,
    /// The case went back to the marketplace's customer service, by itself at 48 hours or as recorded.
    ReturnedToMarketplace,
    /// A return did not come in time: its notification has lapsed, which is no breach (RULES K12).
    Lapsed,
    /// The case was closed.
    Closed {
        /// By whom.
        by: Party,
    },
    /// The case is open again.
    Reopened,
    /// The survey may go out.
    SurveyDue,
}

names! {
    /// The clocks of a case.
    ///
    /// Shown at [`DomainEvent`].
    pub enum CaseClock: "case clock" {
        /// The first response to a customer's question: the one that the service norm measures (RULES C2).
        FirstResponse = "first_response",
        /// The handling of a return or a cancellation (RULES K12).
        Request = "request",
        /// The answer to a customer's reply (RULES K8).
        FollowUp = "follow_up",
        /// The response to a forwarded case (RULES K5).
        Forwarded = "forwarded",
    }
}

impl CaseClock {
    /// Whether it stands still with the marketplace, where a rulebook says so (RULES C6): the customer's own, as that
    /// of a reply or a forwarding ends there.
    pub(super) fn may_pause(self) -> bool {
        matches!(self, Self::FirstResponse | Self::Request)
    }
}
