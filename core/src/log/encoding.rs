//! The bytes of a whole file as text: in one encoding, never row by row.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::{KlokuurError, Result};

/// The encodings in which systems and spreadsheets save a log.
///
/// ```
/// # use klokuur::log::{Encoding, text_of};
/// let (text, encoding) = text_of(b"caf\xe9", None)?; // as a Dutch Excel saves it
/// assert_eq!((text.as_ref(), encoding), ("café", Encoding::Windows1252));
/// assert_eq!(text_of("café".as_bytes(), None)?.1, Encoding::Utf8);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    #[serde(rename = "utf-8")]
    Utf8,
    /// UTF-16, with a byte order mark, or else little-endian.
    #[serde(rename = "utf-16")]
    Utf16,
    /// Windows-1252, as a Dutch or German Excel saves CSV.
    #[serde(rename = "windows-1252")]
    Windows1252,
}

impl Encoding {
    /// Every encoding.
    pub const ALL: &[Self] = &[Self::Utf8, Self::Utf16, Self::Windows1252];

    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16 => "utf-16",
            Self::Windows1252 => "windows-1252",
        }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Encoding {
    type Err = KlokuurError;

    /// Reads a name, in upper or lower case.
    ///
    /// # Errors
    /// - any other text
    fn from_str(text: &str) -> Result<Self> {
        let is = |encoding: &&Self| encoding.as_str().eq_ignore_ascii_case(text.trim());
        Self::ALL.iter().find(is).copied().ok_or_else(|| KlokuurError::UnknownName {
            what: "encoding",
            given: text.to_owned(),
            accepted: Self::ALL.iter().map(|encoding| encoding.as_str()).collect::<Vec<_>>().join(", "),
        })
    }
}

/// The text of a file's bytes, and the encoding that it was read in.
///
/// Without a stated encoding the bytes decide, for the whole file: a byte order mark; every second byte zero (UTF-16);
/// valid UTF-8; else Windows-1252, unless some letters are valid UTF-8, because then the file is a damaged or mixed
/// one. Where the bytes leave no doubt they decide against a stated one too: a byte order mark, or letters beyond ASCII
/// that are all valid UTF-8 where Windows-1252 is stated. An encoding that was guessed, or is not the stated one,
/// should be told.
///
/// ```
/// use klokuur::log::{Encoding, text_of};
///
/// assert_eq!(text_of(b"Ren\xe9e", None)?, ("Renée".into(), Encoding::Windows1252));
/// assert!(text_of(b"Ren\xc3\xa9e, Ren\xe9e", None).is_err());
/// // Saved as UTF-8 by another program since the mapping was written.
/// assert_eq!(text_of("Renée".as_bytes(), Some(Encoding::Windows1252))?, ("Renée".into(), Encoding::Utf8));
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
///
/// # Errors
/// - bytes that are no text: an Excel workbook, an archive, a PDF
/// - bytes that are not valid in the stated encoding, or in none of those that may be guessed, with their line
pub fn text_of(bytes: &[u8], stated: Option<Encoding>) -> Result<(Cow<'_, str>, Encoding)> {
    if let Some(what) = no_text(bytes) {
        return Err(invalid("its first bytes", format!("it is {what}: accepted is text, as CSV in UTF-8")));
    }
    let guessed = || if zero_order(bytes).is_some() { Encoding::Utf16 } else { Encoding::Utf8 };
    let stated = marked(bytes).or(stated.filter(|stated| !is_mistaken(*stated, bytes)));
    match stated.unwrap_or_else(guessed) {
        Encoding::Utf16 => Ok((utf_16(bytes)?.into(), Encoding::Utf16)),
        Encoding::Windows1252 => Ok((windows_1252(bytes)?.into(), Encoding::Windows1252)),
        Encoding::Utf8 => {
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            match std::str::from_utf8(bytes) {
                Ok(text) => Ok((text.into(), Encoding::Utf8)),
                // One encoding a file: a file that mixes two would be half wrong in either, so it is refused with its
                // line.
                Err(problem) if stated.is_some() || has_letters_of_utf_8(bytes) => {
                    let (line, byte) = place(bytes, problem.valid_up_to());
                    let problem = format!(
                        "byte {byte:#04x} is no UTF-8, though other letters are: accepted is a file in one encoding, or a \
                         mapping that states it (encoding = \"windows-1252\")"
                    );
                    Err(invalid(&line, problem))
                }
                Err(_) => Ok((windows_1252(bytes)?.into(), Encoding::Windows1252)),
            }
        }
    }
}

/// The encoding that a byte order mark tells.
fn marked(bytes: &[u8]) -> Option<Encoding> {
    let marks: [(&[u8], Encoding); 3] =
        [(b"\xef\xbb\xbf", Encoding::Utf8), (b"\xff\xfe", Encoding::Utf16), (b"\xfe\xff", Encoding::Utf16)];
    marks.iter().find(|(mark, _)| bytes.starts_with(mark)).map(|(_, encoding)| *encoding)
}

/// Whether the stated encoding is not that of a file: no text of people in Windows-1252 has valid UTF-8 for all of its
/// letters beyond ASCII.
fn is_mistaken(stated: Encoding, bytes: &[u8]) -> bool {
    stated == Encoding::Windows1252 && !bytes.is_ascii() && std::str::from_utf8(bytes).is_ok()
}

/// The separator that a spreadsheet states in a first line of its own (`sep=;`), and the text after that line.
pub fn separator_line(text: &str) -> (Option<char>, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let stated = first.trim_end_matches('\r').trim_matches('"');
    match stated.split_at_checked(4) {
        Some((name, mark)) if name.eq_ignore_ascii_case("sep=") && mark.chars().count() == 1 => {
            (mark.chars().next(), rest)
        }
        _ => (None, text),
    }
}

/// What a file is that begins so, when that is no text.
fn no_text(bytes: &[u8]) -> Option<&'static str> {
    // What people drop here by mistake most: told by name, where a decoder would only say `byte 0x50`.
    let known: [(&[u8], &str); 4] = [
        (b"PK\x03\x04", "a zip archive, as an Excel workbook (.xlsx) is"),
        (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls)"),
        (b"\x1f\x8b", "packed with gzip"),
        (b"%PDF", "a PDF"),
    ];
    known.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, what)| *what)
}

/// Whether nearly every second byte of the beginning is zero, and which: true for the first of two (big-endian).
fn zero_order(bytes: &[u8]) -> Option<bool> {
    let start = bytes.get(..bytes.len().min(512)).unwrap_or_default();
    let zeros = |from: usize| start.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let pairs = start.len() / 2;
    let (first, second) = (zeros(0), zeros(1));
    match pairs {
        // Without a mark: nearly all of a table is ASCII, whose other byte is zero in UTF-16.
        2.. if second * 10 >= pairs * 9 && first == 0 => Some(false),
        2.. if first * 10 >= pairs * 9 && second == 0 => Some(true),
        _ => None,
    }
}

fn utf_16(bytes: &[u8]) -> Result<String> {
    let (big, bytes) = match bytes {
        [0xff, 0xfe, rest @ ..] => (false, rest),
        [0xfe, 0xff, rest @ ..] => (true, rest),
        bytes => (zero_order(bytes).unwrap_or(false), bytes),
    };
    let (pairs, odd) = bytes.as_chunks::<2>();
    let unit = |pair: &[u8; 2]| if big { u16::from_be_bytes(*pair) } else { u16::from_le_bytes(*pair) };
    let text: String = char::decode_utf16(pairs.iter().map(unit))
        .collect::<std::result::Result<_, _>>()
        .map_err(|problem| {
            let unit = problem.unpaired_surrogate();
            invalid("its text", format!("{unit:#06x} is half a letter: accepted is UTF-16"))
        })?;
    // UTF-32 read as UTF-16 has a NUL beside each letter.
    if !odd.is_empty() || text.contains('\0') {
        return Err(invalid(
            "its text",
            "it is no UTF-16: accepted is text in UTF-8, UTF-16 or Windows-1252".into(),
        ));
    }
    Ok(text)
}

/// The letters of Windows-1252 from 0x80 to 0x9F; five of its bytes are none.
const FROM_80: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“',
    '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

fn windows_1252(bytes: &[u8]) -> Result<String> {
    let letter = |(at, byte): (usize, &u8)| match byte {
        0x80..=0x9f => match FROM_80.get(usize::from(*byte) - 0x80) {
            Some('\0') | None => {
                let (line, byte) = place(bytes, at);
                let problem = format!(
                    "byte {byte:#04x} is a letter of neither UTF-8 nor Windows-1252: accepted are these"
                );
                Err(invalid(&line, problem))
            }
            Some(letter) => Ok(*letter),
        },
        byte => Ok(char::from(*byte)),
    };
    bytes.iter().enumerate().map(letter).collect()
}

/// Whether some letters beyond ASCII are valid UTF-8.
fn has_letters_of_utf_8(bytes: &[u8]) -> bool {
    bytes.utf8_chunks().any(|chunk| !chunk.valid().is_ascii())
}

/// The line of a byte, and the byte.
fn place(bytes: &[u8], at: usize) -> (String, u8) {
    let before = bytes.get(..at).unwrap_or_default();
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    (format!("line {line}"), bytes.get(at).copied().unwrap_or_default())
}

fn invalid(path: &str, problem: String) -> KlokuurError {
    KlokuurError::InvalidDocument { document: "file", path: path.to_owned(), problem }
}
