//! The files of a crate as modules, with the paths that they name; read as tokens, so that comments and texts are none.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use klokuur_tests::files::texts_below;
use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A module by its names below the crate; the crate itself has none.
pub(super) type Module = Vec<String>;

pub(super) struct Files {
    of: BTreeMap<Module, File>,
}

#[derive(Default)]
struct File {
    /// Every path that is used, as it is written.
    used: BTreeSet<Vec<String>>,
    /// What is exported again, to the crate at least: the name, and the path behind it.
    exported: BTreeMap<String, Vec<String>>,
    /// The names of it that callers of the crate see.
    shown: BTreeSet<String>,
    /// The public items that stand here.
    items: BTreeSet<String>,
    /// The public modules below.
    public: BTreeSet<String>,
}

impl Files {
    pub(super) fn of_the_core() -> Self {
        let files = texts_below("core/src", &["rs"]).unwrap();
        let name = |path: &Path| path.to_str().unwrap().replace('\\', "/");
        let texts: Vec<_> = files.iter().map(|(path, text)| (name(path), text)).collect();
        Self::read(texts.iter().map(|(name, text)| (name.as_str(), text.as_str())))
    }

    pub(super) fn read<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let of = texts.into_iter().map(|(name, text)| {
            let mut module: Module = name.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
            if module.last().is_some_and(|last| last == "mod" || last == "lib") {
                module.pop();
            }
            let mut file = File::default();
            file.take(text.parse::<TokenStream>().unwrap_or_else(|e| panic!("{name}: {e}")), true);
            (module, file)
        });
        Self { of: of.collect() }
    }

    /// Which file needs which: what it uses, followed through what is exported again to where it stands.
    pub(super) fn arrows(&self) -> BTreeMap<Module, BTreeSet<Module>> {
        let needs = |from: &Module, file: &File| {
            let used = file.used.iter().filter_map(|path| self.absolute(from, path));
            used.filter_map(|path| self.home(&path, 8)).filter(|to| to != from).collect()
        };
        self.of.iter().map(|(from, file)| (from.clone(), needs(from, file))).collect()
    }

    /// The names of all public items that a caller of the crate can reach.
    pub(super) fn public_items(&self) -> BTreeSet<String> {
        let (mut next, mut found) = (vec![Module::new()], BTreeSet::new());
        while let Some(module) = next.pop() {
            let file = &self.of[&module];
            found.extend(file.shown.iter().chain(&file.items).cloned());
            next.extend(
                file.public
                    .iter()
                    .map(|name| below(&module, name))
                    .filter(|below| self.of.contains_key(below)),
            );
        }
        found
    }

    fn absolute(&self, from: &Module, path: &[String]) -> Option<Vec<String>> {
        let (first, rest) = path.split_first()?;
        let (mut base, mut rest) = match first.as_str() {
            "crate" => (Module::new(), rest),
            "self" => (from.clone(), rest),
            "super" => (from[..from.len().checked_sub(1)?].to_vec(), rest),
            name if self.of.contains_key(&below(from, name)) => (from.clone(), path),
            _ => return None,
        };
        while let [first, after @ ..] = rest
            && first == "super"
        {
            base.pop()?;
            rest = after;
        }
        base.extend_from_slice(rest);
        Some(base)
    }

    /// The module that a path ends in.
    fn home(&self, path: &[String], steps: u8) -> Option<Module> {
        let module =
            (0..=path.len()).rev().map(|n| path[..n].to_vec()).find(|module| self.of.contains_key(module))?;
        let exported = path.get(module.len()).and_then(|name| self.of[&module].exported.get(name));
        let further = exported.and_then(|behind| self.absolute(&module, behind));
        match (further, steps.checked_sub(1)) {
            (Some(behind), Some(steps)) if behind != path => self.home(&behind, steps),
            _ => Some(module),
        }
    }
}

fn below(module: &Module, name: &str) -> Module {
    let mut below = module.clone();
    below.push(name.to_owned());
    below
}

impl File {
    /// Takes the paths in some tokens; `outer` where items of the file stand.
    fn take(&mut self, tokens: TokenStream, outer: bool) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let (mut at, mut is_test, mut is_public, mut is_exported) = (0, false, false, false);
        while let Some(token) = tokens.get(at) {
            at += 1;
            match token {
                TokenTree::Group(group) => {
                    let is_attribute = group.delimiter() == Delimiter::Bracket;
                    if is_attribute && group.stream().to_string().replace(' ', "") == "cfg(test)" {
                        is_test = true;
                    } else if group.delimiter() == Delimiter::Brace {
                        if !is_test {
                            self.take(group.stream(), false);
                        }
                        (is_test, is_public, is_exported) = (false, false, false);
                    } else {
                        self.take(group.stream(), false);
                    }
                }
                TokenTree::Ident(word) => match word.to_string().as_str() {
                    // `pub(super)` and the like are followed by a group.
                    "pub" => {
                        is_public = !matches!(tokens.get(at), Some(TokenTree::Group(_)));
                        is_exported = true;
                    }
                    "use" => {
                        for (path, name) in paths(&tokens[at..]) {
                            if is_exported && outer {
                                self.shown.extend(is_public.then(|| name.clone()));
                                self.exported.insert(name, path);
                            } else if !is_test {
                                self.used.insert(path);
                            }
                        }
                        while tokens.get(at).is_some_and(|token| token.to_string() != ";") {
                            at += 1;
                        }
                        (is_test, is_public, is_exported) = (false, false, false);
                    }
                    "crate" | "super" | "self" => {
                        self.used.extend(
                            paths(&tokens[at - 1..])
                                .into_iter()
                                .map(|(path, _)| path)
                                .filter(|path| path.len() > 1),
                        );
                    }
                    kind @ ("fn" | "struct" | "enum" | "trait" | "type" | "const" | "mod")
                        if outer && is_public =>
                    {
                        if let Some(TokenTree::Ident(name)) = tokens.get(at) {
                            let into = if kind == "mod" { &mut self.public } else { &mut self.items };
                            into.insert(name.to_string());
                        }
                        is_public = false;
                    }
                    _ => {}
                },
                TokenTree::Punct(point) if point.as_char() == ';' => {
                    (is_test, is_public, is_exported) = (false, false, false)
                }
                _ => {}
            }
        }
    }
}

/// The paths that begin here, each with the name that it has afterwards: `a::{b, c as d}` is two.
fn paths(tokens: &[TokenTree]) -> Vec<(Vec<String>, String)> {
    let (mut path, mut at) = (Vec::new(), 0);
    loop {
        match tokens.get(at) {
            Some(TokenTree::Ident(name)) => path.push(name.to_string()),
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace && !path.is_empty() => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                let parts = inner.split(|token| token.to_string() == ",").filter(|part| !part.is_empty());
                return parts
                    .flat_map(paths)
                    .map(|(tail, name)| {
                        let own = tail == ["self"];
                        let name = if own { path.last().cloned().unwrap_or(name) } else { name };
                        (path.iter().cloned().chain(tail.into_iter().filter(|_| !own)).collect(), name)
                    })
                    .collect();
            }
            _ => break,
        }
        let joined = |n: usize| tokens.get(at + n).is_some_and(|token| token.to_string() == ":");
        if !(joined(1) && joined(2)) {
            break;
        }
        at += 3;
    }
    let renamed = match tokens.get(at + 1..at + 3) {
        Some([TokenTree::Ident(word), TokenTree::Ident(name)]) if *word == "as" => Some(name.to_string()),
        _ => None,
    };
    let Some(last) = path.last().cloned() else { return Vec::new() };
    vec![(path, renamed.unwrap_or(last))]
}
