//! The names of the norms of RULES N, as rulebooks have them.

/// Ordered items delivered on time; `FULFILMENT` in the Retailer API.
pub const FULFILMENT: &str = "fulfilment";
/// Items of the seller's own shipping delivered on time; `ON_TIME` in the Retailer API.
pub const ON_TIME: &str = "on_time";
/// Items shipped through the marketplace handed over on time; `HANDOVER` in the Retailer API.
pub const HANDOVER: &str = "handover";
/// Cancelled items; `CANCELLATIONS` in the Retailer API.
pub const CANCELLATIONS: &str = "cancellations";
/// First responses on time; `RESPONSE_TIME` in the Retailer API.
pub const RESPONSE_TIME: &str = "response_time";
/// Answered call attempts; `PHONE_AVAILABILITY` in the Retailer API.
pub const PHONE_AVAILABILITY: &str = "phone_availability";
/// NPS after customer contact; not in the Retailer API.
pub const NPS: &str = "nps";
/// Parcels that can be followed; `TRACK_AND_TRACE` in the Retailer API.
pub const TRACK_AND_TRACE: &str = "track_and_trace";
/// The review grade; `REVIEWS` in the Retailer API.
pub const REVIEWS: &str = "reviews";
/// Cases per ordered items; `CASE_ITEM_RATIO` in the Retailer API.
pub const CASE_ITEM_RATIO: &str = "case_item_ratio";
/// Returned per ordered items; `RETURNS` in the Retailer API.
pub const RETURNS: &str = "returns";
