//! Local dates of a zone: where they start, and which there never were.

use chrono::{DateTime, NaiveDate, Utc};

use super::bounds::{DAY, supported_date};
use super::calendar_date::CalendarDate;
use super::changes::Change;
use super::moment::Moment;
use super::zone::Zone;
use crate::error::{KlokuurError, Result};

/// No clock stands farther from UTC than this, in seconds.
const FARTHEST: i64 = 26 * 3600;

impl Zone {
    /// The local date of an instant.
    ///
    /// ```
    /// # use chrono::{TimeZone, Utc};
    /// # use klokuur::Zone;
    /// let amsterdam: Zone = "Europe/Amsterdam".parse()?;
    /// let sunday_night = Utc.with_ymd_and_hms(2026, 3, 15, 23, 30, 0).unwrap();
    /// assert_eq!(amsterdam.date_of(sunday_night).to_string(), "2026-03-16");
    /// # Ok::<(), klokuur::KlokuurError>(())
    /// ```
    pub fn date_of<M: Moment>(self, at: M) -> NaiveDate {
        at.utc().with_timezone(&self).date_naive()
    }

    /// The instant at which a local date starts: the first at which the wall clock shows its midnight or later. That is
    /// the earlier of two midnights where the clocks are put back, and the edge of the gap where they skip midnight.
    ///
    /// ```
    /// # use chrono::NaiveDate;
    /// # use klokuur::Zone;
    /// let cordoba: Zone = "America/Argentina/Cordoba".parse()?;
    /// let start = cordoba.start_of("1991-10-20".parse::<NaiveDate>().unwrap());
    /// assert_eq!(start.to_rfc3339(), "1991-10-20T02:00:00-02:00");
    /// # Ok::<(), klokuur::KlokuurError>(())
    /// ```
    pub fn start_of(self, date: impl CalendarDate) -> DateTime<Self> {
        let utc =
            DateTime::from_timestamp(self.start_second(date.naive()), 0).unwrap_or(DateTime::<Utc>::MAX_UTC);
        utc.with_timezone(&self)
    }

    /// The same in seconds since the Unix epoch.
    pub(crate) fn start_second(self, date: NaiveDate) -> i64 {
        start_of_wall(self, i64::from(date.to_epoch_days()) * DAY)
    }

    /// Whether there was such a date: all but a few that the clocks skipped, such as 2011-12-30 in Samoa.
    pub fn has_date(self, date: impl CalendarDate) -> bool {
        let date = date.naive();
        date.succ_opt().is_none_or(|next| self.start_second(date) < self.start_second(next))
    }

    /// The date, when it is supported and this zone had it (RULES C7).
    pub(crate) fn checked_date(self, what: &'static str, date: NaiveDate) -> Result<NaiveDate> {
        supported_date(what, date)?;
        if self.has_date(date) {
            return Ok(date);
        }
        Err(KlokuurError::InvalidValue {
            what,
            given: date.to_string(),
            accepted: format!("a date that {self} had: its clocks skipped this one"),
        })
    }
}

/// The first instant at which the wall clock shows `wall` or more, both in seconds.
fn start_of_wall(zone: Zone, wall: i64) -> i64 {
    let changes = zone.changes();
    let first = changes.partition_point(|change| change.from <= wall - FARTHEST).saturating_sub(1);
    let mut near = changes.get(first..).unwrap_or_default().iter().peekable();
    while let Some(Change { from, local }) = near.next() {
        let offset = i64::from(local.offset);
        // Its wall clock reaches further than midnight, and that of none before it did.
        if near.peek().is_none_or(|next| next.from.saturating_add(offset) > wall) {
            return (wall - offset).max(*from);
        }
    }
    // Only UTC has no changes.
    wall
}
