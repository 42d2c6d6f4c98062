//! Hours, cases and weeks.

use super::kinds::{BASIS, DAYS, HOURS, YEARS, schedule_text, weekday};
use super::table::Table;
use crate::rulebook::*;
use crate::schedule::{
    Backwards, BudgetEnd, Conventions, FoldBoundary, GapBoundary, HolidayShift, ZeroBudget,
};

pub(super) fn clock(t: &mut Table<'_>) -> ClockRules {
    let rules = ClockRules {
        hours: schedule_text(t, "hours", "The hours that count, as schedule text."),
        zone: t.zone("zone", "The IANA zone of those hours."),
        calendars: t.calendars("calendars", "The holiday calendars, joined, by country code."),
        conventions: t.tagged("conventions", "What the field splits on, each chosen.", conventions),
        sources: t.sources(),
    };
    if t.sound(&["hours", "zone", "calendars", "conventions"])
        && let Err(problem) = rules.schedule()
    {
        t.fault("hours", problem.to_string());
    }
    rules
}

fn conventions(t: &mut Table<'_>) -> Conventions {
    Conventions {
        budget_end: t.choice(
            "budget_end",
            "A budget that ends exactly at closing.",
            BudgetEnd::AtClose,
            &[("at_close", BudgetEnd::AtClose), ("at_next_open", BudgetEnd::AtNextOpen)],
        ),
        zero_budget: t.choice(
            "zero_budget",
            "Where a budget of zero ends.",
            ZeroBudget::Start,
            &[("start", ZeroBudget::Start), ("next_open", ZeroBudget::NextOpen)],
        ),
        gap: t.choice(
            "gap",
            "A boundary in a gap of the wall clock.",
            GapBoundary::Edge,
            &[("edge", GapBoundary::Edge), ("shift_forward", GapBoundary::ShiftForward)],
        ),
        fold: t.choice(
            "fold",
            "A boundary that the wall clock shows twice.",
            FoldBoundary::Earlier,
            &[("earlier", FoldBoundary::Earlier), ("later", FoldBoundary::Later)],
        ),
        holiday_shift: t.choice(
            "holiday_shift",
            "What a holiday takes from a shift across midnight.",
            HolidayShift::CutOut,
            &[("cut_out", HolidayShift::CutOut), ("whole_shift", HolidayShift::WholeShift)],
        ),
        backwards: t.choice(
            "backwards",
            "Business time between a later and an earlier instant.",
            Backwards::Mirror,
            &[("mirror", Backwards::Mirror), ("zero", Backwards::Zero)],
        ),
    }
}

pub(super) fn case(t: &mut Table<'_>) -> CaseRules {
    let first_response_hours = t.integer("first_response_hours", "The budget of the first response.", HOURS);
    let warn_after_hours = t.integer("warn_after_hours", "When a question is shown as open for long.", HOURS);
    let is_warned = t.sound(&["warn_after_hours"]);
    warns_before_due(t, warn_after_hours, "first_response_hours", first_response_hours);
    let basis = t.choice("basis", "What first response and follow-up count.", Basis::Business, &BASIS);
    let follow_up_hours = t.integer("follow_up_hours", "The budget of the answer to a reply.", HOURS);
    let forwarded_expected_hours =
        t.integer("forwarded_expected_hours", "When a forwarded case expects its response.", HOURS);
    let forwarded_returned_hours =
        t.integer("forwarded_returned_hours", "When a forwarded case goes back by itself.", HOURS);
    t.check(
        &["forwarded_returned_hours", "forwarded_expected_hours"],
        forwarded_returned_hours >= forwarded_expected_hours,
        || {
            format!(
                "{forwarded_returned_hours} is before forwarded_expected_hours: accepted is \
                 {forwarded_expected_hours} or more"
            )
        },
    );
    let pauses = [("with_marketplace", PausedWhile::WithMarketplace)];
    // RULES G2: it warns of the first response, of a follow-up and of a forwarded case.
    for (due_name, due) in
        [("follow_up_hours", follow_up_hours), ("forwarded_expected_hours", forwarded_expected_hours)]
    {
        if t.sound(&[due_name]) && is_warned && warn_after_hours >= due {
            t.fault(
                due_name,
                format!("{due} is not after warn_after_hours: accepted is more than {warn_after_hours}"),
            );
        }
    }
    CaseRules {
        first_response_hours,
        warn_after_hours,
        basis,
        follow_up_hours,
        forwarded_expected_hours,
        forwarded_returned_hours,
        forwarded_basis: t.choice(
            "forwarded_basis",
            "What the budgets of a forwarded case count.",
            Basis::Business,
            &BASIS,
        ),
        start_within_years: t.integer(
            "start_within_years",
            "How many years after the order the seller may start a case.",
            YEARS,
        ),
        automatic_reply_counts: t
            .flag("automatic_reply_counts", "Whether an automatic acknowledgement stops the clock."),
        close_needs_contact: t.flag("close_needs_contact", "Whether closing needs a seller message."),
        pauses: t.choices("pauses", "When the first-response clock stands still.", &pauses),
        returns: t.table("returns", "The clock of a return, from its receipt.", returns),
        cancellations: t.table("cancellations", "The clock of a cancellation request.", cancellations),
        sources: t.sources(),
    }
}

fn cancellations(t: &mut Table<'_>) -> RequestRules {
    request(t, None)
}

fn returns(t: &mut Table<'_>) -> RequestRules {
    let about = "How many days after its registration a return that has not come lapses.";
    let lapses_after_days = t.optional_integer("lapses_after_days", about, DAYS);
    request(t, lapses_after_days)
}

fn request(t: &mut Table<'_>, lapses_after_days: Option<u32>) -> RequestRules {
    let hours = schedule_text(t, "hours", "The hours that count, as schedule text.");
    let within_hours = t.integer("within_hours", "The budget.", HOURS);
    let warn_after_hours = t.integer("warn_after_hours", "When to warn.", HOURS);
    warns_before_due(t, warn_after_hours, "within_hours", within_hours);
    let basis = t.choice("basis", "What the budget counts.", Basis::Business, &BASIS);
    RequestRules { hours, within_hours, warn_after_hours, basis, lapses_after_days, sources: t.sources() }
}

fn warns_before_due(t: &mut Table<'_>, warn: u32, due_name: &str, due: u32) {
    t.check(&["warn_after_hours", due_name], warn < due, || {
        format!("{warn} is not before {due_name}: accepted is less than {due}")
    });
}

pub(super) fn week(t: &mut Table<'_>) -> WeekRules {
    WeekRules {
        final_on: weekday(t, "final_on", "The weekday on which a week may become final."),
        sources: t.sources(),
    }
}
