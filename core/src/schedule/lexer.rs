//! The words, numbers and signs of a schedule text, each with its position.

use crate::error::KlokuurError;

/// What a token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters, in lower case.
    Word(String),
    /// Digits.
    Number {
        /// The value, at most 9999 digits' worth of nonsense cut to `u32::MAX`.
        value: u32,
        /// How many digits.
        digits: usize,
    },
    /// Any other character.
    Sign(char),
    /// After the last character.
    End,
}

/// A token and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// In characters from 1.
    pub(super) position: usize,
    /// As written.
    pub(super) text: String,
}

impl Token {
    /// The error that says what was found here instead.
    pub(super) fn refused(&self, accepted: impl Into<String>) -> KlokuurError {
        // A word of a thousand letters tells nobody more than its beginning.
        let found = match self.kind {
            Kind::End => "the end of the text".to_owned(),
            _ if self.text.chars().count() > 24 => {
                format!("`{}…`", self.text.chars().take(24).collect::<String>())
            }
            _ => format!("`{}`", self.text),
        };
        KlokuurError::ScheduleSyntax { position: self.position, found, accepted: accepted.into() }
    }
}

/// Splits a text; the last token is always the end.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut end = 1;
    // Whether the next character may belong to the token before it.
    let mut joined = false;
    for (position, c) in (1..).zip(text.chars()) {
        end = position + 1;
        if matches!(c, ' ' | '\t' | '\r' | '\n') {
            joined = false;
            continue;
        }
        match (tokens.last_mut(), joined) {
            (Some(Token { kind: Kind::Word(word), text, .. }), true) if c.is_alphabetic() => {
                word.extend(c.to_lowercase());
                text.push(c);
            }
            (Some(Token { kind: Kind::Number { value, digits }, text, .. }), true) if c.is_ascii_digit() => {
                *value = value.saturating_mul(10).saturating_add(c.to_digit(10).unwrap_or(0));
                *digits += 1;
                text.push(c);
            }
            _ => {
                let kind = match c.to_digit(10) {
                    Some(value) => Kind::Number { value, digits: 1 },
                    None if c.is_alphabetic() => Kind::Word(c.to_lowercase().collect()),
                    None => Kind::Sign(c),
                };
                tokens.push(Token { kind, position, text: c.to_string() });
                joined = true;
            }
        }
    }
    tokens.push(Token { kind: Kind::End, position: end, text: String::new() });
    tokens
}
