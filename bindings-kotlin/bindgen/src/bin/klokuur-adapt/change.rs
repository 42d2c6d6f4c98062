//! One text in the place of another, as often as it must be there.

/// How often what is replaced must be there.
#[derive(Clone, Copy)]
pub(crate) enum Times {
    Once,
    Some,
}

/// Replaces a text.
///
/// # Errors
/// - the text is not there, or more than once where once is right
pub(crate) fn replaced(source: String, times: Times, from: &str, to: &str) -> Result<String, String> {
    let found = source.matches(from).count();
    let fits = match times {
        Times::Once => found == 1,
        Times::Some => found > 0,
    };
    if !fits {
        return Err(format!("the generated code has changed: `{from}` stands there {found} times"));
    }
    Ok(source.replace(from, to))
}

/// Replaces each line that `change` has another for.
///
/// # Errors
/// - there is no such line
pub(crate) fn lines(
    source: &str,
    what: &str,
    mut change: impl FnMut(&str) -> Option<String>,
) -> Result<String, String> {
    let mut changed = 0;
    let mut made = String::with_capacity(source.len());
    for line in source.lines() {
        match change(line) {
            Some(other) => {
                changed += 1;
                made.push_str(&other);
            }
            None => made.push_str(line),
        }
        made.push('\n');
    }
    if changed == 0 {
        return Err(format!("the generated code has changed: no line is {what}"));
    }
    Ok(made)
}
