//! Words, and what has them: the customers of names, the cases of messages (RULES K4).

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::names::{NONE, Names};
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

/// The words of a text: runs of letters and digits, with the marks that belong to them.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c)).filter(|word| !word.is_empty())
}

/// A text as it is compared: without accents, in lower case (RULES K4).
pub(super) fn folded(text: &str) -> String {
    let mut folded = String::new();
    fold_into(&mut folded, text);
    folded
}

/// Whether a name begins with a text that is folded already, or is it as a whole.
pub(super) fn begins(name: &str, text: &str, whole: bool) -> bool {
    if name.is_ascii() {
        let beginning = name.get(..text.len());
        return beginning.is_some_and(|b| b.eq_ignore_ascii_case(text))
            && (!whole || name.len() == text.len());
    }
    let name = folded(name);
    if whole { name == text } else { name.starts_with(text) }
}

fn fold_into(folded: &mut String, text: &str) {
    folded.clear();
    if text.is_ascii() {
        folded.push_str(text);
        folded.make_ascii_lowercase();
    } else {
        let letters = text.nfkd().filter(|c| !is_combining_mark(*c));
        folded.extend(letters.flat_map(char::to_lowercase));
    }
}

impl Words {
    pub(super) fn new() -> Self {
        Self { words: Names::new(), newest: Vec::new(), postings: Store::new(), lower: String::new() }
    }

    /// Adds the words of a row's text; none when there is no room.
    pub(super) fn add(&mut self, row: u32, text: &str) -> Option<()> {
        for word in words(text) {
            fold_into(&mut self.lower, word);
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

    /// The rows that may have a word that begins so, some of them perhaps twice.
    pub(super) fn rows<'a>(&'a self, beginning: &'a str) -> impl Iterator<Item = u32> + 'a {
        let words = (0..).zip(self.words.iter()).filter(move |(_, word)| word.starts_with(beginning));
        words.flat_map(move |(number, _): (usize, &str)| {
            let mut next = self.newest.get(number).copied().unwrap_or(NONE);
            std::iter::from_fn(move || {
                let posting = self.postings.get(next)?;
                next = posting.before;
                Some(posting.row)
            })
        })
    }
}
