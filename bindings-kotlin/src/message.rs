//! Mails to customers, as the marketplace cleans them.

use klokuur::message::{self, CleanedMail, MailPolicy as Core, PlainTextReason, RemovedKind};

use crate::error::Result;
use crate::rulebook::Rulebook;
use crate::time::{LocalDate, unsigned};

/// What a mail may weigh before it becomes plain text. What is left out is as usual.
#[derive(Debug, Clone, Copy, PartialEq, Default, uniffi::Record)]
pub struct MailBounds {
    /// The bytes of UTF-8 of the mail, and of the mail with its open formatting written out; 1,048,576 by default.
    #[uniffi(default = None)]
    pub bytes: Option<i64>,
    /// The elements that lie in one another; 256 by default.
    #[uniffi(default = None)]
    pub depth: Option<i64>,
    /// The formatting elements (`b`, `a` and the like) that are open at once; 64 by default.
    #[uniffi(default = None)]
    pub open_formatting: Option<i64>,
    /// The attributes of one tag; 256 by default.
    #[uniffi(default = None)]
    pub attributes: Option<i64>,
}

impl MailBounds {
    fn core(self) -> Result<message::MailBounds> {
        let usual = message::MailBounds::default();
        let bound = |what, given: Option<i64>, usual: u32| -> Result<u32> {
            let given = given.map(|given| unsigned(what, given)).transpose()?;
            Ok(given.map_or(usual, |given| u32::try_from(given).unwrap_or(u32::MAX)))
        };
        Ok(message::MailBounds {
            bytes: bound("bytes of a mail", self.bytes, usual.bytes)?,
            depth: bound("depth of a mail", self.depth, usual.depth)?,
            open_formatting: bound("open formatting of a mail", self.open_formatting, usual.open_formatting)?,
            attributes: bound("attributes of a tag", self.attributes, usual.attributes)?,
        })
    }
}

impl From<message::MailBounds> for MailBounds {
    fn from(bounds: message::MailBounds) -> Self {
        Self {
            bytes: Some(bounds.bytes.into()),
            depth: Some(bounds.depth.into()),
            open_formatting: Some(bounds.open_formatting.into()),
            attributes: Some(bounds.attributes.into()),
        }
    }
}

/// How mails are cleaned, and until when they may be sent. What is left out is as at bol.
#[derive(Debug, Clone, PartialEq, Default, uniffi::Record)]
pub struct MailPolicy {
    /// The marketplace's domains, subdomains included: links to them stay.
    #[uniffi(default = None)]
    pub own_domains: Option<Vec<String>>,
    /// The domains that a customer's reply comes from.
    #[uniffi(default = None)]
    pub reply_domains: Option<Vec<String>>,
    /// The style properties that stay.
    #[uniffi(default = None)]
    pub style_properties: Option<Vec<String>>,
    /// How long after the order a mail reaches the customer, in years.
    #[uniffi(default = None)]
    pub within_years: Option<i64>,
    /// What a mail may weigh before it becomes plain text.
    #[uniffi(default = None)]
    pub bounds: Option<MailBounds>,
}

fn core(policy: Option<MailPolicy>) -> Result<Core> {
    let (usual, given) = (Core::default(), policy.unwrap_or_default());
    let years = given.within_years.map(|years| unsigned("years after the order", years)).transpose()?;
    Ok(Core {
        own_domains: given.own_domains.unwrap_or(usual.own_domains),
        reply_domains: given.reply_domains.unwrap_or(usual.reply_domains),
        style_properties: given.style_properties.unwrap_or(usual.style_properties),
        within_years: years.map_or(usual.within_years, |years| u32::try_from(years).unwrap_or(u32::MAX)),
        bounds: given.bounds.unwrap_or_default().core()?,
    })
}

/// The policy of a rulebook's marketplace, or bol's, with all its values.
#[uniffi::export(default(rules = None))]
pub fn mail_policy(rules: Option<std::sync::Arc<Rulebook>>) -> MailPolicy {
    let policy = rules.map_or_else(Core::default, |rules| Core::from(&rules.0.message));
    MailPolicy {
        own_domains: Some(policy.own_domains),
        reply_domains: Some(policy.reply_domains),
        style_properties: Some(policy.style_properties),
        within_years: Some(policy.within_years.into()),
        bounds: Some(policy.bounds.into()),
    }
}

/// The kinds of things that cleaning takes out.
#[uniffi::remote(Enum)]
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

/// Why a mail became plain text.
#[uniffi::remote(Enum)]
pub enum PlainTextReason {
    /// More bytes than the bound.
    Bytes,
    /// More elements in one another than the bound.
    Depth,
    /// More open formatting elements than the bound.
    OpenFormatting,
    /// A tag with more attributes than the bound.
    Attributes,
    /// Its markup changed each time it was read.
    Unsettled,
}

/// Something that was taken out of a mail.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct Removed {
    /// What kind of thing.
    pub kind: RemovedKind,
    /// Its name, or the address of a link or image.
    pub what: String,
    /// How often.
    pub count: i64,
}

/// A cleaned mail.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct CleanMail {
    /// The HTML that the customer would get.
    pub html: String,
    /// What was taken out, each once with its count, in the order first met. It explains; the HTML decides.
    pub removed: Vec<Removed>,
    /// Why the mail became plain text; none when it kept its markup.
    pub plain_text: Option<PlainTextReason>,
}

impl From<CleanedMail> for CleanMail {
    fn from(mail: CleanedMail) -> Self {
        let removed = |r: message::Removed| Removed { kind: r.kind, what: r.what, count: r.count.into() };
        Self {
            html: mail.html,
            removed: mail.removed.into_iter().map(removed).collect(),
            plain_text: mail.plain_text,
        }
    }
}

/// Cleans a mail as the marketplace does: links to outside domains lose the link and have their address written out in
/// full, most style goes, and so does all that runs, loads or tracks. Text that is no HTML is text. A mail above the
/// policy's bounds becomes plain text, its addresses written out, and the result tells why.
///
/// # Errors
/// - a policy with years or bounds below 0
#[uniffi::export(default(policy = None))]
pub fn clean_html(html: &str, policy: Option<MailPolicy>) -> Result<CleanMail> {
    Ok(message::clean_html(html, &core(policy)?).into())
}

/// The last date on which a mail about an order reaches the customer: the anniversary, that day included.
///
/// # Errors
/// - an order so late, or so many years, that this date leaves the supported years
#[uniffi::export(default(policy = None))]
pub fn last_mail_date(ordered: LocalDate, policy: Option<MailPolicy>) -> Result<LocalDate> {
    Ok(message::last_mail_date(ordered, core(policy)?.within_years)?)
}

/// Whether a mail about an order reaches the customer on a date. Both dates are the marketplace's local dates.
///
/// # Errors
/// - an order so late, or so many years, that the last date leaves the supported years
#[uniffi::export(default(policy = None))]
pub fn may_mail(ordered: LocalDate, on: LocalDate, policy: Option<MailPolicy>) -> Result<bool> {
    Ok(message::may_mail(ordered, on, &core(policy)?)?)
}

/// Whether a mail address is one that customers' replies come from. Only the exact domain counts.
///
/// # Errors
/// - a policy with years below 0
#[uniffi::export(default(policy = None))]
pub fn is_reply_address(address: &str, policy: Option<MailPolicy>) -> Result<bool> {
    Ok(core(policy)?.is_reply_address(address))
}
