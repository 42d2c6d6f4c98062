//! The sections of a rulebook as values: every number of a marketplace's rules.

use std::collections::HashMap;

use klokuur::calendar::NetherlandsOptions;
use klokuur::rulebook::{self as core, Basis, Confidence, PausedWhile, StrikeTrigger as CoreTrigger};
use klokuur::schedule::Conventions;

use crate::error::Result;
use crate::rulebook::{Ratio, Rulebook};
use crate::time::LocalDate;

/// How sure a value is.
#[uniffi::remote(Enum)]
pub enum Confidence {
    /// From an official source.
    High,
    /// From one good source.
    Medium,
    /// A guess, or a contradiction between sources.
    Low,
}

/// When the answer clock stands still.
#[uniffi::remote(Enum)]
pub enum PausedWhile {
    /// While the case is with the marketplace's customer service.
    WithMarketplace,
}

/// Which hours a number of hours is counted in.
#[uniffi::remote(Enum)]
pub enum Basis {
    /// Clock hours: the open hours of the rulebook.
    Business,
    /// Elapsed hours, day and night.
    Elapsed,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Weekday {
    /// Monday.
    Monday,
    /// Tuesday.
    Tuesday,
    /// Wednesday.
    Wednesday,
    /// Thursday.
    Thursday,
    /// Friday.
    Friday,
    /// Saturday.
    Saturday,
    /// Sunday.
    Sunday,
}

/// The sources of values, by the name of the value, in letters: A help page, B agency, O official, 3 third party, D
/// ours.
pub type Sources = HashMap<String, String>;

/// A country whose holidays do not count.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct CountryCalendar {
    /// The code of a built-in calendar: `NL`, `DE-BY`.
    pub country: String,
    /// The switches of the Dutch calendar, where the rulebook sets them.
    pub netherlands: Option<NetherlandsOptions>,
}

/// Which hours count.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct ClockRules {
    /// The open hours, in the syntax of OpenStreetMap.
    pub hours: String,
    /// The zone of the marketplace.
    pub zone: String,
    /// The countries whose holidays do not count.
    pub calendars: Vec<CountryCalendar>,
    /// What holds at the edges of open time.
    pub conventions: Conventions,
    /// Where the values come from.
    pub sources: Sources,
}

/// Requests that are handled in office hours: returns and cancellations.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct RequestRules {
    /// The office hours.
    pub hours: String,
    /// Hours to handle one in.
    pub within_hours: i64,
    /// Hours after which to warn.
    pub warn_after_hours: i64,
    /// Which hours those are.
    pub basis: Basis,
    /// Days after which an announcement lapses; none: never.
    pub lapses_after_days: Option<i64>,
    /// Where the values come from.
    pub sources: Sources,
}

/// How a case is answered in time.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct CaseRules {
    /// Hours for the first response.
    pub first_response_hours: i64,
    /// Hours after which to warn.
    pub warn_after_hours: i64,
    /// Which hours those are.
    pub basis: Basis,
    /// Hours for an answer to a follow-up.
    pub follow_up_hours: i64,
    /// Hours in which an answer to a forwarded case is expected.
    pub forwarded_expected_hours: i64,
    /// Hours after which a forwarded case goes back.
    pub forwarded_returned_hours: i64,
    /// Which hours those two are.
    pub forwarded_basis: Basis,
    /// Years after the order in which the seller may start a case.
    pub start_within_years: i64,
    /// Whether an automatic reply is an answer.
    pub automatic_reply_counts: bool,
    /// Whether a case can only be closed after contact.
    pub close_needs_contact: bool,
    /// When the clock stands still.
    pub pauses: Vec<PausedWhile>,
    /// Returns.
    pub returns: RequestRules,
    /// Cancellations.
    pub cancellations: RequestRules,
    /// Where the values come from.
    pub sources: Sources,
}

/// When a week is final.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct WeekRules {
    /// The day of the week after it.
    pub final_on: Weekday,
    /// Where the values come from.
    pub sources: Sources,
}

/// What gives a strike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum StrikeTrigger {
    /// Any missed norm that bears strikes.
    AnyNorm,
    /// So many different ones in the window.
    SeveralNorms {
        /// How many.
        norms: i64,
    },
}

/// How long a strike counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum StrikeWindow {
    /// In the weeks that end with the newest final one.
    Rolling {
        /// How many.
        weeks: i64,
    },
    /// In a period that the first bad week opens.
    FromFirstBadWeek {
        /// How many weeks it lasts.
        weeks: i64,
        /// With so many strikes it is over.
        ends_at: i64,
    },
}

/// Strikes and their consequences.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct StrikeRules {
    /// What gives a strike.
    pub trigger: StrikeTrigger,
    /// How long it counts.
    pub window: StrikeWindow,
    /// With so many strikes the shop is offline.
    pub offline_at: i64,
    /// With so many it is closed.
    pub closed_at: i64,
    /// Years after which a closed seller may apply again.
    pub reapply_after_years: i64,
    /// The first orders of a new seller, in which no strikes are given.
    pub starter_orders: i64,
    /// How many more are free when these missed a norm.
    pub starter_again: i64,
    /// Months for a complaint.
    pub appeal_months: i64,
    /// Where the values come from.
    pub sources: Sources,
}

/// Policy points.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct PolicyPointsRules {
    /// The points of an account without violations.
    pub start: i64,
    /// Days after which deducted points come back.
    pub return_after_days: i64,
    /// With so few points the account is closed.
    pub closed_at: i64,
    /// Where the values come from.
    pub sources: Sources,
}

/// A point of a score's curve.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct ScorePoint {
    /// The value of the norm.
    pub value: Ratio,
    /// Its score.
    pub score: Ratio,
}

/// One norm in the performance score.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct ScoreComponent {
    /// The norm.
    pub norm: String,
    /// Its weight in the mean.
    pub weight: i64,
    /// The curve from value to score, by value.
    pub points: Vec<ScorePoint>,
}

/// The performance score.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct ScoreRules {
    /// The score that is asked for.
    pub minimum: Ratio,
    /// How many weeks it looks back.
    pub weeks: i64,
    /// The day on which it is calculated.
    pub recalculated_on: Weekday,
    /// Its parts.
    pub components: Vec<ScoreComponent>,
    /// Where the values come from.
    pub sources: Sources,
}

/// Surveys after customer contact.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct SurveyRules {
    /// Hours after closing at which it is sent.
    pub after_hours: i64,
    /// Which hours those are.
    pub basis: Basis,
    /// Whether one follows when the marketplace closes the case.
    pub when_closed_by_marketplace: bool,
    /// The NPS that is asked for.
    pub guideline: i64,
    /// The days of the trailing NPS.
    pub trailing_days: i64,
    /// The confidence of intervals.
    pub confidence_level: Ratio,
    /// Where the values come from.
    pub sources: Sources,
}

/// Phone availability.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct PhoneRules {
    /// The hours in which calls count.
    pub hours: String,
    /// Whether the seller's longer hours count too.
    pub extra_hours_count: bool,
    /// Where the values come from.
    pub sources: Sources,
}

/// Overviews and signals.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct InsightRules {
    /// The shortest period, in days.
    pub shortest_days: i64,
    /// The longest, in months.
    pub longest_months: i64,
    /// The days in which something stands out.
    pub signal_recent_days: i64,
    /// The days before, that they are held against.
    pub signal_baseline_days: i64,
    /// From how many cases on.
    pub signal_minimum_cases: i64,
    /// How often a quiet report shows any.
    pub signal_false_alarm_rate: Ratio,
    /// Where the values come from.
    pub sources: Sources,
}

/// Messages to customers.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct MessageRules {
    /// Years after the order in which the seller may write.
    pub within_years: i64,
    /// Domains that links may go to.
    pub own_domains: Vec<String>,
    /// Where the values come from.
    pub sources: Sources,
}

/// A fault of a rulebook document.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct Fault {
    /// The path of the value, as `norms[2].threshold`.
    pub path: String,
    /// What is wrong and what is accepted.
    pub problem: String,
}

fn sources(sources: &core::Sources) -> Sources {
    sources.iter().map(|(value, of)| (value.clone(), of.to_string())).collect()
}

fn weekday(day: chrono::Weekday) -> Weekday {
    match day {
        chrono::Weekday::Mon => Weekday::Monday,
        chrono::Weekday::Tue => Weekday::Tuesday,
        chrono::Weekday::Wed => Weekday::Wednesday,
        chrono::Weekday::Thu => Weekday::Thursday,
        chrono::Weekday::Fri => Weekday::Friday,
        chrono::Weekday::Sat => Weekday::Saturday,
        chrono::Weekday::Sun => Weekday::Sunday,
    }
}

fn calendar(calendar: &core::CountryCalendar) -> CountryCalendar {
    match calendar {
        core::CountryCalendar::Country(code) => CountryCalendar { country: code.clone(), netherlands: None },
        core::CountryCalendar::Netherlands { netherlands } => {
            CountryCalendar { country: "NL".into(), netherlands: Some(*netherlands) }
        }
    }
}

fn requests(rules: &core::RequestRules) -> RequestRules {
    RequestRules {
        hours: rules.hours.clone(),
        within_hours: rules.within_hours.into(),
        warn_after_hours: rules.warn_after_hours.into(),
        basis: rules.basis,
        lapses_after_days: rules.lapses_after_days.map(i64::from),
        sources: sources(&rules.sources),
    }
}

/// Every fault of a rulebook document in JSON, each with its path; none of one that reads.
#[uniffi::export]
pub fn rulebook_faults(json: &str) -> Vec<Fault> {
    let faults = match klokuur::Rulebook::from_json(json) {
        Ok(_) => Vec::new(),
        Err(klokuur::KlokuurError::InvalidRulebook { faults }) => faults,
        Err(problem) => vec![klokuur::Fault { path: String::new(), problem: problem.to_string() }],
    };
    faults.into_iter().map(|fault| Fault { path: fault.path, problem: fault.problem }).collect()
}

/// Of a rulebook that stands for its history: the values of the newest.
#[uniffi::export]
impl Rulebook {
    /// The marketplace.
    pub fn marketplace(&self) -> String {
        self.0.marketplace.clone()
    }

    /// What it is, in a sentence.
    pub fn about(&self) -> String {
        self.0.about.clone()
    }

    /// How sure it is as a whole.
    pub fn confidence(&self) -> Confidence {
        self.0.confidence
    }

    /// The first date on which it is in force.
    pub fn valid_from(&self) -> LocalDate {
        self.0.valid_from
    }

    /// The last; none while it is in force.
    pub fn valid_until(&self) -> Option<LocalDate> {
        self.0.valid_until
    }

    /// Whether it is in force on a date.
    ///
    /// # Errors
    /// - a date beyond the years that can be counted
    pub fn is_in_force(&self, date: LocalDate) -> Result<bool> {
        Ok(self.0.is_in_force(date))
    }

    /// Which hours count.
    pub fn clock_rules(&self) -> ClockRules {
        let rules = &self.0.clock;
        ClockRules {
            hours: rules.hours.clone(),
            zone: rules.zone.name().to_owned(),
            calendars: rules.calendars.iter().map(calendar).collect(),
            conventions: rules.conventions,
            sources: sources(&rules.sources),
        }
    }

    /// How a case is answered in time.
    pub fn case_rules(&self) -> CaseRules {
        let rules = &self.0.case;
        CaseRules {
            first_response_hours: rules.first_response_hours.into(),
            warn_after_hours: rules.warn_after_hours.into(),
            basis: rules.basis,
            follow_up_hours: rules.follow_up_hours.into(),
            forwarded_expected_hours: rules.forwarded_expected_hours.into(),
            forwarded_returned_hours: rules.forwarded_returned_hours.into(),
            forwarded_basis: rules.forwarded_basis,
            start_within_years: rules.start_within_years.into(),
            automatic_reply_counts: rules.automatic_reply_counts,
            close_needs_contact: rules.close_needs_contact,
            pauses: rules.pauses.clone(),
            returns: requests(&rules.returns),
            cancellations: requests(&rules.cancellations),
            sources: sources(&rules.sources),
        }
    }

    /// When a week is final.
    pub fn week_rules(&self) -> WeekRules {
        let rules = &self.0.week;
        WeekRules { final_on: weekday(rules.final_on), sources: sources(&rules.sources) }
    }

    /// Strikes and their consequences; none: the marketplace has no strikes.
    pub fn strike_rules(&self) -> Option<StrikeRules> {
        let trigger = |trigger| match trigger {
            CoreTrigger::AnyNorm => StrikeTrigger::AnyNorm,
            CoreTrigger::SeveralNorms { norms } => StrikeTrigger::SeveralNorms { norms: norms.into() },
        };
        let window = |window| match window {
            core::StrikeWindow::Rolling { weeks } => StrikeWindow::Rolling { weeks: weeks.into() },
            core::StrikeWindow::FromFirstBadWeek { weeks, ends_at } => {
                StrikeWindow::FromFirstBadWeek { weeks: weeks.into(), ends_at: ends_at.into() }
            }
        };
        self.0.strikes.as_ref().map(|rules| StrikeRules {
            trigger: trigger(rules.trigger),
            window: window(rules.window),
            offline_at: rules.offline_at.into(),
            closed_at: rules.closed_at.into(),
            reapply_after_years: rules.reapply_after_years.into(),
            starter_orders: rules.starter_orders.into(),
            starter_again: rules.starter_again.into(),
            appeal_months: rules.appeal_months.into(),
            sources: sources(&rules.sources),
        })
    }

    /// Policy points; none: the marketplace has no such ladder.
    pub fn policy_points_rules(&self) -> Option<PolicyPointsRules> {
        self.0.policy_points.as_ref().map(|rules| PolicyPointsRules {
            start: rules.start.into(),
            return_after_days: rules.return_after_days.into(),
            closed_at: rules.closed_at.into(),
            sources: sources(&rules.sources),
        })
    }

    /// The performance score; none: the marketplace has no such score.
    pub fn score_rules(&self) -> Option<ScoreRules> {
        let point =
            |point: &core::ScorePoint| ScorePoint { value: point.value.into(), score: point.score.into() };
        let component = |component: &core::ScoreComponent| ScoreComponent {
            norm: component.norm.clone(),
            weight: component.weight.into(),
            points: component.points.iter().map(point).collect(),
        };
        self.0.score.as_ref().map(|rules| ScoreRules {
            minimum: rules.minimum.into(),
            weeks: rules.weeks.into(),
            recalculated_on: weekday(rules.recalculated_on),
            components: rules.components.iter().map(component).collect(),
            sources: sources(&rules.sources),
        })
    }

    /// Surveys after customer contact.
    pub fn survey_rules(&self) -> SurveyRules {
        let rules = &self.0.survey;
        SurveyRules {
            after_hours: rules.after_hours.into(),
            basis: rules.basis,
            when_closed_by_marketplace: rules.when_closed_by_marketplace,
            guideline: rules.guideline.into(),
            trailing_days: rules.trailing_days.into(),
            confidence_level: rules.confidence_level.into(),
            sources: sources(&rules.sources),
        }
    }

    /// Phone availability; none: the marketplace has no such norm.
    pub fn phone_rules(&self) -> Option<PhoneRules> {
        self.0.phone.as_ref().map(|rules| PhoneRules {
            hours: rules.hours.clone(),
            extra_hours_count: rules.extra_hours_count,
            sources: sources(&rules.sources),
        })
    }

    /// Overviews and signals.
    pub fn insight_rules(&self) -> InsightRules {
        let rules = &self.0.insight;
        InsightRules {
            shortest_days: rules.shortest_days.into(),
            longest_months: rules.longest_months.into(),
            signal_recent_days: rules.signal_recent_days.into(),
            signal_baseline_days: rules.signal_baseline_days.into(),
            signal_minimum_cases: rules.signal_minimum_cases.into(),
            signal_false_alarm_rate: rules.signal_false_alarm_rate.into(),
            sources: sources(&rules.sources),
        }
    }

    /// Messages to customers.
    pub fn message_rules(&self) -> MessageRules {
        let rules = &self.0.message;
        MessageRules {
            within_years: rules.within_years.into(),
            own_domains: rules.own_domains.clone(),
            sources: sources(&rules.sources),
        }
    }
}
