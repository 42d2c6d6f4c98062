//! How an export is read: which columns and states it has, and how its file is laid out.

mod document;
mod guess;
mod shipped;

pub use document::{ExportMapping, FileLayout, Reads};
pub use guess::{Guess, guess_file};
pub use shipped::{find, names, shipped_toml};
