//! By which rules and hours.

use std::path::Path;

use chrono::{DateTime, Utc};
use clap::Args;
use klokuur::log::Times;
use klokuur::rulebook::{RulebookHistory, RulesByWeek};
use klokuur::{IsoWeek, Rulebook};

use crate::failure::{Failure, Result};
use crate::mapping::ExportMapping;
use crate::read::said;

/// By which rules.
#[derive(Debug, Args, Default)]
pub(crate) struct RuleArguments {
    /// The rules: a shipped rulebook, or a file (.toml, .json); bol is each week by the rules of its time
    #[arg(long, value_name = "NAME|FILE", default_value = "bol")]
    pub(crate) rulebook: String,
    /// Whose public holidays do not count, as NL, BE, DE-BY or NL+BE [default: the rulebook's]
    #[arg(long, value_name = "CODE")]
    pub(crate) country: Option<String>,
}

impl RuleArguments {
    /// The rules, with a mapping's own hours, in its zone, and holidays; a stated country wins.
    pub(crate) fn rules(&self, mapping: Option<&ExportMapping>) -> Result<RulebookHistory> {
        let mut rules = named(&self.rulebook)?;
        if let Some(mapping) = mapping {
            rules = mapping.rules(&rules)?;
        }
        if let Some(country) = &self.country {
            rules = rules.for_country(country)?;
        }
        Ok(rules)
    }
}

/// A rulebook by its name, or from a file: a name has no ending.
fn named(given: &str) -> Result<RulebookHistory> {
    if given == "bol" {
        return Ok(RulebookHistory::bol()?);
    }
    let path = Path::new(given);
    if path.extension().is_none() && !path.exists() {
        return Ok(Rulebook::shipped(given)?.to_history()?);
    }
    let text = std::fs::read_to_string(path).map_err(|problem| Failure::of_file(path, said(&problem)))?;
    let is_json = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    let rules = if is_json { Rulebook::from_json(&text) } else { Rulebook::from_toml(&text) };
    let rules = rules.and_then(|rules| rules.to_history());
    rules.map_err(|problem| Failure::of_file(path, problem))
}

/// By which hours.
#[derive(Debug, Args)]
pub(crate) struct ClockArguments {
    #[command(flatten)]
    pub(crate) rules: RuleArguments,
    /// The hours that count, as "Mo-Fr 09:00-17:00" [default: the rulebook's]
    #[arg(long, value_name = "TEXT")]
    pub(crate) hours: Option<String>,
    /// The time zone, as Europe/Amsterdam [default: the rulebook's]
    #[arg(long, value_name = "NAME")]
    pub(crate) zone: Option<String>,
}

impl ClockArguments {
    /// The rules of the week of an instant (RULES C9), with the hours and the zone that are stated.
    fn rulebook(&self, at: DateTime<Utc>) -> Result<Rulebook> {
        let history = self.rules.rules(None)?;
        let zone = history.newest_rules()?.clock.zone;
        let mut rules = history.rules_on(IsoWeek::at(&at, &zone).monday())?.clone();
        if let Some(zone) = &self.zone {
            rules.clock.zone = zone.parse()?;
        }
        if let Some(hours) = &self.hours {
            rules.clock.hours.clone_from(hours);
        }
        Ok(rules)
    }

    /// An instant, read in the zone of the rules where it has no offset, and the rules of its week.
    pub(crate) fn at(&self, text: &str) -> Result<(DateTime<Utc>, Rulebook)> {
        let zone = self.rulebook(Utc::now())?.clock.zone;
        let at = instant(text, zone.name())?;
        Ok((at, self.rulebook(at)?))
    }
}

/// An instant as people write it.
pub(crate) fn instant(text: &str, zone: &str) -> Result<DateTime<Utc>> {
    Times::new(Some(zone), None)?.read(text).map_err(|problem| Failure::Argument(problem.to_string()))
}
