//! Signals: how many cases there were, beside how many were expected.

use klokuur::report::{SignalPicture, Words};

use super::say;
use crate::page::svg::{Anchor, Drawing, shortened};

const SIGNALS: usize = 8;
const ROW: f64 = 40.0;

pub(super) fn draw(picture: &SignalPicture, words: &Words, width: f64) -> Option<String> {
    let signals = picture.report.signals.get(..picture.report.signals.len().min(SIGNALS))?;
    let most = signals.iter().map(|signal| signal.expected.max(signal.recent as f64)).fold(0.0, f64::max);
    if most <= 0.0 {
        return None;
    }
    let room = width - 60.0;
    let mut drawing = Drawing::new(width, ROW * signals.len() as f64 + 4.0);
    for (row, signal) in signals.iter().enumerate() {
        let y = ROW * row as f64;
        let parts = [signal.item.as_deref(), signal.name.as_deref()];
        let name = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        drawing.text("name", (0.0, y + 13.0), Anchor::Start, &shortened(&name, (width / 7.0) as usize));
        let (recent, expected) = (room * signal.recent as f64 / most, room * signal.expected / most);
        let said = words.decimal(signal.expected, 1);
        let tip = format!("{name}: {}, {} {said}", signal.recent, say(words, "expected", "verwacht"));
        drawing.bar("fill-warn", 0.0, y + 19.0, recent, 12.0, &tip);
        drawing.line("now", (expected, y + 16.0), (expected, y + 34.0));
        drawing.text(
            "figure",
            (recent.max(expected) + 6.0, y + 29.0),
            Anchor::Start,
            &words.count(signal.recent),
        );
    }
    Some(drawing.end(say(words, "Expected and counted cases", "Verwachte en getelde klantvragen")))
}
