//! Strikes as the marketplace reports them, beside those computed here.

use crate::fingerprints::Fingerprints;
use crate::time::{IsoWeek, LocalDate};

/// A week with a strike, as the marketplace reports it.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct StrikeAsReported {
    /// The week.
    pub week: IsoWeek,
    /// The norms that it names as reasons.
    #[uniffi(default = [])]
    pub reasons: Vec<String>,
}

/// The strikes of an account as the marketplace reports them; never altered.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct StandingAsReported {
    /// The date of the report.
    pub on: LocalDate,
    /// How many strikes it counts.
    pub count: i64,
    /// The weeks that it names.
    #[uniffi(default = [])]
    pub strikes: Vec<StrikeAsReported>,
}

/// What the marketplace reports beside what is computed here.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct StandingComparison {
    /// The date.
    pub on: LocalDate,
    /// How many strikes are reported.
    pub reported: i64,
    /// How many are computed.
    pub computed: i64,
    /// Weeks with a strike in the report only.
    pub only_reported: Vec<IsoWeek>,
    /// Weeks with a computed strike only.
    pub only_computed: Vec<IsoWeek>,
    /// Weeks with a strike in both, for other norms.
    pub other_reasons: Vec<IsoWeek>,
    /// Whether both say the same.
    pub agrees: bool,
    /// The difference in one English sentence.
    pub english: String,
    /// In one Dutch sentence.
    pub dutch: String,
    /// What the computed ones were judged by.
    pub fingerprints: Fingerprints,
}
