//! Words, and what has them: the customers of names, the cases of messages (RULES K4).

use super::log::NONE;
use super::names::Names;
use super::store::Store;

#[derive(Debug, Clone)]
pub(super) struct Words {
    words: Names,
    /// The newest posting of each word.
    newest: Vec<u32>,
    postings: Store<Posting>,
    /// Kept between calls, so that a word needs no memory of its own.
    lower: String,
}

#[derive(Debug, Clone, Copy)]
struct Posting {
    row: u32,
    before: u32,
}

/// The words of a text: runs of letters and digits.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// A word as it is compared: in lower case.
pub(super) fn lower_into(lower: &mut String, word: &str) {
    lower.clear();
    if word.is_ascii() {
        lower.push_str(word);
        lower.make_ascii_lowercase();
    } else {
        lower.extend(word.chars().flat_map(char::to_lowercase));
    }
}

impl Words {
    pub(super) fn new() -> Self {
        Self { words: Names::new(), newest: Vec::new(), postings: Store::new(), lower: String::new() }
    }

    /// Adds the words of a row's text; none when there is no room.
    pub(super) fn add(&mut self, row: u32, text: &str) -> Option<()> {
        for word in words(text) {
            lower_into(&mut self.lower, word);
            let (number, new) = self.words.intern(&self.lower)?;
            if new {
                self.newest.push(NONE);
            }
            let newest = self.newest.get_mut(number as usize)?;
            if self.postings.get(*newest).is_none_or(|posting| posting.row != row) {
                *newest = self.postings.push(Posting { row, before: *newest })?;
            }
        }
        Some(())
    }

    /// The rows that may have a word, some of them perhaps twice.
    pub(super) fn rows(&self, word: &str) -> impl Iterator<Item = u32> {
        let mut lower = String::new();
        lower_into(&mut lower, word);
        let number = self.words.find(&lower);
        let mut next = number.and_then(|n| self.newest.get(n as usize)).copied().unwrap_or(NONE);
        std::iter::from_fn(move || {
            let posting = self.postings.get(next)?;
            next = posting.before;
            Some(posting.row)
        })
    }
}
