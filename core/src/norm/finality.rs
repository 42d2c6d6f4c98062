//! When a week's numbers stop changing (RULES N1).

use crate::names::names;
use crate::time::{Moment, Zone};
use chrono::{DateTime, Datelike, Days, NaiveDate, Utc, Weekday};

use crate::week::IsoWeek;

names! {
    /// Whether the numbers of a week can still change.
    ///
    /// ```
    /// # use chrono::{DateTime, Utc, Weekday};
    /// # use klokuur::norm::is_final_at;
    /// # use klokuur::{IsoWeek, Zone};
    /// let (week, zone): (IsoWeek, Zone) = ("2026-W10".parse()?, "Europe/Amsterdam".parse()?);
    /// let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
    /// // The week ends on Sunday 8 March; it is final on Wednesday.
    /// assert!(!is_final_at(week, None, zone, Weekday::Wed, at("2026-03-10T12:00:00Z")));
    /// assert!(is_final_at(week, None, zone, Weekday::Wed, at("2026-03-11T12:00:00Z")));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub enum Finality: "finality" {
        /// They can: strikes and the score do not take them yet.
        Provisional = "provisional",
        /// They cannot.
        Final = "final",
    }
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
    zone: impl Into<Zone>,
    final_on: Weekday,
) -> DateTime<Utc> {
    let zone = zone.into();
    let end = week.succ().monday();
    let first = match &last_deadline {
        Some(deadline) => end.max(zone.date_of(*deadline)),
        None => end,
    };
    // N1: days to the next such weekday; none when it is one.
    let to_wait = (7 + final_on.num_days_from_monday() - first.weekday().num_days_from_monday()) % 7;
    let candidate = plus_days(first, u64::from(to_wait));
    let at = zone.start_of(candidate).to_utc();
    match last_deadline {
        // The deadline falls later on that very day.
        Some(deadline) if at < deadline => zone.start_of(plus_days(candidate, 7)).to_utc(),
        _ => at,
    }
}

/// Whether a week is final at `now`: see [`final_from`].
pub fn is_final_at<M: Moment>(
    week: IsoWeek,
    last_deadline: Option<DateTime<Utc>>,
    zone: impl Into<Zone>,
    final_on: Weekday,
    now: M,
) -> bool {
    now.utc() >= final_from(week, last_deadline, zone, final_on)
}

fn plus_days(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}
