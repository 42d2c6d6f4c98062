//! Changes the generated Kotlin or Swift where it is not what the packages need, and fails where what it changes is no
//! longer there: a new version of the generator is looked at before it is used.
//!
//! `klokuur-adapt kotlin|swift FILE`

mod change;
mod documentation;
mod kotlin;
mod libraries;
mod swift;

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match adapt(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("klokuur-adapt: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn adapt(arguments: &[String]) -> Result<(), String> {
    let [language, file] = arguments else { return Err("usage: klokuur-adapt kotlin|swift FILE".into()) };
    let adapted = match language.as_str() {
        "kotlin" => kotlin::adapted,
        "swift" => swift::adapted,
        other => return Err(format!("{other} is no language of this package: accepted is kotlin or swift")),
    };
    let source = std::fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
    std::fs::write(file, adapted(source)?).map_err(|error| format!("{file}: {error}"))
}
