//! The course of an NPS over periods.

use crate::normal::two_tails;
use serde::{Deserialize, Serialize};

use super::tally::Nps;
use super::trinomial::Trinomial;
use crate::period::Period;

/// The NPS of one period.
///
/// ```
/// # use chrono::{DateTime, Utc};
/// # use klokuur::{Zone, nps::nps_by_week};
/// let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap().timestamp_micros();
/// let zone: Zone = "Europe/Amsterdam".parse()?;
/// let weeks = nps_by_week(zone, &[at("2026-03-09T12:00:00Z"), at("2026-03-24T12:00:00Z")], &[10, 3])?;
/// assert_eq!(weeks.len(), 3); // the week without answers keeps its place
/// assert_eq!(weeks[0].week().map(|week| week.to_string()).as_deref(), Some("2026-W11"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NpsPeriod {
    /// The dates, both ends included.
    pub period: Period,
    /// The answers of these dates.
    pub nps: Nps,
}

/// A straight line through the NPS of consecutive periods, and a test of its slope.
///
/// Method: Mantel's test for linear association (N. Mantel 1963, *JASA* 58, 690–700). Every answer counts +1, 0 or
/// −1 at the number of its period; the slope is the least-squares slope over all answers, so periods weigh by
/// their answers, and `z = r √(n − 1)`. A period without answers keeps its place and has no weight.
///
/// ```
/// # use klokuur::nps::{Nps, NpsTrend};
/// let months = [Nps::from_counts(40, 40, 20)?, Nps::from_counts(50, 35, 15)?, Nps::from_counts(60, 30, 10)?];
/// let trend = NpsTrend::of(&months).expect("answers in two periods or more");
/// assert!((trend.points_per_period - 15.0).abs() < 1e-9);
/// assert!(trend.p_two_sided < 0.05);
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NpsTrend {
    /// Periods with answers.
    pub periods: u32,
    /// All answers.
    pub answers: u64,
    /// The slope: points per period; positive when the NPS rises.
    pub points_per_period: f64,
    /// The test statistic; same sign as the slope.
    pub z: f64,
    /// Probability of a slope at least this steep, up or down, if the true NPS never changed.
    pub p_two_sided: f64,
}

impl NpsTrend {
    /// The trend over periods in order; none when fewer than two periods have answers.
    pub fn of(periods: &[Nps]) -> Option<Self> {
        let filled = periods.iter().filter(|nps| !nps.is_empty()).count();
        // Q4: a line needs two points.
        if filled < 2 {
            return None;
        }
        let total: Nps = periods.iter().copied().sum();
        let all = total.trinomial()?;
        let center = weighted_mean(periods, all.n);
        let (mut xx, mut xy) = (0.0, 0.0);
        for (i, t) in numbered(periods) {
            // Weighted by answers, because a month of 4 answers should not turn the line of a month of 400.
            let x = i - center;
            xx += t.n * x * x;
            xy += t.n * x * (t.mean() - all.mean());
        }
        let yy = all.n * all.variance();
        // All answers alike: a flat line, and nothing to test.
        // n - 1, as the permutation test of a correlation has it: the scores are what they are, and only their order
        // is by chance.
        let z = if yy > 0.0 { xy / (xx * yy).sqrt() * (all.n - 1.0).sqrt() } else { 0.0 };
        Some(Self {
            periods: u32::try_from(filled).unwrap_or(u32::MAX),
            answers: total.answers(),
            points_per_period: 100.0 * xy / xx,
            z,
            p_two_sided: two_tails(z),
        })
    }

    /// The trend over periods with their dates, such as [`nps_by_week`](super::nps_by_week) gives.
    pub fn of_periods(periods: &[NpsPeriod]) -> Option<Self> {
        Self::of(&periods.iter().map(|p| p.nps).collect::<Vec<_>>())
    }
}

fn numbered(periods: &[Nps]) -> impl Iterator<Item = (f64, Trinomial)> + '_ {
    periods.iter().enumerate().filter_map(|(i, nps)| Some((i as f64, nps.trinomial()?)))
}

fn weighted_mean(periods: &[Nps], n: f64) -> f64 {
    numbered(periods).map(|(i, t)| i * (t.n / n)).sum()
}
