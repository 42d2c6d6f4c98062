//! The rows of a log, case by case, and the events that they are.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::carried::{COLUMNS, Field, Wanted, missing, read_automatic};
use super::mapping::Mapping;
use super::reader::{Layout, LogReader};
use super::summary::{Beside, Counted, Noticed, Summary};
use super::table::{Cell, Table};
use crate::EventKind;
use crate::case::CaseEvent;
use crate::error::Result;

/// A log that was read as a whole.
///
/// ```
/// # use klokuur::log::{Beside, Mapping, Rows, read_log};
/// let rows = Rows::new(
///     ["case", "at", "event", "item"],
///     [["7", "2026-03-13T14:00:00Z", "opened", "lamp"], ["7", "2026-03-13T15:00:00Z", "seller_message", "lamp, red"]],
/// );
/// let log = read_log(&rows, &Mapping::default())?;
/// let told = &log.summary.told[0];
/// assert_eq!((told.column.as_str(), told.what, told.first), ("item", Beside::Described, 1));
/// assert_eq!(log.events.len(), 3); // opened, the answer, and what was learned with it (RULES K16)
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
#[derive(Debug, Clone)]
pub struct CaseLog {
    /// The events with the numbers of their rows: case by case, in the order of time.
    pub events: Vec<(usize, CaseEvent)>,
    /// What the log was besides.
    pub summary: Summary,
}

/// Reads a log as a whole.
///
/// # Errors
/// - a needed column that is not there, or a column that is there twice
/// - a log of which no event can be read: the error names the first row
pub fn read_log<T: Table>(table: &T, mapping: &Mapping) -> Result<CaseLog> {
    let reader = LogReader::new(table, mapping)?;
    let mut reading = reader.read();
    let events = reading.by_ref().collect();
    let summary = reading.end();
    summary.check()?;
    Ok(CaseLog { events, summary })
}

impl<'a, T: Table> LogReader<'a, T> {
    /// Reads every row.
    pub fn read(&self) -> Reading<'_, 'a, T> {
        self.read_rows(0..self.carried.table.len())
    }

    /// Reads some rows: all those of the cases that they belong to.
    pub fn read_rows(&self, rows: impl IntoIterator<Item = usize>) -> Reading<'_, 'a, T> {
        Reading::new(self, rows)
    }
}

/// The events of a log, case by case in the order of time, each with the number of its row.
///
/// Shown at [`LogReader`](super::LogReader).
#[derive(Debug)]
pub struct Reading<'r, 'a, T> {
    reader: &'r LogReader<'a, T>,
    /// The rows of each case side by side, and where each case begins.
    rows: Vec<Timed>,
    starts: Vec<usize>,
    next: usize,
    ready: std::vec::IntoIter<(usize, CaseEvent)>,
    noticed: Noticed,
    summary: Summary,
}

/// A row and when it happened.
#[derive(Debug, Clone, Copy)]
struct Timed {
    at: DateTime<Utc>,
    row: usize,
}

/// What is known of a case so far.
#[derive(Debug, Default)]
struct Known<'a> {
    /// The last state that a row named.
    state: Option<&'a str>,
    /// There was a row, whatever it said.
    has_row: bool,
    /// A row was an event, or opened the case.
    has_begun: bool,
    /// What its opening said of it and what was learned since, by column; nothing before it was opened.
    fields: Option<[Cell<'a>; COLUMNS]>,
}

impl<'r, 'a, T: Table> Reading<'r, 'a, T> {
    pub(super) fn new(reader: &'r LogReader<'a, T>, rows: impl IntoIterator<Item = usize>) -> Self {
        let table = reader.carried.table;
        let mut summary = Summary { unit: table.unit(), ..Summary::default() };
        let mut numbers: HashMap<&str, usize> = HashMap::new();
        let mut counts: Vec<usize> = Vec::new();
        let mut found: Vec<(usize, Timed)> = Vec::new();
        for row in rows {
            summary.rows += 1;
            match reader.locate(row) {
                Ok((case, at)) => {
                    let number = *numbers.entry(case).or_insert(counts.len());
                    match counts.get_mut(number) {
                        Some(count) => *count += 1,
                        None => counts.push(1),
                    }
                    found.push((number, Timed { at, row }));
                }
                Err(error) => summary.refused.push((table.number(row), error)),
            }
        }
        // Side by side by counting: no comparison of texts, and the order of the rows stays within a case.
        let mut starts = Vec::with_capacity(counts.len() + 1);
        let mut start = 0;
        for count in counts {
            starts.push(start);
            start += count;
        }
        let mut free = starts.clone();
        starts.push(start);
        let mut side_by_side = vec![Timed { at: DateTime::UNIX_EPOCH, row: 0 }; found.len()];
        for (number, timed) in found {
            if let Some(place) = free.get_mut(number) {
                if let Some(slot) = side_by_side.get_mut(*place) {
                    *slot = timed;
                }
                *place += 1;
            }
        }
        Self {
            reader,
            rows: side_by_side,
            starts,
            next: 0,
            ready: Vec::new().into_iter(),
            noticed: Noticed::default(),
            summary,
        }
    }

    /// What the log was besides; what was not read yet is read to its end first.
    pub fn end(mut self) -> Summary {
        while self.next().is_some() {}
        let reader = self.reader;
        let mut summary = self.summary;
        summary.told = self.noticed.told(
            |field| reader.carried.column(field),
            reader.mapping.opened_at.as_deref(),
            summary.unit,
        );
        summary.refused.sort_by_key(|(row, _)| *row);
        summary
    }

    /// The same of all rows, where others were read before.
    pub(super) fn end_after(mut self, counted: Option<Counted>) -> Summary {
        let Some(counted) = counted else { return self.end() };
        self.noticed.merge(&counted.noticed);
        let mut summary = self.end();
        summary.rows = counted.rows;
        summary.events += counted.events;
        summary.later += counted.later;
        summary.updates += counted.updates;
        summary.refused.extend(counted.refused);
        summary.refused.sort_by_key(|(row, _)| *row);
        summary
    }

    /// Adds the events of the next case, in the order of time; false when there is none left.
    pub(super) fn read_case(&mut self, events: &mut Vec<(usize, CaseEvent)>) -> bool {
        let Some([from, to]) = self.starts.get(self.next..).and_then(|starts| starts.first_chunk()).copied()
        else {
            return false;
        };
        self.next += 1;
        let mut rows = self.rows.get(from..to).unwrap_or_default().to_vec();
        let mut known = Known::default();
        // RULES K14: the order of the rows changes nothing.
        rows.sort_by(|a, b| a.at.cmp(&b.at).then_with(|| self.reader.order_at_one_time(a.row, b.row)));
        let opened_at = self.opened_at(&rows);
        for timed in rows {
            let before = events.len();
            let made = match &self.reader.layout {
                Layout::Events { .. } => self.event_row(timed, opened_at, &mut known, events),
                Layout::Cases { .. } => self.case_row(timed.row, events),
            };
            if let Err(error) = made {
                // A row is read whole before anything of it counts.
                events.truncate(before);
                self.summary.refused.push((self.reader.carried.table.number(timed.row), error));
            }
            self.summary.events += events.len() - before;
        }
        true
    }

    /// The time of opening that the rows of a case state: that of the first row that does.
    fn opened_at(&self, rows: &[Timed]) -> Option<DateTime<Utc>> {
        let Layout::Events { opened_at: Some(place), .. } = &self.reader.layout else { return None };
        rows.iter().find_map(|timed| self.reader.time(timed.row, place).ok().flatten())
    }

    /// A row that is an event: what it says is added to `events`, and counts when nothing of it is refused.
    fn event_row(
        &mut self,
        timed: Timed,
        opened_at: Option<DateTime<Utc>>,
        known: &mut Known<'a>,
        events: &mut Vec<(usize, CaseEvent)>,
    ) -> Result<()> {
        let Timed { at, row } = timed;
        let reader = self.reader;
        let Layout::Events { event, states, opened_at: has_opened_at, .. } = &reader.layout else {
            return Ok(());
        };
        let mapping = reader.mapping;
        let state = reader.state(row, event)?;
        let named = states.event_after(known.state, known.has_begun, state)?;
        let is_first = !known.has_row;
        let is_repeat = mapping.collapse_repeats
            && known.state.is_some_and(|before| before.to_lowercase() == state.to_lowercase());
        let own = named.filter(|_| !is_repeat);
        let opens = mapping.first_row_opens && is_first && own != Some(EventKind::Opened);
        let when_opened = if is_first { opened_at.unwrap_or(at) } else { at };
        let number = reader.carried.table.number(row);
        let case = reader.case(row).unwrap_or_default();
        let wanted = |kind, at| Wanted { case, at, kind, only: None, has_id: false };
        if opens {
            events.push((number, reader.carried.event(row, wanted(EventKind::Opened, when_opened))?));
        }
        let mut right = None;
        if let Some(kind) = own {
            let own_at = if kind == EventKind::Opened { when_opened } else { at };
            // The id is that of the row's own event.
            let made = reader.carried.event(row, Wanted { has_id: true, ..wanted(kind, own_at) })?;
            right = right_event(&made);
            events.push((number, made));
        }
        let beside = self.beside(row, &[opens.then_some(EventKind::Opened), own, right], known);
        let learned = beside.iter().filter(|(_, what)| *what == Beside::Described);
        let learned: Vec<Field> = learned.map(|(field, _)| *field).collect();
        if !learned.is_empty() {
            let description = Wanted { only: Some(&learned), ..wanted(EventKind::Described, at) };
            events.push((number, reader.carried.event(row, description)?));
        }

        if is_first && has_opened_at.is_some() && opened_at.is_none() {
            self.noticed.no_opening(number);
        }
        known.has_row = true;
        known.has_begun |= opens || own.is_some();
        // An empty cell says nothing of the state: it is what it was.
        if !state.is_empty() {
            known.state = Some(state);
        }
        if own.is_none() {
            self.summary.updates += 1;
        }
        match &mut known.fields {
            None if opens || own == Some(EventKind::Opened) => known.fields = Some(self.case_fields(row)),
            None => {}
            Some(fields) => self.learn(row, own, &learned, fields),
        }
        for (field, what) in beside {
            self.noticed.add(field, what, number);
        }
        Ok(())
    }

    /// A row that is a case, with a column for the time of each event.
    fn case_row(&self, row: usize, events: &mut Vec<(usize, CaseEvent)>) -> Result<()> {
        let Layout::Cases { times, minutes } = &self.reader.layout else { return Ok(()) };
        let number = self.reader.carried.table.number(row);
        let case = self.reader.case(row).unwrap_or_default();
        let event = |kind: EventKind, at: DateTime<Utc>| -> Result<(usize, CaseEvent)> {
            let wanted = Wanted { case, at, kind, only: None, has_id: false };
            Ok((number, self.reader.carried.event(row, wanted)?))
        };
        let mut opened = None;
        for (kind, place) in times {
            match self.reader.time(row, place)? {
                Some(at) => {
                    opened = opened.or((*kind == EventKind::Opened).then_some(at));
                    events.push(event(*kind, at)?);
                }
                None if *kind == EventKind::Opened => return Err(missing(&place.name)),
                None => {}
            }
        }
        for (kind, place) in minutes {
            if let (Some(since), Some(opened)) = (self.reader.minutes(row, place)?, opened) {
                let at = opened.checked_add_signed(since).unwrap_or(DateTime::<Utc>::MAX_UTC);
                events.push(event(*kind, at)?);
            }
        }
        Ok(())
    }

    fn case_fields(&self, row: usize) -> [Cell<'a>; COLUMNS] {
        let mut fields = [Cell::Missing; COLUMNS];
        for field in self.reader.carried.of_the_case.iter().copied() {
            if let Some(slot) = fields.get_mut(field.place()) {
                *slot = self.reader.carried.cell(row, field).unwrap_or(Cell::Missing);
            }
        }
        fields
    }

    /// What is learned counts from then on: by the row's own event, or beside it.
    fn learn(&self, row: usize, own: Option<EventKind>, learned: &[Field], known: &mut [Cell<'a>; COLUMNS]) {
        for field in self.reader.carried.learnable.iter().copied() {
            let is_told =
                own.is_some_and(|kind| kind != EventKind::Opened && self.reader.carried.carries(kind, field));
            let cell = self.reader.carried.cell(row, field).unwrap_or(Cell::Missing);
            if (is_told || learned.contains(&field))
                && cell != Cell::Missing
                && let Some(slot) = known.get_mut(field.place())
            {
                *slot = cell;
            }
        }
    }

    /// What a row says of its case beside its events (RULES K16): the same as is known, or something else.
    fn beside(&self, row: usize, events: &[Option<EventKind>], known: &Known<'a>) -> Vec<(Field, Beside)> {
        let mut beside = Vec::new();
        for field in self.reader.carried.present.iter().copied() {
            let is_carried = events.iter().flatten().any(|kind| self.reader.carried.carries(*kind, field));
            if is_carried || field.name() == "id" {
                continue;
            }
            let cell = self.reader.carried.cell(row, field).unwrap_or(Cell::Missing);
            let says_nothing = match cell {
                Cell::Missing => true,
                // A column says `no` in every row: that says nothing wrong.
                Cell::Text(text) => field.name() == "automatic" && read_automatic(text) == Some(false),
                Cell::Instant(_) => false,
            };
            if says_nothing {
                continue;
            }
            let before = known.fields.as_ref().and_then(|fields| fields.get(field.place()));
            let what = match before {
                Some(before) if *before == cell => Beside::Repeated,
                Some(_) if field.may_be_learned() => Beside::Described,
                _ => Beside::NotCarried,
            };
            beside.push((field, what));
        }
        beside
    }
}

fn right_event(event: &CaseEvent) -> Option<EventKind> {
    match &event.what {
        crate::What::Corrected { right, .. } => right.as_ref().map(|right| right.what.kind()),
        _ => None,
    }
}

impl<T: Table> Iterator for Reading<'_, '_, T> {
    type Item = (usize, CaseEvent);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(event) = self.ready.next() {
                return Some(event);
            }
            let mut events = Vec::new();
            if !self.read_case(&mut events) {
                return None;
            }
            self.ready = events.into_iter();
        }
    }
}
