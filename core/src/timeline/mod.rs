//! A schedule compiled for arithmetic with business time.

mod duration;

pub use duration::BusinessDuration;
