//! What stands behind a share, in words: late cases, and order lines that count against a norm.

use super::cases::whose;
use super::manner::Words;
use crate::norm::{CANCELLATIONS, RETURNS, TRACK_AND_TRACE};
use crate::report::late::LateCase;
use crate::report::norms::NormWeek;
use crate::report::orders::CountedOrder;
use crate::report::page::{Cell, Column, Mood, Section};
use crate::timeline::Language;

/// Nothing where none is late.
pub(super) fn late_cases(section: &mut Section, words: &Words, caption: String, cases: &[LateCase]) {
    let columns = vec![
        Column::case(words.say("Case", "Klantvraag")),
        Column::text(words.say("About", "Waarover")),
        Column::text(words.say("Due", "Uiterlijk")),
        Column::text(words.say("Answered", "Beantwoord")),
        Column::text(words.say("Late by", "Te laat")),
    ];
    section.long_table(caption, columns, cases.iter().map(|case| late_case(words, case)).collect());
}

fn late_case(words: &Words, case: &LateCase) -> Vec<Cell> {
    let [due, answered] = match (case.due, case.answered) {
        (Some(due), Some(answered)) => words.moments(due, answered),
        (due, answered) => {
            let not_yet = words.say("not yet", "nog niet");
            let text = |at: Option<_>, none: &str| at.map_or_else(|| none.to_owned(), |at| words.moment(at));
            [text(due, "–"), text(answered, not_yet)]
        }
    };
    let by = case.late.map(|late| words.lateness(late)).unwrap_or_default();
    vec![
        Cell::of(&case.case).beside(whose(words, None, case.order.as_deref(), case.agent.as_deref())),
        Cell::of(case.subject.as_deref().unwrap_or("–")).beside(case.item.as_deref().unwrap_or_default()),
        Cell::of(due),
        Cell::of(answered),
        Cell::of(by).mood(Mood::Bad),
    ]
}

/// The order lines behind the norms of a week; nothing where none counts against one.
pub(super) fn orders(section: &mut Section, words: &Words, week: &NormWeek) {
    let columns = vec![
        Column::text(words.say("Order", "Bestelling")),
        Column::text(words.say("Norm", "Norm")),
        Column::number(words.say("Items", "Stuks")),
        Column::text(words.say("Promised", "Beloofd")),
        Column::text(words.say("What happened", "Wat er gebeurde")),
    ];
    let rows = week.norms.iter().flat_map(|norm| {
        let row = |order| order_row(words, &norm.result.norm, order);
        norm.orders.iter().map(row).collect::<Vec<_>>()
    });
    let of =
        words.say("Orders that count against a norm of", "Bestellingen die meetellen tegen een norm van");
    section.long_table(format!("{of} {}", week.week), columns, rows.collect());
}

fn order_row(words: &Words, norm: &str, order: &CountedOrder) -> Vec<Cell> {
    let what = match (norm, order.at) {
        (TRACK_AND_TRACE, _) => words.say("no track & trace", "geen track & trace").to_owned(),
        (CANCELLATIONS, None) => words.say("expired unsent", "onverzonden verlopen").to_owned(),
        (_, None) => words.say("not there yet", "nog niet aangekomen").to_owned(),
        (norm, Some(at)) => {
            let (english, dutch) = match norm {
                CANCELLATIONS => ("cancelled", "geannuleerd"),
                RETURNS => ("returned", "retour"),
                _ => ("came", "kwam"),
            };
            let (on, verb) = (words.moment(at), words.say(english, dutch));
            match words.language() {
                Language::English => format!("{verb} on {on}"),
                Language::Dutch => format!("{verb} op {on}"),
            }
        }
    };
    vec![
        Cell::of(&order.order).beside(order.item.as_deref().unwrap_or_default()),
        Cell::of(words.norm(norm)),
        Cell::of(words.count(order.items)),
        Cell::of(words.date(order.promised_on)),
        Cell::of(what),
    ]
}
