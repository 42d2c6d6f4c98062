//! The dates that a standard looks at.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::rulebook::StandardPeriod;
use crate::week::IsoWeek;

/// The dates of one judgement, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dates {
    pub(super) from: NaiveDate,
    pub(super) until: NaiveDate,
    /// From when on what is bad counts: later than `from` where a week is held against a mean of weeks.
    pub(super) bad_from: NaiveDate,
    /// Where fewer items than this are in them …
    pub(super) at_least: u32,
    /// … they begin here instead.
    pub(super) else_from: NaiveDate,
}

/// When a standard with an evaluation day was evaluated last, and when it will be next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Evaluations {
    pub(super) last: NaiveDate,
    pub(super) next: NaiveDate,
}

/// The dates of a period, as one stands at the start of `on`: a date counts once it is over (ours).
pub(super) fn dates(period: StandardPeriod, on: NaiveDate) -> Dates {
    let before =
        |date: NaiveDate, days: u32| date.checked_sub_days(Days::new(days.into())).unwrap_or(NaiveDate::MIN);
    let months_before =
        |date: NaiveDate, months: u32| date.checked_sub_months(Months::new(months)).unwrap_or(NaiveDate::MIN);
    let whole = |from, until| Dates { from, until, bad_from: from, at_least: 0, else_from: from };
    // N7: the date itself is still running, so it counts tomorrow.
    let yesterday = before(on, 1);
    let week = IsoWeek::of(on).pred();
    match period {
        StandardPeriod::Days { days } => whole(before(on, days), yesterday),
        // N7: calendar months back from the last whole date: one month before 31 March is 28 February.
        StandardPeriod::RollingMonths { months } => whole(months_before(yesterday, months), yesterday),
        StandardPeriod::Month => {
            let until = before(first_of_month(on), 1);
            whole(first_of_month(until), until)
        }
        StandardPeriod::IsoWeek => whole(week.monday(), week.sunday()),
        StandardPeriod::MeanOfWeeks { weeks } => {
            let back = i32::try_from(weeks.saturating_sub(1)).unwrap_or(0);
            // N7: the bad ones of the last week are held against the mean of all the weeks.
            Dates { bad_from: week.monday(), ..whole(week.plus(-back).monday(), week.sunday()) }
        }
        StandardPeriod::Evaluation { day_of_month, months, at_least, else_months } => {
            let month = first_of_month(evaluations(day_of_month, on).last);
            let from = |months| months_before(month, months);
            Dates { at_least, else_from: from(else_months), ..whole(from(months), before(month, 1)) }
        }
    }
}

/// The evaluation on or before a date, and the next after it.
pub(super) fn evaluations(day_of_month: u32, on: NaiveDate) -> Evaluations {
    let in_month = |first: NaiveDate| first.with_day(day_of_month).unwrap_or(first);
    let this = first_of_month(on);
    let later = this.checked_add_months(Months::new(1)).unwrap_or(this);
    let earlier = this.checked_sub_months(Months::new(1)).unwrap_or(this);
    match in_month(this) <= on {
        true => Evaluations { last: in_month(this), next: in_month(later) },
        false => Evaluations { last: in_month(earlier), next: in_month(this) },
    }
}

fn first_of_month(date: NaiveDate) -> NaiveDate {
    date.with_day(1).unwrap_or(date)
}
