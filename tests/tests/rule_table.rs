//! The table of core/DESIGN.md: every rule of core/RULES.md has a row, every test that a row names exists and every test
//! that bears a rule's number is in one, the files that decide a rule cite it, and the code cites every rule.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use klokuur_tests::files::{root, texts_below};

/// Rules that are written down before the code that carries them out. A rule leaves this list with its first row.
const NOT_YET: [&str; 0] = [];

/// The numbers that core/RULES.md defines, each as a point `- **K5** …`.
fn every_rule() -> BTreeSet<String> {
    let text = fs::read_to_string(root().join("core/RULES.md")).unwrap();
    let points = text.lines().filter_map(|line| line.strip_prefix("- **")?.split_once("**"));
    let mut rules = BTreeSet::new();
    for (rule, _) in points {
        assert!(is_rule(rule), "core/RULES.md: `{rule}` is not a letter and a number");
        assert!(rules.insert(rule.to_owned()), "core/RULES.md: {rule} is there twice");
    }
    rules
}

/// What the rows of one rule name.
#[derive(Default)]
struct Row {
    files: BTreeSet<String>,
    tests: BTreeSet<String>,
}

/// The rows `| K5 | file, file | test, test |`, by rule.
fn rows() -> BTreeMap<String, Row> {
    let text = fs::read_to_string(root().join("core/DESIGN.md")).unwrap();
    let mut rows: BTreeMap<String, Row> = BTreeMap::new();
    for line in text.lines().filter(|line| line.starts_with('|')) {
        let cells: Vec<_> = line.trim_matches('|').split('|').map(str::trim).collect();
        let Some(rule) = cells.first().filter(|cell| is_rule(cell)) else { continue };
        assert!(cells.len() == 3, "{line}: a row is `| rule | files | tests |`");
        let names = |cell: &str| -> Vec<String> {
            cell.split(',').map(|name| name.trim().trim_matches('`').to_owned()).collect()
        };
        let row = rows.entry((*rule).to_owned()).or_default();
        row.files.extend(names(cells[1]));
        row.tests.extend(names(cells[2]));
    }
    rows
}

fn is_rule(cell: &str) -> bool {
    cell.len() > 1
        && cell.starts_with(|c: char| c.is_ascii_uppercase())
        && cell[1..].bytes().all(|b| b.is_ascii_digit())
}

/// The names of all test functions below the folders.
fn test_functions() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for folder in ["core/src", "core/tests", "tests/src", "tests/tests"] {
        for (_, text) in texts_below(folder, &["rs"]).unwrap() {
            let mut is_test = false;
            for line in text.lines().map(str::trim) {
                match line.strip_prefix("fn ") {
                    Some(rest) if is_test => {
                        names.insert(rest.split(['(', '<']).next().unwrap().to_owned());
                        is_test = false;
                    }
                    _ => {
                        is_test =
                            line == "#[test]" || is_test && (line.starts_with("#[") || line.starts_with("//"))
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
        match (rows.contains_key(rule), NOT_YET.contains(&rule.as_str())) {
            (false, false) => wrong.push(format!("{rule} has no row")),
            (true, true) => wrong.push(format!("{rule} has a row: take it out of NOT_YET")),
            _ => {}
        }
    }
    for (rule, row) in &rows {
        if !rules.contains(rule) {
            wrong.push(format!("{rule} is no rule"));
        }
        let missing = row.tests.iter().filter(|test| !functions.contains(*test));
        wrong.extend(missing.map(|test| format!("{rule}: there is no test `{test}`")));
    }
    // `k5_…` checks K5, so whoever looks for that rule should find it here.
    for test in &functions {
        let rule = test.split('_').next().unwrap_or_default().to_uppercase();
        let is_in_a_row = || rows.values().any(|row| row.tests.contains(test));
        if rules.contains(&rule) && !is_in_a_row() {
            wrong.push(format!("{rule}: the test `{test}` is in no row"));
        }
    }
    assert!(wrong.is_empty(), "core/DESIGN.md:\n{}", wrong.join("\n"));
}

#[test]
fn the_files_that_decide_a_rule_cite_it() {
    let files: BTreeMap<String, String> = texts_below("core/src", &["rs"])
        .unwrap()
        .into_iter()
        .map(|(path, text)| (path.to_str().unwrap().replace('\\', "/"), text))
        .collect();
    let mut wrong = Vec::new();
    for (rule, row) in rows() {
        for file in &row.files {
            match files.get(file) {
                None => wrong.push(format!("{rule}: there is no file `core/src/{file}`")),
                Some(text) if !rules_cited(text).contains(&rule) => {
                    wrong.push(format!("{rule}: `core/src/{file}` does not cite it"))
                }
                Some(_) => {}
            }
        }
    }
    assert!(wrong.is_empty(), "core/DESIGN.md:\n{}", wrong.join("\n"));
}

/// The rules that the comments of a file cite, but for those of its tests.
fn rules_cited(text: &str) -> BTreeSet<String> {
    let code = text.split("#[cfg(test)]\nmod").next().unwrap_or(text);
    let comments = code.lines().filter_map(|line| line.split_once("//"));
    comments.flat_map(|(_, comment)| cited(comment)).collect()
}

/// The rules that a comment cites: `RULES K5`, `(Q1, Q3–Q5)`, `N1`.
fn cited(comment: &str) -> Vec<String> {
    let words: Vec<&str> = comment.split(|c: char| !c.is_ascii_alphanumeric()).collect();
    let mut rules: Vec<String> =
        words.iter().filter(|word| is_rule(word)).map(|word| (*word).to_owned()).collect();
    // A stretch `Q3–Q5` or `H1-H3` cites what is between.
    for stretch in comment.split([' ', '(', ')', ',', ';', ':']) {
        let Some((from, to)) = stretch.split_once(['–', '-']) else { continue };
        let to = to.trim_end_matches('.');
        if let (true, true) = (is_rule(from), is_rule(to))
            && let (Ok(first), Ok(last)) = (from[1..].parse::<u32>(), to[1..].parse::<u32>())
        {
            rules.extend((first..=last).map(|number| format!("{}{number}", &from[..1])));
        }
    }
    rules
}

#[test]
fn a_comment_in_the_code_cites_every_rule() {
    let mut missing = every_rule();
    for (path, text) in texts_below("core/src", &["rs"]).unwrap() {
        if path.iter().any(|part| part == "tests") || path.ends_with("tests.rs") {
            continue;
        }
        for rule in rules_cited(&text) {
            missing.remove(&rule);
        }
    }
    assert!(missing.is_empty(), "core/src: no comment cites {missing:?}");
}

#[test]
fn a_stretch_cites_the_rules_between() {
    assert_eq!(cited(" exact (RULES Q1, Q3–Q5)."), ["Q1", "Q3", "Q5", "Q3", "Q4", "Q5"]);
    assert_eq!(cited(" a well-known word, 24-48 and K5."), ["K5"]);
}
