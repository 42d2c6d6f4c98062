//! The weekly numbers of the norms that are measured on orders.

use std::collections::BTreeMap;

use crate::time::{Moment, Zone};
use chrono::{DateTime, Utc};

use super::counted::{Counted, CountedAgainst};
use super::line::OrderLine;
use crate::error::Result;
use crate::norm::names::{
    CANCELLATIONS, CASE_ITEM_RATIO, FULFILMENT, HANDOVER, ON_TIME, RETURNS, TRACK_AND_TRACE,
};
use crate::norm::numbers::WeekNumbers;
use crate::rulebook::RulesByWeek;
use crate::shipping::ShippingMethod;
use crate::week::IsoWeek;

/// Items that were on time, of all that could be judged.
#[derive(Debug, Clone, Copy, Default)]
struct OnTime {
    good: u64,
    all: u64,
}

#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    ordered: u64,
    cancelled: u64,
    own: OnTime,
    vvb: OnTime,
    parcels: u64,
    tracked: u64,
    returned: u64,
    cases: u64,
}

/// Weekly numbers of the norms that are measured on orders, in one pass over the lines.
///
/// What counts in which week is not published; ours is (RULES N6): ordered and cancelled items in the week of the
/// order, items on time and parcels in the week of the promised date (once that date has passed or the parcel has
/// arrived), returns in the week they were registered, questions in the week they were asked. Units count, not lines. A
/// customer's cancellation counts only after the promised date, or when it was processed after it; cancelled items are
/// not late. What the marketplace fulfils counts in no norm (RULES K15).
///
/// ```
/// # use klokuur::norm::{OrderLine, OrderWeeks, FULFILMENT};
/// # use chrono::{DateTime, NaiveDate, Utc};
/// let line = OrderLine {
///     delivered_at: Some("2026-03-10T18:00:00Z".parse()?),
///     tracked: true,
///     ..OrderLine::new("2026-03-09T12:00:00Z".parse::<DateTime<Utc>>()?, 2, "2026-03-10".parse::<NaiveDate>()?)
/// };
/// let mut weeks = OrderWeeks::new(chrono_tz::Europe::Amsterdam);
/// weeks.add(&line, "2026-03-20T08:00:00Z".parse::<DateTime<Utc>>()?)?;
/// let numbers = weeks.numbers();
/// assert!(numbers.iter().any(|n| n.norm == FULFILMENT && (n.numerator, n.denominator) == (2, 2)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct OrderWeeks {
    zone: Zone,
    weeks: BTreeMap<IsoWeek, Counts>,
}

impl OrderWeeks {
    /// No orders yet; weeks and dates are local in `zone`.
    pub fn new(zone: impl Into<Zone>) -> Self {
        Self { zone: zone.into(), weeks: BTreeMap::new() }
    }

    /// Adds one order line, as it stands at `now`: what happens later is not looked at.
    ///
    /// # Errors
    /// - a quantity of 0; more returned than ordered
    /// - shipped, handed over, delivered or cancelled before it was ordered
    /// - a local date outside 1900 to 2100, of the promise or of any of its instants
    pub fn add<M: Moment>(&mut self, line: &OrderLine, now: M) -> Result<()> {
        let Some(found) = Counted::of(line, now.utc(), self.zone)? else { return Ok(()) };
        let items = u64::from(line.quantity);
        let ordered = self.weeks.entry(found.ordered_in).or_default();
        ordered.ordered += items;
        ordered.cancelled += if found.is_cancellation { items } else { 0 };
        let week = self.weeks.entry(found.promised_in).or_default();
        if let Some(good) = found.on_time {
            let kind =
                if line.shipping_method == ShippingMethod::Vvb { &mut week.vvb } else { &mut week.own };
            kind.all += items;
            kind.good += if good { items } else { 0 };
        }
        if let Some(is_tracked) = found.parcel {
            week.parcels += 1;
            week.tracked += u64::from(is_tracked);
        }
        if let Some(week) = found.returned_in {
            self.weeks.entry(week).or_default().returned += found.returned();
        }
        Ok(())
    }

    /// The norms against which an order line counts at `now`, each in its week, by the same reading as
    /// [`add`](Self::add): what stands behind a share. Nothing is added.
    ///
    /// ```
    /// # use klokuur::norm::{FULFILMENT, ON_TIME, OrderLine, OrderWeeks, TRACK_AND_TRACE};
    /// # use chrono::{DateTime, NaiveDate, Utc};
    /// let line = OrderLine::new("2026-03-09T12:00:00Z".parse::<DateTime<Utc>>()?, 2, "2026-03-10".parse::<NaiveDate>()?);
    /// let weeks = OrderWeeks::new(chrono_tz::Europe::Amsterdam);
    /// let against = weeks.against(&line, "2026-03-20T08:00:00Z".parse::<DateTime<Utc>>()?)?;
    /// let norms: Vec<&str> = against.iter().map(|one| one.norm).collect();
    /// assert_eq!(norms, [FULFILMENT, ON_TIME, TRACK_AND_TRACE]); // not there, and no code
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// - as [`add`](Self::add)
    pub fn against<M: Moment>(&self, line: &OrderLine, now: M) -> Result<Vec<CountedAgainst>> {
        let found = Counted::of(line, now.utc(), self.zone)?;
        Ok(found.map(|found| found.against()).unwrap_or_default())
    }

    /// Adds a customer question opened at an instant, for the case-item ratio. Returns and cancellation requests have
    /// norms of their own, and a case that the seller started is no question (RULES N).
    pub fn add_case(&mut self, opened_at: impl Moment) {
        self.week(opened_at.utc()).cases += 1;
    }

    /// The numbers of every week, oldest first; a norm without items in a week has none (RULES N2).
    ///
    /// Items on time come twice: together ([`FULFILMENT`], until the split of 2026) and apart ([`ON_TIME`],
    /// [`HANDOVER`]). See [`numbers_under`](Self::numbers_under) for those that a rulebook knows.
    pub fn numbers(&self) -> Vec<WeekNumbers> {
        let mut all = Vec::new();
        for (&week, c) in &self.weeks {
            for (norm, above, under) in [
                (FULFILMENT, c.own.good + c.vvb.good, c.own.all + c.vvb.all),
                (ON_TIME, c.own.good, c.own.all),
                (HANDOVER, c.vvb.good, c.vvb.all),
                (CANCELLATIONS, c.cancelled, c.ordered),
                (TRACK_AND_TRACE, c.tracked, c.parcels),
                (CASE_ITEM_RATIO, c.cases, c.ordered),
                (RETURNS, c.returned, c.ordered),
            ] {
                if under > 0 {
                    all.push(WeekNumbers::new(norm, week, i64::try_from(above).unwrap_or(i64::MAX), under));
                }
            }
        }
        all
    }

    /// The numbers of the norms that the rulebook of their week has, ready to be judged by it.
    pub fn numbers_under<R: RulesByWeek + ?Sized>(&self, rules: &R) -> Vec<WeekNumbers> {
        let mut numbers = self.numbers();
        numbers.retain(|numbers| {
            rules.rules_of_week(numbers.week).is_ok_and(|rules| rules.norm(&numbers.norm).is_ok())
        });
        numbers
    }

    fn week(&mut self, at: DateTime<Utc>) -> &mut Counts {
        let date = at.with_timezone(&self.zone).date_naive();
        self.weeks.entry(IsoWeek::of(date)).or_default()
    }
}
