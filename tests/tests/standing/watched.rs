//! What a watch tells when its ledger is replaced.

use klokuur::standing::{JudgedWeek, LedgerChange, StandingWatch};

use super::{bol, day, week};

#[test]
fn k13_what_proved_wrong_is_taken_back_before_what_is_right_is_told() {
    let first = JudgedWeek::bad(week("2026-W10"), &["response_time"]);
    let both = JudgedWeek::bad(week("2026-W10"), &["response_time", "cancellations"]);
    let later = JudgedWeek::bad(week("2026-W11"), &["response_time"]);
    let at = |text: &str| chrono::DateTime::parse_from_rfc3339(text).unwrap();
    let now = at("2026-03-25T08:00:00+01:00");
    let mut watch =
        StandingWatch::new(bol(vec![first, later.clone()], vec![]), at("2026-03-01T08:00:00+01:00"));
    assert_eq!(watch.advance(now).len(), 2);
    // The same strike of the same date by other causes, and one that stays as it was.
    watch.replace(bol(vec![both, later], vec![]));
    let told = watch.advance(now);
    assert_eq!(
        told.iter().map(|told| (told.on, told.retracted)).collect::<Vec<_>>(),
        [(day("2026-03-11"), true), (day("2026-03-11"), false),]
    );
    let causes = |at: usize| match &told[at].change {
        LedgerChange::StrikeGiven { causes, .. } => causes.len(),
        other => panic!("{other:?}"),
    };
    assert_eq!((causes(0), causes(1)), (1, 2));
    assert!(watch.advance(now).is_empty());
}
