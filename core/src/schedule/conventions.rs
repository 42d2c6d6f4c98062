//! The questions that the field splits on, each a typed option (DESIGN section 3).

use crate::names::names;
use std::fmt;

names! {
    /// What is due when a budget ends exactly at closing time.
    ///
    /// ```
    /// # use chrono::{DateTime, Utc};
    /// # use klokuur::schedule::{BudgetEnd, Conventions};
    /// # use klokuur::{BusinessDuration, Schedule};
    /// let office = Schedule::parse_in("Mo-Fr 09:00-17:00", "UTC")?;
    /// let start: DateTime<Utc> = "2026-03-13T16:00:00Z".parse()?; // an hour before the weekend
    /// let hour = BusinessDuration::hours(1);
    /// assert_eq!(office.add(start, hour)?.to_string(), "2026-03-13 17:00:00 UTC");
    /// let next = office.with_conventions(Conventions::default().with_budget_end(BudgetEnd::AtNextOpen));
    /// assert_eq!(next.add(start, hour)?.to_string(), "2026-03-16 09:00:00 UTC");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[derive(Default)]
    pub enum BudgetEnd: "budget end" {
        /// Due at the closing instant: Fri 16:00 + 1 h with closing at 17:00 is Fri 17:00 (RULES C3).
        #[default]
        AtClose = "at_close",
        /// Due at the next opening: Mon 09:00.
        AtNextOpen = "at_next_open",
    }
}

names! {
    /// Where a budget of zero ends.
    ///
    /// ```
    /// # use chrono::{DateTime, Utc};
    /// # use klokuur::schedule::{Conventions, ZeroBudget};
    /// # use klokuur::{BusinessDuration, Schedule};
    /// let office = Schedule::parse_in("Mo-Fr 09:00-17:00", "UTC")?;
    /// let saturday: DateTime<Utc> = "2026-03-14T12:00:00Z".parse()?;
    /// assert_eq!(office.add(saturday, BusinessDuration::ZERO)?, saturday);
    /// let open = office.with_conventions(Conventions::default().with_zero_budget(ZeroBudget::NextOpen));
    /// assert_eq!(open.add(saturday, BusinessDuration::ZERO)?.to_string(), "2026-03-16 09:00:00 UTC");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[derive(Default)]
    pub enum ZeroBudget: "zero budget" {
        /// At the start itself, unchanged, open or not.
        #[default]
        Start = "start",
        /// At the next open instant: the start itself when that is open.
        NextOpen = "next_open",
    }
}

names! {
    /// Where an opening or closing goes that falls in a gap of the wall clock (spring).
    ///
    /// ```
    /// # use klokuur::Schedule;
    /// # use klokuur::schedule::{Conventions, GapBoundary};
    /// // On 29 March 2026 the clocks go from 02:00 to 03:00.
    /// let night = Schedule::parse_in("02:30-05:00", "Europe/Amsterdam")?;
    /// let shifted = night.with_conventions(Conventions::default().with_gap(GapBoundary::ShiftForward));
    /// let day = |at: &str| at.parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    /// let (from, to) = (day("2026-03-28T23:00:00Z"), day("2026-03-29T22:00:00Z"));
    /// assert_eq!(night.between(from, to)?.as_minutes(), 120); // from the gap's edge, 03:00
    /// assert_eq!(shifted.between(from, to)?.as_minutes(), 90); // from 03:30
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[derive(Default)]
    pub enum GapBoundary: "boundary in a gap" {
        /// To the gap's edge: 02:30 becomes the instant at which the clock jumps from 02:00 to 03:00 (RULES C4).
        #[default]
        Edge = "edge",
        /// Later by the length of the gap: 02:30 becomes 03:30.
        ShiftForward = "shift_forward",
    }
}

names! {
    /// Which instant an opening or closing means that the wall clock shows twice (autumn).
    ///
    /// ```
    /// # use klokuur::Schedule;
    /// # use klokuur::schedule::{Conventions, FoldBoundary};
    /// // On 25 October 2026 the clocks show 02:00 to 03:00 twice.
    /// let night = Schedule::parse_in("02:30-05:00", "Europe/Amsterdam")?;
    /// let later = night.with_conventions(Conventions::default().with_fold(FoldBoundary::Later));
    /// let day = |at: &str| at.parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    /// let (from, to) = (day("2026-10-24T22:00:00Z"), day("2026-10-25T23:00:00Z"));
    /// assert_eq!(night.between(from, to)?.as_minutes(), 210);
    /// assert_eq!(later.between(from, to)?.as_minutes(), 150);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[derive(Default)]
    pub enum FoldBoundary: "boundary in a fold" {
        /// The first of the two (RULES C4).
        #[default]
        Earlier = "earlier",
        /// The second of the two.
        Later = "later",
    }
}

names! {
    /// What a holiday takes from a shift that crosses midnight.
    ///
    /// ```
    /// # use chrono::NaiveDate;
    /// # use klokuur::schedule::{Conventions, HolidayShift};
    /// # use klokuur::{HolidayCalendar, Schedule};
    /// let night = Schedule::parse_in("22:00-06:00", "Europe/Amsterdam")?.with_holidays(HolidayCalendar::netherlands())?;
    /// let kings_day: NaiveDate = "2026-04-27".parse()?;
    /// assert_eq!(night.day(kings_day)?.open[0].to_string(), "24:00-30:00"); // what is left after midnight
    /// let whole = night.with_conventions(Conventions::default().with_holiday_shift(HolidayShift::WholeShift));
    /// assert!(whole.day(kings_day)?.open.is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[derive(Default)]
    pub enum HolidayShift: "holiday shift" {
        /// The holiday's 00:00–24:00 is cut out: the evening before ends at 00:00, and a shift that starts on the holiday
        /// keeps its part after 24:00.
        #[default]
        CutOut = "cut_out",
        /// The shift that starts on the holiday is dropped as a whole, and the shift of the evening before is left whole.
        WholeShift = "whole_shift",
    }
}

names! {
    /// What `between(a, b)` gives when `b` lies before `a`.
    ///
    /// ```
    /// # use chrono::{DateTime, Utc};
    /// # use klokuur::schedule::{Backwards, Conventions};
    /// # use klokuur::{BusinessDuration, Schedule};
    /// let office = Schedule::parse_in("24/7", "UTC")?;
    /// let (from, to): (DateTime<Utc>, DateTime<Utc>) = ("2026-03-13T16:00:00Z".parse()?, "2026-03-13T15:00:00Z".parse()?);
    /// assert_eq!(office.between(from, to)?, BusinessDuration::hours(-1));
    /// let zero = office.with_conventions(Conventions::default().with_backwards(Backwards::Zero));
    /// assert!(zero.between(from, to)?.is_zero());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[derive(Default)]
    pub enum Backwards: "answer backwards" {
        /// The exact negative of `between(b, a)`.
        #[default]
        Mirror = "mirror",
        /// Zero.
        Zero = "zero",
    }
}

names! {
    /// Which schedule a clock that already runs follows when the schedule changes under it.
    ///
    /// ```
    /// # use klokuur::schedule::ScheduleChange;
    /// assert_eq!(ScheduleChange::default(), ScheduleChange::PerSegment);
    /// ```
    #[derive(Default)]
    pub enum ScheduleChange: "schedule change" {
        /// Each segment of time by the schedule then in force.
        #[default]
        PerSegment = "per_segment",
        /// The whole clock by the schedule in force when it started.
        AsOfStart = "as_of_start",
        /// The whole clock by the newest schedule, also for the time before the change.
        Retroactive = "retroactive",
    }
}

/// The conventions of a schedule: every choice that others make differently, named (DESIGN section 3).
///
/// ```
/// # use klokuur::schedule::{BudgetEnd, Conventions, GapBoundary};
/// let pandas_like = Conventions::default().with_budget_end(BudgetEnd::AtNextOpen);
/// assert_eq!(pandas_like.gap, GapBoundary::Edge);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields, default)
)]
pub struct Conventions {
    /// A budget that ends exactly at closing. Default: due at the closing instant (RULES C3).
    pub budget_end: BudgetEnd,
    /// A budget of zero. Default: the start unchanged (ours).
    pub zero_budget: ZeroBudget,
    /// An opening or closing inside a gap of the wall clock. Default: the gap's edge (RULES C4).
    pub gap: GapBoundary,
    /// An opening or closing that the wall clock shows twice. Default: the earlier instant (RULES C4).
    pub fold: FoldBoundary,
    /// A shift across midnight that meets a holiday. Default: the holiday's 00:00–24:00 is cut out (RULES C1).
    pub holiday_shift: HolidayShift,
    /// `between` with the later instant first. Default: the exact mirror (ours).
    pub backwards: Backwards,
}

impl Conventions {
    /// The same with another answer for a budget that ends exactly at closing.
    #[must_use]
    pub const fn with_budget_end(mut self, budget_end: BudgetEnd) -> Self {
        self.budget_end = budget_end;
        self
    }

    /// The same with another answer for a budget of zero.
    #[must_use]
    pub const fn with_zero_budget(mut self, zero_budget: ZeroBudget) -> Self {
        self.zero_budget = zero_budget;
        self
    }

    /// The same with another place for boundaries inside a gap.
    #[must_use]
    pub const fn with_gap(mut self, gap: GapBoundary) -> Self {
        self.gap = gap;
        self
    }

    /// The same with another reading of boundaries that occur twice.
    #[must_use]
    pub const fn with_fold(mut self, fold: FoldBoundary) -> Self {
        self.fold = fold;
        self
    }

    /// The same with another treatment of night shifts that meet a holiday.
    #[must_use]
    pub const fn with_holiday_shift(mut self, holiday_shift: HolidayShift) -> Self {
        self.holiday_shift = holiday_shift;
        self
    }

    /// The same with another result for `between` backwards.
    #[must_use]
    pub const fn with_backwards(mut self, backwards: Backwards) -> Self {
        self.backwards = backwards;
        self
    }

    /// A text for fingerprints: the names that serde writes, which are the contract of all languages.
    pub(super) fn canonical(&self) -> String {
        let Self { budget_end, zero_budget, gap, fold, holiday_shift, backwards } = self;
        let choices: [(&str, &dyn fmt::Debug); 6] = [
            ("budget_end", budget_end),
            ("zero_budget", zero_budget),
            ("gap", gap),
            ("fold", fold),
            ("holiday_shift", holiday_shift),
            ("backwards", backwards),
        ];
        let named = choices.map(|(name, choice)| format!("\"{name}\":\"{}\"", snake_case(choice)));
        format!("{{{}}}", named.join(","))
    }
}

/// The name of a variant as serde writes it.
fn snake_case(variant: &dyn fmt::Debug) -> String {
    let mut name = String::new();
    for letter in format!("{variant:?}").chars() {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}

#[cfg(all(test, feature = "documents"))]
mod tests {
    use super::*;

    #[test]
    fn c5_fingerprints_know_conventions_by_the_names_that_serde_writes() {
        let others = Conventions {
            budget_end: BudgetEnd::AtNextOpen,
            zero_budget: ZeroBudget::NextOpen,
            gap: GapBoundary::ShiftForward,
            fold: FoldBoundary::Later,
            holiday_shift: HolidayShift::WholeShift,
            backwards: Backwards::Zero,
        };
        for conventions in [Conventions::default(), others] {
            assert_eq!(conventions.canonical(), serde_json::to_string(&conventions).unwrap());
        }
    }
}
