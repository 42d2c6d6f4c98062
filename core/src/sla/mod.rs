//! Service-level clocks for any kind of conversation: metrics, targets, pauses, states (RULES C2, C3, C6, C8).
//!
//! This module knows tickets, not marketplace cases: [`crate::case`] stands on it. A [`Policy`] says which metrics
//! have which target; a [`Sla`] joins it with the schedule whose hours count. [`Sla::evaluate`] is a pure fold over the
//! events: nothing is polled, nothing depends on when or how often it was asked, and an answer that came late stays
//! late whoever asks when.
//!
//! ```
//! use chrono::{DateTime, Utc};
//! use klokuur::sla::{Amount, ClockState, Metric, Policy, Sla, SlaEvent, SlaSignal, Target};
//! use klokuur::Schedule;
//!
//! let policy = Policy::new("24 clock hours", vec![Target::new(Metric::FirstReply, Amount::business_hours(24))])?;
//! let sla = Sla::new(policy, Schedule::parse("Mo-Fr 00:00-24:00", chrono_tz::Europe::Amsterdam)?);
//! let asked: DateTime<Utc> = "2026-03-13T14:00:00Z".parse()?; // a Friday, 15:00 local time
//! let events = [SlaEvent::new(asked, SlaSignal::opened_by_requester())];
//!
//! let saturday: DateTime<Utc> = "2026-03-14T12:00:00Z".parse()?;
//! let status = sla.evaluate(&events, saturday)?;
//! let first = status.last(Metric::FirstReply).ok_or("no such metric")?;
//! assert_eq!(first.state, ClockState::OutsideHours);
//! assert_eq!(first.due.map(|due| due.to_string()).as_deref(), Some("2026-03-16 15:00:00 CET"));
//! assert_eq!(sla.next_event(&events, saturday)?.map(|next| next.at.to_string()).as_deref(), Some("2026-03-16 00:00:00 CET"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Where what is
//!
//! - `amount`: an amount of the time that a metric counts
//! - `counter`: what a clock counts: the open time of a schedule, or all time
//! - `cycle`: from events to cycles: which stretches of time belong to which clock
//! - `event`: what a service-level clock needs to know of a conversation
//! - `instant`: instants as whole nanoseconds since the Unix epoch: exact, and small enough to keep a million of them
//! - `measure`: from cycles to clocks: how much was counted, when it is due, where it stands
//! - `next`: the next instant at which a clock says something else: one timer instead of polling
//! - `policy`: which metrics have which target, as data
//! - `status`: what a clock says at an instant
//! - `why`: why a clock says what it says: what was counted, what was skipped, what was paused (RULES C8)

mod amount;
pub(crate) mod counter;
mod cycle;
mod event;
pub(crate) mod instant;
mod measure;
mod next;
mod policy;
mod status;
pub(crate) mod why;

pub use amount::Amount;
pub use event::{SlaEvent, SlaSignal, TicketSide, TicketStatus};
pub use measure::Sla;
pub use next::{NextChange, NextEvent};
pub use policy::{Metric, OnMessage, OnReopened, OnSolved, Policy, Target, Warning};
pub use status::{ClockState, Evaluation, MetricStatus, Threshold};
