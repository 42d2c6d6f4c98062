//! How long a file is: one subject each, so none is long.

use klokuur_tests::files::texts_below;

/// The lines that no file exceeds.
const LINES_AT_MOST: usize = 600;

/// Where files are written by hand; what builds make lies elsewhere, but for [`MADE`].
const WRITTEN: [&str; 19] = [
    "benches/benches",
    "benches/src",
    "bindings-kotlin/bindgen",
    "bindings-kotlin/kotlin/src",
    "bindings-kotlin/src",
    "bindings-kotlin/swift/Sources",
    "bindings-kotlin/swift/Tests",
    "bindings-python/benches",
    "bindings-python/python",
    "bindings-python/src",
    "bindings-python/tests",
    "bindings-python/tools",
    "cli",
    "core",
    "docs/tests",
    "examples/service",
    "fuzz/targets",
    "tests/src",
    "tests/tests",
];

/// Made of the Rust facade.
const MADE: &str = "Generated.swift";

#[test]
fn no_file_is_long() {
    let mut long = Vec::new();
    let mut files = 0;
    for folder in WRITTEN {
        for (path, text) in texts_below(folder, &["kt", "kts", "mjs", "py", "rs", "sh", "swift"]).unwrap() {
            let lines = text.lines().count();
            files += 1;
            if lines > LINES_AT_MOST && !path.ends_with(MADE) {
                long.push(format!("{folder}/{} has {lines} lines", path.display()));
            }
        }
    }
    assert!(files > 700, "the files are not read");
    assert!(long.is_empty(), "split by subject: at most {LINES_AT_MOST} lines\n{}", long.join("\n"));
}
