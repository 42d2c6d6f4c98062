//! What becomes of an account, told once, with a timer of its own.

use std::sync::Arc;

use klokuur::Language;
use klokuur::standing;

use crate::error::Result;
use crate::ledger::{Ledger, LedgerChange, change};
use crate::shared::Shared;
use crate::time::{Instant, LocalDate};

/// Something that became so in an account, told once.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct StandingTold {
    /// The date from which on it is so.
    pub on: LocalDate,
    /// What.
    pub change: LedgerChange,
    /// Whether it was told before and has turned out not to be so.
    pub retracted: bool,
    /// It in one English sentence: the text of a notification.
    pub english: String,
    /// In one Dutch sentence.
    pub dutch: String,
}

impl From<standing::StandingTold> for StandingTold {
    fn from(told: standing::StandingTold) -> Self {
        Self {
            on: told.on,
            english: told.to_sentence(Language::English),
            dutch: told.to_sentence(Language::Dutch),
            change: change(told.change),
            retracted: told.retracted,
        }
    }
}

/// The same of one account among many.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct AccountTold {
    /// The account, by the name that it was given.
    pub account: String,
    /// What.
    pub told: StandingTold,
}

/// One account: what was told of it, and when it should be looked at again.
#[derive(Debug, uniffi::Object)]
pub struct StandingWatch(Shared<standing::StandingWatch>);

#[uniffi::export]
impl StandingWatch {
    /// Watches an account from now on: what was so before is known and is not told.
    ///
    /// # Errors
    /// - an instant beyond the years that can be counted
    #[uniffi::constructor]
    pub fn new(ledger: &Ledger, now: Instant) -> Result<Arc<Self>> {
        Ok(Arc::new(Self(Shared::of(standing::StandingWatch::new(ledger.0.clone(), now)))))
    }

    /// Takes the place of the ledger: with newer weeks, or further decisions.
    pub fn replace(&self, ledger: &Ledger) {
        self.0.get().replace(ledger.0.clone());
    }

    /// What has become so up to `now`, in order of dates, and what was told and turned out otherwise.
    ///
    /// # Errors
    /// - an instant beyond the years that can be counted
    pub fn advance(&self, now: Instant) -> Result<Vec<StandingTold>> {
        Ok(self.0.get().advance(now).into_iter().map(StandingTold::from).collect())
    }

    /// When `advance` has something to tell, if nothing is replaced before; none when nothing is to come.
    ///
    /// # Errors
    /// - an instant beyond the years that can be counted
    pub fn next_wake_up(&self, now: Instant) -> Result<Option<Instant>> {
        Ok(self.0.get().next_wake_up(now))
    }
}

/// Many accounts, by any name, with one timer.
#[derive(Debug, uniffi::Object)]
pub struct StandingWatches(Shared<standing::StandingWatches>);

#[uniffi::export]
impl StandingWatches {
    /// No account yet.
    #[uniffi::constructor]
    pub fn new() -> Arc<Self> {
        Arc::new(Self(Shared::of(standing::StandingWatches::new())))
    }

    /// Watches an account from now on; one of the same name is replaced, with what was told of it.
    ///
    /// # Errors
    /// - an instant beyond the years that can be counted
    pub fn insert(&self, account: &str, ledger: &Ledger, now: Instant) -> Result<()> {
        self.0.get().insert(account, standing::StandingWatch::new(ledger.0.clone(), now));
        Ok(())
    }

    /// Takes the place of an account's ledger: with newer weeks, or further decisions.
    ///
    /// # Errors
    /// - an account that is not watched
    pub fn replace(&self, account: &str, ledger: &Ledger) -> Result<()> {
        Ok(self.0.get().replace(account, ledger.0.clone())?)
    }

    /// What has become so in all accounts up to `now`, by account.
    ///
    /// # Errors
    /// - an instant beyond the years that can be counted
    pub fn advance(&self, now: Instant) -> Result<Vec<AccountTold>> {
        let told =
            |(account, told): (String, standing::StandingTold)| AccountTold { account, told: told.into() };
        Ok(self.0.get().advance(now).into_iter().map(told).collect())
    }

    /// The earliest of all wake-ups; none when nothing is to come in any account.
    ///
    /// # Errors
    /// - an instant beyond the years that can be counted
    pub fn next_wake_up(&self, now: Instant) -> Result<Option<Instant>> {
        Ok(self.0.get().next_wake_up(now))
    }
}
