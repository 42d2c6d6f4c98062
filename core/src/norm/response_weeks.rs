//! First responses rolled up by the week they were asked in (norm RESPONSE_TIME).

use crate::time::{Moment, YEARS_IN_WORDS, Zone};
use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{RESPONSE_TIME, WeekNumbers};
use crate::error::{KlokuurError, Result};
use crate::fingerprints::Fingerprints;
use crate::sla::ClockState;
use crate::week::IsoWeek;

/// The null of bulk columns.
const NULL: i64 = i64::MIN;
const WEEK_MICROSECONDS: i64 = 7 * 86_400 * 1_000_000;

/// Cases as they came out, in columns of equal length; instants in microseconds since the Unix epoch, `i64::MIN` is
/// null.
///
/// ```
/// # use chrono::{DateTime, Utc};
/// # use klokuur::norm::{CaseColumns, ResponseWeeks};
/// # use klokuur::{Zone, sla::ClockState};
/// let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
/// let micros = |text: &str| at(text).timestamp_micros();
/// let cases = CaseColumns {
///     asked: &[micros("2026-03-09T12:00:00Z")],
///     due: &[micros("2026-03-10T12:00:00Z")],
///     answered: &[micros("2026-03-10T12:00:00Z")],
///     measured: &[true],
///     verdict: &[ClockState::Met],
/// };
/// let mut weeks = ResponseWeeks::new("Europe/Amsterdam".parse::<Zone>()?);
/// weeks.add_cases(&cases, at("2026-03-20T12:00:00Z"))?;
/// assert_eq!((weeks.numbers()[0].numerator, weeks.numbers()[0].denominator), (1, 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct CaseColumns<'a> {
    /// When the case was opened.
    pub asked: &'a [i64],
    /// When its first response was due.
    pub due: &'a [i64],
    /// When it was given.
    pub answered: &'a [i64],
    /// Whether the norm measures it.
    pub measured: &'a [bool],
    /// How it came out.
    pub verdict: &'a [ClockState],
}

/// The counts of one week.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
struct Counts {
    on_time: u64,
    late: u64,
    open: u64,
    last_due: Option<i64>,
}

/// First responses by the local week that the question was asked in, added up row by row or in columns.
///
/// An unanswered question is late once its deadline has passed and open until then; open questions are not in the
/// numbers yet (ours), only in [`open`](Self::open). Answered exactly at the deadline is on time (RULES C3).
///
/// ```
/// # use chrono::{TimeZone, Utc};
/// # use klokuur::norm::ResponseWeeks;
/// let at = |d, h| Utc.with_ymd_and_hms(2026, 3, d, h, 0, 0).unwrap();
/// let mut weeks = ResponseWeeks::new(chrono_tz::Europe::Amsterdam);
/// weeks.add(at(10, 9), at(11, 9), Some(at(11, 9)), at(20, 0))?; // just in time
/// weeks.add(at(10, 9), at(11, 9), None, at(20, 0))?; // never answered
/// let numbers = weeks.numbers();
/// assert_eq!((numbers[0].numerator, numbers[0].denominator), (1, 2));
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponseWeeks {
    first: IsoWeek,
    /// Where each local week starts, in microseconds since the Unix epoch; one more than the weeks.
    starts: Vec<i64>,
    counts: Vec<Counts>,
    /// What the deadlines were counted by, where that is known.
    fingerprints: Option<Fingerprints>,
}

impl ResponseWeeks {
    /// No questions yet, weeks in the local time of `zone`.
    pub fn new(zone: impl Into<Zone>) -> Self {
        let zone = zone.into();
        // The supported instants, with a week to spare on both sides.
        let first = IsoWeek::of(chrono::NaiveDate::from_ymd_opt(1899, 12, 20).unwrap_or_default());
        let last = IsoWeek::of(chrono::NaiveDate::from_ymd_opt(2101, 1, 10).unwrap_or_default());
        let weeks = last.since(first).max(0);
        let starts: Vec<i64> =
            (0..=weeks).map(|w| zone.start_second(first.plus(w).monday()) * 1_000_000).collect();
        let counts = vec![Counts::default(); starts.len().saturating_sub(1)];
        Self { first, starts, counts, fingerprints: None }
    }

    /// The same with what the deadlines were counted by (RULES I5).
    #[must_use]
    pub fn with_fingerprints(self, fingerprints: Fingerprints) -> Self {
        Self { fingerprints: Some(fingerprints), ..self }
    }

    /// Adds one question: when it was asked, when it was due, when it was first really answered, if it was.
    ///
    /// # Errors
    /// - asked outside the supported years, 1900 to 2100
    pub fn add<M: Moment>(&mut self, asked: M, due: M, answered: Option<M>, now: M) -> Result<()> {
        let micros = |at: M| at.utc().timestamp_micros();
        self.add_row(micros(asked), micros(due), answered.map_or(NULL, micros), micros(now))
    }

    /// Holds up the week of a question until this deadline, without counting it: no answer is owed any more (closed
    /// before its deadline), or not yet (paused). So a week that was provisional is never final earlier (RULES N1).
    ///
    /// # Errors
    /// - asked outside the supported years, 1900 to 2100
    pub fn add_deadline<M: Moment>(&mut self, asked: M, due: M) -> Result<()> {
        self.hold(asked.utc().timestamp_micros(), due.utc().timestamp_micros()).map(drop)
    }

    /// Adds columns of whole microseconds since the Unix epoch; `i64::MIN` is null. A row without `asked` or `due` is
    /// skipped: it is no customer question.
    ///
    /// # Errors
    /// - columns of different lengths; nothing is added
    /// - a row asked outside the supported years; the rows before it are added
    pub fn add_many(&mut self, asked: &[i64], due: &[i64], answered: &[i64], now: impl Moment) -> Result<()> {
        for column in [due, answered] {
            if column.len() != asked.len() {
                return Err(KlokuurError::LengthMismatch {
                    what: "the columns of questions",
                    left: asked.len(),
                    right: column.len(),
                });
            }
        }
        let now = now.utc().timestamp_micros();
        for (row, ((&asked, &due), &answered)) in asked.iter().zip(due).zip(answered).enumerate() {
            if asked != NULL && due != NULL {
                self.add_row(asked, due, answered, now)
                    .map_err(|problem| KlokuurError::Row { row, problem: Box::new(problem) })?;
            }
        }
        Ok(())
    }

    /// Adds cases as they came out, in columns: those whose first response the norm measures, and that owed one (RULES
    /// K8).
    ///
    /// A verdict counts as it stands, also where microseconds would say otherwise.
    ///
    /// # Errors
    /// - as [`add_many`](Self::add_many)
    pub fn add_cases(&mut self, cases: &CaseColumns<'_>, now: impl Moment) -> Result<()> {
        let rows = cases.asked.len();
        for length in [cases.due.len(), cases.answered.len(), cases.measured.len(), cases.verdict.len()] {
            if length != rows {
                return Err(KlokuurError::LengthMismatch {
                    what: "the columns of cases",
                    left: rows,
                    right: length,
                });
            }
        }
        let now = now.utc().timestamp_micros();
        let times = cases.asked.iter().zip(cases.due).zip(cases.answered);
        for (row, (((&asked, &due), &answered), (&measured, &verdict))) in
            times.zip(cases.measured.iter().zip(cases.verdict)).enumerate()
        {
            if !measured || asked == NULL {
                continue;
            }
            let added = match verdict {
                // Cancelled before its deadline: no answer was owed any more. Paused: it will be due, but not yet.
                ClockState::Cancelled if due != NULL => self.hold(asked, due).map(drop),
                // It keeps its week from being final, but counts for nothing in it yet.
                ClockState::Paused => self.hold(asked, now.saturating_add(1)).map(drop),
                _ if due == NULL => continue,
                // C3: late by less than a microsecond is late, too.
                ClockState::Breached if answered != NULL => {
                    self.add_row(asked, due, answered.max(due.saturating_add(1)), now)
                }
                _ => self.add_row(asked, due, answered, now),
            };
            added.map_err(|problem| KlokuurError::Row { row, problem: Box::new(problem) })?;
        }
        Ok(())
    }

    /// Adds what another one counted, in the same zone.
    ///
    /// # Errors
    /// - the other counts the weeks of another zone
    pub fn merge(&mut self, other: &Self) -> Result<()> {
        if self.starts != other.starts {
            return Err(KlokuurError::InvalidValue {
                what: "zone of weeks",
                given: "another zone".into(),
                accepted: "weeks of the same zone".into(),
            });
        }
        if self.fingerprints != other.fingerprints {
            // Two ways of counting have no one name.
            self.fingerprints = None;
        }
        for (mine, theirs) in self.counts.iter_mut().zip(&other.counts) {
            mine.on_time += theirs.on_time;
            mine.late += theirs.late;
            mine.open += theirs.open;
            mine.last_due = mine.last_due.max(theirs.last_due);
        }
        Ok(())
    }

    /// The numbers of every week in which a question was asked, oldest first: on time of all that are settled.
    pub fn numbers(&self) -> Vec<WeekNumbers> {
        let mut weeks = Vec::new();
        let mut week = self.first;
        for counts in &self.counts {
            if let Some(last_due) = counts.last_due {
                let on_time = i64::try_from(counts.on_time).unwrap_or(i64::MAX);
                weeks.push(WeekNumbers {
                    last_deadline: DateTime::from_timestamp_micros(last_due),
                    fingerprints: self.fingerprints.clone(),
                    ..WeekNumbers::new(RESPONSE_TIME, week, on_time, counts.on_time + counts.late)
                });
            }
            week = week.succ();
        }
        weeks
    }

    /// What is settled in each week with a question, and its last deadline, to the microsecond.
    pub(crate) fn settled(&self) -> impl Iterator<Item = (IsoWeek, u32, u32, DateTime<Utc>)> {
        (0..).zip(&self.counts).filter_map(|(week, counts)| {
            let last_due = DateTime::from_timestamp_micros(counts.last_due?)?;
            // A book has no more cases.
            let count = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
            Some((self.first.plus(week), count(counts.on_time), count(counts.late), last_due))
        })
    }

    /// Adds what was settled elsewhere.
    ///
    /// # Errors
    /// - a week outside the supported years
    pub(crate) fn add_settled(
        &mut self,
        week: IsoWeek,
        on_time: u32,
        late: u32,
        last_due: DateTime<Utc>,
    ) -> Result<()> {
        let index = usize::try_from(week.since(self.first)).ok();
        let counts =
            index.and_then(|index| self.counts.get_mut(index)).ok_or_else(|| KlokuurError::OutOfRange {
                what: "week",
                given: week.to_string(),
                accepted: YEARS_IN_WORDS.into(),
            })?;
        counts.on_time = counts.on_time.saturating_add(on_time.into());
        counts.late = counts.late.saturating_add(late.into());
        counts.last_due = counts.last_due.max(Some(last_due.timestamp_micros()));
        Ok(())
    }

    /// How many questions asked in a week are neither answered nor late yet.
    pub fn open(&self, week: IsoWeek) -> u64 {
        let index = usize::try_from(week.since(self.first)).ok();
        index.and_then(|i| self.counts.get(i)).map_or(0, |c| c.open)
    }

    fn add_row(&mut self, asked: i64, due: i64, answered: i64, now: i64) -> Result<()> {
        let counts = self.hold(asked, due)?;
        if answered == NULL {
            // C3: at the deadline itself it is still to be answered. Neither good nor bad yet: counting it would be a
            // guess.
            *(if now > due { &mut counts.late } else { &mut counts.open }) += 1;
        } else {
            // C3: exactly at the deadline is on time.
            *(if answered > due { &mut counts.late } else { &mut counts.on_time }) += 1;
        }
        Ok(())
    }

    /// The counts of the week that a question was asked in, which is not final before this deadline.
    fn hold(&mut self, asked: i64, due: i64) -> Result<&mut Counts> {
        let counts = self.slot(asked).and_then(|i| self.counts.get_mut(i)).ok_or_else(|| {
            KlokuurError::OutOfRange {
                what: "instant of asking",
                given: DateTime::from_timestamp_micros(asked)
                    .map_or_else(|| asked.to_string(), |t| t.to_rfc3339()),
                accepted: YEARS_IN_WORDS.into(),
            }
        })?;
        // N1: a week waits for the last deadline in it, and never becomes final earlier than was told.
        counts.last_due = counts.last_due.max(Some(due));
        Ok(counts)
    }

    /// The week's place. Local weeks are a week of real time, but for changes of the zone's offset: the guess is off
    /// by one at most.
    fn slot(&self, at: i64) -> Option<usize> {
        let first = *self.starts.first()?;
        let guess = usize::try_from(at.checked_sub(first)?.div_euclid(WEEK_MICROSECONDS)).ok()?;
        for slot in [Some(guess), guess.checked_add(1), guess.checked_sub(1)].into_iter().flatten() {
            let (start, end) = (self.starts.get(slot), self.starts.get(slot.saturating_add(1)));
            if let (Some(start), Some(end)) = (start, end)
                && (*start..*end).contains(&at)
            {
                return Some(slot);
            }
        }
        None
    }
}
