//! The bytes of a file, unpacked, within a bound.

use std::io::Read;
use std::path::Path;

use flate2::read::MultiGzDecoder;

use crate::failure::{Failure, Result};

const MIB: u64 = 1 << 20;

/// How much is read of one file, packed or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound {
    /// In MiB.
    pub mib: u64,
}

impl Default for Bound {
    /// 2 GiB: some ten million rows.
    fn default() -> Self {
        Self { mib: 2048 }
    }
}

impl Bound {
    pub(super) fn bytes(self) -> u64 {
        self.mib.saturating_mul(MIB)
    }

    pub(super) fn said(self) -> String {
        format!("more than {} MiB: accepted is less, or a larger --max-mib", self.mib)
    }
}

/// What was read: the bytes, and what broke off an archive.
#[derive(Debug)]
pub(super) struct Content {
    pub(super) bytes: Vec<u8>,
    /// Why an archive ends too early; the lines before that are there.
    pub(super) broken: Option<String>,
}

/// The bytes of a file, or of the standard input for `-`. What is packed with gzip is unpacked, whatever it is called.
pub(super) fn content(path: &Path, bound: Bound) -> Result<Content> {
    let bytes = if path == Path::new("-") {
        bounded(std::io::stdin().lock(), 0, bound).map_err(|problem| Failure::of_file(path, problem))?
    } else {
        let there = std::fs::metadata(path).map_err(|problem| Failure::of_file(path, said(&problem)))?;
        if there.is_dir() {
            return Err(Failure::of_file(path, "it is a folder: accepted is a file"));
        }
        let file = std::fs::File::open(path).map_err(|problem| Failure::of_file(path, said(&problem)))?;
        bounded(file, there.len(), bound).map_err(|problem| Failure::of_file(path, problem))?
    };
    if bytes.starts_with(b"\x1f\x8b") {
        unpacked(path, &bytes, bound)
    } else {
        Ok(Content { bytes, broken: None })
    }
}

/// A problem of the system without its number.
pub(crate) fn said(problem: &std::io::Error) -> String {
    match problem.kind() {
        std::io::ErrorKind::NotFound => "it is not there".to_owned(),
        std::io::ErrorKind::PermissionDenied => "it may not be read".to_owned(),
        _ => problem.to_string(),
    }
}

fn bounded(from: impl Read, expected: u64, bound: Bound) -> std::result::Result<Vec<u8>, String> {
    let most = bound.bytes();
    if expected > most {
        return Err(format!("it has {}", bound.said()));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or_default());
    from.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(|problem| said(&problem))?;
    if bytes.len() as u64 > most { Err(format!("it has {}", bound.said())) } else { Ok(bytes) }
}

/// The whole lines of a damaged archive are read, and what is wrong with the rest is told.
fn unpacked(path: &Path, packed: &[u8], bound: Bound) -> Result<Content> {
    let mut bytes = Vec::new();
    let most = bound.bytes();
    let read = MultiGzDecoder::new(packed).take(most.saturating_add(1)).read_to_end(&mut bytes);
    if bytes.len() as u64 > most {
        return Err(Failure::of_file(path, format!("it unpacks to {}", bound.said())));
    }
    let Err(problem) = read else { return Ok(Content { bytes, broken: None }) };
    match bytes.iter().rposition(|byte| *byte == b'\n') {
        Some(last) => {
            bytes.truncate(last + 1);
            Ok(Content { bytes, broken: Some(format!("the archive is damaged behind this: {problem}")) })
        }
        None => Err(Failure::of_file(path, format!("it is a damaged archive: {problem}"))),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn packed(text: &[u8]) -> Vec<u8> {
        let mut packer = GzEncoder::new(Vec::new(), Compression::default());
        packer.write_all(text).unwrap();
        packer.finish().unwrap()
    }

    #[test]
    fn what_unpacks_to_more_than_the_bound_is_refused() {
        let bomb = packed(&vec![b'a'; 3 << 20]);
        assert!(bomb.len() < 10_000);
        let refused = unpacked(Path::new("bomb.csv.gz"), &bomb, Bound { mib: 2 }).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "bomb.csv.gz: it unpacks to more than 2 MiB: accepted is less, or a larger --max-mib"
        );
        assert_eq!(unpacked(Path::new("bomb.csv.gz"), &bomb, Bound { mib: 3 }).unwrap().bytes.len(), 3 << 20);
    }

    #[test]
    fn of_a_damaged_archive_the_whole_lines_are_read() {
        let text: String =
            (0..5000).map(|row| format!("{row},some text that differs {}\n", row * 7919)).collect();
        let whole = packed(text.as_bytes());
        let content = unpacked(Path::new("log.csv.gz"), &whole[..whole.len() / 2], Bound::default()).unwrap();
        assert!(content.broken.is_some() && content.bytes.ends_with(b"\n"));
        assert!(text.as_bytes().starts_with(&content.bytes));
    }
}
