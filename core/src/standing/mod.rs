//! Strikes and the standing of an account (RULES S1–S5).
//!
//! A [`Ledger`] takes judged weeks and what the marketplace decided, and answers: the strikes that count on a date,
//! each with its causes and its expiry; the standing on any date; the history; the earliest improvement; and what would
//! be after more good or bad weeks. It is a pure function of what it was given: the same weeks and decisions give the
//! same answers in any order.
//!
//! # How it counts
//! - All times are **dates** in the marketplace's zone. What happens on a date is true for all of that date.
//! - A week counts from the date on which it is final (RULES N1), whatever becomes of other weeks: an earlier week that
//!   is final later moves no strike (ours). A provisional week is shown apart and counts for nothing.
//! - **Rules of their time** (RULES S6): which norms bear strikes is a matter of the rulebook of each week; the ladder
//!   (trigger, window, limits) is that of the newest final week, so a new one holds from its first final week on, for
//!   the strikes that count then (ours).
//! - **Window** (RULES S2): the 22 ISO weeks that end with the newest final week in the ledger. It is a stretch of the
//!   calendar: a week without data, or one that the ledger was never given, takes its place in it. A strike of week *w*
//!   leaves when week *w* + 22 (or a later one) is final. Without newer final weeks nothing expires:
//!   [`Ledger::with_quiet_weeks`] adds those of an account without numbers.
//! - **Monitoring period** (RULES S2, about 2019 to 2022): the first bad week opens a period of 24 weeks; its strikes
//!   count until the period is over, or until a further strike after the sixth opens a new one. A withdrawn strike does
//!   not move the period (ours).
//! - **Any norm** (RULES S1): one strike in each final week in which a strike-bearing norm was missed.
//! - **Several norms** (B read literally; the reading is ours): weeks are gone through as they become final. The misses
//!   of the window, less those that an earlier strike has used, are looked at together; when they are of enough
//!   different norms, that week gives one strike, and all of them are its causes and are used up.
//! - **Starter** (RULES S4): a week bears no strike while the orders up to its end are at most 100
//!   ([`JudgedWeek::orders_to_date`], which [`count_orders`] counts); when a week of these orders missed a norm, a
//!   further 100 bear none (ours: a missed week stands for a missed look).
//! - **Offline** (RULES S3): from 5 strikes on, until an improvement plan is accepted. Strikes that expire meanwhile do
//!   not bring the shop back. With an accepted plan it is online although 5 or more strikes count, until a further
//!   strike is given (ours).
//! - **Closed** (RULES S3): from 7 strikes on. A year later the seller may apply; only [`StandingEvent::Reopened`]
//!   reopens.
//! - **Appeals** (RULES S4): an excused week, an excused norm of a week or a revoked strike counts no more from the
//!   date of the decision on. The standing is then what it would be had there been no such strike, but what the
//!   marketplace decided meanwhile stands, and winning an appeal makes nothing later: a shop that stays closed may
//!   apply when it could before (ours). Answers for earlier dates do not change.
//!
//! ```
//! use klokuur::Rulebook;
//! use klokuur::standing::{JudgedWeek, Ledger, Standing, StandingEvent};
//!
//! let bad = |n: u32| JudgedWeek::bad(klokuur::IsoWeek::new(2026, n).unwrap(), &["response_time"]);
//! let ledger = Ledger::new(&Rulebook::bol(), (1..=5).map(bad).collect(), vec![])?;
//! // Week 5 ends on 1 February; it is final on Wednesday the 4th.
//! let report = ledger.standing("2026-02-04".parse::<chrono::NaiveDate>().unwrap());
//! assert_eq!(report.standing, Standing::Offline { since: "2026-02-04".parse().unwrap() });
//! assert_eq!(report.strikes[0].expiry_week.to_string(), "2026-W23");
//! assert_eq!(report.until_closed, Some(2));
//! # Ok::<(), klokuur::KlokuurError>(())
//! ```
//!
//! # Where what is
//!
//! - `answer`: what a ledger answers
//! - `event`: what the marketplace decided about an account
//! - `ledger`: the ledger: judged weeks and decisions in, standing out
//! - `points`: policy points (RULES S7): a ladder beside the strikes
//! - `replay`: the standing through time: every date on which something changes, in order, once
//! - `reported`: the standing that the marketplace reports, beside the computed one (RULES S6)
//! - `sentence`: the standing of an account and its strikes as sentences for the seller
//! - `state`: what a number of strikes makes of an account, one date after another (RULES S3)
//! - `trigger`: which final weeks give a strike (RULES S1), and how long it counts (RULES S2)
//! - `watch`: what becomes of an account, told once, with a timer of its own (RULES K13)
//! - `week`: a judged week: what a ledger is built from
//! - `what_if`: what would be after more good or bad weeks (RULES S5)

mod answer;
mod event;
mod ledger;
mod points;
mod replay;
mod reported;
mod sentence;
mod state;
mod trigger;
mod watch;
mod week;
mod what_if;

pub use answer::{
    Consequence, Expiry, Improvement, LedgerChange, LedgerEntry, ProvisionalWeek, Standing, StandingReport,
    Strike,
};
pub use event::StandingEvent;
pub use ledger::Ledger;
pub use points::{Deduction, PolicyPoints, PolicyPointsEvent, PolicyPointsReport};
pub use reported::{StandingAsReported, StandingComparison, StrikeAsReported};
pub use watch::{StandingTold, StandingWatch, StandingWatches};
pub use week::{JudgedWeek, StrikeCause, count_orders, judged_weeks};
pub use what_if::WhatIfStep;
