//! The performance status of the sample seller, as the marketplace reports it.

use klokuur::IsoWeek;
use serde_json::json;

/// The performance status as the Retailer API tells it: the strikes of these weeks, and the 22 weeks that are looked at.
pub(crate) fn status(last_final_week: IsoWeek, strikes: &[(IsoWeek, &[&str])]) -> String {
    let id = |week: IsoWeek| format!("{}-{:02}", week.year(), week.week());
    let weeks: Vec<_> =
        strikes.iter().map(|(week, reasons)| json!({"week": id(*week), "reasons": reasons})).collect();
    let status = json!({
        "monitoringSystem": "GROEIKRACHT",
        "monitorPeriod": {"startWeek": id(last_final_week.plus(-21)), "endWeek": id(last_final_week)},
        "strike": {"count": strikes.len(), "weeks": weeks},
        "policyPoints": 100,
        "qualityScore": {"score": 92, "weights": {"OWN_SHIPPING": 100, "SHIPPING_VIA_BOL": 0, "LOGISTICS_VIA_BOL": 0}},
    });
    format!("{status:#}\n")
}
