//! The fold of one case: where it stands, and how an event or the passing of time changes that.
//!
//! Time acts at exact instants: a warning at 18 hours, a breach one nanosecond after the deadline, the sending back at
//! 48 hours, the survey a day after closing. Events of an instant come before what time does at that instant: an
//! answer at 48 hours exactly still keeps a forwarded case. An answer exactly at the deadline is in time (RULES C3).
//!
//! # Where what is
//!
//! All files but the first three are parts of one `impl State`, each with the rules of its subject.
//!
//! - `fields`: where a case stands: its times, counts and marks
//! - `flag`: the marks, one bit each
//! - `act`: what happened, as far as the fold needs to know
//! - `take`: takes what happened, or refuses it with a reason
//! - `opening`: the opening of a case (RULES K7, K15), and the call that makes one (RULES K9)
//! - `message`: messages of the customer and of the seller (RULES K8, K11)
//! - `marketplace`: cases that the marketplace forwards or is handed (RULES K5, K6)
//! - `request`: returns and cancellations (RULES K12)
//! - `closing`: closing, reopening, and the survey after it (RULES K9, K10, Q2)
//! - `clock`: the clocks of a case start, are answered, are cancelled, stand still and go on (RULES C3, C6)
//! - `tick`: what time does to a case, and when (RULES C2, K5, K8, K12, K17)

mod act;
mod clock;
mod closing;
mod fields;
pub(super) mod flag;
mod marketplace;
mod message;
mod opening;
mod request;
mod take;
mod tick;

pub(super) use act::Refusal;
pub(crate) use act::{Act, Opened};
pub(super) use fields::{Counts, State};
