//! How the cases of a log came out.

use super::carried::Field;
use super::cases::{ByCase, Sorted};
use super::plain::{Plain, PlainRows, State, States};
use super::reader::LogReader;
use super::short::hash_of;
use super::summary::{Counted, Summary};
use super::table::Table;
use crate::case::{Act, CaseBook, OutcomeColumns, Outcomes, SaidOf, StraightOutcomes, Wanted};
use crate::error::{KlokuurError, Result};
use crate::rulebook::RulesByWeek;
use crate::sla::instant::{Nanos, instant, nanos};
use crate::time::Moment;

impl<'a, T: Table> LogReader<'a, T> {
    /// How every case of some rows came out at `now`, as [`evaluate_rows`](crate::case::evaluate_rows) says it of their
    /// events, the refused ones by the numbers of their rows, and what these rows were besides. They are all the rows
    /// of their cases.
    ///
    /// # Errors
    /// - clock hours in `rules` that mean nothing
    /// - an instant outside the supported years as `now`
    ///
    /// ```
    /// use klokuur::Rulebook;
    /// use klokuur::log::{LogReader, Mapping, Rows};
    ///
    /// let rows = [["K-1", "2026-03-13T14:00:00Z", "opened"], ["K-1", "2026-03-16T14:00:00Z", "seller_message"]];
    /// let (log, mapping) = (Rows::new(["case", "at", "event"], rows), Mapping::default());
    /// let reader = LogReader::new(&log, &mapping)?;
    /// let now = "2026-04-01T00:00:00Z".parse::<chrono::DateTime<chrono::Utc>>()?;
    /// let (found, summary) = reader.evaluate(0..2, &Rulebook::bol(), now)?;
    /// assert_eq!((found.outcomes.len(), found.refused.len(), summary.events), (1, 0, 2));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn evaluate<R: RulesByWeek + ?Sized, M: Moment>(
        &self,
        rows: impl IntoIterator<Item = usize>,
        rules: &R,
        now: M,
    ) -> Result<(Outcomes<(usize, KlokuurError)>, Summary)> {
        let (columns, summary) = self.evaluate_columns(rows, rules, now)?;
        Ok((columns.into_outcomes()?, summary))
    }

    /// The same in columns: the rows of most cases become numbers, and no text is copied.
    ///
    /// # Errors
    /// - as [`evaluate`](Self::evaluate)
    ///
    /// ```
    /// use klokuur::Rulebook;
    /// use klokuur::log::{LogReader, Mapping, Rows};
    /// use klokuur::timeline::NULL;
    ///
    /// let rows = [["K-1", "2026-03-13T14:00:00Z", "opened"], ["K-1", "2026-03-16T14:00:00Z", "seller_message"]];
    /// let (log, mapping) = (Rows::new(["case", "at", "event"], rows), Mapping::default());
    /// let reader = LogReader::new(&log, &mapping)?;
    /// let now = "2026-04-01T00:00:00Z".parse::<chrono::DateTime<chrono::Utc>>()?;
    /// let (columns, _) = reader.evaluate_columns(0..2, &Rulebook::bol(), now)?;
    /// assert_eq!(columns.ticks("answered"), [1_773_669_600_000_000_000]);
    /// assert_eq!(columns.ticks("closed"), [NULL]);
    /// columns.each_text("verdict", |verdict| assert_eq!(verdict, Some("met")));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn evaluate_columns<R: RulesByWeek + ?Sized, M: Moment>(
        &self,
        rows: impl IntoIterator<Item = usize>,
        rules: &R,
        now: M,
    ) -> Result<(OutcomeColumns<'a>, Summary)> {
        self.evaluation(rules, now)?.columns(rows)
    }

    /// What evaluates parts of this log by the same rules, which are made ready once.
    ///
    /// # Errors
    /// - as [`evaluate`](Self::evaluate)
    pub fn evaluation<R: RulesByWeek + ?Sized, M: Moment>(
        &self,
        rules: &R,
        now: M,
    ) -> Result<LogEvaluation<'_, 'a, T>> {
        Ok(LogEvaluation { reader: self, book: CaseBook::of(rules)?, now: nanos(&now)?, wanted: Wanted::ALL })
    }

    /// To which of so many parts a row belongs, from 0: all rows of a case to the same, and as many cases to
    /// each, or nearly. A row whose case cannot be read may be in any.
    pub fn part_of(&self, row: usize, parts: usize) -> usize {
        let hash = self.case(row).map_or(0, hash_of);
        // The upper half decides: tables of cases take the lower bits.
        ((hash >> 32) % parts.max(1) as u64) as usize
    }

    /// The fields that outcomes take from the log as they stand there.
    fn fields_of_outcomes(&self) -> Vec<Field> {
        let is_taken = |field: &&Field| field.may_be_learned() || field.name() == "result";
        self.carried.present.iter().filter(is_taken).copied().collect()
    }
}

/// Evaluates a log in parts, each with all rows of its cases: by several threads, or so that it can be left off.
///
/// ```
/// use klokuur::Rulebook;
/// use klokuur::case::OutcomeColumns;
/// use klokuur::log::{LogReader, Mapping, Rows};
///
/// let rows = [["K-1", "2026-03-13T14:00:00Z", "opened"], ["K-2", "2026-03-16T14:00:00Z", "opened"]];
/// let (log, mapping) = (Rows::new(["case", "at", "event"], rows), Mapping::default());
/// let reader = LogReader::new(&log, &mapping)?;
/// let now = "2026-04-01T00:00:00Z".parse::<chrono::DateTime<chrono::Utc>>()?;
/// let evaluation = reader.evaluation(&Rulebook::bol(), now)?;
/// let part = |part: usize| evaluation.columns((0..2).filter(|row| reader.part_of(*row, 2) == part));
/// let parts = [part(0)?.0, part(1)?.0];
/// assert_eq!(OutcomeColumns::merged(parts).map(|all| all.len()), Some(2));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct LogEvaluation<'r, 'a, T> {
    reader: &'r LogReader<'a, T>,
    /// Empty: what its cases are timed by.
    book: CaseBook,
    now: Nanos,
    wanted: Wanted,
}

impl<'a, T: Table> LogEvaluation<'_, 'a, T> {
    /// The same for some of the columns of [`CaseOutcome::COLUMNS`](crate::case::CaseOutcome::COLUMNS): the others are not
    /// made, and what they need is not computed.
    ///
    /// ```
    /// use klokuur::Rulebook;
    /// use klokuur::log::{LogReader, Mapping, Rows};
    ///
    /// let (log, mapping) = (Rows::new(["case", "at", "event"], [["K-1", "2026-03-13T14:00:00Z", "opened"]]), Mapping::default());
    /// let reader = LogReader::new(&log, &mapping)?;
    /// let now = "2026-04-01T00:00:00Z".parse::<chrono::DateTime<chrono::Utc>>()?;
    /// let evaluation = reader.evaluation(&Rulebook::bol(), now)?.only(["case", "verdict"])?;
    /// let (columns, _) = evaluation.columns(0..1)?;
    /// assert!(columns.has("verdict") && !columns.has("due"));
    /// columns.each_text("verdict", |verdict| assert_eq!(verdict, Some("breached")));
    /// assert_eq!(evaluation.only(["colour"]).map(|_| ()).map_err(|error| error.code()), Err("unknown_name"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// - a name of no column: those that there are, are told
    pub fn only<N: AsRef<str>>(&self, columns: impl IntoIterator<Item = N>) -> Result<Self> {
        let wanted = Wanted::of(columns)?;
        Ok(Self { reader: self.reader, book: self.book.another(), now: self.now, wanted })
    }

    /// How the cases of these rows came out, in columns, and what the rows were besides.
    ///
    /// # Errors
    /// - an instant that a case leads to outside the supported years
    pub fn columns(&self, rows: impl IntoIterator<Item = usize>) -> Result<(OutcomeColumns<'a>, Summary)> {
        let reader = self.reader;
        let mut fields = reader.fields_of_outcomes();
        fields.retain(|field| self.wanted.has(field.name()));
        let names: Vec<&'static str> = fields.iter().map(|field| field.name()).collect();
        let (until, mut later) = (instant(self.now), 0);
        let mut outcomes = StraightOutcomes::new(self.book.another(), self.now, self.wanted, &names);
        let plain = PlainRows::new(reader);
        let (mut reading, counted) = match &plain {
            None => (reader.read_rows(rows), None),
            Some(plain) => {
                let (left, counted) = read_plain(plain, rows, &fields, &mut outcomes)?;
                (reader.read_rows(left), Some(counted))
            }
        };
        let columns = outcomes.end(|events| {
            let is_there = reading.read_case(events);
            later += events.iter().filter(|(_, event)| event.at > until).count();
            is_there
        })?;
        let mut summary = reading.end_after(counted);
        summary.later += later;
        Ok((columns, summary))
    }
}

/// Folds the cases whose rows are plain; the rows of the others are left, in their order.
fn read_plain<'a, T: Table>(
    plain: &PlainRows<'_, 'a, T>,
    rows: impl IntoIterator<Item = usize>,
    fields: &[Field],
    outcomes: &mut StraightOutcomes<'a>,
) -> Result<(Vec<usize>, Counted)> {
    let (mut counted, mut states) = (Counted::default(), States::default());
    let rows = rows.into_iter();
    let mut by_case = ByCase::new(plain.count(rows.size_hint()));
    for row in rows {
        counted.rows += 1;
        match plain.locate(row, &mut states) {
            Ok((case, timed)) => by_case.push(case, timed),
            Err(error) => counted.refused.push((plain.number(row), error)),
        }
    }
    let Sorted { names, starts, mut rows } = by_case.sorted();
    outcomes.reserve(names.len());
    let mut left = Vec::new();
    let (mut said, mut steps): (_, Vec<(Nanos, Act)>) = (Plain::default(), Vec::new());
    let now = outcomes.now();
    for (case, bounds) in names.into_iter().zip(starts.windows(2)) {
        let [from, to] = bounds.first_chunk().copied().unwrap_or_default().map(|bound: u32| bound as usize);
        let Some(rows) = rows.get_mut(from..to) else { continue };
        // RULES K14: the order of the rows changes nothing.
        if !rows.is_sorted_by_key(|row| row.at) {
            rows.sort_by_key(|row| row.at);
        }
        said.clear();
        steps.clear();
        let is_plain = rows.is_sorted_by(|a, b| a.at < b.at)
            && rows.iter().all(|row| match plain.act(row, now, &mut said) {
                None => false,
                Some(act) => {
                    steps.extend(act.filter(|_| row.at <= now).map(|act| (row.at, act)));
                    true
                }
            })
            && said.has_each_id_once();
        let of_case = SaidOf { case, shipping_method: said.shipping_method, handled: said.handled };
        let text = |place: usize| {
            let field = fields.get(place).copied()?;
            let row = if field.name() == "result" { said.result } else { said.opening };
            plain.text(row?, field)
        };
        if is_plain && outcomes.fold(&steps, of_case, text)? {
            let updates = rows.iter().filter(|row| row.kind == State::Update).count();
            counted.updates += updates;
            counted.later += rows.iter().filter(|row| row.kind != State::Update && row.at > now).count();
            counted.events += rows.len() - updates;
            said.notice(&mut counted.noticed, |row| plain.number(row));
        } else {
            left.extend(rows.iter().map(|row| row.row as usize));
        }
    }
    left.sort_unstable();
    Ok((left, counted))
}
