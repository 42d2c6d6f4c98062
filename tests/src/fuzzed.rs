//! What `fuzz/` gives bytes to: whatever they are, nothing panics, and what is read is read the same again.
//!
//! The inputs that are kept in `fuzz/seeds` are run by the ordinary tests too.

use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use klokuur::case::{
    Applied, CaseBook, CaseBooks, CaseEvent, CaseKind, Description, Opening, Party, Replacement, SavedBook,
    What,
};
use klokuur::exchange::{
    KpiScores, OrderItemCancellations, Orders, PerformanceIndicators, PerformanceStatus, RetailerDocuments,
    Returns, Shipments,
};
use klokuur::log::{Mapping, Rows, read_log, separator_line, text_of};
use klokuur::message::{MailPolicy, clean_html};
use klokuur::rulebook::RulesByWeek;
use klokuur::{HolidayCalendar, KlokuurError, Rulebook, Schedule, ShippingMethod};

use crate::compare::compare;

/// Something that takes bytes.
pub type Target = fn(&[u8]);

/// All of them, by name.
pub const TARGETS: &[(&str, Target)] = &[
    ("hours", hours),
    ("calendar", calendar),
    ("rulebook", rulebook),
    ("replay", replay),
    ("snapshot", snapshot),
    ("retailer", retailer),
    ("mail", mail),
    ("timeline", timeline),
    ("csv_log", csv_log),
];

/// An error says something, and no more than anyone would read.
fn said(error: &KlokuurError) {
    let message = error.to_string();
    assert!(!message.is_empty() && message.len() < 60_000, "{} bytes of message", message.len());
}

fn text(data: &[u8]) -> Option<&str> {
    std::str::from_utf8(data).ok()
}

/// The text of a schedule.
pub fn hours(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let schedule = match Schedule::parse(text, chrono_tz::Europe::Amsterdam) {
        Ok(schedule) => schedule,
        Err(error) => return said(&error),
    };
    let again = Schedule::parse(&schedule.to_string(), chrono_tz::Europe::Amsterdam)
        .expect("its own text reads back");
    assert_eq!(again, schedule);
    assert_eq!(again.fingerprint(), schedule.fingerprint());
    let from: DateTime<Utc> = "2026-03-13T14:00:00Z".parse().unwrap();
    if let Ok(due) = schedule.add(from, klokuur::BusinessDuration::hours(24)) {
        assert!(due >= from);
        assert_eq!(schedule.between(from, due).unwrap(), klokuur::BusinessDuration::hours(24));
    }
}

/// A calendar of holidays as JSON or TOML.
pub fn calendar(data: &[u8]) {
    let Some(text) = text(data) else { return };
    for read in [HolidayCalendar::from_json(text), HolidayCalendar::from_toml(text)] {
        match read {
            Ok(calendar) => {
                let json = serde_json::to_string(&calendar).unwrap();
                let again = HolidayCalendar::from_json(&json).expect("its own JSON reads back");
                assert_eq!(again.fingerprint(), calendar.fingerprint(), "{json}");
                let day = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
                calendar.holidays_between(day(1900), day(1902));
            }
            Err(error) => said(&error),
        }
    }
}

/// A rulebook as JSON or TOML, or a change of bol's: `path = JSON` on the first line.
pub fn rulebook(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let changed = changed(text).map(|document| document.to_string());
    let reads = [
        Some(Rulebook::from_json(text)),
        Some(Rulebook::from_toml(text)),
        changed.map(|it| Rulebook::from_json(&it)),
    ];
    for read in reads.into_iter().flatten() {
        match read {
            Ok(rules) => {
                let json = serde_json::to_string(&rules).unwrap();
                let again = Rulebook::from_json(&json).expect("its own JSON reads back");
                assert_eq!(again, rules);
                // Whatever a rulebook may say, a book of it works or is refused.
                match CaseBook::of(&rules) {
                    Ok(mut book) => lived(&mut book),
                    Err(error) => said(&error),
                }
                assert!(rules.to_history().is_ok());
            }
            Err(error) => said(&error),
        }
    }
}

fn changed(text: &str) -> Option<serde_json::Value> {
    let (path, value) = text.split_once('=')?;
    let value: serde_json::Value = serde_json::from_str(value.trim()).ok()?;
    let mut document = serde_json::to_value(Rulebook::bol()).ok()?;
    let mut place = &mut document;
    for key in path.trim().split('.') {
        place = match key.parse::<usize>() {
            Ok(index) => place.get_mut(index)?,
            Err(_) => place.get_mut(key)?,
        };
    }
    *place = value;
    Some(document)
}

fn lived(book: &mut CaseBook) {
    let at: DateTime<Utc> = "2026-07-13T14:00:00Z".parse().unwrap();
    for event in [
        What::Opened(Opening::by(Party::Customer)),
        What::customer_message(),
        What::Forwarded,
        What::HandedOver,
    ] {
        let _ = book.apply(CaseEvent::new("K-1", at, event));
    }
    let _ = book.advance(at + TimeDelta::days(40));
    let _ = book.overview(at + TimeDelta::days(40));
}

/// Bytes, one after the other; nothing but zeros when they are used up.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn next(&mut self) -> u8 {
        match self.0 {
            [first, rest @ ..] => {
                self.0 = rest;
                *first
            }
            [] => 0,
        }
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[usize::from(self.next()) % all.len()]
    }

    fn at(&mut self) -> DateTime<Utc> {
        let start: DateTime<Utc> = "2026-03-09T08:00:00Z".parse().unwrap();
        let [high, low] = [self.next(), self.next()];
        match high {
            255 => DateTime::from_timestamp(i64::from(low) * 100_000_000_000 - 5_000_000_000_000, 0)
                .unwrap_or(start),
            254 => start + TimeDelta::nanoseconds(low.into()),
            _ => start + TimeDelta::minutes(i64::from(u16::from_be_bytes([high, low]))),
        }
    }

    fn what(&mut self, depth: u8) -> What {
        let by = self.of(&[Party::Seller, Party::Customer, Party::Marketplace]);
        match self.next() % 17 {
            0 | 1 => What::Opened(Opening {
                kind: self.of(&[CaseKind::Question, CaseKind::Return, CaseKind::Cancellation]),
                order: self.of(&[None, Some("A-1")]).map(str::to_owned),
                subject: self.of(&[None, Some("delivery")]).map(str::to_owned),
                item: self.of(&[None, Some("kettle")]).map(str::to_owned),
                customer: self.of(&[None, Some("Joëlle"), Some("")]).map(str::to_owned),
                ordered_at: self.next().is_multiple_of(3).then(|| self.at()),
                shipping_method: self.of(&[None, None, Some(ShippingMethod::Lvb), Some(ShippingMethod::Own)]),
                ..Opening::by(self.of(&[Party::Customer, Party::Marketplace, Party::Seller]))
            }),
            2 => What::customer_message(),
            3 => What::seller_message(),
            4 => What::acknowledgement(),
            5 => What::FollowUp { until: self.next().is_multiple_of(2).then(|| self.at()) },
            6 => What::HandedOver,
            7 => What::Forwarded,
            8 => What::Returned,
            9 => What::closed(by),
            10 => What::Reopened { by },
            11 => What::Received,
            12 => What::Handled { result: None },
            13 => What::PhoneContact { by, text: None, about: Description::default() },
            14 => What::Described(Description { agent: Some("Noor".into()), ..Description::default() }),
            15 => What::SurveyAnswered { scores: "overall=9".parse().unwrap() },
            _ => {
                let right = (depth < 2 && self.next().is_multiple_of(2))
                    .then(|| Box::new(Replacement { at: self.at(), what: self.what(depth + 1) }));
                What::Corrected { corrects: format!("e{}", self.next() % 8), right }
            }
        }
    }
}

/// bol's rules and an empty book of them: to make its clocks takes a thousand times as long as what is tried with them.
static BOL: LazyLock<(Rulebook, CaseBook)> = LazyLock::new(|| {
    let rules = Rulebook::bol();
    let book = CaseBook::of(&rules).unwrap();
    (rules, book)
});

/// Books of bol's rules, none yet: a snapshot is read into one without making its clocks anew.
static BOOKS: LazyLock<CaseBooks> = LazyLock::new(|| CaseBooks::of(&Rulebook::bol()).unwrap());

/// A snapshot of the book that events bring about, as it is and with some of its bytes changed; or bytes that are one by
/// their checksum alone.
pub fn snapshot(data: &[u8]) {
    let mut bytes = Bytes(data);
    let changes = bytes.next() % 16;
    if changes == 15 {
        let bytes = bytes.0;
        read_snapshot(bytes);
        read_snapshot(&sealed([b"KLOKBOOK\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", bytes].concat()));
        return;
    }
    let mut changes: Vec<[u8; 4]> = (0..changes).map(|_| [(); 4].map(|()| bytes.next())).collect();
    let book = happened(&mut bytes);
    let whole = book.snapshot();
    let again = read_snapshot(&whole).expect("its own snapshot reads back");
    assert_eq!(again.snapshot(), whole);
    assert_eq!(again.saved(), book.saved());
    same(&again, &book);
    let mut changed = whole;
    for [high, low, way, value] in changes.drain(..) {
        let place = (usize::from(u16::from_be_bytes([high, low])) * changed.len()) >> 16;
        let rest = changed.get_mut(place..).unwrap_or_default();
        match (way % 4, rest) {
            (0, [one, ..]) => *one ^= value.max(1),
            // A number of eight bytes, as counts and lengths are; beginning where they do.
            (1, [a, b, c, d, e, f, g, h, ..]) => {
                let number = [0, 1, u64::from(value), u64::MAX, 1 << 32, 1 << 62][usize::from(value) % 6];
                [*a, *b, *c, *d, *e, *f, *g, *h] = number.to_le_bytes();
            }
            (2, _) => changed.truncate(place.max(24)),
            (_, rest) => rest.iter_mut().take(4).for_each(|byte| *byte = value),
        }
    }
    read_snapshot(&sealed(changed));
}

/// Bytes with the length and the checksum that they need.
fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    let length = (bytes.len() as u64).to_le_bytes();
    bytes[16..24].copy_from_slice(&length);
    let checksum = crc32fast::hash(&bytes[16..]).to_le_bytes();
    bytes[12..16].copy_from_slice(&checksum);
    bytes
}

/// The book of a snapshot, if it is one. Whatever is in it: it answers, goes on, and is written and read again.
fn read_snapshot(snapshot: &[u8]) -> Option<CaseBook> {
    let mut books = BOOKS.clone();
    if let Err(error) = books.restore_snapshot("Lamp & Co", snapshot) {
        said(&error);
        return None;
    }
    let book = books.get("Lamp & Co").cloned().expect("the seller of the snapshot");
    let end: DateTime<Utc> = "2026-06-30T00:00:00Z".parse().unwrap();
    for now in [end, end - TimeDelta::days(110)] {
        let _ = (book.overview(now), book.completed(now, 0, 9), book.with_marketplace(now), book.coming(now));
        let _ = (book.find("kettle", now), book.find("A-1", now), book.case("K-1", now), book.outcomes(now));
        let _ = (book.response_weeks(now), book.next_wake_up(now), book.refused());
    }
    let mut other = book.clone();
    let _ = other.apply(CaseEvent::new("K-1", end - TimeDelta::days(100), What::customer_message()));
    let _ = (other.advance(end), other.erase_customer("joelle"), other.archive(end), other.drop_refused());
    books
        .restore_snapshot("Lamp & Co", &other.snapshot())
        .expect("what was read is written so that it reads back");
    Some(book)
}

/// A book that takes events, some of them impossible, and lets time pass.
fn happened(bytes: &mut Bytes<'_>) -> CaseBook {
    let mut book = BOL.1.another();
    let mut steps = 0;
    while !bytes.0.is_empty() && steps < 100 {
        steps += 1;
        match bytes.next() % 16 {
            0 => _ = book.advance(bytes.at()),
            1 => _ = book.archive(bytes.at()),
            2 => _ = book.drop_refused(),
            _ => {
                let event = CaseEvent::new(bytes.of(&["K-1", "K-1", "K-2", ""]), bytes.at(), bytes.what(0));
                let id = bytes.next();
                _ = book.apply(if id.is_multiple_of(2) {
                    event.with_id(format!("e{}", id % 8))
                } else {
                    event
                });
            }
        }
    }
    book
}

/// A book that takes possible and impossible events, lets time pass, and is saved and restored in between.
pub fn replay(data: &[u8]) {
    let mut bytes = Bytes(data);
    let (rules, empty) = &*BOL;
    let mut book = empty.another();
    let mut given: Vec<CaseEvent> = Vec::new();
    let (mut steps, mut restored) = (0, false);
    while !bytes.0.is_empty() && steps < 200 {
        steps += 1;
        match bytes.next() % 16 {
            0 => {
                let now = bytes.at();
                if let Ok(coming) = book.coming(now) {
                    assert_eq!(book.advance(now).unwrap(), coming);
                }
            }
            // Once only: a book that is restored makes its clocks anew.
            1 if !restored => {
                restored = true;
                let saved = SavedBook::from_json(&book.saved().to_json()).expect("its own JSON reads back");
                let again =
                    CaseBook::restore(rules, rules.schedule().unwrap(), &saved).expect("what was kept");
                same(&again, &book);
                book = again;
            }
            _ => {
                let case = bytes.of(&["K-1", "K-1", "K-2", ""]);
                let mut event = CaseEvent::new(case, bytes.at(), bytes.what(0));
                if bytes.next().is_multiple_of(2) {
                    event = event.with_id(format!("e{}", bytes.next() % 8));
                }
                let before = book.events().len();
                match book.apply(&event) {
                    Ok(Applied::Taken(_)) => given.push(event),
                    Ok(Applied::KeptAside(error)) => {
                        said(&error);
                        given.push(event);
                    }
                    Ok(Applied::KnownAlready) => assert_eq!(book.events().len(), before),
                    Err(error) => {
                        said(&error);
                        assert_eq!(book.events().len(), before);
                    }
                }
            }
        }
    }
    // As they came, or newest first: one book.
    given.reverse();
    let mut other = empty.another();
    other.load_all(&given);
    if let Some(now) = book.advanced_to() {
        other.advance(now).unwrap();
    }
    same(&other, &book);
}

fn same(one: &CaseBook, other: &CaseBook) {
    let end: DateTime<Utc> = "2026-06-30T00:00:00Z".parse().unwrap();
    assert_eq!(one.outcomes(end), other.outcomes(end));
    assert_eq!(one.overview(end), other.overview(end));
    assert_eq!(one.refused(), other.refused());
    assert_eq!(one.next_wake_up(end), other.next_wake_up(end));
}

/// The documents of the Retailer API.
pub fn retailer(data: &[u8]) {
    let Some(text) = text(data) else { return };
    macro_rules! each {
        ($($document:ident),+) => {$(
            match $document::from_json(text) {
                Ok(read) => {
                    let json = read.to_json().unwrap();
                    assert_eq!($document::from_json(&json).expect("its own JSON reads back"), read);
                }
                Err(error) => said(&error),
            }
        )+};
    }
    each!(
        Orders,
        Shipments,
        Returns,
        OrderItemCancellations,
        PerformanceIndicators,
        KpiScores,
        PerformanceStatus
    );
    let mut documents = RetailerDocuments::new();
    match documents.add("first", text).and_then(|()| documents.add("second", text)) {
        Ok(()) => {
            documents.order_lines();
            documents.case_events();
            documents.numbers(&Rulebook::bol());
            documents.standing();
        }
        Err(error) => said(&error),
    }
}

/// A mail to a customer.
pub fn mail(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let policy = MailPolicy::default();
    let cleaned = clean_html(&text, &policy);
    let lower = cleaned.html.to_lowercase();
    assert!(!lower.contains("<script") && !lower.contains("<iframe"), "{lower}");
    assert_eq!(clean_html(&cleaned.html, &policy).html, cleaned.html);
}

/// The engine beside the oracle, on the schedule that the first bytes choose.
pub fn timeline(data: &[u8]) {
    let mut seed = [0; 8];
    seed.iter_mut().zip(data).for_each(|(to, from)| *to = *from);
    if let Err(difference) = compare(u64::from_le_bytes(seed), 40) {
        panic!("{difference}");
    }
}

/// A log as a file of text: bytes of any encoding, perhaps a separator line.
pub fn csv_log(data: &[u8]) {
    let text = match text_of(data, None) {
        Ok((text, _)) => text,
        Err(error) => return said(&error),
    };
    let (separator, text) = separator_line(&text);
    let separator = separator.map_or(b',', |it| u8::try_from(it).unwrap_or(b','));
    let mut reader =
        csv::ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(text.as_bytes());
    let Ok(header) = reader.headers().cloned() else { return };
    let rows: Vec<Vec<String>> =
        reader.records().flatten().map(|row| row.iter().map(str::to_owned).collect()).collect();
    match read_log(&Rows::new(header.iter(), rows), &Mapping::default()) {
        Ok(log) => {
            log.summary.refused.iter().for_each(|(_, error)| said(error));
            let mut book = CaseBook::of(&Rulebook::bol()).unwrap();
            book.load_rows(log.events).iter().for_each(|(_, error)| said(error));
            book.outcomes("2026-06-30T00:00:00Z".parse::<DateTime<Utc>>().unwrap()).unwrap();
        }
        Err(error) => said(&error),
    }
}
