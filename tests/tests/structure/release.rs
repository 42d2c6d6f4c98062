//! One version for every language, and what a registry asks of a package.

use std::fs;
use std::path::Path;

fn read(path: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    fs::read_to_string(&file).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What stands between `before` and `after`, at its first place in `text`.
fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let from = text.find(before).unwrap_or_else(|| panic!("no {before:?}")) + before.len();
    let length = text[from..].find(after).unwrap_or_else(|| panic!("no {after:?}"));
    &text[from..from + length]
}

#[test]
fn one_version_stands_in_every_package() {
    let version = between(&read("Cargo.toml"), "[workspace.package]\nversion = \"", "\"").to_owned();
    let cli = read("cli/Cargo.toml");
    assert_eq!(between(&cli, "klokuur = { version = \"", "\""), version, "cli/Cargo.toml");
    let pom = read("bindings-kotlin/kotlin/pom.xml");
    assert_eq!(between(&pom, "<artifactId>klokuur</artifactId>\n  <version>", "<"), version, "pom.xml");
    let outside = read("bindings-kotlin/kotlin/outside/pom.xml");
    let needed = between(&outside, "<artifactId>klokuur</artifactId>", "</dependency>").trim().to_owned();
    assert_eq!(needed, format!("<version>{version}</version>"), "outside/pom.xml");
    for manifest in ["core", "cli", "bindings-python", "bindings-kotlin"] {
        assert!(
            read(&format!("{manifest}/Cargo.toml")).contains("\nversion.workspace = true\n"),
            "{manifest}/Cargo.toml"
        );
    }
    assert!(
        read("bindings-python/pyproject.toml").contains("\ndynamic = [\"version\"]\n"),
        "maturin takes the crate's"
    );
    let changes = read("CHANGELOG.md");
    let newest = changes.lines().filter(|line| line.starts_with("## ")).find(|line| *line != "## Unreleased");
    let (number, date) =
        newest.and_then(|line| line[3..].split_once(" - ")).expect("## VERSION - DATE in CHANGELOG.md");
    assert_eq!(number, version, "the newest version of CHANGELOG.md");
    assert!(date.parse::<chrono::NaiveDate>().is_ok(), "{date} is no date");
}

#[test]
fn every_package_says_what_it_is_and_where_it_lives() {
    let home = between(&read("Cargo.toml"), "repository = \"", "\"").to_owned();
    for manifest in ["core/Cargo.toml", "cli/Cargo.toml"] {
        let text = read(manifest);
        for key in [
            "license",
            "repository",
            "description",
            "keywords",
            "categories",
            "readme",
            "documentation",
            "homepage",
        ] {
            assert!(text.lines().any(|line| line.starts_with(key)), "{manifest} has no {key}");
        }
    }
    let python = read("bindings-python/pyproject.toml");
    for key in ["Homepage", "Documentation", "Repository", "Changelog", "Issues"] {
        assert!(python.contains(&format!("\n{key} = \"{home}")), "pyproject.toml has no {key} below {home}");
    }
    let pom = read("bindings-kotlin/kotlin/pom.xml");
    // What Maven Central asks of a POM: https://central.sonatype.org/publish/requirements/
    for element in
        ["name", "description", "url", "licenses", "developers", "scm", "connection", "developerConnection"]
    {
        assert!(!between(&pom, &format!("<{element}>"), &format!("</{element}>")).trim().is_empty());
    }
    assert!(pom.contains(&format!("<url>{home}</url>")), "pom.xml has no {home}");
}
