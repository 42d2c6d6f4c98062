//! The overview as a page: what is due, the oldest first.

use chrono::DateTime;
use klokuur::Zone;
use klokuur::case::CaseRow;
use minijinja::{AutoEscape, Environment, Error, context};

/// The page of the open cases at `now`, on the wall clock of its zone. Texts of customers are escaped.
///
/// # Errors
/// - a template that cannot be filled in: a fault of this program
pub(crate) fn overview(rows: &[CaseRow], now: DateTime<Zone>) -> Result<String, Error> {
    let moment = |at: &DateTime<Zone>| at.format("%A %-d %B %Y %H:%M").to_string();
    let lines: Vec<_> = rows
        .iter()
        .map(|row| {
            context! {
                number => &row.number,
                subject => &row.subject,
                status => row.status.as_str().replace('_', " "),
                opened => moment(&row.opened_at),
                due => row.due.as_ref().map(moment),
                left => row.remaining.map(|left| left.to_string()),
                is_late => row.due.is_some_and(|due| now > due),
                is_open_long => row.is_open_long,
            }
        })
        .collect();
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.add_template("overview.html", include_str!("overview.html"))?;
    environment.get_template("overview.html")?.render(context! { lines, now => moment(&now) })
}
