//! The questions to a schedule for lists and columns: one call for all rows.

use klokuur::BusinessDuration;
use klokuur::timeline::TimeUnit;

use crate::error::Result;
use crate::schedule::Schedule;
use crate::time::{BusinessDurations, Instants, bytes, column};

#[uniffi::export]
impl Schedule {
    /// `between` for lists: one call for all rows.
    ///
    /// # Errors
    /// - lists of different lengths
    /// - a row that `between` refuses: the message names it
    pub fn between_many(&self, from: Instants, to: Instants) -> Result<BusinessDurations> {
        let mut out = vec![0; from.0.len()];
        self.columns().between(&from.0, &to.0, &mut out)?;
        Ok(BusinessDurations(out))
    }

    /// `add` for a list: one call for all rows.
    ///
    /// # Errors
    /// - a row that `add` refuses: the message names it
    pub fn add_many(&self, starts: Instants, budget: BusinessDuration) -> Result<Instants> {
        let mut out = vec![0; starts.0.len()];
        self.columns().add(&starts.0, budget, &mut out)?;
        Ok(Instants(out))
    }

    /// `sub` for a list: one call for all rows.
    ///
    /// # Errors
    /// - a row that `sub` refuses: the message names it
    pub fn sub_many(&self, ends: Instants, budget: BusinessDuration) -> Result<Instants> {
        let mut out = vec![0; ends.0.len()];
        self.columns().sub(&ends.0, budget, &mut out)?;
        Ok(Instants(out))
    }

    /// `within` for lists: one call for all rows.
    ///
    /// # Errors
    /// - lists of different lengths
    /// - an instant outside the years 1900 to 2100: the message names its row
    pub fn within_many(&self, from: Instants, to: Instants, budget: BusinessDuration) -> Result<Vec<bool>> {
        let mut out = vec![false; from.0.len()];
        self.columns().within(&from.0, &to.0, budget, &mut out)?;
        Ok(out)
    }

    /// Whether it is open at each instant of a list: one call for all rows.
    ///
    /// # Errors
    /// - an instant outside the years 1900 to 2100: the message names its row
    pub fn is_open_many(&self, at: Instants) -> Result<Vec<bool>> {
        let mut out = vec![false; at.0.len()];
        self.columns().is_open(&at.0, &mut out)?;
        Ok(out)
    }

    /// The first open instant from each instant of a list on: one call for all rows.
    ///
    /// # Errors
    /// - an instant outside the years 1900 to 2100, or nothing open after it: the message names its row
    pub fn next_open_many(&self, at: Instants) -> Result<Instants> {
        let mut out = vec![0; at.0.len()];
        self.columns().next_open(&at.0, &mut out)?;
        Ok(Instants(out))
    }

    /// `between` for columns of whole microseconds since 1970, as bytes of little-endian 64-bit integers; the smallest
    /// integer is null. The packages wrap it for arrays of integers.
    ///
    /// # Errors
    /// - columns of different lengths, or bytes that are no whole integers
    /// - a row that `between` refuses: the message names it
    pub fn between_bytes(&self, from: Vec<u8>, to: Vec<u8>) -> Result<Vec<u8>> {
        let (from, to) = (column(&from)?, column(&to)?);
        let mut out = vec![0; from.len()];
        self.0.timeline().between_many(&from, &to, &mut out)?;
        Ok(bytes(&out))
    }

    /// `add` for a column of microseconds as bytes, like `between`.
    ///
    /// # Errors
    /// - bytes that are no whole integers
    /// - a row that `add` refuses: the message names it
    pub fn add_bytes(&self, starts: Vec<u8>, budget: BusinessDuration) -> Result<Vec<u8>> {
        let starts = column(&starts)?;
        let mut out = vec![0; starts.len()];
        self.0.timeline().add_many(&starts, budget, &mut out)?;
        Ok(bytes(&out))
    }

    /// `sub` for a column of microseconds as bytes, like `between`.
    ///
    /// # Errors
    /// - bytes that are no whole integers
    /// - a row that `sub` refuses: the message names it
    pub fn sub_bytes(&self, ends: Vec<u8>, budget: BusinessDuration) -> Result<Vec<u8>> {
        let ends = column(&ends)?;
        let mut out = vec![0; ends.len()];
        self.0.timeline().sub_many(&ends, budget, &mut out)?;
        Ok(bytes(&out))
    }

    /// The first open instants of a column of microseconds as bytes, like `between`.
    ///
    /// # Errors
    /// - bytes that are no whole integers
    /// - an instant outside the years 1900 to 2100, or nothing open after it: the message names its row
    pub fn next_open_bytes(&self, at: Vec<u8>) -> Result<Vec<u8>> {
        let at = column(&at)?;
        let mut out = vec![0; at.len()];
        self.0.timeline().next_open_many(&at, &mut out)?;
        Ok(bytes(&out))
    }

    /// `within` for columns of microseconds as bytes, like `between`: a byte a row, 1 when in time.
    ///
    /// # Errors
    /// - columns of different lengths, or bytes that are no whole integers
    /// - an instant outside the years 1900 to 2100: the message names its row
    pub fn within_bytes(&self, from: Vec<u8>, to: Vec<u8>, budget: BusinessDuration) -> Result<Vec<u8>> {
        let (from, to) = (column(&from)?, column(&to)?);
        let mut out = vec![false; from.len()];
        self.0.timeline().within_many(&from, &to, budget, &mut out)?;
        Ok(out.into_iter().map(u8::from).collect())
    }

    /// Whether it is open, for a column of microseconds as bytes like `between`: a byte a row, 1 when open.
    ///
    /// # Errors
    /// - bytes that are no whole integers
    /// - an instant outside the years 1900 to 2100: the message names its row
    pub fn is_open_bytes(&self, at: Vec<u8>) -> Result<Vec<u8>> {
        let at = column(&at)?;
        let mut out = vec![false; at.len()];
        self.0.timeline().is_open_many(&at, &mut out)?;
        Ok(out.into_iter().map(u8::from).collect())
    }
}

impl Schedule {
    fn columns(&self) -> klokuur::timeline::Columns {
        self.0.timeline().columns().unit(TimeUnit::Nanoseconds)
    }
}
