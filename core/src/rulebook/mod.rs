//! Every number of the domain as a document: a [`Rulebook`] (RULES G).
//!
//! A rulebook is data. It has a name, the days it is in force, and for every value the source that it comes from
//! ([`Source`]); what no source settles is marked `D`, ours. [`Rulebook::bol`] is built in.
//!
//! # Where what is
//!
//! - `bol`: the rules of bol as they are now, built in so that they need no parsing
//! - `case_rules`: the numbers of a case (RULES K, C2)
//! - `clock_rules`: which hours count (RULES C1, H1)
//! - `contact_rules`: surveys, phone, insights and mails (RULES Q, T, I, M)
//! - `document`: rulebooks as TOML and JSON
//! - `fingerprints`: what a result was judged by, as its fingerprint (RULES I5)
//! - `history`: which rulebook is in force when (RULES G1)
//! - `hours`: from the hours of a rulebook to schedules and calendars
//! - `norm_rules`: service norms and the weeks they are measured over (RULES N)
//! - `ratio`: an exact rational number: thresholds are never floats
//! - `read`: the fields of a rulebook, each with what it accepts, and what contradicts what (RULES G2)
//! - `score_rules`: the performance score and its estimate (RULES P)
//! - `shipped`: the rulebooks that come with the library
//! - `source`: where a rule comes from, and how sure it is
//! - `standard_rules`: performance standards of marketplaces that judge by more than weeks, and their ladders (RULES
//!   N7, S8)
//! - `strike_rules`: strikes and their consequences (RULES S)

mod bol;
mod case_rules;
mod clock_rules;
mod contact_rules;
mod document;
mod fingerprints;
mod history;
mod hours;
mod norm_rules;
mod ratio;
mod read;
mod score_rules;
mod shipped;
mod source;
mod standard_rules;
mod strike_rules;

use chrono::NaiveDate;
use serde::Serialize;

pub use case_rules::{CaseRules, PausedWhile, RequestRules};
pub use clock_rules::{Basis, ClockRules, CountryCalendar};
pub use contact_rules::{InsightRules, MessageRules, PhoneRules, SurveyRules};
pub use history::{RulebookHistory, RulesByWeek};
pub use norm_rules::{Direction, NormRule, NormUnit, ThresholdKind, WeekRules};
pub use ratio::Ratio;
pub use score_rules::{ScoreComponent, ScorePoint, ScoreRules};
pub use source::{Confidence, Provenance, Source, Sources};
pub use standard_rules::{
    Combine, Counted, LadderKind, LadderRule, LadderStep, StandardFee, StandardLimit, StandardPeriod,
    StandardRule, StandardUnit, StepAfter,
};
pub use strike_rules::{PolicyPointsRules, StrikeRules, StrikeTrigger, StrikeWindow};

use crate::error::{KlokuurError, Result};

/// Every number of one marketplace's rules, for the days it is in force (RULES G1).
///
/// ```
/// # use klokuur::rulebook::Rulebook;
/// let rules = Rulebook::bol();
/// assert_eq!(rules.case.first_response_hours, 24);
/// assert_eq!(rules.norm("RESPONSE_TIME")?.count_limit, Some(10));
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rulebook {
    /// The format of its document.
    format: Format,
    /// The name of this document: `bol-2026`.
    pub name: String,
    /// The marketplace that it describes: `bol`.
    pub marketplace: String,
    /// What it is and what is to be known about it, in words.
    pub about: String,
    /// How sure it is as a whole.
    pub confidence: Confidence,
    /// The first day in force.
    pub valid_from: NaiveDate,
    /// The last day in force; none: still in force.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<NaiveDate>,
    /// Which hours count.
    pub clock: ClockRules,
    /// The numbers of a case.
    pub case: CaseRules,
    /// When a week is final.
    pub week: WeekRules,
    /// The service norms.
    pub norms: Vec<NormRule>,
    /// Strikes; none: the marketplace gives no strikes of this kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strikes: Option<StrikeRules>,
    /// Policy points; none: the marketplace has no such ladder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_points: Option<PolicyPointsRules>,
    /// Performance standards over other periods than weeks (RULES N7); none: the norms are all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub standards: Vec<StandardRule>,
    /// The ladders of those standards (RULES S8).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ladders: Vec<LadderRule>,
    /// The performance score; none: the marketplace has no such score.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<ScoreRules>,
    /// The survey after customer contact.
    pub survey: SurveyRules,
    /// Phone availability; none: not asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<PhoneRules>,
    /// Insights and signals.
    pub insight: InsightRules,
    /// Mails to customers.
    pub message: MessageRules,
}

/// The number of the format that documents are written in: 2. Documents of format 1 still read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Format;

impl Format {
    const NUMBER: u32 = 2;
}

impl Serialize for Format {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_u32(Self::NUMBER)
    }
}

impl Rulebook {
    /// The norm with this name, or with this name in the Retailer API.
    ///
    /// # Errors
    /// - a name that no norm of this rulebook has
    pub fn norm(&self, name: &str) -> Result<&NormRule> {
        self.norms.iter().find(|n| n.name == name || n.api_name.as_deref() == Some(name)).ok_or_else(|| {
            KlokuurError::UnknownName {
                what: "norm",
                given: name.to_owned(),
                accepted: self.norms.iter().map(|n| n.name.as_str()).collect::<Vec<_>>().join(", "),
            }
        })
    }

    /// The norms that bear strikes, in the rulebook's order.
    pub fn strike_norms(&self) -> impl Iterator<Item = &NormRule> {
        self.norms.iter().filter(|norm| norm.strike)
    }

    /// The rules on strikes.
    ///
    /// # Errors
    /// - a rulebook of a marketplace without strikes
    pub fn strike_rules(&self) -> Result<&StrikeRules> {
        self.strikes.as_ref().ok_or_else(|| self.without("strikes"))
    }

    /// The rules on policy points.
    ///
    /// # Errors
    /// - a rulebook of a marketplace without policy points
    pub fn policy_points_rules(&self) -> Result<&PolicyPointsRules> {
        self.policy_points.as_ref().ok_or_else(|| self.without("policy_points"))
    }

    /// The performance standard with this name.
    ///
    /// # Errors
    /// - a name that no standard of this rulebook has
    pub fn standard(&self, name: &str) -> Result<&StandardRule> {
        self.standards.iter().find(|standard| standard.name == name).ok_or_else(|| {
            KlokuurError::UnknownName {
                what: "standard",
                given: name.to_owned(),
                accepted: match self.standards.is_empty() {
                    true => format!("none: rulebook {} has no standards", self.name),
                    false => self.standards.iter().map(|s| s.name.as_str()).collect::<Vec<_>>().join(", "),
                },
            }
        })
    }

    /// The rules on the performance score.
    ///
    /// # Errors
    /// - a rulebook of a marketplace without a performance score
    pub fn score_rules(&self) -> Result<&ScoreRules> {
        self.score.as_ref().ok_or_else(|| self.without("score"))
    }

    /// The rules on phone availability.
    ///
    /// # Errors
    /// - a rulebook of a marketplace that asks for none
    pub fn phone_rules(&self) -> Result<&PhoneRules> {
        self.phone.as_ref().ok_or_else(|| self.without("phone"))
    }

    fn without(&self, section: &'static str) -> KlokuurError {
        KlokuurError::UnknownName {
            what: "rulebook section",
            given: section.to_owned(),
            accepted: format!("a section that rulebook {} has", self.name),
        }
    }
}
