//! The conventions of a schedule by the names of their choices.

use klokuur::schedule::{
    Backwards, BudgetEnd, Conventions, FoldBoundary, GapBoundary, HolidayShift, ZeroBudget,
};
use pyo3::prelude::*;
use serde_json::Value;

use crate::error::invalid;

/// The conventions by name, as the constructor takes them.
fn names_of(conventions: &Conventions) -> serde_json::Map<String, Value> {
    match serde_json::to_value(conventions) {
        Ok(Value::Object(names)) => names,
        _ => serde_json::Map::new(),
    }
}

/// The order in which the constructor takes them.
const ORDER: [&str; 6] = ["budget_end", "zero_budget", "gap", "fold", "holiday_shift", "backwards"];

/// The conventions that are not the usual ones, as keywords after other arguments.
pub(super) fn unusual(own: &Conventions) -> String {
    let (own, usual) = (names_of(own), names_of(&Conventions::default()));
    let differs = ORDER.iter().filter(|name| own.get(**name) != usual.get(**name));
    differs.filter_map(|name| Some(format!(", {name}='{}'", own.get(*name)?.as_str()?))).collect()
}

type Choices<T> = [(&'static str, T); 2];

const AT_CLOSE: Choices<BudgetEnd> =
    [("at_close", BudgetEnd::AtClose), ("at_next_open", BudgetEnd::AtNextOpen)];
const ZERO: Choices<ZeroBudget> = [("start", ZeroBudget::Start), ("next_open", ZeroBudget::NextOpen)];
const GAP: Choices<GapBoundary> = [("edge", GapBoundary::Edge), ("shift_forward", GapBoundary::ShiftForward)];
const FOLD: Choices<FoldBoundary> = [("earlier", FoldBoundary::Earlier), ("later", FoldBoundary::Later)];
const SHIFT: Choices<HolidayShift> =
    [("cut_out", HolidayShift::CutOut), ("whole_shift", HolidayShift::WholeShift)];
const BACKWARDS: Choices<Backwards> = [("mirror", Backwards::Mirror), ("zero", Backwards::Zero)];

/// The choice of a name, or an error that lists both.
fn one_of<T: Copy>(what: &'static str, given: &str, choices: Choices<T>) -> PyResult<T> {
    let found = choices.iter().find(|(name, _)| *name == given);
    let [(first, _), (second, _)] = choices;
    found.map(|(_, choice)| *choice).ok_or_else(|| invalid(what, given, format!("{first} or {second}")))
}

/// The conventions of the constructor's six keywords, or an error that names the first that is none of its choices.
pub(super) fn of_names(
    budget_end: &str,
    zero_budget: &str,
    gap: &str,
    fold: &str,
    holiday_shift: &str,
    backwards: &str,
) -> PyResult<Conventions> {
    Ok(Conventions::default()
        .with_budget_end(one_of("budget_end", budget_end, AT_CLOSE)?)
        .with_zero_budget(one_of("zero_budget", zero_budget, ZERO)?)
        .with_gap(one_of("gap", gap, GAP)?)
        .with_fold(one_of("fold", fold, FOLD)?)
        .with_holiday_shift(one_of("holiday_shift", holiday_shift, SHIFT)?)
        .with_backwards(one_of("backwards", backwards, BACKWARDS)?))
}
