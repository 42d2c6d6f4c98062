//! How the cases of a log came out.

use super::reader::LogReader;
use super::summary::Summary;
use super::table::Table;
use crate::case::{Outcomes, evaluate_cases};
use crate::error::{KlokuurError, Result};
use crate::rulebook::RulesByWeek;
use crate::time::Moment;

impl<T: Table> LogReader<'_, T> {
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
        let mut reading = self.read_rows(rows);
        let (until, mut later) = (now.utc(), 0);
        let next_case = |events: &mut Vec<_>| {
            let is_there = reading.read_case(events);
            later += events.iter().filter(|(_, event)| event.at > until).count();
            is_there
        };
        let found = evaluate_cases(next_case, rules, now)?;
        Ok((found, Summary { later, ..reading.end() }))
    }
}
