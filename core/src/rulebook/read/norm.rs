//! Service norms.

use std::collections::BTreeSet;

use super::kinds::{CONFIDENCE, COUNT, DIRECTIONS, snake_case};
use super::table::Table;
use super::value::named;
use crate::rulebook::*;

pub(super) fn norm(t: &mut Table<'_>) -> NormRule {
    let units = [("share", NormUnit::Share), ("average", NormUnit::Average), ("points", NormUnit::Points)];
    let name = snake_case(t, "name", "The name in this library, in snake_case.", "response_time");
    let api_name = t.optional_text("api_name", "The name in the Retailer API.");
    let measured_on = t.text("measured_on", "What it is measured on, in words.");
    let direction =
        t.choice("direction", "Which side of the threshold conforms.", Direction::AtLeast, &DIRECTIONS);
    let threshold = t.ratio("threshold", "The threshold; 93 % is 0.93.", None);
    let kinds = [("fixed", ThresholdKind::Fixed), ("dynamic", ThresholdKind::Dynamic)];
    let threshold_kind =
        t.choice("threshold_kind", "Where its value comes from.", ThresholdKind::Fixed, &kinds);
    let cap = t.optional_ratio("cap", "The highest threshold that the data may bring.");
    t.check(&["cap", "threshold_kind"], cap.is_none() || threshold_kind == ThresholdKind::Dynamic, || {
        "only a dynamic threshold has one: accepted is no cap for a fixed one".into()
    });
    let strict = t.flag("strict", "Whether the threshold itself is on the wrong side.");
    let minimum = t.optional_ratio("minimum", "What the value must at least keep, beside the target.");
    t.check(&["cap", "threshold"], cap.is_none_or(|cap| threshold <= cap), || {
        format!("below the threshold: accepted is {threshold} or more")
    });
    let beside = match direction {
        Direction::AtLeast => minimum.is_none_or(|minimum| minimum < threshold),
        Direction::AtMost => minimum.is_none_or(|minimum| minimum > threshold),
    };
    t.check(&["minimum", "threshold", "direction"], beside, || {
        format!("not easier than the threshold: accepted is one that is met when {threshold} is")
    });
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
        threshold_kind,
        cap,
        strict,
        minimum,
        unit,
        count_limit,
        strike,
        period_months,
        all_time_below,
        source: t.provenance("source", "Where it comes from, in letters."),
        confidence: t.choice("confidence", "How sure it is.", Confidence::Low, &CONFIDENCE),
    }
}

pub(super) fn unique_names(t: &mut Table<'_>, norms: &[NormRule]) {
    let (mut names, mut api_names) = (BTreeSet::new(), BTreeSet::new());
    for (index, norm) in norms.iter().enumerate() {
        t.once(&format!("norms[{index}].name"), names.insert(&norm.name), &norm.name, "norm");
        if let Some(api_name) = &norm.api_name {
            t.once(&format!("norms[{index}].api_name"), api_names.insert(api_name), api_name, "norm");
        }
    }
}

pub(super) fn names_of_parts(norms: &[NormRule]) -> String {
    named(norms.iter().filter(|n| n.unit != NormUnit::Points).map(|n| n.name.as_str()))
}
