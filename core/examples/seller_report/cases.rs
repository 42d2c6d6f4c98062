//! The open cases: due when and why, and what is at risk.

use klokuur::case::{CaseClock, CaseRow, CaseStatus};
use klokuur::sla::ClockState;

use crate::picture::Picture;
use crate::{Problem, title};

pub(crate) fn print(picture: &Picture, most: usize) -> Result<(), Problem> {
    let open = picture.book.overview(picture.now)?;
    let (waiting, rest): (Vec<_>, Vec<_>) = open.iter().partition(|c| c.due.is_some());
    title(&format!(
        "Open cases: {}, the oldest first; {} wait for an answer of yours",
        open.len(),
        waiting.len()
    ));
    for case in waiting.iter().take(most) {
        line(picture, case);
    }
    more(waiting.len(), most);
    let count = |status| rest.iter().filter(|c| c.status == status).count();
    say!(
        "Not waiting for you: {} for the customer, {} to follow up later.",
        count(CaseStatus::WaitingForCustomer),
        count(CaseStatus::FollowUpLater),
    );

    let mut at_risk: Vec<_> =
        waiting.iter().filter(|c| c.is_open_long || c.state == ClockState::Breached).collect();
    at_risk.sort_by_key(|c| c.due);
    let late = at_risk.iter().filter(|c| c.state == ClockState::Breached).count();
    title(&format!("At risk: {} open for a long time, {late} of them already late", at_risk.len()));
    for case in at_risk.iter().filter(|c| c.state != ClockState::Breached).take(most) {
        line(picture, case);
    }
    let hidden = picture.book.with_marketplace(picture.now)?;
    say!("With the marketplace's customer service: {}.", hidden.len());
    match picture.book.next_wake_up(picture.now)? {
        Some(at) => {
            let at = at.with_timezone(&picture.rules.clock.zone);
            say!("Next change of a case: {}.", at.format("%A %-d %B %H:%M"));
        }
        None => say!("No case waits for time."),
    }
    Ok(())
}

fn line(picture: &Picture, case: &CaseRow) {
    let due = case.due.map_or_else(String::new, |due| due.format("%a %-d %b %H:%M").to_string());
    let left = match (&case.late, &case.remaining) {
        (Some(late), _) if !late.is_zero() => format!("late by {late}"),
        (_, Some(left)) => format!("{left} left"),
        _ => String::new(),
    };
    say!(
        "  {}  due {due}, {left}  [{}: {}]",
        case.number,
        case.customer.as_deref().unwrap_or("-"),
        case.subject.as_deref().unwrap_or("-"),
    );
    if let Some(why) = &case.why {
        let clock = case.clock.map_or("", |clock| match clock {
            CaseClock::FirstResponse => "first response",
            CaseClock::Request => "request",
            CaseClock::FollowUp => "the customer's reply",
            CaseClock::Forwarded => "forwarded case",
        });
        let opened = case.opened_at.with_timezone(&picture.now.timezone());
        say!("      {clock}, opened {}: {why}", opened.format("%a %-d %b %H:%M"));
    }
}

fn more(all: usize, most: usize) {
    if all > most {
        say!("  … and {} more (--all lists them)", all - most);
    }
}
