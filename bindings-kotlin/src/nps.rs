//! Net Promoter Score.

use klokuur::nps::{self, NO_ANSWER, NpsIntervalMethod};
use klokuur::{KlokuurError as Core, Nps as CoreNps};

use crate::error::Result;
use crate::time::{Instants, Period, signed, unsigned, zone_of};

/// Counted answers to "how likely are you to recommend us", 0 to 10.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Record)]
pub struct Nps {
    /// Scores of 9 and 10.
    pub promoters: i64,
    /// Scores of 7 and 8.
    pub passives: i64,
    /// Scores of 0 to 6.
    pub detractors: i64,
}

/// An exact NPS: `100 × numerator / denominator` points.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct NpsScore {
    /// Promoters minus detractors.
    pub numerator: i64,
    /// The number of answers.
    pub denominator: i64,
    /// The value in points, −100 to 100.
    pub points: f64,
    /// The value as text with one decimal.
    pub text: String,
}

/// The three groups as shares of all answers.
#[derive(Debug, Clone, Copy, PartialEq, uniffi::Record)]
pub struct NpsShares {
    /// Share of promoters, 0 to 1.
    pub promoters: f64,
    /// Share of passives, 0 to 1.
    pub passives: f64,
    /// Share of detractors, 0 to 1.
    pub detractors: f64,
}

/// How an interval is calculated.
#[uniffi::remote(Enum)]
pub enum NpsIntervalMethod {
    /// Adjusted Wald: the default, right for few answers too.
    AdjustedWald,
    /// Wald: what most dashboards show; too narrow for few answers.
    Wald,
    /// Score: exact about the shares, slower.
    Score,
}

/// A confidence interval in points.
#[derive(Debug, Clone, Copy, PartialEq, uniffi::Record)]
pub struct NpsInterval {
    /// Lower end, in points.
    pub low: f64,
    /// Upper end, in points.
    pub high: f64,
    /// The confidence level, as 0.95.
    pub confidence: f64,
    /// How it was calculated.
    pub method: NpsIntervalMethod,
}

/// The difference of two NPS values, with a test and an interval.
#[derive(Debug, Clone, Copy, PartialEq, uniffi::Record)]
pub struct NpsComparison {
    /// This score minus the other, in points: positive when this one is higher.
    pub difference: f64,
    /// The test statistic.
    pub z: f64,
    /// Probability of so large a difference in either direction if both true scores are equal.
    pub p_two_sided: f64,
    /// Small when this score is higher.
    pub p_higher: f64,
    /// Small when this score is lower.
    pub p_lower: f64,
    /// Lower end of the interval of the difference.
    pub low: f64,
    /// Upper end of the interval of the difference.
    pub high: f64,
    /// The confidence level of the interval.
    pub confidence: f64,
}

/// Counts with all that belongs beside them.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct NpsSummary {
    /// The answers.
    pub nps: Nps,
    /// All answers.
    pub answers: i64,
    /// The exact score; none without answers.
    pub score: Option<NpsScore>,
    /// The three shares; none without answers.
    pub shares: Option<NpsShares>,
    /// Standard error in points; none without answers.
    pub standard_error: Option<f64>,
    /// The adjusted Wald interval; none without answers.
    pub interval: Option<NpsInterval>,
    /// Whether there are fewer answers than the guideline asks for.
    pub below_guideline: bool,
}

impl From<nps::NpsSummary> for NpsSummary {
    fn from(summary: nps::NpsSummary) -> Self {
        Self {
            nps: Nps {
                promoters: signed(summary.promoters),
                passives: signed(summary.passives),
                detractors: signed(summary.detractors),
            },
            answers: signed(summary.answers),
            score: summary.score.map(score),
            shares: summary.shares.map(shares),
            standard_error: summary.standard_error,
            interval: summary.interval.map(interval),
            below_guideline: summary.below_guideline,
        }
    }
}

/// The trend over periods.
#[derive(Debug, Clone, Copy, PartialEq, uniffi::Record)]
pub struct NpsTrend {
    /// Periods with answers.
    pub periods: i64,
    /// Answers in all.
    pub answers: i64,
    /// Points a period.
    pub points_per_period: f64,
    /// The test statistic.
    pub z: f64,
    /// Small when there is a trend.
    pub p_two_sided: f64,
}

/// The NPS of one key: a subject, an item, an area.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct NpsGroup {
    /// The key.
    pub key: String,
    /// Its answers.
    pub nps: Nps,
}

/// The NPS of one period.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct NpsPeriod {
    /// The dates.
    pub period: Period,
    /// Its answers.
    pub nps: Nps,
}

/// An NPS of weighted answers.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct WeightedNps {
    /// The number of answers.
    pub answers: i64,
    /// As many equally weighted answers would be as precise.
    pub effective_answers: f64,
    /// The score in points; none without weight.
    pub points: Option<f64>,
    /// The shares; none without weight.
    pub shares: Option<NpsShares>,
    /// Standard error in points; none without weight.
    pub standard_error: Option<f64>,
    /// The interval; none without weight.
    pub interval: Option<NpsInterval>,
}

impl Nps {
    pub(crate) fn core(self) -> Result<CoreNps> {
        let count = |count| unsigned("count of NPS answers", count);
        Ok(CoreNps::from_counts(count(self.promoters)?, count(self.passives)?, count(self.detractors)?)?)
    }
}

impl From<CoreNps> for Nps {
    fn from(nps: CoreNps) -> Self {
        Self {
            promoters: signed(nps.promoters()),
            passives: signed(nps.passives()),
            detractors: signed(nps.detractors()),
        }
    }
}

fn score(score: nps::NpsScore) -> NpsScore {
    NpsScore {
        numerator: score.numerator(),
        denominator: signed(score.denominator()),
        points: score.points(),
        text: score.to_string(),
    }
}

fn shares(shares: nps::NpsShares) -> NpsShares {
    NpsShares { promoters: shares.promoters, passives: shares.passives, detractors: shares.detractors }
}

fn interval(interval: nps::NpsInterval) -> NpsInterval {
    NpsInterval {
        low: interval.low,
        high: interval.high,
        confidence: interval.confidence,
        method: interval.method,
    }
}

fn groups(groups: Vec<nps::NpsGroup>) -> Vec<NpsGroup> {
    groups.into_iter().map(|group| NpsGroup { key: group.key, nps: group.nps.into() }).collect()
}

fn periods(periods: Vec<nps::NpsPeriod>) -> Vec<NpsPeriod> {
    periods.into_iter().map(|p| NpsPeriod { period: p.period.into(), nps: p.nps.into() }).collect()
}

/// Scores as a column; a score that is not 0 to 10 is refused with its row.
fn column(scores: &[Option<i32>]) -> Result<Vec<u8>> {
    CoreNps::from_scores(scores.iter().map(|score| score.unwrap_or(0)))?;
    let score = |score: &Option<i32>| score.and_then(|score| u8::try_from(score).ok()).unwrap_or(NO_ANSWER);
    Ok(scores.iter().map(score).collect())
}

#[uniffi::export]
impl Nps {
    /// The number of answers.
    pub fn answers(&self) -> Result<i64> {
        Ok(signed(self.core()?.answers()))
    }

    /// Both together.
    ///
    /// # Errors
    /// - a count below 0 or above 10^15
    pub fn plus(&self, other: Nps) -> Result<Nps> {
        Ok(self.core()?.merge(other.core()?).into())
    }

    /// The exact score; none without answers.
    ///
    /// # Errors
    /// - a count below 0 or above 10^15
    pub fn score(&self) -> Result<Option<NpsScore>> {
        Ok(self.core()?.score().map(score))
    }

    /// The three shares; none without answers.
    ///
    /// # Errors
    /// - a count below 0 or above 10^15
    pub fn shares(&self) -> Result<Option<NpsShares>> {
        Ok(self.core()?.shares().map(shares))
    }

    /// The standard error in points; none without answers.
    ///
    /// # Errors
    /// - a count below 0 or above 10^15
    pub fn standard_error(&self) -> Result<Option<f64>> {
        Ok(self.core()?.standard_error())
    }

    /// The confidence interval of the score; none without answers.
    ///
    /// # Errors
    /// - a confidence outside 0.5 to 0.999
    /// - a count below 0 or above 10^15
    #[uniffi::method(default(confidence = 0.95, method = None))]
    pub fn interval(
        &self,
        confidence: f64,
        method: Option<NpsIntervalMethod>,
    ) -> Result<Option<NpsInterval>> {
        let method = method.unwrap_or(NpsIntervalMethod::AdjustedWald);
        Ok(self.core()?.interval_with(confidence, method)?.map(interval))
    }

    /// Compares with the NPS of *other* answers; none when one has no answers.
    ///
    /// # Errors
    /// - a confidence outside the accepted range
    /// - a count below 0 or above 10^15
    #[uniffi::method(default(confidence = 0.95))]
    pub fn compare(&self, other: Nps, confidence: f64) -> Result<Option<NpsComparison>> {
        let comparison = self.core()?.compare(&other.core()?, confidence)?;
        Ok(comparison.map(|c| NpsComparison {
            difference: c.difference,
            z: c.z,
            p_two_sided: c.p_two_sided,
            p_higher: c.p_higher,
            p_lower: c.p_lower,
            low: c.low,
            high: c.high,
            confidence: c.confidence,
        }))
    }
}

/// Counts whole scores from 0 to 10.
///
/// # Errors
/// - a score below 0 or above 10: the message names its row
#[uniffi::export]
pub fn nps_from_scores(scores: &[i32]) -> Result<Nps> {
    Ok(CoreNps::from_scores(scores.iter().copied())?.into())
}

/// Counts weighted scores; weights say how much an answer stands for.
///
/// # Errors
/// - lists of different lengths
/// - a score below 0 or above 10, or a weight that is negative or not finite: the message names its row
/// - a confidence outside the accepted range
#[uniffi::export(default(confidence = 0.95))]
pub fn weighted_nps(scores: &[i32], weights: &[f64], confidence: f64) -> Result<WeightedNps> {
    let nps = same_length("NPS scores and weights", scores.len(), weights.len()).and_then(|()| {
        Ok(nps::WeightedNps::from_scores(scores.iter().copied().zip(weights.iter().copied()))?)
    })?;
    Ok(WeightedNps {
        answers: signed(nps.answers()),
        effective_answers: nps.effective_answers(),
        points: nps.points(),
        shares: nps.shares().map(shares),
        standard_error: nps.standard_error(),
        interval: nps.interval(confidence)?.map(interval),
    })
}

/// How many answers the margin (half the width of the interval, in points) needs; with the shares left out, whatever
/// they are.
///
/// # Errors
/// - a margin, confidence or share outside its accepted range
/// - only one of the two shares
#[uniffi::export(default(confidence = 0.95, promoter_share = None, detractor_share = None))]
pub fn nps_required_answers(
    margin: f64,
    confidence: f64,
    promoter_share: Option<f64>,
    detractor_share: Option<f64>,
) -> Result<i64> {
    let answers = match (promoter_share, detractor_share) {
        (None, None) => nps::required_answers(margin, confidence)?,
        (promoters, detractors) => nps::required_answers_for(
            margin,
            confidence,
            promoters.unwrap_or(f64::NAN),
            detractors.unwrap_or(f64::NAN),
        )?,
    };
    Ok(signed(answers))
}

/// The trend over periods in order; none when there is nothing to compare.
///
/// # Errors
/// - a count below 0 or above 10^15
#[uniffi::export]
pub fn nps_trend(periods: &[Nps]) -> Result<Option<NpsTrend>> {
    let periods = periods.iter().map(|nps| nps.core()).collect::<Result<Vec<_>>>()?;
    Ok(nps::NpsTrend::of(&periods).map(|t| NpsTrend {
        periods: t.periods.into(),
        answers: signed(t.answers),
        points_per_period: t.points_per_period,
        z: t.z,
        p_two_sided: t.p_two_sided,
    }))
}

/// The NPS of the answers whose date in a zone lies in a period; a score that is missing is left out.
///
/// # Errors
/// - lists of different lengths
/// - a score below 0 or above 10: the message names its row
/// - a zone that is not in the time zone database
/// - a period that ends before it starts
#[uniffi::export]
pub fn nps_in(period: Period, zone: &str, at: Instants, scores: &[Option<i32>]) -> Result<Nps> {
    Ok(nps::nps_in(period.core()?, zone_of(zone)?, &at.microseconds(), &column(scores)?)?.into())
}

/// The NPS of every ISO week from the first answer to the last.
///
/// # Errors
/// - lists of different lengths
/// - a score below 0 or above 10, an instant outside 1900 to 2100: the message names its row
/// - a zone that is not in the time zone database
#[uniffi::export]
pub fn nps_by_week(zone: &str, at: Instants, scores: &[Option<i32>]) -> Result<Vec<NpsPeriod>> {
    Ok(periods(nps::nps_by_week(zone_of(zone)?, &at.microseconds(), &column(scores)?)?))
}

/// The NPS of every calendar month from the first answer to the last.
///
/// # Errors
/// - lists of different lengths
/// - a score below 0 or above 10, an instant outside 1900 to 2100: the message names its row
/// - a zone that is not in the time zone database
#[uniffi::export]
pub fn nps_by_month(zone: &str, at: Instants, scores: &[Option<i32>]) -> Result<Vec<NpsPeriod>> {
    Ok(periods(nps::nps_by_month(zone_of(zone)?, &at.microseconds(), &column(scores)?)?))
}

/// The NPS of every key, in the order of the keys.
///
/// # Errors
/// - lists of different lengths
/// - a score below 0 or above 10: the message names its row
#[uniffi::export]
pub fn nps_by_name(scores: &[Option<i32>], keys: &[String]) -> Result<Vec<NpsGroup>> {
    Ok(groups(nps::nps_by_name(&column(scores)?, keys)?))
}

/// The NPS of every area that the survey asked about.
///
/// # Errors
/// - lists of different lengths
/// - a score below 0 or above 10: the message names its row
#[uniffi::export]
pub fn nps_by_area(areas: &[String], scores: &[Option<i32>]) -> Result<Vec<NpsGroup>> {
    same_length("NPS areas and scores", areas.len(), scores.len())?;
    Ok(groups(nps::NpsAreas::from_answers(areas.iter().zip(column(scores)?))?.groups()))
}

fn same_length(what: &'static str, left: usize, right: usize) -> Result<()> {
    if left == right { Ok(()) } else { Err(Core::LengthMismatch { what, left, right }.into()) }
}
