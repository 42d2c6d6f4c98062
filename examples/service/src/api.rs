//! HTTP: what comes in becomes a question, what is answered becomes JSON.

use axum::body::Bytes;
use axum::extract::rejection::QueryRejection;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use klokuur::case::{Applied, CaseEvent};
use klokuur::timeline::Language;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::desk::{Answer, Question};
use crate::failure::Failure;
use crate::office::Queue;
use crate::page;

/// The largest body: one event.
const LARGEST_EVENT: usize = 64 * 1024;
/// The most rows of one answer.
const MOST: u32 = 1000;

/// A query as it came.
type Asked<T> = Result<Query<T>, QueryRejection>;

/// The service's addresses, in front of a queue.
pub fn router(queue: Queue) -> Router {
    Router::new()
        .route("/", get(overview_page))
        .route("/events", post(happened).get(events))
        .route("/told", get(told))
        .route("/overview", get(overview))
        .route("/cases", get(find))
        .route("/cases/{number}", get(case))
        .route("/health", get(health))
        .fallback(async || refusal(StatusCode::NOT_FOUND, "not_found", "no such address: see the README"))
        .layer(DefaultBodyLimit::max(LARGEST_EVENT))
        .with_state(queue)
}

/// After which number, and how many.
#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct After {
    since: i64,
    count: u32,
}

impl Default for After {
    fn default() -> Self {
        Self { since: 0, count: 100 }
    }
}

/// Which part of a list.
#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Part {
    skip: usize,
    count: usize,
}

impl Default for Part {
    fn default() -> Self {
        Self { skip: 0, count: 100 }
    }
}

/// What to look for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    find: String,
}

async fn happened(State(queue): State<Queue>, body: Bytes) -> Response {
    let event: CaseEvent = match serde_json::from_slice(&body) {
        Ok(event) => event,
        Err(problem) => return refusal(StatusCode::BAD_REQUEST, "not_an_event", &problem.to_string()),
    };
    match queue.ask(Question::Happened(Box::new(event))).await {
        Ok(Answer::Applied(Applied::Taken(told))) => {
            (StatusCode::CREATED, Json(json!({ "result": "taken", "told": told }))).into_response()
        }
        Ok(Answer::Applied(Applied::KnownAlready)) => Json(json!({ "result": "known" })).into_response(),
        Ok(Answer::Applied(Applied::KeptAside(why))) => {
            let why = json!({ "result": "kept_aside", "code": why.code(), "why": why.to_string() });
            (StatusCode::ACCEPTED, Json(why)).into_response()
        }
        other => answered(other),
    }
}

async fn events(State(queue): State<Queue>, after: Asked<After>) -> Response {
    asked(queue, after, |after| Question::Events(after.since, after.count.min(MOST))).await
}

async fn told(State(queue): State<Queue>, after: Asked<After>) -> Response {
    asked(queue, after, |after| Question::Told(after.since, after.count.min(MOST))).await
}

async fn overview(State(queue): State<Queue>, part: Asked<Part>) -> Response {
    let question = |part: Part| Question::Overview { skip: part.skip, count: part.count.min(MOST as usize) };
    asked(queue, part, question).await
}

async fn find(State(queue): State<Queue>, wanted: Asked<Wanted>) -> Response {
    asked(queue, wanted, |wanted| Question::Find(wanted.find)).await
}

/// Asks what a query asks for; one that means nothing is refused as everything else is.
async fn asked<T>(queue: Queue, query: Asked<T>, question: impl FnOnce(T) -> Question) -> Response {
    match query {
        Ok(Query(query)) => answered(queue.ask(question(query)).await),
        Err(rejection) => refusal(StatusCode::BAD_REQUEST, "not_a_query", &rejection.body_text()),
    }
}

async fn case(State(queue): State<Queue>, Path(number): Path<String>) -> Response {
    answered(queue.ask(Question::Case(number)).await)
}

async fn health(State(queue): State<Queue>) -> Response {
    answered(queue.ask(Question::Health).await)
}

async fn overview_page(State(queue): State<Queue>) -> Response {
    match queue.ask(Question::Overview { skip: 0, count: MOST as usize }).await {
        Ok(Answer::Rows(rows, zone, now)) => match page::overview(&rows, now.with_timezone(&zone)) {
            Ok(page) => Html(page).into_response(),
            Err(problem) => refusal(StatusCode::INTERNAL_SERVER_ERROR, "page", &problem.to_string()),
        },
        other => answered(other),
    }
}

/// An answer in JSON, or why there is none.
fn answered(answer: Result<Answer, Failure>) -> Response {
    let found: Value = match answer {
        Ok(Answer::Refused(why)) => {
            return refusal(StatusCode::UNPROCESSABLE_ENTITY, why.code(), &why.to_string());
        }
        Ok(Answer::Case(None)) => {
            return refusal(StatusCode::NOT_FOUND, "no_such_case", "no case of that number was opened");
        }
        Ok(Answer::Case(Some(case))) => {
            let refused: Vec<String> = case.refused.iter().map(ToString::to_string).collect();
            json!({ "case": case, "refused": refused })
        }
        Ok(Answer::Rows(rows, _, now)) => json!({ "now": now, "cases": rows }),
        Ok(Answer::Events(events)) => json!({ "events": events }),
        Ok(Answer::Told(told, zone)) => {
            let sentence = |told: &crate::Numbered<klokuur::case::DomainEvent>| json!({ "number": told.number, "told": told.record, "sentence": told.record.to_sentence(Language::English, &zone) });
            json!({ "told": told.iter().map(sentence).collect::<Vec<_>>() })
        }
        Ok(Answer::Health { cases, advanced_to, next_wake_up }) => {
            json!({ "status": "ok", "cases": cases, "advanced_to": advanced_to, "next_wake_up": next_wake_up })
        }
        Ok(Answer::Applied(_)) => json!({}),
        Err(Failure::Refused(why)) => {
            return refusal(StatusCode::UNPROCESSABLE_ENTITY, why.code(), &why.to_string());
        }
        Err(failure) => {
            let again = [(header::RETRY_AFTER, "1")];
            let refusal = refusal(StatusCode::SERVICE_UNAVAILABLE, "unavailable", &failure.to_string());
            return (again, refusal).into_response();
        }
    };
    Json(found).into_response()
}

fn refusal(status: StatusCode, code: &str, message: &str) -> Response {
    (status, Json(json!({ "error": { "code": code, "message": message } }))).into_response()
}
