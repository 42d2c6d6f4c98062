//! Surveys, phone, insights and mails (RULES Q, T, I, M).

use serde::Serialize;

use super::{Basis, Ratio, Sources};

/// The survey after customer contact and its NPS (RULES Q).
///
/// ```
/// # use klokuur::Rulebook;
/// let survey = Rulebook::bol().survey;
/// assert_eq!((survey.after_hours, survey.trailing_days, survey.guideline), (24, 28, 25));
/// assert!(!survey.when_closed_by_marketplace);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SurveyRules {
    /// How long after closing the survey may go out (RULES Q2).
    pub after_hours: u32,
    /// What `after_hours` counts.
    pub basis: Basis,
    /// Whether a case closed by the marketplace's customer service is surveyed too (RULES Q2).
    pub when_closed_by_marketplace: bool,
    /// With fewer answers than this an NPS is only an indication (RULES Q4).
    pub guideline: u32,
    /// The trailing window of the satisfaction page, in days (RULES Q3, I2).
    pub trailing_days: u32,
    /// The confidence level of intervals (RULES Q4).
    pub confidence_level: Ratio,
    /// The source of every value.
    pub sources: Sources,
}

/// Phone availability (RULES T1, T2).
///
/// ```
/// # use klokuur::Rulebook;
/// let rules = Rulebook::bol();
/// assert_eq!(rules.phone_rules()?.hours, "Mo-Fr 09:00-17:00; PH off");
/// assert!(!rules.phone_rules()?.extra_hours_count);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PhoneRules {
    /// The hours in which call attempts count, as schedule text, in the rulebook's zone and with its calendars.
    pub hours: String,
    /// Whether attempts in the seller's own wider hours count for the norm (RULES T2).
    pub extra_hours_count: bool,
    /// The source of every value.
    pub sources: Sources,
}

/// Insights and signals (RULES I1, I4).
///
/// ```
/// # use klokuur::Rulebook;
/// let insight = Rulebook::bol().insight;
/// assert_eq!((insight.shortest_days, insight.longest_months), (28, 6));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InsightRules {
    /// The shortest period of the subjects overview, in days (RULES I1).
    pub shortest_days: u32,
    /// The longest period of the subjects overview, in months (RULES I1).
    pub longest_months: u32,
    /// The recent period that a signal judges, in days (RULES I4).
    pub signal_recent_days: u32,
    /// The period before it that a signal compares with, in days (RULES I4).
    pub signal_baseline_days: u32,
    /// A signal needs at least this many recent cases (RULES I4).
    pub signal_minimum_cases: u32,
    /// The stated false-alarm rate of signals (RULES I4).
    pub signal_false_alarm_rate: Ratio,
    /// The source of every value.
    pub sources: Sources,
}

/// Mails to customers (RULES M1).
///
/// ```
/// # use klokuur::Rulebook;
/// let message = Rulebook::bol().message;
/// assert_eq!(message.within_years, 2);
/// assert!(message.own_domains.iter().any(|domain| domain == "bol.com"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MessageRules {
    /// How long after the order a mail reaches the customer, in years.
    pub within_years: u32,
    /// The marketplace's own domains: links to them stay links.
    pub own_domains: Vec<String>,
    /// The source of every value.
    pub sources: Sources,
}
