//! What a picture is made of.

use chrono::{DateTime, Utc};

use crate::case::{CaseBook, CaseEvent, KeptEvents, SurveyAnswer};
use crate::exchange::ReportedStanding;
use crate::insight::DatedScore;
use crate::log::ExportedLine;
use crate::norm::WeekNumbers;
use crate::phone::CallAttempt;
use crate::score::PerformanceScore;
use crate::standing::{PolicyPointsEvent, StandingEvent};

use super::rows::ReadRows;

/// The area of a survey that the NPS is of (RULES Q1).
pub const RECOMMENDATION: &str = "recommendation";

/// The cases: events in rows, each with its number, or a book that an application keeps anyway.
#[derive(Debug, Clone)]
pub(super) enum Cases {
    /// Each event, and the number of its row.
    Rows(Box<KeptEvents>),
    Book(Box<CaseBook>),
}

impl Cases {
    /// All events, also those of after the picture.
    pub(super) fn events(&self) -> Box<dyn Iterator<Item = CaseEvent> + '_> {
        match self {
            Self::Rows(kept) => Box::new(kept.iter().map(|(_, event)| event)),
            Self::Book(book) => Box::new(book.each_event()),
        }
    }

    /// When they happened.
    pub(super) fn times(&self) -> Box<dyn Iterator<Item = DateTime<Utc>> + '_> {
        match self {
            Self::Rows(kept) => Box::new(kept.times()),
            Self::Book(book) => Box::new(book.event_times()),
        }
    }
}

/// What a seller has: cases, and what else is there. A part that was not given is told as missing, and is never taken
/// for zero.
///
/// Everything is looked at as of the instant of the picture: what is of after it is counted and not used.
///
/// Shown at [`Picture`](super::Picture).
#[derive(Debug, Clone)]
pub struct SellerData {
    pub(super) cases: Cases,
    pub(super) orders: Option<Vec<ExportedLine>>,
    pub(super) surveys: Option<Vec<SurveyAnswer>>,
    pub(super) calls: Option<Vec<CallAttempt>>,
    pub(super) reviews: Option<Vec<DatedScore>>,
    pub(super) reported: Vec<WeekNumbers>,
    pub(super) standing: Option<ReportedStanding>,
    pub(super) scores: Vec<PerformanceScore>,
    pub(super) decisions: Vec<StandingEvent>,
    pub(super) points: Option<Vec<PolicyPointsEvent>>,
    pub(super) read: ReadRows,
    pub(super) name: Option<String>,
}

impl SellerData {
    /// The events of all cases, in any order; a refused one is named by its place, from 0.
    pub fn of_events(events: impl IntoIterator<Item = CaseEvent>) -> Self {
        Self::of_rows(events.into_iter().enumerate())
    }

    /// The same with a number of the caller's own for each event, such as the line of a file.
    pub fn of_rows(rows: impl IntoIterator<Item = (usize, CaseEvent)>) -> Self {
        Self::of(Cases::Rows(Box::new(KeptEvents::of(rows))))
    }

    /// A book that is there already; its hours count, and its events are not read again.
    pub fn of_book(book: CaseBook) -> Self {
        Self::of(Cases::Book(Box::new(book)))
    }

    fn of(cases: Cases) -> Self {
        Self {
            cases,
            orders: None,
            surveys: None,
            calls: None,
            reviews: None,
            reported: Vec::new(),
            standing: None,
            scores: Vec::new(),
            decisions: Vec::new(),
            points: None,
            read: ReadRows::default(),
            name: None,
        }
    }

    /// With order lines: for the norms that are measured on orders, the performance score, and cases per ordered item.
    #[must_use]
    pub fn with_orders(self, orders: Vec<ExportedLine>) -> Self {
        Self { orders: Some(orders), ..self }
    }

    /// With answers to surveys: for the NPS. Without them those that stand in the cases are taken.
    #[must_use]
    pub fn with_surveys(self, surveys: Vec<SurveyAnswer>) -> Self {
        Self { surveys: Some(surveys), ..self }
    }

    /// With call attempts: for phone availability.
    #[must_use]
    pub fn with_calls(self, calls: Vec<CallAttempt>) -> Self {
        Self { calls: Some(calls), ..self }
    }

    /// With reviews, 1 to 10: for the review grade.
    #[must_use]
    pub fn with_reviews(self, reviews: Vec<DatedScore>) -> Self {
        Self { reviews: Some(reviews), ..self }
    }

    /// With weekly numbers as the marketplace reports them, by the names of the rulebook: they take the place of those
    /// counted here (RULES N4).
    #[must_use]
    pub fn with_reported(self, reported: Vec<WeekNumbers>) -> Self {
        Self { reported, ..self }
    }

    /// With the standing that the marketplace reports: it stands beside the computed one (RULES S6).
    #[must_use]
    pub fn with_standing(self, standing: ReportedStanding) -> Self {
        Self { standing: Some(standing), ..self }
    }

    /// With performance scores as the marketplace reports them (RULES P2).
    #[must_use]
    pub fn with_scores(self, scores: Vec<PerformanceScore>) -> Self {
        Self { scores, ..self }
    }

    /// With what the marketplace decided: excuses, revoked strikes, accepted plans, reopenings (RULES S3, S4).
    #[must_use]
    pub fn with_decisions(self, decisions: Vec<StandingEvent>) -> Self {
        Self { decisions, ..self }
    }

    /// With the policy points that were deducted and added (RULES S7).
    #[must_use]
    pub fn with_points(self, points: Vec<PolicyPointsEvent>) -> Self {
        Self { points: Some(points), ..self }
    }

    /// With how the data were read: rows, what was skipped and why.
    #[must_use]
    pub fn with_read_rows(self, read: ReadRows) -> Self {
        Self { read, ..self }
    }

    /// With a name that stands above the picture, such as that of the folder.
    #[must_use]
    pub fn with_name(self, name: &str) -> Self {
        Self { name: Some(name.to_owned()), ..self }
    }
}
