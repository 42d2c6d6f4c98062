//! Links to the help desk: a template with a place for the case number.

use std::str::FromStr;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode, utf8_percent_encode};

use crate::failure::{Failure, Result};

/// Where the case number goes.
const PLACE: &str = "{case}";
/// What RFC 3986 calls unreserved stays as it is; all else is percent-encoded, so that a number stays within its place.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Where a case is to be seen, as `https://desk.example/tickets/{case}`.
///
/// ```
/// let link: klokuur_cli::LinkTemplate = "https://desk.example/tickets/{case}?view=all".parse()?;
/// assert_eq!(link.of("A/1 é"), "https://desk.example/tickets/A%2F1%20%C3%A9?view=all");
/// assert!("javascript:alert('{case}')".parse::<klokuur_cli::LinkTemplate>().is_err());
/// # Ok::<(), klokuur_cli::Failure>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkTemplate {
    before: String,
    after: String,
}

impl LinkTemplate {
    /// The address of a case.
    pub fn of(&self, case: &str) -> String {
        let number = match case {
            // A browser takes these for steps in the path, encoded or not.
            "." | ".." => percent_encode(case.as_bytes(), NON_ALPHANUMERIC).to_string(),
            case => utf8_percent_encode(case, RESERVED).to_string(),
        };
        format!("{}{number}{}", self.before, self.after)
    }
}

impl FromStr for LinkTemplate {
    type Err = Failure;

    /// # Errors
    /// - another scheme than https and http, no host, or signs that no address has
    /// - `{case}` that is not there, is there twice, or stands in the host
    fn from_str(text: &str) -> Result<Self> {
        let refused = |problem: &str| {
            Failure::Argument(format!(
                "link `{text}`: {problem}; accepted is an address with {PLACE} behind its host, as \
                 https://desk.example/tickets/{PLACE}"
            ))
        };
        let is_sign = |sign: char| sign.is_ascii_graphic() && !matches!(sign, '"' | '<' | '>' | '`' | '\\');
        if !text.chars().all(is_sign) {
            return Err(refused("it has signs that no address has"));
        }
        let scheme = text.split_once("://").filter(|(scheme, _)| matches!(*scheme, "https" | "http"));
        let (_, rest) = scheme.ok_or_else(|| refused("it is not of https or http"))?;
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if host.is_empty() || host.contains(['{', '}']) {
            return Err(refused("it has no host of its own"));
        }
        match text.split(PLACE).collect::<Vec<_>>().as_slice() {
            [before, after] => Ok(Self { before: (*before).to_owned(), after: (*after).to_owned() }),
            _ => Err(refused(&format!("it does not have {PLACE} once"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_number_stays_within_its_place() {
        let link: LinkTemplate = "http://desk.example:8080/t?id={case}#top".parse().unwrap();
        for (case, expected) in [
            ("7001", "http://desk.example:8080/t?id=7001#top"),
            ("a&b=c#d", "http://desk.example:8080/t?id=a%26b%3Dc%23d#top"),
            ("..", "http://desk.example:8080/t?id=%2E%2E#top"),
            ("\"><script>", "http://desk.example:8080/t?id=%22%3E%3Cscript%3E#top"),
        ] {
            assert_eq!(link.of(case), expected);
        }
    }

    #[test]
    fn other_addresses_are_refused() {
        for wrong in [
            "javascript:alert({case})",
            "data:text/html,{case}",
            "//desk.example/{case}",
            "https://{case}.example/",
            "https:///{case}",
            "https://desk.example/",
            "https://desk.example/{case}/{case}",
            "https://desk.example/ {case}",
            "https://desk.example/\u{202e}{case}",
        ] {
            let refused = wrong.parse::<LinkTemplate>().unwrap_err();
            assert!(refused.to_string().contains("accepted is an address"), "{refused}");
            assert_eq!(refused.exit_code(), 2);
        }
    }
}
