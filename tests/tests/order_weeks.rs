//! The norms measured on orders (RULES §5).

use chrono::{DateTime, NaiveDate, Utc};
use klokuur::ShippingMethod;
use klokuur::norm::{
    CANCELLATIONS, CASE_ITEM_RATIO, Cancelled, FULFILMENT, HANDOVER, ON_TIME, OrderLine, OrderWeeks, RETURNS,
    TRACK_AND_TRACE,
};

fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

/// Ordered on Monday of 2026-W11, promised for Tuesday.
fn line() -> OrderLine {
    OrderLine {
        delivered_at: Some(at("2026-03-10T23:59:59+01:00")),
        tracked: true,
        ..OrderLine::new(at("2026-03-09T12:00:00+01:00"), 1, "2026-03-10".parse::<NaiveDate>().unwrap())
    }
}

fn numbers(lines: &[OrderLine], now: &str) -> Vec<(String, String, i64, u64)> {
    let mut weeks = OrderWeeks::new(chrono_tz::Europe::Amsterdam);
    for line in lines {
        weeks.add(line, at(now)).unwrap();
    }
    weeks.numbers().into_iter().map(|n| (n.norm, n.week.to_string(), n.numerator, n.denominator)).collect()
}

fn of(norm: &str, lines: &[OrderLine], now: &str) -> Option<(i64, u64)> {
    numbers(lines, now).into_iter().find(|n| n.0 == norm).map(|n| (n.2, n.3))
}

#[test]
fn n6_what_happens_after_now_is_not_looked_at() {
    let late = OrderLine { delivered_at: Some(at("2026-03-12T12:00:00+01:00")), ..line() };
    assert_eq!(numbers(std::slice::from_ref(&late), "2026-03-09T10:59:59Z"), []);
    assert_eq!(of(FULFILMENT, std::slice::from_ref(&late), "2026-03-10T22:00:00Z"), None);
    assert_eq!(of(FULFILMENT, std::slice::from_ref(&late), "2026-03-10T23:00:00Z"), Some((0, 1)));
    let returned = OrderLine { returned_at: Some(at("2026-03-12T12:00:00+01:00")), ..line() };
    assert_eq!(of(RETURNS, std::slice::from_ref(&returned), "2026-03-12T10:59:59Z"), Some((0, 1)));
    assert_eq!(of(RETURNS, &[returned], "2026-03-12T11:00:00Z"), Some((1, 1)));
    let cancelled = Cancelled { at: at("2026-03-09T14:00:00Z"), by_customer: false, processed_at: None };
    let cancelled = OrderLine { cancelled: Some(cancelled), ..line() };
    assert_eq!(of(CANCELLATIONS, std::slice::from_ref(&cancelled), "2026-03-09T13:59:59Z"), Some((0, 1)));
    assert_eq!(of(CANCELLATIONS, &[cancelled], "2026-03-09T14:00:00Z"), Some((1, 1)));
    let weeks = OrderWeeks::new(chrono_tz::Europe::Amsterdam);
    // Through the marketplace's labels the first scan is what was late.
    let scanned = Some(at("2026-03-11T09:00:00+01:00"));
    let vvb = OrderLine { shipping_method: ShippingMethod::Vvb, handed_over_at: scanned, ..late.clone() };
    let against = weeks.against(&vvb, at("2026-03-20T08:00:00Z")).unwrap();
    assert_eq!(
        against.iter().map(|one| (one.norm, one.at)).collect::<Vec<_>>(),
        [(FULFILMENT, scanned), (HANDOVER, scanned)]
    );
    assert_eq!(weeks.against(&late, at("2026-03-10T22:00:00Z")).unwrap(), []);
}

#[test]
fn n6_a_return_counts_its_pieces() {
    let returned = |pieces| OrderLine {
        quantity: 5,
        returned_at: Some(at("2026-03-12T12:00:00+01:00")),
        returned_quantity: pieces,
        ..line()
    };
    let now = "2026-03-20T08:00:00Z";
    assert_eq!(of(RETURNS, &[returned(Some(2))], now), Some((2, 5)));
    assert_eq!(of(RETURNS, &[returned(None)], now), Some((5, 5)));
    let mut weeks = OrderWeeks::new(chrono_tz::Europe::Amsterdam);
    let refused = weeks.add(&returned(Some(6)), at(now)).unwrap_err().to_string();
    assert_eq!(refused, "returned quantity 6 is out of range: accepted is at most the ordered quantity, 5");
}

#[test]
fn on_time_until_the_end_of_the_promised_local_date() {
    let late = OrderLine { delivered_at: Some(at("2026-03-11T00:00:00+01:00")), ..line() };
    assert_eq!(of(FULFILMENT, &[line(), late], "2026-03-20T08:00:00Z"), Some((1, 2)));
}

#[test]
fn an_undelivered_item_is_late_only_once_the_promised_date_has_passed() {
    let open = OrderLine { delivered_at: None, quantity: 3, ..line() };
    assert_eq!(of(FULFILMENT, std::slice::from_ref(&open), "2026-03-10T22:59:59Z"), None);
    assert_eq!(of(FULFILMENT, &[open], "2026-03-10T23:00:00Z"), Some((0, 3)));
}

#[test]
fn a_customers_cancellation_counts_only_after_the_promised_date() {
    let cancelled = |when: &str, by_customer| OrderLine {
        delivered_at: None,
        cancelled: Some(Cancelled { at: at(when), by_customer, processed_at: None }),
        ..line()
    };
    let now = "2026-03-20T08:00:00Z";
    assert_eq!(of(CANCELLATIONS, &[cancelled("2026-03-10T22:59:59Z", true)], now), Some((0, 1)));
    assert_eq!(of(CANCELLATIONS, &[cancelled("2026-03-10T23:00:00Z", true)], now), Some((1, 1)));
    assert_eq!(of(CANCELLATIONS, &[cancelled("2026-03-09T11:30:00Z", false)], now), Some((1, 1)));
    // A cancelled item is neither on time nor late.
    assert_eq!(of(FULFILMENT, &[cancelled("2026-03-09T11:30:00Z", false)], now), None);
}

#[test]
fn parcels_cases_and_returns_have_weeks_of_their_own() {
    let returned = OrderLine {
        tracked: false,
        quantity: 4,
        returned_at: Some(at("2026-03-16T09:00:00+01:00")),
        ..line()
    };
    let mut weeks = OrderWeeks::new(chrono_tz::Europe::Amsterdam);
    weeks.add(&returned, at("2026-03-20T08:00:00Z")).unwrap();
    weeks.add_case(at("2026-03-15T22:59:59Z"));
    weeks.add_case(at("2026-03-15T23:00:00Z")); // Monday of W12, local
    let found: Vec<_> = weeks
        .numbers()
        .into_iter()
        .map(|n| (n.norm, n.week.to_string(), n.numerator, n.denominator))
        .collect();
    assert!(found.contains(&(TRACK_AND_TRACE.into(), "2026-W11".into(), 0, 1)));
    assert!(found.contains(&(CASE_ITEM_RATIO.into(), "2026-W11".into(), 1, 4)));
    // Nothing was ordered in W12: its case and its return have no rate (RULES N2).
    assert!(!found.iter().any(|n| n.1 == "2026-W12"));
    assert!(found.contains(&(RETURNS.into(), "2026-W11".into(), 0, 4)));
}

#[test]
fn n6_items_on_time_are_counted_together_and_apart() {
    let vvb = OrderLine {
        quantity: 3,
        shipping_method: ShippingMethod::Vvb,
        handed_over_at: Some(at("2026-03-11T00:00:00+01:00")),
        delivered_at: None,
        ..line()
    };
    let lvb = OrderLine { shipping_method: ShippingMethod::Lvb, ..line() };
    let (lines, now) = ([line(), vvb, lvb], "2026-03-20T08:00:00Z");
    assert_eq!(of(FULFILMENT, &lines, now), Some((1, 4)));
    assert_eq!(of(ON_TIME, &lines, now), Some((1, 1)));
    assert_eq!(of(HANDOVER, &lines, now), Some((0, 3)));
    assert_eq!(of(CANCELLATIONS, &lines, now), Some((0, 4)));
}

#[test]
fn n6_an_item_belongs_to_the_week_of_its_promise_and_its_order() {
    // Ordered on the last minute of Sunday of W11, promised for Tuesday of W12; three pieces on one line are three
    // items.
    let line = OrderLine {
        delivered_at: Some(at("2026-03-18T10:00:00+01:00")),
        ..OrderLine::new(
            at("2026-03-15T23:59:00+01:00"),
            3,
            "2026-03-17".parse::<chrono::NaiveDate>().unwrap(),
        )
    };
    let found = numbers(&[line], "2026-03-25T08:00:00Z");
    let of = |norm: &str| -> Vec<_> { found.iter().filter(|n| n.0 == norm).collect() };
    assert_eq!(of(ON_TIME), [&(ON_TIME.into(), "2026-W12".into(), 0, 3)]);
    assert_eq!(of(FULFILMENT), [&(FULFILMENT.into(), "2026-W12".into(), 0, 3)]);
    assert_eq!(of(CANCELLATIONS), [&(CANCELLATIONS.into(), "2026-W11".into(), 0, 3)]);
}

#[test]
fn impossible_lines_are_refused() {
    let mut weeks = OrderWeeks::new(chrono_tz::UTC);
    let now = at("2026-03-20T08:00:00Z");
    let none = OrderLine { quantity: 0, ..line() };
    assert_eq!(
        weeks.add(&none, now).unwrap_err().to_string(),
        "quantity 0 is out of range: accepted is 1 or more"
    );
    let early = OrderLine { delivered_at: Some(at("2026-03-09T10:59:59Z")), ..line() };
    assert_eq!(weeks.add(&early, now).unwrap_err().code(), "out_of_range");
    for far in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
        let line = OrderLine { ordered_at: far, delivered_at: None, ..line() };
        assert_eq!(weeks.add(&line, now).unwrap_err().code(), "out_of_range");
    }
    assert!(weeks.numbers().is_empty(), "a refused line leaves nothing behind");
}
