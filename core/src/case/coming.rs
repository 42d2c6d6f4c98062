//! What is to come: what time alone will make of the cases.

use super::book::CaseBook;
use super::domain_event::DomainEvent;
use crate::error::Result;
use crate::sla::instant::nanos;
use crate::time::Moment;

impl CaseBook {
    /// What becomes so up to and with `until` if no event comes before, in order of time: what
    /// [`advance`](Self::advance) to that instant would tell. For what is planned ahead, as the notifications of a
    /// phone.
    ///
    /// ```
    /// use chrono::{DateTime, Utc};
    /// use klokuur::case::{CaseBook, CaseEvent, Opening, Party, What};
    /// use klokuur::{Language, Rulebook};
    ///
    /// let at = |text: &str| text.parse::<DateTime<Utc>>();
    /// let mut book = CaseBook::of(&Rulebook::bol())?;
    /// book.apply(CaseEvent::new("K-1", at("2026-03-13T14:00:00Z")?, What::Opened(Opening::by(Party::Customer))))?.taken()?;
    ///
    /// let coming = book.coming(at("2026-03-17T00:00:00Z")?)?;
    /// assert_eq!(coming.len(), 2); // the warning and the breach of Monday
    /// assert_eq!(
    ///     coming[0].to_sentence(Language::English, &book.schedule().zone()),
    ///     "case K-1 has been open for a long time: the first response is due Monday 16 March 2026 15:00"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// - an instant outside the supported years
    pub fn coming<M: Moment>(&self, until: M) -> Result<Vec<DomainEvent>> {
        let until = nanos(&until)?;
        let mut coming = Vec::new();
        for (case, entry) in self.cases.iter().filter(|(_, entry)| entry.state().wake() <= until) {
            let mut state = entry.state();
            state.pass(&self.clocks, until, |at, what| coming.push((at, case, what)));
        }
        Ok(self.in_order(coming))
    }
}
