//! What may stay in a mail, and until when one may be sent (RULES M1).

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::bounds::MailBounds;
use crate::error::{KlokuurError, Result};
use crate::rulebook::MessageRules;
use crate::time::{CalendarDate, YEARS, YEARS_IN_WORDS};

/// The elements that stay in a mail (ours: what a plain mail needs; no source lists them).
pub const KEPT_ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
];

/// Elements whose content goes with them: it is no text for the reader.
pub(super) const DROPPED_WITH_CONTENT: &[&str] =
    &["iframe", "noembed", "noframes", "noscript", "script", "style", "template", "title"];

/// Attributes that stay on any element; all others go, but for `style` (filtered) and [`kept_on`].
pub(super) const KEPT_ATTRIBUTES: &[&str] = &["dir", "lang", "title"];

/// Attributes that stay on one element.
pub(super) fn kept_on(element: &str) -> &'static [&'static str] {
    match element {
        "a" => &["href"],
        "img" => &["src", "alt", "width", "height"],
        "td" | "th" => &["colspan", "rowspan", "align", "valign"],
        "col" | "colgroup" => &["span"],
        "ol" => &["start"],
        _ => &[],
    }
}

/// Whether a style could fetch something, whatever the property.
pub(super) fn loads(style: &str) -> bool {
    let style = style.to_ascii_lowercase();
    style.contains(['\\', '@'])
        || ["url", "image", "src", "expression"].iter().any(|word| style.contains(word))
}

/// How mails are cleaned (RULES M1).
///
/// ```
/// # use klokuur::message::MailPolicy;
/// let policy = MailPolicy::default();
/// assert!(policy.is_reply_address("k-1@klantbericht.bol.com"));
/// assert!(!policy.is_reply_address("someone@mail.example"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MailPolicy {
    /// The marketplace's domains, subdomains included: links to them stay (RULES M1: `bol.com`).
    pub own_domains: Vec<String>,
    /// The domains that a customer's reply comes from (RULES M1: `klantbericht.bol.com`).
    pub reply_domains: Vec<String>,
    /// The style properties that stay (ours: RULES M1 only says that most go).
    pub style_properties: Vec<String>,
    /// How long after the order a mail reaches the customer, in years (RULES M1: 2).
    pub within_years: u32,
    /// What a mail may weigh before it becomes plain text (ours).
    pub bounds: MailBounds,
}

impl Default for MailPolicy {
    fn default() -> Self {
        let list = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect();
        Self {
            own_domains: list(&["bol.com"]),
            reply_domains: list(&["klantbericht.bol.com"]),
            style_properties: list(&["font-style", "font-weight", "text-align", "text-decoration"]),
            within_years: 2,
            bounds: MailBounds::default(),
        }
    }
}

impl From<&MessageRules> for MailPolicy {
    fn from(rules: &MessageRules) -> Self {
        let policy = Self::default();
        // Another marketplace's replies do not come from there.
        let mut reply_domains = policy.reply_domains;
        reply_domains.retain(|domain| lies_in(domain, &rules.own_domains));
        Self {
            own_domains: rules.own_domains.clone(),
            within_years: rules.within_years,
            reply_domains,
            style_properties: policy.style_properties,
            bounds: policy.bounds,
        }
    }
}

impl MailPolicy {
    /// Whether a host is one of the marketplace's domains or lies below one.
    pub(super) fn owns(&self, host: &str) -> bool {
        lies_in(host, &self.own_domains)
    }

    /// Whether a mail address is one that customers' replies come from (RULES M1: `…@klantbericht.bol.com`).
    ///
    /// Only the exact domain counts: nothing is known about subdomains of it, or about the shape of the name before the
    /// `@`.
    ///
    /// ```
    /// # use klokuur::message::MailPolicy;
    /// let policy = MailPolicy::default();
    /// assert!(policy.is_reply_address("abc123@klantbericht.bol.com"));
    /// assert!(!policy.is_reply_address("abc123@klantbericht.bol.com.evil.example"));
    /// ```
    pub fn is_reply_address(&self, address: &str) -> bool {
        let Some((name, domain)) = address.trim().rsplit_once('@') else { return false };
        let plain =
            !name.is_empty() && !name.contains(|c: char| c == '@' || c.is_whitespace() || c.is_control());
        plain && self.reply_domains.iter().any(|own| own.eq_ignore_ascii_case(domain))
    }
}

/// A host name equals one of the domains or ends in a dot and one of them. `evilbol.com` and `bol.com.evil.example` do
/// not.
fn lies_in(host: &str, domains: &[String]) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
    domains.iter().filter(|own| !own.is_empty()).any(|own| {
        host.strip_suffix(own.to_ascii_lowercase().as_str())
            .is_some_and(|before| before.is_empty() || before.ends_with('.'))
    })
}

/// The last date on which a mail about an order may be sent: the anniversary itself (RULES M1); for an order of 29
/// February it is 28 February (RULES K7).
///
/// # Errors
/// - a number of years that leads outside the supported years, 1900 to 2100
pub fn last_mail_date(ordered: impl CalendarDate, within_years: u32) -> Result<NaiveDate> {
    let ordered = ordered.naive();
    let refused = || KlokuurError::OutOfRange {
        what: "last mail date of an order",
        given: format!("{ordered} and {within_years} years"),
        accepted: format!("dates in the years {YEARS_IN_WORDS}"),
    };
    let year = i32::try_from(within_years)
        .ok()
        .and_then(|years| ordered.year().checked_add(years))
        .ok_or_else(refused)?;
    if !YEARS.contains(&year) {
        return Err(refused());
    }
    ordered.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, 2, 28)).ok_or_else(refused)
}

/// Whether a mail about an order may be sent on a date: not before the order, and up to the anniversary of
/// [`MailPolicy::within_years`], that day included (ours).
///
/// Both dates are the marketplace's local dates.
///
/// ```
/// # use klokuur::message::{MailPolicy, may_mail};
/// let day = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
/// assert!(may_mail(day("2024-02-29"), day("2026-02-28"), &MailPolicy::default())?);
/// assert!(!may_mail(day("2024-02-29"), day("2026-03-01"), &MailPolicy::default())?);
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
///
/// # Errors
/// - an order so late, or so many years, that the last date leaves the supported years
pub fn may_mail(ordered: impl CalendarDate, on: impl CalendarDate, policy: &MailPolicy) -> Result<bool> {
    let (ordered, on) = (ordered.naive(), on.naive());
    let last = last_mail_date(ordered, policy.within_years)?;
    Ok(ordered <= on && on <= last)
}

#[cfg(test)]
mod tests {
    use super::MailPolicy;

    #[test]
    fn look_alike_domains_are_not_ours() {
        let policy = MailPolicy::default();
        for own in ["bol.com", "www.bol.com", "BOL.com", "bol.com.", "a.b.bol.com"] {
            assert!(policy.owns(own), "{own}");
        }
        for foreign in
            ["evilbol.com", "bol.com.evil.example", "bol.co", "bol.com..", "", ".", "com", "xn--bl-fka.com"]
        {
            assert!(!policy.owns(foreign), "{foreign}");
        }
    }

    #[test]
    fn an_empty_own_domain_owns_nothing() {
        let policy = MailPolicy { own_domains: vec![String::new()], ..MailPolicy::default() };
        assert!(!policy.owns("evil.example"));
    }
}
