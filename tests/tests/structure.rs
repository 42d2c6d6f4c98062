//! The structure of the core: which file needs which, and which public items reach the other languages.

mod files;
mod parity;
mod release;
mod signposts;
mod sizes;
mod stored;

use std::collections::{BTreeMap, BTreeSet};

use files::{Files, Module};

/// The groups of files that need each other, directly or through others.
fn circles(arrows: &BTreeMap<Module, BTreeSet<Module>>) -> Vec<BTreeSet<Module>> {
    let reached: BTreeMap<&Module, BTreeSet<&Module>> = arrows
        .keys()
        .map(|from| {
            let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
            while let Some(at) = next.pop() {
                next.extend(arrows.get(at).into_iter().flatten().filter(|to| seen.insert(*to)));
            }
            (from, seen)
        })
        .collect();
    let mut found = Vec::new();
    for from in arrows.keys() {
        let circle: BTreeSet<Module> = reached[from]
            .iter()
            .filter(|to| reached.get(*to).is_some_and(|back| back.contains(from)))
            .map(|to| (*to).clone())
            .collect();
        if !circle.is_empty() && !found.contains(&circle) {
            found.push(circle);
        }
    }
    found
}

#[test]
fn arrows_between_files_only_point_down() {
    let files = Files::of_the_core();
    let arrows = files.arrows();
    assert!(
        arrows.len() > 150 && arrows.values().map(BTreeSet::len).sum::<usize>() > 600,
        "the files are not read"
    );
    let circles: Vec<String> = circles(&arrows)
        .iter()
        .map(|circle| {
            let lines = circle.iter().map(|from| {
                let to: Vec<_> = arrows[from].intersection(circle).map(|to| to.join("::")).collect();
                format!("  {} needs {}", from.join("::"), to.join(", "))
            });
            lines.collect::<Vec<_>>().join("\n")
        })
        .collect();
    assert!(circles.is_empty(), "files of core/src that need each other:\n{}", circles.join("\n\n"));
}

#[test]
fn a_circle_is_found() {
    let files = Files::read([
        ("lib.rs", "mod a; mod b; mod c; pub use a::One;"),
        ("a.rs", "use crate::b::{self, two}; pub struct One;"),
        ("b.rs", "pub fn two() { super::c::three() } #[cfg(test)] mod tests { use crate::c; }"),
        ("c.rs", "pub fn three() {} fn four(_: crate::One) {}"),
    ]);
    let all: BTreeSet<Module> = ["a", "b", "c"].map(|name| vec![name.to_owned()]).into();
    assert_eq!(circles(&files.arrows()), [all]);
    let files = Files::read([
        ("lib.rs", "mod a; mod b; pub use a::One;"),
        ("a.rs", "pub struct One; /// [`crate::b`]\n fn f() { \"crate::b\"; }"),
        ("b.rs", "use crate::One; #[cfg(test)] mod tests { use crate::b; }"),
    ]);
    assert!(circles(&files.arrows()).is_empty());
}
