//! What a standard measures in its dates.

use chrono::NaiveDate;

use super::figure::StandardFigure;
use super::item::{Row, StandardItems};
use super::period::Dates;
use crate::error::{KlokuurError, Result};
use crate::exact::Exact;
use crate::rulebook::{Direction, Ratio, StandardPeriod, StandardRule, StandardUnit};

/// Numbers before any verdict.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Measured {
    pub(super) from: NaiveDate,
    pub(super) until: NaiveDate,
    /// Above and under the line; nothing was measured where the latter is 0.
    pub(super) numerator: Ratio,
    pub(super) denominator: Ratio,
    /// The items that count for the minimum; none where a figure does not tell.
    pub(super) population: Option<u64>,
    /// Bad ones, of a share.
    pub(super) bad: Option<u64>,
    /// Different buyers with a bad one; none where a bad one names none.
    pub(super) buyers: Option<u64>,
    pub(super) longest_run: Option<u64>,
}

/// A room for buyers that were met, used again and again: no set is made in the loop.
#[derive(Debug, Default)]
pub(super) struct Met {
    at: Vec<u64>,
    round: u64,
}

impl Met {
    pub(super) fn of(items: &StandardItems) -> Self {
        Self { at: vec![0; items.buyers()], round: 0 }
    }

    fn is_new(&mut self, buyer: u32) -> bool {
        let room = usize::try_from(buyer).ok().and_then(|place| self.at.get_mut(place));
        room.is_some_and(|last| std::mem::replace(last, self.round) != self.round)
    }
}

struct Sums {
    units: u64,
    /// Bad ones of the whole period, and of its part in which they count.
    bad: u64,
    bad_last: u64,
    buyers: u64,
    unnamed: bool,
    run: u64,
    longest: u64,
    sum: Exact,
}

/// The numbers of items; none where a measure has no item in its dates.
pub(super) fn of_items(
    rule: &StandardRule,
    items: &StandardItems,
    dates: Dates,
    met: &mut Met,
) -> Result<Option<Measured>> {
    let rows = items.of(&rule.measure);
    let mut from = dates.from;
    let mut found = sums(rule, within(rows, from, dates.until), dates.bad_from, met)?;
    if found.units < u64::from(dates.at_least) {
        from = dates.else_from;
        found = sums(rule, within(rows, from, dates.until), from, met)?;
    }
    if found.units == 0 {
        return Ok(None);
    }
    let of_weeks = match rule.period {
        StandardPeriod::MeanOfWeeks { weeks } => weeks,
        _ => 1,
    };
    let whole = |count: u64| number(Some(count.into()));
    let units = whole(found.units)?;
    let bad = if of_weeks > 1 { found.bad_last } else { found.bad };
    let (numerator, denominator) = match (rule.unit, rule.direction) {
        (StandardUnit::Share, Direction::AtLeast) => (whole(found.units - found.bad)?, units),
        (StandardUnit::Share, Direction::AtMost) => {
            (whole(bad)?, number(Exact::new(found.units.into(), of_weeks.into()))?)
        }
        (StandardUnit::Average, _) => (number(Some(found.sum))?, units),
        (StandardUnit::Run, _) => (whole(found.longest)?, Ratio::whole(1)),
        (StandardUnit::Count, _) => (units, Ratio::whole(1)),
    };
    let is_share = rule.unit == StandardUnit::Share;
    Ok(Some(Measured {
        from,
        until: dates.until,
        numerator,
        denominator,
        population: Some(found.units),
        bad: is_share.then_some(bad),
        buyers: (is_share && !found.unnamed).then_some(found.buyers),
        longest_run: (rule.unit == StandardUnit::Run).then_some(found.longest),
    }))
}

fn within(rows: &[Row], from: NaiveDate, until: NaiveDate) -> &[Row] {
    let start = rows.partition_point(|row| row.on < from);
    let end = rows.partition_point(|row| row.on <= until);
    rows.get(start..end).unwrap_or_default()
}

fn sums(rule: &StandardRule, rows: &[Row], bad_from: NaiveDate, met: &mut Met) -> Result<Sums> {
    met.round += 1;
    let mut found = Sums {
        units: 0,
        bad: 0,
        bad_last: 0,
        buyers: 0,
        unnamed: false,
        run: 0,
        longest: 0,
        sum: Exact::ZERO,
    };
    for row in rows {
        found.units += u64::from(row.units);
        found.bad += u64::from(row.bad);
        if row.on >= bad_from {
            found.bad_last += u64::from(row.bad);
        }
        if row.bad > 0 {
            match row.buyer {
                Some(buyer) => found.buyers += u64::from(met.is_new(buyer)),
                None => found.unnamed = true,
            }
        }
        // Of several units at once that are not all bad, the bad ones are the first.
        found.run += u64::from(row.bad);
        found.longest = found.longest.max(found.run);
        if row.bad < row.units {
            found.run = 0;
        }
        if rule.unit == StandardUnit::Average {
            let value = row.value.ok_or_else(|| KlokuurError::InvalidValue {
                what: "item of a mean",
                given: format!("{} of {} without a value", rule.measure, row.on),
                accepted: "a value for each item".into(),
            })?;
            let all = Exact::from(value).times(Exact::from(u64::from(row.units)));
            found.sum = all.and_then(|all| found.sum.plus(all)).ok_or_else(too_large)?;
        }
    }
    Ok(found)
}

/// The number of a sum that fits.
fn number(exact: Option<Exact>) -> Result<Ratio> {
    exact.and_then(Exact::ratio).ok_or_else(too_large)
}

fn too_large() -> KlokuurError {
    KlokuurError::OutOfRange {
        what: "sum of a standard",
        given: "a number".into(),
        accepted: "numbers of at most 18 digits".into(),
    }
}

/// The numbers of a figure that was counted elsewhere.
pub(super) fn of_figure(rule: &StandardRule, figure: &StandardFigure, dates: Dates) -> Result<Measured> {
    let refused = |accepted: &str| KlokuurError::InvalidValue {
        what: "figure of a standard",
        given: format!("{} {}/{}", figure.standard, figure.numerator, figure.denominator),
        accepted: accepted.into(),
    };
    let zero = Ratio::whole(0);
    if figure.numerator < zero || figure.denominator < zero {
        return Err(refused("numbers of 0 or more"));
    }
    let good_of_all = (rule.unit, rule.direction) == (StandardUnit::Share, Direction::AtLeast);
    if good_of_all && figure.numerator > figure.denominator {
        return Err(refused("at most as many good ones as there are"));
    }
    let counted = rule.unit == StandardUnit::Share;
    let (numerator, denominator) = (whole(figure.numerator), whole(figure.denominator));
    let bad = match rule.direction {
        Direction::AtLeast => denominator.zip(numerator).map(|(all, good)| all.saturating_sub(good)),
        Direction::AtMost => numerator,
    };
    // A run and a count have no line: what they are of is told by the population alone.
    let over_one = matches!(rule.unit, StandardUnit::Run | StandardUnit::Count) && figure.denominator > zero;
    let population = match rule.unit {
        StandardUnit::Count => numerator,
        _ => denominator,
    };
    // N7: with too few in the short period the marketplace has counted the long one.
    let is_long = population.is_some_and(|count| count < u64::from(dates.at_least));
    Ok(Measured {
        from: if is_long { dates.else_from } else { dates.from },
        until: dates.until,
        numerator: figure.numerator,
        denominator: if over_one { Ratio::whole(1) } else { figure.denominator },
        population,
        bad: bad.filter(|_| counted),
        buyers: figure.buyers.filter(|_| counted).map(u64::from),
        longest_run: numerator.filter(|_| rule.unit == StandardUnit::Run),
    })
}

fn whole(number: Ratio) -> Option<u64> {
    (number.denominator() == 1).then(|| u64::try_from(number.numerator()).ok()).flatten()
}

impl Measured {
    /// Above over under the line, exactly; none without data, or where it has too many digits.
    pub(super) fn value(&self) -> Result<Option<Ratio>> {
        if self.denominator == Ratio::whole(0) {
            return Ok(None);
        }
        number(Exact::from(self.numerator).over(self.denominator.into())).map(Some)
    }
}
