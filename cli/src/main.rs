//! The command `klokuur`.

use std::io::{BufWriter, stderr, stdout};
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut out = BufWriter::new(stdout().lock());
    ExitCode::from(klokuur_cli::run(std::env::args_os(), &mut out, &mut stderr()))
}
