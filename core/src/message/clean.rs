//! Cleaning of a mail's HTML (RULES M1).

use std::borrow::Cow;
use std::collections::HashSet;

use ammonia::{Builder, UrlRelative};
use serde::{Deserialize, Serialize};

use super::balance::balance;
use super::bounds::PlainTextReason;
use super::link::{Fate, KNOWN_SCHEMES, fate, image_stays, shows};
use super::markup::{Piece, Pieces, Tag, decode, encode};
use super::notes::{Notes, Removed, RemovedKind};
use super::plain::plain_text;
use super::policy::{DROPPED_WITH_CONTENT, KEPT_ATTRIBUTES, KEPT_ELEMENTS, MailPolicy, kept_on};

/// A cleaned mail.
///
/// ```
/// # use klokuur::message::{MailPolicy, RemovedKind, clean_html};
/// let cleaned = clean_html("<p>Hello<script>track()</script></p>", &MailPolicy::default());
/// assert_eq!(cleaned.html, "<p>Hello</p>");
/// assert_eq!((cleaned.removed[0].kind, cleaned.removed[0].what.as_str()), (RemovedKind::Element, "script"));
/// assert!(cleaned.plain_text.is_none()); // it kept its markup
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CleanedMail {
    /// The HTML that the customer would get.
    pub html: String,
    /// What was taken out, each once with its count, in the order first met. It explains; the HTML decides.
    pub removed: Vec<Removed>,
    /// Why the mail became plain text; none when it kept its markup.
    pub plain_text: Option<PlainTextReason>,
}

/// How often the cleaned text is cleaned again until it no longer changes, before its markup is given up.
const ROUNDS: usize = 8;

/// Cleans a mail as the marketplace does (RULES M1): links to outside domains lose the link and have their address
/// written out in full, most style goes, and so does all that runs, loads or tracks. Text outside links stays as it is.
///
/// Cleaning a cleaned mail changes nothing. Never fails: text that is no HTML is text. A mail above the policy's
/// [bounds](super::MailBounds) becomes plain text, its addresses written out, and the result tells why; no mail takes
/// more time than its size gives reason for.
///
/// ```
/// # use klokuur::message::{MailPolicy, RemovedKind, clean_html};
/// let cleaned = clean_html(r#"Hello<script>alert(1)</script> <b onclick="x()">Jan</b>"#, &MailPolicy::default());
/// assert_eq!(cleaned.html, "Hello <b>Jan</b>");
/// assert_eq!(cleaned.removed[0].kind, RemovedKind::Element);
/// ```
pub fn clean_html(html: &str, policy: &MailPolicy) -> CleanedMail {
    let mut removed = Notes::default();
    let styles: HashSet<&str> = policy.style_properties.iter().map(String::as_str).collect();
    let mut builder = sanitiser(policy);
    builder.filter_style_properties(styles);

    let mut text = match round(&builder, html, policy, &mut removed) {
        Ok(text) => text,
        Err(reason) => return as_text(&builder, html, reason),
    };
    // M1: until nothing changes any more: what is read again by another program must be what was looked at here.
    for _ in 0..ROUNDS {
        match round(&builder, &text, policy, &mut removed) {
            Ok(again) if again == text => {
                return CleanedMail { html: text, removed: removed.list, plain_text: None };
            }
            Ok(again) => text = again,
            Err(reason) => return as_text(&builder, html, reason),
        }
    }
    // Markup that changes each time it is read is not worth keeping.
    as_text(&builder, html, PlainTextReason::Unsettled)
}

/// The mail without any markup. That all of it went is told by the reason, not thing by thing.
fn as_text(builder: &Builder<'_>, html: &str, reason: PlainTextReason) -> CleanedMail {
    let html = builder.clean(&plain_text(html)).to_string();
    CleanedMail { html, removed: Vec::new(), plain_text: Some(reason) }
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
            if (element, attribute) == ("img", "src") {
                return image_stays(value, &own).map(Cow::Owned);
            }
            Some(Cow::Borrowed(value))
        });
    builder
}

/// One round: balance, sanitise, then write out links.
fn round(
    builder: &Builder<'_>,
    html: &str,
    policy: &MailPolicy,
    removed: &mut Notes,
) -> Result<String, PlainTextReason> {
    let balanced = balance(html, policy, removed)?;
    Ok(write_out_links(&builder.clean(&balanced.html).to_string(), policy, removed))
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
            Piece::Comment(_) | Piece::Raw(_) => continue,
            Piece::Tag(tag) => tag,
        };
        match (tag.name.as_str(), tag.end) {
            ("a", false) => match tag.attribute("href").map(|href| fate(&href, policy)) {
                Some(Fate::Stays(address)) => {
                    push_link(&mut out, &tag, &address);
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
                out.push_str(&encode(&tag.attribute("alt").unwrap_or_default()));
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

/// A link that stays, with its address as it was read: another program must not read another one.
fn push_link(out: &mut String, tag: &Tag<'_>, address: &str) {
    let source = tag.source;
    let given = tag.attributes.iter().find(|(name, _)| name == "href").map_or("", |(_, value)| value);
    let written = encode(address).replace('"', "&quot;");
    out.push_str(&source.replacen(&format!("href=\"{given}\""), &format!("href=\"{written}\""), 1));
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
