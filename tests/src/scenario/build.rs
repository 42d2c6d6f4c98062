//! A scenario as klokuur's schedule.

use klokuur::schedule::{
    Backwards, BudgetEnd, Conventions, FoldBoundary, GapBoundary, HolidayShift, ZeroBudget,
};
use klokuur::{KlokuurError, Schedule};

use super::{Part, Scenario, Source};
use crate::oracle::{Ends, Folds, Gaps, Habits};

impl Scenario {
    /// The schedule.
    ///
    /// # Errors
    /// - klokuur refuses it
    pub fn schedule(&self) -> Result<Schedule, KlokuurError> {
        let part = |part: &Part| -> Result<Schedule, KlokuurError> {
            let mut schedule = Schedule::parse(&part.text, self.zone)?;
            if let Some(holidays) = part.holidays.iter().map(Source::calendar).reduce(|a, b| a.union(&b)) {
                schedule = schedule.with_holidays(holidays)?;
            }
            Ok(schedule.with_conventions(conventions(self.rules.habits)))
        };
        self.then
            .iter()
            .try_fold(part(&self.first)?, |schedule, (date, then)| schedule.from(*date, part(then)?))
    }
}

/// The conventions as klokuur has them.
pub fn conventions(habits: Habits) -> Conventions {
    Conventions {
        budget_end: match habits.ends {
            Ends::AtClose => BudgetEnd::AtClose,
            Ends::AtNextOpen => BudgetEnd::AtNextOpen,
        },
        zero_budget: if habits.zero_rolls { ZeroBudget::NextOpen } else { ZeroBudget::Start },
        gap: match habits.gap {
            Gaps::Edge => GapBoundary::Edge,
            Gaps::ShiftForward => GapBoundary::ShiftForward,
        },
        fold: match habits.fold {
            Folds::Earlier => FoldBoundary::Earlier,
            Folds::Later => FoldBoundary::Later,
        },
        holiday_shift: if habits.whole_shifts { HolidayShift::WholeShift } else { HolidayShift::CutOut },
        backwards: if habits.never_negative { Backwards::Zero } else { Backwards::Mirror },
    }
}
