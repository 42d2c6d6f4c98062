//! Python bindings of klokuur: lift, one call of the core, lower.

#![allow(clippy::wrong_self_convention, reason = "the names are Python's")]

mod arrow;
mod calendar;
mod columns;
mod error;
mod nps;
mod plain;
mod schedule;
mod time;

use pyo3::prelude::*;

/// The compiled part of the package `klokuur`.
#[pymodule]
mod _klokuur {
    use super::*;

    #[pymodule_export]
    use super::arrow::{arrow_columns, arrow_of_ticks, arrow_of_truths, arrow_ticks};
    #[pymodule_export]
    use super::calendar::PyHolidayCalendar;
    #[pymodule_export]
    use super::columns::{numpy_columns, numpy_floor_microseconds, numpy_in_unit};
    #[pymodule_export]
    use super::nps::{
        PyNps, nps_by_key, nps_by_period, nps_bytes, nps_in_period, nps_of_bytes, nps_of_weights,
        nps_required_answers, nps_trend,
    };
    #[pymodule_export]
    use super::schedule::PySchedule;
    #[pymodule_export]
    use super::time::{nanoseconds_of, nanoseconds_of_amount};

    /// The version of the library.
    #[pyfunction]
    #[pyo3(signature = () -> "str")]
    fn version() -> &'static str {
        env!("CARGO_PKG_VERSION")
    }
}
