//! The rows of a log, case by case, and the events that they are.

use std::collections::{HashMap, VecDeque};

use chrono::{DateTime, Utc};

use super::carried::{COLUMNS, Field, Wanted, carries, missing};
use super::mapping::Mapping;
use super::reader::{Layout, LogReader};
use super::summary::{Beside, Noticed, Summary};
use super::table::{Cell, Table};
use super::value::read_yes_no;
use crate::EventKind;
use crate::case::CaseEvent;
use crate::error::Result;

/// A log that was read as a whole.
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
#[derive(Debug)]
pub struct Reading<'r, 'a, T> {
    reader: &'r LogReader<'a, T>,
    /// The rows of each case side by side, and where each case begins.
    rows: Vec<Timed>,
    starts: Vec<usize>,
    next: usize,
    ready: VecDeque<(usize, CaseEvent)>,
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
    state: Option<&'a str>,
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
                    let number = match reader.layout {
                        Layout::Events { .. } => *numbers.entry(case).or_insert(counts.len()),
                        // Each row is a case of its own.
                        Layout::Cases(_) => counts.len(),
                    };
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
            ready: VecDeque::new(),
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

    /// Reads the next case; false when there is none left.
    fn read_case(&mut self) -> bool {
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
            let made = match &self.reader.layout {
                Layout::Events { .. } => self.event_row(timed, opened_at, &mut known),
                Layout::Cases(_) => self.case_row(timed.row),
            };
            if let Err(error) = made {
                self.summary.refused.push((self.reader.carried.table.number(timed.row), error));
            }
        }
        true
    }

    /// The time of opening that the rows of a case state: that of the first row that does.
    fn opened_at(&self, rows: &[Timed]) -> Option<DateTime<Utc>> {
        let Layout::Events { opened_at: Some(place), .. } = &self.reader.layout else { return None };
        rows.iter().find_map(|timed| self.reader.time(timed.row, place).ok().flatten())
    }

    /// A row that is an event. It is read whole before anything of it counts.
    fn event_row(
        &mut self,
        timed: Timed,
        opened_at: Option<DateTime<Utc>>,
        known: &mut Known<'a>,
    ) -> Result<()> {
        let Timed { at, row } = timed;
        let Layout::Events { event, states, opened_at: has_opened_at, .. } = &self.reader.layout else {
            return Ok(());
        };
        let mapping = self.reader.mapping;
        let state = self.reader.state(row, event)?;
        let named = states.event_after(known.state, state)?;
        let is_first = known.state.is_none();
        let is_repeat = mapping.collapse_repeats
            && known.state.is_some_and(|before| before.to_lowercase() == state.to_lowercase());
        let own = named.filter(|_| !is_repeat);
        let opens = mapping.first_row_opens && is_first && own != Some(EventKind::Opened);
        let when_opened = if is_first { opened_at.unwrap_or(at) } else { at };
        let wanted = |kind, at| Wanted {
            case: self.reader.case(row).unwrap_or_default(),
            at,
            kind,
            only: None,
            has_id: false,
        };
        let event = |wanted| self.reader.carried.event(row, wanted);
        let opening = opens.then(|| event(wanted(EventKind::Opened, when_opened))).transpose()?;
        let own_at = if own == Some(EventKind::Opened) { when_opened } else { at };
        // The id is that of the row's own event.
        let made = own.map(|kind| event(Wanted { has_id: true, ..wanted(kind, own_at) })).transpose()?;
        let events = [opens.then_some(EventKind::Opened), own, made.as_ref().and_then(right_event)];
        let beside = self.beside(row, &events, known);
        let learned = beside.iter().filter(|(_, what)| *what == Beside::Described);
        let learned: Vec<Field> = learned.map(|(field, _)| *field).collect();
        let description = (!learned.is_empty())
            .then(|| event(Wanted { only: Some(&learned), ..wanted(EventKind::Described, at) }))
            .transpose()?;

        let number = self.reader.carried.table.number(row);
        if is_first && has_opened_at.is_some() && opened_at.is_none() {
            self.noticed.no_opening(number);
        }
        known.state = Some(state);
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
        let events = [opening, made, description].into_iter().flatten();
        self.ready.extend(events.map(|event| (number, event)));
        Ok(())
    }

    /// A row that is a case, with a column for the time of each event.
    fn case_row(&mut self, row: usize) -> Result<()> {
        let Layout::Cases(times) = &self.reader.layout else { return Ok(()) };
        let number = self.reader.carried.table.number(row);
        let mut made = Vec::new();
        for (kind, place) in times {
            match self.reader.time(row, place)? {
                Some(at) => {
                    let case = self.reader.case(row).unwrap_or_default();
                    let wanted = Wanted { case, at, kind: *kind, only: None, has_id: false };
                    made.push((number, self.reader.carried.event(row, wanted)?));
                }
                None if *kind == EventKind::Opened => return Err(missing(&place.name)),
                None => {}
            }
        }
        self.ready.extend(made);
        Ok(())
    }

    fn case_fields(&self, row: usize) -> [Cell<'a>; COLUMNS] {
        let mut fields = [Cell::Missing; COLUMNS];
        for field in Field::all().filter(|field| field.is_of_the_case()) {
            if let Some(slot) = fields.get_mut(field.place()) {
                *slot = self.reader.carried.cell(row, field).unwrap_or(Cell::Missing);
            }
        }
        fields
    }

    /// What is learned counts from then on: by the row's own event, or beside it.
    fn learn(&self, row: usize, own: Option<EventKind>, learned: &[Field], known: &mut [Cell<'a>; COLUMNS]) {
        for field in Field::all().filter(|field| field.may_be_learned()) {
            let is_told = own.is_some_and(|kind| kind != EventKind::Opened && carries(kind, field.name()));
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
        for field in Field::all() {
            let is_carried = events.iter().flatten().any(|kind| carries(*kind, field.name()));
            if is_carried || field.name() == "id" || self.reader.carried.place(field).is_none() {
                continue;
            }
            let cell = self.reader.carried.cell(row, field).unwrap_or(Cell::Missing);
            let says_nothing = match cell {
                Cell::Missing => true,
                // A column says `no` in every row: that says nothing wrong.
                Cell::Text(text) => field.name() == "automatic" && read_yes_no(text) == Some(false),
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
            if let Some(event) = self.ready.pop_front() {
                self.summary.events += 1;
                return Some(event);
            }
            if !self.read_case() {
                return None;
            }
        }
    }
}
