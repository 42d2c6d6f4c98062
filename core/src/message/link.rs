//! Where a link leads, and how its URL is written out.

use ammonia::Url;

use super::policy::MailPolicy;

/// Schemes that a link in a mail may have before its address is judged; any other (`javascript`, `data`, …) is dropped
/// unwritten, because it is no address that a reader could use.
pub(super) const KNOWN_SCHEMES: &[&str] = &[
    "callto", "cid", "ftp", "ftps", "geo", "http", "https", "mailto", "sftp", "skype", "sms", "tel",
    "whatsapp",
];

/// What becomes of a link.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It leads to the marketplace: it stays, written as it was read.
    Stays(String),
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
    let full = url.as_str();
    // The address as it was written, unless its real host or path reads otherwise (look-alike letters, backslashes, …).
    let same = full == given || full.strip_suffix('/') == Some(&given);
    let address = if same { given } else { full.to_owned() };
    if is_own(&url, policy) { Fate::Stays(address) } else { Fate::WrittenOut(address) }
}

/// Whether an address is of a kind that a reader could not use: it goes unwritten.
pub(super) fn is_no_address(href: &str) -> bool {
    Url::parse(href).is_ok_and(|url| !KNOWN_SCHEMES.contains(&url.scheme()))
}

/// The address, as it was read, of an image that may be shown: attached to the mail, or on the marketplace's own
/// domains.
pub(super) fn image_stays(src: &str, policy: &MailPolicy) -> Option<String> {
    let url = Url::parse(src.trim()).ok()?;
    let stays = url.scheme() == "cid" || (url.scheme() != "mailto" && is_own(&url, policy));
    stays.then(|| url.to_string())
}

/// `user@` in front of a host is no reason to trust or distrust it: only the host counts.
fn is_own(url: &Url, policy: &MailPolicy) -> bool {
    match url.scheme() {
        "http" | "https" => url.host_str().is_some_and(|host| policy.owns(host)),
        // Only one plain address: `?cc=`, lists and blanks can name others.
        "mailto" => {
            let plain = url.query().is_none() && url.fragment().is_none();
            let is_name = |name: &str| {
                !name.is_empty()
                    && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&'*+-/=?^_`{|}~.".contains(&b))
            };
            plain && url.path().split_once('@').is_some_and(|(name, host)| is_name(name) && policy.owns(host))
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
            Fate::Stays(_) => None,
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
            ("mailto:b@evil.example b@bol.com", "mailto:b@evil.example b@bol.com"),
            ("mailto:b@evil.example@bol.com", "mailto:b@evil.example@bol.com"),
            ("mailto:\"b@evil.example\"@bol.com", "mailto:\"b@evil.example\"@bol.com"),
        ];
        for (given, written) in foreign {
            assert_eq!(out(given).as_deref(), Some(written), "{given}");
        }
        assert_eq!(out("mailto:help@bol.com"), None);
    }

    #[test]
    fn what_stays_is_written_as_it_was_read() {
        for (given, written) in [
            ("https://bol.com", "https://bol.com"),
            ("https://bol.com\\@evil.example/x", "https://bol.com/@evil.example/x"),
            ("https:\\\\www.bol.com\\x", "https://www.bol.com/x"),
            ("//www.bol.com/x", "https://www.bol.com/x"),
            ("HTTPS://BOL.COM:443/a b", "https://bol.com/a%20b"),
        ] {
            assert_eq!(fate(given, &MailPolicy::default()), Fate::Stays(written.to_owned()), "{given}");
        }
    }
}
