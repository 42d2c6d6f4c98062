//! When answers are due: how many in each stretch of hours, and the hours that do not count.

use chrono::{DateTime, Timelike};
use klokuur::Zone;
use klokuur::report::{Picture, Words};

use super::{say, short};
use crate::page::svg::{Anchor, Drawing};

const HEIGHT: f64 = 150.0;
/// Where the bars stand, and the room above them.
const FLOOR: f64 = 112.0;
const TOP: f64 = 22.0;

pub(super) fn draw(picture: &Picture, words: &Words, width: f64) -> Option<String> {
    let due = picture.cases.due.as_ref()?;
    let most = due.bars.iter().map(|bar| bar.cases.len()).max().filter(|most| *most > 0)?;
    let (start, end) = (due.start.timestamp(), due.end.timestamp());
    let span = (end - start).max(1) as f64;
    let x = |at: DateTime<Zone>| 4.0 + (width - 8.0) * (at.timestamp() - start) as f64 / span;
    let mut drawing = Drawing::new(width, HEIGHT);
    for closed in &due.closed {
        let (from, to) = (x(closed.start), x(closed.end));
        drawing.bar("shade", from, TOP, to - from, FLOOR - TOP, "");
    }
    for bar in &due.bars {
        let (from, to) = (x(bar.from), x(bar.until));
        let (gap, each) = (0.08 * (to - from), (FLOOR - TOP - 16.0) / most as f64);
        let (urgent, all) = (bar.at_risk.len() as f64 * each, bar.cases.len() as f64 * each);
        let tip = format!("{}: {}", words.moment(bar.from), bar.cases.join(", "));
        drawing.bar("fill-warn", from + gap, FLOOR - urgent, to - from - 2.0 * gap, urgent, &tip);
        drawing.bar("fill-accent", from + gap, FLOOR - all, to - from - 2.0 * gap, all - urgent, &tip);
        let count = words.count(bar.cases.len() as u64);
        drawing.text("figure", ((from + to) / 2.0, FLOOR - all - 4.0), Anchor::Middle, &count);
    }
    drawing.line("line", (4.0, FLOOR), (width - 4.0, FLOOR));
    let now = picture.as_of.now;
    if now.timestamp() >= start {
        drawing.line("now", (x(now), TOP - 6.0), (x(now), FLOOR));
    }
    ticks(&mut drawing, due.start, end, words, x);
    let count: usize = due.bars.iter().map(|bar| bar.cases.len()).sum();
    let says = say(words, "Answers due by the hour", "Antwoorden per uur waarin ze er moeten zijn");
    Some(drawing.end(&format!("{says}: {count}")))
}

/// Hours and dates under the bars, as many as there is room for.
fn ticks(
    drawing: &mut Drawing,
    start: DateTime<Zone>,
    end: i64,
    words: &Words,
    x: impl Fn(DateTime<Zone>) -> f64,
) {
    let hours = (end - start.timestamp()) / 3600;
    let room = (drawing.width() / 70.0) as i64;
    let every = [1, 2, 3, 6, 12, 24, 48, 96, 168, 24 * 28].into_iter().find(|step| hours / step <= room);
    let every = every.unwrap_or(24 * 365);
    let mut days = 0;
    for hour in 0..=hours {
        let Some(at) = DateTime::from_timestamp(start.timestamp() + hour * 3600, 0) else { continue };
        let at = at.with_timezone(&start.timezone());
        let is_midnight = at.hour() == 0 && at.minute() == 0;
        days += i64::from(is_midnight);
        let is_shown = match every {
            ..=12 => i64::from(at.hour()) % every == 0 && at.minute() == 0,
            _ => is_midnight && (days - 1) % (every / 24) == 0,
        };
        if !is_shown {
            continue;
        }
        let place = x(at).clamp(22.0, drawing.width() - 22.0);
        if is_midnight {
            let date = words.date(at.date_naive());
            let mut parts = date.splitn(2, ' ');
            let (weekday, rest) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
            let short = short::weekday(weekday, words.language());
            drawing.text("", (place, FLOOR + 15.0), Anchor::Middle, &short);
            let mut rest = rest.split(' ');
            let (day, month) = (rest.next().unwrap_or_default(), rest.next().unwrap_or_default());
            let year = rest.next().map(|year| format!(" {year}")).unwrap_or_default();
            let day = format!("{day} {}{year}", short::month(month));
            drawing.text("", (place, FLOOR + 29.0), Anchor::Middle, &day);
        } else {
            drawing.text("", (place, FLOOR + 15.0), Anchor::Middle, &at.format("%H:%M").to_string());
        }
    }
}
