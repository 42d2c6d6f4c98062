//! Python bindings of klokuur: lift, one call of the core, lower.

#![allow(clippy::wrong_self_convention, reason = "the names are Python's")]

mod arguments;
mod array;
mod arrow;
mod calendar;
mod columns;
mod domain;
mod error;
mod files;
mod hash;
mod inside;
mod notebook;
mod nps;
mod plain;
mod schedule;
mod time;

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyMapping};

use arguments::{Text, text};
use error::OrRaise;

/// The compiled part of the package `klokuur`.
#[pymodule]
mod _klokuur {
    use super::*;

    #[pymodule_export]
    use super::arrow::{ArrowColumn, arrow_columns, arrow_of_ticks, arrow_of_truths, arrow_ticks};
    #[pymodule_export]
    use super::calendar::PyHolidayCalendar;
    #[pymodule_export]
    use super::columns::{numpy_columns, numpy_floor_microseconds, numpy_in_unit};
    #[pymodule_export]
    use super::domain::backtest::{backtest_events, backtest_log};
    #[pymodule_export]
    use super::domain::case_book::CaseBookCore;
    #[pymodule_export]
    use super::domain::evaluate::{arrow_list, case_columns, evaluate_columns, weeks_of_cases};
    #[pymodule_export]
    use super::domain::exchange::{
        KpiScoresCore, OrderItemCancellationsCore, OrdersCore, PerformanceIndicatorsCore,
        PerformanceStatusCore, RetailerDocumentsCore, ReturnsCore, ShipmentsCore, cancelled_by_customer,
        indicator_checks, indicator_numbers, indicator_verdicts, kpi_numbers, reported_standing,
        return_events, return_starts,
    };
    #[pymodule_export]
    use super::domain::fingerprints::{
        fingerprint_changes, fingerprints_from_text, fingerprints_of, fingerprints_to_text,
    };
    #[pymodule_export]
    use super::domain::insight::{
        case_records, handling_percentile, handling_times, insight_overview, period_between, period_month,
        period_trailing, satisfaction, share_interval, signal_report, subject_overview,
    };
    #[pymodule_export]
    use super::domain::log::{
        LogCore, MappingCore, date_of, joined_texts, log_of_columns, shipped_mappings, whole_number,
        yes_or_no, yes_or_no_accepted,
    };
    #[pymodule_export]
    use super::domain::message::{clean_html, is_reply_address, last_mail_date, mail_policy, may_mail};
    #[pymodule_export]
    use super::domain::norm::{
        join_weeks, judge_weeks, nps_numbers, order_weeks, response_weeks, review_period, week_bears_strike,
        week_final_from, week_forecast, week_value,
    };
    #[pymodule_export]
    use super::domain::order_columns::order_weeks_of_columns;
    #[pymodule_export]
    use super::domain::order_export::{OrderMappingCore, read_orders, read_orders_file};
    #[pymodule_export]
    use super::domain::phone::PhoneHoursCore;
    #[pymodule_export]
    use super::domain::picture::PictureCore;
    #[pymodule_export]
    use super::domain::rulebook::{RulebookCore, RulebookHistoryCore};
    #[pymodule_export]
    use super::domain::score::{review_grade, score_estimate, score_reported};
    #[pymodule_export]
    use super::domain::seller::{picture_of_files, picture_of_tables};
    #[pymodule_export]
    use super::domain::sla::SlaCore;
    #[pymodule_export]
    use super::domain::standards::standards_judge;
    #[pymodule_export]
    use super::domain::standing::{LedgerCore, policy_points, week_judged, weeks_judged, weeks_with_orders};
    #[pymodule_export]
    use super::domain::watch::{NormWatchCore, StandingWatchCore, StandingWatchesCore};
    #[pymodule_export]
    use super::domain::week::{week_dates, week_new, week_of, week_parts, week_plus, week_since};
    #[pymodule_export]
    use super::files::{columns_of_file, run_command};
    #[pymodule_export]
    use super::inside::{after_fork, before_fork};
    #[pymodule_export]
    use super::nps::{
        PyNps, nps_by_key, nps_by_period, nps_bytes, nps_in_period, nps_of_bytes, nps_of_weights,
        nps_required_answers, nps_trend,
    };
    #[pymodule_export]
    use super::schedule::PySchedule;
    #[pymodule_export]
    use super::time::{nanoseconds_of, nanoseconds_of_amount, zone_offsets};

    /// The release of the IANA time zone database by which klokuur reads every zone.
    ///
    /// `zoneinfo` may hold another: an answer is the right instant, displayed by the rules of the zone that was given.
    ///
    /// >>> import klokuur
    /// >>> klokuur.zone_data() >= "2026f"
    /// True
    #[pyfunction]
    #[pyo3(signature = () -> "str")]
    fn zone_data() -> &'static str {
        klokuur::zone_data()
    }

    /// Reads zones from these files from now on, in this whole process: a newer release than the one that comes with klokuur.
    ///
    /// `files` has a name of the IANA database with the bytes of its file (TZif), as they stand in `/usr/share/zoneinfo` or in
    /// the package `tzdata`, for each zone that is to be replaced; all others stay those of the bundled release. It is done
    /// once, before the first zone is named. `zone_data()` tells the choice, and so do all fingerprints.
    ///
    /// >>> import klokuur, tzdata
    /// >>> from importlib.resources import files
    /// >>> vancouver = files("tzdata.zoneinfo") / "America" / "Vancouver"
    /// >>> klokuur.use_zone_data(tzdata.IANA_VERSION, {"America/Vancouver": vancouver.read_bytes()})  # doctest: +SKIP
    #[pyfunction]
    #[pyo3(signature = (release: "str", files: "collections.abc.Mapping[str, bytes]") -> "None")]
    fn use_zone_data(release: Text<'_>, files: &Bound<'_, PyMapping>) -> PyResult<()> {
        let files = files.items()?.iter().map(|item| {
            let (name, bytes) = item.extract::<(Bound<'_, PyAny>, Bound<'_, PyBytes>)>()?;
            Ok((text(&name)?.to_owned(), bytes.as_bytes().to_vec()))
        });
        klokuur::time::use_zone_data(&release, files.collect::<PyResult<Vec<_>>>()?).or_raise()
    }

    /// The version of the library.
    #[pyfunction]
    #[pyo3(signature = () -> "str")]
    fn version() -> &'static str {
        env!("CARGO_PKG_VERSION")
    }
}
