//! Phone availability.

use std::sync::Arc;

use klokuur::phone::{self, CallAttempt, PhoneHours as Core};

use crate::error::Result;
use crate::norm::WeekNumbers;
use crate::rulebook::Rulebook;
use crate::schedule::{Schedule, made as schedule_made};
use crate::time::{Instant, signed};

/// One call attempt of a customer.
#[uniffi::remote(Record)]
pub struct CallAttempt {
    /// When the call came in.
    pub at: Instant,
    /// Whether it was answered.
    pub answered: bool,
}

/// The call attempts of one ISO week.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct PhoneWeek {
    /// The numbers for the norm: answered attempts, of those that count. Of none there is no verdict.
    pub numbers: WeekNumbers,
    /// Attempts outside the hours that count.
    pub not_counted: i64,
}

impl From<phone::PhoneWeek> for PhoneWeek {
    fn from(week: phone::PhoneWeek) -> Self {
        Self { numbers: week.numbers().into(), not_counted: signed(week.not_counted) }
    }
}

/// When call attempts count for the norm, and when the seller says to be reachable. Immutable.
#[derive(Debug, uniffi::Object)]
pub struct PhoneHours(Core);

#[uniffi::export]
impl PhoneHours {
    /// The hours of a rulebook. `reachable` are the seller's own, wider hours as schedule text, with the rulebook's
    /// zone and holidays: customers see them, and the norm stays as it is. When left out they are the norm's.
    ///
    /// # Errors
    /// - a rulebook without phone rules
    /// - a text that is no schedule, or that never opens
    #[uniffi::constructor(default(reachable = None))]
    pub fn new(rules: &Rulebook, reachable: Option<String>) -> Result<Arc<Self>> {
        let hours = Core::of(rules.by_week())?;
        Ok(Arc::new(Self(match reachable {
            Some(own) => hours.reachable(&own)?,
            None => hours,
        })))
    }

    /// The hours that count for the norm.
    pub fn norm_hours(&self) -> Arc<Schedule> {
        schedule_made(self.0.norm_hours().clone())
    }

    /// The hours that customers see.
    pub fn reachable_hours(&self) -> Arc<Schedule> {
        schedule_made(self.0.reachable_hours().clone())
    }

    /// Whether a call attempt at this instant counts for the norm.
    ///
    /// # Errors
    /// - an instant outside the years 1900 to 2100
    pub fn counts(&self, at: Instant) -> Result<bool> {
        Ok(self.0.counts(at)?)
    }

    /// Whether the seller says to be reachable at this instant. For a list: `isOpenMany` of the reachable hours.
    ///
    /// # Errors
    /// - an instant outside the years 1900 to 2100
    pub fn is_reachable(&self, at: Instant) -> Result<bool> {
        Ok(self.0.is_reachable(at)?)
    }

    /// Counts call attempts, in any order, by ISO week: from the first week with one to the last, the empty weeks
    /// included.
    ///
    /// # Errors
    /// - an attempt outside the years 1900 to 2100: the message names its row
    pub fn weeks(&self, attempts: &[CallAttempt]) -> Result<Vec<PhoneWeek>> {
        Ok(phone::phone_weeks(attempts, &self.0)?.into_iter().map(PhoneWeek::from).collect())
    }
}
