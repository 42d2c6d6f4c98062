//! A scanner over the tags of HTML text, in one pass.
//!
//! On the sanitiser's output it is exact: there every `<` starts a tag, attributes are in double quotes and no comment,
//! script or other raw text is left. A mail as it came is read once by it and written again with nothing but plain tags
//! (`balance`), so that the sanitiser meets no markup that two readers could read in two ways.

/// A stretch of HTML text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Text between tags, entities not decoded.
    Text(&'a str),
    /// A start or end tag.
    Tag(Tag<'a>),
    /// The content of an element in which nothing is markup, such as a script.
    Raw(&'a str),
    /// A comment, doctype or processing instruction.
    Comment(&'a str),
}

/// A start or end tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// The tag as it stands in the text.
    pub(super) source: &'a str,
    /// The name, lower case.
    pub(super) name: String,
    /// Whether it is an end tag.
    pub(super) end: bool,
    /// Whether its `>` is there; a tag that the text breaks off is none.
    pub(super) whole: bool,
    /// Names in lower case, values as they stand in the text.
    pub(super) attributes: Vec<(String, &'a str)>,
}

impl Tag<'_> {
    /// The value of an attribute, entities decoded.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, value)| decode(value))
    }
}

/// Elements whose content is no markup.
const RAW: &[&str] = &[
    "iframe",
    "noembed",
    "noframes",
    "noscript",
    "plaintext",
    "script",
    "style",
    "textarea",
    "title",
    "xmp",
];

/// Cuts HTML text into pieces.
pub(super) struct Pieces<'a> {
    rest: &'a str,
    /// The element whose raw content comes next.
    raw: Option<String>,
}

impl<'a> Pieces<'a> {
    pub(super) fn of(html: &'a str) -> Self {
        Self { rest: html, raw: None }
    }

    fn take(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    /// Takes up to and including `end`, or all.
    fn take_through(&mut self, end: &str) -> &'a str {
        let bytes = self.rest.find(end).map_or(self.rest.len(), |at| at + end.len());
        self.take(bytes)
    }

    /// Takes a comment, which `-->`, `--!>` or a `>` at its very start ends.
    fn take_comment(&mut self) -> &'a str {
        let mut from = 4;
        for short in ["<!-->", "<!--->"] {
            if self.rest.starts_with(short) {
                return self.take(short.len());
            }
        }
        while let Some(at) = self.rest.get(from..).and_then(|rest| rest.find("--")).map(|at| from + at) {
            for end in ["-->", "--!>"] {
                if self.rest.get(at..).is_some_and(|rest| rest.starts_with(end)) {
                    return self.take(at + end.len());
                }
            }
            from = at + 1;
        }
        self.take(self.rest.len())
    }

    /// Takes raw text: what stands before `</name`.
    fn take_raw(&mut self, name: &str) -> &'a str {
        let mut from = 0;
        while let Some(at) = self.rest.get(from..).and_then(|rest| rest.find("</")).map(|at| from + at) {
            let bytes = self.rest.as_bytes();
            let after = at + 2 + name.len();
            let named =
                bytes.get(at + 2..after).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()));
            let ends = bytes.get(after).is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'));
            // Nothing ends plain text.
            if named && ends && name != "plaintext" {
                return self.take(at);
            }
            from = at + 2;
        }
        self.take(self.rest.len())
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        if let Some(raw) = self.raw.take() {
            return Some(Piece::Raw(self.take_raw(&raw)));
        }
        if self.rest.is_empty() {
            return None;
        }
        let mut chars = self.rest.chars();
        if chars.next() != Some('<') {
            let bytes = self.rest.find('<').unwrap_or(self.rest.len());
            return Some(Piece::Text(self.take(bytes)));
        }
        Some(match chars.next() {
            Some('!') if self.rest.starts_with("<!--") => Piece::Comment(self.take_comment()),
            Some('!') if self.rest.starts_with("<![CDATA[") => Piece::Comment(self.take_through("]]>")),
            Some('!' | '?') => Piece::Comment(self.take_through(">")),
            Some(c)
                if c.is_ascii_alphabetic()
                    || (c == '/' && chars.next().is_some_and(|c| c.is_ascii_alphabetic())) =>
            {
                let tag = read_tag(self.rest);
                self.take(tag.source.len());
                if !tag.end && RAW.contains(&tag.name.as_str()) {
                    self.raw = Some(tag.name.clone());
                }
                Piece::Tag(tag)
            }
            _ => Piece::Text(self.take(1)),
        })
    }
}

/// Reads the tag that `text` starts with.
fn read_tag(text: &str) -> Tag<'_> {
    let bytes = text.as_bytes();
    let at = |i: usize| bytes.get(i).copied();
    let end = at(1) == Some(b'/');
    let until = |from: usize, stop: fn(u8) -> bool| {
        let mut i = from;
        while at(i).is_some_and(|b| !stop(b)) {
            i += 1;
        }
        i
    };
    let blank = |b: u8| b.is_ascii_whitespace() || b == b'/';
    let start = if end { 2 } else { 1 };
    let mut i = until(start, |b| b.is_ascii_whitespace() || b == b'/' || b == b'>');
    let name = text.get(start..i).unwrap_or_default().to_ascii_lowercase();
    let mut attributes = Vec::new();
    let whole = loop {
        while at(i).is_some_and(blank) {
            i += 1;
        }
        match at(i) {
            None => break false,
            Some(b'>') => {
                i += 1;
                break true;
            }
            Some(_) => {}
        }
        let from = i;
        // A leading `=` belongs to the name.
        i = until(i + 1, |b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>' | b'='));
        let attribute = text.get(from..i).unwrap_or_default().to_ascii_lowercase();
        let after = until(i, |b| !b.is_ascii_whitespace());
        let mut value = "";
        if at(after) == Some(b'=') {
            let from = until(after + 1, |b| !b.is_ascii_whitespace());
            let (first, last) = match at(from) {
                Some(b'"') => (from + 1, until(from + 1, |b| b == b'"')),
                Some(b'\'') => (from + 1, until(from + 1, |b| b == b'\'')),
                _ => (from, until(from, |b| b.is_ascii_whitespace() || b == b'>')),
            };
            value = text.get(first..last).unwrap_or_default();
            i = if first > from { (last + 1).min(bytes.len()) } else { last };
        }
        attributes.push((attribute, value));
    };
    Tag { source: text.get(..i).unwrap_or(text), name, end, whole, attributes }
}

/// Decodes the entities that the sanitiser writes, and numeric ones.
pub(super) fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        // The longest entity read here has eight digits; a far semicolon is text.
        let end = from.bytes().take(12).position(|b| b == b';');
        let entity = end.and_then(|end| from.get(1..end)).and_then(character);
        match (entity, end) {
            (Some(c), Some(end)) => {
                out.push(c);
                rest = from.get(end + 1..).unwrap_or_default();
            }
            _ => {
                out.push('&');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

fn character(entity: &str) -> Option<char> {
    match entity {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let number = entity.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            code.ok().and_then(char::from_u32)
        }
    }
}

/// Text as the sanitiser writes it.
pub(super) fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\u{a0}' => out.push_str("&nbsp;"),
            // A bare carriage return and NUL do not survive parsing.
            '\r' => out.push('\n'),
            '\0' => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_cut_with_their_attributes() {
        let pieces: Vec<_> =
            Pieces::of("a<B x='1>2' y=3 z>b</b ><!-- <i> -->1 < 2<script><i></SCRIPT>").collect();
        let names: Vec<_> = pieces
            .iter()
            .map(|p| match p {
                Piece::Text(t) => (*t).to_owned(),
                Piece::Comment(_) => "!".into(),
                Piece::Raw(t) => format!("raw {t}"),
                Piece::Tag(t) => format!("{}{}{:?}", if t.end { "/" } else { "" }, t.name, t.attributes),
            })
            .collect();
        let attributes = r#"b[("x", "1>2"), ("y", "3"), ("z", "")]"#;
        assert_eq!(
            names,
            ["a", attributes, "b", "/b[]", "!", "1 ", "<", " 2", "script[]", "raw <i>", "/script[]"]
        );
    }

    #[test]
    fn entities_decode() {
        assert_eq!(
            decode("a&amp;b&#106;&#x6A;&quot;&nbsp;&unknown;&#1114112;&"),
            "a&bjj\"\u{a0}&unknown;&#1114112;&"
        );
    }
}
