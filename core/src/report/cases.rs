//! The open cases: what waits for an answer, what is at risk, and what waits for someone else (RULES K3).

use chrono::DateTime;
use serde::{Deserialize, Serialize};

use super::due::DueChart;
use crate::case::{CaseBook, CaseRow, CaseStatus};
use crate::error::Result;
use crate::sla::ClockState;
use crate::time::Zone;

/// The open cases of a picture. Lists are of case numbers; the rows of those at risk stand in `waiting`.
///
/// ```
/// # use chrono::{DateTime, Utc};
/// # use klokuur::Rulebook;
/// # use klokuur::case::{CaseEvent, Opening, Party, What};
/// # use klokuur::report::{Picture, SellerData};
/// let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
/// let asked = |case: &str, when| CaseEvent::new(case, at(when), What::Opened(Opening::by(Party::Customer)));
/// let later = What::FollowUp { until: Some(at("2026-03-18T08:00:00Z")) };
/// let events = [
///     asked("K-1", "2026-03-13T14:00:00Z"),
///     asked("K-2", "2026-03-13T15:00:00Z"),
///     CaseEvent::new("K-2", at("2026-03-13T15:20:00Z"), What::seller_message()),
///     CaseEvent::new("K-2", at("2026-03-13T15:30:00Z"), later),
/// ];
/// let open = Picture::of(&SellerData::of_events(events), &Rulebook::bol(), at("2026-03-16T08:30:00Z"))?.cases;
/// assert_eq!((open.open, open.at_risk.clone()), (2, vec!["K-1".to_owned()]));
/// assert_eq!((open.to_follow_up[0].case.as_str(), open.to_follow_up[0].at.is_some()), ("K-2", true));
/// let chart = open.due.ok_or("nothing is due")?;
/// assert_eq!((chart.hours, chart.bars[0].cases.clone()), (1, vec!["K-1".to_owned()]));
/// assert_eq!(chart.bars[0].until, at("2026-03-16T14:00:00Z")); // due in the hour before 15:00 in Amsterdam
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenCases {
    /// How many are open: all lists but those at risk, late and with the marketplace together.
    pub open: u64,
    /// Those that wait for an answer of the seller, the oldest first, because it has priority.
    pub waiting: Vec<CaseRow>,
    /// Those that are late or have been open for a long time (RULES C2), the most urgent first.
    pub at_risk: Vec<String>,
    /// Those of them that are late already.
    pub late: Vec<String>,
    /// Those that wait for their customer.
    pub waiting_for_customer: Vec<String>,
    /// Those that were kept open by choice, the earliest first.
    pub to_follow_up: Vec<FollowUp>,
    /// Open ones of which nothing is due and that wait for none of these, as a return before its receipt (RULES K12).
    pub others: Vec<String>,
    /// Those with the marketplace's customer service, which are no open cases of the seller.
    pub with_marketplace: Vec<String>,
    /// When a case changes next by time alone; none when none waits for time.
    #[serde(default, deserialize_with = "crate::time::zoned_if_any")]
    pub next_change: Option<DateTime<Zone>>,
    /// When the answers are due: how many in each stretch of hours, and which hours do not count; none when none is to
    /// come.
    pub due: Option<DueChart>,
}

/// A case to follow up later (RULES K17).
///
/// Shown at [`OpenCases`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FollowUp {
    /// The case.
    pub case: String,
    /// The date and time that were chosen; past, it is due since then. None when none was.
    #[serde(default, deserialize_with = "crate::time::zoned_if_any")]
    pub at: Option<DateTime<Zone>>,
}

impl OpenCases {
    /// Of a book that was advanced to `now`.
    pub(super) fn of(book: &CaseBook, now: DateTime<Zone>) -> Result<Self> {
        let all = book.overview(now)?;
        let open = all.len() as u64;
        let (mut waiting, mut waiting_for_customer) = (Vec::new(), Vec::new());
        let (mut to_follow_up, mut others) = (Vec::new(), Vec::new());
        for row in all {
            match row.status {
                _ if row.due.is_some() => waiting.push(row),
                CaseStatus::WaitingForCustomer => waiting_for_customer.push(row.number),
                CaseStatus::FollowUpLater => {
                    to_follow_up.push(FollowUp { case: row.number, at: row.follow_up_at });
                }
                _ => others.push(row.number),
            }
        }
        let is_late = |row: &&CaseRow| row.state == ClockState::Breached;
        let mut risky: Vec<&CaseRow> =
            waiting.iter().filter(|row| row.is_open_long || is_late(row)).collect();
        risky.sort_by_key(|row| row.due);
        let at_risk: Vec<String> = risky.iter().map(|row| row.number.clone()).collect();
        let late = risky.iter().copied().filter(is_late).map(|row| row.number.clone()).collect();
        let due = DueChart::of(&waiting, &at_risk, book.schedule_at(now)?, now)?;
        // Without a date: after all that have one.
        to_follow_up.sort_by_key(|one| (one.at.is_none(), one.at));
        let hidden = book.with_marketplace(now)?;
        Ok(Self {
            open,
            waiting,
            at_risk,
            late,
            waiting_for_customer,
            to_follow_up,
            others,
            with_marketplace: hidden.into_iter().map(|row| row.number).collect(),
            next_change: book.next_wake_up(now)?,
            due,
        })
    }
}
