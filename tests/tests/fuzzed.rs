//! The inputs that fuzzing began with, and those that it found something by (`make fuzz`).

use klokuur_tests::files::root;
use klokuur_tests::fuzzed::TARGETS;

#[test]
fn every_kept_input_is_taken_or_refused() {
    for (name, target) in TARGETS {
        let kept = std::fs::read_dir(root().join("fuzz/seeds").join(name)).unwrap();
        let kept: Vec<_> = kept.map(|file| file.unwrap().path()).collect();
        assert!(!kept.is_empty(), "{name} has no inputs");
        for path in kept {
            target(&std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())));
        }
    }
}
