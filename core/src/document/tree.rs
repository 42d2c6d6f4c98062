//! Any value of a self-describing format, as it lies in its text: a name or a text without escapes is not copied.

use std::borrow::Cow;
use std::collections::HashSet;

use serde_json::{Number, Value};

/// A generic value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Tree<'a> {
    Null,
    Bool(bool),
    Number(Number),
    Text(Cow<'a, str>),
    List(Vec<Tree<'a>>),
    /// In the order they came, each name once.
    Object(Vec<(Cow<'a, str>, Tree<'a>)>),
}

impl<'a> Tree<'a> {
    /// Whether it is an object with a field of this name.
    pub(crate) fn has(&self, field: &str) -> bool {
        matches!(self, Self::Object(fields) if fields.iter().any(|(name, _)| name == field))
    }
}

impl From<Tree<'_>> for Value {
    fn from(tree: Tree<'_>) -> Self {
        match tree {
            Tree::Null => Self::Null,
            Tree::Bool(flag) => Self::Bool(flag),
            Tree::Number(number) => Self::Number(number),
            Tree::Text(text) => Self::String(text.into_owned()),
            Tree::List(items) => items.into_iter().map(Self::from).collect(),
            Tree::Object(fields) => {
                fields.into_iter().map(|(name, value)| (name.into_owned(), Self::from(value))).collect()
            }
        }
    }
}

/// The names of an object that have come so far, once there are so many that it is quicker to look them up.
#[derive(Default)]
pub(super) struct Names(Option<HashSet<String>>);

impl Names {
    const FEW: usize = 16;

    /// Whether `name` is among `fields`.
    pub(super) fn are_with(&mut self, fields: &[(Cow<'_, str>, Tree<'_>)], name: &str) -> bool {
        if fields.len() <= Self::FEW {
            return fields.iter().any(|(earlier, _)| earlier == name);
        }
        let all = || fields.iter().map(|(earlier, _)| earlier.clone().into_owned()).collect();
        !self.0.get_or_insert_with(all).insert(name.to_owned())
    }
}
