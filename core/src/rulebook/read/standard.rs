//! Performance standards and their ladders (RULES N7, S8).

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::kinds::{CONFIDENCE, COUNT, DAYS, DIRECTIONS, snake_case};
use super::table::Table;
use super::value::{as_integer, as_ratio, named, ratio_schema};
use crate::rulebook::standard_rules::NOT_KNOWN;
use crate::rulebook::{ratio::ACCEPTED, *};

const MONTHS: std::ops::RangeInclusive<u32> = 1..=120;

pub(super) fn standard(t: &mut Table<'_>) -> StandardRule {
    let units = [
        ("share", StandardUnit::Share),
        ("average", StandardUnit::Average),
        ("run", StandardUnit::Run),
        ("count", StandardUnit::Count),
    ];
    let name = name(t, "late_shipment_rate_10_days");
    let measure = snake_case(t, "measure", "The figure that it measures.", "late_shipment_rate");
    let measured_on = t.text("measured_on", "What it is measured on, in words.");
    let direction = t.choice("direction", "Which side conforms.", Direction::AtMost, &DIRECTIONS);
    let unit = t.choice("unit", "What the value is.", StandardUnit::Share, &units);
    let averaged = t.optional_text("averaged", "What is averaged, for a mean.");
    t.check(
        &["averaged", "unit"],
        averaged.is_some() == (unit == StandardUnit::Average),
        || match averaged {
            None => "missing: accepted is what is averaged, such as hours".into(),
            Some(_) => "unknown field: accepted is averaged only with the unit average".into(),
        },
    );
    let strict = t.flag("strict", "Whether a threshold itself is on the wrong side.");
    let period = t.table("period", "Over what it is measured.", period);
    let of_weeks = matches!(period, StandardPeriod::MeanOfWeeks { .. });
    let over_mean = !of_weeks || (unit, direction) == (StandardUnit::Share, Direction::AtMost);
    t.check(&["period", "unit", "direction"], over_mean, || {
        "bad items over a mean of weeks: accepted is a share that is at most a threshold".into()
    });
    let minimum_population =
        t.optional_integer("minimum_population", "With fewer items there is no verdict.", COUNT);
    let limits = t.tables("limits", "The limits, mildest first.", 1, limit);
    let (mut names, mut before) = (BTreeSet::new(), None);
    for (index, limit) in limits.iter().enumerate() {
        let path = |field: &str| format!("limits[{index}].{field}");
        let is_share = unit == StandardUnit::Share;
        let highest = if is_share && !of_weeks { Ratio::whole(1) } else { Ratio::whole(1_000_000) };
        let fits = limit.threshold.is_none_or(|it| (Ratio::whole(0)..=highest).contains(&it));
        t.check(&[&path("threshold"), "unit"], fits, || {
            format!("out of range: accepted is 0 to {highest} for this unit, or {NOT_KNOWN}")
        });
        t.check(&[&path("count"), "unit"], limit.count.is_none() || is_share, || {
            "only a share counts bad items: accepted is no count for this unit".into()
        });
        t.once(&path("name"), names.insert(&limit.name), &limit.name, "limit");
        let milder = before.zip(limit.threshold).is_none_or(|(milder, own)| match direction {
            Direction::AtLeast => own <= milder,
            Direction::AtMost => own >= milder,
        });
        t.check(&[&path("threshold"), "direction"], milder, || {
            "reached before the one above it: accepted is the mildest limit first".into()
        });
        before = limit.threshold.or(before);
    }
    StandardRule {
        name,
        measure,
        measured_on,
        direction,
        unit,
        averaged,
        strict,
        period,
        minimum_population,
        limits,
        source: t.provenance("source", "Where it comes from, in letters."),
        stated_on: t.optional_date("stated_on", "The date of the source, where it says one."),
        confidence: t.choice("confidence", "How sure it is.", Confidence::Low, &CONFIDENCE),
    }
}

fn name(t: &mut Table<'_>, example: &str) -> String {
    snake_case(t, "name", "Its name, in snake_case.", example)
}

/// The fields of a period, each with the kinds that have it.
fn period(t: &mut Table<'_>) -> StandardPeriod {
    const DATES: (&str, &[&str]) = ("days", &["days"]);
    const KINDS: [(&str, &[&str]); 6] = [
        DATES,
        ("rolling_months", &["months"]),
        ("month", &[]),
        ("iso_week", &[]),
        ("mean_of_weeks", &["weeks"]),
        ("evaluation", &["day_of_month", "months", "at_least", "else_months"]),
    ];
    let (word, fields) =
        t.choice("kind", "The kind of period (N7).", DATES, &KINDS.map(|kind| (kind.0, kind)));
    let given = [
        ("days", t.optional_integer("days", "How many dates.", DAYS)),
        ("months", t.optional_integer("months", "How many months.", MONTHS)),
        ("weeks", t.optional_integer("weeks", "Of how many weeks the mean is.", 1..=520)),
        ("day_of_month", t.optional_integer("day_of_month", "The day of the evaluation.", 1..=28)),
        ("at_least", t.optional_integer("at_least", "With fewer items other months count.", COUNT)),
        ("else_months", t.optional_integer("else_months", "How many those are.", MONTHS)),
    ];
    for (field, value) in given {
        let belongs = fields.contains(&field);
        t.check(&[field, "kind"], belongs == value.is_some(), || match belongs {
            true => format!("missing: accepted is a whole number with {word}"),
            false => format!(
                "unknown field: accepted with {word} is {}",
                match fields {
                    [] => "kind alone".to_owned(),
                    fields => fields.join(", "),
                }
            ),
        });
    }
    let [days, months, weeks, day_of_month, at_least, else_months] =
        given.map(|(_, value)| value.unwrap_or(1));
    match word {
        "rolling_months" => StandardPeriod::RollingMonths { months },
        "month" => StandardPeriod::Month,
        "iso_week" => StandardPeriod::IsoWeek,
        "mean_of_weeks" => StandardPeriod::MeanOfWeeks { weeks },
        "evaluation" => StandardPeriod::Evaluation { day_of_month, months, at_least, else_months },
        _ => StandardPeriod::Days { days },
    }
}

fn limit(t: &mut Table<'_>) -> StandardLimit {
    let name = name(t, "block");
    let accepted = format!("{ACCEPTED}, or {NOT_KNOWN}");
    let schema =
        || json!({"anyOf": [ratio_schema(""), {"const": NOT_KNOWN}], "description": "The threshold."});
    let threshold = t.value_of("threshold", true, &accepted, schema, |value| match value {
        Value::String(text) if text == NOT_KNOWN => Some(None),
        other => as_ratio(other).map(Some),
    });
    let count = t.optional_integer("count", "From how many bad ones on it is reached.", COUNT);
    let counted = optional_choice(
        t,
        "counted",
        "What is counted.",
        &[("items", Counted::Items), ("buyers", Counted::Buyers)],
    );
    let combine = optional_choice(
        t,
        "combine",
        "How the count belongs to the threshold.",
        &[("and", Combine::And), ("or", Combine::Or)],
    );
    for (field, is_there) in [("counted", counted.is_some()), ("combine", combine.is_some())] {
        t.check(&[field, "count"], is_there == count.is_some(), || match is_there {
            true => format!("there is no count: accepted is {field} together with count"),
            false => format!("missing: accepted is {field} together with count"),
        });
    }
    StandardLimit {
        name,
        threshold: threshold.flatten(),
        count,
        counted,
        combine,
        consequence: t.text("consequence", "What follows, in words."),
        fee: t.optional_table("fee", "The fee that follows.", |t| StandardFee {
            share: t.ratio("share", "Which share.", Some((Ratio::whole(0), Ratio::whole(1)))),
            of: t.text("of", "Of what, in words."),
        }),
    }
}

fn optional_choice<T: Copy>(
    t: &mut Table<'_>,
    name: &'static str,
    about: &str,
    words: &[(&'static str, T)],
) -> Option<T> {
    let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
    let schema = || json!({"enum": names, "description": about});
    t.value_of(name, false, &names.join(", "), schema, |value| {
        let text = value.as_str()?;
        words.iter().find(|(word, _)| *word == text).map(|(_, meaning)| *meaning)
    })
}

pub(super) fn ladder(t: &mut Table<'_>) -> LadderRule {
    let kinds =
        [("levels", LadderKind::Levels), ("escalation", LadderKind::Escalation), ("fees", LadderKind::Fees)];
    let name = name(t, "seller_level");
    let kind = t.choice("kind", "How it goes (S8).", LadderKind::Levels, &kinds);
    let standards = t.texts("standards", "The standards that it looks at.", |_| None);
    let steps = t.optional_tables("steps", "Its levels, best first, or its steps, mildest first.", step);
    t.check(&["standards"], !standards.is_empty(), || "empty: accepted is one standard or more".into());
    let needed = match kind {
        LadderKind::Levels => 2,
        LadderKind::Escalation => 1,
        LadderKind::Fees => 0,
    };
    let enough = if needed == 0 { steps.is_empty() } else { steps.len() >= needed };
    t.check(&["steps", "kind"], enough, || match needed {
        0 => "the limits have the fees: accepted is no steps with fees".into(),
        least => format!("missing: accepted is a list of {least} or more tables"),
    });
    let (mut names, mut before) = (BTreeSet::new(), None);
    for (index, step) in steps.iter().enumerate() {
        let path = |field: &str| format!("steps[{index}].{field}");
        t.once(&path("name"), names.insert(&step.name), &step.name, "step");
        let escalates = kind == LadderKind::Escalation;
        t.check(&[&path("after_days"), "kind"], step.after_days.is_some() == escalates, || match escalates {
            true => format!("missing: accepted is a whole number of days, or {NOT_KNOWN}"),
            false => "unknown field: accepted is after_days only in an escalation".into(),
        });
        t.check(&[&path("after_days")], before.zip(days(step)).is_none_or(|(a, b)| a < b), || {
            "not after the step above it: accepted is more days for each further step".into()
        });
        before = days(step).or(before);
    }
    LadderRule {
        name,
        kind,
        standards,
        steps,
        source: t.provenance("source", "Where it comes from, in letters."),
        stated_on: t.optional_date("stated_on", "The date of the source, where it says one."),
        confidence: t.choice("confidence", "How sure it is.", Confidence::Low, &CONFIDENCE),
    }
}

fn days(step: &LadderStep) -> Option<u32> {
    match step.after_days {
        Some(StepAfter::Days(days)) => Some(days),
        _ => None,
    }
}

fn step(t: &mut Table<'_>) -> LadderStep {
    let range = 0..=3660;
    let accepted = format!("a whole number from 0 to 3660, or {NOT_KNOWN}");
    let schema = || {
        json!({"anyOf": [{"type": "integer", "minimum": 0, "maximum": 3660}, {"const": NOT_KNOWN}],
               "description": "After how many days in a row with a missed standard."})
    };
    LadderStep {
        name: name(t, "suspension"),
        after_days: t.value_of("after_days", false, &accepted, schema, |value| match value {
            Value::String(text) if text == NOT_KNOWN => Some(StepAfter::NotKnown),
            other => as_integer(other, &range).map(StepAfter::Days),
        }),
        consequence: t.text("consequence", "What it means, in words."),
    }
}

/// Names once, and ladders only of standards that are there, with the limits that they need.
pub(super) fn ladders_and_standards(t: &mut Table<'_>, ladders: &[LadderRule], standards: &[StandardRule]) {
    let (mut by_name, mut by_measure) = (BTreeMap::new(), BTreeMap::new());
    for (index, standard) in standards.iter().enumerate() {
        let is_new = by_name.insert(standard.name.as_str(), standard).is_none();
        t.once(&format!("standards[{index}].name"), is_new, &standard.name, "standard");
        // What is measured together is told by one figure, so it is of one kind.
        let kind = (standard.unit, standard.direction);
        let same = *by_measure.entry(standard.measure.as_str()).or_insert(kind) == kind;
        t.check(&[&format!("standards[{index}].measure")], same, || {
            format!(
                "`{}` is measured in another way above: accepted is one unit and direction",
                standard.measure
            )
        });
    }
    let mut names = BTreeSet::new();
    for (index, ladder) in ladders.iter().enumerate() {
        t.once(&format!("ladders[{index}].name"), names.insert(&ladder.name), &ladder.name, "ladder");
        for (place, name) in ladder.standards.iter().enumerate() {
            let known = by_name.contains_key(name.as_str());
            t.check(&[&format!("ladders[{index}].standards[{place}]"), "standards"], known, || {
                let names = named(standards.iter().map(|s| s.name.as_str()));
                format!("`{name}` is no standard of this rulebook: accepted is {names}")
            });
        }
        let own = || ladder.standards.iter().filter_map(|name| by_name.get(name.as_str()));
        let limits: BTreeSet<&str> =
            own().flat_map(|standard| standard.limits.iter().map(|limit| limit.name.as_str())).collect();
        let levels = if ladder.kind == LadderKind::Levels { ladder.steps.len().saturating_sub(1) } else { 0 };
        for (place, level) in ladder.steps.iter().take(levels).enumerate() {
            let path = format!("ladders[{index}].steps[{place}].name");
            t.check(&[&path, "standards"], limits.contains(level.name.as_str()), || {
                format!("no limit of its standards is called `{}`: accepted is the name of one", level.name)
            });
        }
        let fees = own().all(|standard| standard.limits.iter().all(|limit| limit.fee.is_some()));
        t.check(
            &[&format!("ladders[{index}].kind"), "standards"],
            ladder.kind != LadderKind::Fees || fees,
            || "a limit of its standards has no fee: accepted is one with each".into(),
        );
    }
}
