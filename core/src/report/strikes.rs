//! The strikes in the window, the standing, and what would be (RULES S).

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::exchange::ReportedStanding;
use crate::names::names;
use crate::norm::{Verdict, WeekResult};
use crate::rulebook::{RulebookHistory, StrikeRules};
use crate::standing::{
    Consequence, Improvement, Ledger, Standing, StandingAsReported, StandingComparison, StandingEvent,
    StandingReport, StrikeAsReported, WhatIfStep,
};
use crate::time::YEARS;
use crate::week::IsoWeek;

/// How many weeks a what-if supposes.
const SUPPOSED: usize = 2;

/// The strikes of a picture.
///
/// ```
/// # use chrono::{DateTime, Utc};
/// # use klokuur::Rulebook;
/// # use klokuur::exchange::PerformanceStatus;
/// # use klokuur::norm::{RESPONSE_TIME, WeekNumbers};
/// # use klokuur::report::{Picture, SellerData, WindowState};
/// let missed = WeekNumbers::new(RESPONSE_TIME, "2026-W10".parse()?, 50, 100).measured_elsewhere();
/// let told = r#"{"strike":{"count":1,"weeks":[{"week":"2026-10","reasons":["RESPONSE_TIME"]}]}}"#;
/// let data = SellerData::of_events([])
///     .with_reported(vec![missed])
///     .with_standing(PerformanceStatus::from_json(told)?.standing());
/// let now: DateTime<Utc> = "2026-03-23T08:00:00Z".parse()?;
/// let strikes = Picture::of(&data, &Rulebook::bol(), now)?.strikes.ok_or("no strikes in these rules")?;
/// let week = strikes.window.iter().find(|week| week.state == WindowState::Strike).ok_or("none")?;
/// assert_eq!(week.week.to_string(), "2026-W10");
/// assert_eq!((strikes.what_if[0].bad, strikes.what_if[0].then.strikes), (true, 3)); // after two more bad weeks
/// assert!(strikes.reported.ok_or("nothing reported")?.comparison.agrees());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StrikePicture {
    /// The standing with its strikes, their causes and expiry, and the provisional weeks.
    pub report: StandingReport,
    /// How many weeks the window has.
    pub window_weeks: u32,
    /// With how many strikes the shop is taken offline.
    pub offline_at: u32,
    /// With how many it is closed.
    pub closed_at: u32,
    /// The weeks of the window and the provisional ones after it, the oldest first; empty while no week is final.
    pub window: Vec<WindowWeek>,
    /// How many bad weeks in a row take the shop offline; none when it is not online, or no week is final.
    pub bad_weeks_until_offline: Option<u32>,
    /// How many close it; none when it is closed, or no week is final.
    pub bad_weeks_until_closed: Option<u32>,
    /// The earliest way in which things get better.
    pub improvement: Option<Improvement>,
    /// What two bad weeks, and two good ones, would lead to; empty while no week is final.
    pub what_if: Vec<WhatIf>,
    /// What the marketplace reports beside it (RULES S6); none where it reports no strikes.
    pub reported: Option<ReportedBeside>,
}

/// A week of the window.
///
/// Shown at [`StrikePicture`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WindowWeek {
    /// The week.
    pub week: IsoWeek,
    /// How it stands.
    pub state: WindowState,
    /// Of a strike: when it expires.
    pub expires_on: Option<NaiveDate>,
}

names! {
    /// How a week of the window stands.
    ///
    /// Shown at [`StrikePicture`].
    pub enum WindowState: "window state" {
        /// A final week without a strike.
        Good = "good",
        /// A week without data.
        NoData = "no_data",
        /// A strike that counts.
        Strike = "strike",
        /// Not final, and good as it stands.
        Provisional = "provisional",
        /// Not final, and would give a strike as it stands.
        Threatened = "threatened",
    }
}

/// What more weeks would lead to.
///
/// Shown at [`StrikePicture`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WhatIf {
    /// Whether they are supposed to be bad.
    pub bad: bool,
    /// How many are supposed.
    pub weeks: u32,
    /// Where the last of them leads.
    pub then: WhatIfStep,
}

/// What the marketplace reports, beside what is computed: neither is changed (RULES S6).
///
/// Shown at [`StrikePicture`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportedBeside {
    /// As it reports it.
    pub standing: ReportedStanding,
    /// The differences.
    pub comparison: StandingComparison,
}

impl StrikePicture {
    pub(super) fn of(
        history: &RulebookHistory,
        rules: &StrikeRules,
        weeks: &[WeekResult],
        decisions: &[StandingEvent],
        reported: Option<&ReportedStanding>,
        today: NaiveDate,
    ) -> Result<Self> {
        let known: Vec<StandingEvent> =
            decisions.iter().filter(|event| event.on() <= today).cloned().collect();
        let is_starter = reported.is_some_and(ReportedStanding::is_starter);
        // RULES N2: nothing of nothing is no data either.
        let with_data = weeks.iter().filter(|result| result.verdict != Verdict::NoData);
        let weeks_with_data: BTreeSet<IsoWeek> = with_data.map(|result| result.week).collect();
        let ledger =
            Ledger::of_account(history, weeks, is_starter)?.with_events(&known)?.with_quiet_weeks(today)?;
        let report = ledger.standing(today);
        let is_final = report.newest_final_week.is_some();
        let until = |consequence, applies: bool| {
            (applies && is_final).then(|| ledger.bad_weeks_until(consequence)).transpose()
        };
        Ok(Self {
            window_weeks: rules.window.weeks(),
            offline_at: rules.offline_at,
            closed_at: rules.closed_at,
            window: window(&weeks_with_data, &report, rules.window.weeks()),
            bad_weeks_until_offline: until(Consequence::Offline, report.standing.is_online())?,
            bad_weeks_until_closed: until(
                Consequence::Closed,
                !matches!(report.standing, Standing::Closed { .. }),
            )?,
            improvement: ledger.earliest_improvement(today),
            what_if: if is_final { what_if(&ledger)? } else { Vec::new() },
            reported: reported.map(|reported| beside(&ledger, reported, today)).transpose()?.flatten(),
            report,
        })
    }
}

fn what_if(ledger: &Ledger) -> Result<Vec<WhatIf>> {
    let mut found = Vec::new();
    for bad in [true, false] {
        let steps = ledger.what_if(&[bad; SUPPOSED])?;
        found.extend(steps.into_iter().last().map(|then| WhatIf { bad, weeks: SUPPOSED as u32, then }));
    }
    Ok(found)
}

fn beside(ledger: &Ledger, reported: &ReportedStanding, today: NaiveDate) -> Result<Option<ReportedBeside>> {
    let Some(count) = reported.strikes.and_then(|count| u32::try_from(count).ok()) else { return Ok(None) };
    let strikes = reported.weeks.iter().map(|(week, reasons)| StrikeAsReported {
        week: *week,
        reasons: reasons.iter().map(ToString::to_string).collect(),
    });
    let comparison = ledger.compare(&StandingAsReported { on: today, count, strikes: strikes.collect() })?;
    Ok(Some(ReportedBeside { standing: reported.clone(), comparison }))
}

fn window(with_data: &BTreeSet<IsoWeek>, report: &StandingReport, weeks: u32) -> Vec<WindowWeek> {
    let Some(last) = report.newest_final_week else { return Vec::new() };
    let back = i32::try_from(weeks).unwrap_or(i32::MAX);
    let mut found = Vec::new();
    for place in (0..back).rev() {
        let week = last.plus(-place);
        // Near the first supported year the window has fewer weeks.
        if week.year() < *YEARS.start() {
            continue;
        }
        let strike = report.strikes.iter().find(|strike| strike.week == week);
        let state = match strike {
            Some(_) => WindowState::Strike,
            None => state_of(week, with_data, report),
        };
        found.push(WindowWeek { week, state, expires_on: strike.map(|strike| strike.expires_on) });
    }
    let after = report.provisional.iter().filter(|one| one.week > last);
    found.extend(after.map(|one| WindowWeek {
        week: one.week,
        state: state_of(one.week, with_data, report),
        expires_on: None,
    }));
    found
}

/// How a week without a strike stands. One inside the window may be provisional still, when a case asked in it is due
/// late (RULES N1).
fn state_of(week: IsoWeek, with_data: &BTreeSet<IsoWeek>, report: &StandingReport) -> WindowState {
    let provisional = report.provisional.iter().find(|one| one.week == week);
    match (provisional, with_data.contains(&week)) {
        (Some(one), _) if !one.missed.is_empty() => WindowState::Threatened,
        (_, false) => WindowState::NoData,
        (Some(_), true) => WindowState::Provisional,
        (None, true) => WindowState::Good,
    }
}
