//! Erasing a customer: the name and the texts go, what was counted stays (RULES K18).

use std::collections::{BTreeMap, BTreeSet};

use super::book::CaseBook;
use super::event::{CaseEvent, EventKind, What};
use super::position::Positions;
use super::search::{begins, folded};
use crate::error::Result;
use crate::sla::instant::{Nanos, nanos};

/// What is shown in place of a text that may not be empty: signs that are no word, so that no search finds them, in the
/// order of their code points.
const ERASED: [char; 2] = ['█', '▒'];

impl CaseBook {
    /// Erases the customer's name and all texts of one case, and says whether there is such a case: from all its
    /// events, refused and corrected ones too, from the search and from what is [`saved`](Self::saved) from now on.
    /// Status, clocks, counts, outcomes and fingerprints stay as they are (RULES K18).
    ///
    /// Where two events of one instant may differ by their texts alone, these become signs, `█` and `▒`, because else
    /// the two would be one; a description that said nothing but the name has a `█` in its place. Event ids, labels and
    /// orders stay: a name has no place in them. What was saved before still holds all of it: the next save is a whole
    /// one, to be written in its place ([`saved_since`](Self::saved_since)). An event that comes again with its texts
    /// is another event now.
    ///
    /// The book is made anew from its events: a call costs as much as restoring it.
    ///
    /// ```
    /// use chrono::{DateTime, Utc};
    /// use klokuur::case::{CaseBook, CaseEvent, Opening, Party, What};
    /// use klokuur::Rulebook;
    ///
    /// let at = "2026-03-13T14:00:00Z".parse::<DateTime<Utc>>()?;
    /// let mut book = CaseBook::of(&Rulebook::bol())?;
    /// let opening = Opening { customer: Some("Jan de Vries".into()), ..Opening::by(Party::Customer) };
    /// book.apply(CaseEvent::new("K-1", at, What::Opened(opening)))?.taken()?;
    ///
    /// assert_eq!(book.erase_customer("jan de vries")?, ["K-1"]);
    /// assert!(!book.saved().to_json().contains("Vries"));
    /// assert_eq!(book.find("K-1", at)?.len(), 1);
    /// assert_eq!(book.find("Jan", at)?.len(), 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// - no room for the book made anew: nothing was changed
    pub fn erase_case(&mut self, number: &str) -> Result<bool> {
        Ok(!self.erase(|event| event.case == number)?.is_empty())
    }

    /// The same for every case of which an event names this customer, and the numbers of these cases. A name is
    /// compared as in a search, as a whole: accents, upper and lower case make no difference, and two customers of one
    /// name are one.
    ///
    /// # Errors
    /// - no room for the book made anew: nothing was changed
    pub fn erase_customer(&mut self, name: &str) -> Result<Vec<String>> {
        let name = folded(name);
        self.erase(|event| customer(&event.what).is_some_and(|known| begins(known, &name, true)))
    }

    /// Erases the cases that have an event of the kind asked for, and gives their numbers.
    fn erase(&mut self, is_meant: impl Fn(&CaseEvent) -> bool) -> Result<Vec<String>> {
        let mut events = self.events();
        let meant = events.iter().filter(|event| is_meant(event)).map(|event| event.case.clone());
        let cases: BTreeSet<String> = meant.collect();
        if cases.is_empty() {
            return Ok(Vec::new());
        }
        let mut of_case: BTreeMap<String, Vec<&mut CaseEvent>> = BTreeMap::new();
        for event in events.iter_mut().filter(|event| cases.contains(&event.case)) {
            of_case.entry(event.case.clone()).or_default().push(event);
        }
        of_case.into_values().for_each(erase_events);

        let mut anew = self.another();
        anew.take_over(&events, self.advanced_to())?;
        anew.archived = self.archived.take();
        anew.positions = Positions::beyond(self.position(), anew.log.events.len());
        *self = anew;
        Ok(cases.into_iter().collect())
    }
}

/// The customer that an event names.
fn customer(what: &What) -> Option<&str> {
    match what {
        What::Opened(opening) => opening.customer.as_deref(),
        What::PhoneContact { about, .. } | What::Described(about) => about.customer.as_deref(),
        What::Corrected { right, .. } => right.as_ref().and_then(|right| customer(&right.what)),
        _ => None,
    }
}

/// What names or quotes a customer in an event.
fn personal(what: &mut What) -> Vec<&mut Option<String>> {
    match what {
        What::Opened(opening) => vec![&mut opening.customer, &mut opening.text],
        What::PhoneContact { text, about, by: _ } => vec![&mut about.customer, text],
        What::Described(about) => vec![&mut about.customer],
        What::CustomerMessage { text } | What::SellerMessage { text, automatic: _ } => vec![text],
        What::Closed { explanation, by: _ } => vec![explanation],
        What::Corrected { right: Some(right), corrects: _ } => personal(&mut right.what),
        What::Forwarded
        | What::Reopened { .. }
        | What::Received
        | What::FollowUp { .. }
        | What::HandedOver
        | What::Returned
        | What::Handled { .. }
        | What::SurveyAnswered { .. }
        | What::Corrected { right: None, .. } => Vec::new(),
    }
}

/// The instants and kinds at which an event may stand: its own, and those that it puts in another's place.
fn places(event: &CaseEvent) -> impl Iterator<Item = (Nanos, EventKind)> {
    let right = match &event.what {
        What::Corrected { right: Some(right), .. } => Some((right.at, right.what.kind())),
        _ => None,
    };
    let all = std::iter::once((event.at, event.kind())).chain(right);
    all.filter_map(|(at, kind)| Some((nanos(&at).ok()?, kind)))
}

/// Erases all events of one case. The order and the number of its events stay: texts decide both where instant and kind
/// are the same (RULES K14), and so become their rank there.
fn erase_events(events: Vec<&mut CaseEvent>) {
    let mut standing: BTreeMap<(Nanos, EventKind), usize> = BTreeMap::new();
    for event in &events {
        places(event).for_each(|place| *standing.entry(place).or_default() += 1);
    }
    let is_shared = |place| standing.get(&place).is_some_and(|count| *count > 1);
    let (mut shared, alone): (Vec<_>, Vec<_>) =
        events.into_iter().partition(|event| places(event).any(is_shared));

    let texts: BTreeSet<String> = shared
        .iter_mut()
        .flat_map(|event| personal(&mut event.what))
        .filter_map(|text| text.clone())
        .collect();
    let digits = texts.len().saturating_sub(1).checked_ilog2().unwrap_or_default() + 1;
    let ranks: BTreeMap<String, String> =
        (0..).zip(texts).map(|(rank, text)| (text, signs(rank, digits))).collect();
    for text in shared.into_iter().flat_map(|event| personal(&mut event.what)) {
        *text = text.take().and_then(|text| ranks.get(&text).cloned());
    }

    for event in alone {
        personal(&mut event.what).into_iter().for_each(|text| *text = None);
        let what = match &mut event.what {
            What::Corrected { right: Some(right), .. } => &mut right.what,
            what => what,
        };
        if let What::Described(about) = what
            && about.is_empty()
        {
            about.customer = Some(signs(0, 1));
        }
    }
}

/// A rank in binary digits: in the order of ranks, and different for each.
fn signs(rank: usize, digits: u32) -> String {
    let [zero, one] = ERASED;
    (0..digits).rev().map(|digit| if rank >> digit & 1 == 1 { one } else { zero }).collect()
}
