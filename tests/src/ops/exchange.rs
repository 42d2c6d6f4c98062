//! The Retailer API's documents (RULES R).

use klokuur::Rulebook;
use klokuur::exchange::{
    KpiScores, OrderItemCancellations, Orders, PerformanceIndicators, PerformanceStatus, RetailerDocuments,
    Returns, Shipments,
};
use serde_json::{Value, json};

use crate::vectors::{Operations, Stop};

pub(super) fn register(operations: &mut Operations) {
    operations.add("indicators_read", |given| {
        let document = PerformanceIndicators::from_json(&text(given))?;
        let checks: Vec<_> = document.performance_indicators.iter().map(|i| i.check()).collect();
        let reported = document.numbers(&Rulebook::bol());
        Ok(json!({"document": again(&document.to_json()?)?, "checks": checks, "reported": reported}))
    });
    operations.add("returns_read", |given| {
        let document = Returns::from_json(&text(given))?;
        let read = again(&document.to_json()?)?;
        Ok(json!({"document": read, "starts": document.starts(), "events": document.events()}))
    });
    operations.add("orders_read", |given| {
        Ok(json!({"document": again(&Orders::from_json(&text(given))?.to_json()?)?}))
    });
    operations.add("shipments_read", |given| {
        Ok(json!({"document": again(&Shipments::from_json(&text(given))?.to_json()?)?}))
    });
    operations.add("kpi_scores_read", |given| {
        let document = KpiScores::from_json(&text(given))?;
        let reported = document.numbers(&Rulebook::bol());
        Ok(json!({"document": again(&document.to_json()?)?, "reported": reported}))
    });
    operations.add("status_read", |given| {
        let document = PerformanceStatus::from_json(&text(given))?;
        Ok(json!({"document": again(&document.to_json()?)?, "standing": document.standing()}))
    });
    operations.add("documents_read", |given| {
        let mut documents = RetailerDocuments::new();
        for one in given["documents"].as_array().into_iter().flatten() {
            documents.add(one["name"].as_str().unwrap_or_default(), &text(one))?;
        }
        let told = documents.order_lines();
        let read = again(&documents.orders().to_json()?)?;
        let numbers = documents.numbers(&Rulebook::bol()).numbers;
        let events = documents.case_events().len();
        Ok(json!({"orders": read, "lines": told.lines, "unusable": told.unusable, "numbers": numbers, "events": events}))
    });
    operations.add("cancellations_read", |given| {
        let document = OrderItemCancellations::from_json(&text(given))?;
        let by_customer: Vec<_> =
            document.order_items.iter().map(|i| i.reason_code.is_by_customer()).collect();
        Ok(json!({"document": again(&document.to_json()?)?, "by_customer": by_customer}))
    });
}

fn text(given: &Value) -> String {
    given["text"].as_str().map_or_else(|| given["document"].to_string(), str::to_owned)
}

fn again(text: &str) -> Result<Value, Stop> {
    Ok(serde_json::from_str(text)?)
}
