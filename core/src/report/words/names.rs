//! What norms, clocks, verdicts and standings are called.

use super::manner::Words;
use crate::case::CaseClock;
use crate::norm::{self, WeekResult, norm_in_words};
use crate::report::page::Mood;
use crate::rulebook::{Direction, NormUnit};
use crate::sla::ClockState;
use crate::standing::Standing;

impl Words {
    /// A norm as sellers call it.
    pub fn norm(&self, name: &str) -> String {
        norm_in_words(name, self.language())
    }

    /// The same of several, one after another.
    pub(super) fn norms(&self, names: &[String]) -> String {
        names.iter().map(|name| self.norm(name)).collect::<Vec<_>>().join(", ")
    }

    /// What runs in a case.
    pub(super) fn clock(&self, clock: CaseClock) -> &'static str {
        let (english, dutch) = match clock {
            CaseClock::FirstResponse => ("first response", "eerste reactie"),
            CaseClock::Request => ("request", "verzoek"),
            CaseClock::FollowUp => ("the customer's reply", "reactie van de klant"),
            CaseClock::Forwarded => ("forwarded case", "doorgestuurde klantvraag"),
        };
        self.language().say(english, dutch)
    }

    /// How a clock stands; none: it owed nothing, or its case was refused.
    pub(super) fn state(&self, state: Option<ClockState>) -> &'static str {
        let (english, dutch) = match state {
            Some(ClockState::NotStarted) => ("not started", "niet begonnen"),
            Some(ClockState::Running) => ("running", "loopt"),
            Some(ClockState::OutsideHours) => ("outside hours", "buiten de uren"),
            Some(ClockState::Paused) => ("paused", "staat stil"),
            Some(ClockState::Met) => ("on time", "op tijd"),
            Some(ClockState::Breached) => ("late", "te laat"),
            Some(ClockState::Cancelled) => ("cancelled", "vervallen"),
            None => ("no verdict", "geen oordeel"),
        };
        self.language().say(english, dutch)
    }

    /// The verdict on a norm.
    pub(super) fn verdict(&self, verdict: Option<norm::Verdict>) -> &'static str {
        let (english, dutch) = match verdict {
            Some(norm::Verdict::Conforms) => ("conforms", "voldoet"),
            Some(norm::Verdict::Missed) => ("missed", "gemist"),
            Some(norm::Verdict::NoData) | None => ("no verdict", "geen oordeel"),
        };
        self.language().say(english, dutch)
    }

    /// Whether the numbers can still change.
    pub(super) fn finality(&self, finality: norm::Finality) -> &'static str {
        match finality {
            norm::Finality::Final => self.language().say("final", "definitief"),
            norm::Finality::Provisional => self.language().say("provisional", "voorlopig"),
        }
    }

    /// The value of a week, as its norm counts.
    pub fn value(&self, result: &WeekResult) -> String {
        let Some(value) = result.value() else { return String::new() };
        match result.unit {
            NormUnit::Share => self.percent(value, 1),
            NormUnit::Average | NormUnit::Points => self.decimal(value, 1),
        }
    }

    /// What a norm asks for: `at least 93 %`.
    pub fn threshold(&self, result: &WeekResult) -> String {
        let side = match (result.direction, result.strict) {
            (Direction::AtLeast, false) => self.say("at least", "minstens"),
            (Direction::AtLeast, true) => self.say("more than", "meer dan"),
            (Direction::AtMost, false) => self.say("at most", "hoogstens"),
            (Direction::AtMost, true) => self.say("less than", "minder dan"),
        };
        match result.unit {
            NormUnit::Share => format!("{side} {} %", self.exact(result.threshold, 100.0)),
            NormUnit::Average | NormUnit::Points => format!("{side} {}", self.exact(result.threshold, 1.0)),
        }
    }

    /// A standing.
    pub fn standing(&self, standing: Standing) -> String {
        match standing {
            Standing::Active => self.say("active", "actief").to_owned(),
            Standing::OnlineWithPlan { since } => format!(
                "{} {}, {}",
                self.say("online since", "online sinds"),
                self.date(since),
                self.say("with an accepted improvement plan", "met een geaccepteerd verbeterplan")
            ),
            Standing::Offline { since } => format!(
                "{} {}, {}",
                self.say("temporarily offline since", "tijdelijk offline sinds"),
                self.date(since),
                self.say("until an improvement plan is accepted", "tot een verbeterplan is geaccepteerd")
            ),
            Standing::Closed { since, may_apply_from } => format!(
                "{} {}; {} {}",
                self.say("closed since", "gesloten sinds"),
                self.date(since),
                self.say("may apply for reopening from", "mag heropening aanvragen vanaf"),
                self.date(may_apply_from)
            ),
        }
    }

    /// How good a week's norm is: a miss that bears a strike, any other, spared by the count limit, or as it should be.
    pub(super) fn mood_of(result: &WeekResult) -> Mood {
        match (result.verdict, result.threshold_met) {
            (norm::Verdict::Missed, _) if result.bears_strike() => Mood::Bad,
            (norm::Verdict::Missed, _) | (_, Some(false)) => Mood::Warn,
            _ => Mood::Good,
        }
    }
}
