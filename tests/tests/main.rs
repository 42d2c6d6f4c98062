//! One test binary: a module per subject.

mod nps;
mod vectors;
