//! The hours that count, and the hours that customers see.

use chrono::{DateTime, Utc};

use crate::time::{Moment, Zone};

use crate::calendar::Fingerprint;
use crate::error::Result;
use crate::fingerprints::Fingerprints;
use crate::rulebook::{ClockRules, Rulebook, RulesByWeek};
use crate::schedule::Schedule;

/// When call attempts count for the norm, and when the seller says to be reachable.
///
/// Attempts count on working days from 09:00 to 17:00 (RULES T1, B). Wider hours of the seller's own are shown to
/// customers, but leave the norm as it is (RULES T2, D), unless the rulebook says that they count.
///
/// ```
/// # use chrono::{DateTime, Utc};
/// # use klokuur::{Rulebook, phone::PhoneHours};
/// let hours = PhoneHours::of(&Rulebook::bol())?.reachable("Mo-Fr 08:00-22:00")?;
/// let evening: DateTime<Utc> = "2026-03-09T19:30:00Z".parse()?;
/// assert!(hours.is_reachable(evening)?);
/// assert!(!hours.counts(evening)?); // shown to customers, outside the norm
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct PhoneHours {
    norm: Schedule,
    own: Option<Schedule>,
    own_count: bool,
    /// What counted under older rulebooks, where that was something else, the oldest first.
    earlier: Vec<Earlier>,
    clock: ClockRules,
    rules: Fingerprint,
}

/// What counted before an instant.
#[derive(Debug, Clone)]
struct Earlier {
    until: DateTime<Utc>,
    norm: Schedule,
    own_count: bool,
}

impl PhoneHours {
    /// The hours of a rulebook; those of a history count each in the weeks of its own rulebook (RULES S6), and the seller
    /// is reachable in the newest.
    ///
    /// # Errors
    /// - a rulebook without phone rules, or put together in code with hours that are not valid
    pub fn of<R: RulesByWeek + ?Sized>(rules: &R) -> Result<Self> {
        let newest = rules.newest_rules()?;
        let history = rules.to_history()?;
        let books = history.rulebooks();
        let of = |rules: &Rulebook| {
            let phone = rules.phone.as_ref().map(|phone| (phone.hours.clone(), phone.extra_hours_count));
            (phone, rules.clock.calendars.clone(), rules.clock.conventions)
        };
        // Those that say the same as the newest need no hours of their own.
        let last = books.iter().rposition(|old| of(old) != of(newest)).map_or(0, |place| place + 1);
        let mut earlier = Vec::new();
        for (old, next) in books.iter().zip(books.iter().skip(1)).take(last) {
            let Some(phone) = old.phone.as_ref() else { continue };
            let until = old.clock.zone.start_of(next.first_week().monday()).to_utc();
            let (norm, own_count) = (old.phone_schedule()?, phone.extra_hours_count);
            earlier.push(Earlier { until, norm, own_count });
        }
        Ok(Self {
            norm: newest.phone_schedule()?,
            own: None,
            earlier,
            own_count: newest.phone_rules()?.extra_hours_count,
            clock: newest.clock.clone(),
            rules: rules.fingerprint(),
        })
    }

    /// The same with the seller's own hours, as schedule text in the rulebook's zone with its holidays (RULES T2).
    ///
    /// # Errors
    /// - a text that is no schedule, or that never opens
    pub fn reachable(self, hours: &str) -> Result<Self> {
        let own = self.clock.schedule_of(hours)?;
        Ok(self.reachable_by(own))
    }

    /// The same with the seller's own hours as a schedule (RULES T2).
    #[must_use]
    pub fn reachable_by(self, hours: Schedule) -> Self {
        Self { own: Some(hours), ..self }
    }

    /// What attempts are counted by: the norm's hours, together with the seller's own where those count, and the rules
    /// (RULES I5).
    pub fn fingerprints(&self) -> Fingerprints {
        let mut found = Fingerprints { rules: Some(self.rules), ..Fingerprints::of(&self.norm) };
        if let Some(own) = self.own.as_ref().filter(|_| self.own_count) {
            // I5: hours that count decide, so they have a part in the fingerprint; hours that are only shown have
            // none.
            let text = format!("klokuur phone hours 1\n{}\n{}\n", self.norm.fingerprint(), own.fingerprint());
            found.schedule = Some(Fingerprint::of(&text));
        }
        found
    }

    /// The hours that count for the norm, by the newest rules.
    pub fn norm_hours(&self) -> &Schedule {
        &self.norm
    }

    /// The hours that customers see: the seller's own where set. `Display` gives them as text.
    pub fn reachable_hours(&self) -> &Schedule {
        self.own.as_ref().unwrap_or(&self.norm)
    }

    /// The zone that dates and weeks are taken in.
    pub fn zone(&self) -> Zone {
        self.norm.zone()
    }

    /// Whether a call attempt at this instant counts for the norm.
    ///
    /// # Errors
    /// - an instant outside the supported ones
    pub fn counts<M: Moment>(&self, at: M) -> Result<bool> {
        let utc = at.utc();
        let earlier = self.earlier.iter().find(|earlier| utc < earlier.until);
        let (norm, own_count) =
            earlier.map_or((&self.norm, self.own_count), |earlier| (&earlier.norm, earlier.own_count));
        // T1: the hours of the norm count whatever the seller offers beside them.
        if norm.is_open(at.clone())? {
            return Ok(true);
        }
        match &self.own {
            Some(own) if own_count => own.is_open(at),
            _ => Ok(false),
        }
    }

    /// Whether the seller says to be reachable at this instant.
    ///
    /// # Errors
    /// - an instant outside the supported ones
    pub fn is_reachable<M: Moment>(&self, at: M) -> Result<bool> {
        self.reachable_hours().is_open(at)
    }
}
