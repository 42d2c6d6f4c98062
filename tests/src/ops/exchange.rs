//! The Retailer API's documents (RULES R).

use klokuur::Rulebook;
use klokuur::exchange::{OrderItemCancellations, PerformanceIndicators, Returns};
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
        Ok(json!({"document": again(&document.to_json()?)?, "starts": document.starts()}))
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
