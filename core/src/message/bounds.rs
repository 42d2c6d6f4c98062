//! What a mail may weigh, and what it becomes above that.

use crate::names::names;
use serde::{Deserialize, Serialize};

/// The bounds on a mail's markup (ours). They are checked while the mail is read in one pass, before anything is
/// parsed, so that no mail costs more than it weighs. A mail above one of them becomes plain text, and
/// [`CleanedMail::plain_text`] tells why.
///
/// [`CleanedMail::plain_text`]: super::CleanedMail::plain_text
///
/// ```
/// # use klokuur::message::{MailBounds, MailPolicy, PlainTextReason, clean_html};
/// let policy = MailPolicy { bounds: MailBounds { bytes: 10, ..MailBounds::default() }, ..MailPolicy::default() };
/// let cleaned = clean_html("<p>Hello, dear customer</p>", &policy);
/// assert_eq!(cleaned.plain_text, Some(PlainTextReason::Bytes));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MailBounds {
    /// The bytes of UTF-8 of the mail, and of the mail with its open formatting written out.
    pub bytes: u32,
    /// The elements that lie in one another.
    pub depth: u32,
    /// The formatting elements (`b`, `a`, `font` and the like) that are open at once.
    pub open_formatting: u32,
    /// The attributes of one tag.
    pub attributes: u32,
}

impl Default for MailBounds {
    fn default() -> Self {
        Self { bytes: 1 << 20, depth: 256, open_formatting: 64, attributes: 256 }
    }
}

names! {
    /// Why a mail became plain text.
    ///
    /// Shown at [`MailBounds`].
    pub enum PlainTextReason: "reason for plain text" {
        /// More than [`MailBounds::bytes`].
        Bytes = "bytes",
        /// More than [`MailBounds::depth`].
        Depth = "depth",
        /// More than [`MailBounds::open_formatting`].
        OpenFormatting = "open_formatting",
        /// More than [`MailBounds::attributes`].
        Attributes = "attributes",
        /// Its markup changed each time it was read.
        Unsettled = "unsettled",
    }
}
