//! Documents of the Retailer API: from their text to order lines and weekly numbers.

// A bench that cannot set up stops.
#![allow(clippy::expect_used)]

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use klokuur::Zone;
use klokuur::exchange::RetailerDocuments;
use klokuur::norm::OrderWeeks;

fn main() {
    divan::main();
}

const ITEMS: usize = 100_000;

/// Orders of one item each, and as many shipments: 100,000 order items as two documents.
fn documents() -> (String, String) {
    let (mut orders, mut shipments) = (String::from(r#"{"orders":["#), String::from(r#"{"shipments":["#));
    for n in 0..ITEMS {
        let comma = if n == 0 { "" } else { "," };
        let (day, hour) = (1 + n % 28, n % 24);
        let fulfilment = format!(
            r#"{{"method":"FBR","distributionParty":"RETAILER","latestDeliveryDate":"2026-09-{day:02}","expiryDate":"2026-09-30","timeFrameType":"REGULAR"}}"#
        );
        let placed = format!("2026-09-{day:02}T{hour:02}:15:00+02:00");
        let product = r#"{"ean":"2000123456789","title":"Invented kettle"}"#;
        let _ = write!(
            orders,
            r#"{comma}{{"orderId":"A{n}","orderPlacedDateTime":"{placed}","orderItems":[{{"orderItemId":"A{n}-1","cancellationRequest":false,"fulfilment":{fulfilment},"product":{product},"quantity":1,"quantityShipped":1,"quantityCancelled":0,"unitPrice":9.95,"latestChangedDateTime":"{placed}"}}]}}"#
        );
        let _ = write!(
            shipments,
            r#"{comma}{{"shipmentId":"S{n}","shipmentDateTime":"{placed}","order":{{"orderId":"A{n}","orderPlacedDateTime":"{placed}"}},"shipmentItems":[{{"orderItemId":"A{n}-1","quantity":1,"fulfilment":{fulfilment},"product":{product}}}],"transport":{{"transporterCode":"INVENTED","trackAndTrace":"INV{n}","transportEvents":[{{"eventCode":"AT_TRANSPORTER","eventDateTime":"{placed}"}},{{"eventCode":"DELIVERED_AT_CUSTOMER","eventDateTime":"{placed}"}}]}}}}"#
        );
    }
    (orders + "]}", shipments + "]}")
}

fn read(texts: &[&str]) -> RetailerDocuments {
    let mut documents = RetailerDocuments::new();
    for (n, text) in texts.iter().enumerate() {
        documents.add(&format!("{n}.json"), text).expect("a document of its own shape");
    }
    documents
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn orders_to_weekly_numbers(bencher: divan::Bencher<'_, '_>) {
    let (orders, _) = documents();
    let zone: Zone = "Europe/Amsterdam".parse().expect("a zone of the database");
    let now = "2026-11-27T08:00:00Z".parse::<DateTime<Utc>>().expect("an instant");
    bencher.bench_local(|| {
        let lines = read(&[&orders]).order_lines();
        assert_eq!(lines.lines.len(), ITEMS);
        let mut weeks = OrderWeeks::new(zone);
        for line in &lines.lines {
            weeks.add(&line.line, now).expect("a line that can be");
        }
        weeks.numbers()
    });
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn orders_and_shipments_to_order_lines(bencher: divan::Bencher<'_, '_>) {
    let (orders, shipments) = documents();
    bencher.bench_local(|| {
        let lines = read(&[&orders, &shipments]).order_lines();
        assert_eq!(lines.lines.len(), ITEMS);
        lines
    });
}

/// The yardstick: the JSON alone, without looking at it.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn json_alone(bencher: divan::Bencher<'_, '_>) {
    let (orders, _) = documents();
    bencher.bench_local(|| serde_json::from_str::<serde_json::Value>(&orders).expect("JSON"));
}
