//! Drawings as SVG: plain shapes whose colours are the page's own, so that they follow it in light, dark and print.

use std::fmt::Write;

/// A text as it may stand in HTML.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            sign => safe.push(sign),
        }
    }
    safe
}

/// Where a text stands to its point.
#[derive(Debug, Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// How wide a sign is at most on average, of the size that the page's style gives to texts in drawings.
const SIGN: f64 = 6.9;

/// A drawing that grows.
#[derive(Debug)]
pub(super) struct Drawing {
    width: f64,
    height: f64,
    shapes: String,
}

impl Drawing {
    pub(super) fn new(width: f64, height: f64) -> Self {
        Self { width, height, shapes: String::new() }
    }

    pub(super) fn width(&self) -> f64 {
        self.width
    }

    /// A bar; `tip` is told when a pointer rests on it.
    pub(super) fn bar(&mut self, class: &str, x: f64, y: f64, width: f64, height: f64, tip: &str) {
        let tip = title(tip);
        self.shape(format_args!(
            "<rect class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{:.1}\">{tip}</rect>",
            width.max(0.0),
            height.max(0.0)
        ));
    }

    pub(super) fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        self.shape(format_args!(
            "<line class=\"{class}\" x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\"/>",
            from.0, from.1, to.0, to.1
        ));
    }

    /// A line through points; none through fewer than two.
    pub(super) fn course(&mut self, points: &[(f64, f64)]) {
        if points.len() > 1 {
            let points: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
            self.shape(format_args!("<polyline class=\"course\" points=\"{}\"/>", points.join(" ")));
        }
    }

    pub(super) fn text(&mut self, class: &str, (x, y): (f64, f64), anchor: Anchor, text: &str) {
        let x = self.within(x, anchor, text);
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let text = escaped(text);
        self.shape(format_args!(
            "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{text}</text>"
        ));
    }

    /// A place at which a text does not stick out of the drawing, as far as its width can be told without its font.
    fn within(&self, x: f64, anchor: Anchor, text: &str) -> f64 {
        let width = SIGN * text.chars().count() as f64;
        let before = match anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => width / 2.0,
            Anchor::End => width,
        };
        let most = self.width - 2.0 - (width - before);
        x.min(most).max(before.min(self.width / 2.0))
    }

    /// A round mark, a cross or a diamond around a point.
    pub(super) fn mark(&mut self, mark: Mark, class: &str, (x, y): (f64, f64), tip: &str) {
        let tip = title(tip);
        match mark {
            Mark::Round => self.shape(format_args!(
                "<circle class=\"{class}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.6\">{tip}</circle>"
            )),
            Mark::Diamond => self.shape(format_args!(
                "<path class=\"{class}\" d=\"M{x:.1} {:.1}l4.6 4.6l-4.6 4.6l-4.6 -4.6z\">{tip}</path>",
                y - 4.6
            )),
            Mark::Cross => self.shape(format_args!(
                "<path class=\"{class}\" d=\"M{:.1} {:.1}l2.4 -2.4l2.4 2.4l2.4 -2.4l1.6 1.6\
                 l-2.4 2.4l2.4 2.4l-1.6 1.6l-2.4 -2.4l-2.4 2.4l-1.6 -1.6l2.4 -2.4l-2.4 -2.4z\">{tip}</path>",
                x - 4.8,
                y - 1.6
            )),
        }
    }

    fn shape(&mut self, shape: std::fmt::Arguments<'_>) {
        // Writing into a text does not fail.
        let _ = self.shapes.write_fmt(shape);
    }

    /// The drawing; `says` is what it shows, for those who do not see it.
    pub(super) fn end(self, says: &str) -> String {
        let Self { width, height, shapes } = self;
        format!(
            "<svg viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" height=\"{height:.0}\" role=\"img\" \
             aria-label=\"{}\">{shapes}</svg>",
            escaped(says)
        )
    }
}

/// What stands at a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Round,
    Cross,
    Diamond,
}

fn title(tip: &str) -> String {
    if tip.is_empty() { String::new() } else { format!("<title>{}</title>", escaped(tip)) }
}

/// A name that has to fit.
pub(super) fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some(_) => text.chars().take(most.saturating_sub(1)).chain(['…']).collect(),
    }
}
