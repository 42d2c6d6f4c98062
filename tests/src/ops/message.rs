//! Mails to customers (RULES M).

use chrono::NaiveDate;
use klokuur::message::{MailPolicy, clean_html, last_mail_date, may_mail};
use serde_json::{Value, json};

use crate::vectors::{Operations, Stop};

pub(super) fn register(operations: &mut Operations) {
    operations.add("clean_html", |given| {
        let cleaned = clean_html(given["html"].as_str().unwrap_or_default(), &policy(given)?);
        Ok(serde_json::to_value(cleaned)?)
    });
    operations.add("may_mail", |given| {
        let policy = policy(given)?;
        let day = |key: &str| serde_json::from_value::<NaiveDate>(given[key].clone());
        let (ordered, today) = (day("ordered")?, day("today")?);
        let allowed = may_mail(ordered, today, &policy)?;
        Ok(json!({"allowed": allowed, "last": last_mail_date(ordered, policy.within_years)?}))
    });
    operations.add("is_reply_address", |given| {
        let address = given["address"].as_str().unwrap_or_default();
        Ok(json!({"reply": policy(given)?.is_reply_address(address)}))
    });
}

fn policy(given: &Value) -> Result<MailPolicy, Stop> {
    Ok(given.get("policy").map_or(Ok(MailPolicy::default()), |p| serde_json::from_value(p.clone()))?)
}
