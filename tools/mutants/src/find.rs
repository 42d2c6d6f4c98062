//! Finds in a file's syntax the places that the list names.

use crate::list::{Mutant, Place};
use crate::node::{Bytes, Choice, Kind, Node};
use proc_macro2::{LineColumn, Span};
use std::collections::{BTreeMap, BTreeSet};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

pub struct Found {
    /// In the order of their start, an outer one before those in it.
    pub nodes: Vec<Node>,
    /// The mutants that cannot stand behind a number: in what is computed while it compiles, in a chain of `let`.
    pub unwoven: Vec<u32>,
    /// The arms that cannot be deleted: no other takes what they take.
    pub needed: Vec<u32>,
}

pub fn nodes(text: &str, mutants: &[&Mutant]) -> Result<Found, syn::Error> {
    let file = syn::parse_file(text)?;
    let mut starts: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    starts.push(text.len());
    let mut at: BTreeMap<(usize, usize), Vec<&Mutant>> = BTreeMap::new();
    for mutant in mutants {
        at.entry(place(&mutant.span.start)).or_default().push(mutant);
    }
    let mut finder = Finder { text, starts, at, found: Vec::new(), woven: BTreeSet::new(), needed: Vec::new(), is_const: false };
    finder.visit_file(&file);
    let is_left = |number: &u32| !finder.woven.contains(number) && !finder.needed.contains(number);
    let unwoven = mutants.iter().map(|mutant| mutant.number).filter(is_left).collect();
    finder.found.sort_by_key(|node| (node.at.0, usize::MAX - node.at.1));
    Ok(Found { nodes: finder.found, unwoven, needed: finder.needed })
}

/// The list counts columns from 1, the parser from 0.
fn place(place: &Place) -> (usize, usize) {
    (place.line, place.column - 1)
}

struct Finder<'a> {
    text: &'a str,
    starts: Vec<usize>,
    at: BTreeMap<(usize, usize), Vec<&'a Mutant>>,
    found: Vec<Node>,
    woven: BTreeSet<u32>,
    needed: Vec<u32>,
    is_const: bool,
}

impl<'a> Finder<'a> {
    fn byte(&self, at: LineColumn) -> usize {
        let start = self.starts[at.line - 1];
        self.text[start..].char_indices().nth(at.column).map_or(self.text.len(), |(byte, _)| start + byte)
    }

    fn bytes(&self, span: Span) -> Bytes {
        (self.byte(span.start()), self.byte(span.end()))
    }

    fn here(&self, span: Span, genre: &str) -> Vec<&'a Mutant> {
        let start = (span.start().line, span.start().column);
        let all = self.at.get(&start).map(Vec::as_slice).unwrap_or_default();
        all.iter().copied().filter(|mutant| mutant.genre == genre).collect()
    }

    fn add(&mut self, at: Bytes, kind: Kind) {
        let node = Node { at, kind };
        self.woven.extend(node.numbers());
        self.found.push(node);
    }

    fn body(&mut self, signature: &syn::Signature, block: &syn::Block) {
        // What a function of an unnamed type answers first is its type.
        if let syn::ReturnType::Type(_, answer) = &signature.output
            && matches!(**answer, syn::Type::ImplTrait(_))
        {
            return;
        }
        let Some(first) = block.stmts.first() else { return };
        let answers: Vec<Choice> = self
            .here(first.span(), "FnValue")
            .iter()
            .map(|mutant| (mutant.number, mutant.replacement.clone()))
            .collect();
        if !answers.is_empty() && !self.is_const {
            let start = self.byte(block.brace_token.span.open().end());
            self.add((start, start), Kind::Body { answers });
        }
    }

    fn constant(&mut self, is_const: bool, inside: impl FnOnce(&mut Self)) {
        let before = self.is_const;
        self.is_const = is_const || before;
        inside(self);
        self.is_const = before;
    }
}

fn has_let(expr: &syn::Expr) -> bool {
    match expr {
        syn::Expr::Let(_) => true,
        syn::Expr::Binary(binary) => has_let(&binary.left) || has_let(&binary.right),
        _ => false,
    }
}

/// `_` or a name of its own; `None` is written as a name too.
fn takes_all(pattern: &syn::Pat) -> bool {
    match pattern {
        syn::Pat::Wild(_) => true,
        syn::Pat::Ident(name) => name.ident.to_string().starts_with(char::is_lowercase),
        _ => false,
    }
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.constant(item.sig.constness.is_some(), |finder| {
            finder.body(&item.sig, &item.block);
            visit::visit_item_fn(finder, item);
        });
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.constant(item.sig.constness.is_some(), |finder| {
            finder.body(&item.sig, &item.block);
            visit::visit_impl_item_fn(finder, item);
        });
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if let Some(block) = &item.default {
            self.body(&item.sig, block);
        }
        visit::visit_trait_item_fn(self, item);
    }

    fn visit_item_const(&mut self, item: &'ast syn::ItemConst) {
        self.constant(true, |finder| visit::visit_item_const(finder, item));
    }

    fn visit_impl_item_const(&mut self, item: &'ast syn::ImplItemConst) {
        self.constant(true, |finder| visit::visit_impl_item_const(finder, item));
    }

    fn visit_item_static(&mut self, item: &'ast syn::ItemStatic) {
        self.constant(true, |finder| visit::visit_item_static(finder, item));
    }

    fn visit_expr_repeat(&mut self, expr: &'ast syn::ExprRepeat) {
        self.visit_expr(&expr.expr);
        self.constant(true, |finder| finder.visit_expr(&expr.len));
    }

    fn visit_type(&mut self, ty: &'ast syn::Type) {
        self.constant(true, |finder| visit::visit_type(finder, ty));
    }

    fn visit_expr_binary(&mut self, expr: &'ast syn::ExprBinary) {
        let mutants = self.here(expr.op.span(), "BinaryOperator");
        if !mutants.is_empty() && !self.is_const && !has_let(&expr.left) && !has_let(&expr.right) {
            let (left, right) = (self.bytes(expr.left.span()), self.bytes(expr.right.span()));
            let op_at = self.bytes(expr.op.span());
            let op = self.text[op_at.0..op_at.1].to_owned();
            let others: Vec<Choice> =
                mutants.iter().map(|mutant| (mutant.number, mutant.replacement.clone())).collect();
            let kind = match op.as_str() {
                "&&" | "||" => {
                    Kind::Logical { left, right, is_or: op == "||", other: others[0].0 }
                }
                "==" | "!=" | "<" | "<=" | ">" | ">=" => Kind::Operator { left, right, op, borrows: true, others },
                _ if op.ends_with('=') => Kind::Assigned { left, right, op, others },
                _ => Kind::Operator { left, right, op, borrows: false, others },
            };
            self.add((left.0, right.1), kind);
        }
        visit::visit_expr_binary(self, expr);
    }

    fn visit_expr_unary(&mut self, expr: &'ast syn::ExprUnary) {
        if let Some(mutant) = self.here(expr.op.span(), "UnaryOperator").first()
            && !self.is_const
        {
            let without = mutant.number;
            let op_at = self.bytes(expr.op.span());
            let op = self.text[op_at.0..op_at.1].to_owned();
            let operand = self.bytes(expr.expr.span());
            self.add((op_at.0, operand.1), Kind::Unary { operand, op, without });
        }
        visit::visit_expr_unary(self, expr);
    }

    fn visit_expr_match(&mut self, expr: &'ast syn::ExprMatch) {
        let takes_all = |arm: &syn::Arm| arm.guard.is_none() && takes_all(&arm.pat);
        let others_do = expr.arms.iter().any(takes_all);
        for arm in expr.arms.iter().filter(|arm| arm.guard.is_none() && !(others_do && !takes_all(arm))) {
            let deleted = self.here(arm.span(), "MatchArm");
            self.needed.extend(deleted.iter().map(|mutant| mutant.number));
        }
        visit::visit_expr_match(self, expr);
    }

    fn visit_arm(&mut self, arm: &'ast syn::Arm) {
        let deleted = self.here(arm.span(), "MatchArm").first().map(|mutant| mutant.number);
        if self.is_const {
            return visit::visit_arm(self, arm);
        }
        match &arm.guard {
            Some((_, guard)) if !has_let(guard) => {
                let mutants = self.here(guard.span(), "MatchArmGuard");
                let with = |what: &str| mutants.iter().find(|mutant| mutant.replacement == what).map(|mutant| mutant.number);
                let (always, never) = (with("true"), with("false"));
                // A deleted arm is an arm that never holds.
                let never: Vec<u32> = never.into_iter().chain(deleted).collect();
                if always.is_some() || !never.is_empty() {
                    let at = self.bytes(guard.span());
                    self.add(at, Kind::Guard { guard: at, always, never });
                }
            }
            None => {
                if let Some(deleted) = deleted.filter(|deleted| !self.needed.contains(deleted)) {
                    let end = self.bytes(arm.pat.span()).1;
                    self.add((end, end), Kind::NoGuard { deleted });
                }
            }
            Some(_) => {}
        }
        visit::visit_arm(self, arm);
    }

    fn visit_expr_struct(&mut self, expr: &'ast syn::ExprStruct) {
        if let Some(base) = &expr.rest
            && !self.is_const
        {
            let base = self.bytes(base.span());
            for field in &expr.fields {
                if let Some(mutant) = self.here(field.span(), "StructField").first() {
                    let without = mutant.number;
                    let syn::Member::Named(name) = &field.member else { continue };
                    let value = self.bytes(field.expr.span());
                    let is_short = field.colon_token.is_none();
                    let kind = Kind::Field { name: name.to_string(), value, base, is_short, without };
                    self.add(value, kind);
                }
            }
        }
        visit::visit_expr_struct(self, expr);
    }
}
