//! Lists of names of the Retailer API that may grow: an unknown one is kept as it came.

use klokuur::exchange;

/// Declares the enum of a list of the core, variant by variant.
macro_rules! open_names {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, uniffi::Enum)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
            /// A name that this version does not know.
            Other {
                /// As it came.
                name: String,
            },
        }

        impl From<exchange::$name> for $name {
            fn from(name: exchange::$name) -> Self {
                // Exhaustive: a new name of the core does not compile until it is here.
                match name {
                    $(exchange::$name::$variant => Self::$variant,)+
                    exchange::$name::Other(name) => Self::Other { name },
                }
            }
        }
    };
}

open_names! {
    /// The name of a performance indicator.
    IndicatorName {
        /// Cancelled items per ordered items.
        Cancellations,
        /// Items delivered on time per ordered items.
        Fulfilment,
        /// Answered share of call attempts.
        PhoneAvailability,
        /// First responses on time per customer question.
        ResponseTime,
        /// Cases per ordered items.
        CaseItemRatio,
        /// Parcels with a track & trace code.
        TrackAndTrace,
        /// Returned per ordered items.
        Returns,
        /// Mean review grade.
        Reviews,
        /// Items of the seller's own shipping delivered on time (version 11).
        OnTime,
        /// Items shipped through the marketplace's labels handed over on time (version 11).
        Handover,
    }
}

open_names! {
    /// How an indicator's value is meant.
    IndicatorType {
        /// A share on a scale from 0 to 1.
        Percentage,
        /// A sum divided by a count.
        Average,
    }
}

open_names! {
    /// The direction of a reported norm.
    IndicatorCondition {
        /// The value must not be above the norm.
        AtMost,
        /// The value must not be below the norm.
        AtLeast,
    }
}

open_names! {
    /// How the seller handled a return.
    HandlingResult {
        /// Received as expected and approved.
        ReturnReceived,
        /// Exchanged, as agreed with the customer.
        ExchangeProduct,
        /// Not as the conditions ask.
        ReturnDoesNotMeetConditions,
        /// The seller repairs the item.
        RepairProduct,
        /// The customer keeps the item and has paid.
        CustomerKeepsProductPaid,
        /// Approved after a first rejection.
        StillApproved,
        /// No label could be made for the customer.
        FailedToCreateShippingLabel,
    }
}

open_names! {
    /// What the marketplace made of a handled return.
    ProcessingResult {
        /// Not decided yet.
        Pending,
        /// Accepted.
        Accepted,
        /// Rejected.
        Rejected,
    }
}

open_names! {
    /// Why an order item is cancelled.
    CancellationReason {
        /// The item is not in stock.
        OutOfStock,
        /// The customer asked for it.
        RequestedByCustomer,
        /// The item is damaged.
        BadCondition,
        /// Shipping costs more than expected.
        HigherShipcost,
        /// The price was wrong.
        IncorrectPrice,
        /// It cannot be there in time.
        NotAvailInTime,
        /// The marketplace's guarantee is missing.
        NoBolGuarantee,
        /// The customer ordered it twice.
        OrderedTwice,
        /// The seller keeps the item.
        RetainItem,
        /// A technical problem.
        TechIssue,
        /// The item cannot be found.
        UnfindableItem,
        /// Any other reason, without a name (`OTHER` in the document).
        Unnamed,
    }
}

open_names! {
    /// Whether a reported norm is the same for all.
    KpiNormType {
        /// The same for every seller.
        Fixed,
        /// Of this seller: the value comes with the data.
        Dynamic,
    }
}

open_names! {
    /// The direction of a reported norm of version 11.
    KpiCondition {
        /// The value must not be above the norm.
        AtMost,
        /// The value must not be below the norm.
        AtLeast,
        /// The value must be below the norm.
        Below,
        /// The value must be above the norm.
        Above,
    }
}

open_names! {
    /// Why a week bears a strike, as reported.
    StrikeReason {
        /// Too many cancellations.
        Cancellations,
        /// Too few items on time.
        Fulfilment,
        /// Too few parcels handed over on time.
        Handover,
        /// Too few items delivered on time.
        OnTime,
        /// Too few answers on time.
        ResponseTime,
    }
}
