//! The standing that the marketplace reports, beside the computed one (RULES S6).

use std::collections::BTreeSet;
use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::ledger::Ledger;
use crate::error::Result;
use crate::fingerprints::Fingerprints;
use crate::week::IsoWeek;

/// A week with a strike, as the marketplace reports it.
///
/// Shown at [`StandingComparison`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StrikeAsReported {
    /// The week.
    pub week: IsoWeek,
    /// The norms that it names as reasons, by their names in the rulebook or in the Retailer API.
    #[serde(default)]
    pub reasons: Vec<String>,
}

/// The strikes of an account as the marketplace reports them; never altered.
///
/// Shown at [`StandingComparison`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StandingAsReported {
    /// The date of the report.
    pub on: NaiveDate,
    /// How many strikes it counts.
    pub count: u32,
    /// The weeks that it names.
    pub strikes: Vec<StrikeAsReported>,
}

/// What the marketplace reports beside what is computed here.
///
/// ```
/// # use klokuur::Rulebook;
/// # use klokuur::standing::{JudgedWeek, Ledger, StandingAsReported, StrikeAsReported};
/// let bad = JudgedWeek::bad("2026-W10".parse()?, &["response_time"]);
/// let reasons = vec!["RESPONSE_TIME".to_owned()];
/// let reported = StandingAsReported {
///     on: "2026-03-31".parse()?,
///     count: 1,
///     strikes: vec![StrikeAsReported { week: bad.week, reasons }],
/// };
/// assert!(Ledger::new(&Rulebook::bol(), vec![bad], vec![])?.compare(&reported)?.agrees());
/// let comparison = Ledger::new(&Rulebook::bol(), vec![], vec![])?.compare(&reported)?;
/// assert_eq!((comparison.reported, comparison.computed), (1, 0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StandingComparison {
    /// The date.
    pub on: NaiveDate,
    /// How many strikes are reported.
    pub reported: u32,
    /// How many are computed.
    pub computed: u32,
    /// Weeks with a strike in the report only.
    pub only_reported: Vec<IsoWeek>,
    /// Weeks with a computed strike only.
    pub only_computed: Vec<IsoWeek>,
    /// Weeks with a strike in both, for other norms.
    pub other_reasons: Vec<IsoWeek>,
    /// What the computed ones were judged by.
    pub fingerprints: Fingerprints,
}

impl Ledger {
    /// What the marketplace reports beside what this ledger computes for the same date (RULES S6): neither is changed.
    ///
    /// ```
    /// # use klokuur::{IsoWeek, Rulebook};
    /// # use klokuur::standing::{JudgedWeek, Ledger, StandingAsReported};
    /// let ledger = Ledger::new(&Rulebook::bol(), vec![JudgedWeek::bad(IsoWeek::new(2026, 30)?, &["on_time"])], vec![])?;
    /// let reported = StandingAsReported { on: "2026-08-01".parse().unwrap(), count: 0, strikes: vec![] };
    /// let difference = ledger.compare(&reported)?;
    /// assert_eq!(
    ///     difference.to_string(),
    ///     "the marketplace reports no strikes, computed is 1 strike: 2026-W30 is computed only"
    /// );
    /// # Ok::<(), klokuur::KlokuurError>(())
    /// ```
    ///
    /// # Errors
    /// - a reported week without a rulebook
    pub fn compare(&self, reported: &StandingAsReported) -> Result<StandingComparison> {
        let computed = self.strikes(reported.on);
        let here: BTreeSet<IsoWeek> = computed.iter().map(|strike| strike.week).collect();
        let there: BTreeSet<IsoWeek> = reported.strikes.iter().map(|strike| strike.week).collect();
        let mut other_reasons = Vec::new();
        for strike in &reported.strikes {
            let Some(own) = computed.iter().find(|own| own.week == strike.week) else { continue };
            let rules = self.rules().for_week(strike.week)?;
            let name =
                |norm: &str| rules.norm(norm).map_or_else(|_| norm.to_owned(), |rule| rule.name.clone());
            let told: BTreeSet<String> = strike.reasons.iter().map(|reason| name(reason)).collect();
            let found: BTreeSet<String> = own.causes.iter().map(|cause| cause.norm.clone()).collect();
            if !told.is_empty() && told != found {
                other_reasons.push(strike.week);
            }
        }
        other_reasons.sort_unstable();
        Ok(StandingComparison {
            on: reported.on,
            reported: reported.count,
            computed: u32::try_from(computed.len()).unwrap_or(u32::MAX),
            only_reported: there.difference(&here).copied().collect(),
            only_computed: here.difference(&there).copied().collect(),
            other_reasons,
            fingerprints: self.fingerprints().clone(),
        })
    }
}

impl StandingComparison {
    /// Whether both say the same.
    pub fn agrees(&self) -> bool {
        self.reported == self.computed
            && self.only_reported.is_empty()
            && self.only_computed.is_empty()
            && self.other_reasons.is_empty()
    }

    /// The same sentence in Dutch.
    pub fn dutch(&self) -> String {
        let count = |count: u32| match count {
            0 => "geen strikes".to_owned(),
            1 => "1 strike".to_owned(),
            many => format!("{many} strikes"),
        };
        if self.agrees() {
            return format!("gemeld en berekend zijn gelijk: {}", count(self.reported));
        }
        let head = format!("gemeld is {}, berekend {}", count(self.reported), count(self.computed));
        let parts = [
            part(&self.only_reported, "is alleen gemeld", "zijn alleen gemeld"),
            part(&self.only_computed, "is alleen berekend", "zijn alleen berekend"),
            part(&self.other_reasons, "heeft andere oorzaken", "hebben andere oorzaken"),
        ];
        sentence(head, parts)
    }
}

impl fmt::Display for StandingComparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = |count: u32| match count {
            0 => "no strikes".to_owned(),
            1 => "1 strike".to_owned(),
            many => format!("{many} strikes"),
        };
        if self.agrees() {
            return write!(f, "the marketplace reports what is computed: {}", count(self.reported));
        }
        let head = format!(
            "the marketplace reports {}, computed {} {}",
            count(self.reported),
            if self.computed == 1 { "is" } else { "are" },
            count(self.computed)
        );
        let parts = [
            part(&self.only_reported, "is reported only", "are reported only"),
            part(&self.only_computed, "is computed only", "are computed only"),
            part(&self.other_reasons, "has other reasons", "have other reasons"),
        ];
        f.write_str(&sentence(head, parts))
    }
}

fn part(weeks: &[IsoWeek], one: &str, several: &str) -> Option<String> {
    let names: Vec<String> = weeks.iter().map(IsoWeek::to_string).collect();
    match names.len() {
        0 => None,
        1 => Some(format!("{} {one}", names.join(", "))),
        _ => Some(format!("{} {several}", names.join(", "))),
    }
}

fn sentence(head: String, parts: [Option<String>; 3]) -> String {
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { head } else { format!("{head}: {}", parts.join("; ")) }
}
