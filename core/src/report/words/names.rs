//! What norms, clocks, verdicts and standings are called.

use super::exact;
use super::manner::Words;
use crate::case::CaseClock;
use crate::exact::Exact;
use crate::norm::{self, WeekResult, norm_in_words};
use crate::report::page::Mood;
use crate::rulebook::{Direction, NormUnit, Ratio};
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

    /// The value of a week, as its norm counts, and with more decimals where it is near its threshold; `–` without data.
    pub fn value(&self, result: &WeekResult) -> String {
        let Some(value) = exact::value(result) else { return "–".to_owned() };
        let asked = [Some(result.threshold), result.minimum, result.rulebook_threshold];
        let mut bounds: Vec<Exact> =
            asked.into_iter().flatten().filter_map(|asked| exact::bound(asked, result.unit)).collect();
        match result.unit {
            NormUnit::Share => {
                // All and none are told of all and none only.
                bounds.extend([0, 100].map(Exact::from));
                format!("{} %", self.quotient(value, 1, &bounds))
            }
            NormUnit::Average | NormUnit::Points => self.quotient(value, 1, &bounds),
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
        format!("{side} {}", self.asked(result.threshold, result.unit))
    }

    /// A threshold as its norm counts, exact: `93 %`, `8`.
    fn asked(&self, threshold: Ratio, unit: NormUnit) -> String {
        match unit {
            NormUnit::Share => format!("{} %", self.exact(threshold, 100.0)),
            NormUnit::Average | NormUnit::Points => self.exact(threshold, 1.0),
        }
    }

    /// What stands beside what a norm asks for: the rulebook's threshold, where another one came with the data
    /// (RULES N5), and a minimum that is not kept or not the threshold (RULES N); none where there is neither.
    pub(super) fn beside_threshold(&self, result: &WeekResult) -> Option<String> {
        let own = result.rulebook_threshold.map(|own| {
            format!(
                "{} {}",
                self.say("the rulebook says", "het regelboek zegt"),
                self.asked(own, result.unit)
            )
        });
        let minimum = result.minimum.map(|minimum| {
            let kept = match result.minimum_met {
                Some(false) => self.say(", not kept", ", niet gehaald"),
                _ => "",
            };
            format!("{} {}{kept}", self.say("minimum", "minimum"), self.asked(minimum, result.unit))
        });
        let told: Vec<String> = own.into_iter().chain(minimum).collect();
        (!told.is_empty()).then(|| told.join("; "))
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

    /// How good a week's norm is: a miss that bears a strike, any other, spared by the count limit, as it should be, or
    /// neither good nor bad without a verdict (RULES N2).
    pub(super) fn mood_of(result: &WeekResult) -> Mood {
        match (result.verdict, result.threshold_met) {
            (norm::Verdict::Missed, _) if result.bears_strike() => Mood::Bad,
            (norm::Verdict::Missed, _) | (_, Some(false)) => Mood::Warn,
            (norm::Verdict::NoData, _) => Mood::Quiet,
            _ => Mood::Good,
        }
    }
}
