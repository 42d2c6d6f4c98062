//! What holds for every schedule text.

use chrono_tz::Europe;
use klokuur::{KlokuurError, Schedule};
use proptest::prelude::*;

use super::walk::texts;

/// Pieces that a text may be made of, so that random texts get past the first word.
const PIECES: [&str; 38] = [
    "Mo",
    "Fr",
    "Su",
    "-",
    ",",
    ";",
    " ",
    "PH",
    "off",
    "closed",
    "24/7",
    "09:00",
    "17:30",
    "24:00",
    "26:00",
    "48:00",
    "00:00",
    "Dec",
    "Feb",
    "24",
    "29",
    "2026",
    "2028",
    "1900",
    "2100",
    "9999",
    ":",
    "0",
    "–",
    "é",
    "easter",
    "24",
    "Jan 02",
    "09:00-17:00",
    "Mo-Fr",
    "Dec 24-26",
    "\n",
    "İ",
];

proptest! {
    #[test]
    fn c5_no_text_panics_and_every_error_has_its_place(text in any::<String>()) {
        check(&text)?;
    }

    #[test]
    fn c5_no_text_of_known_pieces_panics(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..14)) {
        check(&pieces.concat())?;
        check(&pieces.join(" "))?;
    }

    #[test]
    fn c5_canonical_text_reads_back_as_an_equal_schedule(text in texts()) {
        let Ok(schedule) = Schedule::parse(&text, Europe::Amsterdam) else { return Ok(()) };
        let canonical = schedule.to_string();
        let read = Schedule::parse(&canonical, Europe::Amsterdam).unwrap();
        prop_assert_eq!(&read, &schedule);
        prop_assert_eq!(read.to_string(), canonical);
        prop_assert_eq!(read.fingerprint(), schedule.fingerprint());
    }
}

/// A closing rule that says nothing once the rule before it is gone was kept, and the text read back as another
/// schedule.
#[test]
fn c5_a_rule_that_goes_lets_its_neighbours_go() {
    for text in ["Dec 24 off; off; Dec 24 00:00-00:30", "Mo 09:00-17:00; Dec 24 off; off; Dec 24 00:00-00:30"]
    {
        let schedule = Schedule::parse(text, Europe::Amsterdam).unwrap();
        assert_eq!(schedule.to_string(), "Dec 24 00:00-00:30");
        assert_eq!(
            schedule.fingerprint(),
            Schedule::parse("Dec 24 00:00-00:30", Europe::Amsterdam).unwrap().fingerprint()
        );
    }
}

fn check(text: &str) -> Result<(), TestCaseError> {
    match Schedule::parse(text, Europe::Amsterdam) {
        Ok(schedule) => {
            let read = Schedule::parse(&schedule.to_string(), Europe::Amsterdam);
            prop_assert_eq!(read.as_ref(), Ok(&schedule));
        }
        Err(KlokuurError::ScheduleSyntax { position, found, .. }) => {
            let length = text.chars().count();
            if found == "the end of the text" {
                prop_assert_eq!(position, length + 1);
            } else {
                prop_assert!((1..=length).contains(&position));
                let there = text.chars().nth(position - 1).unwrap();
                prop_assert!(found.starts_with(&format!("`{there}")), "{found} at {position} of {text:?}");
            }
        }
        Err(error) => prop_assert_eq!(error, KlokuurError::NeverOpen),
    }
    Ok(())
}
