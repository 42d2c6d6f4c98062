//! A mail written again with plain, balanced tags, in one pass and within bounds.
//!
//! The sanitiser builds a tree as browsers do, and that costs much more than a mail weighs when formatting is never
//! closed, when elements lie thousands deep, or when text stands between the rows of a table: `<b>` opened a thousand
//! times is opened again in every paragraph that follows. So what it gets is written here: only elements and attributes
//! that stay, each closed where it ends, nothing directly in a table but its parts. What browsers and sanitisers could
//! read in two ways (scripts, comments, drawings, formulas) is gone before. Whether the result is safe is still the
//! sanitiser's word.

use super::bounds::{MailBounds, PlainTextReason};
use super::elements::{Kind, OTHER_BLOCKS};
use super::markup::{Piece, Pieces, Tag, decode};
use super::notes::Notes;
use super::policy::{DROPPED_WITH_CONTENT, KEPT_ATTRIBUTES, KEPT_ELEMENTS, MailPolicy, kept_on, loads};

type Within<T = ()> = std::result::Result<T, PlainTextReason>;

/// The mail again, in plain and balanced tags; or why it is too much. What does not stay is noted.
pub(super) fn balance(html: &str, policy: &MailPolicy, removed: &mut Notes) -> Within<Balanced> {
    if html.len() as u64 > u64::from(policy.bounds.bytes) {
        return Err(PlainTextReason::Bytes);
    }
    let mut writer = Writer::new(html.len(), policy.bounds);
    // Templates have markup in them that is not shown; drawings and formulas have text in `CDATA`.
    let (mut templates, mut foreign, mut raw) = (0_u32, 0_u32, String::new());
    for piece in Pieces::of(html) {
        let tag = match piece {
            Piece::Comment(comment) => {
                match comment.strip_prefix("<![CDATA[") {
                    Some(text) if foreign > 0 && templates == 0 => {
                        writer.literal(text.strip_suffix("]]>").unwrap_or(text))?;
                    }
                    _ => removed.comment(),
                }
                continue;
            }
            Piece::Text(text) if templates == 0 => {
                writer.text(text)?;
                continue;
            }
            Piece::Raw(text) if templates == 0 => {
                match raw.as_str() {
                    "textarea" => writer.text(text)?,
                    "xmp" | "plaintext" => writer.literal(text)?,
                    _ => {}
                }
                continue;
            }
            Piece::Text(_) | Piece::Raw(_) => continue,
            Piece::Tag(tag) => tag,
        };
        if tag.attributes.len() as u64 > u64::from(policy.bounds.attributes) {
            return Err(PlainTextReason::Attributes);
        }
        if !tag.end {
            removed.tag(&tag, policy);
            raw.clone_from(&tag.name);
        }
        match (tag.name.as_str(), tag.end) {
            ("template", false) => templates = templates.saturating_add(1),
            ("template", true) => templates = templates.saturating_sub(1),
            _ if templates > 0 || !tag.whole => {}
            ("svg" | "math", false) if !tag.source.ends_with("/>") => foreign = foreign.saturating_add(1),
            ("svg" | "math", true) => foreign = foreign.saturating_sub(1),
            (name, _) if DROPPED_WITH_CONTENT.contains(&name) => {}
            (_, false) => writer.start(&tag)?,
            (_, true) => writer.end(&tag.name)?,
        }
    }
    writer.close(0);
    Ok(Balanced { html: writer.out, steps: writer.steps })
}

/// A balanced mail.
pub(super) struct Balanced {
    pub(super) html: String,
    /// Steps along open elements that it took: with the length of `html`, the work done.
    #[cfg_attr(not(test), expect(dead_code, reason = "counted for the tests of growth"))]
    pub(super) steps: u64,
}

/// An element that is open, or formatting that is opened again before the next text.
struct Open {
    name: &'static str,
    kind: Kind,
    /// The start tag as it was written.
    start: String,
    /// What waited outside of a cell: it goes on behind the table.
    outside: Vec<Open>,
}

struct Writer {
    out: String,
    open: Vec<Open>,
    /// Formatting that an element closed on its way, outermost first.
    waiting: Vec<Open>,
    /// Formatting in `open` and `waiting`, and in what waits outside.
    formatting: u32,
    bounds: MailBounds,
    steps: u64,
}

impl Writer {
    fn new(bytes: usize, bounds: MailBounds) -> Self {
        let (open, waiting) = (Vec::new(), Vec::new());
        Self { out: String::with_capacity(bytes), open, waiting, formatting: 0, bounds, steps: 0 }
    }

    /// Text as it stands, entities and all.
    fn text(&mut self, text: &str) -> Within {
        if text.chars().all(|c| c.is_ascii_whitespace()) {
            self.out.push_str(text);
            return Ok(());
        }
        self.line()?;
        // Only a `<` that starts no tag is left in it.
        self.out.push_str(&text.replace('<', "&lt;"));
        self.fits()
    }

    /// Text in which nothing is an entity.
    fn literal(&mut self, text: &str) -> Within {
        self.text(&text.replace('&', "&amp;"))
    }

    fn start(&mut self, tag: &Tag<'_>) -> Within {
        let Some(&name) = KEPT_ELEMENTS.iter().find(|kept| **kept == tag.name) else {
            if OTHER_BLOCKS.contains(&tag.name.as_str()) {
                self.end_paragraph();
            }
            return Ok(());
        };
        let kind = Kind::of(name);
        match kind {
            Kind::Void => {
                self.line()?;
                self.out.push_str(&start_tag(tag));
                return self.fits();
            }
            Kind::Rule => {
                self.end_paragraph();
                self.cell()?;
                self.out.push_str(&start_tag(tag));
                return self.fits();
            }
            Kind::Column => {
                if matches!(self.top(), Some(Kind::Table | Kind::Columns)) {
                    self.out.push_str(&start_tag(tag));
                }
                return self.fits();
            }
            Kind::Formatting => {
                if name == "a" {
                    // A link ends where the next one starts.
                    self.end("a")?;
                }
                self.line()?;
                self.formatting += 1;
                // M1: what waits is written again in every paragraph, so without a bound n tags and n paragraphs cost
                // n times n.
                if self.formatting > self.bounds.open_formatting {
                    return Err(PlainTextReason::OpenFormatting);
                }
            }
            Kind::Inline => self.line()?,
            Kind::Block => {
                self.end_paragraph();
                self.cell()?;
            }
            Kind::Heading => {
                self.end_paragraph();
                // As browsers have it: a heading ends where the next one starts.
                if self.top() == Some(Kind::Heading) {
                    self.close(self.open.len().saturating_sub(1));
                }
                self.cell()?;
            }
            Kind::Item | Kind::Definition => {
                // As browsers have it: an item ends the one before it, also from within a `div` or a `p`, and from
                // nothing else.
                let looks_past = |open: &Open| !open.kind.is_special() || matches!(open.name, "div" | "p");
                if let Some(at) = self.find(|open| open.kind == kind, |open| !looks_past(open)) {
                    self.close(at);
                }
                self.end_paragraph();
                self.cell()?;
            }
            Kind::Table => {
                self.end_paragraph();
                self.cell()?;
            }
            Kind::Caption | Kind::Columns | Kind::Section | Kind::Row | Kind::Cell => {
                if !self.step_into_table(kind)? {
                    return Ok(());
                }
            }
        }
        self.push(name, kind, start_tag(tag))
    }

    fn end(&mut self, name: &str) -> Within {
        let Some(&name) = KEPT_ELEMENTS.iter().find(|kept| **kept == name) else {
            if OTHER_BLOCKS.contains(&name) {
                self.end_paragraph();
            }
            return Ok(());
        };
        let kind = Kind::of(name);
        let is_it = |open: &Open| open.name == name;
        let is_room = |open: &Open| open.kind.is_room();
        let found = match kind {
            Kind::Void | Kind::Rule | Kind::Column => {
                // As browsers have it.
                if name == "br" {
                    self.line()?;
                    self.out.push_str("<br>");
                }
                None
            }
            Kind::Formatting => {
                let found = self.find(is_it, is_room);
                if found.is_none()
                    && let Some(at) = self.waiting.iter().rposition(is_it)
                {
                    self.waiting.remove(at);
                    self.formatting = self.formatting.saturating_sub(1);
                }
                found
            }
            Kind::Inline => self.find(is_it, |open| open.kind.is_special()),
            Kind::Block | Kind::Definition => self.find(is_it, is_room),
            Kind::Heading => self.find(|open| open.kind == Kind::Heading, is_room),
            Kind::Item => self.find(is_it, |open| is_room(open) || matches!(open.name, "ol" | "ul")),
            Kind::Table => self.find(is_it, |_| false),
            Kind::Caption | Kind::Columns | Kind::Section | Kind::Row | Kind::Cell => {
                self.find(is_it, |open| open.kind == Kind::Table)
            }
        };
        if let Some(at) = found {
            self.close(at);
        }
        self.fits()
    }

    fn top(&self) -> Option<Kind> {
        self.open.last().map(|open| open.kind)
    }

    /// The innermost open element that is it, unless one before it bars the way.
    fn find(&mut self, is_it: impl Fn(&Open) -> bool, bars: impl Fn(&Open) -> bool) -> Option<usize> {
        for (at, open) in self.open.iter().enumerate().rev() {
            self.steps += 1;
            if is_it(open) {
                return Some(at);
            }
            if bars(open) {
                return None;
            }
        }
        None
    }

    fn end_paragraph(&mut self) {
        if let Some(at) = self.find(|open| open.name == "p", |open| open.kind.is_room()) {
            self.close(at);
        }
    }

    /// Makes room for content: what stands directly in a table gets a cell of its own, where a browser would move it
    /// out.
    fn cell(&mut self) -> Within {
        if self.top() == Some(Kind::Columns) {
            self.close(self.open.len().saturating_sub(1));
        }
        if matches!(self.top(), Some(Kind::Table | Kind::Section)) {
            self.push("tr", Kind::Row, "<tr>".to_owned())?;
        }
        if self.top() == Some(Kind::Row) {
            self.push("td", Kind::Cell, "<td>".to_owned())?;
        }
        Ok(())
    }

    /// Makes room for text: formatting that was closed on the way goes on.
    fn line(&mut self) -> Within {
        self.cell()?;
        for open in std::mem::take(&mut self.waiting) {
            self.push(open.name, open.kind, open.start)?;
        }
        Ok(())
    }

    /// Closes what is open in the innermost table down to where a part of this kind stands; false outside of a table.
    fn step_into_table(&mut self, kind: Kind) -> Within<bool> {
        let Some(table) = self.find(|open| open.kind == Kind::Table, |_| false) else { return Ok(false) };
        let mut keep = table + 1;
        let stands = |at: usize, kind: Kind, open: &[Open]| open.get(at).is_some_and(|o| o.kind == kind);
        if matches!(kind, Kind::Row | Kind::Cell) && stands(keep, Kind::Section, &self.open) {
            keep += 1;
        }
        if kind == Kind::Cell && stands(keep, Kind::Row, &self.open) {
            keep += 1;
        }
        self.close(keep);
        if kind == Kind::Cell && self.top() != Some(Kind::Row) {
            self.push("tr", Kind::Row, "<tr>".to_owned())?;
        }
        Ok(true)
    }

    fn push(&mut self, name: &'static str, kind: Kind, start: String) -> Within {
        if self.open.len() as u64 >= u64::from(self.bounds.depth) {
            return Err(PlainTextReason::Depth);
        }
        self.out.push_str(&start);
        // Formatting that is open outside a cell is not opened again in it: it costs a tag a cell otherwise (M1).
        let is_room = matches!(kind, Kind::Cell | Kind::Caption);
        let outside = if is_room { std::mem::take(&mut self.waiting) } else { Vec::new() };
        self.open.push(Open { name, kind, start, outside });
        self.fits()
    }

    /// Closes all but the first `keep` open elements. Formatting inside the outermost of them goes on behind it, but
    /// not out of a cell.
    fn close(&mut self, keep: usize) {
        let mut inner = Vec::new();
        while self.open.len() > keep {
            let Some(mut open) = self.open.pop() else { break };
            self.steps += 1;
            self.out.push_str("</");
            self.out.push_str(open.name);
            self.out.push('>');
            match open.kind {
                Kind::Formatting if self.open.len() > keep => inner.push(open),
                Kind::Formatting => self.formatting = self.formatting.saturating_sub(1),
                Kind::Cell | Kind::Caption => {
                    let gone = inner.len() + self.waiting.len();
                    self.formatting = self.formatting.saturating_sub(u32::try_from(gone).unwrap_or(u32::MAX));
                    inner.clear();
                    self.waiting = std::mem::take(&mut open.outside);
                }
                _ => {}
            }
        }
        inner.reverse();
        inner.append(&mut self.waiting);
        self.waiting = inner;
    }

    fn fits(&self) -> Within {
        let fits = self.out.len() as u64 <= u64::from(self.bounds.bytes);
        if fits { Ok(()) } else { Err(PlainTextReason::Bytes) }
    }
}

/// The tag with the attributes that stay, each once.
fn start_tag(tag: &Tag<'_>) -> String {
    let mut out = format!("<{}", tag.name);
    let kept = KEPT_ATTRIBUTES.iter().chain(kept_on(&tag.name)).chain(&["style"]);
    for name in kept {
        if let Some((_, value)) = tag.attributes.iter().find(|(given, _)| given == name) {
            if *name == "style" && loads(&decode(value)) {
                continue;
            }
            out.push_str(&format!(" {name}=\"{}\"", value.replace('"', "&quot;")));
        }
    }
    out.push('>');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(html: &str) -> String {
        balance(html, &MailPolicy::default(), &mut Notes::default())
            .map_or_else(|e| format!("{e:?}"), |b| b.html)
    }

    #[test]
    fn every_tag_is_closed_where_it_ends() {
        for (mail, expected) in [
            ("<p>a<p>b", "<p>a</p><p>b</p>"),
            ("<b>a<i>b</b>c</i>d", "<b>a<i>b</i></b><i>c</i>d"),
            ("<p><b>a<p>b</b>c", "<p><b>a</b></p><p><b>b</b>c</p>"),
            ("<ul><li>a<li>b<ul><li>c</ul>d", "<ul><li>a</li><li>b<ul><li>c</li></ul>d</li></ul>"),
            ("<dl><dt>a<dd>b", "<dl><dt>a</dt><dd>b</dd></dl>"),
            ("<table>x<tr>y<td>z</table>", "<table><tr><td>x</td></tr><tr><td>y</td><td>z</td></tr></table>"),
            ("<td>a</td></p></div>b", "ab"),
            ("<b><table><td>a</b><i>b</table>c", "<b><table><tr><td>a<i>b</i></td></tr></table>c</b>"),
            ("<svg><text>a</text><![CDATA[<b&]]></svg>b", "a&lt;b&amp;b"),
            ("<math><mi>a</mi></math><![CDATA[b]]>", "a"),
            ("<textarea><b>&eacute;</textarea><xmp>&<i></xmp>", "&lt;b>&eacute;&amp;&lt;i>"),
            ("<template>a<template>b</template>c</template>d", "d"),
            ("a<a href='x\"y' href=z q=1>b<a>c", "a<a href=\"x&quot;y\">b</a><a>c</a>"),
            ("a<!-->b<!--->c<!--d--!>e<i", "abce"),
            ("<p style='background:u\\rl(x)'>a", "<p>a</p>"),
        ] {
            assert_eq!(written(mail), expected, "{mail}");
        }
    }

    /// The work at n and at 2n: steps along open elements and bytes given to the sanitiser.
    fn work(mail: &str) -> u64 {
        let policy = MailPolicy::default();
        let balanced = balance(mail, &policy, &mut Notes::default());
        // Above a bound nothing more is done than one pass over the text.
        mail.len() as u64 + balanced.map_or(0, |b| b.steps + b.html.len() as u64)
    }

    /// A mail of so many parts.
    type Mail = Box<dyn Fn(usize) -> String>;

    #[test]
    fn m1_work_grows_with_the_mail_and_no_faster() {
        let many = |n: usize, piece: &dyn Fn(usize) -> String| (0..n).map(piece).collect::<String>();
        let mails: [(&str, Mail); 14] = [
            (
                "bold and paragraphs",
                Box::new(move |n| {
                    format!("<p>{}{}", many(n, &|i| format!("<b title={i}>")), "<p>x".repeat(n))
                }),
            ),
            (
                "few bold, many paragraphs",
                Box::new(move |n| {
                    format!("<p>{}{}", many(40, &|i| format!("<b title={i}>")), "<p>x".repeat(n))
                }),
            ),
            ("fonts", Box::new(move |n| many(n, &|i| format!("<font class={i}>")) + &"<p>x".repeat(n))),
            ("lists", Box::new(|n| "<ul><li>".repeat(n))),
            ("items", Box::new(|n| format!("<ul>{}", "<li>x".repeat(n)))),
            ("definitions", Box::new(|n| "<dl><dd>".repeat(n))),
            ("boxes", Box::new(|n| "<div>".repeat(n))),
            ("deep, then flat", Box::new(|n| "<div>".repeat(250) + &"<p>x</span></i></td>".repeat(n))),
            ("preformatted", Box::new(|n| "<pre>".repeat(n))),
            ("links and boxes", Box::new(|n| "<a><div>".repeat(n))),
            ("attributes", Box::new(move |n| format!("<p {}>", many(n, &|i| format!("a{i}=1 "))))),
            ("text in tables", Box::new(|n| format!("<table>{}", "<i>x</i><tr></tr>".repeat(n)))),
            ("open comments", Box::new(|n| "<!--".repeat(n) + &"--!".repeat(n))),
            ("open scripts", Box::new(|n| "<script></scrip><title></".repeat(n))),
        ];
        for (name, mail) in mails {
            for n in [500, 4_000] {
                let (once, twice) = (work(&mail(n)), work(&mail(2 * n)));
                // At the bound a mail becomes plain text and costs less: never more than twice, and a constant.
                assert!(twice <= 2 * once + once / 10 + 1_000, "{name} at {n}: {once}, then {twice}");
            }
        }
    }
}
