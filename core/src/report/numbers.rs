//! The weekly numbers of every norm, from all that a seller has (RULES N).

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, Utc};

use super::input::{RECOMMENDATION, SellerData};
use super::orders::{CountedOrder, OrdersAgainst};
use super::rows::SkippedRow;
use crate::case::{CaseBook, CaseKind, CaseOutcome, Party, SurveyAnswer};
use crate::error::Result;
use crate::insight::ItemOrders;
use crate::log::ExportedLine;
use crate::norm::{
    CASE_ITEM_RATIO, OrderLine, OrderWeeks, RETURNS, REVIEWS, WeekNumbers, WeekResult, join, judge_weeks,
    review_period,
};
use crate::nps::nps_by_week;
use crate::phone::{CallAttempt, PhoneHours, phone_weeks};
use crate::rulebook::{Rulebook, RulebookHistory, RulesByWeek};
use crate::time::Zone;
use crate::week::IsoWeek;

/// The answers to surveys up to now: when, and the score.
pub(super) struct Answers {
    pub(super) at: Vec<i64>,
    pub(super) scores: Vec<u8>,
}

impl Answers {
    /// Those that were given, else those that stand in the cases (RULES K16).
    pub(super) fn of(data: &SellerData, outcomes: &[CaseOutcome], now: DateTime<Utc>) -> Self {
        let recommendation = |answer: &SurveyAnswer| {
            let score = answer.scores.get(RECOMMENDATION).filter(|_| answer.at <= now)?;
            Some((answer.at.timestamp_micros(), score))
        };
        let (at, scores) = match &data.surveys {
            Some(surveys) => surveys.iter().filter_map(recommendation).unzip(),
            None => outcomes.iter().flat_map(|outcome| &outcome.surveys).filter_map(recommendation).unzip(),
        };
        Self { at, scores }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.at.is_empty()
    }
}

/// What the numbers are counted from, beside the data.
pub(super) struct Counted<'a> {
    pub(super) history: &'a RulebookHistory,
    pub(super) rules: &'a Rulebook,
    pub(super) book: &'a CaseBook,
    pub(super) outcomes: &'a [CaseOutcome],
    pub(super) answers: &'a Answers,
    pub(super) now: DateTime<Zone>,
}

/// The numbers of every norm in every week up to now, and the order lines that count against one. Those that mean
/// nothing join the skipped rows.
pub(super) fn numbers(
    data: &SellerData,
    counted: &Counted<'_>,
    skipped: &mut Vec<SkippedRow>,
) -> Result<(Vec<WeekNumbers>, OrdersAgainst)> {
    let Counted { history, rules, book, answers, now, .. } = counted;
    let this_week = IsoWeek::of(now.date_naive());
    let mut numbers = book.response_weeks(*now)?.numbers();
    let (of_orders, against) = of_orders(data, counted, skipped)?;
    numbers.extend(of_orders);
    let calls = data.calls.iter().flatten().filter(|call| call.at <= *now);
    let calls: Vec<CallAttempt> = calls.copied().collect();
    if rules.phone.is_some() && !calls.is_empty() {
        numbers.extend(phone_weeks(&calls, &PhoneHours::of(*history)?)?.iter().map(|week| week.numbers()));
    }
    for answered in nps_by_week(now.timezone(), &answers.at, &answers.scores)? {
        let count = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
        let (nps, week) = (answered.nps, answered.week().filter(|_| !answered.nps.is_empty()));
        let counts = [nps.promoters(), nps.passives(), nps.detractors()].map(count);
        numbers.extend(week.map(|week| {
            let [promoters, passives, detractors] = counts;
            WeekNumbers::nps(week, promoters, passives, detractors)
        }));
    }
    numbers.extend(of_reviews(data, history, *now)?);
    // A norm that a week did not have is not judged in it: no NPS before 2022, no hand-over before the split.
    let is_known = |n: &WeekNumbers| {
        n.week <= this_week && history.rules_of_week(n.week).is_ok_and(|rules| rules.norm(&n.norm).is_ok())
    };
    numbers.retain(is_known);
    // A name that no rules have is a slip, and no norm of another time.
    for told in &data.reported {
        if !history.rulebooks().iter().any(|rules| rules.norm(&told.norm).is_ok()) {
            rules.norm(&told.norm)?;
        }
    }
    let reported: Vec<WeekNumbers> = data.reported.iter().filter(|n| is_known(n)).cloned().collect();
    let all = if reported.is_empty() { numbers } else { join(*history, &numbers, &reported)? };
    Ok((all, against))
}

/// Every norm in every week that has numbers, judged by the rules of its week: by week, then in the order of the
/// rulebook.
pub(super) fn judged(
    numbers: &[WeekNumbers],
    history: &RulebookHistory,
    now: DateTime<Zone>,
) -> Result<Vec<WeekResult>> {
    let mut weeks = judge_weeks(history, numbers, now)?;
    let place = |w: &WeekResult| {
        history.rules_of_week(w.week).ok()?.norms.iter().position(|norm| norm.name == w.norm)
    };
    weeks.sort_by_key(|week| (week.week, place(week)));
    Ok(weeks)
}

/// The numbers of the norms that are measured on orders, and the lines behind them.
fn of_orders(
    data: &SellerData,
    counted: &Counted<'_>,
    skipped: &mut Vec<SkippedRow>,
) -> Result<(Vec<WeekNumbers>, OrdersAgainst)> {
    let now = counted.now.to_utc();
    let mut orders = data.orders.iter().flatten().filter(|order| order.line.ordered_at <= now).peekable();
    if orders.peek().is_none() {
        return Ok((Vec::new(), OrdersAgainst::new()));
    }
    let returned = first_returns(counted.outcomes);
    let zone = counted.now.timezone();
    let (mut weeks, mut against) = (OrderWeeks::new(zone), OrdersAgainst::new());
    for order in orders {
        let line = with_return(order, &returned);
        for one in weeks.against(&line, now).unwrap_or_default() {
            against.entry((one.week, one.norm)).or_default().push(CountedOrder::of(order, &one, zone));
        }
        if let Err(problem) = weeks.add(&line, now) {
            let why = problem.to_string();
            skipped.push(SkippedRow { file: data.read.orders_file.clone(), line: order.row, why });
        }
    }
    // N: questions per ordered item; returns and cancellations are norms of their own.
    let is_question =
        |outcome: &&CaseOutcome| outcome.kind == CaseKind::Question && outcome.origin != Party::Seller;
    counted.outcomes.iter().filter(is_question).for_each(|outcome| weeks.add_case(outcome.opened));
    let mut numbers = weeks.numbers_under(counted.history);
    // N2: of a week whose questions are archived they cannot be counted any more, and none is not zero.
    let archived: BTreeSet<IsoWeek> = counted.book.archived_weeks().collect();
    numbers.retain(|n| n.norm != CASE_ITEM_RATIO || !archived.contains(&n.week));
    // The same of returns, where no line of the export tells of any.
    let told = data.orders.iter().flatten().any(|order| order.line.returned_at.is_some());
    if let Some(until) = counted.book.archived_until().filter(|_| !told) {
        let last = IsoWeek::of(zone.date_of(until));
        numbers.retain(|n| n.norm != RETURNS || n.week > last);
    }
    Ok((numbers, against))
}

/// By order and item; a return that names no item is of the whole order.
type Returns<'a> = HashMap<(&'a str, Option<&'a str>), DateTime<Utc>>;

/// When the first return was registered.
fn first_returns(outcomes: &[CaseOutcome]) -> Returns<'_> {
    let mut returned: Returns<'_> = HashMap::new();
    for outcome in outcomes.iter().filter(|outcome| outcome.kind == CaseKind::Return) {
        if let Some(order) = outcome.order.as_deref() {
            let first = returned.entry((order, outcome.item.as_deref())).or_insert(outcome.opened);
            *first = outcome.opened.min(*first);
        }
    }
    returned
}

/// An order line with its first return, of the export or of a case.
fn with_return(order: &ExportedLine, returned: &Returns<'_>) -> OrderLine {
    let line = &order.line;
    let of_case = |item: Option<&str>| returned.get(&(order.order.as_str(), item)).copied();
    let returns = [line.returned_at, of_case(order.item.as_deref()), of_case(None)];
    OrderLine { returned_at: returns.into_iter().flatten().min(), ..line.clone() }
}

/// The review grade of the last week and of the running one (RULES P3).
fn of_reviews(data: &SellerData, history: &RulebookHistory, now: DateTime<Zone>) -> Result<Vec<WeekNumbers>> {
    let Some(reviews) = data.reviews.as_deref().filter(|reviews| !reviews.is_empty()) else {
        return Ok(Vec::new());
    };
    let rows: Vec<(NaiveDate, u8)> = reviews.iter().map(|review| (review.date, review.score)).collect();
    let today = now.date_naive();
    let mut numbers = Vec::new();
    for day in [IsoWeek::of(today).pred().sunday(), today] {
        let rules = history.rules_of_week(IsoWeek::of(day)).ok();
        if let Some(rule) = rules.and_then(|rules| rules.norm(REVIEWS).ok()) {
            let period = review_period(rule, &rows, day)?;
            numbers.extend((period.count > 0).then(|| period.numbers()));
        }
    }
    Ok(numbers)
}

/// The ordered pieces of every item on every date up to now, by date and item; a line without an item is of none.
pub(super) fn ordered(data: &SellerData, now: DateTime<Zone>) -> Vec<ItemOrders> {
    let zone = now.timezone();
    let mut pieces: HashMap<(NaiveDate, &str), u64> = HashMap::new();
    for order in data.orders.iter().flatten().filter(|order| order.line.ordered_at <= now) {
        if let Some(item) = order.item.as_deref() {
            let sum = pieces.entry((zone.date_of(order.line.ordered_at), item)).or_default();
            *sum = sum.saturating_add(u64::from(order.line.quantity));
        }
    }
    let one =
        |((date, item), orders): ((NaiveDate, &str), u64)| ItemOrders { date, item: item.to_owned(), orders };
    let mut all: Vec<ItemOrders> = pieces.into_iter().map(one).collect();
    all.sort_by(|a, b| (a.date, &a.item).cmp(&(b.date, &b.item)));
    all
}
