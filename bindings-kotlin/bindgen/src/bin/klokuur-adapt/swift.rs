//! What is changed in the generated Swift.

use crate::change::Times::{Once, Some as Often};
use crate::change::{lines, replaced};
use crate::documentation::errors_as;

pub(crate) fn adapted(source: String) -> Result<String, String> {
    let source = memory(&source)?;
    let source = numbers(source)?;
    let source = error_cases(source)?;
    let source = names(&source)?;
    let source = visibility(source)?;
    Ok(errors_as(&source, "*", "- Throws: `KlokuurError` for"))
}

/// The object stays alive until its handle is copied: its last use is the reading of the handle, after which optimised
/// code may let it go.
fn memory(source: &str) -> Result<String, String> {
    let source = lines(source, "the copy of a handle", |line| {
        let call = line.trim().strip_prefix("return try! rustCall {")?;
        call.contains("(self.handle, $0)")
            .then(|| format!("        return withExtendedLifetime(self) {{ try! rustCall {{{call} }}"))
    })?;
    replaced(source, Often, "public func uniffiCloneHandle()", "fileprivate func uniffiCloneHandle()")
}

/// Numbers are read from where they lie: the generated copy of each makes a row of a list cost six times as much.
fn numbers(source: String) -> Result<String, String> {
    let source = replaced(source, Once, "    var value: T = 0\n", "")?;
    replaced(
        source,
        Once,
        "    let _ = withUnsafeMutableBytes(of: &value, { reader.data.copyBytes(to: $0, from: range)})\n",
        "    let value = reader.data.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: range.lowerBound, as: T.self) }\n",
    )
}

/// Cases of the error in lower case, as cases are.
fn error_cases(source: String) -> Result<String, String> {
    let mut cases = Vec::new();
    let source = lines(&source, "a case of the error", |line| {
        let case = line.trim().strip_prefix("case ")?.strip_suffix("(message: String)")?;
        cases.push(case.to_owned());
        Some(line.replacen(case, &lower(case), 1))
    })?;
    lines(&source, "a use of a case of the error", |line| {
        let code = line.trim();
        let case = cases.iter().find(|case| {
            code.starts_with(&format!("case .{case}(")) || code.contains(&format!(": return .{case}("))
        })?;
        Some(line.replacen(&format!(".{case}("), &format!(".{}(", lower(case)), 1))
    })
}

fn lower(case: &str) -> String {
    let mut characters = case.chars();
    let first = characters.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(characters).collect()
}

/// An enum without values is its name as the case log writes it, so that JSON is the same in every language.
fn names(source: &str) -> Result<String, String> {
    let mut in_enum = false;
    lines(source, "an enum without values", |line| {
        if let Some(head) = line.strip_prefix("public enum ").filter(|head| head.contains("CaseIterable")) {
            in_enum = true;
            return Some(format!("public enum {}", head.replacen(": ", ": String, ", 1)));
        }
        let code = line.trim();
        if line.starts_with('}') {
            in_enum = false;
        }
        let case = code.strip_prefix("case ").filter(|case| in_enum && is_name(case))?;
        Some(format!("    case {case} = \"{}\"", snake(case.trim_matches('`'))))
    })
}

fn is_name(text: &str) -> bool {
    text.chars().all(|character| character.is_ascii_alphanumeric() || character == '`')
}

fn snake(name: &str) -> String {
    name.chars().fold(String::new(), |mut made, character| {
        if character.is_ascii_uppercase() {
            made.push('_');
        }
        made.push(character.to_ascii_lowercase());
        made
    })
}

/// What carries values across is nobody's business but this file's.
fn visibility(source: String) -> Result<String, String> {
    let source = replaced(source, Often, "public struct FfiConverter", "struct FfiConverter")?;
    let source = replaced(source, Often, "public func FfiConverter", "func FfiConverter")?;
    replaced(source, Often, "public func uniffiEnsure", "func uniffiEnsure")
}
