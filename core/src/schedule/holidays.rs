//! The holidays of a calendar as the schedules of one zone see them, found by date.

use std::sync::{Arc, OnceLock};

use crate::time::Zone;
use chrono::NaiveDate;

use crate::calendar::{Fingerprint, Holiday, HolidayCalendar};

/// A calendar in a schedule. All segments that have it share it, and with it what is made of it.
#[derive(Debug)]
pub(super) struct Attached {
    pub(super) calendar: HolidayCalendar,
    /// Made when first needed; a schedule and all that is put together with it have one zone.
    holidays: OnceLock<Arc<ZoneHolidays>>,
    /// Made when first asked for.
    fingerprint: OnceLock<Fingerprint>,
}

impl Attached {
    pub(super) fn new(calendar: HolidayCalendar) -> Arc<Self> {
        Arc::new(Self { calendar, holidays: OnceLock::new(), fingerprint: OnceLock::new() })
    }

    pub(super) fn fingerprint(&self) -> Fingerprint {
        *self.fingerprint.get_or_init(|| self.calendar.fingerprint())
    }

    pub(super) fn holidays(&self, zone: Zone) -> Arc<ZoneHolidays> {
        self.holidays.get_or_init(|| Arc::new(ZoneHolidays::of(&self.calendar, zone))).clone()
    }
}

impl PartialEq for Attached {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other) || self.calendar == other.calendar
    }
}

/// The holidays of the schedule's own zone, and those bound to others.
#[derive(Debug, Default)]
pub(super) struct ZoneHolidays {
    pub(super) own: DatedHolidays,
    pub(super) foreign: Vec<(Zone, DatedHolidays)>,
}

impl ZoneHolidays {
    fn of(calendar: &HolidayCalendar, zone: Zone) -> Self {
        let mut found = Self::default();
        for part in calendar.parts() {
            match part.zone() {
                // C5: holidays stay with their zone: a date there is another stretch of time than the same date here.
                Some(other) if other != zone => found.foreign.push((other, DatedHolidays::of(&part))),
                _ if found.own.is_empty() => found.own = DatedHolidays::of(&part),
                // Both a part without a zone and one bound to the very zone of the schedule.
                _ => found.own = DatedHolidays::of(&own_part(calendar, zone)),
            }
        }
        found
    }
}

/// The holidays without a zone and those bound to `zone`, as one calendar.
fn own_part(calendar: &HolidayCalendar, zone: Zone) -> HolidayCalendar {
    let own = calendar.parts().into_iter().filter(|part| part.zone().is_none_or(|z| z == zone));
    own.reduce(|all, part| all.union(&part)).unwrap_or_default()
}

/// The holidays of the supported years, found by date.
#[derive(Debug, Default)]
pub(crate) struct DatedHolidays {
    calendar: HolidayCalendar,
    /// A bit for each day from [`FIRST_DAY`](Self::FIRST_DAY) on.
    bits: Vec<u64>,
    /// In order of date. Made when first asked for: hours are found by the dates alone, and names cost five times as
    /// much.
    named: OnceLock<Vec<Holiday>>,
}

impl DatedHolidays {
    /// 1899-01-01 in days since 1970: a year before the supported instants, as zones differ.
    const FIRST_DAY: i32 = -25_932;

    fn of(calendar: &HolidayCalendar) -> Self {
        let mut bits = vec![0; 203 * 366 / 64 + 1];
        let dates = years().map_or_else(Vec::new, |(first, last)| calendar.dates_between(first, last));
        for day in dates.into_iter().filter_map(Self::place) {
            if let Some(word) = bits.get_mut(day / 64) {
                *word |= 1 << (day % 64);
            }
        }
        Self { calendar: calendar.clone(), bits, named: OnceLock::new() }
    }

    fn place(date: NaiveDate) -> Option<usize> {
        usize::try_from(date.to_epoch_days() - Self::FIRST_DAY).ok()
    }

    fn is_empty(&self) -> bool {
        self.bits.iter().all(|word| *word == 0)
    }

    pub(super) fn has(&self, date: NaiveDate) -> bool {
        let word = |day: usize| self.bits.get(day / 64).map(|word| word & (1 << (day % 64)));
        Self::place(date).and_then(word).is_some_and(|bit| bit != 0)
    }

    /// All of them, in order of date.
    pub(super) fn all(&self) -> &[Holiday] {
        self.named.get_or_init(|| {
            years().map_or_else(Vec::new, |(first, last)| self.calendar.holidays_between(first, last))
        })
    }

    pub(crate) fn on(&self, date: NaiveDate) -> Option<&Holiday> {
        if !self.has(date) {
            return None;
        }
        let all = self.all();
        all.binary_search_by_key(&date, |holiday| holiday.date).ok().and_then(|at| all.get(at))
    }
}

/// The first and the last date that is looked for.
fn years() -> Option<(NaiveDate, NaiveDate)> {
    Some((NaiveDate::from_ymd_opt(1899, 1, 1)?, NaiveDate::from_ymd_opt(2101, 12, 31)?))
}
