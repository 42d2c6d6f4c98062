//! Open hours: weekly hours, exceptions, holidays, conventions and history in one zone (RULES C1, C5, C7).
//!
//! ```
//! use chrono::NaiveDate;
//! use chrono_tz::Europe;
//! use klokuur::{HolidayCalendar, Schedule};
//!
//! let shop = Schedule::parse("Mo-Fr 09:00-12:30,13:00-17:30; Sa 10:00-14:00; Dec 24 09:00-13:00", Europe::Amsterdam)?
//!     .with_holidays(HolidayCalendar::netherlands())?;
//! let christmas_eve = shop.day("2026-12-24".parse::<NaiveDate>()?)?;
//! assert_eq!(christmas_eve.open[0].to_string(), "09:00-13:00");
//! assert!(shop.day("2026-12-25".parse::<NaiveDate>()?)?.open.is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The text
//!
//! A part of the syntax of OpenStreetMap opening hours. Rules are separated by `;`. A rule is dates, weekdays, hours,
//! in that order; dates and weekdays may be left out. Letters may be upper or lower case, spaces and line breaks may
//! stand anywhere between words, numbers and signs.
//!
//! | part | accepted |
//! | --- | --- |
//! | hours | `09:00-17:00`, several with `,`, `22:00-06:00` and `22:00-26:00` into the next date, up to `48:00`; `off`, `closed` |
//! | weekdays | `Mo`, `Mo-Fr`, `Sa-Mo`, `Mo,We,Fr`, `PH` (holidays), `Mo-Fr,PH` |
//! | dates | `Dec 24`, `Dec 24-26`, `Dec 24-Jan 02`, `Jul-Aug`, `2026`, `2026-2028`, `2026-2028 Dec 24`, `2026 Dec 24`, `2026 Dec 24-2027 Jan 02`, lists of these with `,` |
//! | all | `24/7` |
//!
//! In a list a year holds for the dates after it too: `2026 Dec 24,Dec 31`. A range that passes New Year belongs to the
//! year that it starts in. Not accepted are Easter and other movable days (attach a [calendar](crate::calendar)), `SH`,
//! week numbers, `Mo[1]`, sunrise, open ends, comments, and `,` or `||` between rules. The error says where, and what
//! would be accepted:
//!
//! ```
//! # use klokuur::Schedule;
//! # use chrono_tz::Europe;
//! let error = Schedule::parse("Mo-Fr 09:00–17:00", Europe::Amsterdam).unwrap_err();
//! assert_eq!(
//!     error.to_string(),
//!     "schedule text is not valid at character 12: found `–`, accepted is `-` and a closing time",
//! );
//! ```
//!
//! # Which rule wins
//!
//! The last rule that names a date decides its hours, all of them. A shift belongs to the date that it starts on, so a
//! date that is `off` drops the shifts that start on it and leaves the night before:
//!
//! ```
//! # use chrono::NaiveDate;
//! # use klokuur::Schedule;
//! # use chrono_tz::Europe;
//! let bar = Schedule::parse("20:00-02:00; Fr-Sa 20:00-04:00; 2026 Mar 11 off", Europe::Amsterdam)?;
//! assert_eq!(bar.day("2026-03-13".parse::<NaiveDate>()?)?.open[0].to_string(), "20:00-04:00");
//! assert_eq!(bar.day("2026-03-10".parse::<NaiveDate>()?)?.open[0].to_string(), "20:00-02:00");
//! assert!(bar.day("2026-03-11".parse::<NaiveDate>()?)?.open.is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Holidays
//!
//! The holidays of the attached calendar are closed, also under `24/7`. A holiday takes its 00:00–24:00 out: the night
//! before ends at midnight, a shift that starts on the holiday keeps its part after 24:00 (or see [`HolidayShift`]).
//!
//! ```
//! # use chrono::NaiveDate;
//! # use klokuur::{HolidayCalendar, Schedule};
//! # use chrono_tz::Europe;
//! let night = Schedule::parse("22:00-06:00", Europe::Amsterdam)?.with_holidays(HolidayCalendar::netherlands())?;
//! assert_eq!(night.day("2026-04-26".parse::<NaiveDate>()?)?.open[0].to_string(), "22:00-24:00");
//! assert_eq!(night.day("2026-04-27".parse::<NaiveDate>()?)?.open[0].to_string(), "24:00-30:00");   // King's Day
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Who names the day wins over a holiday that nobody mentions: a single date does, and so does a range of days without
//! weekdays. Months, years, and ranges with weekdays are seasons and do not.
//!
//! ```
//! # use chrono::NaiveDate;
//! # use klokuur::{HolidayCalendar, Schedule};
//! # use chrono_tz::Europe;
//! let text = "Mo-Fr 09:00-17:00; Dec 21-31 Mo-Fr 09:00-20:00; 2026 Dec 26 10:00-16:00";
//! let shop = Schedule::parse(text, Europe::Amsterdam)?.with_holidays(HolidayCalendar::netherlands())?;
//! assert_eq!(shop.day("2026-12-24".parse::<NaiveDate>()?)?.open[0].to_string(), "09:00-20:00");
//! assert!(shop.day("2026-12-25".parse::<NaiveDate>()?)?.open.is_empty());
//! assert_eq!(shop.day("2026-12-26".parse::<NaiveDate>()?)?.open[0].to_string(), "10:00-16:00");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A rule with `PH` mentions holidays, and then the order of the text decides: later rules win over it, earlier ones
//! lose, dates too. Its hours are added to what the holiday leaves, and no holiday takes them. Without a calendar `PH`
//! names nothing.
//!
//! So a night shift that starts on a holiday keeps its part after 24:00 beside the hours of a `PH` rule, as it does
//! without one (and as the tools of OpenStreetMap read it). [`HolidayShift::WholeShift`] leaves only the `PH` hours.
//!
//! ```
//! # use chrono::NaiveDate;
//! # use klokuur::{HolidayCalendar, Schedule};
//! # use chrono_tz::Europe;
//! let nl = HolidayCalendar::netherlands();
//! let shop = Schedule::parse("Mo-Fr 09:00-17:00; Dec 25 12:00-16:00; PH 10:00-14:00", Europe::Amsterdam)?;
//! assert_eq!(shop.with_holidays(nl.clone())?.day("2026-12-25".parse::<NaiveDate>()?)?.open[0].to_string(), "10:00-14:00");
//! let bar = Schedule::parse("Mo-Su 10:00-02:00; PH 12:00-18:00", Europe::Amsterdam)?.with_holidays(nl)?;
//! let kings_day = bar.day("2026-04-27".parse::<NaiveDate>()?)?;
//! assert_eq!(kings_day.open.iter().map(ToString::to_string).collect::<Vec<_>>(), ["12:00-18:00", "24:00-26:00"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A holiday bound to another zone takes its 00:00–24:00 there, which are parts of two dates here; the rules for its
//! date say whether it counts.
//!
//! # Single days, conventions, history
//!
//! [`Schedule::with_day`] and [`Schedule::with_closed`] add shortened, extra and closed days that win over everything.
//! [`Conventions`] names every choice that others make differently. [`Schedule::from`] changes hours and holidays from
//! a date on; the zone stays the same. What never opens in the years 1900 to 2100 is refused at once (RULES C7):
//!
//! ```
//! # use klokuur::{KlokuurError, Schedule};
//! # use chrono_tz::Europe;
//! assert_eq!(Schedule::parse("Mo-Fr 09:00-17:00; off", Europe::Amsterdam), Err(KlokuurError::NeverOpen));
//! ```
//!
//! # Where what is
//!
//! - `builder`: a schedule put together by calls instead of a text
//! - `conventions`: the questions that the field splits on, each a typed option (DESIGN section 3)
//! - `day`: what a schedule says about one date
//! - `document`: a schedule as a document, for rulebooks and the other languages
//! - `holidays`: the holidays of a calendar as the schedules of one zone see them, found by date
//! - `hours`: times of day and the open hours of one day
//! - `lexer`: the words, numbers and signs of a schedule text, each with its position
//! - `parse`: reads the syntax of OpenStreetMap opening hours, as far as RULES C5 needs it
//! - `rule`: one rule of a schedule: the days it names and the hours it gives them
//! - `segments`: the schedule itself: segments of rules in one zone
//! - `tables`: rules prepared for quick answers: which rule wins a date, and what holidays leave of it

mod builder;
mod conventions;
mod day;
#[cfg(feature = "serde")]
mod document;
mod holidays;
mod hours;
mod lexer;
mod parse;
mod rule;
mod segments;
mod tables;

pub use builder::{ALL_DAYS, ScheduleBuilder, WORKDAYS};
pub use conventions::{
    Backwards, BudgetEnd, Conventions, FoldBoundary, GapBoundary, HolidayShift, ScheduleChange, ZeroBudget,
};
pub(crate) use day::LocalDay;
pub use day::{DayReason, ScheduleDay};
#[cfg(feature = "serde")]
pub use document::{CalendarReference, ScheduleDocument, ScheduleSegment};
pub use hours::{DayTime, Hours, Stretch};
pub use segments::Schedule;
