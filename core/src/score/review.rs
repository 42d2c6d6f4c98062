//! The review grade (RULES P3): not a performance score.

use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::norm::{REVIEWS, ReviewPeriod, review_period};
use crate::rulebook::{Ratio, RulesByWeek};
use crate::time::CalendarDate;

/// The review grade, 1 to 10: the mean of three months' reviews, of all reviews when there are fewer than five (RULES
/// P3).
///
/// ```
/// # use klokuur::{Rulebook, score::ReviewGrade};
/// let day = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
/// let reviews = [(day("2025-01-01"), 2), (day("2026-06-01"), 9), (day("2026-06-02"), 10)];
/// let grade = ReviewGrade::on(&Rulebook::bol(), &reviews, day("2026-06-30"))?;
/// assert_eq!((grade.period.all_time, grade.value()), (true, Some(7.0)));
/// assert_eq!(grade.meets_norm(), Some(false));
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewGrade {
    /// The reviews that it is the mean of.
    pub period: ReviewPeriod,
    /// The norm's threshold (8 for bol).
    pub norm: Ratio,
}

impl ReviewGrade {
    /// The grade on a date, of reviews with their dates and grades.
    ///
    /// # Errors
    /// - a rulebook without the norm `reviews`
    /// - a grade that is not 1 to 10; the row is named
    pub fn on<R: RulesByWeek + ?Sized>(
        rules: &R,
        reviews: &[(impl CalendarDate, u8)],
        on: impl CalendarDate,
    ) -> Result<Self> {
        let rule = rules.rules_on(on.naive())?.norm(REVIEWS)?;
        Ok(Self { period: review_period(rule, reviews, on)?, norm: rule.threshold })
    }

    /// The mean, for display; none without reviews.
    pub fn value(&self) -> Option<f64> {
        self.period.grade()
    }

    /// Whether the mean is at least the norm, compared exactly; none without reviews.
    pub fn meets_norm(&self) -> Option<bool> {
        let sum = i64::try_from(self.period.sum).unwrap_or(i64::MAX);
        (self.period.count > 0).then(|| self.norm.compare_fraction(sum, self.period.count).is_ge())
    }
}
