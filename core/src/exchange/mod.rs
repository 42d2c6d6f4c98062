//! The marketplace's Retailer API documents, versions 10 and 11 (RULES R1–R6): read, checked against themselves,
//! merged, written back.
//!
//! Nothing here talks to a server. An application fetches the JSON; this module turns it into records and back.
//! [`RetailerDocuments`] takes documents of different days and gives order lines, cases, reported norms and the
//! reported standing. What the documents carry beyond the fields named here — new fields, new names — survives a round
//! trip: unknown fields are kept in `other` and written after the known ones, and unknown names in the `Other` variant
//! of each list of names.
//!
//! ```
//! use klokuur::exchange::PerformanceIndicators;
//!
//! let text = r#"{"performanceIndicators":[{"name":"CANCELLATIONS","type":"PERCENTAGE","details":{
//!     "period":{"week":"10","year":"2019"},
//!     "score":{"conforms":false,"numerator":8,"denominator":88,"value":0.88,"distanceToNorm":0.86},
//!     "norm":{"condition":"<=","value":0.02}}}]}"#;
//! let document = PerformanceIndicators::from_json(text)?;
//! let check = document.performance_indicators[0].check();
//! assert_eq!(check.week.to_string(), "2019-W10");
//! assert_eq!((check.reported, check.recomputed), (Some(false), Some(false)));
//! // 8 of 88 is 0.09, not 0.88: told, not rejected (RULES R2).
//! assert_eq!(check.differences.len(), 1);
//! # Ok::<(), klokuur::KlokuurError>(())
//! ```
//!
//! # Where what is
//!
//! - `cancellation`: cancellations of order items (RULES R3)
//! - `check`: the reported verdict beside the one recomputed from the same document (RULES R2)
//! - `dumps`: documents of different days, merged into one picture (RULES R4)
//! - `fields`: reading JSON objects field by field, so that every fault has its path, and writing them back with what
//!   was unknown
//! - `indicator`: `PerformanceIndicators` (RULES R1): the weekly scores as the marketplace reports them
//! - `join`: reported numbers beside those measured here (RULES N4), and returns as cases (RULES K12)
//! - `kpi_scores`: `kpi-scores` of version 11 (RULES R5): the weekly scores, with the norm that was in force for this
//!   seller
//! - `names`: lists of names that may grow: the known ones are variants, any other is kept as it came
//! - `order_lines`: orders and shipments as order lines (RULES R4), returns as cases (RULES R3), scores as reported
//!   numbers (RULES N4)
//! - `orders`: orders (RULES R4): what was ordered, what was promised, what became of it
//! - `performance_status`: the performance status of version 11 (RULES R5): the standing as the marketplace reports it
//! - `returned`: which order lines a return is of (RULES R3)
//! - `returns`: returns (RULES R3): what the customer sends back, why, and how the seller handled it
//! - `shipments`: shipments (RULES R4): the parcels of an order and what their carriers tell

mod cancellation;
mod check;
mod dumps;
mod fields;
mod indicator;
mod join;
mod kpi_scores;
mod names;
mod order_lines;
mod orders;
mod performance_status;
mod returned;
mod returns;
mod shipments;

pub use cancellation::{CancellationReason, OrderItemCancellation, OrderItemCancellations};
pub use check::{Difference, IndicatorCheck, ValueScale};
pub use dumps::RetailerDocuments;
pub use fields::DocumentDate;
pub use indicator::{
    IndicatorCondition, IndicatorDetails, IndicatorName, IndicatorNorm, IndicatorPeriod, IndicatorScore,
    IndicatorType, PerformanceIndicator, PerformanceIndicators,
};
pub use join::{IndicatorVerdicts, ReportedNumbers};
pub use kpi_scores::{KpiCondition, KpiNorm, KpiNormType, KpiPeriod, KpiScore, KpiScores, KpiValue};
pub use order_lines::{RetailerLine, RetailerLines};
pub use orders::{
    DistributionParty, FulfilmentMethod, Order, OrderFulfilment, OrderItem, OrderProduct, Orders,
};
pub use performance_status::{
    MonitorPeriod, PerformanceStatus, ReportedStanding, ReportedStrikes, StrikeReason, StrikeWeek,
};
pub use returns::{
    HandlingResult, ProcessingResult, Return, ReturnItem, ReturnProcessing, ReturnReason, ReturnStart,
    Returns,
};
pub use shipments::{
    Shipment, ShipmentItem, ShipmentOrder, Shipments, Transport, TransportEvent, TransportEventCode,
};
