//! A snapshot: a book as bytes, which is read back without folding a case again.
//!
//! The bytes, lowest first: `KLOKBOOK`, the version of the format and a checksum as 4 bytes each, the length of all as
//! 8, then the parts, each a number of columns. The checksum is the CRC-32 of zip and PNG over all after it.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use chrono::DateTime;

use super::archived::{ArchivedCases, ArchivedWeek};
use super::book::CaseBook;
use super::columns_of_bytes::{Fault, Read, Reader, Writer};
use super::ordered::place_of;
use super::position::{MAX_POSITION, Positions};
use super::saved::SavedBook;
use super::{snapshot_cases, snapshot_log};
use crate::error::{KlokuurError, Result};
use crate::fingerprints::Fingerprints;
use crate::rulebook::RulesByWeek;
use crate::schedule::Schedule;
use crate::sla::instant::{NEVER, Nanos, instant, is_supported};

const SNAPSHOT: &str = "snapshot of a case book";
const MAGIC: &[u8; 8] = b"KLOKBOOK";
const VERSION: u32 = 1;
/// The bytes up to and with the checksum.
const UNCHECKED: usize = 16;

impl CaseBook {
    /// The whole book as bytes, with where each case stands: [`restore_snapshot`](Self::restore_snapshot) reads them in a
    /// fraction of a microsecond a case, where [`restore`](Self::restore) folds every case again.
    ///
    /// A snapshot is a whole save at [`position`](Self::position): what [`saved_since`](Self::saved_since) gives from
    /// there on is what came after it, to be written beside it and taken with [`catch_up`](Self::catch_up). The bytes
    /// hold the names and texts of customers as [`saved`](Self::saved) does; they are the same on every machine, and
    /// format 1 will be read by later versions.
    ///
    /// ```
    /// use chrono::{DateTime, Utc};
    /// use klokuur::case::{CaseBook, CaseEvent, Opening, Party, SavedBook, What};
    /// use klokuur::Rulebook;
    ///
    /// let at = |text: &str| text.parse::<DateTime<Utc>>();
    /// let rules = Rulebook::bol();
    /// let mut book = CaseBook::of(&rules)?;
    /// book.apply(CaseEvent::new("K-1", at("2026-03-13T14:00:00Z")?, What::Opened(Opening::by(Party::Customer))))?.taken()?;
    /// let (snapshot, position) = (book.snapshot(), book.position()); // once a day
    ///
    /// book.apply(CaseEvent::new("K-1", at("2026-03-13T15:00:00Z")?, What::seller_message()))?.taken()?;
    /// let journal = book.saved_since(position).to_json(); // a line after each event
    ///
    /// let mut again = CaseBook::restore_snapshot(&rules, rules.schedule()?, &snapshot)?;
    /// again.catch_up(&SavedBook::from_json(&journal)?)?;
    /// assert_eq!((again.events(), again.position()), (book.events(), 2));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn snapshot(&self) -> Vec<u8> {
        if self.log.has_unlinked {
            // What no case has any more is in no save (RULES K18), unless there is no room to make the book anew.
            let mut anew = self.another();
            if anew.take_over(&self.events(), self.advanced_to()).is_ok() {
                anew.archived = self.archived.clone();
                anew.positions = Positions::at(self.position(), anew.log.events.len());
                return anew.as_bytes();
            }
        }
        self.as_bytes()
    }

    fn as_bytes(&self) -> Vec<u8> {
        let mut to = Writer::default();
        to.0.extend_from_slice(MAGIC);
        to.0.extend_from_slice(&VERSION.to_le_bytes());
        to.0.extend_from_slice(&[0; 12]);
        to.text(&self.fingerprints().to_string());
        to.number(self.position());
        to.i64_column([self.newest, self.advanced].into_iter());
        to.names(&self.numbers);
        snapshot_log::write(&self.log, &mut to);
        snapshot_cases::write(&self.cases, &mut to);
        write_archived(self.archived.as_deref(), &mut to);
        sealed(to.0)
    }

    /// The book of a snapshot: it answers as that one did, and tells nothing a second time.
    ///
    /// Every part is checked: that the bytes are all there and unchanged, and that nothing in them leads outside. That a
    /// case stands where its events bring it is believed: keep snapshots where nobody else writes.
    ///
    /// # Errors
    /// - rules that mean nothing, as in [`new`](Self::new)
    /// - bytes that are no snapshot, are cut off or were changed, or have a format of a later version
    /// - other hours, holidays, rules or time zone data than those that the snapshot was judged by: every one that
    ///   changed is named
    pub fn restore_snapshot<R: RulesByWeek + ?Sized>(
        rules: &R,
        clock: Schedule,
        snapshot: &[u8],
    ) -> Result<Self> {
        Self::new(rules, clock)?.read_from(snapshot)
    }

    /// The book of a snapshot, judged by these hours and rules whatever it was judged by before: every case is folded
    /// again, as [`restore_anew`](Self::restore_anew) does.
    ///
    /// # Errors
    /// - as [`restore_snapshot`](Self::restore_snapshot), but for what changed
    pub fn restore_snapshot_anew<R: RulesByWeek + ?Sized>(
        rules: &R,
        clock: Schedule,
        snapshot: &[u8],
    ) -> Result<Self> {
        let anew = Self::new(rules, clock)?;
        let mut book = anew.another();
        let then = book.read(snapshot).map_err(invalid)?;
        let saved = SavedBook { fingerprints: Some(then), ..book.saved() };
        anew.filled(&saved)
    }

    /// The same into an empty book, which has the rules and hours.
    pub(super) fn read_from(mut self, snapshot: &[u8]) -> Result<Self> {
        let then = self.read(snapshot).map_err(invalid)?;
        self.check_judged_by(SNAPSHOT, &then)?;
        Ok(self)
    }

    /// Fills an empty book, and gives what its cases were judged by.
    fn read(&mut self, snapshot: &[u8]) -> Read<Fingerprints> {
        let mut from = Reader::of(opened(snapshot)?);
        from.part = "header";
        let Ok(then) = from.text()?.parse() else { return from.fault("fingerprints that are none") };
        let position = from.number()?;
        let mut instants = from.i64_column(2)?;
        let mut time = || instants.next().filter(|at| is_supported(*at) || *at == Nanos::MIN);
        let (Some(newest), Some(advanced)) = (time(), time()) else {
            return from.fault("a time outside the supported years");
        };
        (self.newest, self.advanced) = (newest, advanced);
        from.part = "case numbers";
        self.numbers = from.names()?;
        let cases = self.numbers.len();
        self.log = snapshot_log::read(&mut from, cases as u32)?;
        self.cases = snapshot_cases::read(&mut from, cases, self.log.events.len(), self.log.known.len())?;
        self.archived = read_archived(&mut from)?.map(Box::new);
        from.end()?;
        let events = self.log.events.len();
        if !(u64::from(events)..=MAX_POSITION.max(events.into())).contains(&position) {
            return from.fault(format!("position {position} is none of a book of {events} events"));
        }
        self.positions = Positions::at(position, events);
        self.put_in_lists();
        Ok(then)
    }

    /// Puts each case in its list and in the queue for time.
    fn put_in_lists(&mut self) {
        let mut wakes = Vec::new();
        for case in 0..self.cases.len() {
            let Some(entry) = self.cases.get_mut(case) else { continue };
            let state = entry.state();
            let wake = state.wake();
            if wake != NEVER {
                wakes.push(Reverse((wake, case)));
            }
            if let Some((list, _)) = place_of(&state)
                && let Some(list) = self.lists.get_mut(list as usize)
            {
                entry.place = list.len() as u32;
                list.push(case);
            }
        }
        self.waiting = wakes.len();
        self.wakes = BinaryHeap::from(wakes);
    }
}

fn write_archived(archived: Option<&ArchivedCases>, to: &mut Writer) {
    to.number(archived.is_some().into());
    let Some(archived) = archived else { return };
    to.i64_column(std::iter::once(archived.until.timestamp_nanos_opt().unwrap_or_default()));
    to.number(archived.cases.len() as u64);
    archived.cases.keys().for_each(|number| to.text(number));
    to.u32_column(archived.cases.values().copied());
    to.number(archived.weeks.len() as u64);
    for (week, counted) in &archived.weeks {
        to.text(&week.to_string());
        to.u32_column([counted.on_time, counted.late].into_iter());
        to.i64_column(std::iter::once(counted.last_due.timestamp_micros()));
    }
}

fn read_archived(from: &mut Reader<'_>) -> Read<Option<ArchivedCases>> {
    from.part = "archived cases";
    if from.number()? == 0 {
        return Ok(None);
    }
    let mut archived = ArchivedCases::default();
    match from.i64_column(1)?.next().filter(|until| is_supported(*until)) {
        Some(until) => archived.until = instant(until),
        None => return from.fault("a time outside the supported years"),
    }
    let mut numbers = Vec::new();
    for _ in 0..from.count()? {
        numbers.push(from.text()?.to_owned());
    }
    let events = from.u32_column(numbers.len())?;
    archived.cases = numbers.into_iter().zip(events).collect();
    for _ in 0..from.count()? {
        let Ok(week) = from.text()?.parse() else { return from.fault("a week that is none") };
        let mut counts = from.u32_column(2)?;
        let (on_time, late) = (counts.next().unwrap_or_default(), counts.next().unwrap_or_default());
        let last_due = from.i64_column(1)?.next().and_then(DateTime::from_timestamp_micros);
        let Some(last_due) = last_due else { return from.fault("a time outside the supported years") };
        archived.weeks.insert(week, ArchivedWeek { on_time, late, last_due });
    }
    Ok(Some(archived))
}

/// Writes the checksum and the length where they belong.
fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    let length = (bytes.len() as u64).to_le_bytes();
    if let Some(place) = bytes.get_mut(UNCHECKED..UNCHECKED + 8) {
        place.copy_from_slice(&length);
    }
    let checksum = crc32fast::hash(bytes.get(UNCHECKED..).unwrap_or_default());
    if let Some(place) = bytes.get_mut(UNCHECKED - 4..UNCHECKED) {
        place.copy_from_slice(&checksum.to_le_bytes());
    }
    bytes
}

/// What is within a snapshot, when its bytes are all there as they were written.
fn opened(bytes: &[u8]) -> Read<&[u8]> {
    let fault = |problem: String| Err(Fault("header", problem));
    let four = |from: usize| bytes.get(from..).and_then(<[u8]>::first_chunk).map(|b| u32::from_le_bytes(*b));
    let length = bytes.get(UNCHECKED..).and_then(<[u8]>::first_chunk).map(|b| u64::from_le_bytes(*b));
    if !bytes.starts_with(MAGIC) {
        return fault("it does not begin with KLOKBOOK: accepted is what `snapshot` gave".to_owned());
    }
    if let Some(version) = four(8).filter(|version| *version != VERSION) {
        return fault(format!("it has format {version}: accepted is format {VERSION}"));
    }
    let (Some(checksum), Some(length), Some(content)) = (four(12), length, bytes.get(UNCHECKED + 8..)) else {
        return fault(format!("it has {} bytes: it was cut off", bytes.len()));
    };
    if length != bytes.len() as u64 {
        return fault(format!("it has {} bytes and had {length} when it was made", bytes.len()));
    }
    if crc32fast::hash(bytes.get(UNCHECKED..).unwrap_or_default()) != checksum {
        return fault("its checksum does not fit: it was changed since it was made".to_owned());
    }
    Ok(content)
}

fn invalid(Fault(part, problem): Fault) -> KlokuurError {
    KlokuurError::InvalidDocument { document: SNAPSHOT, path: part.to_owned(), problem }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};

    use super::{CaseBook, sealed};
    use crate::case::{CaseEvent, CaseKind, Description, Opening, Party, Replacement, Scores, What};
    use crate::rulebook::Rulebook;

    fn a_book() -> CaseBook {
        let at = |hours: i64| DateTime::<Utc>::UNIX_EPOCH + TimeDelta::hours(490_000 + hours);
        let opening = |origin| Opening {
            order: Some("A-1".into()),
            customer: Some("Joëlle".into()),
            subject: Some("delivery".into()),
            item: Some("kettle".into()),
            text: Some("where is it".into()),
            ordered_at: Some(at(-90)),
            ..Opening::by(origin)
        };
        let about = Description { priority: Some("high".into()), ..Description::default() };
        let right = Replacement { at: at(2), what: What::CustomerMessage { text: Some("no".into()) } };
        let scores = Scores::new([("recommendation", 8)]).unwrap_or_default();
        let events = [
            (1, 0, What::Opened(opening(Party::Customer))),
            (1, 1, What::acknowledgement()),
            (1, 3, What::seller_message()),
            (1, 4, What::customer_message()),
            (1, 5, What::Corrected { corrects: "1-4".into(), right: Some(Box::new(right)) }),
            (1, 6, What::FollowUp { until: Some(at(50)) }),
            (1, 8, What::closed(Party::Seller)),
            (1, 60, What::SurveyAnswered { scores }),
            (2, 0, What::Opened(opening(Party::Marketplace))),
            (2, 9, What::Described(about.clone())),
            (2, 10, What::PhoneContact { by: Party::Customer, text: Some("hm".into()), about }),
            (3, 0, What::Opened(Opening { kind: CaseKind::Return, ..opening(Party::Customer) })),
            (3, 7, What::Received),
            (3, 8, What::Handled { result: Some("repaired".into()) }),
            (4, 1, What::seller_message()),
            (5, 1, What::Opened(opening(Party::Seller))),
        ];
        let mut book = CaseBook::of(&Rulebook::bol()).unwrap_or_else(|error| panic!("{error}"));
        for (case, hours, what) in events {
            let event = CaseEvent::new(format!("K-{case}"), at(hours), what);
            let _ = book.apply(event.with_id(format!("{case}-{hours}")));
        }
        book
    }

    /// With a checksum that fits, every part has to be checked for itself: whatever is read answers without a panic.
    #[test]
    fn k14_no_bytes_with_a_right_checksum_panic() {
        let book = a_book();
        let bytes = book.snapshot();
        let (mut read, mut refused) = (0, 0);
        for place in super::UNCHECKED..bytes.len() {
            for change in [1, 0x10, 0x80] {
                let mut changed = bytes.clone();
                changed[place] ^= change;
                let Ok(mut other) = book.another().read_from(&sealed(changed)) else {
                    refused += 1;
                    continue;
                };
                read += 1;
                let end = DateTime::<Utc>::UNIX_EPOCH + TimeDelta::hours(490_500);
                for now in [end - TimeDelta::hours(495), end] {
                    let _ = (other.overview(now), other.completed(now, 0, 9), other.with_marketplace(now));
                    let _ = (other.find("kettle", now), other.find("A-1", now), other.case("K-1", now));
                    let _ = (other.outcomes(now), other.response_weeks(now), other.coming(now));
                }
                let _ = (other.saved().to_json(), other.refused(), other.snapshot());
                let late = CaseEvent::new("K-1", end - TimeDelta::hours(497), What::customer_message());
                let _ = (other.apply(late), other.advance(end), other.erase_customer("joelle"));
            }
        }
        assert!(read > 250 && refused > 1_000, "{read} read, {refused} refused");
    }
}
