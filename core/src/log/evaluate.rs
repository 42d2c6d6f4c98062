//! How the cases of a log came out.

use super::carried::Field;
use super::cases::ByCase;
use super::plain::{Plain, PlainRows, State, States};
use super::reader::LogReader;
use super::summary::{Counted, Summary};
use super::table::Table;
use crate::case::{Act, OutcomeColumns, Outcomes, SaidOf, StraightOutcomes};
use crate::error::{KlokuurError, Result};
use crate::rulebook::RulesByWeek;
use crate::sla::instant::Nanos;
use crate::time::Moment;

impl<'a, T: Table> LogReader<'a, T> {
    /// How every case of some rows came out at `now`, as [`evaluate_rows`](crate::case::evaluate_rows) says it of their events, the
    /// refused ones by the numbers of their rows, and what these rows were besides. They are all the rows of their cases.
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
        Ok((columns.into_outcomes(), summary))
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
        let fields = self.fields_of_outcomes();
        let names: Vec<&'static str> = fields.iter().map(|field| field.name()).collect();
        let (until, mut later) = (now.utc(), 0);
        let mut outcomes = StraightOutcomes::new(rules, until, &names)?;
        let plain = PlainRows::new(self);
        let (mut reading, counted) = match &plain {
            None => (self.read_rows(rows), None),
            Some(plain) => {
                let (left, counted) = read_plain(plain, rows, &fields, &mut outcomes)?;
                (self.read_rows(left), Some(counted))
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

    /// The fields that outcomes take from the log as they stand there.
    fn fields_of_outcomes(&self) -> Vec<Field> {
        let is_taken = |field: &&Field| field.may_be_learned() || field.name() == "result";
        self.carried.present.iter().filter(is_taken).copied().collect()
    }
}

/// Folds the cases whose rows are plain; the rows of the others are left, in their order.
fn read_plain<'a, T: Table>(
    plain: &PlainRows<'_, 'a, T>,
    rows: impl IntoIterator<Item = usize>,
    fields: &[Field],
    outcomes: &mut StraightOutcomes<'a>,
) -> Result<(Vec<usize>, Counted)> {
    let (mut counted, mut states, mut by_case) = (Counted::default(), States::default(), ByCase::new());
    let rows = rows.into_iter();
    by_case.reserve(rows.size_hint().0);
    for row in rows {
        counted.rows += 1;
        match plain.locate(row, &mut states) {
            Ok((case, timed)) => by_case.push(case, timed),
            Err(error) => counted.refused.push((plain.number(row), error)),
        }
    }
    let (names, starts, mut rows) = by_case.sorted();
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
