//! The public items of the core beside Python and the facade of Kotlin and Swift: what one of them lacks has a reason.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use klokuur_tests::files::{root, texts_below};

use super::files::Files;

/// What tests/PARITY.md says of an item: the cell for Python, and the one for Kotlin and Swift.
fn table() -> BTreeMap<String, [String; 2]> {
    let text = fs::read_to_string(root().join("tests/PARITY.md")).unwrap();
    let mut rows = BTreeMap::new();
    for line in text.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<_> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [item, python, facade] = cells[..] else {
            panic!("{line}: a row is `| item | Python | Kotlin and Swift |`")
        };
        let row = [python.to_owned(), facade.to_owned()];
        assert!(rows.insert(item.trim_matches('`').to_owned(), row).is_none(), "{item} is there twice");
    }
    rows
}

/// All words of the sources below a folder, as one writes them in any language: without case and underscores.
fn words(folder: &str, endings: &[&str]) -> BTreeSet<String> {
    let texts = texts_below(folder, endings).unwrap();
    let words = texts.iter().flat_map(|(_, text)| text.split(|c: char| !c.is_alphanumeric() && c != '_'));
    words.map(plain).collect()
}

fn plain(word: &str) -> String {
    word.to_lowercase().replace('_', "")
}

#[test]
fn every_public_item_is_in_every_language_or_says_why_not() {
    let items = Files::of_the_core().public_items();
    assert!(items.len() > 250, "the files are not read");
    let there =
        [words("bindings-python/python/klokuur", &["py", "pyi"]), words("bindings-kotlin/src", &["rs"])];
    let (table, mut wrong) = (table(), Vec::new());
    for item in &items {
        for (place, language) in ["Python", "Kotlin and Swift"].iter().enumerate() {
            let has = there[place].contains(&plain(item));
            match table.get(item).map(|row| row[place].as_str()) {
                None if !has => {
                    wrong.push(format!("`{item}` is not in {language}: it needs a row with a reason"))
                }
                Some("") if !has => {
                    wrong.push(format!("`{item}` is not in {language}: its row needs a reason"))
                }
                Some(cell) if !cell.is_empty() && has => {
                    wrong.push(format!("`{item}` is in {language}: take out `{cell}`"))
                }
                // In code style stands what it is called there.
                Some(cell) => {
                    let named = cell
                        .split('`')
                        .skip(1)
                        .step_by(2)
                        .filter(|name| !there[place].contains(&plain(name)));
                    wrong.extend(named.map(|name| format!("`{item}`: there is no `{name}` in {language}")));
                }
                None => {}
            }
        }
    }
    wrong.extend(
        table
            .keys()
            .filter(|item| !items.contains(*item))
            .map(|item| format!("`{item}` is no public item of the core")),
    );
    assert!(wrong.is_empty(), "tests/PARITY.md:\n{}", wrong.join("\n"));
}
