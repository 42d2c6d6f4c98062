//! `klokuur man`: manual pages.

use std::io::Write;

use crate::arguments::Man;
use crate::command;
use crate::failure::{Failure, Result};

pub(super) fn run(given: &Man, out: &mut dyn Write) -> Result<()> {
    let Some(folder) = &given.out else {
        let mut text = Vec::new();
        clap_mangen::Man::new(command()).render(&mut text)?;
        out.write_all(&text)?;
        return Ok(());
    };
    let written = std::fs::create_dir_all(folder).and_then(|()| clap_mangen::generate_to(command(), folder));
    written.map_err(|problem| Failure::of_file(folder, format!("no manual can be written there: {problem}")))
}
