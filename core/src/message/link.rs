//! Where a link leads, and how its URL is written out.

use ammonia::Url;

use super::policy::MailPolicy;

/// Schemes that a link in a mail may have before its address is judged; any other (`javascript`, `data`, …) is dropped unwritten,
/// because it is no address that a reader could use.
pub(super) const KNOWN_SCHEMES: &[&str] = &[
    "callto", "cid", "ftp", "ftps", "geo", "http", "https", "mailto", "sftp", "skype", "sms", "tel",
    "whatsapp",
];

/// What becomes of a link.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It leads to the marketplace: it stays.
    Stays,
    /// It leads elsewhere: the link goes and this is written out.
    WrittenOut(String),
}

/// Judges the address of a link.
pub(super) fn fate(href: &str, policy: &MailPolicy) -> Fate {
    // Browsers ignore line breaks and tabs in an address, and blanks around it.
    let given: String = href.trim().chars().filter(|c| !c.is_control()).collect();
    // `//evil.example` takes the scheme of the page; a mail has none.
    let rest = given.trim_start_matches(['/', '\\']);
    let slashes = given.len() - rest.len();
    let parsed = if slashes >= 2 { Url::parse(&format!("https://{rest}")) } else { Url::parse(&given) };
    let Ok(url) = parsed else { return Fate::WrittenOut(given) };
    if is_own(&url, policy) {
        return Fate::Stays;
    }
    let full = url.as_str();
    // The address as it was written, unless its real host or path reads otherwise (look-alike letters, backslashes, …).
    let same = full == given || full.strip_suffix('/') == Some(&given);
    Fate::WrittenOut(if same { given } else { full.to_owned() })
}

/// Whether the image at this address may be shown: attached to the mail, or on the marketplace's own domains.
pub(super) fn image_stays(src: &str, policy: &MailPolicy) -> bool {
    Url::parse(src.trim())
        .is_ok_and(|url| url.scheme() == "cid" || (url.scheme() != "mailto" && is_own(&url, policy)))
}

/// `user@` in front of a host is no reason to trust or distrust it: only the host counts.
fn is_own(url: &Url, policy: &MailPolicy) -> bool {
    match url.scheme() {
        "http" | "https" => url.host_str().is_some_and(|host| policy.owns(host)),
        // Only one plain address: `?cc=` and lists can name others.
        "mailto" => {
            let path = url.path();
            let plain = url.query().is_none() && !path.contains([',', ';', '%']);
            plain && path.rsplit_once('@').is_some_and(|(name, host)| !name.is_empty() && policy.owns(host))
        }
        _ => false,
    }
}

/// Whether the text of a link already is the address that would be written out.
pub(super) fn shows(text: &str, address: &str) -> bool {
    let trimmed = text.trim();
    let bare = |s: &str| s.strip_suffix('/').unwrap_or(s).to_owned();
    if bare(trimmed) == bare(address) {
        return true;
    }
    // `jan@shop.example` says all that `mailto:jan@shop.example` says.
    address
        .split_once(':')
        .is_some_and(|(scheme, rest)| matches!(scheme, "mailto" | "tel") && rest == trimmed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn out(href: &str) -> Option<String> {
        match fate(href, &MailPolicy::default()) {
            Fate::Stays => None,
            Fate::WrittenOut(address) => Some(address),
        }
    }

    #[test]
    fn only_the_real_host_counts() {
        for own in [
            "https://www.bol.com/nl",
            "http://bol.com",
            "HTTPS://BOL.COM:443/x",
            "//www.bol.com/x",
            "https://x@bol.com/",
        ] {
            assert_eq!(out(own), None, "{own}");
        }
        let foreign = [
            ("https://evil.example", "https://evil.example"),
            ("https://evilbol.com/a?b=c&d", "https://evilbol.com/a?b=c&d"),
            ("https://bol.com.evil.example/", "https://bol.com.evil.example/"),
            ("https://bol.com@evil.example/", "https://bol.com@evil.example/"),
            ("https://evil.example\\@bol.com", "https://evil.example/@bol.com"),
            ("//evil.example/x", "https://evil.example/x"),
            ("\\\\evil.example", "https://evil.example/"),
            ("https:evil.example", "https://evil.example/"),
            ("ht\ntps://evil.example", "https://evil.example"),
            ("https://b\u{43e}l.com", "https://xn--bl-fmc.com/"),
            ("ftp://bol.com/x", "ftp://bol.com/x"),
            ("/account", "/account"),
            ("#top", "#top"),
            ("https://", "https://"),
            ("mailto:a@bol.com,b@evil.example", "mailto:a@bol.com,b@evil.example"),
            ("mailto:a@bol.com?cc=b@evil.example", "mailto:a@bol.com?cc=b@evil.example"),
        ];
        for (given, written) in foreign {
            assert_eq!(out(given).as_deref(), Some(written), "{given}");
        }
        assert_eq!(out("mailto:help@bol.com"), None);
    }
}
