//! Five norms measured on orders (RULES §5), from order lines.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::names::{CANCELLATIONS, CASE_ITEM_RATIO, FULFILMENT, RETURNS, TRACK_AND_TRACE};
use super::numbers::WeekNumbers;
use crate::error::{KlokuurError, Result};
use crate::timeline::{FIRST_INSTANT, LIMIT_INSTANT};
use crate::week::IsoWeek;

/// One line of an order: some items of one kind, in one parcel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrderLine {
    /// When it was ordered.
    pub ordered_at: DateTime<Utc>,
    /// The ordered items, 1 or more.
    pub quantity: u32,
    /// The promised delivery date, local.
    pub promised_on: NaiveDate,
    /// When the parcel was delivered, if it was.
    #[serde(default)]
    pub delivered_at: Option<DateTime<Utc>>,
    /// The cancellation, if there was one.
    #[serde(default)]
    pub cancelled: Option<Cancelled>,
    /// Whether the parcel can be followed.
    pub tracked: bool,
    /// When a return was registered, if one was.
    #[serde(default)]
    pub returned_at: Option<DateTime<Utc>>,
}

/// A cancellation of an order line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cancelled {
    /// When.
    pub at: DateTime<Utc>,
    /// Whether the customer cancelled; otherwise the seller did.
    pub by_customer: bool,
}

#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    ordered: u64,
    cancelled: u64,
    promised: u64,
    on_time: u64,
    parcels: u64,
    tracked: u64,
    returned: u64,
    cases: u64,
}

/// Weekly numbers of the norms that are measured on orders.
///
/// What counts in which week is not published; ours is: ordered and cancelled items in the week of the order, items on
/// time and parcels in the week of the promised date (once that date has passed or the parcel has arrived), returns in
/// the week they were registered, cases in the week they were opened. A customer's cancellation counts only after the
/// promised date (RULES §5); cancelled items are not late.
///
/// ```
/// # use chrono::{NaiveDate, TimeZone, Utc};
/// # use klokuur::norm::{OrderLine, OrderWeeks, FULFILMENT};
/// let line = OrderLine {
///     ordered_at: Utc.with_ymd_and_hms(2026, 3, 9, 12, 0, 0).unwrap(),
///     quantity: 2,
///     promised_on: NaiveDate::from_ymd_opt(2026, 3, 10).unwrap(),
///     delivered_at: Some(Utc.with_ymd_and_hms(2026, 3, 10, 18, 0, 0).unwrap()),
///     cancelled: None,
///     tracked: true,
///     returned_at: None,
/// };
/// let mut weeks = OrderWeeks::new(chrono_tz::Europe::Amsterdam);
/// weeks.add(&line, Utc.with_ymd_and_hms(2026, 3, 20, 8, 0, 0).unwrap())?;
/// let numbers = weeks.numbers();
/// assert!(numbers.iter().any(|n| n.norm == FULFILMENT && (n.numerator, n.denominator) == (2, 2)));
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
#[derive(Debug, Clone)]
pub struct OrderWeeks {
    zone: Tz,
    weeks: BTreeMap<IsoWeek, Counts>,
}

impl OrderWeeks {
    /// No orders yet; weeks and dates are local in `zone`.
    pub fn new(zone: Tz) -> Self {
        Self { zone, weeks: BTreeMap::new() }
    }

    /// Adds one order line, as it stands at `now`.
    ///
    /// # Errors
    /// - a quantity of 0
    /// - delivered or cancelled before it was ordered
    /// - a local date outside 1900 to 2100, of the promise or of any of its instants
    pub fn add<Z: TimeZone>(&mut self, line: &OrderLine, now: DateTime<Z>) -> Result<()> {
        if line.quantity == 0 {
            return Err(KlokuurError::OutOfRange {
                what: "quantity",
                given: "0".into(),
                accepted: "1 or more".into(),
            });
        }
        for (what, at) in [("delivery", line.delivered_at), ("cancellation", line.cancelled.map(|c| c.at))] {
            if let Some(at) = at.filter(|at| *at < line.ordered_at) {
                return Err(KlokuurError::OutOfRange {
                    what,
                    given: at.to_rfc3339(),
                    accepted: format!("the time of the order, {}, or later", line.ordered_at.to_rfc3339()),
                });
            }
        }
        self.in_supported_years(line)?;
        let items = u64::from(line.quantity);
        let ordered = self.week(line.ordered_at);
        ordered.ordered += items;
        if let Some(cancelled) = line.cancelled {
            if !cancelled.by_customer || self.date(cancelled.at) > line.promised_on {
                self.week(line.ordered_at).cancelled += items;
            }
        } else {
            let delivered = line.delivered_at.map(|at| self.date(at));
            let today = self.date(now.to_utc());
            if delivered.is_some() || today > line.promised_on {
                let week = self.weeks.entry(IsoWeek::of(line.promised_on)).or_default();
                week.promised += items;
                week.on_time += if delivered.is_some_and(|d| d <= line.promised_on) { items } else { 0 };
                week.parcels += 1;
                week.tracked += u64::from(line.tracked);
            }
        }
        if let Some(at) = line.returned_at {
            self.week(at).returned += items;
        }
        Ok(())
    }

    /// Adds a case opened at an instant, for the case-item ratio.
    pub fn add_case(&mut self, opened_at: DateTime<Utc>) {
        self.week(opened_at).cases += 1;
    }

    /// The numbers of every week, oldest first; a norm without items in a week has none (RULES N2).
    pub fn numbers(&self) -> Vec<WeekNumbers> {
        let mut all = Vec::new();
        for (&week, c) in &self.weeks {
            for (norm, above, under) in [
                (FULFILMENT, c.on_time, c.promised),
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

    /// A date outside them would count in a week that `IsoWeek` does not read back.
    fn in_supported_years(&self, line: &OrderLine) -> Result<()> {
        let supported = |date: NaiveDate| (1900..=2100).contains(&date.year());
        let refused = |what, given| {
            let accepted = "local dates from 1900-01-01 to 2100-12-31".into();
            Err(KlokuurError::OutOfRange { what, given, accepted })
        };
        if !supported(line.promised_on) {
            return refused("promised date", line.promised_on.to_string());
        }
        for (what, at) in [
            ("order", Some(line.ordered_at)),
            ("delivery", line.delivered_at),
            ("cancellation", line.cancelled.map(|c| c.at)),
            ("return", line.returned_at),
        ] {
            // The instant first: far outside them there is no local date at all.
            let is_far = |at: DateTime<Utc>| !(FIRST_INSTANT..LIMIT_INSTANT).contains(&at);
            if let Some(at) = at.filter(|at| is_far(*at) || !supported(self.date(*at))) {
                return refused(what, at.to_rfc3339());
            }
        }
        Ok(())
    }

    fn date(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.zone).date_naive()
    }

    fn week(&mut self, at: DateTime<Utc>) -> &mut Counts {
        self.weeks.entry(IsoWeek::of(self.date(at))).or_default()
    }
}
