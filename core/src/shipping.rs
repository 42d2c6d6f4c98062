//! How an order reaches the customer.

use crate::names::names;

names! {
    /// How an order is shipped: norms and cases differ by it (RULES N, K15).
    ///
    /// ```
    /// # use klokuur::ShippingMethod;
    /// assert_eq!("vvb".parse::<ShippingMethod>()?, ShippingMethod::Vvb);
    /// assert_eq!(ShippingMethod::Lvb.as_str(), "lvb");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[derive(Default)]
    pub enum ShippingMethod: "shipping method" {
        /// By the seller, in a way of its own.
        #[default]
        Own = "own",
        /// By the seller, with the marketplace's labels: *Verzenden via bol*.
        Vvb = "vvb",
        /// By the marketplace, from its own stock: *Logistiek via bol*, FBB.
        Lvb = "lvb",
    }
}
