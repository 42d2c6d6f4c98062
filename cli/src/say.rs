//! Lines for people: what is read from files does not steer their terminal.

use std::io::{ErrorKind, Write};

use crate::failure::{Failure, Result};

/// A text in one line, with escapes for what steers a terminal.
pub(crate) fn plain(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '\n' | '\r' | '\t' => shown.push(' '),
            // Marks that turn the direction of writing are not seen, but change what is.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => shown.extend(sign.escape_unicode()),
            sign if sign.is_control() => shown.extend(sign.escape_unicode()),
            sign => shown.push(sign),
        }
    }
    shown
}

/// Writes a line.
pub(crate) fn line(to: &mut dyn Write, text: impl AsRef<str>) -> Result<()> {
    writeln!(to, "{}", plain(text.as_ref()))?;
    Ok(())
}

/// A reader that has seen enough (`| head`) is no failure.
pub(crate) fn is_broken_pipe(failure: &Failure) -> bool {
    matches!(failure, Failure::Output(problem) if problem.kind() == ErrorKind::BrokenPipe)
}
