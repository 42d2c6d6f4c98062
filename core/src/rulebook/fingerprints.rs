//! What a result was judged by, as its fingerprint (RULES I5).

use super::{Rulebook, RulebookHistory, RulesByWeek};
use crate::calendar::Fingerprint;
use crate::error::Result;
use crate::fingerprints::Fingerprints;

impl Fingerprints {
    /// The same with that of a rulebook, or of a history.
    #[must_use]
    pub fn with_rules<R: RulesByWeek + ?Sized>(self, rules: &R) -> Self {
        Self { rules: Some(rules.fingerprint()), ..self }
    }
}

impl Rulebook {
    /// The fingerprints of its own clock hours and of its rules: those of a case book that has no other hours.
    ///
    /// # Errors
    /// - clock hours, zone or calendars that mean nothing
    pub fn fingerprints(&self) -> Result<Fingerprints> {
        RulesByWeek::fingerprints(self)
    }
}

impl RulebookHistory {
    /// A stable hash of all its rulebooks, the same in every language; of one that judges every week, that rulebook's.
    pub fn fingerprint(&self) -> Fingerprint {
        match self.alone() {
            Some(rules) => rules.fingerprint(),
            None => {
                let each = self.rulebooks().iter().map(|rules| format!("{}\n", rules.fingerprint()));
                Fingerprint::of(&format!("klokuur rulebook history 1\n{}", each.collect::<String>()))
            }
        }
    }
}
