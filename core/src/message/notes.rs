//! What cleaning takes out of a mail, each thing once.

use crate::names::names;
use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::link::{image_stays, is_no_address};
use super::markup::{Tag, decode};
use super::policy::{KEPT_ATTRIBUTES, KEPT_ELEMENTS, MailPolicy, kept_on, loads};

/// Something that was taken out of a mail.
///
/// Shown at [`CleanedMail`](super::CleanedMail).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Removed {
    /// What kind of thing.
    pub kind: RemovedKind,
    /// Its name, or the address of a link or image.
    pub what: String,
    /// How often.
    pub count: u32,
}

names! {
    /// The kinds of things that cleaning takes out.
    ///
    /// Shown at [`CleanedMail`](super::CleanedMail).
    pub enum RemovedKind: "kind of what is removed" {
        /// A link; its address is written out, unless its text already was the address or it was no address at all.
        Link = "link",
        /// An image from outside, such as a tracking pixel; its alternative text stays.
        Image = "image",
        /// An element that does not stay; its text does, except for scripts and the like.
        Element = "element",
        /// An attribute that does not stay.
        Attribute = "attribute",
        /// A style property that does not stay.
        StyleProperty = "style_property",
        /// A comment.
        Comment = "comment",
    }
}

/// What was removed. The index keeps a mail with many different things from taking quadratic time.
#[derive(Default)]
pub(super) struct Notes {
    pub(super) list: Vec<Removed>,
    index: HashMap<(RemovedKind, String), usize>,
}

impl Notes {
    pub(super) fn add(&mut self, kind: RemovedKind, what: &str) {
        let next = self.list.len();
        let at = *self.index.entry((kind, what.to_owned())).or_insert(next);
        match self.list.get_mut(at) {
            Some(found) => found.count = found.count.saturating_add(1),
            None => self.list.push(Removed { kind, what: what.to_owned(), count: 1 }),
        }
    }

    pub(super) fn comment(&mut self) {
        self.add(RemovedKind::Comment, "comment");
    }

    /// Notes what of a start tag does not stay. Links that are written out are noted when that happens.
    pub(super) fn tag(&mut self, tag: &Tag<'_>, policy: &MailPolicy) {
        if !KEPT_ELEMENTS.contains(&tag.name.as_str()) {
            // A whole document's frame is not worth telling.
            if !matches!(tag.name.as_str(), "html" | "head" | "body") {
                self.add(RemovedKind::Element, &tag.name);
            }
            return;
        }
        for (name, raw) in &tag.attributes {
            let value = decode(raw);
            match (tag.name.as_str(), name.as_str()) {
                ("a", "href") if is_no_address(&value) => self.add(RemovedKind::Link, &value),
                ("img", "src") if image_stays(&value, policy).is_none() => {
                    self.add(RemovedKind::Image, &value)
                }
                // All of a style goes where one part of it could fetch something.
                (_, "style") if loads(&value) => self.add(RemovedKind::Attribute, name),
                (_, "style") => {
                    let properties = value.split(';').filter_map(|declaration| declaration.split_once(':'));
                    for (property, _) in properties.map(|(property, value)| (property.trim(), value)) {
                        if !policy.style_properties.iter().any(|kept| kept == property) {
                            self.add(RemovedKind::StyleProperty, &property.to_ascii_lowercase());
                        }
                    }
                }
                (element, name) if !KEPT_ATTRIBUTES.contains(&name) && !kept_on(element).contains(&name) => {
                    self.add(RemovedKind::Attribute, name);
                }
                _ => {}
            }
        }
    }
}
