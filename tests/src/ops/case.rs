//! Cases: the book and the outcomes.

use chrono::{DateTime, FixedOffset};
use klokuur::case::{
    Applied, CaseBook, CaseEvent, CaseRow, DomainEvent, EventRecord, Outcomes, SavedBook, evaluate,
};
use klokuur::rulebook::RulesByWeek;
use klokuur::{KlokuurError, Language, RulebookHistory};
use serde::Deserialize;
use serde_json::{Value, json};

use super::sla::amount;
use crate::vectors::{Operations, Stop};

pub(super) fn register(operations: &mut Operations) {
    operations.add("case_apply", apply);
    operations.add("case_applied", applied);
    operations.add("case_told", told);
    operations.add("case_coming", coming);
    operations.add("case_sentences", sentences);
    operations.add("case_overview", overview);
    operations.add("case_find", find);
    operations.add("case_next_wake_up", next_wake_up);
    operations.add("case_outcomes", outcomes);
    operations.add("case_response_weeks", response_weeks);
    operations.add("case_erased", erased);
    operations.add("case_journal", journal);
    operations.add("case_archive", archived);
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given<Event = CaseEvent> {
    events: Vec<Event>,
    now: DateTime<FixedOffset>,
    text: Option<String>,
    until: Option<DateTime<FixedOffset>>,
}

/// Rows first: what is wrong with an event is an answer of the library, not a fault of the vector.
fn read(given: &Value) -> Result<Given, Stop> {
    let Given { events, now, text, until }: Given<EventRecord> = serde_json::from_value(given.clone())?;
    let events = events.into_iter().map(CaseEvent::try_from).collect::<klokuur::Result<_>>()?;
    Ok(Given { events, now, text, until })
}

/// The book under bol's rules after all events, and those that it refused as they came.
fn book(given: &Given) -> Result<(CaseBook, Vec<DomainEvent>, Vec<KlokuurError>), Stop> {
    let mut book = CaseBook::of(&RulebookHistory::bol()?)?;
    let (mut told, mut refused) = (Vec::new(), Vec::new());
    for event in &given.events {
        match book.apply(event) {
            Ok(Applied::Taken(events)) => told.extend(events),
            Ok(Applied::KnownAlready) => {}
            Ok(Applied::KeptAside(error)) | Err(error) => refused.push(error),
        }
    }
    Ok((book, told, refused))
}

fn codes(refused: &[KlokuurError]) -> Vec<Value> {
    refused.iter().map(|error| json!({"code": error.code(), "message": error.to_string()})).collect()
}

fn row(row: &CaseRow) -> Value {
    let mut answer = serde_json::to_value(row).unwrap();
    answer["elapsed"] = row.elapsed.map(amount).into();
    answer["remaining"] = row.remaining.map(amount).into();
    answer["late"] = row.late.map(amount).into();
    answer["why"] = row.why.as_ref().map(ToString::to_string).into();
    answer
}

/// Every event must be taken: the first refusal is the answer.
fn apply(given: &Value) -> Result<Value, Stop> {
    let given = read(given)?;
    let mut book = CaseBook::of(&RulebookHistory::bol()?)?;
    for event in &given.events {
        book.apply(event).and_then(Applied::taken)?;
    }
    Ok(json!({"cases": book.len()}))
}

/// What becomes of each event at `now`.
fn applied(given: &Value) -> Result<Value, Stop> {
    let given = read(given)?;
    let mut book = CaseBook::of(&RulebookHistory::bol()?)?;
    let mut became = |event| {
        let (outcome, told, error) = match book.apply_at(event, given.now) {
            Ok(Applied::Taken(told)) => ("taken", told, None),
            Ok(Applied::KnownAlready) => ("known_already", Vec::new(), None),
            Ok(Applied::KeptAside(error)) => ("kept_aside", Vec::new(), Some(error)),
            Err(error) => ("not_kept", Vec::new(), Some(error)),
        };
        json!({"outcome": outcome, "told": told, "error": error.map(|error| codes(&[error]))})
    };
    let applied: Vec<Value> = given.events.iter().map(&mut became).collect();
    Ok(json!({"applied": applied, "kept": book.events().len()}))
}

fn told(given: &Value) -> Result<Value, Stop> {
    let given = read(given)?;
    let (mut book, mut told, refused) = book(&given)?;
    told.extend(book.advance(given.now)?);
    Ok(json!({"told": told, "refused": codes(&refused)}))
}

/// What is to come after `now`, up to `until`, with its sentences.
fn coming(given: &Value) -> Result<Value, Stop> {
    let given = read(given)?;
    let (mut book, ..) = book(&given)?;
    book.advance(given.now)?;
    let coming = book.coming(given.until.unwrap_or(given.now))?;
    Ok(
        json!({"coming": coming, "english": said(&book, &coming, Language::English), "dutch": said(&book, &coming, Language::Dutch)}),
    )
}

/// The sentences of everything that was told.
fn sentences(given: &Value) -> Result<Value, Stop> {
    let given = read(given)?;
    let (mut book, mut told, _) = book(&given)?;
    told.extend(book.advance(given.now)?);
    Ok(
        json!({"english": said(&book, &told, Language::English), "dutch": said(&book, &told, Language::Dutch)}),
    )
}

fn said(book: &CaseBook, told: &[DomainEvent], language: Language) -> Vec<String> {
    told.iter().map(|event| event.to_sentence(language, &book.schedule().zone())).collect()
}

fn overview(given: &Value) -> Result<Value, Stop> {
    let given = read(given)?;
    let (book, ..) = book(&given)?;
    let rows = |rows: Vec<CaseRow>| rows.iter().map(row).collect::<Vec<_>>();
    Ok(json!({
        "open": rows(book.overview(given.now)?),
        "with_marketplace": rows(book.with_marketplace(given.now)?),
        "completed": rows(book.completed(given.now, 0, usize::MAX)?),
    }))
}

fn find(given: &Value) -> Result<Value, Stop> {
    let given = read(given)?;
    let (book, ..) = book(&given)?;
    let found = book.find(given.text.as_deref().unwrap_or_default(), given.now)?;
    Ok(json!({"numbers": found.into_iter().map(|row| row.number).collect::<Vec<_>>()}))
}

fn next_wake_up(given: &Value) -> Result<Value, Stop> {
    let given = read(given)?;
    let (book, ..) = book(&given)?;
    Ok(json!({"at": book.next_wake_up(given.now)?}))
}

fn outcomes(given: &Value) -> Result<Value, Stop> {
    let given = read(given)?;
    let Outcomes { outcomes, refused, .. } = evaluate(&given.events, &RulebookHistory::bol()?, given.now)?;
    let rows = outcomes.iter().map(|outcome| {
        let mut answer = serde_json::to_value(outcome).unwrap();
        answer["elapsed"] = outcome.elapsed.map(amount).into();
        answer["handling"] = amount(outcome.handling);
        answer
    });
    Ok(json!({"outcomes": rows.collect::<Vec<_>>(), "refused": codes(&refused)}))
}

/// The book after a customer or a case was erased.
fn erased(given: &Value) -> Result<Value, Stop> {
    let mut to_read = given.clone();
    let fields = to_read.as_object_mut();
    let erase = fields.map(|fields| (fields.remove("customer"), fields.remove("number")));
    let given = read(&to_read)?;
    let (mut book, ..) = book(&given)?;
    book.advance(given.now)?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let erased = match erase {
        Some((Some(customer), _)) => json!(book.erase_customer(&text(&customer))?),
        Some((None, Some(number))) => json!(book.erase_case(&text(&number))?),
        _ => Value::Null,
    };
    let rows = |rows: Vec<CaseRow>| rows.iter().map(row).collect::<Vec<_>>();
    let saved: Value = serde_json::from_str(&book.saved().to_json())?;
    Ok(json!({
        "erased": erased,
        "events": saved["events"],
        "open": rows(book.overview(given.now)?),
        "completed": rows(book.completed(given.now, 0, usize::MAX)?),
        "refused": codes(&book.refused()),
        "told_again": book.advance(given.now)?,
    }))
}

#[derive(Deserialize)]
struct Journal {
    saved_after: Vec<usize>,
    customer: Option<String>,
    lines: Option<Vec<usize>>,
}

/// A book that is saved after so many events each time, and read back from these lines.
fn journal(given: &Value) -> Result<Value, Stop> {
    let Journal { saved_after, customer, lines } = Journal::deserialize(given)?;
    let given = read(&json!({"events": given["events"], "now": given["now"]}))?;
    let rules = RulebookHistory::bol()?;
    let (mut book, mut position, mut written) = (CaseBook::of(&rules)?, 0, Vec::new());
    for (place, event) in (1..).zip(&given.events) {
        book.apply(event)?.taken()?;
        if let Some(customer) = customer.as_ref().filter(|_| place == given.events.len()) {
            book.erase_customer(customer)?;
        }
        if saved_after.contains(&place) {
            let part = book.saved_since(position);
            position = part.position.unwrap_or_default();
            written.push(part.to_json());
        }
    }
    let lines = lines.unwrap_or_else(|| (0..written.len()).collect());
    let text: Vec<&str> = lines.iter().filter_map(|line| written.get(*line)).map(String::as_str).collect();
    let saved = SavedBook::from_json(&text.join("\n"))?;
    let clock = rules.newest_rules()?.schedule()?;
    let restored = CaseBook::restore(&rules, clock.clone(), &saved)?;
    // Through its bytes too: a snapshot of what was restored is the same book.
    let again = CaseBook::restore_snapshot(&rules, clock, &restored.snapshot())?;
    let told: Vec<Value> = written.iter().map(|line| serde_json::from_str(line)).collect::<Result<_, _>>()?;
    let told = told.iter().map(|line| {
        json!({
            "since": line["since"], "position": line["position"], "events": line["events"].as_array().map(Vec::len),
        })
    });
    Ok(json!({
        "lines": told.collect::<Vec<_>>(),
        "position": again.position(),
        "open": again.overview(given.now)?.iter().map(row).collect::<Vec<_>>(),
    }))
}

/// A book whose cases that are over are archived, some of them brought back, which is then caught up with what a journal has.
fn archived(given: &Value) -> Result<Value, Stop> {
    let Archiving { closed_before, recall, journal } = Archiving::deserialize(given)?;
    let given = read(&json!({"events": given["events"], "now": given["now"]}))?;
    let (mut book, ..) = book(&given)?;
    book.advance(given.now)?;
    let (archive, mut refused) = (book.archive(closed_before)?, Vec::new());
    for number in recall {
        refused.extend(book.recall(&number, &archive).err());
    }
    if let Some(journal) = journal {
        refused.extend(book.catch_up(&SavedBook::from_json(&journal)?).err());
    }
    let mut cases: Vec<&str> = Vec::new();
    for CaseEvent { case, .. } in &given.events {
        if book.is_archived(case) && !cases.contains(&case.as_str()) {
            cases.push(case);
        }
    }
    let rows = |rows: Vec<CaseRow>| rows.iter().map(row).collect::<Vec<_>>();
    Ok(json!({
        "archived": cases,
        "archived_len": book.archived_len(),
        "archive": rows(archive.completed(given.now, 0, usize::MAX)?),
        "refused": codes(&refused),
        "events": book.events().len(),
        "position": book.position(),
        "open": rows(book.overview(given.now)?),
        "completed": rows(book.completed(given.now, 0, usize::MAX)?),
        "weeks": book.response_weeks(given.now)?.numbers(),
    }))
}

#[derive(Deserialize)]
struct Archiving {
    closed_before: DateTime<FixedOffset>,
    #[serde(default)]
    recall: Vec<String>,
    journal: Option<String>,
}

fn response_weeks(given: &Value) -> Result<Value, Stop> {
    let given = read(given)?;
    let (book, ..) = book(&given)?;
    let weeks = book.response_weeks(given.now)?.numbers();
    Ok(json!({"weeks": weeks}))
}
