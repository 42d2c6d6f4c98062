//! The fields of a rulebook, each with what it accepts, and what contradicts what (RULES G2).

use chrono::Weekday;
use serde_json::Value;

use super::norm_rules::weekday_text;
use super::reader::{Table, described};
use super::*;
use crate::calendar::{HolidayCalendar, LiberationDay};
use crate::error::Fault;

/// Reads a generic value; a rulebook only when there is no fault at all.
pub(super) fn read(value: &Value) -> std::result::Result<Rulebook, Vec<Fault>> {
    let Value::Object(map) = value else {
        let problem = "not a table: accepted is a rulebook with its sections".to_owned();
        return Err(vec![Fault { path: "rulebook".into(), problem }]);
    };
    let mut table = Table::new(String::new(), map, false);
    let rulebook = rulebook(&mut table);
    let (faults, _) = table.finish();
    if faults.is_empty() { Ok(rulebook) } else { Err(faults) }
}

/// The JSON Schema of what [`read`] accepts, field by field; contradictions between fields are beyond it.
pub(super) fn schema() -> Value {
    described(&rulebook)
}

const HOURS: std::ops::RangeInclusive<u32> = 1..=8784;
const COUNT: std::ops::RangeInclusive<u32> = 1..=1_000_000;
const YEARS: std::ops::RangeInclusive<u32> = 1..=100;
const DAYS: std::ops::RangeInclusive<u32> = 1..=3660;

const BASIS: [(&str, Basis); 2] = [("business", Basis::Business), ("elapsed", Basis::Elapsed)];
const CONFIDENCE: [(&str, Confidence); 3] =
    [("high", Confidence::High), ("medium", Confidence::Medium), ("low", Confidence::Low)];

fn rulebook(t: &mut Table<'_>) -> Rulebook {
    let name = t.text("name", "The name of this document.");
    let marketplace = t.text("marketplace", "The marketplace that it describes.");
    let about = t.text("about", "What it is and what is to be known about it.");
    let confidence = t.choice("confidence", "How sure it is as a whole.", Confidence::Low, &CONFIDENCE);
    let valid_from = t.date("valid_from", "The first day in force.");
    let valid_until = t.optional_date("valid_until", "The last day in force; without it: still in force.");
    t.check(&["valid_until", "valid_from"], valid_until.is_none_or(|last| last >= valid_from), || {
        format!("before valid_from: accepted is a day from {valid_from} on")
    });
    let clock = t.table("clock", "Which hours count (C1, H1).", clock);
    let case = t.table("case", "The numbers of a case (K, C2).", case);
    let week = t.table("week", "When a week is final (N1).", week);
    let norms = t.tables("norms", "The service norms (N).", 1, norm);
    unique_names(t, &norms);
    let strikes = t.optional_table("strikes", "Strikes and their consequences (S).", strikes);
    strikes_and_norms(t, strikes.as_ref(), &norms);
    let score = t.optional_table("score", "The performance score and its estimate (P).", score);
    for (index, component) in score.iter().flat_map(|s| s.components.iter().enumerate()) {
        let known = norms.iter().any(|n| n.name == component.norm && n.unit == NormUnit::Share);
        t.check(&[&format!("score.components[{index}].norm"), "norms"], known, || {
            format!(
                "`{}` is no share of this rulebook: accepted is {}",
                component.norm,
                names_of_shares(&norms)
            )
        });
    }
    let survey = t.table("survey", "The survey after customer contact (Q).", survey);
    let phone = t.optional_table("phone", "Phone availability (T).", phone);
    let insight = t.table("insight", "Insights and signals (I).", insight);
    let message = t.table("message", "Mails to customers (M).", message);
    Rulebook {
        name,
        marketplace,
        about,
        confidence,
        valid_from,
        valid_until,
        clock,
        case,
        week,
        norms,
        strikes,
        score,
        survey,
        phone,
        insight,
        message,
    }
}

fn clock(t: &mut Table<'_>) -> ClockRules {
    let liberation_days = [
        ("lustrum_years", LiberationDay::LustrumYears),
        ("every_year", LiberationDay::EveryYear),
        ("never", LiberationDay::Never),
    ];
    ClockRules {
        hours: schedule_text(t, "hours", "The hours that count, as schedule text."),
        zone: t.zone("zone", "The IANA zone of those hours."),
        calendars: t.texts("calendars", "The holiday calendars, joined, by country code.", |code| {
            HolidayCalendar::country(code).err().map(|e| e.to_string())
        }),
        liberation_day: t.choice(
            "liberation_day",
            "When the Dutch calendar has Liberation Day.",
            LiberationDay::LustrumYears,
            &liberation_days,
        ),
        good_friday: t.flag("good_friday", "Whether the Dutch calendar has Good Friday."),
        sources: t.sources(),
    }
}

fn case(t: &mut Table<'_>) -> CaseRules {
    let first_response_hours = t.integer("first_response_hours", "The budget of the first response.", HOURS);
    let warn_after_hours = t.integer("warn_after_hours", "When a question is shown as open for long.", HOURS);
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
    let pauses = [
        ("waiting_for_customer", PausedWhile::WaitingForCustomer),
        ("with_marketplace", PausedWhile::WithMarketplace),
    ];
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
        returns: t.table("returns", "The clock of a return.", request),
        cancellations: t.table("cancellations", "The clock of a cancellation request.", request),
        sources: t.sources(),
    }
}

fn request(t: &mut Table<'_>) -> RequestRules {
    let hours = schedule_text(t, "hours", "The hours that count, as schedule text.");
    let within_hours = t.integer("within_hours", "The budget.", HOURS);
    let warn_after_hours = t.integer("warn_after_hours", "When to warn.", HOURS);
    warns_before_due(t, warn_after_hours, "within_hours", within_hours);
    let basis = t.choice("basis", "What the budget counts.", Basis::Business, &BASIS);
    RequestRules { hours, within_hours, warn_after_hours, basis, sources: t.sources() }
}

fn warns_before_due(t: &mut Table<'_>, warn: u32, due_name: &str, due: u32) {
    t.check(&["warn_after_hours", due_name], warn < due, || {
        format!("{warn} is not before {due_name}: accepted is less than {due}")
    });
}

fn week(t: &mut Table<'_>) -> WeekRules {
    WeekRules {
        final_on: weekday(t, "final_on", "The weekday on which a week may become final."),
        sources: t.sources(),
    }
}

fn norm(t: &mut Table<'_>) -> NormRule {
    let directions = [("at_least", Direction::AtLeast), ("at_most", Direction::AtMost)];
    let units = [("share", NormUnit::Share), ("average", NormUnit::Average), ("points", NormUnit::Points)];
    let name = t.checked_text("name", "The name in this library, in snake_case.", |text| {
        let snake = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        (!snake).then(|| format!("`{text}` is not valid: accepted is snake_case, such as response_time"))
    });
    let api_name = t.optional_text("api_name", "The name in the Retailer API.");
    let measured_on = t.text("measured_on", "What it is measured on, in words.");
    let direction =
        t.choice("direction", "Which side of the threshold conforms.", Direction::AtLeast, &directions);
    let threshold = t.ratio("threshold", "The threshold; 93 % is 0.93.", None);
    let unit = t.choice("unit", "What the value is.", NormUnit::Share, &units);
    let (low, high) = match unit {
        NormUnit::Share => (Ratio::whole(0), Ratio::whole(1)),
        NormUnit::Average => (Ratio::whole(1), Ratio::whole(10)),
        NormUnit::Points => (Ratio::whole(-100), Ratio::whole(100)),
    };
    t.check(&["threshold", "unit"], (low..=high).contains(&threshold), || {
        format!("{threshold} is out of range: accepted is {low} to {high} for this unit")
    });
    let count_limit = t.optional_integer("count_limit", "Bad items that must also be reached.", COUNT);
    t.check(&["count_limit", "unit"], count_limit.is_none() || unit == NormUnit::Share, || {
        "only a share counts bad items: accepted is no count_limit for this unit".into()
    });
    let strike = t.flag("strike", "Whether a missed week can give a strike.");
    let period_months = t.optional_integer("period_months", "The period; without it the ISO week.", 1..=120);
    t.check(&["period_months", "strike"], period_months.is_none() || !strike, || {
        "strikes are given by the week: accepted is no period_months where strike is true".into()
    });
    let all_time_below =
        t.optional_integer("all_time_below", "With fewer items in the period all ever count.", COUNT);
    t.check(
        &["all_time_below", "period_months"],
        all_time_below.is_none() || period_months.is_some(),
        || {
            "there is no period to fall short in: accepted is all_time_below together with period_months"
                .into()
        },
    );
    NormRule {
        name,
        api_name,
        measured_on,
        direction,
        threshold,
        unit,
        count_limit,
        strike,
        period_months,
        all_time_below,
        guideline: t.optional_integer("guideline", "With fewer items the value is an indication.", COUNT),
        source: t.provenance("source", "Where it comes from, in letters."),
        confidence: t.choice("confidence", "How sure it is.", Confidence::Low, &CONFIDENCE),
    }
}

fn unique_names(t: &mut Table<'_>, norms: &[NormRule]) {
    for (index, norm) in norms.iter().enumerate() {
        let earlier = norms.iter().take(index);
        if earlier.clone().any(|n| n.name == norm.name) {
            let path = format!("norms[{index}].name");
            t.check(&[&path], false, || {
                format!("`{}` is there twice: accepted is every norm once", norm.name)
            });
        }
        if let Some(api_name) = &norm.api_name
            && earlier.clone().any(|n| n.api_name.as_ref() == Some(api_name))
        {
            let path = format!("norms[{index}].api_name");
            t.check(&[&path], false, || format!("`{api_name}` is there twice: accepted is every norm once"));
        }
    }
}

fn strikes_and_norms(t: &mut Table<'_>, strikes: Option<&StrikeRules>, norms: &[NormRule]) {
    let bearing = norms.iter().filter(|n| n.strike).count();
    match strikes.map(|s| s.trigger) {
        None => t.check(&["norms", "strikes"], bearing == 0, || {
            "a norm with strike = true, but no section strikes: accepted is both or neither".into()
        }),
        Some(StrikeTrigger::AnyNorm) => t.check(&["strikes", "norms"], bearing > 0, || {
            "no norm bears strikes: accepted is a norm with strike = true".into()
        }),
        Some(StrikeTrigger::SeveralNorms { norms: several }) => {
            let enough = usize::try_from(several).is_ok_and(|n| n <= bearing);
            t.check(&["strikes.trigger.norms", "strikes", "norms"], enough, || {
                format!("{several} norms of {bearing} with strike = true: accepted is at most {bearing}")
            });
        }
    }
}

fn names_of_shares(norms: &[NormRule]) -> String {
    let shares = norms.iter().filter(|n| n.unit == NormUnit::Share);
    shares.map(|n| n.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn strikes(t: &mut Table<'_>) -> StrikeRules {
    let trigger = t.tagged("trigger", "What gives a strike.", trigger);
    let window_weeks = t.integer("window_weeks", "The window in final weeks.", 1..=520);
    let offline_at = t.integer("offline_at", "Strikes that take the shop offline.", 1..=520);
    let closed_at = t.integer("closed_at", "Strikes that close the shop.", 1..=520);
    t.check(&["closed_at", "offline_at"], closed_at > offline_at, || {
        format!("{closed_at} is not above offline_at: accepted is more than {offline_at}")
    });
    t.check(&["closed_at", "window_weeks"], closed_at <= window_weeks, || {
        format!(
            "{closed_at} strikes cannot fall in the window: accepted is at most one a week, {window_weeks}"
        )
    });
    StrikeRules {
        trigger,
        window_weeks,
        offline_at,
        closed_at,
        reapply_after_years: t.integer("reapply_after_years", "When the seller may apply again.", 0..=100),
        starter_orders: t.integer("starter_orders", "First orders that bear no strikes.", 0..=1_000_000),
        appeal_months: t.integer("appeal_months", "How long complaints are possible.", 0..=1200),
        sources: t.sources(),
    }
}

fn trigger(t: &mut Table<'_>) -> StrikeTrigger {
    let several =
        t.choice("kind", "The trigger (S1).", false, &[("any_norm", false), ("several_norms", true)]);
    let norms = t.optional_integer("norms", "How many norms, for several_norms.", 2..=1000);
    t.check(&["norms", "kind"], several == norms.is_some(), || match several {
        true => "missing: accepted is a whole number from 2 to 1000 with several_norms".into(),
        false => "unknown field: accepted is norms only with several_norms".into(),
    });
    match norms {
        Some(norms) if several => StrikeTrigger::SeveralNorms { norms },
        _ => StrikeTrigger::AnyNorm,
    }
}

fn score(t: &mut Table<'_>) -> ScoreRules {
    let ten = Some((Ratio::whole(0), Ratio::whole(10)));
    ScoreRules {
        minimum: t.ratio("minimum", "What the score must at least be.", ten),
        weeks: t.integer("weeks", "Over how many final weeks it is built.", 1..=520),
        recalculated_on: weekday(t, "recalculated_on", "The weekday on which it is calculated again."),
        components: t.tables("components", "The parts of the estimate.", 1, component),
        sources: t.sources(),
    }
}

fn component(t: &mut Table<'_>) -> ScoreComponent {
    let norm = t.text("norm", "The norm that it is built from.");
    let weight = t.integer("weight", "Its weight in the mean.", 1..=1000);
    let points = t.tables("points", "The map from value to score.", 2, point);
    let values_rise = points.iter().zip(points.iter().skip(1)).all(|(a, b)| a.value <= b.value);
    t.check(&["points"], values_rise, || {
        "the values fall somewhere: accepted is points ordered by value, two at most at one value".into()
    });
    let three = points.iter().zip(points.iter().skip(2)).any(|(a, c)| a.value == c.value);
    t.check(&["points"], !three, || "three points at one value: accepted is two at most, a jump".into());
    ScoreComponent { norm, weight, points }
}

fn point(t: &mut Table<'_>) -> ScorePoint {
    ScorePoint {
        value: t.ratio("value", "The value of the norm.", Some((Ratio::whole(0), Ratio::whole(1)))),
        score: t.ratio("score", "The score there.", Some((Ratio::whole(0), Ratio::whole(10)))),
    }
}

fn survey(t: &mut Table<'_>) -> SurveyRules {
    let after_hours = t.integer("after_hours", "How long after closing the survey may go out.", 0..=8784);
    let basis = t.choice("basis", "What after_hours counts.", Basis::Elapsed, &BASIS);
    let when_closed_by_marketplace =
        t.flag("when_closed_by_marketplace", "Whether cases closed by the marketplace are surveyed.");
    let promoters_from =
        t.integer("promoters_from", "From which score on an answer is a promoter's.", 2..=10);
    let passives_from = t.integer("passives_from", "From which score on an answer is a passive's.", 1..=10);
    t.check(&["passives_from", "promoters_from"], passives_from < promoters_from, || {
        format!("{passives_from} is not below promoters_from: accepted is less than {promoters_from}")
    });
    let level = Some((Ratio::percent(50), Ratio::percent(99)));
    SurveyRules {
        after_hours,
        basis,
        when_closed_by_marketplace,
        promoters_from,
        passives_from,
        guideline: t.integer("guideline", "With fewer answers an NPS is only an indication.", COUNT),
        trailing_days: t.integer("trailing_days", "The window of the satisfaction page.", DAYS),
        confidence_level: t.ratio("confidence_level", "The confidence level of intervals.", level),
        sources: t.sources(),
    }
}

fn phone(t: &mut Table<'_>) -> PhoneRules {
    PhoneRules {
        hours: schedule_text(t, "hours", "The hours in which call attempts count."),
        extra_hours_count: t.flag("extra_hours_count", "Whether the seller's wider hours count too."),
        sources: t.sources(),
    }
}

fn insight(t: &mut Table<'_>) -> InsightRules {
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

fn message(t: &mut Table<'_>) -> MessageRules {
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

fn weekday(t: &mut Table<'_>, name: &'static str, about: &str) -> Weekday {
    let all =
        [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
    t.choice(name, about, Weekday::Wed, &all.map(|day| (weekday_text(day), day)))
}

fn schedule_text(t: &mut Table<'_>, name: &'static str, about: &str) -> String {
    t.checked_text(name, about, |_| None)
}
