//! The Rust of the documentation's pages, run as doctests: `cargo test -p klokuur-tests --doc`.

#[doc = include_str!("../../docs/pages/start/rust.md")]
struct TenMinutes;
