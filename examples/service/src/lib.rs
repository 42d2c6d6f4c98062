//! A case inbox as a small web service: what an application around the case book of klokuur has to do, and no more.
//!
//! - [`Store`]: events and what was told of them, in one SQLite file. Nothing else is kept; the book is made of it.
//! - [`Desk`]: the book and its store. It does everything that came within one transaction, or none of it.
//! - [`Office`]: the one thread that has the desk, with a bounded queue before it and one timer.
//! - [`api`]: HTTP in front of it.
//!
//! **What is promised.** An event that was answered is on the disk. What it made of its case, and what time made of it, is told
//! once: with the event, in the same transaction, under a number that is never used again. Whoever reads what was told keeps the
//! last number; after a crash on either side the next one follows. Between two transactions nobody is told anything, so a process
//! that is killed has said nothing that the next one does not know.

pub mod api;
mod desk;
mod failure;
mod office;
mod page;
mod store;

pub use desk::{Answer, Desk, Question};
pub use failure::{Failure, Result};
pub use office::{Office, Queue};
pub use store::{Numbered, Store};
