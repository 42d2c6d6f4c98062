//! `klokuur mappings`: the mappings that come with the command.

use std::io::Write;

use crate::arguments::Mappings;
use crate::failure::{Failure, Result};
use crate::mapping::{find, names, shipped_toml};
use crate::say;

pub(super) fn run(given: &Mappings, out: &mut dyn Write) -> Result<()> {
    match &given.name {
        None => {
            let width = names().iter().map(|name| name.len()).max().unwrap_or_default();
            for name in names() {
                say::line(out, format!("{name:width$}  {}", find(name)?.about))?;
            }
            Ok(())
        }
        Some(name) => {
            let unknown = || {
                let there = names().join(", ");
                Failure::Argument(format!("unknown mapping `{name}`: accepted is {there}"))
            };
            out.write_all(shipped_toml(name).ok_or_else(unknown)?.as_bytes())?;
            Ok(())
        }
    }
}
