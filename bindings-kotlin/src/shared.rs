//! What an app changes from any thread.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// A value behind a lock. Each call changes it in one step, so that a poisoned lock holds a whole one.
#[derive(Debug)]
pub(crate) struct Shared<T>(Mutex<T>);

impl<T> Shared<T> {
    pub(crate) fn of(value: T) -> Self {
        Self(Mutex::new(value))
    }

    pub(crate) fn get(&self) -> MutexGuard<'_, T> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
