//! Where answers go: forms, files, and never over what was read.

use crate::{Folder, klokuur, printed};

const LOG: &str = "case,at,event\n1,2026-03-13T15:00:00+01:00,opened\n";

#[test]
fn a_file_gets_the_form_of_its_ending() {
    let folder = Folder::new();
    let log = folder.file("log.csv", LOG);
    let evaluate = |more: &[&str]| {
        let mut arguments = vec!["evaluate", log.as_str(), "--now", "2026-03-20T12:00:00+01:00"];
        arguments.extend(more);
        printed(&arguments)
    };
    let (csv, json) = (evaluate(&["--format", "csv"]), evaluate(&["--format", "json"]));
    assert_eq!(evaluate(&["-o", &folder.path("out.csv")]), "");
    assert_eq!(std::fs::read_to_string(folder.path("out.csv")).expect("a file"), csv);
    evaluate(&["-o", &folder.path("out.txt"), "--format", "json"]);
    assert_eq!(std::fs::read_to_string(folder.path("out.txt")).expect("a file"), json);
    evaluate(&["-o", &folder.path("out.xlsx")]);
    assert!(std::fs::read(folder.path("out.xlsx")).expect("a file").starts_with(b"PK"));
    evaluate(&["-o", &folder.path("out.csv")]);
    let left: Vec<_> = std::fs::read_dir(&folder.0).expect("a folder").collect();
    assert_eq!(left.len(), 4, "nothing is left beside: {left:?}");
    let ran = klokuur(&["evaluate", &log, "-o", &folder.path("out.doc")]);
    assert!(ran.code == 2 && ran.errors.contains("accepted is .csv, .json, .xlsx, .txt"), "{}", ran.errors);
}

#[test]
fn what_was_read_is_never_written_over() {
    let folder = Folder::new();
    let log = folder.file("log.csv", LOG);
    for name in ["log.csv", "./log.csv"] {
        let ran = klokuur(&["evaluate", &log, "-o", &folder.path(name)]);
        assert!(ran.code == 2 && ran.errors.contains("is what was read"), "{}", ran.errors);
    }
    assert_eq!(std::fs::read_to_string(&log).expect("a file"), LOG);
    let ran = klokuur(&["evaluate", &log, "-o", &folder.path("nowhere/out.csv")]);
    assert!(ran.code == 1 && ran.errors.contains("it cannot be written"), "{}", ran.errors);
}
