//! What a running week can still take, and what repairs it (RULES N3).

use serde::{Deserialize, Serialize};

use super::result::scale;
use super::{Verdict, WeekResult};
use crate::fingerprints::Fingerprints;
use crate::rulebook::{Direction, NormUnit, Ratio};

/// What a week can still take before it misses its norm, and what repairs it (RULES N3).
///
/// Exact integers. For a norm where more is better a further bad item is a new item; where less is better it is one
/// of the items that are already counted, which is the cautious reading.
///
/// ```
/// # use chrono::{DateTime, Utc};
/// # use klokuur::Rulebook;
/// # use klokuur::norm::{RESPONSE_TIME, WeekNumbers, judge};
/// let now: DateTime<Utc> = "2026-07-09T08:00:00Z".parse()?;
/// let numbers = WeekNumbers::new(RESPONSE_TIME, "2026-W28".parse()?, 97, 100);
/// let forecast = judge(&Rulebook::bol(), &numbers, now)?.forecast();
/// assert!(!forecast.missed && forecast.to_repair == Some(0));
/// // By trying: so many more late answers are a good week, and one more is not.
/// let more = forecast.affordable.ok_or("no limit")?;
/// let missed = |late: u64| {
///     let numbers = WeekNumbers::new(RESPONSE_TIME, "2026-W28".parse().unwrap(), 97, 100 + late);
///     judge(&Rulebook::bol(), &numbers, now).unwrap().forecast().missed
/// };
/// assert!(!missed(more) && missed(more + 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Forecast {
    /// The norm's name in the rulebook.
    pub norm: String,
    /// Whether the week misses the norm as the numbers stand; with a planned total, even if all the rest is good.
    pub missed: bool,
    /// How many more bad items leave the week a good one; 0 when it is already missed, none when any number does.
    pub affordable: Option<u64>,
    /// How many good items in a row make a missed week a good one again; 0 when it is not missed, none when no number
    /// does.
    pub to_repair: Option<u64>,
    /// How many items are still to come by the plan; none without one.
    pub still_to_come: Option<u64>,
    /// What the week was judged by (RULES I5).
    pub fingerprints: Option<Fingerprints>,
    /// Whether bad items are among those already counted, as a cancellation is of an order: where less is better.
    pub(super) takes_counted_items: bool,
    /// Whether there is nothing to judge, now or by the plan.
    pub(super) is_empty: bool,
}

/// The condition "threshold met" as a line: met while `level + bad * per_bad + good * per_good >= 0`.
struct Line {
    level: i128,
    per_bad: i128,
    per_good: i128,
}

impl WeekResult {
    /// How many bad items are still affordable before this is a bad week, and what repairs it, from the numbers so
    /// far.
    ///
    /// ```
    /// # use chrono::{TimeZone, Utc};
    /// # use klokuur::{Rulebook, norm::{judge, WeekNumbers, RESPONSE_TIME}};
    /// let now = Utc.with_ymd_and_hms(2026, 3, 12, 8, 0, 0).unwrap();
    /// let running = WeekNumbers::new(RESPONSE_TIME, "2026-W11".parse()?, 94, 100);
    /// let week = judge(&Rulebook::bol(), &running, now)?;
    /// assert_eq!(
    ///     week.forecast().to_string(),
    ///     "4 more late answers are affordable: one beyond that makes this a bad week"
    /// );
    /// # Ok::<(), klokuur::KlokuurError>(())
    /// ```
    pub fn forecast(&self) -> Forecast {
        let line = self.line();
        let missed = self.verdict == Verdict::Missed;
        let by_count = self.spare_count();
        let affordable = if missed {
            Some(0)
        } else if self.all_may_be_bad() {
            None
        } else {
            largest(line.level, line.per_bad).map(|by_threshold| by_threshold.max(by_count).max(0))
        };
        let to_repair = if missed { smallest(line.level, line.per_good) } else { Some(0) };
        Forecast {
            norm: self.norm.clone(),
            missed,
            affordable: affordable.map(bounded),
            to_repair: to_repair.map(bounded),
            still_to_come: None,
            fingerprints: self.fingerprints.clone(),
            takes_counted_items: self.takes_counted_items(),
            is_empty: false,
        }
    }

    /// The same for a planned total number of items: of those still to come, how many may be bad when all others are
    /// good.
    ///
    /// A total below the items so far counts as the items so far. `to_repair` then says how many good items beyond
    /// the planned total are needed when even a perfect rest leaves the week missed.
    pub fn forecast_for(&self, planned_total: u64) -> Forecast {
        let line = self.line();
        let rest = i128::from(planned_total.saturating_sub(self.denominator));
        let level = line.level.saturating_add(rest.saturating_mul(line.per_good));
        // Where less is better an item of the plan may turn bad without being one more item.
        let (per_bad, most) = match self.takes_counted_items() {
            true => (line.per_bad, i128::MAX),
            false => (line.per_bad - line.per_good, rest),
        };
        let by_count = self.spare_count();
        let no_items = self.denominator == 0 && rest == 0;
        let missed = !no_items && level < 0 && by_count < 0;
        let affordable = if missed {
            Some(0)
        } else if self.all_may_be_bad() {
            None
        } else {
            let by_threshold = largest(level, per_bad).map(|by_threshold| by_threshold.max(by_count).max(0));
            Some(by_threshold.map_or(most, |k| k.min(most)))
        };
        let to_repair = if missed { smallest(level, line.per_good) } else { Some(0) };
        Forecast {
            norm: self.norm.clone(),
            missed,
            affordable: affordable.map(bounded),
            to_repair: to_repair.map(bounded),
            still_to_come: Some(bounded(rest)),
            fingerprints: self.fingerprints.clone(),
            takes_counted_items: self.takes_counted_items(),
            is_empty: no_items,
        }
    }

    /// How many more late answers (bad items) until a bad week: [`Forecast::affordable`] of [`Self::forecast`].
    pub fn affordable(&self) -> Option<u64> {
        self.forecast().affordable
    }

    fn takes_counted_items(&self) -> bool {
        self.unit == NormUnit::Share && self.direction == Direction::AtMost
    }

    /// A share of at most all of them cannot be missed, however many are bad.
    fn all_may_be_bad(&self) -> bool {
        let one = Ratio::whole(1);
        let is_safe = if self.strict { self.threshold > one } else { self.threshold >= one };
        self.takes_counted_items() && is_safe
    }

    /// How many more bad items stay under the count limit; below 0 when it is reached or there is none.
    fn spare_count(&self) -> i128 {
        match (self.count_limit, self.bad) {
            (Some(limit), Some(bad)) => i128::from(limit) - 1 - i128::from(bad),
            _ => -1,
        }
    }

    fn line(&self) -> Line {
        let (p, q) = (i128::from(self.threshold.numerator()), i128::from(self.threshold.denominator()));
        let scale = i128::from(scale(self.unit));
        // How far numerator and denominator lie on the right side of the threshold.
        let side = |numerator: i128, denominator: i128| {
            let above = (numerator * scale).saturating_mul(q).saturating_sub(p.saturating_mul(denominator));
            if self.direction == Direction::AtLeast { above } else { above.saturating_neg() }
        };
        let ((bad_above, bad_under), (good_above, good_under)) = match (self.unit, self.direction) {
            (NormUnit::Share, Direction::AtLeast) => ((0, 1), (1, 1)),
            (NormUnit::Share, Direction::AtMost) => ((1, 0), (0, 1)),
            (NormUnit::Points, Direction::AtLeast) => ((-1, 1), (1, 1)),
            (NormUnit::Points, Direction::AtMost) => ((1, 1), (-1, 1)),
            (NormUnit::Average, Direction::AtLeast) => ((1, 1), (10, 1)),
            (NormUnit::Average, Direction::AtMost) => ((10, 1), (1, 1)),
        };
        Line {
            // Whole numbers: above zero is one or more.
            level: side(i128::from(self.numerator), i128::from(self.denominator)) - i128::from(self.strict),
            per_bad: side(bad_above, bad_under),
            per_good: side(good_above, good_under),
        }
    }
}

/// The largest `k` with `level + k * slope >= 0`; none when every `k` does. Below 0 when no `k` does.
fn largest(level: i128, slope: i128) -> Option<i128> {
    match slope {
        ..0 => Some(level.div_euclid(slope.saturating_neg())),
        // Nothing is above nothing: a share that must be more than 0 is not, whatever comes.
        _ if level < 0 => Some(-1),
        _ => None,
    }
}

/// The smallest `m >= 0` with `level + m * slope >= 0`; none when no `m` does.
fn smallest(level: i128, slope: i128) -> Option<i128> {
    if level >= 0 {
        Some(0)
    } else if slope > 0 {
        Some(level.saturating_neg().saturating_add(slope - 1) / slope)
    } else {
        None
    }
}

fn bounded(count: i128) -> u64 {
    u64::try_from(count).unwrap_or(if count < 0 { 0 } else { u64::MAX })
}
