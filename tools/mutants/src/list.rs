//! The list that cargo-mutants makes.

use serde::Deserialize;
use std::path::Path;

#[derive(Deserialize)]
pub struct Place {
    pub line: usize,
    pub column: usize,
}

#[derive(Deserialize)]
pub struct Range {
    pub start: Place,
}

#[derive(Deserialize)]
pub struct Mutant {
    /// Its place in the list, from 1.
    #[serde(default)]
    pub number: u32,
    pub file: String,
    pub genre: String,
    pub replacement: String,
    pub span: Range,
}

pub fn read(path: &Path) -> Result<Vec<Mutant>, Box<dyn std::error::Error>> {
    let mut mutants: Vec<Mutant> = serde_json::from_str(&std::fs::read_to_string(path)?)?;
    for (mutant, number) in mutants.iter_mut().zip(1..) {
        mutant.number = number;
    }
    Ok(mutants)
}
