//! `# Errors`, as Rust documents them, as each language does.

/// Under `# Errors` stands a list, the last thing of its comment: it becomes the language's own tag, the list beneath it.
pub(crate) fn errors_as(source: &str, comment: &str, tag: &str) -> String {
    let heading = format!("{comment} # Errors");
    let item = format!("{comment} ");
    let mut is_list = false;
    let mut made = String::with_capacity(source.len());
    for line in source.lines() {
        let text = line.trim_start();
        let indent = line.get(..line.len() - text.len()).unwrap_or_default();
        if text.trim_end() == heading {
            is_list = true;
            made.push_str(&format!("{indent}{comment} {tag}"));
        } else if let Some(rest) = text.strip_prefix(&item).filter(|_| is_list) {
            made.push_str(&format!("{indent}{comment}   {rest}"));
        } else {
            is_list = false;
            made.push_str(line);
        }
        made.push('\n');
    }
    made
}

#[cfg(test)]
mod tests {
    use super::errors_as;

    #[test]
    fn the_heading_becomes_the_tag_and_its_list_stands_beneath_it() {
        let rust = "  * Adds.\n  *\n  * # Errors\n  * - a year\n  *   that is far\n  */\n";
        let swift = "  * Adds.\n  *\n  * - Throws: for\n  *   - a year\n  *     that is far\n  */\n";
        assert_eq!(errors_as(rust, "*", "- Throws: for"), swift);
    }
}
