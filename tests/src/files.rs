//! The files of the project, for tests that read them.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// The folder that the project stands in.
pub fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// The texts of all files below a folder of the project that end in one of these, each with its path from there.
pub fn texts_below(folder: &str, endings: &[&str]) -> io::Result<Vec<(PathBuf, String)>> {
    let source = root().join(folder);
    let (mut folders, mut texts) = (vec![source.clone()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ext| endings.iter().any(|ending| ext == *ending)) {
                let text = fs::read_to_string(&path)?;
                texts.push((path.strip_prefix(&source).unwrap_or(&path).to_owned(), text));
            }
        }
    }
    Ok(texts)
}
