//! The mappings that come with the command.

use std::path::Path;

use klokuur::KlokuurError;

use super::document::ExportMapping;
use crate::failure::{Failure, Result};
use crate::read::said;

/// Name and document, by name.
const SHIPPED: &[(&str, &str)] = &[
    ("bol-orders-2018", include_str!("../../mappings/bol-orders-2018.toml")),
    ("chatwoot-messages", include_str!("../../mappings/chatwoot-messages.toml")),
    ("frappe-helpdesk-tickets", include_str!("../../mappings/frappe-helpdesk-tickets.toml")),
    ("freshdesk-tickets", include_str!("../../mappings/freshdesk-tickets.toml")),
    ("gorgias-tickets", include_str!("../../mappings/gorgias-tickets.toml")),
    ("jira-service-management", include_str!("../../mappings/jira-service-management.toml")),
    ("osticket-thread", include_str!("../../mappings/osticket-thread.toml")),
    ("servicenow-incident-log", include_str!("../../mappings/servicenow-incident-log.toml")),
    ("trengo-messages", include_str!("../../mappings/trengo-messages.toml")),
    ("zammad-articles", include_str!("../../mappings/zammad-articles.toml")),
    ("zammad-tickets", include_str!("../../mappings/zammad-tickets.toml")),
    ("zendesk-ticket-events", include_str!("../../mappings/zendesk-ticket-events.toml")),
    ("zendesk-tickets", include_str!("../../mappings/zendesk-tickets.toml")),
];

/// The names of the mappings that come with the command.
pub fn names() -> Vec<&'static str> {
    SHIPPED.iter().map(|(name, _)| *name).collect()
}

/// The document of a shipped mapping, with its remarks: a start for one's own.
pub fn shipped_toml(name: &str) -> Option<&'static str> {
    SHIPPED.iter().find(|(shipped, _)| *shipped == name).map(|(_, document)| *document)
}

/// A mapping by its name, or from a file of one's own.
///
/// # Errors
/// - a name that is not shipped and no file either
/// - a file that is no mapping, with its place
pub fn find(given: &str) -> Result<ExportMapping> {
    if let Some(document) = shipped_toml(given) {
        return Ok(ExportMapping::from_toml(document)?);
    }
    let path = Path::new(given);
    if path.extension().is_none() && !path.exists() {
        let accepted = format!("a file (.toml), or {}", names().join(", "));
        let unknown = KlokuurError::UnknownName { what: "mapping", given: given.to_owned(), accepted };
        return Err(Failure::Argument(unknown.to_string()));
    }
    let text = std::fs::read_to_string(path).map_err(|problem| Failure::of_file(path, said(&problem)))?;
    ExportMapping::from_toml(&text).map_err(|problem| Failure::refused(path, problem))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_mapping_is_one_and_says_what_it_reads() {
        for (name, document) in SHIPPED {
            let mapping =
                ExportMapping::from_toml(document).unwrap_or_else(|problem| panic!("{name}: {problem}"));
            assert!(!mapping.about.is_empty() && mapping.about.len() <= 100, "{name}: {}", mapping.about);
        }
        assert!(names().is_sorted());
    }
}
