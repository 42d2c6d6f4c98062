//! What a result was computed with (RULES I5) on random schedules.

use klokuur::{Fingerprints, Rulebook};
use klokuur_tests::scenario::Scenario;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 0, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn i5_fingerprints_tell_what_changed(one: u64, other: u64) {
        let (Ok(before), Ok(after)) = (Scenario::random(one).schedule(), Scenario::random(other).schedule()) else {
            return Ok(());
        };
        let then = Fingerprints::of(&before).with_rules(&Rulebook::bol());
        let again: Fingerprints = serde_json::from_str(&serde_json::to_string(&then).unwrap()).unwrap();
        prop_assert_eq!(then.changes(&again), []);
        prop_assert_eq!(then.changes(&Fingerprints::of(&before)).len(), 1);
        let now = Fingerprints::of(&after).with_rules(&Rulebook::bol());
        let changed = then.changes(&now);
        prop_assert_eq!(changed.is_empty(), before == after);
        for (there, back) in changed.iter().zip(now.changes(&then)) {
            prop_assert_eq!((there.of, &there.then, &there.now), (back.of, &back.now, &back.then));
        }
    }
}
