//! As of when, and judged by what.

use chrono::{DateTime, Days, TimeDelta};
use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::fingerprints::Fingerprints;
use crate::names::names;
use crate::rulebook::{Confidence, Rulebook};
use crate::schedule::Schedule;
use crate::time::{Zone, supported_date};
use crate::week::IsoWeek;

/// A log whose last event is older than this says nothing of today: a long weekend is no such age.
const FRESH: TimeDelta = TimeDelta::days(4);
/// A day that is open for all of its hours, as schedules write it.
const WHOLE_DAY: &str = "00:00-24:00";

/// The instant of a picture.
///
/// Shown at [`Picture`](super::Picture).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AsOf {
    /// What the data are called, where that was told.
    pub name: Option<String>,
    /// The instant, in the zone of the rules.
    #[serde(deserialize_with = "crate::time::zoned")]
    pub now: DateTime<Zone>,
    /// The week that runs then.
    pub week: IsoWeek,
    /// When the last event up to then happened; none without one.
    #[serde(default, deserialize_with = "crate::time::zoned_if_any")]
    pub newest_event: Option<DateTime<Zone>>,
    /// How many days ago that is, where it is so long that the log is old: what was done since is not in the picture.
    pub days_old: Option<i64>,
}

impl AsOf {
    pub(super) fn new(
        name: Option<String>,
        now: DateTime<Zone>,
        newest_event: Option<DateTime<Zone>>,
    ) -> Self {
        let age = newest_event.map(|at| now.signed_duration_since(at)).filter(|age| *age > FRESH);
        let week = IsoWeek::of(now.date_naive());
        Self { name, now, week, newest_event, days_old: age.map(|age| age.num_days()) }
    }
}

names! {
    /// What the hours of a clock are called.
    ///
    /// Shown at [`JudgedBy`].
    pub enum CountedIn: "zone of the dates" {
        /// All hours of the days that count (RULES C1).
        ClockHours = "clock_hours",
        /// Some hours of those days, as 09:00 to 17:00 (RULES C9).
        OfficeHours = "office_hours",
    }
}

/// What a picture was judged by.
///
/// ```
/// # use chrono::{DateTime, Utc};
/// # use klokuur::Rulebook;
/// # use klokuur::report::{CountedIn, Picture, SellerData};
/// let now: DateTime<Utc> = "2026-03-16T08:30:00Z".parse()?;
/// let by = Picture::of(&SellerData::of_events([]), &Rulebook::bol(), now)?.judged_by;
/// assert_eq!((by.marketplace.as_str(), by.hours.as_str()), ("bol", "Mo-Fr 00:00-24:00; PH off"));
/// assert_eq!((by.counted_in, by.holidays.as_deref()), (CountedIn::ClockHours, Some("NL")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JudgedBy {
    /// The rulebook of the picture's date.
    pub rulebook: String,
    /// Its marketplace.
    pub marketplace: String,
    /// How sure its values are.
    pub confidence: Confidence,
    /// The hours that count, as schedule text.
    pub hours: String,
    /// Their zone.
    pub zone: Zone,
    /// What those hours are called.
    pub counted_in: CountedIn,
    /// The list of holidays; none without one.
    pub holidays: Option<String>,
    /// The fingerprints of all of it (RULES I5).
    pub fingerprints: Fingerprints,
}

impl JudgedBy {
    pub(super) fn new(
        rules: &Rulebook,
        schedule: &Schedule,
        fingerprints: &Fingerprints,
        now: &DateTime<Zone>,
    ) -> Result<Self> {
        Ok(Self {
            rulebook: rules.name.clone(),
            marketplace: rules.marketplace.clone(),
            confidence: rules.confidence,
            hours: schedule.to_string(),
            zone: schedule.zone(),
            counted_in: counted_in(schedule, now)?,
            holidays: schedule.calendar().map(|calendar| calendar.name().to_owned()),
            fingerprints: fingerprints.clone(),
        })
    }
}

/// Clock hours when every open day of the past fortnight is open for all of its hours.
fn counted_in(schedule: &Schedule, now: &DateTime<Zone>) -> Result<CountedIn> {
    let today = now.with_timezone(&schedule.zone()).date_naive();
    for back in 1..=14 {
        let date =
            today.checked_sub_days(Days::new(back)).filter(|date| supported_date("date", *date).is_ok());
        let Some(date) = date else { break };
        if schedule.day(date)?.open.iter().any(|open| open.to_string() != WHOLE_DAY) {
            return Ok(CountedIn::OfficeHours);
        }
    }
    Ok(CountedIn::ClockHours)
}
