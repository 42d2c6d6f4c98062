//! Which rulebook is in force when (RULES G1).

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize};

use super::Rulebook;
use crate::calendar::Fingerprint;
use crate::error::{Fault, KlokuurError, Result};
use crate::fingerprints::Fingerprints;
use crate::time::CalendarDate;
use crate::week::IsoWeek;

/// The rulebooks of one marketplace through time, without overlaps (RULES G1).
///
/// A week is judged by the rulebook in force on its Monday (ours). A gap between two rulebooks is allowed; asking for
/// a day in it is an error.
///
/// ```
/// # use klokuur::rulebook::RulebookHistory;
/// let bol = RulebookHistory::bol()?;
/// assert_eq!(bol.for_week("2021-W52".parse()?)?.strike_rules()?.window.weeks(), 24);
/// assert_eq!(bol.for_week("2022-W01".parse()?)?.strike_rules()?.window.weeks(), 22);
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulebookHistory {
    rulebooks: Vec<Rulebook>,
    /// One rulebook that judges every week, whatever its days.
    is_alone: bool,
}

/// The rules that judge a week: one rulebook for all weeks, or a [`RulebookHistory`] (RULES S6).
///
/// A rulebook alone judges every week, also one before its first day: a question such as "what would today's rules
/// say".
///
/// ```
/// # use klokuur::Rulebook;
/// # use klokuur::rulebook::{RulebookHistory, RulesByWeek};
/// fn window<R: RulesByWeek>(rules: &R, week: &str) -> klokuur::Result<u32> {
///     Ok(rules.rules_of_week(week.parse()?)?.strike_rules()?.window.weeks())
/// }
/// assert_eq!(window(&Rulebook::bol(), "2021-W52")?, 22); // what would today's rules say
/// assert_eq!(window(&RulebookHistory::bol()?, "2021-W52")?, 24); // what was in force
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
pub trait RulesByWeek {
    /// The rulebook that a week is judged by.
    ///
    /// # Errors
    /// - a week of which a history knows no rulebook
    fn rules_of_week(&self, week: IsoWeek) -> Result<&Rulebook>;

    /// The rulebook for a date that need not be judged: the one in force, else the newest before it, else the first.
    ///
    /// # Errors
    /// - none for rules that were read
    fn rules_on(&self, date: NaiveDate) -> Result<&Rulebook>;

    /// The newest rulebook: phone hours go by it, whatever the week, and a clock that is asked for without a date.
    ///
    /// # Errors
    /// - none for rules that were read
    fn newest_rules(&self) -> Result<&Rulebook> {
        self.rules_on(NaiveDate::MAX)
    }

    /// The fingerprints of its newest clock hours and of all its rules: those of a case book that has no other hours.
    ///
    /// # Errors
    /// - clock hours, zone or calendars that mean nothing
    fn fingerprints(&self) -> Result<Fingerprints> {
        Ok(Fingerprints::of(&self.newest_rules()?.schedule()?).with_rules(self))
    }

    /// The same rules as a history: a rulebook is a history of one, and is checked here, because code may have put it
    /// together.
    ///
    /// # Errors
    /// - a rulebook with faults: every one, with its path
    fn to_history(&self) -> Result<RulebookHistory>;

    /// A stable hash of all values of all its rulebooks.
    fn fingerprint(&self) -> Fingerprint;
}

impl RulesByWeek for Rulebook {
    fn rules_of_week(&self, _: IsoWeek) -> Result<&Rulebook> {
        Ok(self)
    }

    fn rules_on(&self, _: NaiveDate) -> Result<&Rulebook> {
        Ok(self)
    }

    fn to_history(&self) -> Result<RulebookHistory> {
        Ok(RulebookHistory { rulebooks: vec![self.clone().validated()?], is_alone: true })
    }

    fn fingerprint(&self) -> Fingerprint {
        self.fingerprint()
    }
}

impl RulesByWeek for RulebookHistory {
    fn rules_of_week(&self, week: IsoWeek) -> Result<&Rulebook> {
        self.for_week(week)
    }

    fn rules_on(&self, date: NaiveDate) -> Result<&Rulebook> {
        let begun = self.rulebooks.iter().rev().find(|rules| rules.valid_from <= date);
        begun.or(self.rulebooks.first()).ok_or_else(|| self.unknown(date))
    }

    fn to_history(&self) -> Result<RulebookHistory> {
        Ok(self.clone())
    }

    fn fingerprint(&self) -> Fingerprint {
        self.fingerprint()
    }
}

impl RulebookHistory {
    /// A history of these rulebooks, in any order.
    ///
    /// # Errors
    /// - no rulebook at all
    /// - a rulebook with faults; the paths start with `rulebooks[0]`, as they are given
    /// - two marketplaces
    /// - two rulebooks in force on the same day: also one without `valid_until` before a later one
    pub fn new(rulebooks: Vec<Rulebook>) -> Result<Self> {
        let mut faults = Vec::new();
        let mut fault = |path: String, problem: String| faults.push(Fault { path, problem });
        let Some(first) = rulebooks.first() else {
            fault("rulebooks".into(), "missing: accepted is one rulebook or more".into());
            return Err(KlokuurError::InvalidRulebook { faults });
        };
        for (index, rulebook) in rulebooks.iter().enumerate() {
            if let Err(KlokuurError::InvalidRulebook { faults: own }) = rulebook.clone().validated() {
                own.into_iter().for_each(|f| fault(format!("rulebooks[{index}].{}", f.path), f.problem));
            }
            if rulebook.marketplace != first.marketplace {
                let problem = format!(
                    "`{}` is another marketplace: accepted is {}",
                    rulebook.marketplace, first.marketplace
                );
                fault(format!("rulebooks[{index}].marketplace"), problem);
            }
            for (other_index, other) in rulebooks.iter().enumerate().take(index) {
                if overlap(rulebook, other) {
                    let problem = format!(
                        "in force together with rulebooks[{other_index}], {} {}: accepted is one rulebook a day",
                        other.name,
                        period(other)
                    );
                    fault(format!("rulebooks[{index}].valid_from"), problem);
                }
            }
        }
        if !faults.is_empty() {
            return Err(KlokuurError::InvalidRulebook { faults });
        }
        let mut rulebooks = rulebooks;
        rulebooks.sort_by_key(|r| r.valid_from);
        Ok(Self { rulebooks, is_alone: false })
    }

    /// The rulebook in force on a day.
    ///
    /// # Errors
    /// - a day before the first rulebook, after the last, or in a gap
    pub fn for_date(&self, date: impl CalendarDate) -> Result<&Rulebook> {
        let date = date.naive();
        let in_force = |rules: &&Rulebook| self.is_alone || rules.is_in_force(date);
        self.rulebooks.iter().find(in_force).ok_or_else(|| self.unknown(date))
    }

    fn unknown(&self, date: NaiveDate) -> KlokuurError {
        KlokuurError::OutOfRange {
            what: "date for a rulebook",
            given: date.to_string(),
            accepted: self.rulebooks.iter().map(period).collect::<Vec<_>>().join(", "),
        }
    }

    /// The rulebook that a week is judged by: the one in force on its Monday.
    ///
    /// # Errors
    /// - a week whose Monday lies before the first rulebook, after the last, or in a gap
    pub fn for_week(&self, week: IsoWeek) -> Result<&Rulebook> {
        self.for_date(week.monday()) // S6, G4
    }

    /// The rulebook with the latest days.
    pub fn newest(&self) -> Option<&Rulebook> {
        self.rulebooks.last()
    }

    /// The same rules for a seller established in another country: that country's holidays count (RULES H1).
    ///
    /// # Errors
    /// - a country without a built-in calendar
    pub fn for_country(&self, country: &str) -> Result<Self> {
        self.with_each(|rules| rules.for_country(country))
    }

    /// The same history with one change of each of its rulebooks.
    ///
    /// # Errors
    /// - what the change refuses
    /// - rulebooks that are no history after it, as in [`Self::new`]
    pub fn with_each(&self, change: impl Fn(&Rulebook) -> Result<Rulebook>) -> Result<Self> {
        let rulebooks = self.rulebooks.iter().map(change).collect::<Result<Vec<_>>>()?;
        Ok(Self { is_alone: self.is_alone, ..Self::new(rulebooks)? })
    }

    /// The rulebook that judges every week, where there is one.
    pub(super) fn alone(&self) -> Option<&Rulebook> {
        self.rulebooks.first().filter(|_| self.is_alone)
    }

    /// All rulebooks, oldest first.
    pub fn rulebooks(&self) -> &[Rulebook] {
        &self.rulebooks
    }
}

impl Rulebook {
    /// Whether the rulebook is in force on a day.
    pub fn is_in_force(&self, date: impl CalendarDate) -> bool {
        let date = date.naive();
        self.valid_from <= date && self.valid_until.is_none_or(|last| date <= last)
    }

    /// The first week that it judges: it is in force on its Monday (RULES S6).
    pub(crate) fn first_week(&self) -> IsoWeek {
        let week = IsoWeek::of(self.valid_from);
        if week.monday() < self.valid_from { week.succ() } else { week }
    }
}

impl Serialize for RulebookHistory {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        self.rulebooks.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for RulebookHistory {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let rulebooks = Vec::<Rulebook>::deserialize(deserializer)?;
        Self::new(rulebooks).map_err(serde::de::Error::custom)
    }
}

fn overlap(a: &Rulebook, b: &Rulebook) -> bool {
    a.is_in_force(b.valid_from) || b.is_in_force(a.valid_from)
}

fn period(rulebook: &Rulebook) -> String {
    match rulebook.valid_until {
        Some(last) => format!("{} to {last}", rulebook.valid_from),
        None => format!("from {} on", rulebook.valid_from),
    }
}
