//! A schedule as a document, for rulebooks and the other languages.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::conventions::Conventions;
use super::holidays::Attached;
use super::parse;
use super::rule::normal_form;
use super::segments::{DATE, Schedule, Segment, rules_text};
use crate::calendar::{Fingerprint, HolidayCalendar};
use crate::error::{KlokuurError, Result};
use crate::time::supported_date;

/// What errors call the document.
#[cfg(feature = "documents")]
const DOCUMENT: &str = "schedule";

/// A holiday calendar by reference: the rules themselves are not in the document.
///
/// Shown at [`ScheduleDocument`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarReference {
    /// The calendar's name, a country's code for one that is built in.
    pub name: String,
    /// The calendar's fingerprint; where it stands, only a calendar with just these rules will do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<Fingerprint>,
}

/// The hours and holidays of one part of a schedule's history.
///
/// Shown at [`ScheduleDocument`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScheduleSegment {
    /// The first local date of it.
    pub from: NaiveDate,
    /// The hours, as a schedule text.
    pub hours: String,
    /// The holidays that close it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holidays: Option<CalendarReference>,
}

/// A schedule as a document: text, zone, conventions, history, and its holidays by reference.
///
/// ```
/// # use klokuur::{HolidayCalendar, Schedule, schedule::ScheduleDocument};
/// let text = r#"{"hours": "Mo-Fr 09:00-17:00", "zone": "Europe/Amsterdam", "holidays": {"name": "NL"}}"#;
/// let document: ScheduleDocument = serde_json::from_str(text)?;
/// let shop = Schedule::from_document(&document, &[HolidayCalendar::netherlands()])?;
/// assert_eq!(Schedule::from_document(&shop.document(), &[HolidayCalendar::netherlands()])?, shop);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScheduleDocument {
    /// The hours, as a schedule text.
    pub hours: String,
    /// The zone, by its IANA name.
    pub zone: String,
    /// The holidays that close it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holidays: Option<CalendarReference>,
    /// The conventions. Default: those of [`Conventions`].
    #[serde(default, skip_serializing_if = "is_default")]
    pub conventions: Conventions,
    /// What holds from later dates on, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub later: Vec<ScheduleSegment>,
}

fn is_default(conventions: &Conventions) -> bool {
    *conventions == Conventions::default()
}

impl Schedule {
    /// The schedule as a document.
    pub fn document(&self) -> ScheduleDocument {
        let reference = |segment: &Segment| {
            segment.calendar().map(|calendar| CalendarReference {
                name: calendar.name().to_owned(),
                fingerprint: Some(calendar.fingerprint()),
            })
        };
        let first = self.segments().first();
        ScheduleDocument {
            hours: first.map(|s| rules_text(s.rules())).unwrap_or_default(),
            zone: self.zone().name().to_owned(),
            holidays: first.and_then(reference),
            conventions: self.conventions(),
            later: self
                .segments()
                .iter()
                .filter_map(|s| s.from.map(|from| (from, s)))
                .map(|(from, s)| ScheduleSegment {
                    from,
                    hours: rules_text(s.rules()),
                    holidays: reference(s),
                })
                .collect(),
        }
    }

    /// The schedule of a document, with the calendars that it refers to. Built-in ones need not be given.
    ///
    /// # Errors
    /// - those of [`parse_in`](Self::parse_in)
    /// - a calendar that is neither given nor built in, or whose fingerprint is another
    /// - later segments that are not in order of their dates, or outside the years 1900 to 2100
    pub fn from_document<'a>(document: &'a ScheduleDocument, calendars: &[HolidayCalendar]) -> Result<Self> {
        // Each calendar once, however many segments have it.
        let mut known: BTreeMap<(&str, Option<Fingerprint>), Arc<Attached>> = BTreeMap::new();
        let mut find = |reference: &'a Option<CalendarReference>| -> Result<Option<Arc<Attached>>> {
            let Some(reference) = reference else { return Ok(None) };
            let key = (reference.name.as_str(), reference.fingerprint);
            if let Some(attached) = known.get(&key) {
                return Ok(Some(attached.clone()));
            }
            let attached = Attached::new(calendar_of(reference, calendars)?);
            known.insert(key, attached.clone());
            Ok(Some(attached))
        };
        let rules = normal_form(parse::rules(&document.hours)?);
        let mut segments = vec![Segment::new(None, rules, find(&document.holidays)?)];
        for later in &document.later {
            supported_date(DATE, later.from)?;
            if segments.last().is_some_and(|before| before.from >= Some(later.from)) {
                return Err(KlokuurError::InvalidValue {
                    what: "date that a schedule holds from",
                    given: later.from.to_string(),
                    accepted: "a date after that of the segment before".into(),
                });
            }
            let rules = normal_form(parse::rules(&later.hours)?);
            segments.push(Segment::new(Some(later.from), rules, find(&later.holidays)?));
        }
        Self::from_segments(document.zone.parse()?, document.conventions, segments)
    }

    /// The schedule as the JSON text of its [`document`](Self::document), as every language writes it.
    #[cfg(feature = "documents")]
    pub fn to_json(&self) -> String {
        // Texts, dates and names always fit.
        serde_json::to_string(&self.document()).unwrap_or_default()
    }

    /// The schedule of a JSON text, with the calendars that it refers to. Built-in ones need not be given.
    ///
    /// ```
    /// # use klokuur::{HolidayCalendar, Schedule};
    /// let shop = Schedule::parse_in("Mo-Sa 09:00-18:00", "Europe/Amsterdam")?;
    /// let shop = shop.with_holidays(HolidayCalendar::netherlands())?;
    /// assert_eq!(Schedule::from_json(&shop.to_json(), &[])?, shop);
    /// # Ok::<(), klokuur::KlokuurError>(())
    /// ```
    ///
    /// # Errors
    /// - text that is not JSON, that has a key twice, or that is nested too deeply
    /// - a list instead of an object, a key that is missing or that the form does not know
    /// - those of [`from_document`](Self::from_document)
    #[cfg(feature = "documents")]
    pub fn from_json(text: &str, calendars: &[HolidayCalendar]) -> Result<Self> {
        let document = crate::document::from_json(DOCUMENT, text)?;
        Self::from_document(&crate::document::read(DOCUMENT, document)?, calendars)
    }
}

fn calendar_of(reference: &CalendarReference, calendars: &[HolidayCalendar]) -> Result<HolidayCalendar> {
    let fits = |calendar: &&HolidayCalendar| {
        calendar.name() == reference.name && reference.fingerprint.is_none_or(|f| f == calendar.fingerprint())
    };
    if let Some(calendar) = calendars.iter().find(fits) {
        return Ok(calendar.clone());
    }
    let built_in = HolidayCalendar::country(&reference.name).ok();
    built_in.filter(|calendar| fits(&calendar)).ok_or_else(|| KlokuurError::UnknownName {
        what: "holiday calendar",
        given: match reference.fingerprint {
            Some(fingerprint) => format!("{} {fingerprint}", reference.name),
            None => reference.name.clone(),
        },
        accepted: "a calendar that is given or built in, with the same fingerprint where one is named".into(),
    })
}

impl Serialize for Schedule {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        self.document().serialize(serializer)
    }
}

/// Reads a [`ScheduleDocument`] whose calendars are all built in; for others there is [`Schedule::from_document`].
impl<'de> Deserialize<'de> for Schedule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        #[cfg(feature = "documents")]
        let document: ScheduleDocument = {
            let value = crate::document::value_of(deserializer)?;
            crate::document::read(DOCUMENT, value).map_err(serde::de::Error::custom)?
        };
        #[cfg(not(feature = "documents"))]
        let document = ScheduleDocument::deserialize(deserializer)?;
        Self::from_document(&document, &[]).map_err(serde::de::Error::custom)
    }
}
