//! What a seller has, and how it is read.

use std::path::PathBuf;

use clap::Args;
use klokuur::report::Picture;
use klokuur::rulebook::RulebookHistory;

use super::log::LogArguments;
use crate::failure::Result;
use crate::mapping;
use crate::progress::Progress;
use crate::seller::Sources;

/// A seller's folder or case log, and an export of orders beside it.
#[derive(Debug, Args)]
pub(crate) struct SellerArguments {
    #[command(flatten)]
    pub(crate) log: LogArguments,
    /// An export of orders, for the norms that are measured on orders
    #[arg(long, value_name = "FILE", requires = "orders_mapping")]
    orders: Option<PathBuf>,
    /// How that export is read: a shipped mapping, or a file (.toml)
    #[arg(long, value_name = "NAME|FILE", requires = "orders")]
    orders_mapping: Option<String>,
}

impl SellerArguments {
    /// The picture of all of it, and the rules that it was made by.
    pub(crate) fn picture(&self, progress: &mut Progress) -> Result<(Picture, RulebookHistory)> {
        let log = &self.log;
        let mapping = log.mapping()?;
        let rules = log.rules.rules(Some(&mapping))?;
        let now = log.now(&rules)?;
        let orders_mapping = self.orders_mapping.as_deref().map(mapping::find).transpose()?;
        let sources = Sources {
            source: &log.source,
            mapping: &mapping,
            is_stated: log.mapping.is_some(),
            orders: self.orders.as_deref().zip(orders_mapping.as_ref()),
            bound: log.reader.bound(),
        };
        let data = sources.read(progress)?;
        progress.step("working out the picture");
        Ok((Picture::of(&data, &rules, now)?, rules))
    }
}
