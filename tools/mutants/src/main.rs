//! Weaves the mutants of `cargo mutants --list --json` into the sources they change, each behind its number, so that one
//! build holds them all: `KLOKUUR_MUTANT=17` runs the seventeenth. A build for each would take days.
//!
//! `mutants LIST TREE DROPPED WOVEN`: LIST is the list, TREE the copy whose files are written over, DROPPED a file of numbers that
//! are left out, WOVEN is written: for each file its lines and the number that each line is for.

mod find;
mod list;
mod node;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [list, tree, dropped, woven] = arguments.as_slice() else {
        return Err("mutants LIST TREE DROPPED WOVEN".into());
    };
    let mutants = list::read(list)?;
    let dropped: BTreeSet<u32> =
        std::fs::read_to_string(dropped)?.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
    let mut files: BTreeMap<&str, Vec<&list::Mutant>> = BTreeMap::new();
    for mutant in &mutants {
        if !dropped.contains(&mutant.number) {
            files.entry(&mutant.file).or_default().push(mutant);
        }
    }
    let mut lines: BTreeMap<&str, Vec<node::Line>> = BTreeMap::new();
    let (mut unwoven, mut needed): (Vec<u32>, Vec<u32>) = Default::default();
    for (file, mutants) in files {
        let path = tree.join(file);
        let text = std::fs::read_to_string(&path)?;
        let found = find::nodes(&text, &mutants)?;
        unwoven.extend(found.unwoven);
        needed.extend(found.needed);
        let (text, of) = node::render(&text, &found.nodes);
        std::fs::write(path, text)?;
        lines.insert(file, of);
    }
    let answer = serde_json::json!({ "lines": lines, "unwoven": unwoven, "needed": needed });
    std::fs::write(woven, answer.to_string())?;
    Ok(())
}
