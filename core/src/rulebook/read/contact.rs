//! Surveys, phone, insights and mails.

use super::kinds::{BASIS, COUNT, DAYS, YEARS, schedule_text};
use super::table::Table;
use crate::rulebook::*;

pub(super) fn survey(t: &mut Table<'_>) -> SurveyRules {
    let after_hours = t.integer("after_hours", "How long after closing the survey may go out.", 0..=8784);
    let basis = t.choice("basis", "What after_hours counts.", Basis::Elapsed, &BASIS);
    let when_closed_by_marketplace =
        t.flag("when_closed_by_marketplace", "Whether cases closed by the marketplace are surveyed.");
    let level = Some((Ratio::percent(50), Ratio::percent(99)));
    SurveyRules {
        after_hours,
        basis,
        when_closed_by_marketplace,
        guideline: t.integer("guideline", "With fewer answers an NPS is only an indication.", COUNT),
        trailing_days: t.integer("trailing_days", "The window of the satisfaction page.", DAYS),
        confidence_level: t.ratio("confidence_level", "The confidence level of intervals.", level),
        sources: t.sources(),
    }
}

pub(super) fn phone(t: &mut Table<'_>) -> PhoneRules {
    PhoneRules {
        hours: schedule_text(t, "hours", "The hours in which call attempts count."),
        extra_hours_count: t.flag("extra_hours_count", "Whether the seller's wider hours count too."),
        sources: t.sources(),
    }
}

pub(super) fn insight(t: &mut Table<'_>) -> InsightRules {
    let shortest_days = t.integer("shortest_days", "The shortest period of the subjects.", DAYS);
    let longest_months = t.integer("longest_months", "The longest period of the subjects.", 1..=120);
    t.check(&["longest_months", "shortest_days"], longest_months * 31 >= shortest_days, || {
        format!("{longest_months} months are shorter than shortest_days: accepted is at least {shortest_days} days")
    });
    let signal_recent_days = t.integer("signal_recent_days", "The period that a signal judges.", DAYS);
    let signal_baseline_days = t.integer("signal_baseline_days", "The period it compares with.", DAYS);
    t.check(
        &["signal_baseline_days", "signal_recent_days"],
        signal_baseline_days >= signal_recent_days,
        || {
            format!(
                "{signal_baseline_days} is below signal_recent_days: accepted is {signal_recent_days} or more"
            )
        },
    );
    let rate = Ratio::new(1, 1_000_000).ok().map(|low| (low, Ratio::percent(50)));
    InsightRules {
        shortest_days,
        longest_months,
        signal_recent_days,
        signal_baseline_days,
        signal_minimum_cases: t.integer("signal_minimum_cases", "The least recent cases of a signal.", COUNT),
        signal_false_alarm_rate: t.ratio("signal_false_alarm_rate", "The stated false-alarm rate.", rate),
        sources: t.sources(),
    }
}

pub(super) fn message(t: &mut Table<'_>) -> MessageRules {
    MessageRules {
        within_years: t.integer(
            "within_years",
            "How long after the order a mail reaches the customer.",
            YEARS,
        ),
        own_domains: t.texts("own_domains", "The marketplace's own domains.", |domain| {
            let plain = domain.contains('.')
                && domain
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'.' || b == b'-');
            (!plain).then(|| format!("`{domain}` is not valid: accepted is a domain such as bol.com"))
        }),
        sources: t.sources(),
    }
}
