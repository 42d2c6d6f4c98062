//! A mail as plain text.

use super::elements::{Kind, OTHER_BLOCKS};
use super::link::is_no_address;
use super::markup::{Piece, Pieces, encode};
use super::policy::{DROPPED_WITH_CONTENT, KEPT_ELEMENTS};

/// The text of a mail, as HTML without tags, entities as they came: a line for each block, addresses of links in
/// brackets behind their text. One pass.
pub(super) fn plain_text(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let (mut link, mut raw, mut templates) = (None, String::new(), 0_u32);
    for piece in Pieces::of(html) {
        match piece {
            Piece::Text(text) if templates == 0 => push_text(&mut out, text),
            Piece::Raw(text) if templates == 0 => match raw.as_str() {
                "textarea" => push_text(&mut out, text),
                name if DROPPED_WITH_CONTENT.contains(&name) => {}
                _ => out.push_str(&encode(text)),
            },
            Piece::Tag(tag) => {
                match tag.name.as_str() {
                    "template" if tag.end => templates = templates.saturating_sub(1),
                    "template" => templates = templates.saturating_add(1),
                    _ if templates > 0 => {}
                    "a" => {
                        write_address(&mut out, link.take());
                        link = if tag.end { None } else { tag.attribute("href") };
                    }
                    name if breaks(name) && !out.is_empty() && !out.ends_with('\n') => out.push('\n'),
                    _ => {}
                }
                raw = tag.name;
            }
            _ => {}
        }
    }
    write_address(&mut out, link);
    out
}

/// Only a `<` that starts no tag is left in it.
fn push_text(out: &mut String, text: &str) {
    out.push_str(&text.replace('<', "&lt;"));
}

fn write_address(out: &mut String, address: Option<String>) {
    let Some(address) = address.filter(|address| !is_no_address(address)).map(|a| encode(&a)) else { return };
    if !out.ends_with(&address) {
        out.push_str(&format!(" ({address})"));
    }
}

fn breaks(name: &str) -> bool {
    let kept = KEPT_ELEMENTS.contains(&name) && Kind::of(name).is_special() && name != "img";
    kept || OTHER_BLOCKS.contains(&name)
}
