//! Cases of an older rulebook's time, in a book under a history.

use klokuur::calendar::HolidayCalendar;
use klokuur::case::{CaseBook, CaseEvent, CaseKind, Opening, Party, What};
use klokuur::rulebook::{CountryCalendar, RulebookHistory};
use klokuur::schedule::{Backwards, BudgetEnd};
use klokuur::{Rulebook, Schedule};

use super::{at, opened};

fn asked(kind: CaseKind, time: &str) -> CaseEvent {
    CaseEvent::new(
        format!("{kind}"),
        at(time),
        What::Opened(Opening { kind, ..Opening::by(Party::Customer) }),
    )
}

fn due(book: &mut CaseBook, kind: CaseKind, time: &str) -> chrono::DateTime<chrono::Utc> {
    let event = asked(kind, time);
    book.apply(&event).unwrap().taken().unwrap();
    let outcomes = book.outcomes(at(time)).unwrap();
    outcomes.into_iter().find(|outcome| outcome.case == event.case).unwrap().due.unwrap().to_utc()
}

#[test]
fn c9_a_case_goes_by_the_holidays_and_conventions_of_its_own_rulebook() {
    let changed = |change: &dyn Fn(&mut Rulebook)| {
        let mut old = Rulebook::shipped("bol-2024").unwrap();
        change(&mut old);
        old
    };
    let belgian = changed(&|old| old.clock.calendars = vec![CountryCalendar::country("BE")]);
    let at_open = changed(&|old| old.clock.conventions.budget_end = BudgetEnd::AtNextOpen);
    for (old, time) in [(belgian, "2026-04-24T17:30:00+02:00"), (at_open, "2026-04-17T00:00:00+02:00")] {
        let history = RulebookHistory::new(vec![old.clone(), Rulebook::bol()]).unwrap();
        for kind in [CaseKind::Question, CaseKind::Cancellation] {
            let alone = due(&mut CaseBook::of(&old).unwrap(), kind, time);
            assert_eq!(due(&mut CaseBook::of(&history).unwrap(), kind, time), alone, "{kind}");
            let newest = due(&mut CaseBook::of(&Rulebook::bol()).unwrap(), kind, time);
            assert!(newest != alone || kind == CaseKind::Cancellation, "{kind}");
        }
    }
}

#[test]
fn c5_holidays_that_change_on_a_date_change_on_it_for_every_kind_of_case() {
    let clock = |calendar| {
        Schedule::parse_in("Mo-Fr 00:00-24:00; PH off", "Europe/Amsterdam")
            .unwrap()
            .with_holidays(calendar)
            .unwrap()
    };
    let dutch = clock(HolidayCalendar::netherlands());
    let from = chrono::NaiveDate::from_ymd_opt(2027, 1, 1).unwrap();
    let then_belgian = dutch.from(from, clock(HolidayCalendar::belgium())).unwrap();
    let time = "2026-04-24T14:00:00+02:00";
    for kind in [CaseKind::Question, CaseKind::Cancellation] {
        let due =
            |clock: &Schedule| due(&mut CaseBook::new(&Rulebook::bol(), clock.clone()).unwrap(), kind, time);
        assert_eq!(due(&dutch), due(&then_belgian), "{kind}");
    }
}

#[test]
fn c3_how_late_a_case_is_does_not_depend_on_what_a_schedule_answers_backwards() {
    let late = |backwards| {
        let mut rules = Rulebook::bol();
        rules.clock.conventions.backwards = backwards;
        let mut book = CaseBook::of(&rules).unwrap();
        book.apply(CaseEvent::new("L", at("09 10:00"), opened(Party::Customer))).unwrap().taken().unwrap();
        let (outcome, row) =
            (&book.outcomes(at("10 22:00")).unwrap()[0], &book.overview(at("10 22:00")).unwrap()[0]);
        (outcome.elapsed, row.late)
    };
    assert_eq!(late(Backwards::Zero), late(Backwards::Mirror));
    assert!(late(Backwards::Zero).1.is_some_and(|late| !late.is_zero()));
}
