//! When a week's numbers stop changing (RULES N1).

use chrono::{
    DateTime, Datelike, Days, LocalResult, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc, Weekday,
};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::week::IsoWeek;

/// Whether the numbers of a week can still change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finality {
    /// They can: strikes and the score do not take them yet.
    Provisional,
    /// They cannot.
    Final,
}

/// From when on a week is final: the first `final_on` (Wednesday, for bol) at 00:00 local time that is not before the
/// week's end, nor before the last deadline of a case asked in it (RULES N1).
///
/// ```
/// # use chrono::Weekday;
/// # use klokuur::norm::final_from;
/// let zone = chrono_tz::Europe::Amsterdam;
/// let from = final_from("2026-W11".parse()?, None, zone, Weekday::Wed);
/// assert_eq!(from.with_timezone(&zone).to_rfc3339(), "2026-03-18T00:00:00+01:00");
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
pub fn final_from(
    week: IsoWeek,
    last_deadline: Option<DateTime<Utc>>,
    zone: Tz,
    final_on: Weekday,
) -> DateTime<Utc> {
    let end = week.succ().monday();
    let first = match &last_deadline {
        Some(deadline) => end.max(deadline.with_timezone(&zone).date_naive()),
        None => end,
    };
    let to_wait = (7 + final_on.num_days_from_monday() - first.weekday().num_days_from_monday()) % 7;
    let candidate = plus_days(first, u64::from(to_wait));
    let at = local_midnight(candidate, zone);
    match last_deadline {
        // The deadline falls later on that very day.
        Some(deadline) if at < deadline => local_midnight(plus_days(candidate, 7), zone),
        _ => at,
    }
}

/// Whether a week is final at `now`: see [`final_from`].
pub fn is_final_at<Z: TimeZone>(
    week: IsoWeek,
    last_deadline: Option<DateTime<Utc>>,
    zone: Tz,
    final_on: Weekday,
    now: DateTime<Z>,
) -> bool {
    now.with_timezone(&Utc) >= final_from(week, last_deadline, zone, final_on)
}

fn plus_days(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

/// The first instant of a local date. Where the clock jumps over midnight, the first instant after the jump.
pub(crate) fn local_midnight(date: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let midnight = date.and_time(NaiveTime::MIN);
    // No zone has ever skipped more than a day.
    for quarters in 0..=2 * 96 {
        let Some(local) = midnight.checked_add_signed(TimeDelta::minutes(15 * quarters)) else { break };
        match zone.from_local_datetime(&local) {
            LocalResult::Single(t) | LocalResult::Ambiguous(t, _) => return first_of_day(t, quarters, zone),
            LocalResult::None => {}
        }
    }
    midnight.and_utc()
}

/// After a jump, quarters of an hour may overshoot its edge (jumps of odd length): walk back to the edge.
fn first_of_day(found: DateTime<Tz>, quarters: i64, zone: Tz) -> DateTime<Utc> {
    let found_utc = found.with_timezone(&Utc);
    if quarters == 0 {
        return found_utc;
    }
    let date = found.date_naive();
    let (mut before, mut after) = (found_utc - TimeDelta::minutes(15), found_utc);
    while after - before > TimeDelta::seconds(1) {
        let middle = before + TimeDelta::seconds((after - before).num_seconds() / 2);
        if middle.with_timezone(&zone).date_naive() >= date { after = middle } else { before = middle }
    }
    after
}
