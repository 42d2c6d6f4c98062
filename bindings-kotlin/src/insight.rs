//! What cases say about items: handling times, shares, the overview of a month.

use klokuur::case::{CaseKind, Party};
use klokuur::insight::{self, CountedBy, Dimension as OverviewDimension, Handling as CoreHandling};
use klokuur::{BusinessDuration, KlokuurError as CoreError, ShippingMethod};

use crate::case_book::CaseBook;
use crate::error::Result;
use crate::fingerprints::Fingerprints;
use crate::time::{Instant, IsoWeek, LocalDate, Period, signed, unsigned};

/// How long the handling of a case took, in business time.
#[derive(Debug, Clone, Copy, PartialEq, uniffi::Enum)]
pub enum Handling {
    /// The case was handled.
    Done {
        /// After this long.
        duration: BusinessDuration,
    },
    /// The case is still running.
    Running {
        /// For this long so far.
        duration: BusinessDuration,
    },
}

impl Handling {
    fn core(self) -> CoreHandling {
        match self {
            Self::Done { duration } => CoreHandling::Done(duration),
            Self::Running { duration } => CoreHandling::Running(duration),
        }
    }
}

/// What insights need of one case. A case book gives its `records`.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct CaseRecord {
    /// The local date on which the case was opened.
    pub opened: LocalDate,
    /// What it is about.
    #[uniffi(default = None)]
    pub subject: Option<String>,
    /// The item that it is about.
    #[uniffi(default = None)]
    pub item: Option<String>,
    /// What is wrong with the item.
    #[uniffi(default = None)]
    pub defect: Option<String>,
    /// How long handling took, or has taken so far; none when that is not known.
    #[uniffi(default = None)]
    pub handling: Option<Handling>,
    /// Whether it was answered in time; none when that is not (yet) judged.
    #[uniffi(default = None)]
    pub on_time: Option<bool>,
    /// The local date on which it was closed; none while it runs.
    #[uniffi(default = None)]
    pub closed: Option<LocalDate>,
    /// Question, return or cancellation; none is a question.
    #[uniffi(default = None)]
    pub kind: Option<CaseKind>,
    /// Who opened it; none is the customer.
    #[uniffi(default = None)]
    pub origin: Option<Party>,
    /// Who answers.
    #[uniffi(default = None)]
    pub agent: Option<String>,
    /// How the order is shipped; none when that is not known.
    #[uniffi(default = None)]
    pub shipping_method: Option<ShippingMethod>,
}

impl CaseRecord {
    fn core(self) -> insight::CaseRecord {
        insight::CaseRecord {
            opened: self.opened,
            subject: self.subject,
            item: self.item,
            defect: self.defect,
            handling: self.handling.map_or(CoreHandling::Unknown, Handling::core),
            on_time: self.on_time,
            closed: self.closed,
            kind: self.kind.unwrap_or_default(),
            origin: self.origin.unwrap_or_default(),
            agent: self.agent,
            shipping_method: self.shipping_method,
        }
    }
}

impl From<insight::CaseRecord> for CaseRecord {
    fn from(record: insight::CaseRecord) -> Self {
        let handling = match record.handling {
            CoreHandling::Unknown => None,
            CoreHandling::Done(duration) => Some(Handling::Done { duration }),
            CoreHandling::Running(duration) => Some(Handling::Running { duration }),
        };
        Self {
            opened: record.opened,
            subject: record.subject,
            item: record.item,
            defect: record.defect,
            handling,
            on_time: record.on_time,
            closed: record.closed,
            kind: Some(record.kind),
            origin: Some(record.origin),
            agent: record.agent,
            shipping_method: record.shipping_method,
        }
    }
}

pub(crate) fn records(cases: Vec<CaseRecord>) -> Vec<insight::CaseRecord> {
    cases.into_iter().map(CaseRecord::core).collect()
}

#[uniffi::export]
impl CaseBook {
    /// The cases as insights take them, dated in the zone of the book's schedule.
    ///
    /// # Errors
    /// - an instant outside the years 1900 to 2100
    pub fn records(&self, now: Instant) -> Result<Vec<CaseRecord>> {
        let book = self.book();
        let zone = book.schedule().zone();
        let outcomes = book.outcomes(now)?;
        Ok(outcomes.iter().map(|outcome| insight::CaseRecord::of(outcome, zone).into()).collect())
    }
}

/// How many pieces of an item were ordered on a date: what makes a count of cases a rate.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct ItemOrders {
    /// The local date.
    pub date: LocalDate,
    /// The item.
    pub item: String,
    /// The ordered pieces.
    pub orders: i64,
}

pub(crate) fn orders(rows: Vec<ItemOrders>) -> Result<Vec<insight::ItemOrders>> {
    let order = |(row, order): (usize, ItemOrders)| {
        let orders = u64::try_from(order.orders).map_err(|_| CoreError::Row {
            row,
            problem: Box::new(CoreError::OutOfRange {
                what: "ordered pieces",
                given: order.orders.to_string(),
                accepted: "0 or more".into(),
            }),
        })?;
        Ok(insight::ItemOrders { date: order.date, item: order.item, orders })
    };
    rows.into_iter().enumerate().map(order).collect()
}

/// A share of a whole with Wilson's score interval.
#[derive(Debug, Clone, Copy, PartialEq, uniffi::Record)]
pub struct ShareInterval {
    /// How many.
    pub count: i64,
    /// Of how many; at least 1.
    pub of: i64,
    /// `count / of`, for display.
    pub share: f64,
    /// Lower end, 0 or more.
    pub low: f64,
    /// Upper end, 1 or less.
    pub high: f64,
    /// The confidence level, as 0.95.
    pub confidence: f64,
}

impl From<insight::ShareInterval> for ShareInterval {
    fn from(share: insight::ShareInterval) -> Self {
        Self {
            count: signed(share.count),
            of: signed(share.of),
            share: share.share,
            low: share.low,
            high: share.high,
            confidence: share.confidence,
        }
    }
}

/// A share and its interval; none of none.
///
/// # Errors
/// - a count below 0 or above `of`
/// - a confidence that is not between 0 and 1
#[uniffi::export(default(confidence = 0.95))]
pub fn share_interval(count: i64, of: i64, confidence: f64) -> Result<Option<ShareInterval>> {
    let (count, of) = (unsigned("count of a share", count)?, unsigned("whole of a share", of)?);
    Ok(insight::ShareInterval::wilson(count, of, confidence)?.map(ShareInterval::from))
}

/// Percentiles of handling times that respect still-running cases: one that too few cases have reached is none, not a
/// guess.
#[derive(Debug, Clone, Copy, PartialEq, uniffi::Record)]
pub struct HandlingTimes {
    /// Handled cases with a known time.
    pub handled: i64,
    /// Still-running cases with a known time.
    pub running: i64,
    /// Half of the cases are handled within this time.
    pub median: Option<BusinessDuration>,
    /// Three quarters of the cases are handled within this time.
    pub p75: Option<BusinessDuration>,
    /// Nine in ten cases are handled within this time.
    pub p90: Option<BusinessDuration>,
    /// Nineteen in twenty cases are handled within this time.
    pub p95: Option<BusinessDuration>,
}

impl From<insight::HandlingTimes> for HandlingTimes {
    fn from(times: insight::HandlingTimes) -> Self {
        Self {
            handled: signed(times.handled),
            running: signed(times.running),
            median: times.median,
            p75: times.p75,
            p90: times.p90,
            p95: times.p95,
        }
    }
}

/// The usual percentiles of the handling times of cases, in any order.
#[uniffi::export]
pub fn handling_times(cases: Vec<Handling>) -> HandlingTimes {
    insight::HandlingTimes::of(cases.into_iter().map(Handling::core)).into()
}

/// The time within which a share of the cases is handled; none when the data does not reach that far.
///
/// # Errors
/// - a share that is not above 0 and at most 1
#[uniffi::export]
pub fn handling_percentile(cases: Vec<Handling>, share: f64) -> Result<Option<BusinessDuration>> {
    Ok(insight::HandlingTimes::percentile(cases.into_iter().map(Handling::core), share)?)
}

/// What an overview is split by.
#[uniffi::remote(Enum)]
pub enum OverviewDimension {
    /// By item.
    Item,
    /// By subject.
    Subject,
    /// By defect.
    Defect,
    /// By question, return and cancellation.
    Kind,
    /// By who opened it.
    Origin,
    /// By who answers.
    Agent,
    /// By how the order is shipped.
    ShippingMethod,
    /// By the ISO week of the date that counts.
    Week,
}

/// The date by which a case belongs to a period.
#[uniffi::remote(Enum)]
pub enum CountedBy {
    /// The date it was closed: the cases handled in the period.
    Closed,
    /// The date it was opened: the still-running cases count too.
    Opened,
}

/// The numbers of one group of cases.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct OverviewGroup {
    /// The item; none when not split by item, or for the cases without one.
    pub item: Option<String>,
    /// The subject; none when not split by subject, or for the cases without one.
    pub subject: Option<String>,
    /// The defect; none when not split by defect, or for the cases without one.
    pub defect: Option<String>,
    /// The kind; none when not split by kind.
    pub kind: Option<CaseKind>,
    /// Who opened them; none when not split by origin.
    pub origin: Option<Party>,
    /// The agent; none when not split by agent, or for the cases without one.
    pub agent: Option<String>,
    /// How the orders are shipped; none when not split by it, or for the cases of which that is not known.
    pub shipping_method: Option<ShippingMethod>,
    /// The ISO week, of which only the dates within the period count; none when not split by week.
    pub week: Option<IsoWeek>,
    /// How many cases.
    pub cases: i64,
    /// How many of them are questions.
    pub questions: i64,
    /// How many are returns.
    pub returns: i64,
    /// How many are cancellations.
    pub cancellations: i64,
    /// Handling times in business time, with the still-running cases respected.
    pub handling: HandlingTimes,
    /// The share that was on time, of the cases that are judged; none when none is.
    pub on_time: Option<ShareInterval>,
    /// The ordered pieces of the item in the period; none when not known or not about one item.
    pub orders: Option<i64>,
    /// Cases per ordered piece; none without orders.
    pub rate: Option<f64>,
}

impl From<insight::OverviewGroup> for OverviewGroup {
    fn from(group: insight::OverviewGroup) -> Self {
        Self {
            item: group.item,
            subject: group.subject,
            defect: group.defect,
            kind: group.kind,
            origin: group.origin,
            agent: group.agent,
            shipping_method: group.shipping_method,
            week: group.week.map(IsoWeek::from),
            cases: signed(group.cases),
            questions: signed(group.questions),
            returns: signed(group.returns),
            cancellations: signed(group.cancellations),
            handling: group.handling.into(),
            on_time: group.on_time.map(ShareInterval::from),
            orders: group.orders.map(signed),
            rate: group.rate,
        }
    }
}

/// The cases that were closed in a period in numbers, or those that were opened in it.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct Overview {
    /// The dates.
    pub period: Period,
    /// Which date of a case lies in the period.
    pub counted_by: CountedBy,
    /// All cases together.
    pub total: OverviewGroup,
    /// The groups, by count from most to fewest, then by name.
    pub groups: Vec<OverviewGroup>,
    /// What judged its cases: those of the book that they come from; none where nobody said.
    pub fingerprints: Option<Fingerprints>,
}

/// The overview of a month or of any period: in total, and split where `by` says so; only one item, subject, kind, …
/// where that is given. The cases closed in the period count, by `counted_by` those opened in it. `fingerprints` are
/// those of the book that the cases come from.
///
/// # Errors
/// - a period that ends before it starts
/// - orders below 0: the message names their row
/// - a confidence that is not between 0 and 1
#[uniffi::export(default(
    orders = [], by = [], item = None, subject = None, defect = None, confidence = 0.95, counted_by = None, kind = None,
    origin = None, agent = None, shipping_method = None, fingerprints = None
))]
#[expect(clippy::too_many_arguments, reason = "with defaults: a host names the ones that it gives")]
pub fn overview(
    cases: Vec<CaseRecord>,
    period: Period,
    orders: Vec<ItemOrders>,
    by: Vec<OverviewDimension>,
    item: Option<String>,
    subject: Option<String>,
    defect: Option<String>,
    confidence: f64,
    counted_by: Option<CountedBy>,
    kind: Option<CaseKind>,
    origin: Option<Party>,
    agent: Option<String>,
    shipping_method: Option<ShippingMethod>,
    fingerprints: Option<Fingerprints>,
) -> Result<Overview> {
    let query = insight::OverviewQuery {
        period: period.core()?,
        counted_by: counted_by.unwrap_or_default(),
        by,
        only_item: item,
        only_subject: subject,
        only_defect: defect,
        only_kind: kind,
        only_origin: origin,
        only_agent: agent,
        only_shipping_method: shipping_method,
        confidence,
    };
    let found = insight::Overview::of(&records(cases), &self::orders(orders)?, &query)?;
    Ok(Overview {
        period: found.period.into(),
        counted_by: found.counted_by,
        total: found.total.into(),
        groups: found.groups.into_iter().map(OverviewGroup::from).collect(),
        fingerprints,
    })
}
