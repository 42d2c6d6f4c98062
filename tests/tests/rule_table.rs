//! The table of core/DESIGN.md: every rule of RULES has a row, and every test that a row names exists.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The rules: a letter and how many.
const RULES: [(char, u32); 12] = [
    ('K', 14),
    ('C', 8),
    ('H', 3),
    ('N', 4),
    ('S', 5),
    ('P', 3),
    ('Q', 5),
    ('T', 2),
    ('I', 5),
    ('M', 1),
    ('R', 5),
    ('G', 3),
];

fn every_rule() -> BTreeSet<String> {
    RULES.iter().flat_map(|(letter, last)| (1..=*last).map(move |n| format!("{letter}{n}"))).collect()
}

/// The rows `| K5 | module | test, test |`, by rule.
fn rows() -> BTreeMap<String, Vec<String>> {
    let text = fs::read_to_string(root().join("core/DESIGN.md")).unwrap();
    let mut rows: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in text.lines().filter(|line| line.starts_with('|')) {
        let cells: Vec<_> = line.trim_matches('|').split('|').map(str::trim).collect();
        let Some(rule) = cells.first().filter(|cell| is_rule(cell)) else { continue };
        assert!(cells.len() == 3, "{line}: a row is `| rule | module | tests |`");
        let tests = cells[2].split(',').map(|test| test.trim().trim_matches('`').to_owned());
        rows.entry((*rule).to_owned()).or_default().extend(tests);
    }
    rows
}

fn is_rule(cell: &str) -> bool {
    cell.len() > 1
        && cell.starts_with(|c: char| c.is_ascii_uppercase())
        && cell[1..].bytes().all(|b| b.is_ascii_digit())
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// The names of all test functions below the folders.
fn test_functions() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut folders = vec![root().join("core/src"), root().join("tests/src"), root().join("tests/tests")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ext| ext == "rs") {
                let text = fs::read_to_string(path).unwrap();
                let mut is_test = false;
                for line in text.lines().map(str::trim) {
                    match line.strip_prefix("fn ") {
                        Some(rest) if is_test => {
                            names.insert(rest.split(['(', '<']).next().unwrap().to_owned());
                            is_test = false;
                        }
                        _ => {
                            is_test = line == "#[test]"
                                || is_test && (line.starts_with("#[") || line.starts_with("//"))
                        }
                    }
                }
            }
        }
    }
    names
}

#[test]
fn every_rule_has_a_row_and_every_test_exists() {
    let (rules, rows, functions) = (every_rule(), rows(), test_functions());
    let mut wrong = Vec::new();
    for rule in &rules {
        if !rows.contains_key(rule) {
            wrong.push(format!("{rule} has no row"));
        }
    }
    for (rule, tests) in &rows {
        if !rules.contains(rule) {
            wrong.push(format!("{rule} is no rule"));
        }
        for test in tests {
            if !functions.contains(test) {
                wrong.push(format!("{rule}: there is no test `{test}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "core/DESIGN.md:\n{}", wrong.join("\n"));
}
