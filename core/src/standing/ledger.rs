//! The ledger: judged weeks and decisions in, standing out.

use std::collections::{BTreeMap, BTreeSet};

use crate::time::{CalendarDate, Moment, YEARS, Zone};
use chrono::{DateTime, Months, NaiveDate, Utc};

use super::answer::{
    Consequence, Expiry, Improvement, LedgerChange, LedgerEntry, ProvisionalWeek, Standing, StandingReport,
    Strike,
};
use super::event::StandingEvent;
use super::replay::{Course, Input, Turn};
use super::trigger::Given;
use super::week::{JudgedWeek, StrikeCause, judged_weeks};
use crate::error::{KlokuurError, Result};
use crate::fingerprints::Fingerprints;
use crate::norm::{WeekResult, final_from};
use crate::rulebook::{Rulebook, RulebookHistory, RulesByWeek, StrikeRules};
use crate::week::IsoWeek;

/// The strikes and the standing of an account through time (RULES S1–S5). See the [module](super) for how it counts.
///
/// ```
/// # use chrono::NaiveDate;
/// # use klokuur::{Rulebook, standing::{JudgedWeek, Ledger}};
/// let bad = JudgedWeek::bad("2026-W10".parse()?, &["response_time"]);
/// let ledger = Ledger::new(&Rulebook::bol(), vec![bad], vec![])?;
/// assert!(ledger.strikes("2026-03-10".parse::<NaiveDate>()?).is_empty()); // not final yet
/// assert_eq!(ledger.standing("2026-03-11".parse::<NaiveDate>()?).until_offline, Some(4));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Ledger {
    rules: RulebookHistory,
    /// Those of the newest rulebook.
    strikes: StrikeRules,
    weeks: Vec<JudgedWeek>,
    events: Vec<StandingEvent>,
    course: Course,
    fingerprints: Fingerprints,
}

impl Ledger {
    /// A ledger of judged weeks and decisions, in any order, by one rulebook or by a history: which norms bear strikes
    /// is a matter of each week's rulebook, the ladder that of the newest final week's (RULES S6).
    ///
    /// # Errors
    /// - a rulebook without strikes, or one with faults; a week without a rulebook
    /// - a week twice, a week with the same missed norm twice, a week that is final before it ends
    /// - a missed or excused norm that the rulebook does not have, or that bears no strikes in it
    /// - a plan accepted while the shop is not offline
    /// - a reopening while it is not closed, or before the seller may apply
    /// - a revoked strike that was not given by then
    pub fn new<R: RulesByWeek + ?Sized>(
        rules: &R,
        weeks: Vec<JudgedWeek>,
        events: Vec<StandingEvent>,
    ) -> Result<Self> {
        let rules = rules.to_history()?;
        let fingerprints = Fingerprints::of_zone_data().with_rules(&rules);
        Self::build(rules, weeks, events, fingerprints)
    }

    /// A ledger of the results of all norms, without decisions: see [`judged_weeks`].
    ///
    /// # Errors
    /// - a rulebook without strikes
    /// - a norm twice in one week
    pub fn from_weeks<R: RulesByWeek + ?Sized>(rules: &R, results: &[WeekResult]) -> Result<Self> {
        Self::new(rules, judged_weeks(rules, results)?, Vec::new())
    }

    /// The same of an account of which the marketplace says whether it is a starter's: a starter's weeks bear no
    /// strikes (RULES S4).
    pub(crate) fn of_account<R: RulesByWeek + ?Sized>(
        rules: &R,
        results: &[WeekResult],
        is_starter: bool,
    ) -> Result<Self> {
        let mut weeks = judged_weeks(rules, results)?;
        if is_starter {
            weeks.iter_mut().for_each(|judged| judged.orders_to_date = Some(0));
        }
        Self::new(rules, weeks, Vec::new())
    }

    /// The same ledger with further decisions.
    ///
    /// # Errors
    /// - as [`Self::new`]
    pub fn with_events(&self, events: &[StandingEvent]) -> Result<Self> {
        let events = self.events.iter().chain(events).cloned().collect();
        Self::build(self.rules.clone(), self.weeks.clone(), events, self.fingerprints.clone())
    }

    /// What if: the same ledger with more weeks; a week that it already has is replaced.
    ///
    /// # Errors
    /// - as [`Self::new`]; a decision that no longer makes sense with those weeks is one
    pub fn with_weeks(&self, weeks: &[JudgedWeek]) -> Result<Self> {
        let old = self.weeks.iter().map(|judged| (judged.week, judged.clone()));
        let mut all: BTreeMap<IsoWeek, JudgedWeek> = old.collect();
        all.extend(weeks.iter().map(|judged| (judged.week, judged.clone())));
        let weeks = all.into_values().collect();
        Self::build(self.rules.clone(), weeks, self.events.clone(), self.fingerprints.clone())
    }

    /// The same ledger with every week without numbers that is final by a date, as a good one (RULES N1, N2): strikes
    /// expire in an account that has no orders too. Weeks from its first on; an empty ledger stays empty.
    ///
    /// ```
    /// # use chrono::NaiveDate;
    /// # use klokuur::{Rulebook, standing::{JudgedWeek, Ledger}};
    /// let bad = JudgedWeek::bad("2026-W10".parse()?, &["response_time"]);
    /// let ledger = Ledger::new(&Rulebook::bol(), vec![bad], vec![])?;
    /// let on: NaiveDate = "2027-03-01".parse()?;
    /// assert_eq!(ledger.strikes(on).len(), 1); // no newer week is known
    /// assert_eq!(ledger.with_quiet_weeks(on)?.strikes(on).len(), 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// - as [`Self::new`]
    pub fn with_quiet_weeks(&self, until: impl CalendarDate) -> Result<Self> {
        let until = until.naive();
        let Some(first) = self.weeks.first().map(|judged| judged.week) else { return Ok(self.clone()) };
        let known: BTreeSet<IsoWeek> = self.weeks.iter().map(|judged| judged.week).collect();
        let mut quiet = Vec::new();
        let mut week = first.succ();
        while week.year() <= *YEARS.end() && self.earliest_final(week) <= until {
            if !known.contains(&week) {
                quiet
                    .push(JudgedWeek { final_on: Some(self.earliest_final(week)), ..JudgedWeek::good(week) });
            }
            week = week.succ();
        }
        if quiet.is_empty() { Ok(self.clone()) } else { self.with_weeks(&quiet) }
    }

    fn build(
        rules: RulebookHistory,
        mut weeks: Vec<JudgedWeek>,
        mut events: Vec<StandingEvent>,
        fingerprints: Fingerprints,
    ) -> Result<Self> {
        for rulebook in rules.rulebooks() {
            rulebook.strike_rules()?;
        }
        let strikes = rules.newest_rules()?.strike_rules()?.clone();
        weeks.sort_by_key(|judged| judged.week);
        check(&rules, &mut weeks)?;
        for event in &mut events {
            if let StandingEvent::WeekExcused { week, norm: Some(norm), .. } = event {
                *norm = bearing(rules.for_week(*week)?, norm)?;
            }
        }
        events.sort_by(|a, b| a.order().cmp(&b.order()));
        let input = Input { rules: &rules, newest_rules: &strikes, weeks: &weeks, events: &events };
        let course = input.course()?;
        Ok(Self { rules, strikes, weeks, events, course, fingerprints })
    }

    /// The judged weeks, oldest first.
    pub fn weeks(&self) -> &[JudgedWeek] {
        &self.weeks
    }

    /// The decisions, in the order in which they are applied.
    pub fn events(&self) -> &[StandingEvent] {
        &self.events
    }

    /// What it judges by: its rules, all of the history, and the time zone data of its dates (RULES I5). What the weeks
    /// were counted by stands in their own results.
    pub fn fingerprints(&self) -> &Fingerprints {
        &self.fingerprints
    }

    pub(super) fn rules(&self) -> &RulebookHistory {
        &self.rules
    }

    /// The ladder that the newest final week climbs.
    pub(super) fn strike_rules(&self) -> &StrikeRules {
        ladder(&self.rules, self.newest_final_week()).unwrap_or(&self.strikes)
    }

    /// The zone of the marketplace, in which its dates are.
    pub(super) fn zone_on(&self, date: NaiveDate) -> Option<Zone> {
        self.rules.rules_on(date).ok().map(|rules| rules.clock.zone)
    }

    #[cfg(test)]
    pub(super) fn work(&self) -> usize {
        self.course.work
    }

    /// The last recorded week that has a final date.
    pub(super) fn newest_final_week(&self) -> Option<IsoWeek> {
        self.weeks.iter().rev().find(|judged| judged.final_on.is_some()).map(|judged| judged.week)
    }

    /// The date on which a week is final: as recorded, else the earliest possible.
    pub(super) fn final_date(&self, week: IsoWeek) -> NaiveDate {
        let recorded = self.weeks.binary_search_by_key(&week, |judged| judged.week).ok();
        let recorded = recorded.and_then(|at| self.weeks.get(at)).and_then(|judged| judged.final_on);
        recorded.unwrap_or_else(|| self.earliest_final(week))
    }

    /// The earliest date on which a week can be final.
    pub(super) fn earliest_final(&self, week: IsoWeek) -> NaiveDate {
        let Ok(rules) = self.rules.rules_on(week.monday()) else { return week.succ().monday() };
        let zone = rules.clock.zone;
        final_from(week, None, zone, rules.week.final_on).with_timezone(&zone).date_naive()
    }

    fn turn(&self, on: NaiveDate) -> Option<&Turn> {
        let after = self.course.turns.partition_point(|turn| turn.on <= on);
        self.course.turns.get(after.checked_sub(1)?)
    }

    /// The standing on a date, today or past, as it was known on that date, with the strikes that count and what lies
    /// ahead (RULES S5).
    ///
    /// For a date after the last recorded week it assumes nothing: strikes expire only when newer weeks are final. Use
    /// [`Self::with_quiet_weeks`] where there were none, and [`Self::what_if`] to look ahead.
    pub fn standing(&self, on: impl CalendarDate) -> StandingReport {
        let on = on.naive();
        let turn = self.turn(on);
        let ladder = ladder(&self.rules, turn.and_then(|s| s.newest)).unwrap_or(&self.strikes);
        let mut strikes: Vec<Strike> =
            self.course.strikes.iter().filter(|given| given.counts(on)).map(|g| self.strike(g, on)).collect();
        strikes.sort_by_key(|strike| strike.week);
        let standing = turn.map_or(Standing::Active, |s| s.standing);
        let count = u32::try_from(strikes.len()).unwrap_or(u32::MAX);
        let left = |limit: u32| limit.saturating_sub(count).max(1);
        let until_offline = standing.is_online().then(|| left(ladder.offline_at));
        let until_closed = (!matches!(standing, Standing::Closed { .. })).then(|| left(ladder.closed_at));
        let next_consequence = match (until_offline, until_closed) {
            (Some(offline), Some(closed)) if closed <= offline => Some(Consequence::Closed),
            (Some(_), _) => Some(Consequence::Offline),
            (None, Some(_)) => Some(Consequence::Closed),
            (None, None) => None,
        };
        StandingReport {
            on,
            standing,
            newest_final_week: turn.and_then(|s| s.newest),
            until_offline,
            until_closed,
            next_consequence,
            next_expiry: next_expiry(&strikes),
            provisional: self
                .weeks
                .iter()
                .filter(|judged| judged.final_on.is_none_or(|from| from > on))
                .map(|judged| ProvisionalWeek { week: judged.week, missed: self.counted_misses(judged, on) })
                .collect(),
            strikes,
            fingerprints: self.fingerprints.clone(),
        }
    }

    /// The misses of a week that is not final which would count: not those that are excused by a date, and none of a
    /// starter (RULES S4).
    fn counted_misses(&self, judged: &JudgedWeek, on: NaiveDate) -> Vec<StrikeCause> {
        let starter_orders = self.strike_rules().starter_orders;
        if judged.orders_to_date.is_some_and(|orders| orders <= u64::from(starter_orders)) {
            return Vec::new();
        }
        let is_excused = |miss: &&StrikeCause| {
            self.events.iter().take_while(|event| event.on() <= on).any(|event| match event {
                StandingEvent::WeekExcused { week, norm, .. } => {
                    *week == judged.week && norm.as_ref().is_none_or(|norm| *norm == miss.norm)
                }
                _ => false,
            })
        };
        judged.missed.iter().filter(|miss| !is_excused(miss)).cloned().collect()
    }

    /// The standing at an instant: that of its date in the marketplace's zone, whatever zone the instant is in.
    pub fn standing_at<M: Moment>(&self, at: M) -> StandingReport {
        self.standing(self.date_of(&at))
    }

    /// The first instant of a date in the marketplace's zone.
    pub(super) fn start_of(&self, date: NaiveDate) -> DateTime<Utc> {
        let zone = self.zone_on(date).unwrap_or(Zone::UTC);
        zone.start_of(date).to_utc()
    }

    /// The date of an instant in the marketplace's zone.
    pub fn date_of<M: Moment>(&self, at: &M) -> NaiveDate {
        let at = at.utc();
        let utc = at.naive_utc();
        self.zone_on(utc.date()).map_or(utc.date(), |zone| at.with_timezone(&zone).date_naive())
    }

    /// The strikes that count on a date, oldest first.
    pub fn strikes(&self, on: impl CalendarDate) -> Vec<Strike> {
        self.standing(on).strikes
    }

    fn strike(&self, given: &Given, on: NaiveDate) -> Strike {
        let ladder = ladder(&self.rules, Some(given.week)).unwrap_or(&self.strikes);
        let months = Months::new(ladder.appeal_months);
        let expiry_week = given.expiry_week(on);
        Strike {
            week: given.week,
            given_on: given.given_on,
            causes: given.causes_on(on),
            expiry_week,
            expires_on: self.final_date(expiry_week),
            appeal_until: given.given_on.checked_add_months(months).unwrap_or(NaiveDate::MAX),
        }
    }

    /// The earliest way in which things get better after a date; none for a shop without strikes (RULES S5).
    pub fn earliest_improvement(&self, on: impl CalendarDate) -> Option<Improvement> {
        let on = on.naive();
        let report = self.standing(on);
        // It counts still, so the week that ends it is not known to be final: not before today.
        let not_before = |expiry: Expiry| Expiry { on: expiry.on.max(on), ..expiry };
        let next_expiry = report.next_expiry.map(not_before);
        match report.standing {
            Standing::Active | Standing::OnlineWithPlan { .. } => next_expiry.map(Improvement::StrikeExpires),
            Standing::Offline { .. } => Some(Improvement::PlanAccepted { next_expiry }),
            Standing::Closed { may_apply_from, .. } => {
                Some(Improvement::MayApply { on: may_apply_from.max(on) })
            }
        }
    }

    /// Everything that changed, oldest first.
    pub fn history(&self) -> Vec<LedgerEntry> {
        let mut entries = Vec::new();
        let mut standing = Standing::Active;
        let mut strikes = 0_u32;
        let by_week = |which: &mut dyn Iterator<Item = (usize, bool)>| {
            let mut found: Vec<(&Given, bool)> =
                which.filter_map(|(index, flag)| Some((self.course.strikes.get(index)?, flag))).collect();
            found.sort_by_key(|(given, _)| given.week);
            found
        };
        for turn in &self.course.turns {
            let gone = by_week(&mut turn.gone.iter().copied());
            let given = by_week(&mut turn.given.iter().map(|index| (*index, false)));
            let count = |many: usize| u32::try_from(many).unwrap_or(u32::MAX);
            strikes = strikes.saturating_add(count(given.len())).saturating_sub(count(gone.len()));
            let mut add = |change| entries.push(LedgerEntry { on: turn.on, change, strikes });
            for (given, is_withdrawn) in gone {
                let week = given.week;
                add(match is_withdrawn {
                    true => LedgerChange::StrikeWithdrawn { week },
                    false => LedgerChange::StrikeExpired { week },
                });
            }
            for (given, _) in given {
                add(LedgerChange::StrikeGiven { week: given.week, causes: given.causes_on(turn.on) });
            }
            if turn.standing != standing {
                add(LedgerChange::StandingChanged { from: standing, to: turn.standing });
            }
            standing = turn.standing;
        }
        entries
    }
}

/// The ladder of a week.
fn ladder(rules: &RulebookHistory, week: Option<IsoWeek>) -> Option<&StrikeRules> {
    rules.for_week(week?).ok()?.strikes.as_ref()
}

fn next_expiry(strikes: &[Strike]) -> Option<Expiry> {
    let first = strikes.iter().min_by_key(|strike| strike.expiry_week)?;
    let after = strikes.iter().filter(|strike| strike.expiry_week > first.expiry_week).count();
    Some(Expiry {
        week: first.expiry_week,
        on: first.expires_on,
        strikes_after: u32::try_from(after).unwrap_or(u32::MAX),
    })
}

/// Checks weeks that are sorted, and gives their norms the names that the rulebook has for them.
fn check(rules: &RulebookHistory, weeks: &mut [JudgedWeek]) -> Result<()> {
    let refused = |given: String, accepted: &str| {
        Err(KlokuurError::InvalidValue { what: "judged week", given, accepted: accepted.to_owned() })
    };
    let mut before = None;
    for judged in weeks {
        if before == Some(judged.week) {
            return refused(format!("{} twice", judged.week), "each week once");
        }
        before = Some(judged.week);
        if let Some(on) = judged.final_on.filter(|on| *on <= judged.week.sunday()) {
            return refused(format!("{} final on {on}", judged.week), "a date after the week's Sunday");
        }
        let rules = rules.for_week(judged.week)?;
        let mut norms = BTreeSet::new();
        for miss in &mut judged.missed {
            if miss.week != judged.week {
                return refused(
                    format!("{} with a miss of {}", judged.week, miss.week),
                    "misses of the same week",
                );
            }
            miss.norm = bearing(rules, &miss.norm)?;
            if !norms.insert(&miss.norm) {
                return refused(format!("{} with {} twice", judged.week, miss.norm), "each missed norm once");
            }
        }
    }
    Ok(())
}

/// The name of a norm that bears strikes.
fn bearing(rules: &Rulebook, name: &str) -> Result<String> {
    match rules.norm(name) {
        Ok(norm) if norm.strike => Ok(norm.name.clone()),
        _ => Err(KlokuurError::UnknownName {
            what: "strike-bearing norm",
            given: name.to_owned(),
            accepted: rules.strike_norms().map(|norm| norm.name.as_str()).collect::<Vec<_>>().join(", "),
        }),
    }
}
