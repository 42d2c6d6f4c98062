//! What another list of holidays would have changed (RULES H4).

use chrono::DateTime;
use serde::{Deserialize, Serialize};

use super::input::Cases;
use crate::backtest::{Account, Backtest, Scenario, compare};
use crate::calendar::Fingerprint;
use crate::error::Result;
use crate::norm::{MeasuredBy, RESPONSE_TIME, WeekNumbers};
use crate::rulebook::{CountryCalendar, Rulebook, RulebookHistory};
use crate::time::Zone;

/// The marketplace that speaks of "Dutch and Belgian" holidays to sellers in the Netherlands, without a list.
const MARKETPLACE: &str = "bol";
/// The own list, which the rules take.
const OWN: &str = "NL";
/// The marketplace's reading.
const BOTH: &str = "NL+BE";

/// Every verdict that would be another under the other reading of which holidays count.
///
/// ```
/// # use chrono::{DateTime, Utc};
/// # use klokuur::Rulebook;
/// # use klokuur::case::{CaseEvent, Opening, Party, What};
/// # use klokuur::report::{Picture, SellerData};
/// let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
/// // Asked on the eve of All Saints' Day 2024, a Friday that only Belgium takes off, and answered on the Monday after.
/// let events = [
///     CaseEvent::new("K-1", at("2024-10-31T12:00:00Z"), What::Opened(Opening::by(Party::Customer))),
///     CaseEvent::new("K-1", at("2024-11-04T10:00:00Z"), What::seller_message()),
/// ];
/// let picture = Picture::of(&SellerData::of_events(events), &Rulebook::bol(), at("2024-11-18T08:00:00Z"))?;
/// let other = picture.other_holidays.ok_or("no other reading")?;
/// assert_eq!(other.changes.cases[0].to_string(), "case K-1: breached before, met after");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OtherHolidays {
    /// The list that the picture counts by.
    pub counted: String,
    /// The other list.
    pub other: String,
    /// The cases, weeks and strikes that would come out otherwise.
    pub changes: Backtest,
}

impl OtherHolidays {
    /// `clock` is the fingerprint of the hours that were counted, `numbers` are those of every norm, of which the
    /// response time's are counted anew where they were counted here. None where the marketplace has no second
    /// reading, or the seller's hours are others.
    pub(super) fn of(
        history: &RulebookHistory,
        rules: &Rulebook,
        clock: Fingerprint,
        cases: &Cases,
        numbers: &[WeekNumbers],
        account: Account<'_>,
        now: DateTime<Zone>,
    ) -> Result<Option<Self>> {
        let countries = |country| CountryCalendar::country(country);
        let (counted, other) = if rules.clock.calendars == [countries(OWN)] {
            (OWN, BOTH)
        } else if rules.clock.calendars == [countries("NL"), countries("BE")] {
            (BOTH, OWN)
        } else {
            return Ok(None);
        };
        if rules.marketplace != MARKETPLACE || clock != rules.schedule()?.fingerprint() {
            return Ok(None);
        }
        let before = Scenario::of(history)?;
        let after = Scenario::of(&history.for_country(other)?)?;
        // The response time that was counted here is what a list of holidays changes: it is counted again.
        let counted_here = |n: &WeekNumbers| n.norm == RESPONSE_TIME && n.measured_by == MeasuredBy::Here;
        let elsewhere: Vec<WeekNumbers> = numbers.iter().filter(|n| !counted_here(n)).cloned().collect();
        let changes = compare(|| cases.events(), &elsewhere, account, &before, &after, now.to_utc())?;
        Ok(Some(Self { counted: counted.into(), other: other.into(), changes }))
    }
}
