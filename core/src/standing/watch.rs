//! What becomes of an account, told once, with a timer of its own (RULES K13).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::answer::{LedgerChange, LedgerEntry};
use super::ledger::Ledger;
use crate::error::{KlokuurError, Result};
use crate::time::Moment;

/// Something that became so in an account: a strike was given, expired or was withdrawn, the standing became another.
///
/// Shown at [`StandingWatch`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StandingTold {
    /// The date from which on it is so.
    pub on: NaiveDate,
    /// What.
    pub change: LedgerChange,
    /// Whether it was told before and has turned out not to be so.
    pub retracted: bool,
}

/// One account: what was told of it, and when it should be looked at again.
///
/// ```
/// use chrono::{TimeZone, Utc};
/// use klokuur::{IsoWeek, Rulebook};
/// use klokuur::standing::{JudgedWeek, Ledger, StandingWatch};
///
/// let at = |day, hour| Utc.with_ymd_and_hms(2026, 7, day, hour, 0, 0).unwrap();
/// let weeks = vec![JudgedWeek::bad(IsoWeek::new(2026, 29)?, &["on_time"])];
/// let mut watch = StandingWatch::new(Ledger::new(&Rulebook::bol(), weeks, vec![])?, at(20, 8));
/// // Final on Wednesday 22 July, 00:00 in Amsterdam.
/// assert_eq!(watch.next_wake_up(at(20, 8)), Some(at(21, 22)));
/// assert_eq!(watch.advance(at(21, 22)).len(), 1);
/// assert_eq!(watch.next_wake_up(at(21, 22)), None);
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
#[derive(Debug, Clone)]
pub struct StandingWatch {
    ledger: Ledger,
    told: Vec<(NaiveDate, LedgerChange)>,
}

impl StandingWatch {
    /// Watches an account from now on: what was so before is known and is not told.
    pub fn new<M: Moment>(ledger: Ledger, now: M) -> Self {
        let told = changes(&ledger, ledger.date_of(&now));
        Self { ledger, told }
    }

    /// The ledger that is watched.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Takes the place of the ledger: with newer weeks, or further decisions. [`advance`](Self::advance) tells what is
    /// different.
    pub fn replace(&mut self, ledger: Ledger) {
        self.ledger = ledger;
    }

    /// What has become so up to `now`, in order of dates, and what was told and turned out otherwise.
    pub fn advance<M: Moment>(&mut self, now: M) -> Vec<StandingTold> {
        let known = changes(&self.ledger, self.ledger.date_of(&now));
        let mut found: Vec<StandingTold> = Vec::new();
        let mut gone = self.told.clone();
        for (on, change) in &known {
            match gone.iter().position(|told| told.0 == *on && told.1 == *change) {
                Some(at) => {
                    gone.remove(at);
                }
                None => found.push(StandingTold { on: *on, change: change.clone(), retracted: false }),
            }
        }
        found.extend(gone.into_iter().map(|(on, change)| StandingTold { on, change, retracted: true }));
        // What proved wrong is taken back before what is right is told.
        found.sort_by_key(|told| (told.on, !told.retracted));
        self.told = known;
        found
    }

    /// When [`advance`](Self::advance) has something to tell, if nothing is replaced before; `now` itself when
    /// something is overdue, none when nothing is to come.
    pub fn next_wake_up<M: Moment>(&self, now: M) -> Option<M> {
        let today = self.ledger.date_of(&now);
        if changes(&self.ledger, today) != self.told {
            return Some(now);
        }
        let next = self.ledger.history().into_iter().map(|entry| entry.on).find(|on| *on > today)?;
        Some(now.like(self.ledger.start_of(next).max(now.utc())))
    }
}

/// Many accounts, by any key, with one timer.
///
/// ```
/// # use chrono::{DateTime, Utc};
/// # use klokuur::Rulebook;
/// # use klokuur::standing::{JudgedWeek, Ledger, StandingWatch, StandingWatches};
/// let bad = JudgedWeek::bad("2026-W10".parse()?, &["response_time"]);
/// let before: DateTime<Utc> = "2026-03-09T08:00:00Z".parse()?;
/// let mut watches = StandingWatches::new();
/// let ledger = Ledger::new(&Rulebook::bol(), vec![bad], vec![])?;
/// watches.insert("lamps", StandingWatch::new(ledger, before));
/// let timer = watches.next_wake_up(before).ok_or("nothing to come")?;
/// assert_eq!(timer.to_string(), "2026-03-10 23:00:00 UTC"); // Wednesday 00:00 in Amsterdam
/// assert_eq!(watches.advance(timer)[0].0, "lamps");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct StandingWatches {
    watches: BTreeMap<String, StandingWatch>,
}

impl StandingWatches {
    /// No account yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Watches an account; one of the same name is replaced, with what was told of it.
    pub fn insert(&mut self, account: &str, watch: StandingWatch) {
        self.watches.insert(account.to_owned(), watch);
    }

    /// The watch of an account.
    pub fn get(&self, account: &str) -> Option<&StandingWatch> {
        self.watches.get(account)
    }

    /// Takes the place of an account's ledger, as [`StandingWatch::replace`].
    ///
    /// # Errors
    /// - an account that is not watched
    pub fn replace(&mut self, account: &str, ledger: Ledger) -> Result<()> {
        let names = || self.watches.keys().cloned().collect::<Vec<_>>().join(", ");
        if !self.watches.contains_key(account) {
            return Err(KlokuurError::UnknownName {
                what: "account",
                given: account.to_owned(),
                accepted: if self.watches.is_empty() {
                    "none: no account is watched yet".into()
                } else {
                    names()
                },
            });
        }
        self.watches.entry(account.to_owned()).and_modify(|watch| watch.replace(ledger));
        Ok(())
    }

    /// What has become so in all accounts up to `now`, by account.
    pub fn advance<M: Moment>(&mut self, now: M) -> Vec<(String, StandingTold)> {
        let now = now.utc();
        let mut told = Vec::new();
        for (account, watch) in &mut self.watches {
            told.extend(watch.advance(now).into_iter().map(|one| (account.clone(), one)));
        }
        told
    }

    /// The earliest of all wake-ups; none when nothing is to come in any account.
    pub fn next_wake_up<M: Moment>(&self, now: M) -> Option<M> {
        let at = now.utc();
        self.watches.values().filter_map(|watch| watch.next_wake_up(at)).min().map(|next| now.like(next))
    }
}

fn changes(ledger: &Ledger, until: NaiveDate) -> Vec<(NaiveDate, LedgerChange)> {
    let known = |entry: LedgerEntry| (entry.on <= until).then_some((entry.on, entry.change));
    ledger.history().into_iter().filter_map(known).collect()
}
