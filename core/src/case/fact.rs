//! What is known of a case, said once: the texts of which openings, later descriptions, rows of the overview and
//! outcomes all carry the same.
//!
//! The table below is the only place that names them. The flat record, the opening, the description, what the log
//! keeps, the order of two events, the row of the overview, the outcome and the lists of columns are made from it.

/// Gives the table to another macro: each text with its documentation and where the log keeps it.
macro_rules! facts {
    ($then:ident $({ $($given:tt)* })?) => {
        $then! {
            $({ $($given)* })?
            /// The order number.
            order in orders,
            /// The customer's name.
            customer in customers,
            /// The subject, an open set.
            subject in labels,
            /// The item.
            item in labels,
            /// The defect, an open set (RULES I3).
            defect in labels,
            /// Who answers (RULES K16).
            agent in labels,
            /// How urgent it is, in the seller's own words (RULES K16).
            priority in labels,
        }
    };
}

/// A struct that has the given fields and the texts that are known of a case.
macro_rules! with_facts {
    (
        { $made:ident ! $(#[$meta:meta])* pub struct $name:ident { $($fields:tt)* } }
        $($(#[$doc:meta])* $fact:ident in $pool:ident,)+
    ) => {
        $made! {
            $(#[$meta])*
            pub struct $name {
                $($fields)*
                $($(#[$doc])* $fact: Option<String>,)+
            }
        }
    };
}

/// A struct with public fields.
macro_rules! plain {
    ($(#[$meta:meta])* pub struct $name:ident { $($(#[$doc:meta])* $field:ident: $type:ty,)+ }) => {
        $(#[$meta])*
        pub struct $name {
            $($(#[$doc])* pub $field: $type,)+
        }
    };
}

/// The value of a struct that has the texts that `$known` refers to in the log.
macro_rules! told_of {
    (
        { $log:expr, $known:expr, $name:ident { $($fields:tt)* } }
        $($(#[$doc:meta])* $fact:ident in $pool:ident,)+
    ) => {
        $name {
            $($fields)*
            $($fact: $log.$pool.get($known.$fact).map(str::to_owned),)+
        }
    };
}

/// The value of a struct that has the texts of a description.
macro_rules! described_by {
    (
        { $about:expr, $name:ident { $($fields:tt)* } }
        $($(#[$doc:meta])* $fact:ident in $pool:ident,)+
    ) => {{
        let Description { $($fact,)+ } = $about;
        $name {
            $($fields)*
            $($fact,)+
        }
    }};
}
