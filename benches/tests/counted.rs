//! What `counts` can do and what benches/counts.txt keeps are the same pieces of work, so that none goes uncounted.

use std::collections::BTreeSet;
use std::process::Command;

#[test]
fn each_piece_of_work_has_a_number_that_is_kept() {
    let listed =
        Command::new(env!("CARGO_BIN_EXE_counts")).output().map(|done| done.stdout).unwrap_or_default();
    let listed = String::from_utf8_lossy(&listed);
    let work: BTreeSet<&str> = listed.lines().collect();
    let kept: BTreeSet<&str> =
        include_str!("../counts.txt").lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(!work.is_empty());
    assert_eq!(work, kept);
}
