//! Every vector of every area.

use std::collections::BTreeSet;

use klokuur_tests::{ops, vectors};

#[test]
fn every_vector_holds() {
    let operations = ops::all();
    let mut wrong = Vec::new();
    for file in vectors::read_all() {
        let mut names = BTreeSet::new();
        for case in &file.cases {
            assert!(names.insert(&case.name), "{}: two cases are called {}", file.area, case.name);
            if let Some(difference) = operations.difference(case) {
                wrong.push(format!("{}: {}: {difference}", file.area, case.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{} vectors differ:\n{}", wrong.len(), wrong.join("\n"));
}
