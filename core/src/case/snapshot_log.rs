//! The events of a snapshot, with the texts and names that they carry.

use super::columns_of_bytes::{Read, Reader, Writer};
use super::event::{CaseKind, EventKind, Party};
use super::events::{Content, Events, Stored};
use super::known::{FACTS, Known};
use super::log::{Correction, Log};
use super::names::NONE;
use super::store::Store;
use super::texts::Texts;
use crate::shipping::ShippingMethod;
use crate::sla::instant::{NEVER, Nanos, is_supported};

/// What a row of what is known has, in its bits: whether a search leads to it, a text, the time of the order; its other
/// texts from [`FIRST_FACT`] on.
const LINKED: u16 = 1;
const TEXT: u16 = 1 << 1;
const ORDERED: u16 = 1 << 2;
const FIRST_FACT: usize = 3;

/// An event's byte: its kind, from bit 4 on its detail, and whether it has a row of what it carries, and an id.
const KIND: u8 = 0b1111;
const DETAIL: u8 = 4;
const PAYLOAD: u8 = 1 << 6;
const ID: u8 = 1 << 7;

fn tag(content: Content, id: u32) -> u8 {
    let carries = |number: u32, bit: u8| if number == NONE { 0 } else { bit };
    content.tag() | carries(content.payload, PAYLOAD) | carries(id, ID)
}

/// What is written where there is something.
fn some(number: u32) -> Option<u32> {
    (number != NONE).then_some(number)
}

pub(super) fn write(log: &Log, to: &mut Writer) {
    [&log.labels, &log.customers, &log.orders].into_iter().for_each(|names| to.names(names));

    let (blocks, lengths) = log.texts.parts();
    to.number(blocks.len() as u64);
    blocks.iter().for_each(|block| to.text(block));
    to.number(lengths.len() as u64);
    to.u32_column(lengths);

    let known = || log.known.iter();
    to.number(log.known.len().into());
    to.u16_column(known().map(|known| bits(&known)));
    to.byte_column(known().map(|known| {
        let shipping = known.shipping_method.map_or(0, |method| method as u8 + 1);
        known.origin as u8 | (known.kind as u8) << 2 | shipping << 4
    }));
    to.u32_column(known().map(|known| known.case));
    let numbers = || known().flat_map(|k| std::iter::once(k.text).chain(k.facts()).filter_map(some));
    to.number(numbers().count() as u64);
    to.u32_column(numbers());
    let ordered = || known().map(|known| known.ordered).filter(|at| *at != NEVER);
    to.number(ordered().count() as u64);
    to.i64_column(ordered());

    to.number(log.untils.len().into());
    to.i64_column(log.untils.iter().map(|(_, until)| *until));

    let corrections = || log.corrections.iter().map(|(_, correction)| correction);
    to.number(log.corrections.len().into());
    to.u32_column(corrections().map(|c| c.corrects));
    // A correction says of itself, with the bit of an id, that it puts something in the place.
    to.byte_column(corrections().map(|c| c.right.map_or(0, |(_, content)| tag(content, NONE) | ID)));
    to.i64_column(corrections().map(|c| c.right.map_or(0, |(at, _)| at)));
    to.u32_column(corrections().map(|c| c.right.map_or(NONE, |(_, content)| content.payload)));

    let events = || log.events.iter();
    to.number(log.events.len().into());
    to.i64_column(events().map(|event| event.at));
    to.byte_column(events().map(|event| tag(event.content, event.id)));
    to.u32_column(events().map(|event| event.before));
    for column in [|e: &Stored| e.content.payload, |e: &Stored| e.id] {
        to.number(events().filter_map(|event| some(column(&event))).count() as u64);
        to.u32_column(events().filter_map(|event| some(column(&event))));
    }
}

fn bits(known: &Known) -> u16 {
    let mut bits = if known.is_linked() { LINKED } else { 0 };
    bits |= if known.text == NONE { 0 } else { TEXT };
    bits |= if known.ordered == NEVER { 0 } else { ORDERED };
    let facts = (FIRST_FACT..).zip(known.facts()).filter(|(_, fact)| *fact != NONE);
    facts.fold(bits, |bits, (bit, _)| bits | 1 << bit)
}

/// The log of a book of so many cases.
pub(super) fn read(from: &mut Reader<'_>, cases: u32) -> Read<Log> {
    let mut log = Log::new();
    from.part = "names";
    (log.labels, log.customers, log.orders) = (from.names()?, from.names()?, from.names()?);
    from.part = "texts";
    log.texts = texts(from)?;
    from.part = "descriptions";
    descriptions(from, cases, &mut log)?;
    from.part = "days to follow up";
    let count = from.count()?;
    log.untils = Store::of(instants(from, count)?.collect::<Vec<_>>().into_iter());
    from.part = "corrections";
    corrections(from, &mut log)?;
    from.part = "events";
    events(from, &mut log)?;
    Ok(log)
}

fn instants<'b>(from: &mut Reader<'b>, count: usize) -> Read<impl ExactSizeIterator<Item = Nanos> + use<'b>> {
    let column = from.i64_column(count)?;
    // The least and the greatest in one pass without a branch, rather than a test of each.
    let (least, greatest) = column.clone().fold((NEVER, Nanos::MIN), |(l, g), at| (l.min(at), g.max(at)));
    if count > 0 && !(is_supported(least) && is_supported(greatest)) {
        return from.fault("an instant is outside the supported years");
    }
    Ok(column)
}

/// A column of what only some rows have: how many there are is written, and is known by what the rows say.
fn numbers<'b>(from: &mut Reader<'b>, due: usize) -> Read<impl Iterator<Item = u32> + Clone + use<'b>> {
    match from.count()? {
        given if given == due => from.u32_column(given),
        given => from.fault(format!("{given} numbers are there and {due} are due")),
    }
}

fn texts(from: &mut Reader<'_>) -> Read<Texts> {
    let mut blocks = Vec::new();
    for _ in 0..from.count()? {
        blocks.push(from.text()?.to_owned());
    }
    let count = from.count()?;
    let lengths = from.u32_column(count)?;
    match Texts::of_parts(blocks, lengths) {
        Some(texts) => Ok(texts),
        None => from.fault("texts do not lie one after the other"),
    }
}

fn descriptions(from: &mut Reader<'_>, cases: u32, log: &mut Log) -> Read<()> {
    let count = from.count()?;
    let bits = from.u16_column(count)?;
    let kinds = from.byte_column(count)?;
    let case = from.u32_column(count)?;
    from.all_below("case", case.clone(), cases)?;
    let expected = |mask: u16| bits.clone().map(|bits| (bits & mask).count_ones() as usize).sum::<usize>();
    let numbers_expected = expected(!(LINKED | ORDERED));
    let ordered_expected = expected(ORDERED);
    let mut numbers = numbers(from, numbers_expected)?;
    let ordered = from.count()?;
    let mut ordered = match ordered == ordered_expected {
        true => instants(from, ordered)?,
        false => {
            return from.fault(format!("{ordered} times of orders are there, {ordered_expected} are due"));
        }
    };
    let (texts, pools) = (log.texts.len() as usize, log.pools());
    let mut is_valid = bits.clone().all(|bits| bits < 1 << (FIRST_FACT + FACTS));
    let mut is_full = false;
    for ((bits, kinds), case) in bits.zip(kinds).zip(case) {
        let mut number = |has: u16, among: usize| {
            if bits & has == 0 {
                return NONE;
            }
            let number = numbers.next().unwrap_or(NONE);
            is_valid &= (number as usize) < among;
            number
        };
        let text = number(TEXT, texts);
        let mut facts = [NONE; FACTS];
        for ((bit, fact), among) in (FIRST_FACT..).zip(&mut facts).zip(pools) {
            *fact = number(1 << bit, among);
        }
        let (origin, kind) =
            (Party::ALL.get(usize::from(kinds & 3)), CaseKind::ALL.get(usize::from(kinds >> 2 & 3)));
        let shipping = usize::from(kinds >> 4).checked_sub(1);
        let shipping_method = shipping.and_then(|method| ShippingMethod::ALL.get(method)).copied();
        is_valid &= origin.is_some() && kind.is_some() && shipping.is_some() == shipping_method.is_some();
        let known = Known {
            ordered: if bits & ORDERED == 0 { NEVER } else { ordered.next().unwrap_or(NEVER) },
            case,
            text,
            origin: origin.copied().unwrap_or_default(),
            kind: kind.copied().unwrap_or_default(),
            shipping_method,
            ..Known::NOTHING
        };
        let known = known.with_facts(facts);
        let known = match bits & LINKED {
            0 => known.merged(),
            _ => log.linked(known, log.known.len()),
        };
        is_full |= log.known.push(known).is_none();
    }
    if is_full {
        return from.fault("more descriptions than a book has");
    }
    if is_valid {
        Ok(())
    } else {
        from.fault("a description has a text, an origin or a kind that is not there")
    }
}

fn corrections(from: &mut Reader<'_>, log: &mut Log) -> Read<()> {
    let count = from.count()?;
    let corrects = from.u32_column(count)?;
    from.all_below("text", corrects.clone(), log.texts.len())?;
    let tags = from.byte_column(count)?;
    let (at, payload) = (from.i64_column(count)?, from.u32_column(count)?);
    for (((corrects, tag), at), payload) in corrects.zip(tags).zip(at).zip(payload) {
        let right = match tag {
            0 => None,
            // What a correction puts in the place is no correction, so that none leads to itself.
            _ if tag & KIND == EventKind::Corrected as u8 => {
                return from.fault("a correction of a correction");
            }
            tag => match (content(log, *tag, payload), is_supported(at)) {
                (Some(content), true) => Some((at, content)),
                _ => return from.fault("a correction puts in the place what is no event"),
            },
        };
        if log.corrections.push(Correction { corrects, right }).is_none() {
            return from.fault("more corrections than a book has");
        }
    }
    Ok(())
}

/// What a byte and a row's number say that happened; none when they say nothing.
fn content(log: &Log, tag: u8, payload: u32) -> Option<Content> {
    let kind = *EventKind::ALL.get(usize::from(tag & KIND))?;
    let content = Content { payload, kind, detail: tag >> DETAIL & 3 };
    let (rows, is_needed) = carried(log, kind);
    let has_payload = tag & PAYLOAD != 0;
    let is_valid = if has_payload { payload < rows } else { payload == NONE && !is_needed };
    (is_valid && content.detail < 3).then_some(content)
}

/// Among how many rows an event finds what it carries, and whether it has to carry one.
fn carried(log: &Log, kind: EventKind) -> (u32, bool) {
    match kind {
        EventKind::Opened | EventKind::PhoneContact | EventKind::Described => (log.known.len(), true),
        EventKind::Corrected => (log.corrections.len(), true),
        EventKind::SurveyAnswered => (log.texts.len(), true),
        EventKind::CustomerMessage | EventKind::SellerMessage | EventKind::Handled | EventKind::Closed => {
            (log.texts.len(), false)
        }
        EventKind::FollowUp => (log.untils.len(), false),
        EventKind::Forwarded
        | EventKind::Reopened
        | EventKind::Received
        | EventKind::HandedOver
        | EventKind::Returned => (0, false),
    }
}

fn events(from: &mut Reader<'_>, log: &mut Log) -> Read<()> {
    let count = from.count()?;
    let at = instants(from, count)?;
    let tags = from.byte_column(count)?;
    let before = from.u32_column(count)?;
    let have = |bit: u8| tags.iter().filter(|tag| **tag & bit != 0).count();
    let (mut payloads, mut ids) = (numbers(from, have(PAYLOAD))?, numbers(from, have(ID))?);
    from.all_below("text", ids.clone(), log.texts.len())?;
    // By kind: among how many rows, and whether it has one.
    let limits = EventKind::ALL.iter().map(|kind| carried(log, *kind)).collect::<Vec<_>>();
    let mut is_valid = true;
    let mut number = 0;
    let rows = at.zip(tags).zip(before).map(|((at, tag), before)| {
        let (payload, id) = (
            if tag & PAYLOAD == 0 { NONE } else { payloads.next().unwrap_or(NONE) },
            if tag & ID == 0 { NONE } else { ids.next().unwrap_or(NONE) },
        );
        let (kind, detail) = (usize::from(tag & KIND), tag >> DETAIL & 3);
        let (rows, is_needed) = limits.get(kind).copied().unwrap_or((0, true));
        let has_payload = tag & PAYLOAD != 0;
        is_valid &= if has_payload { payload < rows } else { !is_needed };
        // Each event leads to one that came earlier, so that no chain of a case leads back to itself.
        is_valid &= detail < 3 && (before < number || before == NONE);
        number += 1;
        let kind = EventKind::ALL.get(kind).copied().unwrap_or(EventKind::Corrected);
        Stored { at, before, id, content: Content { payload, kind, detail } }
    });
    log.events = Events::of(rows);
    if is_valid { Ok(()) } else { from.fault("an event carries or follows what is not there") }
}
