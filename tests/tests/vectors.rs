//! Every vector of every area, a test for each area.

use std::collections::BTreeSet;

use klokuur_tests::{ops, vectors};

fn holds(area: &str) {
    let operations = ops::all();
    let mut wrong = Vec::new();
    let mut names = BTreeSet::new();
    for case in &vectors::read(area).cases {
        assert!(names.insert(case.name.clone()), "{area}: two cases are called {}", case.name);
        if let Some(difference) = operations.difference(case) {
            wrong.push(format!("{area}: {}: {difference}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{} vectors differ:\n{}", wrong.len(), wrong.join("\n"));
}

macro_rules! areas {
    ($($area:ident)*) => {
        $(
            #[test]
            fn $area() {
                holds(stringify!($area));
            }
        )*

        #[test]
        fn every_area_has_its_test() {
            assert_eq!(vectors::areas(), [$(stringify!($area)),*]);
        }
    };
}

areas! {
    account
    backtest
    cases
    clock_hours
    columns
    conventions
    edge_cases
    explain
    fingerprints
    holidays
    insight
    limits
    log
    message
    norms
    nps
    orders
    phone
    report
    retailer_api
    rulebooks
    schedule_syntax
    score
    sla
    standards
    strikes
    zones
}
