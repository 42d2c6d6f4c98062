//! How the cases of a log came out, in columns: numbers side by side, and texts that stay where the log has them.

use super::book::CaseBook;
use super::column::Cell;
use super::event::{CaseEvent, CaseKind, CaseStatus, Description, Party};
use super::measured::{CountedAmounts, Measured};
use super::outcome::{Said, outcome_of_measured};
use super::row::{CaseOutcome, Outcomes};
use super::rows::evaluate_cases;
use super::state::Act;
use super::straight::StraightCases;
use super::wanted::Wanted;
use crate::error::{KlokuurError, Result};
use crate::fingerprints::Fingerprints;
use crate::rulebook::Basis;
use crate::shipping::ShippingMethod;
use crate::sla::ClockState;
use crate::sla::instant::{NEVER, Nanos, instant};
use crate::timeline::NULL;

/// The columns of instants and of amounts, in the order in which they are kept.
const TICKS: [&str; 7] = ["opened", "due", "answered", "closed", "handled", "elapsed", "handling"];
/// Those of names.
const NAMES: [(&str, &[&str]); 6] = [
    ("kind", CaseKind::NAMES),
    ("origin", Party::NAMES),
    ("status", CaseStatus::NAMES),
    ("verdict", ClockState::NAMES),
    ("closed_by", Party::NAMES),
    ("shipping_method", ShippingMethod::NAMES),
];
/// Those of truths, the lowest bit first.
const TRUTHS: [&str; 3] = ["is_measured", "was_forwarded", "was_returned"];
/// The bits behind them: what an amount counts.
const ELAPSED_IS_BUSINESS: u8 = 8;
const HANDLING_IS_BUSINESS: u8 = 16;
const COUNTS: [&str; 3] = ["follow_ups", "follow_ups_late", "phone_contacts"];
/// No name.
const NO_NAME: u8 = u8::MAX;

/// How the cases of a log came out, by case number, in columns: the same as [`Outcomes`], made without a record a case.
///
/// Its columns are those of [`CaseOutcome::COLUMNS`]. Cases that a fold of numbers cannot decide (corrections, events
/// of one instant, descriptions, surveys) went the way of [`evaluate_rows`](super::evaluate_rows), and stand among the
/// others.
///
/// Where only some columns were asked for ([`LogEvaluation::only`](crate::log::LogEvaluation::only)), only those are
/// there ([`has`](Self::has)); in another every case has nothing.
///
/// ```
/// use chrono::{DateTime, Utc};
/// use klokuur::Rulebook;
/// use klokuur::log::{LogReader, Mapping, Rows};
///
/// let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
/// let rows = [["K-1", "2026-03-13T14:00:00Z", "opened"], ["K-1", "2026-03-16T13:00:00Z", "seller_message"]];
/// let (log, mapping) = (Rows::new(["case", "at", "event"], rows), Mapping::default());
/// let reader = LogReader::new(&log, &mapping)?;
/// let (columns, _) = reader.evaluate_columns(0..2, &Rulebook::bol(), at("2026-04-01T00:00:00Z"))?;
/// assert_eq!(columns.len(), 1);
/// let answered = at("2026-03-16T13:00:00Z").timestamp_nanos_opt().ok_or("out of range")?;
/// assert_eq!((columns.ticks("answered"), columns.truths("is_measured")), (vec![answered], vec![true]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct OutcomeColumns<'a> {
    /// Which columns there are: the lists of the others stay empty.
    wanted: Wanted,
    cases: Vec<&'a str>,
    ticks: [Vec<i64>; TICKS.len()],
    names: [Vec<u8>; NAMES.len()],
    counts: [Vec<u16>; COUNTS.len()],
    truths: Vec<u8>,
    /// What the log says of the cases, by the names of its columns that it has.
    texts: Vec<(&'static str, Vec<Option<&'a str>>)>,
    others: Vec<CaseOutcome>,
    /// The places of all cases by their numbers: below the count of `cases` theirs, then those of the others.
    order: Vec<u32>,
    /// The events that were refused, by the numbers of their rows.
    pub refused: Vec<(usize, KlokuurError)>,
    /// What the cases were judged by (RULES I5).
    pub fingerprints: Fingerprints,
}

/// Where a case stands.
enum Place<'o> {
    Straight(usize),
    Other(&'o CaseOutcome),
}

impl<'a> OutcomeColumns<'a> {
    fn new(wanted: Wanted, texts: &[&'static str], fingerprints: Fingerprints) -> Self {
        Self {
            wanted,
            cases: Vec::new(),
            ticks: Default::default(),
            names: Default::default(),
            counts: Default::default(),
            truths: Vec::new(),
            texts: texts.iter().map(|name| (*name, Vec::new())).collect(),
            others: Vec::new(),
            order: Vec::new(),
            refused: Vec::new(),
            fingerprints,
        }
    }

    fn reserve(&mut self, cases: usize) {
        self.cases.reserve_exact(cases);
        let filled = Filled::of(self.wanted);
        reserve_filled(&mut self.ticks, cases, filled.ticks);
        reserve_filled(&mut self.names, cases, filled.names);
        reserve_filled(&mut self.counts, cases, filled.counts);
        self.truths.reserve_exact(cases);
        self.texts.iter_mut().for_each(|(_, texts)| texts.reserve_exact(cases));
    }

    /// Whether a column is there: one of [`CaseOutcome::COLUMNS`], and among those that were asked for.
    pub fn has(&self, name: &str) -> bool {
        self.wanted.has(name)
    }

    /// How many cases there are.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether there is no case.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// The places of the cases, by their numbers.
    fn places(&self) -> impl Iterator<Item = Place<'_>> {
        self.order.iter().filter_map(|place| {
            let place = *place as usize;
            match place.checked_sub(self.cases.len()) {
                None => Some(Place::Straight(place)),
                Some(other) => self.others.get(other).map(Place::Other),
            }
        })
    }

    /// One value of each case: `own` of the columns, or that of the cell of the others.
    fn values<T: Copy>(
        &self,
        name: &str,
        own: Option<&[T]>,
        none: T,
        read: impl Fn(Cell<'_>) -> T,
    ) -> Vec<T> {
        let Some(column) = self.wanted.place(name) else { return vec![none; self.len()] };
        let value = |place: Place<'_>| match place {
            Place::Straight(place) => own.and_then(|own| own.get(place)).copied().unwrap_or(none),
            Place::Other(outcome) => read(outcome.cell(column)),
        };
        self.places().map(value).collect()
    }

    /// The instants or amounts of a column, in nanoseconds (of instants, since 1970); [`NULL`] where there is none, and
    /// in a column of something else.
    pub fn ticks(&self, name: &str) -> Vec<i64> {
        let own = TICKS.iter().zip(&self.ticks).find(|(known, _)| **known == name);
        self.values(name, own.map(|(_, own)| own.as_slice()), NULL, |cell| match cell {
            Cell::Instant(at) => at.timestamp_nanos_opt().unwrap_or(NULL),
            Cell::Amount(amount) => i64::try_from(amount.as_nanoseconds()).unwrap_or(i64::MAX),
            _ => NULL,
        })
    }

    /// The counts of a column; 0 in a column of something else.
    pub fn counts(&self, name: &str) -> Vec<u32> {
        let own = COUNTS.iter().zip(&self.counts).find(|(known, _)| **known == name);
        let own: Option<Vec<u32>> = own.map(|(_, own)| own.iter().copied().map(u32::from).collect());
        self.values(name, own.as_deref(), 0, |cell| match cell {
            Cell::Count(count) => count,
            _ => 0,
        })
    }

    /// The truths of a column; no truth in a column of something else.
    pub fn truths(&self, name: &str) -> Vec<bool> {
        let bit = TRUTHS.iter().position(|known| *known == name).map_or(0, |place| 1 << place);
        let own: Vec<bool> = self.truths.iter().map(|truths| truths & bit != 0).collect();
        self.values(name, Some(&own), false, |cell| cell == Cell::Truth(true))
    }

    /// Calls `each` with the text or the name of every case in a column; none in a column of something else.
    pub fn each_text(&self, name: &str, mut each: impl FnMut(Option<&str>)) {
        let Some(column) = self.wanted.place(name) else {
            return (0..self.len()).for_each(|_| each(None));
        };
        let mut all = |own: &dyn Fn(usize) -> Option<&'a str>| {
            for place in self.places() {
                match place {
                    Place::Straight(place) => each(own(place)),
                    Place::Other(outcome) => match outcome.cell(column) {
                        Cell::Text(text) => each(Some(&text)),
                        _ => each(None),
                    },
                }
            }
        };
        if name == "case" {
            return all(&|place| self.cases.get(place).copied());
        }
        if let Some(((_, names), numbers)) =
            NAMES.iter().zip(&self.names).find(|((known, _), _)| *known == name)
        {
            return all(&|place| names.get(usize::from(*numbers.get(place)?)).copied());
        }
        match self.texts.iter().find(|(known, _)| *known == name) {
            Some((_, texts)) => all(&|place| texts.get(place).copied().flatten()),
            None => all(&|_| None),
        }
    }

    /// Whether no case has a text or a name in a column, as far as that is known without a look at each.
    pub fn has_no_text(&self, name: &str) -> bool {
        let is_there = name == "case"
            || NAMES
                .iter()
                .map(|(name, _)| *name)
                .chain(self.texts.iter().map(|(name, _)| *name))
                .any(|known| known == name);
        !self.has(name) || (!is_there && self.others.is_empty())
    }

    /// The same as records.
    ///
    /// # Errors
    /// - columns of which not all are there
    pub fn into_outcomes(self) -> Result<Outcomes<(usize, KlokuurError)>> {
        if self.wanted != Wanted::ALL {
            return Err(KlokuurError::InvalidValue {
                what: "columns of outcomes",
                given: "some of them".into(),
                accepted: "all of them: a record has every field".into(),
            });
        }
        let others = self.others.iter().map(|outcome| Some(outcome.clone()));
        let mut others: Vec<Option<CaseOutcome>> = others.collect();
        let outcomes = self.order.iter().filter_map(|place| {
            let place = *place as usize;
            match place.checked_sub(self.cases.len()) {
                None => self.outcome(place),
                Some(other) => others.get_mut(other).and_then(Option::take),
            }
        });
        let outcomes = outcomes.collect();
        Ok(Outcomes { outcomes, refused: self.refused, fingerprints: self.fingerprints })
    }

    fn outcome(&self, place: usize) -> Option<CaseOutcome> {
        let [opened, due, answered, closed, handled, elapsed, handling] =
            self.ticks.each_ref().map(|ticks| ticks.get(place).copied().unwrap_or(NULL));
        let [kind, origin, status, verdict, closed_by, shipping_method] =
            self.names.each_ref().map(|names| usize::from(names.get(place).copied().unwrap_or(NO_NAME)));
        let [follow_ups, follow_ups_late, phone_contacts] =
            self.counts.each_ref().map(|counts| counts.get(place).copied().unwrap_or_default());
        let truths = *self.truths.get(place)?;
        let never = |tick: i64| if tick == NULL { NEVER } else { tick };
        let basis = |bit: u8| if truths & bit == 0 { Basis::Elapsed } else { Basis::Business };
        let measured = Measured {
            opened: never(opened),
            due: never(due),
            answered: never(answered),
            closed: never(closed),
            elapsed: (elapsed != NULL).then_some(elapsed),
            elapsed_basis: basis(ELAPSED_IS_BUSINESS),
            handling,
            handling_basis: basis(HANDLING_IS_BUSINESS),
            follow_ups,
            follow_ups_late,
            phone_contacts,
            kind: CaseKind::ALL.get(kind).copied()?,
            origin: Party::ALL.get(origin).copied()?,
            status: CaseStatus::ALL.get(status).copied()?,
            verdict: ClockState::ALL.get(verdict).copied()?,
            closed_by: Party::ALL.get(closed_by).copied(),
            is_measured: truths & 1 != 0,
            was_forwarded: truths & 2 != 0,
            was_returned: truths & 4 != 0,
        };
        let said = Said {
            case: self.cases.get(place).copied()?.to_owned(),
            about: self.description(place),
            shipping_method: ShippingMethod::ALL.get(shipping_method).copied(),
            handled: (handled != NULL).then(|| instant(handled)),
            result: self.text("result", place),
            surveys: Vec::new(),
        };
        Some(outcome_of_measured(&measured, said))
    }

    fn text(&self, name: &str, place: usize) -> Option<String> {
        let (_, texts) = self.texts.iter().find(|(known, _)| *known == name)?;
        texts.get(place).copied().flatten().map(str::to_owned)
    }

    /// The cases of several parts of one log, which have no case together.
    pub fn merged(parts: impl IntoIterator<Item = Self>) -> Option<Self> {
        let parts: Vec<Self> = parts.into_iter().collect();
        let order = runs(&parts);
        let cases: usize = parts.iter().map(|part| part.cases.len()).sum();
        let mut parts = parts.into_iter();
        let mut all = parts.next()?;
        if parts.len() > 0 {
            all.reserve(cases - all.cases.len());
            parts.for_each(|part| all.append(part));
            all.sort_places(order);
        }
        Some(all)
    }

    fn append(&mut self, other: Self) {
        self.cases.extend(other.cases);
        for (ticks, more) in self.ticks.iter_mut().zip(other.ticks) {
            ticks.extend(more);
        }
        for (names, more) in self.names.iter_mut().zip(other.names) {
            names.extend(more);
        }
        for (counts, more) in self.counts.iter_mut().zip(other.counts) {
            counts.extend(more);
        }
        self.truths.extend(other.truths);
        for ((_, texts), (_, more)) in self.texts.iter_mut().zip(other.texts) {
            texts.extend(more);
        }
        self.others.extend(other.others);
        self.refused.extend(other.refused);
    }

    /// Puts the cases in the order of their numbers.
    fn sort(&mut self) {
        if self.others.is_empty() && self.cases.is_sorted() {
            self.refused.sort_by_key(|(row, _)| *row);
            self.order = (0..self.cases.len()).map(|place| place as u32).collect();
            return;
        }
        let count = self.cases.len() + self.others.len();
        self.sort_places((0..count).map(|place| place as u32).collect());
    }

    /// The same for these places, which are all; quick where they come in runs.
    fn sort_places(&mut self, all: Vec<u32>) {
        let number = |place: usize| match place.checked_sub(self.cases.len()) {
            None => self.cases.get(place).copied().unwrap_or_default(),
            Some(other) => self.others.get(other).map_or("", |outcome| outcome.case.as_str()),
        };
        self.refused.sort_by_key(|(row, _)| *row);
        // Numbers begin alike: eight bytes after that tell most of them apart without a look at their texts.
        let first = number(0).as_bytes();
        let alike = all.iter().fold(first.len(), |alike, place| {
            let other = number(*place as usize).as_bytes();
            let same = first.iter().zip(other).take(alike).take_while(|(a, b)| a == b);
            same.count()
        });
        let key = |place: usize| {
            let rest = number(place).as_bytes().get(alike..).unwrap_or_default();
            let eight = rest.iter().copied().chain(std::iter::repeat(0)).take(8);
            eight.fold(0_u64, |key, byte| key << 8 | u64::from(byte))
        };
        let mut places: Vec<(u64, u32)> = all.into_iter().map(|place| (key(place as usize), place)).collect();
        places.sort_by(|a, b| {
            a.0.cmp(&b.0).then_with(|| number(a.1 as usize).cmp(number(b.1 as usize))).then(a.1.cmp(&b.1))
        });
        self.order = places.into_iter().map(|(_, place)| place).collect();
    }
}

/// The places that the cases of several parts have side by side, each part in its own order: runs, which are put together
/// in far less time than they were sorted in.
fn runs(parts: &[OutcomeColumns<'_>]) -> Vec<u32> {
    let mut order = Vec::with_capacity(parts.iter().map(OutcomeColumns::len).sum());
    let (mut straight, mut other): (usize, usize) = (0, parts.iter().map(|part| part.cases.len()).sum());
    for part in parts {
        order.extend(part.order.iter().map(|place| {
            let place = *place as usize;
            let moved = match place.checked_sub(part.cases.len()) {
                None => straight + place,
                Some(place) => other + place,
            };
            moved as u32
        }));
        straight += part.cases.len();
        other += part.others.len();
    }
    order
}

macro_rules! description_of_columns {
    ($($(#[$doc:meta])* $fact:ident in $pool:ident,)+) => {
        impl OutcomeColumns<'_> {
            fn description(&self, place: usize) -> Description {
                Description { $($fact: self.text(stringify!($fact), place),)+ }
            }
        }
    };
}

facts!(description_of_columns);

/// What the events of a case say of it, beside what the fold knows.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct SaidOf<'a> {
    pub(crate) case: &'a str,
    pub(crate) shipping_method: Option<ShippingMethod>,
    /// When it was handled last.
    pub(crate) handled: Option<Nanos>,
}

/// Folds cases one after the other into columns.
pub(crate) struct StraightOutcomes<'a> {
    book: CaseBook,
    now: Nanos,
    counted: CountedAmounts,
    filled: Filled,
    columns: OutcomeColumns<'a>,
}

impl<'a> StraightOutcomes<'a> {
    /// The columns that are wanted up to one instant, with these texts of the log where they are among them, by what the
    /// cases of an empty book are timed by.
    pub(crate) fn new(book: CaseBook, now: Nanos, wanted: Wanted, texts: &[&'static str]) -> Self {
        let columns = OutcomeColumns::new(wanted, texts, book.fingerprints().clone());
        let counted = CountedAmounts { elapsed: wanted.has("elapsed"), handling: wanted.has("handling") };
        Self { book, now, counted, filled: Filled::of(wanted), columns }
    }

    /// Room for so many more cases.
    pub(crate) fn reserve(&mut self, cases: usize) {
        self.columns.reserve(cases);
    }

    /// The last instant that is looked at.
    pub(crate) fn now(&self) -> Nanos {
        self.now
    }

    /// Folds the next case, whose instants rise; false where something about its events is for the book to decide. The
    /// texts are asked for by their places, of a case that is in a list of the seller's.
    pub(crate) fn fold(
        &mut self,
        steps: &[(Nanos, Act)],
        said: SaidOf<'a>,
        text: impl Fn(usize) -> Option<&'a str>,
    ) -> Result<bool> {
        let cases = StraightCases::new(&self.book.clocks, self.now);
        let Some(state) = cases.fold_steps(steps) else { return Ok(false) };
        if let Some(measured) = cases.measured(&state, self.counted)? {
            self.columns.push(&measured, said, self.filled);
            for (place, (_, texts)) in self.columns.texts.iter_mut().enumerate() {
                texts.push(text(place));
            }
        }
        Ok(true)
    }

    /// The columns, with those cases that are left: `next_case` adds all events of the next one.
    pub(crate) fn end(
        mut self,
        next_case: impl FnMut(&mut Vec<(usize, CaseEvent)>) -> bool,
    ) -> Result<OutcomeColumns<'a>> {
        let others = evaluate_cases(next_case, self.book, self.now)?;
        self.columns.others = others.outcomes;
        self.columns.refused = others.refused;
        self.columns.sort();
        Ok(self.columns)
    }
}

/// Which of the lists are filled.
#[derive(Debug, Clone, Copy)]
struct Filled {
    ticks: [bool; TICKS.len()],
    names: [bool; NAMES.len()],
    counts: [bool; COUNTS.len()],
}

impl Filled {
    fn of(wanted: Wanted) -> Self {
        Self {
            ticks: TICKS.map(|name| wanted.has(name)),
            names: NAMES.map(|(name, _)| wanted.has(name)),
            counts: COUNTS.map(|name| wanted.has(name)),
        }
    }
}

fn reserve_filled<T, const N: usize>(columns: &mut [Vec<T>; N], rows: usize, filled: [bool; N]) {
    let columns = columns.iter_mut().zip(filled).filter(|(_, is_filled)| *is_filled);
    columns.for_each(|(column, _)| column.reserve_exact(rows));
}

fn push_filled<T: Copy, const N: usize>(columns: &mut [Vec<T>; N], values: [T; N], filled: [bool; N]) {
    for ((column, value), is_filled) in columns.iter_mut().zip(values).zip(filled) {
        if is_filled {
            column.push(value);
        }
    }
}

impl<'a> OutcomeColumns<'a> {
    fn push(&mut self, measured: &Measured, said: SaidOf<'a>, filled: Filled) {
        let some = |at: Nanos| if at == NEVER { NULL } else { at };
        let is_business = |basis: Basis, bit: u8| if basis == Basis::Business { bit } else { 0 };
        self.cases.push(said.case);
        let ticks = [
            measured.opened,
            some(measured.due),
            some(measured.answered),
            some(measured.closed),
            said.handled.unwrap_or(NULL),
            measured.elapsed.unwrap_or(NULL),
            measured.handling,
        ];
        push_filled(&mut self.ticks, ticks, filled.ticks);
        let names = [
            measured.kind as u8,
            measured.origin as u8,
            measured.status as u8,
            measured.verdict as u8,
            measured.closed_by.map_or(NO_NAME, |by| by as u8),
            said.shipping_method.map_or(NO_NAME, |method| method as u8),
        ];
        push_filled(&mut self.names, names, filled.names);
        let counts = [measured.follow_ups, measured.follow_ups_late, measured.phone_contacts];
        push_filled(&mut self.counts, counts, filled.counts);
        let truths = [measured.is_measured, measured.was_forwarded, measured.was_returned];
        let bits = (0..).zip(truths).fold(0, |bits: u8, (place, truth)| bits | u8::from(truth) << place);
        self.truths.push(
            bits | is_business(measured.elapsed_basis, ELAPSED_IS_BUSINESS)
                | is_business(measured.handling_basis, HANDLING_IS_BUSINESS),
        );
    }
}
