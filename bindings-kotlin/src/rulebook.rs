//! Rulebooks: every number of a marketplace's rules.

use std::sync::Arc;

use klokuur::rulebook::{
    Confidence, Direction, NormUnit, Ratio as CoreRatio, RulebookHistory as CoreHistory, RulesByWeek,
    ThresholdKind,
};
use klokuur::{BusinessDuration, KlokuurError as Core, Rulebook as CoreRulebook};

use crate::error::Result;
use crate::fingerprints::Fingerprints;
use crate::schedule::{Schedule, made as schedule_made};
use crate::time::{IsoWeek, LocalDate};

/// Which side of the threshold conforms; the threshold itself always does.
#[uniffi::remote(Enum)]
pub enum Direction {
    /// The threshold or more.
    AtLeast,
    /// The threshold or less.
    AtMost,
}

/// What the value of a norm is.
#[uniffi::remote(Enum)]
pub enum NormUnit {
    /// A share: 0.93 is 93 %.
    Share,
    /// A mean of grades.
    Average,
    /// Points, as an NPS from -100 to 100.
    Points,
}

/// Where the value of a threshold comes from.
#[uniffi::remote(Enum)]
pub enum ThresholdKind {
    /// From the rulebook; one that comes with the data and differs is told.
    Fixed,
    /// It comes with the data and may change by the week; until it does, the rulebook's stands in for it.
    Dynamic,
}

/// An exact number: `numerator / denominator`.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct Ratio {
    /// Above the line.
    pub numerator: i64,
    /// Under the line.
    pub denominator: i64,
    /// For display.
    pub value: f64,
    /// As decimal text, as rulebooks write it.
    pub text: String,
}

impl From<CoreRatio> for Ratio {
    fn from(ratio: CoreRatio) -> Self {
        Self {
            numerator: ratio.numerator(),
            denominator: ratio.denominator(),
            value: ratio.to_f64(),
            text: ratio.to_string(),
        }
    }
}

/// One service norm of a rulebook.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct NormRule {
    /// The name in this library, as `response_time`.
    pub name: String,
    /// The name in the Retailer API, where it has one.
    pub api_name: Option<String>,
    /// What it is measured on, in words.
    pub measured_on: String,
    /// Which side of the threshold conforms.
    pub direction: Direction,
    /// The threshold.
    pub threshold: Ratio,
    /// What the value is.
    pub unit: NormUnit,
    /// How many bad items must also be reached before a week misses the norm.
    pub count_limit: Option<i64>,
    /// Whether a missed week can give a strike.
    pub strike: bool,
    /// Whether the threshold is the rulebook's, or comes with the data and may change by the week.
    pub threshold_kind: ThresholdKind,
    /// The highest threshold that the data may bring, for a dynamic one.
    pub cap: Option<Ratio>,
    /// Whether the threshold itself is on the wrong side.
    pub strict: bool,
    /// What the value must at least keep, beside the target: shown, never a strike by itself.
    pub minimum: Option<Ratio>,
    /// The period in months; none: the ISO week.
    pub period_months: Option<i64>,
    /// With fewer items than this in the period, all items ever count.
    pub all_time_below: Option<i64>,
    /// Where it comes from, in letters: A, B, O, 3, D.
    pub source: String,
    /// How sure it is.
    pub confidence: Confidence,
}

/// Every number of a marketplace's rules, as a validated, dated document. Immutable.
#[derive(Debug, PartialEq, uniffi::Object)]
#[uniffi::export(Debug, Eq)]
pub struct Rulebook(
    pub(crate) CoreRulebook,
    /// The earlier ones too, for a rulebook that stands for its history.
    Option<CoreHistory>,
);

impl Eq for Rulebook {}

fn made(rules: CoreRulebook) -> Arc<Rulebook> {
    Arc::new(Rulebook(rules, None))
}

impl Rulebook {
    /// What judges a week.
    pub(crate) fn by_week(&self) -> &dyn RulesByWeek {
        match &self.1 {
            Some(history) => history,
            None => &self.0,
        }
    }

    /// The same change of it, and of each rulebook that it stands for.
    pub(crate) fn changed(
        &self,
        change: impl Fn(&CoreRulebook) -> klokuur::Result<CoreRulebook>,
    ) -> Result<Arc<Self>> {
        let history = self.1.as_ref().map(|history| history.with_each(&change)).transpose()?;
        Ok(Arc::new(Self(change(&self.0)?, history)))
    }
}

/// The names of the rulebooks that come with the library.
#[uniffi::export]
pub fn rulebook_names() -> Vec<String> {
    CoreRulebook::names().into_iter().map(str::to_owned).collect()
}

#[uniffi::export]
impl Rulebook {
    /// The rulebook of bol, as in force today; it judges every week. For the rules of their time take
    /// `as_rulebook` of a `RulebookHistory`.
    #[uniffi::constructor]
    pub fn bol() -> Arc<Self> {
        made(CoreRulebook::bol())
    }

    /// A rulebook that comes with the library, by its name.
    ///
    /// # Errors
    /// - another name; the message lists all
    #[uniffi::constructor]
    pub fn shipped(name: &str) -> Result<Arc<Self>> {
        Ok(made(CoreRulebook::shipped(name)?))
    }

    /// A rulebook from TOML.
    ///
    /// # Errors
    /// - a document with faults: the message has all of them, each with its place
    #[uniffi::constructor]
    pub fn from_toml(text: &str) -> Result<Arc<Self>> {
        Ok(made(CoreRulebook::from_toml(text)?))
    }

    /// A rulebook from JSON.
    ///
    /// # Errors
    /// - a document with faults: the message has all of them, each with its place
    #[uniffi::constructor]
    pub fn from_json(text: &str) -> Result<Arc<Self>> {
        Ok(made(CoreRulebook::from_json(text)?))
    }

    /// The rulebook as TOML, which reads back the same.
    pub fn to_toml(&self) -> String {
        self.0.to_toml()
    }

    /// The rulebook as JSON, which reads back the same.
    pub fn to_json(&self) -> String {
        self.0.to_json()
    }

    /// The name.
    pub fn name(&self) -> String {
        self.0.name.clone()
    }

    /// The zone of the marketplace.
    pub fn zone(&self) -> String {
        self.0.clock.zone.name().to_owned()
    }

    /// The same for the same rules, and for the same rules of its history.
    pub fn fingerprint(&self) -> String {
        self.by_week().fingerprint().to_string()
    }

    /// The fingerprints of its own clock hours and of its rules: those of a case book that has no other hours.
    ///
    /// # Errors
    /// - clock hours, zone or calendars that mean nothing
    pub fn fingerprints(&self) -> Result<Fingerprints> {
        Ok(Fingerprints::from(&self.by_week().fingerprints()?))
    }

    /// The budget of business time for a first response.
    pub fn first_response(&self) -> BusinessDuration {
        BusinessDuration::hours(self.0.case.first_response_hours)
    }

    /// The open hours of the response clock.
    ///
    /// # Errors
    /// - none for a rulebook that was read
    pub fn schedule(&self) -> Result<Arc<Schedule>> {
        Ok(schedule_made(self.0.schedule()?))
    }

    /// The open hours of the response clock with the holidays of one country.
    ///
    /// # Errors
    /// - a country that the rulebook does not know
    pub fn schedule_for(&self, country: &str) -> Result<Arc<Schedule>> {
        Ok(schedule_made(self.0.schedule_for(country)?))
    }

    /// The same rules with the holidays of the seller's own country: `BE`, `DE-BY`, …
    ///
    /// # Errors
    /// - a country that is not built in
    pub fn for_country(&self, country: &str) -> Result<Arc<Self>> {
        self.changed(|rules| rules.for_country(country))
    }

    /// The norms.
    pub fn norms(&self) -> Vec<NormRule> {
        let norm = |norm: &klokuur::rulebook::NormRule| NormRule {
            name: norm.name.clone(),
            api_name: norm.api_name.clone(),
            measured_on: norm.measured_on.clone(),
            direction: norm.direction,
            threshold: norm.threshold.into(),
            unit: norm.unit,
            count_limit: norm.count_limit.map(i64::from),
            strike: norm.strike,
            threshold_kind: norm.threshold_kind,
            cap: norm.cap.map(Ratio::from),
            strict: norm.strict,
            minimum: norm.minimum.map(Ratio::from),
            period_months: norm.period_months.map(i64::from),
            all_time_below: norm.all_time_below.map(i64::from),
            source: norm.source.to_string(),
            confidence: norm.confidence,
        };
        self.0.norms.iter().map(norm).collect()
    }
}

/// Rulebooks that follow each other in time.
#[derive(Debug, uniffi::Object)]
pub struct RulebookHistory(CoreHistory);

#[uniffi::export]
impl RulebookHistory {
    /// From rulebooks in any order.
    ///
    /// # Errors
    /// - none at all, or two that are in force on one date
    #[uniffi::constructor]
    pub fn new(rulebooks: Vec<Arc<Rulebook>>) -> Result<Arc<Self>> {
        let rulebooks = rulebooks.iter().map(|rules| rules.0.clone()).collect();
        Ok(Arc::new(Self(CoreHistory::new(rulebooks)?)))
    }

    /// The rulebooks of bol since 2019.
    ///
    /// # Errors
    /// - none
    #[uniffi::constructor]
    pub fn bol() -> Result<Arc<Self>> {
        Ok(Arc::new(Self(CoreHistory::bol()?)))
    }

    /// The rulebook in force on a date.
    ///
    /// # Errors
    /// - a date before the first, after the last, or in a gap
    pub fn for_date(&self, date: LocalDate) -> Result<Arc<Rulebook>> {
        Ok(made(self.0.for_date(date)?.clone()))
    }

    /// The rulebook in force in a week.
    ///
    /// # Errors
    /// - a week before the first or after the last
    pub fn for_week(&self, week: IsoWeek) -> Result<Arc<Rulebook>> {
        Ok(made(self.0.for_week(week.core()?)?.clone()))
    }

    /// The newest rulebook, with the earlier ones for the weeks in which they were in force: what judges weeks takes
    /// it.
    ///
    /// # Errors
    /// - none
    pub fn as_rulebook(&self) -> Result<Arc<Rulebook>> {
        let newest = self.0.rules_on(LocalDate::MAX)?.clone();
        Ok(Arc::new(Rulebook(newest, Some(self.0.clone()))))
    }

    /// The same for the same rulebooks.
    pub fn fingerprint(&self) -> String {
        self.0.fingerprint().to_string()
    }

    /// All rulebooks in order.
    pub fn rulebooks(&self) -> Vec<Arc<Rulebook>> {
        self.0.rulebooks().iter().cloned().map(made).collect()
    }
}

/// A score that the marketplace reported, as exact decimal text.
pub(crate) fn ratio(text: &str) -> std::result::Result<CoreRatio, Core> {
    text.parse()
}
