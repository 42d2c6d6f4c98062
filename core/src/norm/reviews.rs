//! The review grade's period: three months, or all time when there are too few (RULES P3, norm REVIEWS).

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{REVIEWS, WeekNumbers};
use crate::error::{KlokuurError, Result};
use crate::rulebook::NormRule;
use crate::time::CalendarDate;
use crate::week::IsoWeek;

/// The reviews that a review grade is the mean of.
///
/// ```
/// # use chrono::NaiveDate;
/// # use klokuur::{Rulebook, norm::review_period};
/// let rules = Rulebook::bol();
/// let on = |text: &str| text.parse::<NaiveDate>().unwrap();
/// let period = review_period(rules.norm("reviews")?, &[(on("2026-06-01"), 8), (on("2024-06-01"), 4)], on("2026-06-30"))?;
/// assert!(period.all_time); // fewer than five in three months: all count
/// assert_eq!((period.count, period.grade()), (2, Some(6.0)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewPeriod {
    /// The sum of the grades.
    pub sum: u64,
    /// How many there are; 0 is no grade.
    pub count: u64,
    /// Whether all reviews ever count, because the period has too few.
    pub all_time: bool,
    /// The last day counted.
    pub until: NaiveDate,
}

impl ReviewPeriod {
    /// The mean, for display; none without reviews.
    pub fn grade(&self) -> Option<f64> {
        if self.count == 0 { None } else { Some(self.sum as f64 / self.count as f64) }
    }

    /// The numbers of the norm REVIEWS, in the week of the last day counted.
    pub fn numbers(&self) -> WeekNumbers {
        let sum = i64::try_from(self.sum).unwrap_or(i64::MAX);
        WeekNumbers::new(REVIEWS, IsoWeek::of(self.until), sum, self.count)
    }
}

/// Which reviews count on a day: those of the rule's months up to and including it, or all up to it when there are
/// fewer than the rule asks for.
///
/// ```
/// # use chrono::NaiveDate;
/// # use klokuur::{Rulebook, norm::review_period};
/// let day = |m, d| NaiveDate::from_ymd_opt(2026, m, d).unwrap();
/// let rules = Rulebook::bol();
/// let period = review_period(rules.norm("reviews")?, &[(day(1, 5), 10), (day(6, 1), 8)], day(6, 30))?;
/// assert!(period.all_time); // one review in three months is fewer than five
/// assert_eq!(period.grade(), Some(9.0));
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
///
/// # Errors
/// - a grade that is not 1 to 10; the row is named
pub fn review_period(
    rule: &NormRule,
    reviews: &[(impl CalendarDate, u8)],
    on: impl CalendarDate,
) -> Result<ReviewPeriod> {
    let until = on.naive();
    // From the day after, so that three months up to 30 June are April to June and not 31 March too.
    let months = Months::new(rule.period_months.unwrap_or(0));
    let first = until.succ_opt().and_then(|next| next.checked_sub_months(months)).unwrap_or(NaiveDate::MIN);
    let (mut recent, mut ever) = ((0_u64, 0_u64), (0_u64, 0_u64));
    for (row, (date, grade)) in reviews.iter().enumerate() {
        if !(1..=10).contains(grade) {
            return Err(KlokuurError::Row {
                row,
                problem: Box::new(KlokuurError::OutOfRange {
                    what: "review grade",
                    given: grade.to_string(),
                    accepted: "1 to 10".into(),
                }),
            });
        }
        let date = date.naive();
        if date > until {
            continue;
        }
        ever = (ever.0 + u64::from(*grade), ever.1 + 1);
        if date >= first || rule.period_months.is_none() {
            recent = (recent.0 + u64::from(*grade), recent.1 + 1);
        }
    }
    let all_time = rule.all_time_below.is_some_and(|least| recent.1 < u64::from(least));
    let (sum, count) = if all_time { ever } else { recent };
    Ok(ReviewPeriod { sum, count, all_time, until })
}
