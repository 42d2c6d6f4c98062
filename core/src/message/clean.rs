//! Cleaning of a mail's HTML (RULES M1).

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use ammonia::{Builder, UrlRelative};
use serde::Serialize;

use super::link::{Fate, KNOWN_SCHEMES, fate, image_stays, shows};
use super::markup::{Piece, Pieces, Tag, decode, encode};
use super::policy::{DROPPED_WITH_CONTENT, KEPT_ATTRIBUTES, KEPT_ELEMENTS, MailPolicy, kept_on};

/// A cleaned mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CleanedMail {
    /// The HTML that the customer would get.
    pub html: String,
    /// What was taken out, each once with its count, in the order first met. It explains; the HTML decides.
    pub removed: Vec<Removed>,
}

/// Something that was taken out of a mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Removed {
    /// What kind of thing.
    pub kind: RemovedKind,
    /// Its name, or the address of a link or image.
    pub what: String,
    /// How often.
    pub count: u32,
}

/// The kinds of things that cleaning takes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RemovedKind {
    /// A link; its address is written out, unless its text already was the address or it was no address at all.
    Link,
    /// An image from outside, such as a tracking pixel; its alternative text stays.
    Image,
    /// An element that does not stay; its text does, except for scripts and the like.
    Element,
    /// An attribute that does not stay.
    Attribute,
    /// A style property that does not stay.
    StyleProperty,
    /// A comment.
    Comment,
}

/// How often the cleaned text is cleaned again until it no longer changes, before its markup is given up.
const ROUNDS: usize = 8;

/// Cleans a mail as the marketplace does (RULES M1): links to outside domains lose the link and have their address written out in
/// full, most style goes, and so does all that runs, loads or tracks. Text outside links stays as it is.
///
/// Cleaning a cleaned mail changes nothing. Never fails: text that is no HTML is text.
///
/// ```
/// # use klokuur::message::{MailPolicy, RemovedKind, clean_html};
/// let cleaned = clean_html(r#"Hello<script>alert(1)</script> <b onclick="x()">Jan</b>"#, &MailPolicy::default());
/// assert_eq!(cleaned.html, "Hello <b>Jan</b>");
/// assert_eq!(cleaned.removed[0].kind, RemovedKind::Element);
/// ```
pub fn clean_html(html: &str, policy: &MailPolicy) -> CleanedMail {
    let mut removed = Notes::default();
    list_removed(html, policy, &mut removed);
    let styles: HashSet<&str> = policy.style_properties.iter().map(String::as_str).collect();
    let mut builder = sanitiser(policy);
    builder.filter_style_properties(styles);

    let mut text = round(&builder, html, policy, &mut removed);
    for _ in 0..ROUNDS {
        let again = round(&builder, &text, policy, &mut removed);
        if again == text {
            return CleanedMail { html: text, removed: removed.list };
        }
        text = again;
    }
    // Markup that changes each time it is read is not worth keeping.
    CleanedMail { html: plain_text(&text), removed: removed.list }
}

fn sanitiser(policy: &MailPolicy) -> Builder<'_> {
    let mut builder = Builder::empty();
    let own = policy.clone();
    builder
        .tags(KEPT_ELEMENTS.iter().copied().collect())
        .clean_content_tags(DROPPED_WITH_CONTENT.iter().copied().collect())
        .tag_attributes(
            KEPT_ELEMENTS
                .iter()
                .map(|element| (*element, kept_on(element).iter().copied().collect()))
                .collect(),
        )
        .generic_attributes(KEPT_ATTRIBUTES.iter().copied().chain(["style"]).collect())
        .url_schemes(KNOWN_SCHEMES.iter().copied().collect())
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .strip_comments(true)
        .attribute_filter(move |element, attribute, value| {
            let kept = (element, attribute) != ("img", "src") || image_stays(value, &own);
            kept.then_some(Cow::Borrowed(value))
        });
    builder
}

/// One round: sanitise, then write out links.
fn round(builder: &Builder<'_>, html: &str, policy: &MailPolicy, removed: &mut Notes) -> String {
    write_out_links(&builder.clean(html).to_string(), policy, removed)
}

/// An open link that will go: its address and where its text starts in the output.
struct OpenLink {
    address: Option<String>,
    text_from: usize,
}

/// Rewrites the sanitiser's output: only links to the marketplace stay links.
fn write_out_links(html: &str, policy: &MailPolicy, removed: &mut Notes) -> String {
    let mut out = String::with_capacity(html.len());
    // None: a link that stays.
    let mut open: Vec<Option<OpenLink>> = Vec::new();
    let mut pieces = Pieces::of(html).peekable();
    while let Some(piece) = pieces.next() {
        let tag = match piece {
            Piece::Text(text) => {
                out.push_str(text);
                continue;
            }
            Piece::Comment(_) => continue,
            Piece::Tag(tag) => tag,
        };
        match (tag.name.as_str(), tag.end) {
            ("a", false) => match tag.attribute("href").map(|href| fate(href, policy)) {
                Some(Fate::Stays) => {
                    push_tag(&mut out, &tag);
                    open.push(None);
                }
                Some(Fate::WrittenOut(address)) => {
                    open.push(Some(OpenLink { address: Some(address), text_from: out.len() }));
                }
                None => open.push(Some(OpenLink { address: None, text_from: out.len() })),
            },
            ("a", true) => match open.pop() {
                Some(Some(OpenLink { address: Some(address), text_from })) => {
                    let shown = visible(out.get(text_from..).unwrap_or_default());
                    if shown.trim().is_empty() {
                        out.push_str(&encode(&address));
                    } else if !shows(&shown, &address) {
                        out.push_str(&format!(" ({})", encode(&address)));
                    }
                    removed.add(RemovedKind::Link, &address);
                }
                Some(Some(OpenLink { address: None, .. })) | None => {}
                Some(None) => out.push_str("</a>"),
            },
            ("img", false) if tag.attribute("src").is_none() => {
                out.push_str(&encode(tag.attribute("alt").unwrap_or_default()));
            }
            ("pre", false) => {
                push_tag(&mut out, &tag);
                // Reading HTML swallows a line break at the start of `pre`: one more keeps the text as it was.
                if matches!(pieces.peek(), Some(Piece::Text(text)) if text.starts_with('\n')) {
                    out.push('\n');
                }
            }
            _ => push_tag(&mut out, &tag),
        }
    }
    out
}

/// The tag as it stands, without a style that has become empty.
fn push_tag(out: &mut String, tag: &Tag<'_>) {
    let source = tag.source;
    if tag.attribute("style").is_some_and(|style| style.trim().is_empty()) {
        out.push_str(&source.replacen(" style=\"\"", "", 1));
    } else {
        out.push_str(source);
    }
}

/// The text that a reader sees of a piece of sanitised HTML.
fn visible(html: &str) -> String {
    Pieces::of(html)
        .map(|piece| match piece {
            Piece::Text(text) => decode(text),
            // An image that stays is shown, whatever its text.
            Piece::Tag(tag) if tag.name == "img" => "\u{fffc}".to_owned(),
            _ => String::new(),
        })
        .collect()
}

fn plain_text(html: &str) -> String {
    encode(
        &Pieces::of(html)
            .filter_map(|p| if let Piece::Text(t) = p { Some(decode(t)) } else { None })
            .collect::<String>(),
    )
}

/// What was removed, each once. The index keeps a mail with many different things from taking quadratic time.
#[derive(Default)]
struct Notes {
    list: Vec<Removed>,
    index: HashMap<(RemovedKind, String), usize>,
}

impl Notes {
    fn add(&mut self, kind: RemovedKind, what: &str) {
        let next = self.list.len();
        let at = *self.index.entry((kind, what.to_owned())).or_insert(next);
        match self.list.get_mut(at) {
            Some(found) => found.count = found.count.saturating_add(1),
            None => self.list.push(Removed { kind, what: what.to_owned(), count: 1 }),
        }
    }
}

/// Lists what the sanitiser will take out of the mail as it came. Links that are written out are noted when that happens.
fn list_removed(html: &str, policy: &MailPolicy, removed: &mut Notes) {
    for piece in Pieces::of(html) {
        let tag = match piece {
            Piece::Tag(tag) if !tag.end => tag,
            Piece::Comment(_) => {
                removed.add(RemovedKind::Comment, "comment");
                continue;
            }
            _ => continue,
        };
        // A whole document's frame is not worth telling.
        if !KEPT_ELEMENTS.contains(&tag.name.as_str()) {
            if !matches!(tag.name.as_str(), "html" | "head" | "body") {
                removed.add(RemovedKind::Element, &tag.name);
            }
            continue;
        }
        for (name, value) in &tag.attributes {
            match (tag.name.as_str(), name.as_str()) {
                ("a", "href") if has_unknown_scheme(value) => removed.add(RemovedKind::Link, value),
                ("img", "src") if !image_stays(value, policy) => removed.add(RemovedKind::Image, value),
                (_, "style") => {
                    for property in value
                        .split(';')
                        .filter_map(|d| d.split_once(':'))
                        .map(|(p, _)| p.trim().to_ascii_lowercase())
                    {
                        if !policy.style_properties.contains(&property) {
                            removed.add(RemovedKind::StyleProperty, &property);
                        }
                    }
                }
                (element, name) if !KEPT_ATTRIBUTES.contains(&name) && !kept_on(element).contains(&name) => {
                    removed.add(RemovedKind::Attribute, name);
                }
                _ => {}
            }
        }
    }
}

fn has_unknown_scheme(href: &str) -> bool {
    ammonia::Url::parse(href).is_ok_and(|url| !KNOWN_SCHEMES.contains(&url.scheme()))
}
