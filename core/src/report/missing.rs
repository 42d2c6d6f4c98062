//! What a picture lacks, and why: nothing that is not there looks like zero.

use serde::{Deserialize, Serialize};

use super::input::SellerData;
use super::norms::NormWeek;
use super::score::ScorePicture;
use super::strikes::StrikePicture;
use crate::names::names;
use crate::norm::{NPS, PHONE_AVAILABILITY, RESPONSE_TIME, REVIEWS};
use crate::rulebook::Rulebook;

/// A part that is not in the picture, or not whole.
///
/// Shown at [`Picture`](super::Picture).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Missing {
    /// The part.
    pub part: MissingPart,
    /// Why it is not there.
    pub reason: MissingReason,
    /// The norms of the last whole week that have no verdict for it.
    pub norms: Vec<String>,
}

names! {
    /// What can be missing.
    ///
    /// Shown at [`Picture`](super::Picture).
    pub enum MissingPart: "missing part" {
        /// The response time.
        Questions = "questions",
        /// What is measured on orders: items on time, cancellations, track & trace, questions and returns per item, the
        /// score.
        Orders = "orders",
        /// The NPS after customer contact.
        Surveys = "surveys",
        /// Phone availability.
        Calls = "calls",
        /// The review grade.
        Reviews = "reviews",
        /// Strikes and standing.
        Strikes = "strikes",
        /// The performance score.
        Score = "score",
        /// Policy points, of events that were given.
        Points = "points",
    }
}

names! {
    /// Why it is missing.
    ///
    /// Shown at [`Picture`](super::Picture).
    pub enum MissingReason: "missing reason" {
        /// It was not given.
        NotGiven = "not_given",
        /// It was given, and holds nothing up to now.
        Empty = "empty",
        /// It was given, and holds nothing of the last whole week.
        NoneOfThatWeek = "none_of_that_week",
        /// The rules have no such thing.
        NotInRules = "not_in_rules",
        /// No week is final yet.
        NoFinalWeek = "no_final_week",
    }
}

/// What is there up to now.
pub(super) struct There {
    pub(super) events: bool,
    pub(super) orders: bool,
    pub(super) answers: bool,
    pub(super) calls: bool,
}

/// The part that a norm is measured on.
fn part_of(norm: &str) -> MissingPart {
    match norm {
        RESPONSE_TIME => MissingPart::Questions,
        NPS => MissingPart::Surveys,
        PHONE_AVAILABILITY => MissingPart::Calls,
        REVIEWS => MissingPart::Reviews,
        _ => MissingPart::Orders,
    }
}

/// `last_week` is the last whole week.
pub(super) fn missing(
    data: &SellerData,
    rules: &Rulebook,
    there: &There,
    last_week: Option<&NormWeek>,
    strikes: Option<&StrikePicture>,
    score: Option<&ScorePicture>,
) -> Vec<Missing> {
    let without = |part: MissingPart| -> Vec<String> {
        let all = last_week.into_iter().flat_map(|week| &week.without_data);
        all.filter(|norm| part_of(norm) == part).cloned().collect()
    };
    let given = |is_given: bool, is_there: bool| match (is_given, is_there) {
        (_, true) => MissingReason::NoneOfThatWeek,
        (true, false) => MissingReason::Empty,
        (false, false) => MissingReason::NotGiven,
    };
    let reviews = data.reviews.as_ref().is_some_and(|reviews| !reviews.is_empty());
    let orders = given(data.orders.is_some(), there.orders);
    let parts = [
        (MissingPart::Questions, given(true, there.events), true),
        (MissingPart::Orders, orders, true),
        (MissingPart::Surveys, given(data.surveys.is_some(), there.answers), true),
        (MissingPart::Calls, given(data.calls.is_some(), there.calls), rules.phone.is_some()),
        (MissingPart::Reviews, given(data.reviews.is_some(), reviews), rules.norm(REVIEWS).is_ok()),
    ];
    let mut found = Vec::new();
    for (part, reason, is_asked) in parts {
        let norms = without(part);
        // What is there is missing only where a norm lacks it.
        if is_asked && (reason != MissingReason::NoneOfThatWeek || !norms.is_empty()) {
            found.push(Missing { part, reason, norms });
        }
    }
    let mut tell = |part, reason, norms| found.push(Missing { part, reason, norms });
    match strikes {
        None => tell(MissingPart::Strikes, MissingReason::NotInRules, Vec::new()),
        Some(strikes) if strikes.report.newest_final_week.is_none() => {
            tell(MissingPart::Strikes, MissingReason::NoFinalWeek, Vec::new());
        }
        Some(_) => {}
    }
    // RULES S7: since 2026.
    if data.points.is_some() && rules.policy_points.is_none() {
        tell(MissingPart::Points, MissingReason::NotInRules, Vec::new());
    }
    match score.and_then(|score| score.estimate.as_ref()) {
        None => tell(MissingPart::Score, MissingReason::NotInRules, Vec::new()),
        Some(estimate) if estimate.last_week.is_none() => {
            tell(MissingPart::Score, MissingReason::NoFinalWeek, estimate.missing.clone());
        }
        Some(estimate) if !estimate.missing.is_empty() => {
            tell(MissingPart::Score, orders, estimate.missing.clone());
        }
        Some(_) => {}
    }
    found
}
