//! Which rulebook times a case: that of the week in which its clock starts (RULES C9, S6).

use super::terms::{CaseTerms, NamedHours};
use crate::error::{KlokuurError, Result};
use crate::fingerprints::Fingerprints;
use crate::rulebook::{Rulebook, RulebookHistory, RulesByWeek};
use crate::schedule::Schedule;
use crate::sla::instant::{Nanos, instant};
use crate::time::Zone;

/// What the cases of a book are timed by.
#[derive(Debug, Clone)]
pub(super) struct Clocks {
    pub(super) schedule: Schedule,
    pub(super) fingerprints: Fingerprints,
    /// Those of the first rulebook, for all time before the second.
    oldest: CaseTerms,
    /// Those of the others, each with its first instant, the newest first.
    later: Vec<(Nanos, CaseTerms)>,
}

impl Clocks {
    pub(super) fn new(history: &RulebookHistory, schedule: Schedule) -> Result<Self> {
        let newest = history.newest_rules()?;
        let differs = |rules: &Rulebook| {
            (&rules.clock.calendars, &rules.clock.conventions)
                != (&newest.clock.calendars, &newest.clock.conventions)
        };
        let may_differ = history.rulebooks().iter().any(differs);
        // The rules' own clock, and none that a caller hands in for all of them.
        let is_own = may_differ && newest.schedule()?.fingerprint() == schedule.fingerprint();
        let mut hours = NamedHours::new(&schedule);
        let mut terms = |rules: &Rulebook| match is_own && differs(rules) {
            // C9: then a rulebook's holidays and conventions are its own as well as its hours.
            true => CaseTerms::new(rules, rules, &mut NamedHours::new(&rules.schedule()?)),
            false => CaseTerms::new(rules, newest, &mut hours),
        };
        let mut rulebooks = history.rulebooks().iter();
        let oldest = terms(rulebooks.next().unwrap_or(newest))?;
        let mut later = Vec::new();
        for rules in rulebooks.rev() {
            let from = schedule.zone().start_second(rules.first_week().monday());
            later.push((from.saturating_mul(1_000_000_000), terms(rules)?));
        }
        let fingerprints = Fingerprints::of(&schedule).with_rules(history);
        Ok(Self { oldest, later, fingerprints, schedule })
    }

    /// The terms of a clock that starts at `at`, or of what is done then.
    pub(super) fn on(&self, at: Nanos) -> &CaseTerms {
        self.later.iter().find(|(from, _)| at >= *from).map_or(&self.oldest, |(_, terms)| terms)
    }

    /// An instant as errors show it: in the zone of the clock (RULES K14).
    pub(super) fn shown(&self, at: Nanos) -> String {
        instant(at).with_timezone(&self.zone()).to_rfc3339()
    }

    /// The error of an event that its case cannot take.
    pub(super) fn impossible(&self, case: &str, event: &str, at: Nanos, problem: String) -> KlokuurError {
        KlokuurError::ImpossibleTransition {
            case: case.to_owned(),
            event: event.to_owned(),
            at: self.shown(at),
            problem,
        }
    }

    pub(super) fn zone(&self) -> Zone {
        self.schedule.zone()
    }
}
