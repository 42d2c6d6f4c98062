//! What the marketplace reports of strikes, beside the ledger and beside the second model (RULES S6, R5).

use chrono::Days;
use klokuur::IsoWeek;
use klokuur::exchange::PerformanceStatus;
use klokuur::rulebook::RulebookHistory;
use klokuur::standing::{JudgedWeek, Ledger, StandingAsReported, StandingEvent, StrikeAsReported};
use klokuur_tests::model::{Beside, Reported, asked, random_report};
use klokuur_tests::random::Random;

use super::model::{Model, TODAY};
use super::week;

/// The norms that bear strikes before the split of 2026 and after it.
const BEFORE: [&str; 3] = ["fulfilment", "cancellations", "response_time"];
const AFTER: [&str; 4] = ["on_time", "handover", "cancellations", "response_time"];

/// The document as an application reads it and sets it beside its ledger.
fn read(reported: &Reported, on: chrono::NaiveDate) -> StandingAsReported {
    let standing = PerformanceStatus::from_json(&reported.document()).unwrap().standing();
    let strike = |(week, reasons): (IsoWeek, Vec<klokuur::exchange::StrikeReason>)| StrikeAsReported {
        week,
        reasons: reasons.iter().map(|reason| reason.as_str().to_owned()).collect(),
    };
    StandingAsReported {
        on,
        count: u32::try_from(standing.strikes.unwrap()).unwrap(),
        strikes: standing.weeks.into_iter().map(strike).collect(),
    }
}

#[test]
fn s6_a_reported_standing_agrees_with_living_through_every_day() {
    let (history, first, split) = (RulebookHistory::bol().unwrap(), week("2026-W10"), week("2026-W27"));
    let all: Vec<IsoWeek> = (0..35).map(|n| first.plus(n)).collect();
    let (mut same, mut weeks_differ, mut reasons_differ, mut count_differs) = (0, 0, 0, 0);
    for seed in 0..u64::from(asked(200)) {
        let mut random = Random::new(seed);
        let judged: Vec<JudgedWeek> = all
            .iter()
            .map(|week| {
                let norms = if *week < split { &BEFORE[..] } else { &AFTER[..] };
                let bad = random.once_in(4);
                let missed: Vec<&str> = norms.iter().copied().filter(|_| bad && random.once_in(2)).collect();
                JudgedWeek::bad(*week, &missed)
            })
            .collect();
        // Some weeks are excused for one norm or for all, and some strikes taken back.
        let mut events = Vec::new();
        for _ in 0..random.below(4) {
            let of = judged[random.index(judged.len())].clone();
            let on = of.week.monday() + Days::new(14 + random.below(60));
            let norm = of.missed.first().map(|miss| miss.norm.clone()).filter(|_| random.once_in(2));
            events.push(StandingEvent::WeekExcused { week: of.week, norm, on });
        }
        let ledger = Ledger::new(&history, judged.clone(), events.clone()).unwrap();
        let on = first.monday() + Days::new(20 + random.below(250));
        let lived = Model { weeks: &judged, events: &events, ladder: &|_| TODAY }.causes(on);
        let reported = random_report(&mut random, &lived, &all);
        let found = ledger.compare(&read(&reported, on)).unwrap();
        let expected = reported.beside(&lived);
        let of = format!("seed {seed} on {on}: {reported:?} {lived:?} {found:?}");
        let seen = Beside {
            agrees: found.agrees(),
            only_reported: found.only_reported.clone(),
            only_lived: found.only_computed.clone(),
            other_reasons: found.other_reasons.clone(),
        };
        assert_eq!(seen, expected, "{of}");
        assert_eq!(
            (found.reported as usize, found.computed as usize),
            (reported.count, lived.len()),
            "neither is changed: {of}"
        );
        same += usize::from(expected.agrees);
        weeks_differ += usize::from(!expected.only_reported.is_empty() || !expected.only_lived.is_empty());
        reasons_differ += usize::from(!expected.other_reasons.is_empty());
        count_differs += usize::from(reported.count != reported.weeks.len());
    }
    let of = [same, weeks_differ, reasons_differ, count_differs];
    assert!(of.iter().all(|times| *times > 0), "each kind was met: {of:?}");
}
