//! Weekly norms and forecasts.

use klokuur::KlokuurError as CoreError;
use klokuur::norm::{self, Finality, MeasuredBy, Verdict};

use crate::error::Result;
use crate::fingerprints::Fingerprints;
use crate::rulebook::{Ratio, Rulebook, ratio};
use crate::time::{Instant, IsoWeek, LocalDate, score, signed, unsigned, zone_of};
use klokuur::rulebook::{Direction, NormUnit};

/// Who measured a week's numbers.
#[uniffi::remote(Enum)]
pub enum MeasuredBy {
    /// This library, from the seller's own log.
    Here,
    /// The marketplace or another system; taken as it is.
    Elsewhere,
}

/// Whether the numbers of a week can still change.
#[uniffi::remote(Enum)]
pub enum Finality {
    /// They can: strikes and the score do not take them yet.
    Provisional,
    /// They cannot.
    Final,
}

/// Whether a week conforms to a norm.
#[uniffi::remote(Enum)]
pub enum Verdict {
    /// It does.
    Conforms,
    /// It does not.
    Missed,
    /// There is nothing to judge.
    NoData,
}

/// The numbers of one norm in one week.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct WeekNumbers {
    /// The norm, by its name in the rulebook or in the Retailer API.
    pub norm: String,
    /// The week that they are of.
    pub week: IsoWeek,
    /// Above the line.
    pub numerator: i64,
    /// Under the line; 0 is no data.
    pub denominator: i64,
    /// The last deadline of a case asked in the week, where the norm has deadlines: not final before it.
    #[uniffi(default = None)]
    pub last_deadline: Option<Instant>,
    /// Whether the marketplace or another system measured them.
    #[uniffi(default = false)]
    pub measured_elsewhere: bool,
    /// What they were counted by; none where it is not known, or no hours decide.
    #[uniffi(default = None)]
    pub fingerprints: Option<Fingerprints>,
    /// The norm's own value of that week where it came with the data, as text: `93 %`. It wins over the rulebook's.
    #[uniffi(default = None)]
    pub norm_value: Option<String>,
    /// Whether the marketplace excuses the week for this norm: it is judged, and no strike comes of it.
    #[uniffi(default = false)]
    pub excused: bool,
}

impl WeekNumbers {
    pub(crate) fn core(&self) -> Result<norm::WeekNumbers> {
        let denominator = unsigned("denominator", self.denominator)?;
        let mut numbers = norm::WeekNumbers::new(&self.norm, self.week.core()?, self.numerator, denominator);
        numbers.last_deadline = self.last_deadline;
        numbers.fingerprints = self.fingerprints.clone().map(Fingerprints::core).transpose()?;
        numbers.norm_value = self.norm_value.as_deref().map(ratio).transpose()?;
        numbers.excused = self.excused;
        Ok(if self.measured_elsewhere { numbers.measured_elsewhere() } else { numbers })
    }
}

impl From<norm::WeekNumbers> for WeekNumbers {
    fn from(numbers: norm::WeekNumbers) -> Self {
        Self {
            norm: numbers.norm,
            week: numbers.week.into(),
            numerator: numbers.numerator,
            denominator: signed(numbers.denominator),
            last_deadline: numbers.last_deadline,
            measured_elsewhere: numbers.measured_by == MeasuredBy::Elsewhere,
            fingerprints: numbers.fingerprints.as_ref().map(Fingerprints::from),
            norm_value: numbers.norm_value.map(|value| value.to_string()),
            excused: numbers.excused,
        }
    }
}

fn cores(numbers: &[WeekNumbers]) -> Result<Vec<norm::WeekNumbers>> {
    numbers.iter().map(WeekNumbers::core).collect()
}

/// What a week can still take before it misses its norm, and what repairs it.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct Forecast {
    /// The norm.
    pub norm: String,
    /// Whether the week misses it as the numbers stand.
    pub missed: bool,
    /// How many more bad items leave the week a good one; none when any number does.
    pub affordable: Option<i64>,
    /// How many good items in a row make a missed week a good one again; none when no number does.
    pub to_repair: Option<i64>,
    /// How many items are still to come by the plan; none without one.
    pub still_to_come: Option<i64>,
    /// What the week was judged by.
    pub fingerprints: Option<Fingerprints>,
    /// In one English sentence.
    pub english: String,
    /// In one Dutch sentence.
    pub dutch: String,
}

impl From<norm::Forecast> for Forecast {
    fn from(forecast: norm::Forecast) -> Self {
        Self {
            english: forecast.to_string(),
            dutch: forecast.dutch(),
            missed: forecast.missed,
            affordable: forecast.affordable.map(signed),
            to_repair: forecast.to_repair.map(signed),
            still_to_come: forecast.still_to_come.map(signed),
            fingerprints: forecast.fingerprints.as_ref().map(Fingerprints::from),
            norm: forecast.norm,
        }
    }
}

/// A week judged by its norm, with the forecast.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct WeekResult {
    /// The norm.
    pub norm: String,
    /// The week.
    pub week: IsoWeek,
    /// Above the line.
    pub numerator: i64,
    /// Under the line.
    pub denominator: i64,
    /// The bad items, where the norm counts them.
    pub bad: Option<i64>,
    /// Which side of the threshold conforms.
    pub direction: Direction,
    /// The threshold that was judged by: the one that came with the data, else the rulebook's.
    pub threshold: Ratio,
    /// The rulebook's threshold, where a fixed one differs from the one that came with the data; else none.
    pub rulebook_threshold: Option<Ratio>,
    /// Whether the threshold itself is on the wrong side.
    pub strict: bool,
    /// What the value must at least keep, beside the target.
    pub minimum: Option<Ratio>,
    /// What the value is.
    pub unit: NormUnit,
    /// How many bad items must also be reached before the week misses the norm.
    pub count_limit: Option<i64>,
    /// Whether a missed week can give a strike.
    pub strike: bool,
    /// Whether the value is on the good side; none without data.
    pub threshold_met: Option<bool>,
    /// Whether the value keeps the minimum: shown, it gives no verdict; none without data or without a minimum.
    pub minimum_met: Option<bool>,
    /// Whether the bad items reach the limit; none without a limit.
    pub count_limit_reached: Option<bool>,
    /// The verdict.
    pub verdict: Verdict,
    /// Whether it can still change.
    pub finality: Finality,
    /// From when on it cannot.
    pub final_from: Instant,
    /// Who measured it.
    pub measured_by: MeasuredBy,
    /// What it was counted by, and the rules that judged it.
    pub fingerprints: Option<Fingerprints>,
    /// The value for display; none without data.
    pub value: Option<f64>,
    /// What the week can still take.
    pub forecast: Forecast,
}

impl From<norm::WeekResult> for WeekResult {
    fn from(r: norm::WeekResult) -> Self {
        Self {
            value: r.value(),
            forecast: r.forecast().into(),
            norm: r.norm,
            week: r.week.into(),
            numerator: r.numerator,
            denominator: signed(r.denominator),
            bad: r.bad.map(signed),
            direction: r.direction,
            threshold: r.threshold.into(),
            rulebook_threshold: r.rulebook_threshold.map(Ratio::from),
            strict: r.strict,
            minimum: r.minimum.map(Ratio::from),
            minimum_met: r.minimum_met,
            unit: r.unit,
            count_limit: r.count_limit.map(i64::from),
            strike: r.strike,
            threshold_met: r.threshold_met,
            count_limit_reached: r.count_limit_reached,
            verdict: r.verdict,
            finality: r.finality,
            final_from: r.final_from,
            measured_by: r.measured_by,
            fingerprints: r.fingerprints.as_ref().map(Fingerprints::from),
        }
    }
}

/// The NPS norm of a week from counts of answers.
///
/// # Errors
/// - a count below 0, or above 4294967295
#[uniffi::export]
pub fn nps_week_numbers(
    week: IsoWeek,
    promoters: i64,
    passives: i64,
    detractors: i64,
) -> Result<WeekNumbers> {
    let count = |what, count| -> Result<u32> {
        let count = unsigned(what, count)?;
        Ok(u32::try_from(count).map_err(|_| CoreError::OutOfRange {
            what,
            given: count.to_string(),
            accepted: format!("0 to {}", u32::MAX),
        })?)
    };
    let (promoters, passives) = (count("promoters", promoters)?, count("passives", passives)?);
    Ok(norm::WeekNumbers::nps(week.core()?, promoters, passives, count("detractors", detractors)?).into())
}

/// Judges the numbers of one week.
///
/// # Errors
/// - a norm that the rulebook does not have
/// - numbers that the norm cannot have
#[uniffi::export]
pub fn judge_week(rules: &Rulebook, numbers: WeekNumbers, now: Instant) -> Result<WeekResult> {
    Ok(norm::judge(rules.by_week(), &numbers.core()?, now)?.into())
}

/// Judges the numbers of many weeks in one call.
///
/// # Errors
/// - a norm that the rulebook does not have
/// - numbers that the norm cannot have
#[uniffi::export]
pub fn judge_weeks(rules: &Rulebook, numbers: Vec<WeekNumbers>, now: Instant) -> Result<Vec<WeekResult>> {
    let results = norm::judge_weeks(rules.by_week(), &cores(&numbers)?, now)?;
    Ok(results.into_iter().map(WeekResult::from).collect())
}

/// What a running week can still take, with the total that it will have in the end if that is planned.
///
/// # Errors
/// - a norm that the rulebook does not have
/// - numbers that the norm cannot have, or a negative total
#[uniffi::export(default(planned_total = None))]
pub fn forecast_week(
    rules: &Rulebook,
    numbers: WeekNumbers,
    now: Instant,
    planned_total: Option<i64>,
) -> Result<Forecast> {
    let result = norm::judge(rules.by_week(), &numbers.core()?, now)?;
    Ok(match planned_total {
        Some(total) => result.forecast_for(unsigned("planned total", total)?),
        None => result.forecast(),
    }
    .into())
}

/// Joins numbers that were measured here and elsewhere: what was measured elsewhere wins.
///
/// # Errors
/// - a norm that the rulebook does not have
#[uniffi::export]
pub fn join_weeks(
    rules: &Rulebook,
    here: Vec<WeekNumbers>,
    elsewhere: Vec<WeekNumbers>,
) -> Result<Vec<WeekNumbers>> {
    let joined = norm::join(rules.by_week(), &cores(&here)?, &cores(&elsewhere)?)?;
    Ok(joined.into_iter().map(WeekNumbers::from).collect())
}

/// From when on a week is final, by the rules of that week.
///
/// # Errors
/// - a week without a rulebook
#[uniffi::export(default(last_deadline = None))]
pub fn final_from(rules: &Rulebook, week: IsoWeek, last_deadline: Option<Instant>) -> Result<Instant> {
    let week = week.core()?;
    let rules = rules.by_week().rules_of_week(week)?;
    Ok(norm::final_from(week, last_deadline, rules.clock.zone, rules.week.final_on))
}

/// A question with its deadline and its answer.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct Response {
    /// When it was asked.
    pub asked: Instant,
    /// When the answer is due.
    pub due: Instant,
    /// When it was answered, if it was.
    #[uniffi(default = None)]
    pub answered: Option<Instant>,
}

/// The numbers of the response time in one week.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct ResponseWeek {
    /// The numbers: answered in time, of those whose time is over or that are answered.
    pub numbers: WeekNumbers,
    /// Questions that are neither answered nor late.
    pub open: i64,
}

/// The numbers of the response time in every week of the questions, by the dates of a zone.
///
/// # Errors
/// - a question that is answered or due before it was asked
/// - a zone that is not in the time zone database
#[uniffi::export]
pub fn response_weeks(zone: &str, responses: &[Response], now: Instant) -> Result<Vec<ResponseWeek>> {
    let mut weeks = norm::ResponseWeeks::new(zone_of(zone)?);
    for response in responses {
        weeks.add(response.asked, response.due, response.answered, now)?;
    }
    let week = |numbers: norm::WeekNumbers| ResponseWeek {
        open: signed(weeks.open(numbers.week)),
        numbers: numbers.into(),
    };
    Ok(weeks.numbers().into_iter().map(week).collect())
}

/// A review of the shop.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Review {
    /// When it was given.
    pub date: LocalDate,
    /// The grade, 1 to 10.
    pub grade: i32,
}

pub(crate) fn reviews(reviews: &[Review]) -> Result<Vec<(LocalDate, u8)>> {
    let grade = |(row, review): (usize, &Review)| match score("review grade", review.grade, "1 to 10") {
        Ok(grade) => Ok((review.date, grade)),
        Err(problem) => Err(CoreError::Row { row, problem: Box::new(problem) }.into()),
    };
    reviews.iter().enumerate().map(grade).collect()
}

/// The reviews of the period that counts.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct ReviewPeriod {
    /// The sum of the grades.
    pub sum: i64,
    /// The number of reviews.
    pub count: i64,
    /// Whether all reviews ever count, because the period has too few.
    pub all_time: bool,
    /// The last date.
    pub until: LocalDate,
    /// The mean; none without reviews.
    pub grade: Option<f64>,
}

impl From<norm::ReviewPeriod> for ReviewPeriod {
    fn from(period: norm::ReviewPeriod) -> Self {
        Self {
            grade: period.grade(),
            sum: signed(period.sum),
            count: signed(period.count),
            all_time: period.all_time,
            until: period.until,
        }
    }
}

/// The reviews that count on a date.
///
/// # Errors
/// - a rulebook without a norm for reviews
/// - a grade that is not 1 to 10
#[uniffi::export]
pub fn review_period(rules: &Rulebook, given: &[Review], on: LocalDate) -> Result<ReviewPeriod> {
    Ok(norm::review_period(rules.by_week().rules_on(on)?.norm(norm::REVIEWS)?, &reviews(given)?, on)?.into())
}

/// Judged numbers, for what is built on them.
pub(crate) fn judge_core(
    rules: &Rulebook,
    numbers: &[WeekNumbers],
    now: Instant,
) -> Result<Vec<norm::WeekResult>> {
    Ok(norm::judge_weeks(rules.by_week(), &cores(numbers)?, now)?)
}
