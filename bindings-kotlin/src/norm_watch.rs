//! What becomes of the norms of running weeks, told once, with a timer of its own.

use std::sync::Arc;

use klokuur::Language;
use klokuur::norm::{self, NormHappening};

use crate::error::Result;
use crate::norm::{WeekNumbers, judge_core};
use crate::rulebook::Rulebook;
use crate::shared::Shared;
use crate::time::{Instant, IsoWeek};

/// Something that became so with a norm in a week.
#[uniffi::remote(Enum)]
pub enum NormHappening {
    /// The week misses the norm, as its numbers stand.
    Missed,
    /// The week does not miss it any more.
    Repaired,
    /// The numbers are final.
    BecameFinal,
}

/// A norm in a week of which something became so.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct NormTold {
    /// The norm's name in the rulebook.
    pub norm: String,
    /// The week.
    pub week: IsoWeek,
    /// What became so.
    pub what: NormHappening,
    /// It in one English sentence: the text of a notification.
    pub english: String,
    /// In one Dutch sentence.
    pub dutch: String,
}

/// The norms of some weeks: what was told of them, and when they should be looked at again.
#[derive(Debug, uniffi::Object)]
pub struct NormWatch(Shared<norm::NormWatch>);

#[uniffi::export]
impl NormWatch {
    /// Watches these weeks from now on: what is so by then is known and is not told.
    ///
    /// # Errors
    /// - a norm that the rulebook does not have, or numbers that it cannot have
    #[uniffi::constructor]
    pub fn new(rules: &Rulebook, numbers: Vec<WeekNumbers>, now: Instant) -> Result<Arc<Self>> {
        let results = judge_core(rules, &numbers, now)?;
        Ok(Arc::new(Self(Shared::of(norm::NormWatch::new(results, now)))))
    }

    /// Takes the place of the numbers: newer ones, or further weeks.
    ///
    /// # Errors
    /// - as for a new watch
    pub fn replace(&self, rules: &Rulebook, numbers: Vec<WeekNumbers>, now: Instant) -> Result<()> {
        let results = judge_core(rules, &numbers, now)?;
        self.0.get().replace(results);
        Ok(())
    }

    /// What has become so up to `now`, by week and norm.
    ///
    /// # Errors
    /// - an instant beyond the years that can be counted
    pub fn advance(&self, now: Instant) -> Result<Vec<NormTold>> {
        let told = |told: norm::NormTold| NormTold {
            english: told.to_sentence(Language::English),
            dutch: told.to_sentence(Language::Dutch),
            norm: told.norm,
            week: told.week.into(),
            what: told.what,
        };
        Ok(self.0.get().advance(now).into_iter().map(told).collect())
    }

    /// When `advance` has something to tell, if nothing is replaced before; none when nothing is to come.
    ///
    /// # Errors
    /// - an instant beyond the years that can be counted
    pub fn next_wake_up(&self, now: Instant) -> Result<Option<Instant>> {
        Ok(self.0.get().next_wake_up(now))
    }
}
