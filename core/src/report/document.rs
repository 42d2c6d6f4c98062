//! What a seller has, as one document: the way in for hosts of other languages.

use serde::Deserialize;
use serde_json::Value;

use super::input::SellerData;
use crate::case::{CaseEvent, SurveyAnswer};
use crate::document;
use crate::error::{KlokuurError, Result};
use crate::exchange::PerformanceStatus;
use crate::insight::DatedScore;
use crate::log::ExportedLine;
use crate::norm::WeekNumbers;
use crate::phone::CallAttempt;
use crate::standing::{PolicyPointsEvent, StandingEvent};

const DOCUMENT: &str = "data of a seller";

/// The fields of the document; each may be missing, and what is not there is told in the picture.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fields {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    events: Option<Vec<CaseEvent>>,
    #[serde(default)]
    orders: Option<Vec<ExportedLine>>,
    #[serde(default)]
    surveys: Option<Vec<SurveyAnswer>>,
    #[serde(default)]
    calls: Option<Vec<CallAttempt>>,
    #[serde(default)]
    reviews: Option<Vec<DatedScore>>,
    #[serde(default)]
    reported: Option<Vec<WeekNumbers>>,
    #[serde(default)]
    status: Option<Value>,
    #[serde(default)]
    decisions: Option<Vec<StandingEvent>>,
    #[serde(default)]
    points: Option<Vec<PolicyPointsEvent>>,
}

impl SellerData {
    /// Reads the data from JSON: an object with `events` and, where they are there, `name`, `orders`, `surveys`,
    /// `calls`, `reviews`, `reported` (weekly numbers), `status` (the Retailer API's performance status), `decisions`
    /// and `points`, each as its records are written.
    ///
    /// ```
    /// use klokuur::report::SellerData;
    ///
    /// let data = SellerData::from_json(r#"{
    ///     "events": [{"case": "K-1", "at": "2026-03-13T15:00:00+01:00", "event": "opened"}],
    ///     "calls": [{"at": "2026-03-13T10:00:00+01:00", "answered": true}]
    /// }"#)?;
    /// let wrong = SellerData::from_json(r#"{"events": [], "mails": []}"#).unwrap_err();
    /// assert!(wrong.to_string().starts_with("data of a seller is not valid at mails: unknown field"));
    /// # Ok::<(), klokuur::KlokuurError>(())
    /// ```
    ///
    /// # Errors
    /// - a text that is no JSON object of these, with the path of what is wrong
    pub fn from_json(text: &str) -> Result<Self> {
        let mut fields = fields(text)?;
        let events = fields.events.take().unwrap_or_default();
        fields.beside(Self::of_events(events))
    }

    /// The same cases with what a document has beside them: it has all of [`Self::from_json`] but events.
    ///
    /// # Errors
    /// - as [`Self::from_json`]; events
    pub fn with_json(self, text: &str) -> Result<Self> {
        let fields = fields(text)?;
        if fields.events.is_some() {
            return Err(KlokuurError::InvalidDocument {
                document: DOCUMENT,
                path: "events".into(),
                problem: "the cases are there already: accepted is a document without events".into(),
            });
        }
        fields.beside(self)
    }
}

fn fields(text: &str) -> Result<Fields> {
    document::read(DOCUMENT, document::from_json(DOCUMENT, text)?)
}

impl Fields {
    fn beside(self, data: SellerData) -> Result<SellerData> {
        let standing = match self.status {
            Some(status) => Some(PerformanceStatus::from_json(&status.to_string())?.standing()),
            None => None,
        };
        Ok(SellerData {
            name: self.name,
            orders: self.orders,
            surveys: self.surveys,
            calls: self.calls,
            reviews: self.reviews,
            reported: self.reported.unwrap_or_default(),
            standing,
            decisions: self.decisions.unwrap_or_default(),
            points: self.points,
            ..data
        })
    }
}
