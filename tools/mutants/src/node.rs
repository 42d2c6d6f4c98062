//! The places of a file where mutants stand, and the file written with them.

use serde::Serialize;

/// From and to, in bytes of the file.
pub type Bytes = (usize, usize);

/// A number and the text that it puts in place of what stands.
pub type Choice = (u32, String);

pub enum Kind {
    /// `left op right`; a comparison borrows its operands.
    Operator { left: Bytes, right: Bytes, op: String, borrows: bool, others: Vec<Choice> },
    /// `&&` or `||`, of which the other one is the mutant.
    Logical { left: Bytes, right: Bytes, is_or: bool, other: u32 },
    /// `left op= right`.
    Assigned { left: Bytes, right: Bytes, op: String, others: Vec<Choice> },
    /// A `!` or a `-` that is deleted.
    Unary { operand: Bytes, op: String, without: u32 },
    /// The start of a function's body: what it answers instead.
    Body { answers: Vec<Choice> },
    /// A guard that always or never holds, and the arm that is deleted.
    Guard { guard: Bytes, always: Option<u32>, never: Vec<u32> },
    /// After the pattern of an arm without a guard: the arm is deleted.
    NoGuard { deleted: u32 },
    /// A field of a struct whose rest is `base`: the base's own instead.
    Field { name: String, value: Bytes, base: Bytes, is_short: bool, without: u32 },
}

pub struct Node {
    pub at: Bytes,
    pub kind: Kind,
}

/// A line of the woven file that one mutant alone, or one of several, stands on.
#[derive(Serialize)]
pub struct Line {
    pub line: usize,
    pub mutants: Vec<u32>,
    /// Whether the line is the mutant's own: an error on it is an error of the mutant.
    pub own: bool,
}

struct Writer<'a> {
    source: &'a str,
    nodes: &'a [Node],
    out: String,
    line: usize,
    lines: Vec<Line>,
}

pub fn render(source: &str, nodes: &[Node]) -> (String, Vec<Line>) {
    let mut writer = Writer { source, nodes, out: String::with_capacity(source.len() * 3), line: 1, lines: Vec::new() };
    writer.range((0, source.len()), None);
    (writer.out, writer.lines)
}

fn is(number: u32) -> String {
    format!("crate::mutant::is({number})")
}

impl Writer<'_> {
    fn put(&mut self, text: &str) {
        self.line += text.matches('\n').count();
        self.out.push_str(text);
    }

    /// A line of its own for a mutant.
    fn own(&mut self, number: u32, text: &str) {
        self.put("\n");
        self.lines.push(Line { line: self.line, mutants: vec![number], own: true });
        self.put(text);
        self.put("\n");
    }

    /// What stands in a range, with the nodes in it; `inside` is the node whose own range this is a part of.
    fn range(&mut self, (from, to): Bytes, inside: Option<usize>) {
        let mut at = from;
        let first = inside.map_or(0, |inside| inside + 1);
        let mut next = first;
        while next < self.nodes.len() {
            let node = &self.nodes[next];
            if node.at.0 < at || node.at.1 > to {
                if node.at.0 > to {
                    break;
                }
                next += 1;
                continue;
            }
            self.put(&self.source[at..node.at.0].to_owned());
            let before = self.line;
            self.node(next);
            let numbers = node.numbers();
            self.lines.extend((before..=self.line).map(|line| Line { line, mutants: numbers.clone(), own: false }));
            at = node.at.1;
            next += 1;
        }
        self.put(&self.source[at..to].to_owned());
    }

    fn node(&mut self, index: usize) {
        let node = &self.nodes[index];
        match &node.kind {
            Kind::Operator { left, right, op, borrows, others } => {
                let (by, of) = if *borrows { ("&", "*") } else { ("", "") };
                self.put(&format!("(match ({by}("));
                self.range(*left, Some(index));
                self.put(&format!("), {by}("));
                self.range(*right, Some(index));
                self.put(")) { (l, r) => ");
                for (number, other) in others {
                    self.own(*number, &format!("if {} {{ {of}l {other} {of}r }} else", is(*number)));
                }
                self.put(&format!(" {{ {of}l {op} {of}r }} }})"));
            }
            Kind::Logical { left, right, is_or, other } => {
                self.put("(if (");
                self.range(*left, Some(index));
                self.put(&format!(") == ({} != {is_or}) {{ {} != {is_or} }} else {{ ", is(*other), is(*other)));
                self.range(*right, Some(index));
                self.put(" })");
            }
            Kind::Assigned { left, right, op, others } => {
                self.put("{ let r = ");
                self.range(*right, Some(index));
                self.put("; ");
                let left = self.source[left.0..left.1].to_owned();
                for (number, other) in others {
                    self.own(*number, &format!("if {} {{ {left} {other} r }} else", is(*number)));
                }
                self.put(&format!(" {{ {left} {op} r }} }}"));
            }
            Kind::Unary { operand, op, without } => {
                self.put("(match ");
                self.range(*operand, Some(index));
                self.put(" { r => ");
                self.own(*without, &format!("if {} {{ r }} else", is(*without)));
                self.put(&format!(" {{ {op}r }} }})"));
            }
            Kind::Body { answers } => {
                for (number, answer) in answers {
                    self.own(*number, &format!("if {} {{ return {answer}; }}", is(*number)));
                }
            }
            Kind::Guard { guard, always, never } => {
                self.put("(");
                for never in never {
                    self.put(&format!("!{} && ", is(*never)));
                }
                self.put("(");
                if let Some(always) = always {
                    self.put(&format!("{} || ", is(*always)));
                }
                self.put("(");
                self.range(*guard, Some(index));
                self.put(")))");
            }
            Kind::NoGuard { deleted } => self.own(*deleted, &format!(" if !{}", is(*deleted))),
            Kind::Field { name, value, base, is_short, without } => {
                let base = self.source[base.0..base.1].to_owned();
                if *is_short {
                    self.put(&format!("{name}: "));
                }
                self.own(*without, &format!("if {} {{ ({base}).{name} }} else {{", is(*without)));
                self.range(*value, Some(index));
                self.put("}");
            }
        }
    }
}

impl Node {
    pub fn numbers(&self) -> Vec<u32> {
        match &self.kind {
            Kind::Operator { others: choices, .. }
            | Kind::Assigned { others: choices, .. }
            | Kind::Body { answers: choices } => choices.iter().map(|choice| choice.0).collect(),
            Kind::Logical { other: number, .. }
            | Kind::Unary { without: number, .. }
            | Kind::NoGuard { deleted: number }
            | Kind::Field { without: number, .. } => vec![*number],
            Kind::Guard { always, never, .. } => always.iter().chain(never).copied().collect(),
        }
    }
}
