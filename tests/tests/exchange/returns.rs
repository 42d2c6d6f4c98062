//! Returns that are told again, and returns of one line at several times (RULES R3, N6).

use chrono::{TimeZone, Utc};
use chrono_tz::Europe::Amsterdam;
use klokuur::exchange::RetailerDocuments;
use klokuur::norm::{OrderWeeks, RETURNS};
use serde_json::{Value, json};

#[test]
fn r3_a_return_that_is_told_again_with_less_keeps_what_was_told() {
    let returned = |item: Value| {
        let one = json!({"returnId": "1", "registrationDateTime": "2026-03-06T09:00:00+01:00", "returnItems": [item]});
        json!({"returns": [one]}).to_string()
    };
    let whole = json!({"rmaId": "R", "orderId": "A-1", "ean": "123", "title": "Lamp", "expectedQuantity": 1,
        "trackAndTrace": "3STEST", "transporterName": "POST", "handled": false, "other": 1,
        "returnReason": {"mainReason": "Broken", "detailedReason": "Glass", "customerComments": "In pieces"}});
    let mut documents = RetailerDocuments::new();
    documents.add("one.json", &returned(whole.clone())).unwrap();
    let before = documents.returns();
    documents.add("less.json", &returned(json!({"rmaId": "R", "handled": false}))).unwrap();
    assert_eq!(documents.returns(), before);
    // What is told newly wins, beside what stays.
    let newer = json!({"rmaId": "R", "handled": true, "returnReason": {"mainReason": "Too small"}});
    documents.add("newer.json", &returned(newer)).unwrap();
    let item = &documents.returns().returns[0].return_items[0];
    let reason = item.return_reason.as_ref().unwrap();
    assert_eq!((item.handled, reason.main_reason.as_deref()), (true, Some("Too small")));
    assert_eq!(
        (reason.customer_comments.as_deref(), item.title.as_deref()),
        (Some("In pieces"), Some("Lamp"))
    );
    // What is done with it is of its own item.
    let other = json!({"rmaId": "S", "handled": false});
    let mut documents = RetailerDocuments::new();
    documents.add("one.json", &returned(whole)).unwrap();
    documents.add("other.json", &returned(other)).unwrap();
    assert_eq!(documents.returns().returns[0].return_items[0].title, None);
}

#[test]
fn n6_a_return_counts_in_the_week_in_which_it_came() {
    let order = |number: &str, day: u32| {
        let item = json!({"orderItemId": number, "ean": "123", "quantity": 3, "quantityShipped": 3,
            "fulfilment": {"method": "FBR", "latestDeliveryDate": format!("2026-03-{}", day + 1)}});
        let placed = format!("2026-03-{day:02}T12:00:00+01:00");
        json!({"orderId": number, "orderPlacedDateTime": placed, "orderItems": [item]})
    };
    let returned = |number: &str, day: u32| {
        let item =
            json!({"rmaId": number, "orderId": "A-1", "ean": "123", "expectedQuantity": 1, "handled": false});
        json!({"returnId": number, "registrationDateTime": format!("2026-03-{day}T09:00:00+01:00"), "returnItems": [item]})
    };
    let mut documents = RetailerDocuments::new();
    documents
        .add("orders.json", &json!({"orders": [order("A-1", 10), order("A-2", 23)]}).to_string())
        .unwrap();
    let returns = json!({"returns": [returned("1", 15), returned("2", 25)]});
    documents.add("returns.json", &returns.to_string()).unwrap();
    let numerators = |day: u32| {
        let mut weeks = OrderWeeks::new(Amsterdam);
        let now = Utc.with_ymd_and_hms(2026, 3, day, 12, 0, 0).unwrap();
        documents.order_lines().lines.iter().for_each(|line| weeks.add(&line.line, now).unwrap());
        let returned = weeks.numbers().into_iter().filter(|n| n.norm == RETURNS && n.numerator > 0);
        returned.map(|n| (n.week.to_string(), n.numerator)).collect::<Vec<_>>()
    };
    assert_eq!(numerators(20), [("2026-W11".to_owned(), 1)]);
    assert_eq!(numerators(26), [("2026-W11".to_owned(), 1), ("2026-W13".to_owned(), 1)]);
}
