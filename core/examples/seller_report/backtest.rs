//! What another list of holidays would have changed.

use klokuur::backtest::{Scenario, backtest};
use klokuur::rulebook::CountryCalendar;
use klokuur::{CaseEvent, IsoWeek};

use crate::log::SellerLog;
use crate::picture::Picture;
use crate::{Problem, title};

pub(crate) fn print(picture: &Picture, log: &SellerLog, most: usize) -> Result<(), Problem> {
    // The marketplace speaks of "Dutch and Belgian" holidays to sellers in the Netherlands (RULES H4).
    let own = [CountryCalendar::country("NL")];
    let other = if picture.rules.clock.calendars == own { "NL+BE" } else { "NL" };
    let events: Vec<CaseEvent> = log.events.iter().map(|(_, event)| event.clone()).collect();
    let before = Scenario::of(&picture.history)?;
    let after = Scenario::of(&picture.history.for_country(other)?)?;
    let changes = backtest(&events, &[], &before, &after, picture.now)?;
    title(&format!(
        "What if the holidays of {other} had counted: {} of {} deadlines move, {} verdicts change",
        changes.moved_deadlines,
        changes.judged,
        changes.cases.len() + changes.weeks.len()
    ));
    for change in changes.cases.iter().take(most) {
        say!("  {change}");
    }
    if changes.cases.len() > most {
        say!("  … and {} more (--all lists them)", changes.cases.len() - most);
    }
    for change in changes.weeks.iter().take(most) {
        say!("  {change}");
    }
    if let Some(standing) = changes.standing {
        let list = |weeks: &[IsoWeek]| match weeks {
            [] => "none".to_owned(),
            weeks => weeks.iter().map(IsoWeek::to_string).collect::<Vec<_>>().join(", "),
        };
        say!("  strikes gone: {}; new: {}", list(&standing.strikes_gone), list(&standing.strikes_new));
    }
    Ok(())
}
