//! Everything the sections print, worked out once.

use std::collections::HashMap;
use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};
use klokuur::Zone;
use klokuur::case::{CaseBook, CaseOutcome};
use klokuur::log::Mapping;
use klokuur::norm::{Cancelled, OrderLine, OrderWeeks, WeekNumbers, WeekResult, judge_weeks};
use klokuur::phone::{CallAttempt, PhoneHours, phone_weeks};
use klokuur::rulebook::{RulebookHistory, RulesByWeek};
use klokuur::{IsoWeek, KlokuurError, Nps, Rulebook};

use crate::Problem;
use crate::log::{SellerLog, Skipped};

pub(crate) struct Picture {
    /// The rules of today.
    pub(crate) rules: Rulebook,
    /// Those of every week.
    pub(crate) history: RulebookHistory,
    pub(crate) book: CaseBook,
    pub(crate) now: DateTime<Zone>,
    pub(crate) outcomes: Vec<CaseOutcome>,
    /// Every norm in every week that has numbers, by week.
    pub(crate) weeks: Vec<WeekResult>,
}

impl Picture {
    pub(crate) fn of(
        log: &mut SellerLog,
        mapping: &Mapping,
        now: Option<DateTime<Utc>>,
    ) -> Result<Self, Problem> {
        let history = RulebookHistory::bol()?.with_each(|rules| mapping.rules(rules))?;
        let latest = log.events.iter().map(|(_, e)| e.at).max();
        let now =
            now.or_else(|| latest.map(|t| t + TimeDelta::seconds(1))).ok_or("the case log has no rows")?;
        let rules = history.rules_on(now.date_naive())?.clone();
        let zone = rules.clock.zone;
        let mut book = CaseBook::of(&history)?;
        apply(log, &mut book, now);
        // What time did to the cases up to now is in the report; only what comes is still to be told.
        book.advance(now)?;
        let outcomes = book.outcomes(now)?;

        let mut numbers = book.response_weeks(now)?.numbers();
        numbers.extend(order_numbers(log, &outcomes, &history, zone, now)?);
        if rules.phone.is_some() && !log.calls.is_empty() {
            let attempts: Vec<_> =
                log.calls.iter().map(|c| CallAttempt { at: c.at, answered: c.answered }).collect();
            numbers.extend(
                phone_weeks(&attempts, &PhoneHours::of(&history)?)?.iter().map(|week| week.numbers()),
            );
        }
        numbers.extend(survey_numbers(log, zone, now)?);
        numbers.retain(|n| n.week <= IsoWeek::of(now.with_timezone(&zone).date_naive()));
        // A norm that a week did not have is not judged in it: no NPS before 2022, no hand-over before the split.
        numbers.retain(|n| history.rules_of_week(n.week).is_ok_and(|rules| rules.norm(&n.norm).is_ok()));
        let mut weeks = judge_weeks(&history, &numbers, now)?;
        let place =
            |w: &WeekResult| history.for_week(w.week).ok()?.norms.iter().position(|norm| norm.name == w.norm);
        weeks.sort_by_key(|w| (w.week, place(w)));
        Ok(Self { rules, history, book, now: now.with_timezone(&zone), outcomes, weeks })
    }

    pub(crate) fn this_week(&self) -> IsoWeek {
        IsoWeek::of(self.now.date_naive())
    }

    pub(crate) fn heading(&self, log: &Path) -> String {
        let calendar = self.book.schedule().calendar();
        let calendar =
            calendar.map_or("no holidays".into(), |calendar| format!("holidays {}", calendar.name()));
        format!(
            "{} as of {}, week {}\nrulebook {}, clock hours {}, {calendar}\nfingerprints: {}",
            log.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned()),
            self.now.format("%A %-d %B %Y %H:%M %Z"),
            self.this_week(),
            self.rules.name,
            self.book.schedule(),
            self.book.fingerprints(),
        )
    }
}

/// Applies the events up to `now`. What a case refuses joins the rows that were skipped.
pub(crate) fn apply(log: &mut SellerLog, book: &mut CaseBook, now: DateTime<Utc>) {
    let events = log.events.iter().filter(|(_, event)| event.at <= now).cloned();
    let refused = book.load_rows(events).into_iter();
    log.skipped.extend(refused.map(|(line, error)| Skipped {
        file: "cases".into(),
        line,
        why: error.to_string(),
    }));
}

fn order_numbers(
    log: &SellerLog,
    outcomes: &[CaseOutcome],
    history: &RulebookHistory,
    zone: Zone,
    now: DateTime<Utc>,
) -> Result<Vec<WeekNumbers>, KlokuurError> {
    if log.orders.is_empty() {
        return Ok(Vec::new());
    }
    // When the first return was registered, by order and item; one that names no item is of the whole order.
    let mut returned: HashMap<(&str, Option<&str>), DateTime<Utc>> = HashMap::new();
    for outcome in outcomes.iter().filter(|o| o.kind == klokuur::CaseKind::Return) {
        if let Some(order) = outcome.order.as_deref() {
            let first = returned.entry((order, outcome.item.as_deref())).or_insert(outcome.opened);
            *first = outcome.opened.min(*first);
        }
    }
    let mut weeks = OrderWeeks::new(zone);
    for order in log.orders.iter().filter(|o| o.at <= now) {
        let line = OrderLine {
            delivered_at: order.delivered_at.filter(|t| *t <= now),
            cancelled: order.cancelled.filter(|(t, _)| *t <= now).map(|(at, by_customer)| Cancelled {
                at,
                by_customer,
                processed_at: None,
            }),
            tracked: order.tracked,
            returned_at: [Some(order.item.as_str()), None]
                .into_iter()
                .filter_map(|item| returned.get(&(order.number.as_str(), item)).copied())
                .min(),
            ..OrderLine::new(order.at, order.quantity, order.promised_on)
        };
        weeks.add(&line, now)?;
    }
    for outcome in outcomes {
        weeks.add_case(outcome.opened);
    }
    Ok(weeks.numbers_under(history))
}

fn survey_numbers(log: &SellerLog, zone: Zone, now: DateTime<Utc>) -> Result<Vec<WeekNumbers>, KlokuurError> {
    let (at, scores): (Vec<_>, Vec<_>) = log
        .surveys
        .iter()
        .filter(|s| s.at <= now)
        .map(|s| (s.at.timestamp_micros(), s.recommendation))
        .unzip();
    let periods = klokuur::nps::nps_by_week(zone, &at, &scores)?;
    let numbers = |nps: &Nps| -> [u32; 3] {
        [nps.promoters(), nps.passives(), nps.detractors()].map(|n| u32::try_from(n).unwrap_or(u32::MAX))
    };
    Ok(periods
        .iter()
        .filter(|p| !p.nps.is_empty())
        .filter_map(|p| {
            let [promoters, passives, detractors] = numbers(&p.nps);
            Some(WeekNumbers::nps(p.week()?, promoters, passives, detractors))
        })
        .collect())
}
