//! The domain: rulebooks, norms, standing, score, cases and what goes with them.
//!
//! The public classes are written in Python (`klokuur/_rulebook.py`, `klokuur/_norm.py`, …), typed and documented there.
//! What stands here lifts their arguments, makes one call of the core, and gives plain objects back, which those
//! classes turn into records.

pub(crate) mod backtest;
pub(crate) mod case_book;
pub(crate) mod evaluate;
pub(crate) mod exchange;
pub(crate) mod fingerprints;
pub(crate) mod insight;
pub(crate) mod log;
mod log_columns;
pub(crate) mod message;
pub(crate) mod norm;
pub(crate) mod order_columns;
pub(crate) mod order_export;
pub(crate) mod phone;
pub(crate) mod picture;
pub(crate) mod rulebook;
pub(crate) mod score;
pub(crate) mod seller;
mod shared;
pub(crate) mod sla;
pub(crate) mod standards;
pub(crate) mod standing;
pub(crate) mod watch;
pub(crate) mod week;

use chrono::{DateTime, TimeDelta, Utc};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

use crate::time::Moment;

/// The exceptions of refused rows, each with its row.
pub(crate) type RefusedRows<'py> = Vec<(usize, Bound<'py, PyAny>)>;

fn no_json<T>(problem: serde_json::Error) -> PyResult<T> {
    Err(PyRuntimeError::new_err(problem.to_string()))
}

/// An instant at which something begins, as the caller counts: a datetime has microseconds, and its instant must not be
/// one at which it is not so yet.
fn not_before<'py>(now: &Moment<'py>, at: DateTime<Utc>) -> PyResult<Bound<'py, PyAny>> {
    let beyond = i64::from(at.timestamp_subsec_nanos() % 1000);
    if now.is_timestamp() || beyond == 0 {
        return now.like(at);
    }
    now.like(at + TimeDelta::nanoseconds(1000 - beyond))
}
