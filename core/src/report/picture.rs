//! The whole picture, computed once.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::as_of::{AsOf, JudgedBy};
use super::cases::OpenCases;
use super::holidays::OtherHolidays;
use super::input::{Cases, SellerData};
use super::missing::{Missing, There, missing};
use super::month::MonthPicture;
use super::norms::{NormWeek, norm_weeks};
use super::nps::NpsPicture;
use super::numbers::{Answers, Counted, judged, numbers, ordered};
use super::points::PointsPicture;
use super::rows::{ReadRows, SkippedRow};
use super::score::ScorePicture;
use super::signals::SignalPicture;
use super::strikes::StrikePicture;
use super::subjects::SubjectPicture;
use crate::backtest::Account;
use crate::case::{CaseBook, CaseRow};
use crate::error::Result;
use crate::exchange::ReportedStanding;
use crate::insight::CaseRecord;
use crate::rulebook::RulesByWeek;
use crate::time::{Moment, Zone};
use crate::timeline::Language;

/// A seller's cases, norms, standing, satisfaction and signals at one instant. See the [module](crate::report).
///
/// ```
/// # use chrono::{DateTime, Utc};
/// # use klokuur::Rulebook;
/// # use klokuur::case::{CaseEvent, Opening, Party, What};
/// # use klokuur::report::{MissingPart, MissingReason, Picture, SellerData};
/// let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
/// let asked = CaseEvent::new("K-1", at("2026-03-13T14:00:00Z"), What::Opened(Opening::by(Party::Customer)));
/// let picture = Picture::of(&SellerData::of_events([asked]), &Rulebook::bol(), at("2026-03-16T08:30:00Z"))?;
/// assert_eq!((picture.as_of.week.to_string(), picture.cases.open), ("2026-W12".to_owned(), 1));
/// let calls = picture.missing.iter().find(|missing| missing.part == MissingPart::Calls).ok_or("not missing")?;
/// assert_eq!(calls.reason, MissingReason::NotGiven); // told, and never taken for zero
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Picture {
    /// As of when.
    pub as_of: AsOf,
    /// By which rules and hours.
    pub judged_by: JudgedBy,
    /// What was read, and what of it could not be used.
    pub read: ReadRows,
    /// The open cases.
    pub cases: OpenCases,
    /// The service norms of every week with numbers, and of the last two weeks; the running week is the last.
    pub weeks: Vec<NormWeek>,
    /// Strikes and standing; none where the rules have none.
    pub strikes: Option<StrikePicture>,
    /// Policy points; none where neither the events nor the marketplace tell of them.
    pub points: Option<PointsPicture>,
    /// The scores; none where the rules have none and none is reported.
    pub score: Option<ScorePicture>,
    /// The NPS; none without an answer.
    pub nps: Option<NpsPicture>,
    /// What the cases of the trailing window are about.
    pub subjects: SubjectPicture,
    /// What comes up more often than it used to.
    pub signals: SignalPicture,
    /// The last whole month.
    pub month: MonthPicture,
    /// What another list of holidays would change; none where there is no other reading.
    pub other_holidays: Option<OtherHolidays>,
    /// What is not there, and why.
    pub missing: Vec<Missing>,
}

impl Picture {
    /// The language of the rules' country: Dutch where the holidays are those of the Netherlands or Belgium, else
    /// English. A default of ours for where no language is asked for.
    pub fn language(&self) -> Language {
        let holidays = self.judged_by.holidays.as_deref().unwrap_or_default();
        let country = holidays.split(['+', '-']).next().unwrap_or_default();
        if matches!(country, "NL" | "BE") { Language::Dutch } else { Language::English }
    }

    /// The picture at `now` of what a seller has. There is no other clock: an application hands in its own.
    ///
    /// Each case and week is judged by the rules of its time (RULES S6); what is of after `now` is counted in
    /// [`ReadRows::later`] and not looked at. An event that its case refuses, and an order line that means nothing,
    /// join [`ReadRows::skipped`].
    ///
    /// # Errors
    /// - `now` outside the years 1900 to 2100, or so near their ends that a period or week of the picture has no place
    /// - rules whose hours or values mean nothing
    /// - decisions about the account that cannot be: a plan accepted while the shop is not offline
    /// - reported numbers that their norm refuses, a review outside 1 to 10
    pub fn of<R: RulesByWeek + ?Sized, M: Moment>(data: &SellerData, rules: &R, now: M) -> Result<Self> {
        let history = rules.to_history()?;
        let utc = now.utc();
        // Which rules are those of today is a matter of the local date, and the zone is theirs.
        let guess = history.rules_on(utc.date_naive())?;
        let now = utc.with_timezone(&guess.clock.zone);
        let rules = history.rules_on(now.date_naive())?;
        let (zone, today) = (rules.clock.zone, now.date_naive());
        let now = utc.with_timezone(&zone);

        let mut read = data.read.clone();
        let book = followed(data, &history, now, &mut read)?;
        let newest = data.cases.times().filter(|at| *at <= utc).max();
        read.later += later(data, utc);
        let outcomes = book.outcomes(now)?;
        let answers = Answers::of(data, &outcomes, utc);
        let counted =
            Counted { history: &history, rules, book: &book, outcomes: &outcomes, answers: &answers, now };
        let (numbers, against) = numbers(data, &counted, &mut read.skipped)?;
        let results = judged(&numbers, &history, now)?;
        let weeks = norm_weeks(&results, &outcomes, against, &history, now);

        let decided = rules.strikes.as_ref().map(|strikes| {
            let (decisions, reported) = (&data.decisions, data.standing.as_ref());
            StrikePicture::of(&history, strikes, &results, decisions, reported, today)
        });
        let strikes = decided.transpose()?;
        let score = ScorePicture::of(data, rules, &history, &results, today)?;
        let records: Vec<CaseRecord> = outcomes.iter().map(|outcome| CaseRecord::of(outcome, zone)).collect();
        let orders = ordered(data, now);
        let (by, prints) = (&rules.insight, book.fingerprints());
        let there = There {
            events: newest.is_some(),
            orders: data.orders.iter().flatten().any(|order| order.line.ordered_at <= utc),
            answers: !answers.is_empty(),
            calls: data.calls.iter().flatten().any(|call| call.at <= utc),
        };
        let last_week = weeks.len().checked_sub(2).and_then(|place| weeks.get(place));
        let missing = missing(data, rules, &there, last_week, strikes.as_ref(), score.as_ref());
        let mut picture = Self {
            as_of: AsOf::new(data.name.clone(), now, newest.map(|at| at.with_timezone(&zone))),
            judged_by: JudgedBy::new(rules, book.schedule_at(utc)?, book.fingerprints(), &now)?,
            cases: OpenCases::of(&book, now)?,
            strikes,
            points: PointsPicture::of(data, rules, today)?,
            score,
            nps: NpsPicture::of(&answers, rules, now)?,
            subjects: SubjectPicture::of(&outcomes, &records, &orders, today, by, prints)?,
            signals: SignalPicture::of(&outcomes, &records, &orders, today, by, prints)?,
            month: MonthPicture::of(
                &outcomes,
                &records,
                &orders,
                now,
                rules.survey.confidence_level,
                prints,
            )?,
            other_holidays: None,
            missing,
            read,
            weeks,
        };
        let clock = book.schedule_at(utc)?.fingerprint();
        // What a second reading of the log takes comes after what the first took is gone.
        drop((book, outcomes, records, orders, answers));
        let is_starter = data.standing.as_ref().is_some_and(ReportedStanding::is_starter);
        let account = Account { decisions: &data.decisions, is_starter };
        picture.other_holidays =
            OtherHolidays::of(&history, rules, clock, &data.cases, &numbers, account, now)?;
        Ok(picture)
    }

    /// The picture as one JSON text, the same in every language.
    pub fn to_json(&self) -> String {
        // Every key of a picture is a text, so that there is nothing that JSON cannot hold.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The row of an open case that waits for an answer; none for any other.
    pub fn waiting_case(&self, number: &str) -> Option<&CaseRow> {
        self.cases.waiting.iter().find(|row| row.number == number)
    }

    /// The last whole week.
    pub fn last_week(&self) -> Option<&NormWeek> {
        self.weeks.len().checked_sub(2).and_then(|place| self.weeks.get(place))
    }

    /// The week that runs.
    pub fn this_week(&self) -> Option<&NormWeek> {
        self.weeks.last()
    }
}

/// The book at `now`. What a case refuses joins the skipped rows.
fn followed<R: RulesByWeek + ?Sized>(
    data: &SellerData,
    rules: &R,
    now: DateTime<Zone>,
    read: &mut ReadRows,
) -> Result<CaseBook> {
    let mut book = match &data.cases {
        Cases::Rows(kept) => {
            let mut book = CaseBook::of(rules)?;
            let refused = book.load_rows(kept.iter().filter(|(_, event)| event.at <= now)).into_iter();
            read.skipped.extend(refused.map(|(line, problem)| SkippedRow {
                file: read.cases_file.clone(),
                line,
                why: problem.to_string(),
            }));
            book
        }
        Cases::Book(book) => of_book(book, now),
    };
    // What time did to the cases up to now is in the picture; only what comes is still to be told.
    book.advance(now)?;
    Ok(book)
}

/// A book as it was at `now` (RULES S5): one that knows more of a later time is followed anew up to then. What archived cases
/// counted is in no event, so a book with an archive stays as it is.
fn of_book(book: &CaseBook, now: DateTime<Zone>) -> CaseBook {
    let was_later = |at: DateTime<Utc>| at > now;
    let knows_more = book.advanced_to().is_some_and(was_later) || book.event_times().any(was_later);
    if !knows_more || book.archived_len() > 0 {
        return book.clone();
    }
    let mut then = book.another();
    // What a case refuses, it refused before.
    then.load_rows(book.events().into_iter().filter(|event| event.at <= now).enumerate());
    then
}

/// How many rows are of after `now`.
fn later(data: &SellerData, now: DateTime<Utc>) -> usize {
    let orders = data.orders.iter().flatten().filter(|order| order.line.ordered_at > now).count();
    let surveys = data.surveys.iter().flatten().filter(|survey| survey.at > now).count();
    let calls = data.calls.iter().flatten().filter(|call| call.at > now).count();
    data.cases.times().filter(|at| *at > now).count() + orders + surveys + calls
}
