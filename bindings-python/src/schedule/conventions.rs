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

pub(super) type Choices<T> = [(&'static str, T); 2];

pub(super) const AT_CLOSE: Choices<BudgetEnd> =
    [("at_close", BudgetEnd::AtClose), ("at_next_open", BudgetEnd::AtNextOpen)];
pub(super) const ZERO: Choices<ZeroBudget> =
    [("start", ZeroBudget::Start), ("next_open", ZeroBudget::NextOpen)];
pub(super) const GAP: Choices<GapBoundary> =
    [("edge", GapBoundary::Edge), ("shift_forward", GapBoundary::ShiftForward)];
pub(super) const FOLD: Choices<FoldBoundary> =
    [("earlier", FoldBoundary::Earlier), ("later", FoldBoundary::Later)];
pub(super) const SHIFT: Choices<HolidayShift> =
    [("cut_out", HolidayShift::CutOut), ("whole_shift", HolidayShift::WholeShift)];
pub(super) const BACKWARDS: Choices<Backwards> = [("mirror", Backwards::Mirror), ("zero", Backwards::Zero)];

/// The choice of a name, or an error that lists both.
pub(super) fn one_of<T: Copy>(what: &'static str, given: &str, choices: Choices<T>) -> PyResult<T> {
    let found = choices.iter().find(|(name, _)| *name == given);
    let [(first, _), (second, _)] = choices;
    found.map(|(_, choice)| *choice).ok_or_else(|| invalid(what, given, format!("{first} or {second}")))
}
