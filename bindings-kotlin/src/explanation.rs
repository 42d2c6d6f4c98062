//! Why a span holds the business time that it holds.

use klokuur::timeline::{Language, StretchReason};
use klokuur::{BusinessDuration, Holiday};

use crate::fingerprints::Fingerprints;
use crate::time::Instant;

/// A language that sentences come in.
#[uniffi::remote(Enum)]
pub enum Language {
    /// English.
    English,
    /// Dutch. Holidays have their local names.
    Dutch,
}

/// Why a stretch of time counted or did not.
#[uniffi::remote(Enum)]
pub enum StretchReason {
    /// Open by the weekly hours.
    OpenHours,
    /// Open by a rule that names the date.
    NamedDay,
    /// Open on a day that was added.
    ExtraDay,
    /// Open by the hours for holidays.
    HolidayHours,
    /// Outside the hours of a day.
    ClosedHours,
    /// A Saturday or Sunday without hours.
    Weekend,
    /// A holiday.
    Holiday {
        /// Which.
        holiday: Holiday,
    },
    /// Closed on this date.
    ClosedDate,
    /// Another day without hours.
    ClosedDay,
    /// Paused by a policy.
    Paused,
}

/// A part of a span that counted, or did not, for one reason.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct ExplainedStretch {
    /// Its start.
    pub from: Instant,
    /// Its end.
    pub to: Instant,
    /// What it counted; zero when closed.
    pub counted: BusinessDuration,
    /// Why.
    pub reason: StretchReason,
}

/// Why a span holds the business time that it holds. The stretches sum to the whole exactly.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct Explanation {
    /// The start of the span.
    pub from: Instant,
    /// The end of the span.
    pub to: Instant,
    /// What it counts.
    pub counted: BusinessDuration,
    /// All parts, in order.
    pub stretches: Vec<ExplainedStretch>,
    /// In English sentences, about a budget that ends with the span.
    pub english: String,
    /// The same in Dutch.
    pub dutch: String,
    /// In one English line, about the span itself.
    pub span_english: String,
    /// The same in Dutch.
    pub span_dutch: String,
    /// For the customer, in English.
    pub customer_english: String,
    /// The same in Dutch.
    pub customer_dutch: String,
    /// What it was explained by.
    pub fingerprints: Fingerprints,
}

pub(crate) fn explanation(why: &klokuur::timeline::Explanation) -> Explanation {
    let stretch = |stretch: &klokuur::timeline::ExplainedStretch| ExplainedStretch {
        from: stretch.from.to_utc(),
        to: stretch.to.to_utc(),
        counted: stretch.counted,
        reason: stretch.reason.clone(),
    };
    Explanation {
        from: why.from.to_utc(),
        to: why.to.to_utc(),
        counted: why.counted,
        stretches: why.stretches.iter().map(stretch).collect(),
        english: why.to_sentence(Language::English),
        dutch: why.to_sentence(Language::Dutch),
        span_english: why.to_span_sentence(Language::English),
        span_dutch: why.to_span_sentence(Language::Dutch),
        customer_english: why.to_customer_text(Language::English),
        customer_dutch: why.to_customer_text(Language::Dutch),
        fingerprints: Fingerprints::from(&why.fingerprints),
    }
}
