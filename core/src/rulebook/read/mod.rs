//! The fields of a rulebook, each with what it accepts, and what contradicts what (RULES G2).
//!
//! # Where what is
//!
//! - `clock`: hours, cases and weeks
//! - `consequence`: strikes and the performance score
//! - `contact`: surveys, phone, insights and mails
//! - `format_1`: documents of format 1 as documents of format 2
//! - `kinds`: the kinds of values that more than one section has
//! - `norm`: service norms
//! - `standard`: performance standards and their ladders (RULES N7, S8)
//! - `table`: reads a generic value field by field, collects every fault, and can describe what it accepts
//! - `value`: the values of a document and how a fault shows them

mod clock;
mod consequence;
mod contact;
mod format_1;
mod kinds;
mod norm;
mod standard;
mod table;
mod value;

use std::collections::BTreeMap;

use serde_json::Value;

use self::clock::{case, clock, week};
use self::consequence::{policy_points, score, strikes, strikes_and_norms};
use self::contact::{insight, message, phone, survey};
use self::kinds::CONFIDENCE;
use self::norm::{names_of_parts, norm, unique_names};
use self::standard::{ladder, ladders_and_standards, standard};
use self::table::{Table, described};
use super::*;
use crate::error::Fault;

/// Reads a generic value; a rulebook only when there is no fault at all.
pub(super) fn read(value: &Value) -> std::result::Result<Rulebook, Vec<Fault>> {
    // G1: documents of the first format are converted before anything is read, so that one reader is enough.
    let value = &format_1::to_format_2(value);
    let Value::Object(map) = value else {
        let problem = "not a table: accepted is a rulebook with its sections".to_owned();
        return Err(vec![Fault { path: "rulebook".into(), problem }]);
    };
    let mut table = Table::new(String::new(), map, false);
    let rulebook = rulebook(&mut table);
    let (faults, _) = table.finish();
    // G2: all faults at once, and no rulebook while there is one.
    if faults.is_empty() { Ok(rulebook) } else { Err(faults) }
}

/// The JSON Schema of what [`read`] accepts, field by field; contradictions between fields are beyond it.
pub(super) fn schema() -> Value {
    described(&rulebook)
}

fn rulebook(t: &mut Table<'_>) -> Rulebook {
    t.integer("format", "The format of the document.", Format::NUMBER..=Format::NUMBER);
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
    let policy_points = t.optional_table("policy_points", "Policy points (S7).", policy_points);
    let standards =
        t.optional_tables("standards", "Performance standards over other periods (N7).", standard);
    let ladders = t.optional_tables("ladders", "The ladders of those standards (S8).", ladder);
    ladders_and_standards(t, &ladders, &standards);
    let score = t.optional_table("score", "The performance score and its estimate (P).", score);
    let units: BTreeMap<&str, NormUnit> = norms.iter().rev().map(|n| (n.name.as_str(), n.unit)).collect();
    for (index, component) in score.iter().flat_map(|s| s.components.iter().enumerate()) {
        let unit = units.get(component.norm.as_str()).copied();
        let known = matches!(unit, Some(NormUnit::Share | NormUnit::Average));
        t.check(&[&format!("score.components[{index}].norm"), "norms"], known, || {
            format!(
                "`{}` is no share or mean of this rulebook: accepted is {}",
                component.norm,
                names_of_parts(&norms)
            )
        });
        let fits =
            unit != Some(NormUnit::Share) || component.points.iter().all(|p| p.value <= Ratio::whole(1));
        t.check(&[&format!("score.components[{index}].points"), "norms"], fits, || {
            "a share above 1: accepted is values from 0 to 1".into()
        });
    }
    let survey = t.table("survey", "The survey after customer contact (Q).", survey);
    let phone = t.optional_table("phone", "Phone availability (T).", phone);
    let insight = t.table("insight", "Insights and signals (I).", insight);
    let message = t.table("message", "Mails to customers (M).", message);
    Rulebook {
        format: Format,
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
        policy_points,
        standards,
        ladders,
        score,
        survey,
        phone,
        insight,
        message,
    }
}
